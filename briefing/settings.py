"""What an operator sets for both commands: environment variables and the file `.env`, read when asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from briefing.index import default_data_dir
from briefing.model import DEFAULT_MODEL

ENV_FILE = Path(".env")
NOT_UTF_8 = "The file .env is no text in UTF-8. Save it with that encoding, or copy .env.example anew."


class SettingsError(ValueError):
    """Settings that cannot be used; the message says in one line which, and why."""


class ArticleSettings(BaseSettings):
    """Where the articles and their index are; each is an environment variable of the same name in capitals.

    One that is blank is not set.

    Attributes:
        seeds_dir: The articles, one folder a story.
        data_dir: Where the index, the schedules and what buttons remember are kept.
        spacy_model: The language model that articles are parsed with: an installed package, or a folder.
    """

    model_config = SettingsConfigDict(env_file=ENV_FILE, env_file_encoding="utf-8-sig", extra="ignore", frozen=True)

    seeds_dir: Path = Path("seeds")
    data_dir: Path = Field(default_factory=default_data_dir)
    spacy_model: str = DEFAULT_MODEL

    @model_validator(mode="before")
    @classmethod
    def _blank_is_unset(cls, given: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in given.items() if not (isinstance(value, str) and not value.strip())}

    @field_validator("seeds_dir", "data_dir")
    @classmethod
    def _home(cls, folder: Path) -> Path:
        try:
            return folder.expanduser()
        except RuntimeError:
            raise ValueError(f"there is no home folder for {folder.parts[0]}") from None

    @field_validator("spacy_model")
    @classmethod
    def _home_of_model(cls, model: str) -> str:
        return str(cls._home(Path(model))) if model.startswith("~") else model


Kind = TypeVar("Kind", bound=ArticleSettings)


def settings_as(kind: type[Kind], **typed: object) -> Kind:
    """The settings, but for those that were typed on the command line; None is not typed.

    Raises:
        SettingsError: The file of settings cannot be read, or a setting cannot be used.
    """
    trouble = trouble_with_env_file()
    if trouble:
        raise SettingsError(trouble)
    given: dict[str, Any] = {name: value for name, value in typed.items() if value is not None}
    try:
        return kind(**given)
    except ValidationError as error:
        wrong = error.errors(include_input=False)[0]
        told = wrong["msg"].removeprefix("Value error, ")  # pydantic's, before words of our own
        raise SettingsError(f"The setting {str(wrong['loc'][0]).upper()} cannot be used: {told}") from None


def trouble_with_env_file(file: Path = ENV_FILE) -> str | None:
    """Why the file of settings cannot be read and what to do; None if it can, or if there is none."""
    if not file.is_file():
        return None
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        return NOT_UTF_8
    except OSError as error:
        return f"The file .env cannot be read ({error.strerror}); allow it, or take it away."
    return NOT_UTF_8 if "\0" in text else None  # UTF-16 without a mark at its start

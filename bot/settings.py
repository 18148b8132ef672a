"""What the operator sets: environment variables and the file `.env`, read when asked for."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from briefing.index import default_data_dir
from briefing.model import DEFAULT_MODEL

ENV_FILE = Path(".env")
NOT_UTF_8 = "The file .env is no text in UTF-8. Save it with that encoding, or copy .env.example anew."


class Settings(BaseSettings):
    """The settings; each is an environment variable of the same name in capitals. One that is blank is not set.

    Attributes:
        discord_token: From Discord's developer portal; only `bot discord`, `sync` and `invite` need it.
        seeds_dir: The articles, one folder a story.
        data_dir: Where the index, the schedules and what buttons remember are kept.
        spacy_model: The language model that articles are parsed with: an installed package, or a folder.
        database_url: Where schedules and deliveries are kept; left out: an SQLite file in `data_dir`.
        catch_up_hours: How late a daily briefing that was missed is still posted.
    """

    model_config = SettingsConfigDict(env_file=ENV_FILE, env_file_encoding="utf-8-sig", extra="ignore", frozen=True)

    discord_token: SecretStr | None = None
    seeds_dir: Path = Path("seeds")
    data_dir: Path = Field(default_factory=default_data_dir)
    spacy_model: str = DEFAULT_MODEL
    database_url: SecretStr | None = None
    catch_up_hours: int = Field(default=6, ge=0, le=23)

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

    @property
    def token(self) -> str | None:
        """The token as it is sent to Discord, to be handed on and never printed."""
        return self.discord_token.get_secret_value().strip() if self.discord_token else None


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

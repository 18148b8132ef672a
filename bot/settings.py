"""What the operator sets: environment variables and the file `.env`, read when asked for."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from briefing.index import default_data_dir


class Settings(BaseSettings):
    """The settings; each is an environment variable of the same name in capitals.

    Attributes:
        discord_token: From Discord's developer portal; only `bot discord`, `sync` and `invite` need it.
        seeds_dir: The articles, one folder a story.
        data_dir: Where the index, the schedules and what buttons remember are kept.
        spacy_model: The language model that articles are parsed with; left out: the small English one.
        database_url: Where schedules and deliveries are kept; left out: an SQLite file in `data_dir`.
        catch_up_hours: How late a daily briefing that was missed is still posted.
    """

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    discord_token: SecretStr | None = None
    seeds_dir: Path = Path("seeds")
    data_dir: Path = Field(default_factory=default_data_dir)
    spacy_model: str | None = None
    database_url: SecretStr | None = None
    catch_up_hours: int = Field(default=6, ge=0, le=23)

    @field_validator("discord_token", "database_url", mode="before")
    @classmethod
    def _blank_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @property
    def token(self) -> str | None:
        """The token as it is sent to Discord, to be handed on and never printed."""
        return self.discord_token.get_secret_value().strip() if self.discord_token else None

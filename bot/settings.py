"""What the bot's operator sets beside the articles' settings."""

from __future__ import annotations

from pydantic import Field, SecretStr

from briefing.settings import ArticleSettings


class Settings(ArticleSettings):
    """All settings.

    Attributes:
        discord_token: From Discord's developer portal; only `bot discord`, `sync` and `invite` need it.
        database_url: Where schedules and deliveries are kept; left out: an SQLite file in `data_dir`.
        catch_up_hours: How late a daily briefing that was missed is still posted.
    """

    discord_token: SecretStr | None = None
    database_url: SecretStr | None = None
    catch_up_hours: int = Field(default=6, ge=0, le=23)

    @property
    def token(self) -> str | None:
        """The token as it is sent to Discord, to be handed on and never printed."""
        return self.discord_token.get_secret_value().strip() if self.discord_token else None

"""What the outside may set: one typed reading of the environment, checked once at the start.

Every field is an environment variable of the same name in capitals. Nothing else in the project reads
``os.environ``. The defaults are the embedded size: SQLite, files and mail under ``var/``, no server.
"""

import sys
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.mail import mail_settings

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO_SECRET = "demo-only-secret-never-accepted-in-production"  # noqa: S105


def in_test_run() -> bool:
    """Whether pytest started this process. No variable can claim it, and no production image has pytest."""
    return "pytest" in sys.modules


class Env(BaseSettings):
    """The typed environment. Raises ``ValidationError`` where the pieces cannot work together."""

    model_config = SettingsConfigDict(
        env_file=BASE_DIR / ".env",
        extra="ignore",
        hide_input_in_errors=True,  # a refusal is printed, and the input holds passwords
    )

    demo: bool = False
    debug: bool = False
    secret_key: SecretStr = SecretStr("")
    allowed_hosts: str = "localhost,127.0.0.1,[::1]"
    site_url: str = "http://localhost:8000"
    var_dir: Path = BASE_DIR / "var"
    behind_tls: bool = Field(default=True, description="cookies and redirects for https only")
    official_site: bool = Field(default=False, description="shows the masthead of official Korean sites")
    log_level: str = "INFO"

    database_url: str = ""
    redis_url: str = ""
    email_url: SecretStr = SecretStr("")
    default_from_email: str = "noreply@localhost"

    s3_bucket: str = ""
    s3_endpoint_url: str = ""
    s3_region: str = ""
    s3_access_key_id: str = ""
    s3_secret_access_key: SecretStr = SecretStr("")

    stripe_secret_key: SecretStr = SecretStr("")
    stripe_webhook_secret: SecretStr = SecretStr("")
    stripe_api_base: str = ""
    stand_in_port: int = Field(default=8001, description="where the demo's stand-in for Stripe listens")
    stand_in_delay: float = Field(
        default=0, ge=0, le=10, description="seconds that the stand-in takes to open a payment page"
    )

    stripe_payload_days: int = Field(
        default=90, ge=1, description="how long the content of a processed payment event is kept"
    )

    access_log_days: int = Field(
        default=730, ge=366, description="how long the access log is kept; the law wants a year at the least"
    )

    kakao_client_id: str = ""
    kakao_secret: SecretStr = SecretStr("")
    naver_client_id: str = ""
    naver_secret: SecretStr = SecretStr("")

    @field_validator("email_url")
    @classmethod
    def refuse_unknown_ways_to_send(cls, url: SecretStr) -> SecretStr:
        """Said at the start, not by the first mail that goes out in clear text or not at all."""
        if url.get_secret_value():
            mail_settings(url.get_secret_value())
        return url

    @model_validator(mode="after")
    def refuse_to_start_unsafely(self) -> Self:
        """Demo mode brings its own secret and never runs over a real database; all else needs a secret."""
        if self.demo:
            if (self.database_url or self.redis_url) and not in_test_run():
                raise ValueError(
                    "DEMO offers logins to anybody: it must not run with DATABASE_URL or REDIS_URL"
                )
            self.secret_key = SecretStr(self.secret_key.get_secret_value() or DEMO_SECRET)
            self.behind_tls = False
            if not self.stripe_secret_key.get_secret_value():
                self.stripe_secret_key = SecretStr("sk_test_demo")
                self.stripe_webhook_secret = SecretStr("whsec_demo")
                self.stripe_api_base = f"http://127.0.0.1:{self.stand_in_port}"
        secret = self.secret_key.get_secret_value()
        if not secret:
            raise ValueError("SECRET_KEY must be set (50 random characters or more)")
        if secret == DEMO_SECRET and not self.demo:
            raise ValueError("the demo's SECRET_KEY is public and works in demo mode only")
        return self

    @property
    def uses_servers(self) -> bool:
        """Whether this is the production size: a database server and Redis."""
        return bool(self.database_url and self.redis_url)

    @property
    def hosts(self) -> list[str]:
        return [host.strip() for host in self.allowed_hosts.split(",") if host.strip()]


env = Env()

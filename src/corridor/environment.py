"""What an operator may set: environment variables that begin with CORRIDOR_, read once and checked."""

import json
import re
import secrets
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = Path(__file__).resolve().parent


class SignInService(BaseModel, extra="forbid"):
    """The sign-in service of a ministry, by OpenID Connect."""

    name: str
    server_url: str = Field(pattern=r"^(https://|http://(localhost|127\.0\.0\.1)[:/])")
    client_id: str
    secret: str


class Environment(BaseSettings):
    """What an operator may set. docs/settings.md is made from these descriptions."""

    model_config = SettingsConfigDict(env_prefix="CORRIDOR_", extra="ignore")

    development: bool = Field(
        False, description="Development mode: sample sign-ins, a local mailbox page, error details."
    )
    sample_without_second_factor: bool = Field(
        False, description="In development mode, officers of the sample hold their offices without a second factor. "
        "`make run` sets it; it does nothing elsewhere."
    )  # fmt: skip
    database_url: str = Field(
        "", description="PostgreSQL >= 16 with pgvector: postgresql://role:password@host:port/name. The role owns no table. "
        "Empty: the embedded server is started."
    )  # fmt: skip
    database_owner_url: str = Field(
        "", description="The same database by the role that owns the tables and runs migrations. Empty: as CORRIDOR_DATABASE_URL."
    )  # fmt: skip
    secret_key: str = Field(
        "", description="Signs cookies and links; at least 50 characters. Made and kept under var in development."
    )
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        ["localhost", "127.0.0.1"], description="Host names this installation answers to, separated by commas."
    )
    bind: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the web server listens on.")
    web_processes: int = Field(
        1, ge=1, le=64, description="Web server processes; each holds the embedding model (about 0.3 GB)."
    )
    web_threads: int = Field(8, ge=1, le=128, description="Threads of each web server process.")
    var: Path = Field(CHECKOUT / "var", description="Folder for everything written at run time.")
    behind_https: bool = Field(
        False, description="The site is reached over HTTPS (through a proxy): secure cookies, HSTS."
    )
    node_name: str = Field("Corridor", description="Name of this installation, shown in the header and in mail.")
    node_operator: str = Field("", description="Who runs this installation; shown on the about page.")
    email_url: str = Field(
        "", description="SMTP server: smtp://user:password@host:587 (smtps:// for TLS from the start). "
        "Empty: mail goes to the local mailbox page in development and is an error otherwise."
    )  # fmt: skip
    site_url: str = Field(
        "", description="Address of this installation as people reach it, for links in mail: https://corridor.example.org. "
        "Empty: the first of CORRIDOR_ALLOWED_HOSTS behind HTTPS, else http://localhost with the port."
    )  # fmt: skip
    email_from: str = Field("Corridor <no-reply@localhost>", description="Sender of mail.")
    sign_in_services: dict[str, SignInService] = Field(
        {}, description="Sign-in services of ministries (OpenID Connect), as JSON by country: "
        '{"LA": {"name": "…", "server_url": "https://…", "client_id": "…", "secret": "…"}}. docs/accounts.md says what each may do.'
    )  # fmt: skip
    orcid_client_id: str = Field(
        "", description="Client ID of this installation at ORCID, so that people can confirm their ORCID iD by signing in there. "
        "Empty: it is not offered. docs/operating.md says how to get one."
    )  # fmt: skip
    orcid_client_secret: SecretStr | None = Field(None, validate_default=True, description="Its client secret.")
    orcid_url: str = Field(
        "https://orcid.org", pattern=r"^(https://|http://(localhost|127\.0\.0\.1)[:/])",
        description="Address of ORCID; `https://sandbox.orcid.org` to try it.",
    )  # fmt: skip
    embeddings_url: str = Field(
        "", description="Base address of an OpenAI-compatible embeddings API. Empty: the bundled model."
    )
    embeddings_model: str = Field("", description="Model name sent to that API.")
    embeddings_key: str = Field("", description="Key sent to that API.")
    translation_engine: Literal["", "libretranslate", "chat"] = Field(
        "", description="What translates by machine: `libretranslate` (a server with LibreTranslate's API) or `chat` (a model behind an "
        "OpenAI-compatible chat API). Empty: nothing does. Only public texts are sent, of countries whose focal point allows it."
    )  # fmt: skip
    translation_url: str = Field("", validate_default=True, description="Base address of that engine.")
    translation_model: str = Field("", validate_default=True, description="Model name sent to a `chat` engine.")
    translation_key: SecretStr | None = Field(None, description="Key sent to that engine.")
    translation_timeout: int = Field(
        60, ge=1, le=600, description="Seconds in which that engine must answer a question."
    )
    translation_monthly_characters: int = Field(
        1_000_000, ge=0, description="Characters sent to that engine in a calendar month (UTC) at most. What is asked for then waits."
    )  # fmt: skip
    translation_price: float = Field(
        0, ge=0, description="What a million characters cost, for showing the cost to operators."
    )
    translation_currency: str = Field("", max_length=3, description="Currency of that price, for example `USD`.")
    sms_url: str = Field(
        "", pattern=r"^(https?://\S+)?$", description="Address of a gateway that sends text messages (SMS), for codes that sign in by "
        "phone. Empty: there is no signing in by phone. docs/operating.md has examples."
    )  # fmt: skip
    sms_method: Literal["POST", "GET"] = Field("POST", description="How that gateway is asked.")
    sms_format: Literal["json", "form", "query"] = Field(
        "json", description="How CORRIDOR_SMS_BODY is sent: as JSON, as fields of a form, or as part of the address (`query`)."
    )  # fmt: skip
    sms_headers: dict[str, str] = Field(
        {}, description='Headers for that gateway, as JSON: {"Authorization": "Bearer {secret}"}.'
    )
    sms_body: dict[str, Any] = Field(
        {"to": "{number}", "text": "{text}"}, validate_default=True, description="What that gateway is told, as JSON, with places for "
        "`{number}` (+856…) or `{digits}` (856…), `{text}` and `{secret}`."
    )  # fmt: skip
    sms_secret: SecretStr | None = Field(None, description="What stands for `{secret}` in headers and body.")
    sms_accepted: str = Field(
        "",
        description="Words that stand in that gateway's answer when it took a message. Empty: its status 2xx says so.",
    )
    sms_timeout: int = Field(10, ge=1, le=60, description="Seconds in which that gateway must answer.")
    sms_countries: Annotated[list[str], NoDecode] = Field(
        ["KH", "CN", "LA", "MM", "TH", "VN"], description="Countries whose mobile numbers get messages (ISO codes, separated by commas). "
        "Fewer is safer: messages to some countries are dear, and fraud lives on them."
    )  # fmt: skip
    sms_daily: int = Field(
        300,
        ge=0,
        description="Messages in 24 hours at most, over the whole installation: a bound on what they cost. "
        "A third of them at most confirms new numbers.",
    )
    overdue_working_days: int = Field(
        3, ge=1, le=30, description="Working days after which a waiting submission is overdue."
    )
    upload_megabytes: int = Field(
        10, ge=1, le=200, description="Largest attachment, and largest table to import on the web, in MB."
    )
    map_file: Path = Field(
        CHECKOUT / "src" / "corridor" / "web" / "data" / "land.geojson",
        description="Outline of land that the map of organisations is drawn on: GeoJSON, a Polygon or MultiPolygon.",
    )
    bench_data: Path = Field(
        CHECKOUT.parent / "shared" / "data", description="Folder with benchmark data; skipped where absent."
    )

    @field_validator("allowed_hosts", "sms_countries", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [host.strip() for host in value.split(",") if host.strip()] if isinstance(value, str) else value

    @field_validator("sms_format")
    @classmethod
    def _address_is_whole(cls, value: str, info: ValidationInfo) -> str:
        if value == "query" and "?" in info.data.get("sms_url", ""):
            raise ValueError(
                "`query` writes all that follows the ? of the address: take ?… off CORRIDOR_SMS_URL, put it into CORRIDOR_SMS_BODY"
            )
        return value

    @field_validator("sms_body")
    @classmethod
    def _message_says_to_whom_and_what(cls, value: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        said = json.dumps(value)
        if info.data.get("sms_format") != "json" and not all(isinstance(part, str) for part in value.values()):
            raise ValueError("fields of a form and parts of an address are texts; only JSON can be deeper")
        if "{text}" not in said or not ("{number}" in said or "{digits}" in said):
            raise ValueError("it needs places for {text} and for {number} or {digits}")
        return value

    @field_validator("sms_countries")
    @classmethod
    def _countries_have_codes(cls, value: list[str]) -> list[str]:
        if not value or any(not re.fullmatch("[A-Z]{2}", country) for country in value):
            raise ValueError("countries are codes of two capital letters: LA,TH")
        return value

    @field_validator("orcid_client_secret")
    @classmethod
    def _orcid_client_has_a_secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if bool(info.data.get("orcid_client_id")) != bool(value and value.get_secret_value()):
            raise ValueError("CORRIDOR_ORCID_CLIENT_ID and its secret are set together, or neither is")
        return value

    @field_validator("translation_url")
    @classmethod
    def _engine_has_an_address(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("translation_engine") and not value.startswith(("http://", "https://")):
            raise ValueError("an engine is chosen, so its address is needed: http:// or https://")
        return value

    @field_validator("translation_model")
    @classmethod
    def _chat_has_a_model(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("translation_engine") == "chat" and not value:
            raise ValueError("a chat engine is chosen, so the name of its model is needed")
        return value


def read_environment() -> Environment:
    """Read the settings, or stop with one line for each variable that is wrong."""
    try:
        return Environment()
    except ValidationError as error:
        lines = [f"CORRIDOR_{'_'.join(str(part) for part in e['loc']).upper()}: {e['msg']}" for e in error.errors()]
        sys.exit("Settings are wrong (docs/settings.md lists them all):\n  " + "\n  ".join(lines))


def kept_secret(folder: Path) -> str:
    """A secret for this machine, made once; only for development."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()

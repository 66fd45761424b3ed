"""Every setting of an installation, for Django and for us, made from what its operator set (environment.py)."""

import sys
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf.locale import LANG_INFO

from corridor.environment import Environment, kept_secret, read_environment


def database(url: str) -> dict[str, object]:
    """Django's description of a PostgreSQL address."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "corridor"},
    }


def mail(url: str, development: bool) -> dict[str, object]:
    """Django's mail settings from an smtp:// address."""
    if not url:
        backend = (
            "corridor.web.mailbox.backend.MailboxBackend"
            if development
            else "django.core.mail.backends.smtp.EmailBackend"
        )
        return {"EMAIL_BACKEND": backend}
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in ("localhost", "127.0.0.1", "::1"),
        "EMAIL_TIMEOUT": 20,
    }


def site_url(environment: Environment) -> str:
    """Where links in mail lead, without a slash at the end."""
    if environment.site_url:
        return environment.site_url.rstrip("/")
    if environment.behind_https and environment.allowed_hosts:
        return f"https://{environment.allowed_hosts[0].lstrip('.')}"
    return f"http://localhost:{environment.port}"


def sign_in_apps(environment: Environment) -> list[dict[str, object]]:
    """Each ministry's service as allauth wants it; its identifier is the country."""
    return [
        {
            **service.model_dump(exclude={"server_url"}),
            "provider_id": home.lower(),
            "settings": {"server_url": service.server_url},
        }
        for home, service in environment.sign_in_services.items()
    ]


ENVIRONMENT = read_environment()
if not ENVIRONMENT.secret_key and not ENVIRONMENT.development:
    sys.exit("CORRIDOR_SECRET_KEY is missing: set it to at least 50 random characters (docs/settings.md).")

DEBUG = False
DEVELOPMENT = ENVIRONMENT.development
SECRET_KEY = ENVIRONMENT.secret_key or kept_secret(ENVIRONMENT.var)
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
VAR = ENVIRONMENT.var
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if ENVIRONMENT.behind_https else []

INSTALLED_APPS = [
    "corridor.launch",
    "corridor.web",
    "corridor.matching",
    "corridor.directory",
    "corridor.language",
    "corridor.kernel",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "corridor.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "corridor.web.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "corridor.web.middleware.ContentSecurityMiddleware",
    "corridor.web.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "corridor.web.urls"
WSGI_APPLICATION = "corridor.web.wsgi.application"
CSRF_FAILURE_VIEW = "corridor.web.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "corridor.web.context.surroundings",
            ],
        },
    }
]

# Two roles of one database: `default` owns no table, `owner` migrates. Django must see them as two connections.
DATABASES = {
    "default": database(ENVIRONMENT.database_url),
    "owner": {**database(ENVIRONMENT.database_owner_url or ENVIRONMENT.database_url), "CONN_MAX_AGE": 0},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# How often somebody tried something is counted in the database, so that a limit holds over all web processes and machines.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_count",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "kernel.User"
AUTHENTICATION_BACKENDS = ["corridor.web.account.backend.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, and only there
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # other sessions end all the same, with the old password
# Codes by phone, for a number and for a network address (a whole mobile network may stand behind one); new numbers, for a person.
ACCOUNT_RATE_LIMITS = {"phone_code": "30/h/ip,3/10m/key,8/d/key", "phone_number": "5/d/user"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "corridor.web.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "corridor.web.account.forms.LoginForm",
    "signup": "corridor.web.account.forms.SignupForm",
    "request_login_code": "corridor.web.account.forms.RequestLinkForm",
    "confirm_login_code": "corridor.web.account.forms.CodeForm",
    "add_email": "corridor.web.account.forms.AddressForm",
    "change_password": "corridor.web.account.forms.ChangePasswordForm",
    "set_password": "corridor.web.account.forms.SetPasswordForm",
    "reset_password": "corridor.web.account.forms.ResetPasswordForm",
    "reset_password_from_key": "corridor.web.account.forms.NewPasswordForm",
    "reauthenticate": "corridor.web.account.forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = ENVIRONMENT.node_name
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_ADAPTER = "corridor.web.account.factors.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "corridor.web.account.factors.ActivateAppForm",
    "authenticate": "corridor.web.account.factors.FactorForm",
    "reauthenticate": "corridor.web.account.factors.FactorAgainForm",
    "add_webauthn": "corridor.web.account.factors.AddPasskeyForm",
    "authenticate_webauthn": "corridor.web.account.factors.PasskeyForm",
    "login_webauthn": "corridor.web.account.factors.PasskeyAloneForm",
    "reauthenticate_webauthn": "corridor.web.account.factors.PasskeyAgainForm",
    "edit_webauthn": "corridor.web.account.factors.NamePasskeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.behind_https else 0  # limits count people, not the proxy

SOCIALACCOUNT_ADAPTER = "corridor.web.account.ministries.MinistryAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = (
    True  # a form could not lead to another site (form-action 'self'); `state` guards the way back
)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = (
    True  # within its own domain only
)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": sign_in_apps(ENVIRONMENT)}}
ORCID = {  # in no list of sign-in services: it confirms an iD, and signs nobody in
    "client_id": ENVIRONMENT.orcid_client_id,
    "secret": ENVIRONMENT.orcid_client_secret.get_secret_value() if ENVIRONMENT.orcid_client_secret else "",
    "settings": {"server_url": ENVIRONMENT.orcid_url.rstrip("/")},
}
SAMPLE_WITHOUT_SECOND_FACTOR = DEVELOPMENT and ENVIRONMENT.sample_without_second_factor

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGES = [
    ("en", "English"),
    ("km", "ខ្មែរ"),
    ("lo", "ລາວ"),
    ("my", "မြန်မာဘာသာ"),
    ("th", "ไทย"),
    ("vi", "Tiếng Việt"),
    ("zh-hans", "简体中文"),
]
# Django does not know Lao; without an entry its questions about languages fail.
LANG_INFO.setdefault("lo", {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"})
LOCALE_PATHS = [VAR / "locale"]  # compiled from src/corridor/locale when the program starts
FORMAT_MODULE_PATH = ["corridor.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = DEVELOPMENT
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# What reads, when a letter is posted, the records that it tells of; None: nothing is left to tell, and it is not posted.
LETTER_WRITERS = {"digest": "corridor.web.digests.written"}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from
_mail = mail(ENVIRONMENT.email_url, DEVELOPMENT)
globals().update(_mail)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.behind_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = ENVIRONMENT.behind_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_https else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if ENVIRONMENT.behind_https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

PROCRASTINATE_ON_APP_READY = None

OVERDUE_WORKING_DAYS = ENVIRONMENT.overdue_working_days
UPLOAD_BYTES = ENVIRONMENT.upload_megabytes * 1024 * 1024
BENCH_DATA = ENVIRONMENT.bench_data
MAP_FILE = ENVIRONMENT.map_file
EMBEDDINGS = {
    "url": ENVIRONMENT.embeddings_url,
    "model": ENVIRONMENT.embeddings_model,
    "key": ENVIRONMENT.embeddings_key,
}
TRANSLATION: dict[str, Any] = {
    "engine": ENVIRONMENT.translation_engine,
    "url": ENVIRONMENT.translation_url,
    "model": ENVIRONMENT.translation_model,
    "key": ENVIRONMENT.translation_key.get_secret_value() if ENVIRONMENT.translation_key else "",
    "timeout": ENVIRONMENT.translation_timeout,
    "monthly_characters": ENVIRONMENT.translation_monthly_characters,
    "price": ENVIRONMENT.translation_price,
    "currency": ENVIRONMENT.translation_currency,
}
TEXTING: dict[str, Any] = {
    "sender": {
        "url": ENVIRONMENT.sms_url,
        "method": ENVIRONMENT.sms_method,
        "form": ENVIRONMENT.sms_format,
        "headers": ENVIRONMENT.sms_headers,
        "body": ENVIRONMENT.sms_body,
        "secret": ENVIRONMENT.sms_secret.get_secret_value() if ENVIRONMENT.sms_secret else "",
        "accepted": ENVIRONMENT.sms_accepted,
        "timeout": ENVIRONMENT.sms_timeout,
    },
    "countries": ENVIRONMENT.sms_countries,
    "daily": ENVIRONMENT.sms_daily,
}
SITE_URL = site_url(ENVIRONMENT)
NODE = {"name": ENVIRONMENT.node_name, "operator": ENVIRONMENT.node_operator, "url": SITE_URL}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "httpx": {"level": "WARNING"}
    },  # below that it writes down whole addresses, and with them numbers and keys
}

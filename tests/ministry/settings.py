"""Settings of that service; what differs from run to run comes from the environment."""

import os

SECRET_KEY = "a service that lives for one test and keeps nothing"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
USE_TZ = True
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["MINISTRY_DATABASE"]}}
ROOT_URLCONF = "tests.ministry.urls"
IDP_OIDC_ADAPTER = "tests.ministry.naming.Naming"
IDP_OIDC_PRIVATE_KEY = os.environ["MINISTRY_KEY"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

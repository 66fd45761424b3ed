"""The room as a Django app."""

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    """Room `language`."""

    name = "corridor.language"
    label = "language"

"""The room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    """Room `language`."""

    name = "corridor.language"
    label = "language"

    def ready(self) -> None:
        """Say what this room holds of people."""
        import_module("corridor.language.operations.about")

"""The room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Room `matching`."""

    name = "corridor.matching"
    label = "matching"

    def ready(self) -> None:
        """Say what this room holds of people."""
        import_module("corridor.matching.operations.about")

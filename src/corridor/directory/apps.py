"""The room as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Room `directory`."""

    name = "corridor.directory"
    label = "directory"

    def ready(self) -> None:
        """Say what this room holds of people."""
        import_module("corridor.directory.operations.about")

"""The room as a Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Room `directory`."""

    name = "corridor.directory"
    label = "directory"

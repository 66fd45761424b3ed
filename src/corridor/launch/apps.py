"""The launch room as a Django app, so that its commands are found."""

from django.apps import AppConfig


class LaunchConfig(AppConfig):
    """Commands that start, check and mend an installation."""

    name = "corridor.launch"
    label = "launch"

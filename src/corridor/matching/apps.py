"""The room as a Django app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Room `matching`."""

    name = "corridor.matching"
    label = "matching"

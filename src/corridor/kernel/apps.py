"""The kernel as a Django app."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Users, offices, events."""

    name = "corridor.kernel"
    label = "kernel"

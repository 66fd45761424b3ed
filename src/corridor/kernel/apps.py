"""The kernel as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Users, offices, events."""

    name = "corridor.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Say what this room holds of people."""
        import_module("corridor.kernel.operations.people")

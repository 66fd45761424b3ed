"""Nouns of the kernel: people who sign in, the offices they hold, what happened, letters to people, and their phones."""

from corridor.kernel.models.people import (
    Audience,
    Event,
    EventQuerySet,
    Grant,
    GrantQuerySet,
    Letter,
    Opening,
    Record,
    User,
    UserManager,
)
from corridor.kernel.models.phones import Phone, PhoneCode, PhoneQuerySet, SealedField

__all__ = [
    "Audience",
    "Event",
    "EventQuerySet",
    "Grant",
    "GrantQuerySet",
    "Letter",
    "Opening",
    "Phone",
    "PhoneCode",
    "PhoneQuerySet",
    "Record",
    "SealedField",
    "User",
    "UserManager",
]

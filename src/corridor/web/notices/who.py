"""Who is asking: a person or a visitor."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from corridor.kernel.models import User


def reader_of(request: HttpRequest) -> User | None:
    """Who reads; None for a visitor."""
    return request.user if isinstance(request.user, User) else None


def person(request: HttpRequest) -> User:
    """Who is signed in, on pages where everybody is."""
    return cast(User, request.user)

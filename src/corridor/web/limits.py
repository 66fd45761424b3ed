"""How often one person or one address may do something that costs others time."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds, for a person who is signed in, else for a network address."""

    name: str
    most: int
    seconds: int

    def is_reached(self, request: HttpRequest) -> bool:
        """Whether it was done too often already."""
        return int(cache.get(self._key(request), 0)) >= self.most

    def count(self, request: HttpRequest) -> None:
        """It was done once more; the time begins with the first."""
        key = self._key(request)
        if not cache.add(key, 1, self.seconds):
            try:
                cache.incr(key)
            except ValueError:  # it ran out between the two
                cache.add(key, 1, self.seconds)

    def _key(self, request: HttpRequest) -> str:
        who = request.user.pk if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")
        return f"limit:{self.name}:{who}".replace(" ", "")

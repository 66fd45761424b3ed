"""What every page knows: the node's name, the themes, and what waits for the person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.web.waiting import waiting_for


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Values for the frame of the page."""
    user = getattr(request, "user", None)
    audience = user.audience if user is not None and user.is_authenticated else None
    return {
        "node": settings.NODE,
        "themes": Theme.choices,
        "has_texting": bool(settings.TEXTING["sender"]["url"]),
        "is_development": settings.DEVELOPMENT,
        "audience": audience,
        "resting": audience.resting if audience else (),
        "is_office": bool(audience and audience.offices_of),
        "waiting": SimpleLazyObject(lambda: waiting_for(user) if isinstance(user, User) else []),
    }

"""What every request passes: the reader's language, signing in without losing text, refusals, and what a page may load."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.web import errors

Answer = Callable[[HttpRequest], HttpResponseBase]

# A page loads from its own site alone; no script or style is written into a page. `data:` pictures are Bootstrap's arrows.
CONTENT_SECURITY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def chosen_language(request: HttpRequest, person: User | None = None) -> str:
    """What was picked on this device, else what the person set in their account, else what the browser asks for.

    The person is who is signed in or, where an address alone says whose page it is, `person`.
    """
    offered = dict(settings.LANGUAGES)
    picked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if picked in offered:
        return picked
    if person is not None or SESSION_KEY in request.session:
        own = getattr(person or get_user(request), "language", "")
        if own in offered:
            return str(own)
    return str(get_language_from_request(request))


class LanguageMiddleware:
    """Answers each request in its reader's language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Pages need signing in unless they say otherwise. A form sent too late is given back with its text."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        """Reading leads to the sign-in page; sending keeps what was typed."""
        stopped = super().process_view(request, view_func, view_args, view_kwargs)
        if stopped is not None and request.method not in ("GET", "HEAD", "OPTIONS"):
            return errors.session_expired(request)
        return stopped


class ContentSecurityMiddleware:
    """Says in each answer what the page may load and which powers of the device it renounces."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class RefusedMiddleware:
    """A refusal anywhere below becomes a page with its reasons."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 with every reason; other exceptions go their way."""
        return errors.refused(request, exception.reasons) if isinstance(exception, Refused) else None

"""Web addresses in mail, and where a person goes after signing in."""

from urllib.parse import urlencode

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.http import HttpRequest


def absolute(request: HttpRequest, path: str) -> str:
    """The whole address of a page. In development as it was asked for; else as the operator set it, whatever host was asked."""
    if settings.DEVELOPMENT:
        return request.build_absolute_uri(path)
    return f"{settings.SITE_URL}{path}"


def with_next(request: HttpRequest, path: str) -> str:
    """A path that remembers where the person wanted to go, if that is a page of this site."""
    wanted = get_next_redirect_url(request)
    return f"{path}?{urlencode({'next': wanted})}" if wanted else path

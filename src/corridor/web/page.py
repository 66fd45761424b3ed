"""One way to answer with a page: whole, or the part of it that htmx asked for."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from corridor.kernel.models import User


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asked for a part. After "back" from its history it wants the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def signed_in(request: HttpRequest) -> User:
    """The person whose request it is, on pages that need signing in."""
    return cast(User, request.user)


def reader(request: HttpRequest) -> User | None:
    """The person who reads an open page, if anybody is signed in."""
    return signed_in(request) if request.user.is_authenticated else None


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    partial: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page or, when htmx asks and `partial` names a part of the template, that part alone."""
    name = f"{template}#{partial}" if partial and wants_part(request) else template
    response = render(request, name, dict(context or {}), status=status)
    if partial:
        patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response

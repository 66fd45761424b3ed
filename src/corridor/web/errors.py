"""Answers to what cannot be done: each says what happened, that nothing was changed, and what to do now."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from corridor.web.components.parts import KeptField
from corridor.web.page import wants_part

log = logging.getLogger(__name__)

LAST_RESORT = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Corridor</title><h1>Something went wrong here</h1>'
    "<p>The fault is on this side. Wait a minute, go back with your browser and try again.</p></html>"
)
# Never written back into a page: tokens, and anything that is a secret.
UNKEPT = ("csrfmiddlewaretoken", "password", "passwd", "secret", "token", "code", "otp")


def answer(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int) -> HttpResponse:
    """An error page or, when htmx asked for a part, a notice that goes to the messages of the page."""
    if not wants_part(request):
        return render(request, template, dict(context), status=status)
    sentences = context.get("reasons") or [
        context.get("sentence", _("This did not work. Please reload the page and try again."))
    ]
    content = format_html_join("", "<p>{}</p>", ((sentence,) for sentence in sentences))
    part = render_to_string("components/notice.html", {"content": content, "kind": "error", "role": "alert"})
    return HttpResponse(part, status=status, headers={"HX-Retarget": "#messages", "HX-Reswap": "innerHTML"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: too large, or not what the page expects."""
    sentence = _("What was sent is too large or not in the form this page expects. Nothing was changed.")
    return answer(request, "400.html", {"sentence": sentence}, status=400)


def refused(request: HttpRequest, reasons: tuple[object, ...]) -> HttpResponse:
    """403 with every reason."""
    return answer(request, "403.html", {"reasons": reasons}, status=403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 raised by a library, with its reason where it gives one."""
    return refused(request, tuple(str(arg) for arg in exception.args if arg) if exception else ())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: says the same whether a record never was, is gone, or is not open to this reader."""
    sentence = _("There is nothing here that you can read.")
    return answer(request, "404.html", {"sentence": sentence}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: needs neither database nor session, and not even its own template."""
    try:
        return HttpResponse(render_to_string("500.html"), status=500)
    except Exception:
        log.exception("The page for faults could not be made")
        return HttpResponse(LAST_RESORT, status=500)


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was one of ours. Only then may one press send it again."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def kept_fields(request: HttpRequest) -> list[KeptField]:
    """What was typed, without tokens and secrets."""
    try:
        sent = request.POST
    except (UnreadablePostError, RequestDataTooBig, MultiPartParserError, SuspiciousOperation):
        return []
    return [
        KeptField(name, tuple(str(value) for value in values))
        for name, values in sent.lists()
        if not any(word in name.lower() for word in UNKEPT)
    ]


def keep_text(request: HttpRequest, *, heading: str, explanation: str, sign_in_url: str = "") -> HttpResponse:
    """403 that gives back everything that was typed, to send again or to copy."""
    kept = kept_fields(request)
    context = {
        "heading": heading,
        "explanation": explanation,
        "sentence": explanation,
        "sign_in_url": sign_in_url,
        "kept": kept,
        "again_url": request.get_full_path(),
        "may_send_again": came_from_here(request),
        "had_files": bool(kept) and request.content_type == "multipart/form-data" and bool(request.FILES),
    }
    return answer(request, "csrf.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not fit any more: another sign-in, a lost cookie, or another site."""
    log.info("CSRF check failed at %s: %s", request.path, reason)
    if came_from_here(request):
        return keep_text(
            request,
            heading=_("Please send this once more"),
            explanation=_(
                "This form was open for long, or you signed in meanwhile in another window. Nothing was sent yet."
            ),
        )
    return keep_text(
        request,
        heading=_("This did not come from this site"),
        explanation=_(
            "The form was not sent from a page of this site, or your browser hides that. Nothing was changed."
        ),
    )


def session_expired(request: HttpRequest) -> HttpResponse:
    """Somebody who is not signed in any more sends a form: the text stays, signing in comes first."""
    sign_in = resolve_url(settings.LOGIN_URL)
    if wants_part(request) or request.headers.get("X-Requested-With") == "autosave":
        return HttpResponse(_("Please sign in again."), status=401, content_type="text/plain; charset=utf-8")
    return keep_text(
        request,
        heading=_("You were signed out in the meantime"),
        explanation=_("Nothing was sent yet, and nothing that you typed is lost."),
        sign_in_url=f"{sign_in}?{urlencode({'next': resolve_url(settings.LOGIN_REDIRECT_URL)})}",
    )

"""Beginning a notice: once, however often the form is sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError
from django.http import HttpRequest

from corridor.directory.models import Organisation
from corridor.kernel.logic.identifiers import uuid7
from corridor.kernel.models import User
from corridor.matching.models import Notice
from corridor.matching.operations import notices
from corridor.matching.states import NoticeKind
from corridor.web.notices.forms import DETECT, TextForm
from corridor.web.notices.languages import language_of
from corridor.web.notices.who import person

SIGNER = Signer(salt="notice-new")


def new_number() -> str:
    """The number of the notice that a form will begin, signed: nobody else can choose it."""
    return SIGNER.sign(str(uuid7()))


def number_in(signed: str) -> UUID:
    """The number in a form; a fresh one when it is not ours."""
    try:
        return UUID(SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        return uuid7()


def form_for(request: HttpRequest) -> TextForm:
    """An empty first step, or the one that was sent. It asks for the country where nothing else tells it."""
    user = person(request)
    kind = request.GET.get("kind", "")
    initial = {
        "kind": kind if kind in NoticeKind.values else NoticeKind.NEED,
        "title": request.GET.get("title", "")[:150],
        "language": DETECT,
    }
    return TextForm(request.POST or None, initial=initial, ask_home=not user.home)


def begin(user: User, form: TextForm, signed: str) -> Notice:
    """Begin the notice or, when the same form began it already, write to it."""
    number = number_in(signed)
    begun = Notice.objects.filter(pk=number, author=user).first()
    if begun is None:
        try:
            return _drafted(user, form, number)
        except IntegrityError:  # the same form, sent a moment ago
            begun = Notice.objects.get(pk=number, author=user)
    texts = {**form.texts, "language": language_of(form.cleaned_data)}
    notices.write(begun, by=user, facts={"kind": form.cleaned_data["kind"]}, texts=texts)
    return begun


def _drafted(user: User, form: TextForm, number: UUID) -> Notice:
    said = form.cleaned_data
    texts: dict[str, Any] = form.texts
    return notices.draft(
        id=number,
        by=user,
        kind=said["kind"],
        home=said.get("home", ""),
        organisation=own_organisation(user),
        language=language_of(said),
        **texts,
    )


def own_organisation(user: User) -> Organisation | None:
    """The organisation of somebody who speaks for just one."""
    own = list(Organisation.objects.standing().filter(pk__in=user.audience.organisations)[:2])
    return own[0] if len(own) == 1 else None

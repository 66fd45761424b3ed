"""The three steps: their forms from what is saved, the rail, and where a pressed button leads."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.directory.models import MembershipRequest, Organisation
from corridor.directory.states import RequestState
from corridor.kernel.models import User
from corridor.kernel.states import Capability
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.web.components.parts import Step
from corridor.web.notices.forms import UNKNOWN, CardForm, ReadersForm, TextForm
from corridor.web.notices.who import person

ORDER = ("text", "facts", "readers")


def rail(notice: Notice | None, current: str) -> list[Step]:
    """Where one is. A notice that has been saved can be entered at any step."""
    labels = {"text": _("Your text"), "facts": _("The facts"), "readers": _("Readers, and hand in")}
    done = {
        "text": bool(notice and notice.latest.text),
        "facts": bool(notice and notice.themes and notice.organisation_id),
        "readers": False,
    }
    return [
        Step(labels[name], reverse(f"notice-{name}", args=[notice.pk]) if notice else "", done[name], name == current)
        for name in ORDER
    ]


def go_on(request: HttpRequest, notice: Notice, step: str) -> HttpResponse:
    """Where the pressed button leads: the next step, the choice of an organisation, the notice itself, or here again."""
    pressed = request.POST.get("go", "")
    if pressed == "submit":
        messages.success(request, _("Your text is with the publisher now."))
        return redirect("notice", pk=notice.pk)
    if pressed == "organisation":
        return redirect("notice-organisation", pk=notice.pk)
    if pressed == "next" and step != ORDER[-1]:
        return redirect(f"notice-{ORDER[ORDER.index(step) + 1]}", pk=notice.pk)
    messages.success(request, saved_in_words(notice))
    return redirect(f"notice-{step}", pk=notice.pk)


def saved_in_words(notice: Notice) -> str:
    """Who sees what was just saved."""
    if notice.published_id is None:
        return _("Saved. Only you and your organisation see this draft.")
    return _("Saved. New facts are seen at once; a new text is seen once the publisher has published it.")


def text_form(request: HttpRequest, notice: Notice) -> TextForm:
    """Step 1 from what is saved."""
    wording = notice.latest
    saved = {name: getattr(wording, name) for name in TextForm.TEXTS}
    initial = {**saved, "kind": notice.kind, "language": wording.language or UNKNOWN}
    return TextForm(request.POST or None, initial=initial, fixed_kind=notice.published_id is not None)


def card_form(request: HttpRequest, notice: Notice) -> CardForm:
    """Step 2 from what is saved."""
    user = person(request)
    return CardForm(
        request.POST or None,
        instance=notice,
        organisations=choosable(user, notice),
        may_assist=rules.may_post_for_others(user, notice.organisation, notice.home).allowed,
    )


def readers_form(request: HttpRequest, notice: Notice) -> ReadersForm:
    """Step 3 from what is saved."""
    wording = notice.latest
    initial = {"visibility": wording.visibility, "is_anonymous": wording.is_anonymous}
    return ReadersForm(request.POST or None, request.FILES or None, initial=initial)


def choosable(user: User, notice: Notice) -> QuerySet[Organisation]:
    """The organisations a person can write for: those they speak for, the one they asked to join, and the one chosen."""
    chosen = Q(pk__in=user.audience.organisations) | Q(pk=notice.organisation_id)
    chosen |= Q(requests__user=user, requests__state=RequestState.WAITING)
    if user.audience.can(Capability.POST_FOR_OTHERS, home=notice.home):
        chosen |= Q(home=notice.home, verification__isnull=False)
    return Organisation.objects.standing().filter(chosen).with_names().distinct()


def waiting_request(user: User) -> MembershipRequest | None:
    """The person's wish to be confirmed, while it waits."""
    found = MembershipRequest.objects.filter(user=user, state=RequestState.WAITING)
    return found.select_related("organisation").first()

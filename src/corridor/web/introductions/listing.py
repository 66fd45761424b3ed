"""What was asked of one's organisations, what they asked, and one introduction with what can be done about it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corridor.directory.models import Organisation
from corridor.kernel.models import User
from corridor.kernel.states import Capability
from corridor.matching import rules
from corridor.matching.models import Introduction, Pause, Room
from corridor.matching.models.introductions import OPEN
from corridor.matching.operations import introductions
from corridor.web.introductions.cards import lines_of, translations_for_reader
from corridor.web.introductions.forms import DeclineForm
from corridor.web.introductions.who import back, found, me, named_organisation, own_organisations, trail
from corridor.web.page import page
from corridor.web.results import zone_of_country
from corridor.web.waiting import organisations_where

MOST = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, what one waits for, and the rooms in which one sits."""
    by = me(request)
    own = organisations_where(by, Capability.SPEAK)
    mine = Introduction.objects.visible_to(by).for_reading()
    waiting = mine.to_answer(own)
    resting = mine.open().resting().exclude(state="set_aside", asked__in=own)
    sent = mine.open().filter(Q(asker__in=own) | Q(begun_by=by)).exclude(pk__in=waiting.values("pk"))
    sent = sent.exclude(pk__in=resting.values("pk"))
    past = mine.exclude(state__in=OPEN).exclude(room__in=Room.objects.visible_to(by))
    aside = mine.filter(state="set_aside", asked__in=own)
    context = {
        "to_answer": lines_of(waiting[:MOST], by),
        "sent": lines_of(sent[:MOST], by),
        "resting": lines_of(resting[:MOST], by),
        "past": lines_of([*aside[:MOST], *past[:MOST]], by),
        "rooms": rooms_of(by),
        "organisations": pausable(by),
        "may_propose": bool(by.audience.offices_of),
        "trail": trail(),
    }
    return page(request, "introductions/introductions.html", context)


def rooms_of(by: User) -> list[Room]:
    """The rooms in which a person sits, the newest first."""
    return list(Room.objects.visible_to(by).for_reading().order_by("-created_at")[:MOST])


def pausable(by: User) -> list[tuple[Organisation, bool]]:
    """One's organisations, and whether each takes no requests now."""
    own = own_organisations(by)
    paused = set(Pause.objects.filter(organisation__in=own, ended_at=None).values_list("organisation", flat=True))
    return [(one, one.pk in paused) for one in own]


@require_safe
def introduction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One introduction: the card of the other side, the text, and the answer."""
    by, shown = me(request), found(request, pk)
    (line,) = lines_of([shown], by)
    translation = translations_for_reader("introduction", [shown.pk]).get(shown.pk)
    answering = rules.side_to_answer(by, shown) if shown.is_open else None
    room = Room.objects.visible_to(by).filter(introduction=shown).first()
    going = rules.goes_on(by, shown) if shown.is_open or room else None
    context = {
        "introduction": shown,
        "line": line,
        "zone": zone_of_country(shown.party(line.sides[0]).home if line.sides else shown.home),
        "translation": translation,
        "agree": rules.may_answer_introduction(by, shown) if answering else None,
        "stands_still": going.reasons if going is not None else (),
        "decline_form": DeclineForm(label_suffix="") if answering and going else None,
        "may_set_aside": shown.state == "asked",
        "withdraw": rules.may_withdraw_introduction(by, shown) if shown.is_open else None,
        "decline": getattr(shown, "decline", None),
        "room": room,
        "trail": trail(_("Introduction")),
    }
    return page(request, "introductions/introduction.html", context)


@require_POST
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say yes."""
    room = introductions.agree(found(request, pk), by=me(request))
    if room is None:
        return back(request, "introduction", pk, _("You said yes. The other side is asked too."))
    messages.success(request, _("You can talk to each other now. Names and addresses are shown to both sides."))
    return redirect("room", room.pk)


@require_POST
def refusal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say no with a reason, or nothing at all."""
    shown = found(request, pk)
    if request.POST.get("decision") == "aside":
        introductions.set_aside(shown, by=me(request))
        return back(request, "introduction", pk, _("Set aside. Nobody is told."))
    form = DeclineForm(request.POST)
    if not form.is_valid():
        raise Http404
    introductions.decline(shown, by=me(request), reason=form.cleaned_data["reason"])
    return back(request, "introduction", pk, _("Declined. They are told the reason."))


@require_POST
def withdrawal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it back."""
    introductions.withdraw_introduction(found(request, pk), by=me(request))
    return back(request, "introduction", pk, _("Taken back."))


@require_POST
def pausing(request: HttpRequest) -> HttpResponse:
    """Take no requests for now, or take them again."""
    organisation = named_organisation(request)
    if organisation is None:
        raise Http404
    if request.POST.get("decision") == "pause":
        introductions.pause(organisation, by=me(request))
        messages.success(request, _("Your organisation takes no requests until you end this."))
    else:
        introductions.resume(organisation, by=me(request))
        messages.success(request, _("Your organisation takes requests again."))
    return redirect("introductions")

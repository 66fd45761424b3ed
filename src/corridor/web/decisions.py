"""Deciding on texts and people that wait, always with a reason; whoever comes second is told what was decided meanwhile."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.directory.models import Country, MembershipRequest
from corridor.directory.operations.membership import answer_membership
from corridor.directory.rules import acting_of, takes_part
from corridor.directory.states import RequestState
from corridor.kernel.logic.verdict import Refused, Verdict
from corridor.kernel.models import Audience, Grant, User
from corridor.kernel.states import Capability, Office, Scope
from corridor.matching import rules
from corridor.matching.models import Notice, Wording
from corridor.matching.operations import notices
from corridor.matching.states import WordingState
from corridor.web.page import signed_in
from corridor.web.results import name_for_reader
from corridor.web.waiting import due_on, is_overdue


class Refusable(Protocol):
    """A form that can show why something was refused."""

    def refuse(self, refusal: Refused) -> None:
        """Show it; what was typed stays."""


class ReasonForm(forms.Form):
    """Why something was decided so."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}), strip=True
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, key: object, help_text: str = "") -> None:
        super().__init__(data, auto_id=f"{key}-%s", label_suffix="")
        self.fields["reason"].help_text = help_text

    def refuse(self, refusal: Refused) -> None:
        """Show at the form why it was refused; what was typed stays."""
        self.full_clean()
        for reason in refusal.reasons:
            self.add_error(None, str(reason))


class AnswerForm(ReasonForm):
    """How one knows a person, and whether they look after their organisation's entry."""

    as_manager = forms.BooleanField(
        label=gettext_lazy("Make this person the manager of the organisation too"),
        required=False,
        help_text=gettext_lazy("A manager looks after its entry and confirms colleagues once it is verified."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, asked: MembershipRequest, by: User) -> None:
        help_text = _("How you know them, or why not. The person reads it.")
        super().__init__(data, key=asked.pk, help_text=help_text)
        if asked.organisation is None or not by.audience.can(Capability.VERIFY_ORGANISATION, home=asked.home):
            del self.fields["as_manager"]
        elif asked.is_claim:
            self.initial["as_manager"] = True


@dataclass
class Submission:
    """A text that waits for its publisher, as a queue shows it."""

    wording: Wording
    owner: str
    owner_language: str
    due: datetime.date
    is_late: bool
    zone: str
    publish: Verdict
    form: ReasonForm

    @property
    def notice(self) -> Notice:
        """What it is a version of."""
        return self.wording.notice

    @property
    def seen(self) -> str:
        """Which text was read before deciding: its number and when it was handed in."""
        return seen_of(self.wording)


@dataclass
class Asked:
    """A person who waits to be confirmed, as a queue shows them."""

    request: MembershipRequest
    organisation: str
    organisation_language: str
    zone: str
    form: AnswerForm
    managers: int = 0
    mail_domain: str = field(init=False)
    web_domain: str = field(init=False)

    def __post_init__(self) -> None:
        self.mail_domain = self.request.user.email.rpartition("@")[2].lower()
        website = self.request.organisation.website if self.request.organisation else ""
        self.web_domain = (urlsplit(website).hostname or "").removeprefix("www.")

    @property
    def is_same_domain(self) -> bool:
        """Whether the mail comes from the web site's own domain; a hint, never a proof."""
        return bool(self.web_domain) and f".{self.mail_domain}".endswith(f".{self.web_domain}")


def seen_of(wording: Wording) -> str:
    """Which text was read: its number and when it was handed in."""
    return f"{wording.number}@{wording.submitted_at.isoformat() if wording.submitted_at else ''}"


def submissions_of(found: Any) -> list[Submission]:
    """The lines of a queue of texts (a queryset of wordings or a page of one), in a fixed number of queries."""
    related = ("notice__author", "notice__organisation__verification", "notice__published")
    wordings = list(found.select_related(*related).prefetch_related("notice__organisation__names"))
    if not wordings:
        return []
    countries = Country.objects.in_bulk()
    authors = [wording.notice.author for wording in wordings]
    read_audiences(authors)
    acting = acting_of(authors)
    return [submission_of(wording, countries[wording.notice.home], acting=acting) for wording in wordings]


def submission_of(
    wording: Wording, country: Country, form: ReasonForm | None = None, *, acting: Container[str] | None = None
) -> Submission:
    """One text of a queue."""
    notice, at = wording.notice, wording.submitted_at
    assert at is not None
    owner, language = name_for_reader(notice.organisation) if notice.organisation else ("", "")
    return Submission(
        wording=wording,
        owner=owner,
        owner_language=language,
        due=due_on(at, country),
        is_late=is_overdue(at, country) and not notice.rests,
        zone=country.time_zone,
        publish=takes_part(notice.organisation) if notice.rests else rules.may_be_published(notice.author, acting),
        form=form or return_form(wording),
    )


def return_form(wording: Wording, data: Mapping[str, Any] | None = None) -> ReasonForm:
    """What one says when a text is returned."""
    return ReasonForm(data, key=wording.pk, help_text=_("What should be changed. The author reads it."))


def read_audiences(people: Iterable[User]) -> None:
    """Read what each of these people is today, in one query for all."""
    by_id: dict[UUID, list[User]] = {}
    for person in people:
        by_id.setdefault(person.pk, []).append(person)
    held: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in Grant.objects.current().filter(user__in=list(by_id)).held():
        held.setdefault(row[0], []).append(row)
    for key, persons in by_id.items():
        for person in persons:
            person.__dict__["audience"] = Audience.gathered(key, held.get(key, ()))


def asked_of(found: Any, *, by: User) -> list[Asked]:
    """The lines of a queue of people (a queryset of requests or a page of one), in a fixed number of queries."""
    related = list(found.select_related("user", "organisation__verification").prefetch_related("organisation__names"))
    countries = Country.objects.in_bulk()
    managers = managers_of(related)
    return [
        asked_line(request, countries[request.home], AnswerForm(asked=request, by=by), managers) for request in related
    ]


def asked_line(
    request: MembershipRequest, country: Country, form: AnswerForm, managers: Mapping[str, int] | None = None
) -> Asked:
    """One person of a queue."""
    name = name_for_reader(request.organisation) if request.organisation else (request.organisation_text, "")
    counted = managers_of([request]) if managers is None else managers
    found = counted.get(str(request.organisation_id), 0)
    return Asked(request, *name, zone=country.time_zone, form=form, managers=found)


def managers_of(requests: Iterable[MembershipRequest]) -> dict[str, int]:
    """How many people look after each organisation that is asked for, in one query."""
    keys = {str(request.organisation_id) for request in requests if request.organisation_id}
    held = Grant.objects.current().filter(office=Office.ORGANISATION_MANAGER, scope=Scope.ORGANISATION)
    counted = held.filter(scope_id__in=keys).order_by().values_list("scope_id").annotate(Count("user", distinct=True))
    return dict(counted)


def decide(request: HttpRequest, wording: Wording) -> ReasonForm | None:
    """Publish or return, as the button says. None when that is over; else the form with what is wrong and what was typed."""
    form = return_form(wording, request.POST)
    publishes = request.POST.get("decision") == "publish"
    form.fields["reason"].required = not publishes
    if wording.state == WordingState.SUBMITTED and request.POST.get("seen") != seen_of(wording):
        form.refuse(Refused([_("This text was changed after you opened it. Read it again before you decide.")]))
        return form
    if not form.is_valid():
        return form
    if publishes:
        done = attempt(
            request, form, lambda: notices.publish(wording, by=signed_in(request)), _("Published. Readers see it now.")
        )
    else:
        reason = form.cleaned_data["reason"]
        returned = lambda: notices.give_back(wording, by=signed_in(request), reason=reason)  # noqa: E731
        done = attempt(request, form, returned, _("Returned to its author with your reason."))
    return None if done or told_of_text(request, wording) else form


def attempt(request: HttpRequest, form: Refusable, act: Callable[[], object], sentence: str) -> bool:
    """Do it and say so; a refusal goes to the form."""
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, sentence)
    return True


def told_of_text(request: HttpRequest, wording: Wording) -> bool:
    """Say kindly what happened to a text that no longer waits; whether there was something to say."""
    wording.refresh_from_db()
    by = {"name": wording.decided_by} if wording.decided_by_id else {"name": ""}
    sentences = {
        WordingState.PUBLISHED: _("%(name)s published this text in the meantime. Nothing is left to do.") % by,
        WordingState.RETURNED: _("%(name)s returned this text in the meantime. Nothing is left to do.") % by,
        WordingState.DRAFT: _("Its author took this text back in the meantime. Nothing is left to do."),
    }
    if wording.state in sentences:
        messages.warning(request, sentences[WordingState(wording.state)])
    return wording.state in sentences


def answer(request: HttpRequest, asked: MembershipRequest) -> AnswerForm | None:
    """Confirm or decline, as the button says. None when that is over; else the form with what is wrong and what was typed."""
    form = AnswerForm(request.POST, asked=asked, by=signed_in(request))
    if not form.is_valid():
        return form
    confirms = request.POST.get("decision") == "confirm"
    said = {"reason": form.cleaned_data["reason"], "as_manager": form.cleaned_data.get("as_manager", False)}
    sentence = _("Confirmed. The person is told.") if confirms else _("Declined. The person is told why.")
    act = lambda: answer_membership(asked, by=signed_in(request), is_confirmed=confirms, **said)  # noqa: E731
    return None if attempt(request, form, act, sentence) or told_of_person(request, asked) else form


def told_of_person(request: HttpRequest, asked: MembershipRequest) -> bool:
    """Say kindly who answered a request that no longer waits; whether there was something to say."""
    asked.refresh_from_db()
    if asked.state == RequestState.WAITING:
        return False
    by = {"name": asked.vouching.vouched_by}
    if asked.state == RequestState.CONFIRMED:
        messages.warning(request, _("%(name)s confirmed this person in the meantime. Nothing is left to do.") % by)
    else:
        messages.warning(request, _("%(name)s declined this request in the meantime. Nothing is left to do.") % by)
    return True

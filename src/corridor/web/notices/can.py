"""What a reader can do with a notice: each deed with the rule's verdict, so that a button works or says why not."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from corridor.kernel.logic.verdict import Verdict
from corridor.kernel.models import User
from corridor.matching import rules
from corridor.matching.models import Notice, Wording
from corridor.matching.states import NoticeState, WordingState
from corridor.web.notices.forms import HALF_A_YEAR, ReasonForm, RenewalForm


@dataclass(frozen=True)
class Deed:
    """One thing to do. With `form` it opens first and asks; `seen` says which state of the text was read."""

    label: str
    url: str
    verdict: Verdict
    tone: str = "quiet"
    method: str = "post"
    form: forms.Form | None = None
    seen: str = ""


def deeds(notice: Notice, wording: Wording, reader: User | None) -> list[Deed]:
    """What its own people and its focal point can do now; nothing for others."""
    if reader is None:
        return []
    own = _own(notice, reader) if rules.works_on(reader, notice) else []
    deciding = _deciding(notice, wording, reader)
    office = _office(notice, reader) if rules.holds_office(reader, notice) else []
    return [*deciding, *office, *own]


def _deed(notice: Notice, name: str, label: str, verdict: Verdict, **more: object) -> Deed:
    return Deed(label, reverse(name, args=[notice.pk]), verdict, **more)  # type: ignore[arg-type]


def _own(notice: Notice, reader: User) -> list[Deed]:
    state, newest = notice.state, notice.latest
    waits = newest.state == WordingState.SUBMITTED
    listed = []
    if newest.state in (WordingState.DRAFT, WordingState.RETURNED) and state != NoticeState.WITHDRAWN:
        verdict = rules.may_submit(reader, notice)
        listed.append(_deed(notice, "notice-submission", _("Hand to the publisher"), verdict, tone=""))
    if waits:
        listed.append(_deed(notice, "notice-taking-back", _("Take back"), rules.may_take_back(reader, notice)))
    elif state not in (NoticeState.WITHDRAWN, NoticeState.FULFILLED, NoticeState.SUSPENDED):
        edit = rules.may_edit(reader, notice)
        listed.append(_deed(notice, "notice-text", _("Edit"), edit, method="get"))
    if state == NoticeState.PUBLISHED:
        listed.append(_deed(notice, "notice-fulfilment", _("Mark as fulfilled"), rules.may_fulfil(reader, notice)))
    if state in (NoticeState.PUBLISHED, NoticeState.EXPIRED):
        listed.append(_deed(notice, "notice-renewal", _("Renew"), rules.may_renew(reader, notice), form=renewal_form()))
    if NoticeState.WITHDRAWN in notice.moves[state]:
        ask = ReasonForm(auto_id="withdrawal_%s")
        ask.fields["reason"].required = False
        verdict = rules.may_withdraw(reader, notice)
        listed.append(_deed(notice, "notice-withdrawal", _("Withdraw"), verdict, tone="warn", form=ask))
    return listed


def renewal_form() -> RenewalForm:
    """A form that proposes half a year from today."""
    until: datetime.date = timezone.now().date() + HALF_A_YEAR
    return RenewalForm(initial={"until": until}, auto_id="renewal_%s")


def _deciding(notice: Notice, wording: Wording, reader: User) -> list[Deed]:
    if wording.state != WordingState.SUBMITTED:
        return []
    if not (rules.holds_office(reader, notice) or rules.publishes_itself(reader, notice)):
        return []
    seen = seen_of(wording)
    publish = rules.may_publish(reader, wording)
    ask = ReasonForm(auto_id="return_%s")
    return [
        _deed(notice, "notice-publication", _("Publish"), publish, tone="", seen=seen),
        _deed(notice, "notice-return", _("Return"), rules.may_decide(reader, wording), form=ask, seen=seen),
    ]


def _office(notice: Notice, reader: User) -> list[Deed]:
    if notice.state == NoticeState.SUSPENDED:
        return [_deed(notice, "notice-lifting", _("Put back"), rules.may_lift(reader, notice))]
    if notice.state != NoticeState.PUBLISHED:
        return []
    ask = ReasonForm(auto_id="suspension_%s")
    verdict = rules.may_suspend(reader, notice)
    return [_deed(notice, "notice-suspension", _("Suspend"), verdict, tone="warn", form=ask)]


def seen_of(wording: Wording) -> str:
    """Which text was read before deciding: its number and when it was handed in."""
    at = wording.submitted_at.isoformat() if wording.submitted_at else ""
    return f"{wording.number}@{at}"

"""Verbs of a notice: begin, write, submit, publish, return, renew, end, suspend."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Organisation, speakers_of
from corridor.directory.operations.acting import hold_parties
from corridor.kernel.logic.identifiers import uuid7
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, User
from corridor.kernel.operations import hold, move, record, tell, write_letter
from corridor.kernel.states import Urgency
from corridor.language.logic.words import tidy
from corridor.matching import rules
from corridor.matching.models import (
    LONGEST_VALIDITY,
    Card,
    Notice,
    Report,
    Return,
    Suspension,
    Watch,
    Withdrawal,
    Wording,
)
from corridor.matching.states import NoticeState, WordingState

CARD_FIELDS = frozenset(field.name for field in Card._meta.get_fields())
NOTICE_FIELDS = CARD_FIELDS | {"kind", "problem_owner", "valid_until", "organisation"}


def tell_index(notice: Notice, *, urgency: int = Urgency.NOW) -> None:
    """Have the one index follow this notice."""
    key = str(notice.pk)
    tell("matching.index_notice", notice=key, lock=f"notice:{key}", urgency=urgency)


def _write(notice: Notice, template: str, *, key: str, **facts: str) -> None:
    """Tell its author; where it is no longer theirs, those who speak for its organisation."""
    author = notice.author
    if rules.works_on(author, notice):
        write_letter(author, template, key=key, notice=str(notice.pk), **facts)
        return
    for reader in speakers_of(notice.organisation_id).order_by("pk"):
        write_letter(reader, template, key=f"{key}:{reader.pk}", notice=str(notice.pk), **facts)


def _home(by: User, organisation: Organisation | None, home: str) -> str:
    chosen = organisation.home if organisation else home or by.home
    if not chosen:
        raise Refused([_("Say in which country you are.")])
    return chosen


@transaction.atomic
def draft(
    *,
    by: User,
    kind: str,
    home: str = "",
    organisation: Organisation | None = None,
    is_sample: bool = False,
    id: UUID | None = None,
    **texts: Any,
) -> Notice:
    """Begin a notice. It is private to its author and organisation until a publisher has published it.

    Whoever gives the `id` cannot begin the same notice twice: the second time raises IntegrityError.
    """
    rules.may_draft(by).enforce()
    notice = Notice.objects.create(
        id=id or uuid7(),
        kind=kind,
        author=by,
        organisation=organisation,
        home=_home(by, organisation, home),
        is_sample=is_sample,
    )
    Wording.objects.create(notice=notice, **_tidied(texts))
    record("notice.drafted", notice, by=by, kind=kind)
    return notice


@transaction.atomic
def write(
    notice: Notice, *, by: User, facts: Mapping[str, Any] | None = None, texts: Mapping[str, Any] | None = None
) -> Wording:
    """Change a notice. Facts of a published one count at once; its text becomes a new version for the publisher."""
    hold_parties(notice.organisation)
    hold(notice)
    rules.may_edit(by, notice).enforce()
    changed = _set_facts(notice, facts or {})
    wording = _set_texts(notice, texts or {}, by=by)
    if not _goes_on(notice, by):
        record("notice.written", notice, by=by, fields=sorted(changed), version=wording.number)
    if notice.state == NoticeState.PUBLISHED and changed:
        tell_index(notice)
    return wording


def _goes_on(notice: Notice, by: User) -> bool:
    """Whether this is one more stroke of the same person at a draft nobody has read: events are for good, drafts save themselves."""
    last = Event.objects.about(notice).last() if notice.state == NoticeState.DRAFT else None
    return last is not None and last.verb == "notice.written" and last.by_id == by.pk


def _set_facts(notice: Notice, facts: Mapping[str, Any]) -> list[str]:
    unknown = set(facts) - NOTICE_FIELDS
    if unknown:
        raise TypeError(f"a notice has no facts {sorted(unknown)}")
    if notice.published_id:  # kind, organisation and problem owner stay as published; its end has a verb of its own
        facts = {key: value for key, value in facts.items() if key in CARD_FIELDS}
    changed = [key for key, value in facts.items() if getattr(notice, key) != value]
    for key in changed:
        setattr(notice, key, facts[key])
    if "organisation" in changed and notice.organisation:
        notice.home = notice.organisation.home
        changed.append("home")
    if changed:
        notice.save(update_fields=changed)
    return changed


def _set_texts(notice: Notice, texts: Mapping[str, Any], *, by: User) -> Wording:
    wording = notice.latest
    texts = _tidied(texts)
    changed = {key: value for key, value in texts.items() if getattr(wording, key) != value}
    if wording.state == WordingState.PUBLISHED:
        if not changed:
            return wording
        wording = _next_version(wording)
    elif wording.state == WordingState.RETURNED:
        move(wording, WordingState.DRAFT, by=by)
    for key, value in changed.items():
        setattr(wording, key, value)
    wording.save()
    return wording


def _next_version(wording: Wording) -> Wording:
    kept = {f: getattr(wording, f) for f in (*Wording.PROSE, "language", "original_text", "visibility", "is_anonymous")}
    return Wording(notice=wording.notice, number=wording.number + 1, **kept)


def _tidied(texts: Mapping[str, Any]) -> dict[str, Any]:
    """Texts in the form we keep; what was typed in another encoding stays beside it."""
    result = dict(texts)
    for field in Wording.PROSE:
        if field in texts:
            tidied = tidy(str(texts[field]))
            result[field] = tidied.text
            if field == "text":
                result["original_text"] = tidied.original if tidied.converted else ""
    return result


@transaction.atomic
def submit(notice: Notice, *, by: User) -> Wording:
    """Hand the text to the publisher. Until it is decided on, its author can only take it back."""
    hold_parties(notice.organisation)
    hold(notice)
    rules.may_submit(by, notice).enforce()
    wording = notice.latest
    if wording.state == WordingState.RETURNED:
        move(wording, WordingState.DRAFT, by=by)
    wording.submitted_at = timezone.now()
    wording.save(update_fields=["submitted_at"])
    move(wording, WordingState.SUBMITTED, by=by)
    if notice.state == NoticeState.DRAFT:
        move(notice, NoticeState.SUBMITTED, by=by)
    return wording


@transaction.atomic
def take_back(notice: Notice, *, by: User) -> Wording:
    """Take a submission back to work on it."""
    hold(notice)
    rules.may_take_back(by, notice).enforce()
    wording = notice.wordings.get(state=WordingState.SUBMITTED)
    move(wording, WordingState.DRAFT, by=by)
    if notice.state == NoticeState.SUBMITTED:
        move(notice, NoticeState.DRAFT, by=by)
    return wording


@transaction.atomic
def publish(wording: Wording, *, by: User) -> Notice:
    """Publish a version: from now on readers of its circle see it, and the index finds it."""
    notice = wording.notice
    hold_parties(notice.organisation)
    hold(notice)
    hold(wording)
    rules.may_publish(by, wording).enforce()
    now = timezone.now()
    wording.decided_at, wording.decided_by = now, by
    wording.save(update_fields=["decided_at", "decided_by"])
    move(wording, WordingState.PUBLISHED, by=by, version=wording.number)
    _write(notice, "notice_published", key=f"published:{wording.pk}", title=wording.title)
    notice.published, notice.published_at = wording, notice.published_at or now
    notice.save(update_fields=["published", "published_at"])
    if notice.state == NoticeState.SUBMITTED:
        move(notice, NoticeState.PUBLISHED, by=by)
    tell_index(notice)
    # With the index's lock and less urgent: watchers are told of what the index has read, which it may not have yet.
    tell("matching.tell_watchers", notice=str(notice.pk), lock=f"notice:{notice.pk}", urgency=Urgency.SOON)
    return notice


@transaction.atomic
def give_back(wording: Wording, *, by: User, reason: str) -> Return:
    """Return a submission to its author with the reason."""
    notice = wording.notice
    hold(notice)
    hold(wording)
    rules.may_decide(by, wording).enforce()
    returned = Return.objects.create(wording=wording, returned_by=by, reason=reason)
    wording.decided_at, wording.decided_by = timezone.now(), by
    wording.save(update_fields=["decided_at", "decided_by"])
    move(wording, WordingState.RETURNED, by=by)
    if notice.state == NoticeState.SUBMITTED:
        move(notice, NoticeState.DRAFT, by=by)
    _write(
        notice, "notice_returned", key=f"returned:{returned.pk}", title=wording.title, reason=reason
    )  # fmt: skip
    return returned


@transaction.atomic
def withdraw(notice: Notice, *, by: User, reason: str = "") -> Withdrawal:
    """End a notice for good; a draft that nobody needs goes the same way."""
    hold(notice)
    rules.may_withdraw(by, notice).enforce()
    withdrawal = Withdrawal.objects.create(notice=notice, withdrawn_by=by, reason=reason)
    _leave_queue(notice, by=by)
    move(notice, NoticeState.WITHDRAWN, by=by)
    tell_index(notice)
    return withdrawal


def _leave_queue(notice: Notice, *, by: User) -> None:
    """A notice that ends waits for no publisher."""
    for wording in notice.wordings.filter(state=WordingState.SUBMITTED):
        move(wording, WordingState.DRAFT, by=by)


@transaction.atomic
def fulfil(notice: Notice, *, by: User) -> None:
    """What was looked for has been found."""
    hold(notice)
    rules.may_fulfil(by, notice).enforce()
    _leave_queue(notice, by=by)
    move(notice, NoticeState.FULFILLED, by=by)
    tell_index(notice)


@transaction.atomic
def renew(notice: Notice, *, by: User, until: datetime.date) -> None:
    """Let a notice run on, for one year at most from today."""
    hold_parties(notice.organisation)
    hold(notice)
    rules.may_renew(by, notice).enforce()
    today = timezone.now().date()
    if not today <= until <= today + LONGEST_VALIDITY:
        raise Refused([_("A notice is valid for one year at most; renew it later.")])
    notice.valid_until = until
    notice.save(update_fields=["valid_until"])
    if notice.state == NoticeState.EXPIRED:
        move(notice, NoticeState.PUBLISHED, by=by)
    record("notice.renewed", notice, by=by, until=until)
    tell_index(notice)


@transaction.atomic
def expire(notice: Notice) -> None:
    """The day has passed: the notice stays readable and says that it has ended."""
    hold(notice)
    until = notice.valid_until
    if notice.state == NoticeState.PUBLISHED and until is not None and until < timezone.now().date():
        move(notice, NoticeState.EXPIRED, by=None)
        tell_index(notice)
        _write(
            notice, "notice_expired", key=f"expired:{notice.pk}:{until}", title=str(notice)
        )  # fmt: skip


@transaction.atomic
def suspend(notice: Notice, *, by: User, reason: str) -> Suspension:
    """Take a public text off the site; its author is told why. Reports about it are answered by this."""
    hold(notice)
    rules.may_suspend(by, notice).enforce()
    suspension = Suspension.objects.create(notice=notice, suspended_by=by, reason=reason)
    move(notice, NoticeState.SUSPENDED, by=by)
    answer_reports(notice, by=by)
    tell_index(notice)
    _write(
        notice, "notice_suspended", key=f"suspended:{suspension.pk}", title=str(notice), reason=reason
    )  # fmt: skip
    return suspension


@transaction.atomic
def lift(notice: Notice, *, by: User) -> None:
    """Put a suspended text back."""
    hold(notice)
    rules.may_lift(by, notice).enforce()
    notice.suspensions.filter(lifted_at__isnull=True).update(lifted_by=by, lifted_at=timezone.now())
    move(notice, _state_before(notice), by=by)
    tell_index(notice)


def _state_before(notice: Notice) -> NoticeState:
    """Where a suspended notice stood; one that has run out since is found by the job that ends notices."""
    suspended = Event.objects.about(notice).filter(verb=f"notice.{NoticeState.SUSPENDED}").last()
    return NoticeState(suspended.facts["from"]) if suspended else NoticeState.PUBLISHED


@transaction.atomic
def report(notice: Notice, *, by: User | None, reason: str, remark: str = "") -> Report:
    """Tell the notice's focal point that its text should not stand as it does."""
    made = Report.objects.create(notice=notice, reason=reason, remark=remark, reported_by=by)
    record("notice.reported", notice, by=by, reason=reason)
    return made


@transaction.atomic
def answer_reports(notice: Notice, *, by: User) -> None:
    """Close the open reports about a notice: it was suspended, or it may stand."""
    hold(notice)
    if not rules.holds_office(by, notice):
        raise Refused([rules.NOT_YOUR_COUNTRY])
    answered = notice.reports.filter(answered_at__isnull=True).update(answered_at=timezone.now(), answered_by=by)
    if answered:
        record("notice.reports_answered", notice, by=by, count=answered)


@transaction.atomic
def watch(notice: Notice, *, by: User) -> Watch:
    """'Tell me when something comes' for one's own notice."""
    if not rules.works_on(by, notice):
        raise Refused([rules.NOT_YOURS])
    made, is_new = Watch.objects.get_or_create(notice=notice, user=by)
    if is_new:
        record("notice.watched", notice, by=by)
    return made


@transaction.atomic
def unwatch(notice: Notice, *, by: User) -> None:
    """No more letters about this notice's partners; what was not asked for is no fault."""
    if Watch.objects.filter(notice=notice, user=by).delete()[0]:
        record("notice.unwatched", notice, by=by)

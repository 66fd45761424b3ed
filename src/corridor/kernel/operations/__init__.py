"""Verbs of the kernel: hold a record, move it, record what happened, tell whoever must go on, grant and end offices."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

from corridor.kernel import rules
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Grant, Letter, User
from corridor.kernel.operations.composing import compose
from corridor.kernel.states import SCOPES, Office, Scope, Urgency

# Inside a worker the library would defer on a connection of its own, before the write that the job belongs to is committed.
_jobs_here = JobManager(DjangoConnector())
CODE = re.compile(r"[A-Za-z0-9_.:/-]{0,80}")


class Moving(Protocol):
    """A record with a state and a table of the moves it allows."""

    state: str
    moves: Mapping[str, tuple[str, ...]]


def hold(record: models.Model) -> None:
    """Lock a record until the transaction ends and read it anew, so that a rule sees what is true now."""
    if not transaction.get_connection().in_atomic_block:
        raise ImproperlyConfigured("hold() needs a transaction")
    # A signed-in person comes as a lazy object whose type() has no manager; its __class__ is the model.
    record.refresh_from_db(from_queryset=record.__class__._base_manager.select_for_update(of=("self",)))


def move(record: Any, state: str, *, by: User | None, **facts: object) -> None:
    """Bring a held record into another state of its table, and record it."""
    before = str(record.state)
    if state not in record.moves[before]:
        raise Refused([_("This was decided in the meantime. Please look at its present state.")])
    record.state = state
    record.save(update_fields=["state"])
    name = record._meta.model_name
    record_event = {"from": before, "to": str(state), **facts}
    _write_event(f"{name}.{state}", record, by, record_event)


def record(verb: str, subject: models.Model, *, by: User | None, **facts: object) -> Event:
    """Write down, for good, that something happened. Facts are codes, identifiers, numbers and dates; a text raises ValueError."""
    return _write_event(verb, subject, by, facts)


def _write_event(verb: str, subject: models.Model, by: User | None, facts: Mapping[str, object]) -> Event:
    return Event.objects.create(
        verb=verb,
        subject_kind=str(subject._meta.model_name),
        subject_id=str(subject.pk),
        home=getattr(subject, "home", "") or "",
        by_id=by.pk if by else None,
        facts={key: _fact(value) for key, value in facts.items()},
    )


def _fact(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return [_fact(item) for item in value]
    text = str(value)
    if not CODE.fullmatch(text):
        raise ValueError(f"an event holds codes and identifiers only, not {text[:40]!r}")
    return text


def tell(task: str, *, urgency: int = Urgency.SOON, lock: str | None = None, **facts: Any) -> None:
    """Defer a job inside this transaction, by the registered name of its task: committed with the write, gone with a rollback.

    A task that waits in the queue at most once (it has a queueing lock) is not deferred again while it waits.
    """
    job = jobs.configure_task(task, priority=urgency, lock=lock, allow_unknown=True).job
    deferrer = JobDeferrer(job_manager=_jobs_here, job=job)
    if job.queueing_lock:
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            deferrer.defer(**facts)
    else:
        deferrer.defer(**facts)


@transaction.atomic
def write_letters(letters: Sequence[Letter]) -> None:
    """Write many letters and have them posted, in two statements; their keys must be new."""
    Letter.objects.bulk_create(letters)
    job = jobs.configure_task("kernel.post_letter", priority=Urgency.BULK, allow_unknown=True).job
    told: list[Any] = [{"letter": str(letter.pk)} for letter in letters]
    if told:
        JobDeferrer(job_manager=_jobs_here, job=job).batch_defer(*told)


@transaction.atomic
def write_letter(user: User, template: str, *, key: str, **facts: object) -> None:
    """Write to a person; the post goes out after the commit, in the person's language. The same key is written once.

    Nobody writes to somebody who has left.
    """
    if not user.is_active:
        return
    letter, is_new = Letter.objects.get_or_create(
        key=key, defaults={"user": user, "template": template, "facts": facts}
    )
    if is_new:
        tell("kernel.post_letter", letter=str(letter.pk))


def post_letter(letter: str) -> None:
    """Put a letter into its reader's language and hand it to the mail server; posted once, it is not posted again.

    Between the server's yes and the note of it a worker can die. Most letters are then sent once more, with the same number; one
    that may come once only is not.
    """
    held = Letter.objects.select_related("user").filter(pk=letter, posted_at=None, tried_at=None).first()
    if held is not None and held.is_once_only:
        _post_once(held)
    elif held is not None:
        _post(letter)


@transaction.atomic
def _post(letter: str) -> None:
    held = (
        Letter.objects.select_for_update(of=("self",)).select_related("user").filter(pk=letter, posted_at=None).first()
    )
    if held is None:
        return
    mail = compose(held)
    if mail is not None:
        mail.send()
    held.posted_at = timezone.now()
    held.save(update_fields=["posted_at"])


def _post_once(held: Letter) -> None:
    """That it is being handed over is committed just before, when the server listens already, and taken back when it says no."""
    mail = compose(held)
    own = Letter.objects.filter(pk=held.pk, posted_at=None)
    with get_connection() as line:
        if not own.filter(tried_at=None).update(tried_at=timezone.now()):
            return
        try:
            if mail is not None:
                mail.connection = line
                mail.send()
        except Exception:
            own.update(tried_at=None)
            raise
        own.update(posted_at=timezone.now())


@transaction.atomic
def grant(
    user: User, office: Office, *, over: tuple[Scope, object], home: str = "", by: User | None, reason: str = ""
) -> Grant:
    """Give somebody an office over a scope from today. `by=None` is the installation's set-up on the command line."""
    scope, scope_id = over
    if scope not in SCOPES[office] or (scope == Scope.COUNTRY and str(scope_id) != home):
        raise Refused([_("This office is not held over such a scope.")])
    verdict = (
        rules.may_set_up() if by is None else rules.may_grant(by, office, scope=scope, scope_id=scope_id, home=home)
    )
    verdict.enforce()
    return give(user, office, over=over, home=home, by=by, reason=reason, source="set-up" if by is None else "office")


@transaction.atomic
def give(
    user: User, office: Office, *, over: tuple[Scope, object], home: str, by: User | None, source: str, reason: str = ""
) -> Grant:
    """Write an office down and record it. For verbs that have asked a rule of their own; all others use `grant`."""
    scope, scope_id = over
    made, is_new = Grant.objects.get_or_create(
        user=user,
        office=office,
        scope=scope,
        scope_id=str(scope_id),
        ends_on=None,
        defaults={"home": home, "granted_by": by, "reason": reason, "starts_on": timezone.now().date()},
    )
    user.__dict__.pop("audience", None)
    if is_new:
        record(
            "grant.made",
            made,
            by=by,
            office=office,
            scope=scope,
            over=scope_id,
            user=user.pk,
            source=source,
        )
    return made


@transaction.atomic
def end_grant(held: Grant, *, by: User, reason: str = "") -> None:
    """End an office today. What was done under it stays."""
    hold(held)
    rules.may_end(by, held).enforce()
    end_office(held, by=by)


@transaction.atomic
def end_office(held: Grant, *, by: User) -> None:
    """Write down that an office ends today. For verbs that have asked a rule of their own; all others use `end_grant`."""
    hold(held)
    if held.ends_on is None:
        held.ends_on = timezone.now().date()
        held.save(update_fields=["ends_on"])
        held.user.__dict__.pop("audience", None)
        record("grant.ended", held, by=by, office=held.office, scope=held.scope, over=held.scope_id, user=held.user_id)


@transaction.atomic
def describe(user: User, *, by: User, name: str, home: str, language: str) -> None:
    """Say one's name, country and language anew. Offices stay as they are: they name their own country."""
    hold(user)
    rules.may_describe(by, user).enforce()
    said = {"name": name, "home": home, "language": language}
    changed = [field for field, value in said.items() if getattr(user, field) != value]
    for field in changed:
        setattr(user, field, said[field])
    if changed:
        user.save(update_fields=changed)
        record("user.described", user, by=by, fields=changed)

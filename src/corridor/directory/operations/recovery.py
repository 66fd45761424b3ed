"""Letting somebody in again who lost their second factor: two officers, recorded, and the person is told each time."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corridor.directory import rules
from corridor.directory.models import Recovery
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record, write_letter
from corridor.kernel.operations.people import end_sessions


@transaction.atomic
def begin_recovery(user: User, *, by: User, home: str, reason: str) -> Recovery:
    """Say that a person has lost their second factor. Nothing is undone yet; the person is told, and can stop it."""
    hold(user)
    rules.may_begin_recovery(by, user, home).enforce()
    waiting = Recovery.objects.filter(user=user, agreed_at=None, stopped_at=None).first()
    if waiting is not None:
        return waiting
    made = Recovery.objects.create(user=user, home=home, begun_by=by, reason=reason)
    record("recovery.begun", made, by=by, user=user.pk)
    write_letter(user, "recovery_begun", key=f"recovery_begun:{made.pk}")
    return made


@transaction.atomic
def agree_to_recovery(recovery: Recovery, *, by: User) -> None:
    """Agree as the second officer: second factors and sessions of the person end. Password and mailbox stay theirs."""
    hold(recovery)
    rules.may_agree(by, recovery).enforce()
    recovery.agreed_by, recovery.agreed_at = by, timezone.now()
    recovery.save(update_fields=["agreed_by", "agreed_at"])
    user = recovery.user
    user.authenticator_set.all().delete()  # type: ignore[attr-defined]
    end_sessions(user)
    record("recovery.agreed", recovery, by=by, user=user.pk)
    write_letter(user, "recovery_agreed", key=f"recovery_agreed:{recovery.pk}")


@transaction.atomic
def stop_recovery(recovery: Recovery, *, by: User) -> None:
    """Stop it: the factor was found, or the person did not ask."""
    hold(recovery)
    rules.may_stop_recovery(by, recovery).enforce()
    recovery.stopped_at = timezone.now()
    recovery.save(update_fields=["stopped_at"])
    record("recovery.stopped", recovery, by=by, user=recovery.user_id)

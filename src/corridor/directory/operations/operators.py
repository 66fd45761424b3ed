"""Verbs of operators: move that somebody become one or stop being one, agree, withdraw."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corridor.directory import rules
from corridor.directory.models import OperatorMotion, OperatorWord
from corridor.kernel.models import Grant, User
from corridor.kernel.operations import end_office, give, hold, record, write_letter
from corridor.kernel.states import Office, Scope

OVER = (Scope.INSTALLATION, "installation")


@transaction.atomic
def move_operator(person: User, *, ends: bool, reason: str, by: User) -> OperatorMotion:
    """Move that somebody become operator, or that their office end, with one's own country's word; the other heads are told."""
    hold(person)
    rules.may_move(by, person, ends=ends).enforce()
    home = rules.heads_of(by)[0]
    made = OperatorMotion.objects.create(person=person, ends=ends, moved_by=by, home=home, reason=reason)
    record("operator.moved", made, by=by, user=person.pk, ends=ends, country=home)
    OperatorWord.objects.create(motion=made, home=home, given_by=by)
    for reader in heads_asked(made):
        write_letter(reader, "operator_moved", key=f"operator_moved:{made.pk}:{reader.pk}")
    return made


def heads_asked(motion: OperatorMotion) -> list[User]:
    """Those whose word could be given."""
    heads = Grant.objects.current().filter(office=Office.FOCAL_POINT_HEAD).values("user")
    found = User.objects.filter(pk__in=heads, is_active=True).order_by("pk")
    return [user for user in found if rules.may_give_word(user, motion)]


@transaction.atomic
def give_word(motion: OperatorMotion, *, by: User) -> bool:
    """Agree for one's country. Answers whether that decided it: with the third word the office is given, or ends, today."""
    hold(motion.person)  # first, as whoever leaves does
    hold(motion)
    rules.may_give_word(by, motion).enforce()
    given = set(motion.words.values_list("home", flat=True))
    home = next(own for own in rules.heads_of(by) if own not in given)
    OperatorWord.objects.create(motion=motion, home=home, given_by=by)
    record("operator.agreed", motion, by=by, user=motion.person_id, ends=motion.ends, country=home)
    if len(given) + 1 < rules.WORDS:
        return False
    motion.decided_at = timezone.now()
    motion.save(update_fields=["decided_at"])
    if motion.ends:
        for held in Grant.objects.current().filter(user=motion.person, office=Office.OPERATOR):
            end_office(held, by=by)
    else:
        give(motion.person, Office.OPERATOR, over=OVER, home="", by=by, source="motion", reason=motion.reason)
    return True


@transaction.atomic
def withdraw_motion(motion: OperatorMotion, *, by: User) -> None:
    """Take a motion back before it is decided."""
    hold(motion)
    rules.may_withdraw_motion(by, motion).enforce()
    motion.withdrawn_at = timezone.now()
    motion.save(update_fields=["withdrawn_at"])
    record("operator.withdrawn", motion, by=by, user=motion.person_id, ends=motion.ends, country=motion.home)

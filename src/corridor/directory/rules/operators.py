"""Who moves that somebody become operator or stop being one, and whose word counts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from corridor.directory.models.operators import OperatorMotion
from corridor.directory.rules.offices import heads_of
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import Grant, Opening, User
from corridor.kernel.states import Office

WORDS = 3
"""Countries that agree before somebody becomes operator, or stops being one: half of the six."""


def is_operator(user: User) -> bool:
    """Whether somebody holds the office today, resting or not."""
    return Grant.objects.current().filter(user=user, office=Office.OPERATOR).exists()


def speaks_as_head(by: User) -> Verdict:
    """Whether somebody heads a focal point, whatever it is about."""
    return unless(bool(heads_of(by)), _("Only heads of focal points can do this."))


def may_move(by: User, person: User, *, ends: bool) -> Verdict:
    """Heads move it once the installation is opened; before, whoever sets it up appoints. Nobody moves for themselves."""
    confirmed = person.is_active and person.emailaddress_set.filter(verified=True, email__iexact=person.email).exists()  # type: ignore[attr-defined]
    held = is_operator(person)
    return together(
        unless(bool(heads_of(by)), _("Only heads of focal points can do this.")),
        unless(
            Opening.objects.exists(),
            _("The installation is not opened yet: until then whoever sets it up appoints its operators."),
        ),
        unless(ends or (confirmed and not person.is_sample), _("There is no confirmed account with this address.")),
        unless(by.pk != person.pk, _("Nobody proposes this for themselves.")),
        unless(held == ends, _("This person is no operator.") if ends else _("This person is operator already.")),
        unless(
            not OperatorMotion.objects.open().filter(person=person).exists(),
            _("There is a proposal about this person already."),
        ),
    )


def may_give_word(by: User, motion: OperatorMotion) -> Verdict:
    """Heads give the word of their country, once, and none for themselves."""
    given = {word.home for word in motion.words.all()}
    own = heads_of(by)
    return together(
        unless(motion.decided_at is None and motion.withdrawn_at is None, _("This proposal has ended already.")),
        unless(bool(own), _("Only heads of focal points can do this.")),
        unless(motion.ends or motion.person.is_active, _("There is no confirmed account with this address.")),
        unless(by.pk != motion.person_id, _("Nobody agrees to their own appointment or end.")),
        unless(not own or bool(set(own) - given), _("Your country has agreed to this already.")),
    )


def may_withdraw_motion(by: User, motion: OperatorMotion) -> Verdict:
    """The country that moved it takes it back before it is decided."""
    return together(
        unless(motion.decided_at is None and motion.withdrawn_at is None, _("This proposal has ended already.")),
        unless(motion.home in heads_of(by), _("Only the head of the focal point that proposed this can withdraw it.")),
    )

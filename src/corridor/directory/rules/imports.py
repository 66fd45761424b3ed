"""Who may bring many organisations at once, and when an import can be taken."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Import
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability

# Previews hold rows in the database; more than these at once are forgotten ones.
MOST_PREVIEWS = 10


def _is_officer(user: User, home: str) -> Verdict:
    return unless(
        user.audience.can(Capability.VERIFY_ORGANISATION, home=home),
        _("Only the focal point of a country can import its organisations."),
    )


def may_import(user: User, home: str) -> Verdict:
    """The focal point imports organisations of its own country; managers and members list them one by one."""
    open_previews = Import.objects.waiting().filter(home=home).count()
    return together(
        _is_officer(user, home),
        unless(open_previews < MOST_PREVIEWS, _("Many previews of this country wait. Take or drop one of them first.")),
    )


def may_take_import(user: User, batch: Import, *, encoding: str = "") -> Verdict:
    """All rows or none: not with a fault, and not before somebody said that a guessed encoding reads right."""
    return together(
        _is_officer(user, batch.home),
        *ready(batch, encoding=encoding),
    )


def ready(batch: Import, *, encoding: str = "") -> tuple[Verdict, ...]:
    """Whether an import can be taken, whoever takes it."""
    is_said = not batch.is_encoding_guessed or encoding == batch.encoding
    return (
        unless(batch.is_open, _("This import was taken or dropped in the meantime.")),
        unless(
            batch.faulty_count == 0, _("All rows are taken or none. Mend the faults in your file and send it again.")
        ),
        unless(is_said, _("Say first that the text reads right in this encoding.")),
    )


def may_drop_import(user: User, batch: Import) -> Verdict:
    """Whoever may take it may leave it."""
    return together(
        _is_officer(user, batch.home),
        unless(batch.is_open, _("This import was taken or dropped in the meantime.")),
    )

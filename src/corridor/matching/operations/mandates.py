"""Verbs of assisted posting: post for a problem owner without an account, and let them take the notice over with a paper code."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.operations.acting import hold_parties
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record
from corridor.matching import rules
from corridor.matching.models import Mandate, Notice
from corridor.matching.operations.notices import tell_index

# Letters and digits that nobody mixes up on paper: no 0/O, 1/I/L, 5/S.
ALPHABET = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
LENGTH = 12
MOST_FAILURES = 10
USED = _("This notice cannot be taken over with a code. Ask whoever wrote it for you.")
WRONG = _("This code is not right. Look at the paper again; letters and digits only.")


def new_code() -> str:
    """A code to write on paper: three groups of four, about 58 bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, LENGTH, 4))


def plain(code: str) -> str:
    """A code as typed: capitals, without blanks and dashes."""
    return "".join(c for c in code.upper() if c.isalnum())


@transaction.atomic
def mandate(notice: Notice, *, by: User, owner_name: str, contact: str, consent: str) -> tuple[Mandate, str]:
    """Record that a problem owner without an account agreed to this notice. Answers the paper code, shown once and never kept."""
    hold_parties(notice.organisation)
    hold(notice)
    rules.may_edit(by, notice).enforce()
    rules.may_post_for_others(by, notice.organisation, notice.home).enforce()
    if Mandate.objects.filter(notice=notice, taken_over_at__isnull=False).exists():
        raise Refused([USED])
    code = new_code()
    made, _is_new = Mandate.objects.update_or_create(
        notice=notice,
        defaults={
            "owner_name": owner_name,
            "contact": contact,
            "consent": consent,
            "recorded_by": by,
            "code_hash": make_password(plain(code)),
            "failures": 0,
        },
    )
    record("notice.mandated", notice, by=by)
    return made, code


def take_over(notice: Notice, *, by: User, code: str) -> Notice:
    """The problem owner, now with an account, takes the notice over; whoever posted it goes on seeing it through the organisation.

    A wrong code is counted for good, whatever comes of the rest.
    """
    with transaction.atomic():
        hold_parties(notice.organisation)
        hold(notice)
        found = Mandate.objects.select_for_update().filter(notice=notice, taken_over_at=None).first()
        if found is None or found.failures >= MOST_FAILURES:
            raise Refused([USED])
        is_right = check_password(plain(code), found.code_hash)
        if is_right:
            rules.may_take_over(by, notice).enforce()
            _hand_over(notice, found, by=by)
        else:
            found.failures += 1
            found.save(update_fields=["failures"])
    if not is_right:
        raise Refused([WRONG])
    return notice


def _hand_over(notice: Notice, found: Mandate, *, by: User) -> None:
    found.taken_over_by, found.taken_over_at = by, timezone.now()
    found.save(update_fields=["taken_over_by", "taken_over_at"])
    notice.author = by
    notice.save(update_fields=["author"])
    record("notice.taken_over", notice, by=by)
    tell_index(notice)

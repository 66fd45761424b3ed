"""Verbs of corrections: say what is wrong in an entry, and answer it."""

from __future__ import annotations

from django.db import transaction

from corridor.directory import rules
from corridor.directory.models import Correction, CorrectionAnswer, Organisation
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record, write_letter


@transaction.atomic
def suggest_correction(
    organisation: Organisation, *, by: User | None, aspect: str, text: str, source: str = ""
) -> Correction:
    """Say what is wrong in an entry; anybody may. The entry itself stays until somebody who looks after it mends it."""
    made = Correction.objects.create(organisation=organisation, aspect=aspect, text=text, source=source, said_by=by)
    record("correction.suggested", made, by=by, organisation=organisation.pk, aspect=aspect)
    return made


@transaction.atomic
def answer_correction(correction: Correction, *, by: User, is_taken_up: bool, reason: str) -> CorrectionAnswer:
    """Say whether it was taken up, and why or why not. Whoever suggested it and has an account is told."""
    hold(correction)
    rules.may_answer_correction(by, correction).enforce()
    answer = CorrectionAnswer.objects.create(
        correction=correction, answered_by=by, is_taken_up=is_taken_up, reason=reason
    )
    organisation = correction.organisation
    record("correction.answered", correction, by=by, organisation=organisation.pk, taken_up=is_taken_up)
    if correction.said_by is not None:
        write_letter(
            correction.said_by,
            "correction_answered",
            key=f"correction:{correction.pk}",
            reason=reason,
            is_taken_up=is_taken_up,
            name=organisation.name,
            organisation=str(organisation.pk),
        )
    return answer

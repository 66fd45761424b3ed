"""What a deed left behind, and what a refused one must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Letter
from corridor.matching.models import Notice, Report, Return, Suspension, Watch, Wording
from tests import waiting


def verbs(notice: Notice) -> list[str]:
    """What happened to a notice and its versions, in order."""
    keys = [str(notice.pk), *(str(pk) for pk in notice.wordings.values_list("pk", flat=True))]
    return list(Event.objects.filter(subject_id__in=keys).order_by("at", "id").values_list("verb", flat=True))


def snapshot(notice: Notice) -> tuple[object, ...]:
    """Everything that a refused deed must leave alone."""
    row = Notice.objects.filter(pk=notice.pk).values().get()
    texts = list(Wording.objects.filter(notice=notice).order_by("number").values())
    rows = [model.objects.count() for model in (Event, Letter, Return, Suspension, Report, Watch)]
    return row, texts, rows, waiting.waiting()


def refused(deed: Callable[[], object], notice: Notice) -> list[str]:
    """The reasons of a refusal that changed nothing at all."""
    before = snapshot(notice)
    with pytest.raises(Refused) as refusal:
        deed()
    assert snapshot(notice) == before
    return [str(reason) for reason in refusal.value.reasons]


def letters() -> list[tuple[str, object]]:
    """Which letters were written to whom."""
    return list(Letter.objects.order_by("created_at").values_list("template", "user"))

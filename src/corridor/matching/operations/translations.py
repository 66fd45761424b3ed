"""Verbs of a notice's translations: ask for one, write or mend one, confirm one, and let a machine make one that people wish for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Func, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Country
from corridor.directory.operations.acting import hold_parties
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import hold, tell
from corridor.kernel.states import Urgency, Visibility
from corridor.language.models import EngineCall, Translation, TranslationRequest
from corridor.language.operations import machine
from corridor.language.operations.translations import (
    MENDED_MEANWHILE,
    add_translation,
    ask_translation,
    confirm_translation,
)
from corridor.language.states import CallOutcome, Language, Origin, RequestState
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.matching.operations.notices import tell_index
from corridor.matching.states import NoticeState

KIND = "notice"
NOTHING_NEW = _("Nothing is different from the translation that is here. If it is right, confirm it.")

# A text that an engine answers nonsense to is not sent for ever, nor one that it is always too slow for.
MOST_NONSENSE, MOST_SILENCE = 3, 20
REMEMBERED_FOR = datetime.timedelta(days=30)


@transaction.atomic
def ask(notice: Notice, *, by: User, language: str) -> TranslationRequest:
    """Wish for a published text in a language: volunteers see it, and a machine may do it first where that is allowed."""
    if notice.published is None:
        raise Refused([_("Only a published text can be asked for in another language.")])
    made = ask_translation(notice, by=by, original=notice.published.language, language=language)
    if goes_to_machine(notice):
        tell_machine()
    return made


def for_machines() -> QuerySet[Notice]:
    """Notices whose text may be sent to an engine: what everybody reads now, in one of the seven, where their country allows it."""
    allowing = Country.objects.filter(allows_machine_translation=True)
    return Notice.objects.taking_part().filter(
        state=NoticeState.PUBLISHED,
        published__visibility=Visibility.PUBLIC,
        published__language__in=Language.values,
        home__in=allowing.values("code"),
    )


def goes_to_machine(notice: Notice) -> bool:
    """Whether a machine may translate what readers see of it."""
    return machine.engine() is not None and for_machines().filter(pk=notice.pk).exists()


def tell_machine() -> None:
    """Have the machine begin with what is wished for; one job at a time in the whole installation, so that its limit holds."""
    if machine.engine() is not None:
        tell("matching.translate_wished", lock="matching.translate_wished", urgency=Urgency.BULK)


@transaction.atomic
def translate(
    notice: Notice, *, by: User, language: str, texts: Mapping[str, str], seen: int | None = None
) -> Translation:
    """Put a translation of the text that readers see beside it, or mend it; the index finds the notice by it from now on.

    `seen` is the edition that was read before mending it: what somebody else wrote meanwhile is not written over.
    """
    hold_parties(notice.organisation)
    hold(notice)
    rules.may_translate(by, notice, language).enforce()
    origin = Origin.AUTHOR if rules.works_on(by, notice) else Origin.HUMAN
    version = (notice.published or notice.latest).number
    before = Translation.objects.filter(kind=KIND, record_id=notice.pk, version=version, language=language)
    own = before.filter(origin=origin).first()
    if seen is not None and seen != (own.edition if own else 0):
        raise Refused([MENDED_MEANWHILE])
    if any(row.texts == {name: text for name, text in texts.items() if text} for row in before):
        raise Refused([NOTHING_NEW])
    made = add_translation(notice, by=by, version=version, language=language, origin=origin, texts=texts)
    tell_index(notice)
    return made


@transaction.atomic
def confirm(translation: Translation, *, by: User, edition: int) -> None:
    """Confirm the translation of a notice's text that readers see now."""
    notice = Notice.objects.get(pk=translation.record_id)
    hold_parties(notice.organisation)
    hold(notice)
    if notice.published is None or notice.published.number != translation.version:
        raise Refused([_("The text has changed since. This translation is of an earlier version.")])
    rules.may_confirm_translation(by, notice, translation).enforce()
    confirm_translation(translation, of=notice, by=by, edition=edition)


def wished_of_machine() -> QuerySet[TranslationRequest, Any]:
    """What people wish for and a machine may do: record_id, language and `since`; what was tried least comes first, then the oldest."""
    notices = for_machines()
    version = notices.filter(pk=OuterRef("record_id")).values("published__number")[:1]
    waiting = TranslationRequest.objects.filter(
        kind=KIND, state=RequestState.WAITING, record_id__in=notices.values("pk")
    ).annotate(version=Subquery(version))
    here = Translation.objects.filter(
        kind=KIND, record_id=OuterRef("record_id"), version=OuterRef("version"), language=OuterRef("language")
    )
    return (
        waiting.exclude(Exists(here))
        .annotate(nonsense=_tries(~Q(outcome__in=_NOT_NONSENSE)), silence=_tries(Q(outcome__in=_SILENCE)))
        .filter(nonsense__lt=MOST_NONSENSE, silence__lt=MOST_SILENCE)
        .values("record_id", "language", "version", "nonsense", "silence")
        .annotate(since=Min("created_at"))
        .order_by(F("nonsense") + F("silence"), "since", "record_id", "language")
    )


_SILENCE = (CallOutcome.SLOW, CallOutcome.BUSY)
# Not the text's fault: the engine was away, or refused everything.
_NOT_NONSENSE = (*_SILENCE, CallOutcome.DOWN, CallOutcome.REFUSED, CallOutcome.TAKEN, CallOutcome.OVERTAKEN)


def _tries(outcome: Q) -> Coalesce:
    """How often the chosen engine was asked for this text lately with such an outcome."""
    chosen = machine.engine()
    calls = EngineCall.objects.filter(
        outcome,
        engine=chosen.name if chosen else "",
        kind=KIND,
        record_id=OuterRef("record_id"),
        version=OuterRef("version"),
        target=OuterRef("language"),
        created_at__gte=timezone.now() - REMEMBERED_FOR,
    )
    number = calls.order_by().annotate(times=Func(F("id"), function="count")).values("times")
    return Coalesce(Subquery(number, output_field=IntegerField()), Value(0))


def translate_wished() -> bool:
    """Let the machine translate one text that people wish for. True when it can go on with another.

    Nothing is lost when it cannot: the wish stays, for the machine and for the volunteers.
    """
    chosen = machine.engine()
    wish = wished_of_machine().first()
    if chosen is None or wish is None or machine.silence().lasts:
        return False
    notice = for_machines().select_related("published").filter(pk=wish["record_id"]).first()
    if notice is None or notice.published is None:
        return True  # it has left in this moment; what is wished for now is asked anew
    wording = notice.published
    if sum(map(len, wording.prose.values())) > machine.characters_left():
        return False
    attempt = machine.ask_engine(
        notice,
        version=wording.number,
        source=wording.language,
        target=wish["language"],
        texts=wording.prose,
        chosen=chosen,
    )
    if attempt.texts is not None:
        _keep(notice, attempt.call, attempt.texts)
    return not machine.silence().lasts


@transaction.atomic
def _keep(notice: Notice, call: EngineCall, texts: Mapping[str, str]) -> None:
    """Keep what a machine translated, unless the text has changed or left since, or a person was faster."""
    hold(notice)
    same = Translation.objects.filter(kind=KIND, record_id=notice.pk, version=call.version, language=call.target)
    is_current = for_machines().filter(pk=notice.pk, published__number=call.version).exists()
    if not is_current or same.exists():
        machine.end_call(call, CallOutcome.OVERTAKEN)
        return
    add_translation(
        notice,
        by=None,
        version=call.version,
        language=call.target,
        origin=Origin.MACHINE,
        texts=texts,
        engine=call.engine,
    )
    machine.end_call(call, CallOutcome.TAKEN)


def waiting_for_machine() -> dict[str, int]:
    """Language → how many texts wait for the machine."""
    rows = wished_of_machine().values_list("language", "record_id")
    counts: dict[str, int] = {}
    for language, _record in rows:
        counts[language] = counts.get(language, 0) + 1
    return counts

"""Verbs of the lexicon: load it from files, spot its concepts in texts, and let reviewers confirm, mend, reject and add terms."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.db import connection, transaction
from django.db.models import Case, Count, IntegerField, Max, Value, When
from django.db.models.functions import Length
from django.utils import timezone

from corridor.kernel.models import User
from corridor.kernel.operations import hold, record, tell
from corridor.kernel.states import Urgency
from corridor.language import rules
from corridor.language.logic import lexicon, skos
from corridor.language.logic.fold import toneless
from corridor.language.logic.spotting import Mentions, Sense, Spotter
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.models import Broader, Concept, Term, TermReview
from corridor.language.states import TermState, Verdict

FOLDER = Path(__file__).resolve().parents[1] / "data" / "lexicon"
# Seconds for which a process goes by the lexicon it knows.
REMEMBERED = 5

# What a term is worth for its concept: less where whoever wrote it was unsure, and less until a native reader confirmed it.
WORTH = {"high": 0.9, "medium": 0.65, "low": 0.35}
CONFIRMED = 1.0
# Of how many terms that begin alike each suggestion is taken: some say the same in several languages or concepts.
SAID_TWICE = 8


@dataclass(frozen=True)
class Known:
    """The lexicon as one process knows it: what finds concepts in texts, and which are wider than which."""

    version: tuple[Any, ...]
    spotter: Spotter
    broader: Mapping[str, tuple[str, ...]]


_known: dict[str, Any] = {}


def known() -> Known:
    """The lexicon in force, read anew when it has changed."""
    now, name = time.monotonic(), connection.settings_dict["NAME"]
    if _known.get("until", 0) < now or _known.get("database") != name:
        version = _version()
        held = _known.get("lexicon")
        if held is None or _known.get("database") != name or held.version != version:
            held = _read(version)
        _known.update(lexicon=held, database=name, until=now + REMEMBERED)
    found: Known = _known["lexicon"]
    return found


def forget() -> None:
    """Read the lexicon anew at the next question."""
    _known.clear()


def look_again() -> None:
    """See at the next question whether the lexicon has changed, for work that must not go by what this process remembers."""
    _known.pop("until", None)


def _version() -> tuple[Any, ...]:
    terms = Term.objects.aggregate(count=Count("pk"), changed=Max("changed_at"))
    links = Broader.objects.aggregate(count=Count("pk"), last=Max("pk"))
    return (terms["count"], terms["changed"], links["count"], links["last"])


def _read(version: tuple[Any, ...]) -> Known:
    rows = Term.objects.exclude(state=TermState.REJECTED).order_by("pk")
    fields = ("text", "concept_id", "confidence", "state", "is_short")
    terms = (
        (text, Sense(code, CONFIRMED if state == TermState.CONFIRMED else WORTH[confidence], is_short, text))
        for text, code, confidence, state, is_short in rows.values_list(*fields)
    )
    broader: dict[str, tuple[str, ...]] = {}
    for code, wider in Broader.objects.order_by("pk").values_list("concept_id", "broader_id"):
        broader[code] = (*broader.get(code, ()), wider)
    return Known(version, Spotter(terms), broader)


def mentions(texts: Iterable[str]) -> list[Mentions]:
    """The concepts that each text mentions."""
    spotter = known().spotter
    return [spotter.mentions(text) for text in texts]


def ancestors(codes: Iterable[str]) -> set[str]:
    """Every concept that is wider than one of these."""
    broader = known().broader
    return {wider for code in codes for wider in lexicon.ancestors(broader, code)}


def load_lexicon() -> int:
    """Bring the lexicon in step with the files that ship. Raises ValueError with every fault when they cannot be taken."""
    reading = reading_of(None)
    if not reading.is_sound:
        raise ValueError("\n".join(str(fault) for fault in reading.faults if fault.is_grave))
    return take(reading)


def reading_of(file: Path | None) -> lexicon.Reading:
    """What a file holds, CSV or SKOS; without one, the files that ship. Raises OSError and `skos.NotSkos`.

    A file of somebody's own may name concepts of the lexicon in force as broader.
    """
    if file is None:
        return lexicon.read(sorted(FOLDER.glob("*.csv")))
    syntax = skos.SYNTAXES.get(file.suffix.lower())
    if syntax is None:
        return lexicon.read([file], _links())
    if file.stat().st_size > skos.LARGEST * 4:
        raise skos.NotSkos(f"more than {skos.LARGEST} characters")
    try:
        return skos.read(file.read_text(encoding="utf-8"), syntax, _links())
    except UnicodeDecodeError as error:
        raise skos.NotSkos(f"not UTF-8: {error}") from error


def _links() -> dict[str, list[str]]:
    """Every concept of the lexicon in force, and what is directly wider."""
    links: dict[str, list[str]] = {code: [] for code in Concept.objects.values_list("pk", flat=True)}
    for code, wider in Broader.objects.values_list("concept_id", "broader_id"):
        links[code].append(wider)
    return links


@transaction.atomic
def take(reading: lexicon.Reading) -> int:
    """Take what was read: what reviewers decided stays. Answers how many terms and links are new, changed or gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('corridor.lexicon'))")
    changed = _write_concepts(reading.concepts) + _write_terms(reading.concepts)
    if changed:
        tell_follow()
        forget()
    return changed


def as_concepts() -> list[lexicon.Concept]:
    """The lexicon in force, with what reviewers made of it, as files and SKOS have it."""
    found = Concept.objects.prefetch_related("terms", "broader")
    return [
        lexicon.Concept(
            concept.code,
            tuple(concept.themes),
            concept.ford,
            tuple(sorted(wider.code for wider in concept.broader.all())),
            concept.gloss,
            tuple(
                lexicon.Label(
                    term.language,
                    term.text,
                    cast(lexicon.Confidence, term.confidence),
                    term.is_short,
                    term.state == TermState.CONFIRMED,
                )
                for term in concept.terms.all()
                if term.counts
            ),
        )
        for concept in found
    ]


def tell_follow() -> None:
    """Have the index follow the lexicon."""
    tell("language.follow_lexicon", urgency=Urgency.BULK)


def _write_concepts(concepts: Mapping[str, lexicon.Concept]) -> int:
    """Concepts as the files have them; answers how many links between them are new or gone."""
    Concept.objects.bulk_create(
        [Concept(code=c.code, themes=list(c.themes), ford=c.ford, gloss=c.gloss) for c in concepts.values()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["themes", "ford", "gloss"],
    )
    wanted = {(code, wider) for code, concept in concepts.items() for wider in concept.broader}
    present = set(Broader.objects.filter(concept__in=concepts).values_list("concept_id", "broader_id"))
    for code, wider in present - wanted:
        Broader.objects.filter(concept=code, broader=wider).delete()
    Broader.objects.bulk_create(
        [Broader(concept_id=code, broader_id=wider) for code, wider in sorted(wanted - present)]
    )
    return len(present ^ wanted)


def _write_terms(concepts: Mapping[str, lexicon.Concept]) -> int:
    """New terms in, changed ones mended, those that left the files out; terms that a person reviewed or added are left alone."""
    present = {(t.concept_id, t.language, t.key): t for t in Term.objects.filter(concept__in=concepts)}
    untouched = {place: t for place, t in present.items() if t.is_from_file and t.state == TermState.UNREVIEWED}
    wanted = dict(_terms_of(concepts))
    settled = present.keys() | _mended_away(concepts)
    new = [term for place, term in wanted.items() if place not in settled]
    mended = []
    for place, term in untouched.items():
        if place in wanted and (facts := _facts(wanted[place])) != _facts(term):
            term.text, term.position, term.is_short, term.confidence = facts
            term.changed_at = timezone.now()
            mended.append(term)
    gone = [term.pk for place, term in untouched.items() if place not in wanted]
    Term.objects.filter(pk__in=gone).delete()
    Term.objects.bulk_create(new, batch_size=2000)
    Term.objects.bulk_update(mended, ["text", "position", "is_short", "confidence", "changed_at"], batch_size=500)
    return len(new) + len(mended) + len(gone)


def _mended_away(concepts: Mapping[str, lexicon.Concept]) -> set[tuple[str, str, str]]:
    """What terms were before a person mended them: files that still say it do not bring it back."""
    mended = TermReview.objects.filter(verdict=Verdict.MENDED, term__concept__in=concepts)
    rows = mended.values_list("term__concept", "term__language", "text_before")
    return {(code, language, lexicon.Label(language, text).key) for code, language, text in rows}


def _facts(term: Term) -> tuple[str, int, bool, str]:
    return (term.text, term.position, term.is_short, str(term.confidence))


def _terms_of(concepts: Mapping[str, lexicon.Concept]) -> Iterable[tuple[tuple[str, str, str], Term]]:
    for concept in concepts.values():
        for language in {label.language for label in concept.labels}:
            for position, label in enumerate(concept.labels_in(language)):
                yield (
                    (concept.code, language, label.key),
                    Term(
                        concept_id=concept.code,
                        language=language,
                        text=label.text,
                        key=label.key,
                        bare=toneless(label.key),
                        position=position,
                        is_short=label.is_short,
                        confidence=label.confidence,
                    ),
                )


@transaction.atomic
def confirm(term: Term, *, by: User) -> None:
    """A native reader says that the term is right."""
    hold(term)
    rules.may_review(by, term).enforce()
    _decide(term, by=by, verdict=Verdict.CONFIRMED, state=TermState.CONFIRMED)


@transaction.atomic
def reject(term: Term, *, by: User, reason: str) -> None:
    """A native reader says that the term is wrong: it is kept, but counts no more."""
    hold(term)
    rules.may_review(by, term).enforce()
    _decide(term, by=by, verdict=Verdict.REJECTED, state=TermState.REJECTED, reason=reason)


@transaction.atomic
def mend(term: Term, *, by: User, text: str, reason: str = "") -> None:
    """A native reader writes the term as it should be; it counts as confirmed."""
    hold(term.concept)
    hold(term)
    rules.may_review(by, term).enforce()
    rules.may_write_term(term.concept, term.language, text, but=term).enforce()
    before = term.text
    term.text, term.key = text.strip(), lexicon.Label(term.language, text).key
    term.bare = toneless(term.key)
    _decide(term, by=by, verdict=Verdict.MENDED, state=TermState.CONFIRMED, before=before, reason=reason)


@transaction.atomic
def add_term(concept: Concept, *, by: User, language: str, text: str, reason: str = "") -> Term:
    """A native reader adds a term that people use; it counts as confirmed."""
    hold(concept)
    rules.may_review_language(by, language).enforce()
    rules.may_write_term(concept, language, text).enforce()
    last = concept.terms.filter(language=language).aggregate(last=Max("position"))["last"]
    term = Term.objects.create(
        concept=concept,
        language=language,
        text=text.strip(),
        key=(key := lexicon.Label(language, text).key),
        bare=toneless(key),
        position=0 if last is None else last + 1,
        is_from_file=False,
    )
    _decide(term, by=by, verdict=Verdict.ADDED, state=TermState.CONFIRMED, reason=reason)
    return term


def _decide(term: Term, *, by: User, verdict: Verdict, state: TermState, before: str = "", reason: str = "") -> None:
    term.state, term.changed_at = state, timezone.now()
    term.save(update_fields=["state", "text", "key", "bare", "changed_at"])
    TermReview.objects.create(
        term=term,
        verdict=verdict,
        text_before=before or term.text,
        text_after=term.text,
        reason=reason.strip(),
        reviewed_by=by,
    )
    record(f"term.{verdict}", term, by=by, concept=term.concept_id, language=term.language)
    tell_follow()
    forget()


def languages_reviewed_by(user: User) -> list[str]:
    """The languages whose terms a person reviews, English last; none for most."""
    return [language for language in (*LANGUAGES[1:], "en") if rules.may_review_language(user, language).allowed]


def names_of(codes: Iterable[str], language: str, *, telling: bool = False) -> dict[str, str]:
    """What concepts are called in a language, else in English: their usual terms, in one query.

    `telling` leaves out those without a theme: that two texts speak of time or of a system tells a reader nothing.
    """
    found = Term.objects.filter(concept__in=set(codes), language__in=(language, "en")).exclude(state=TermState.REJECTED)
    if telling:
        found = found.exclude(concept__themes=[])
    rows = sorted(found, key=lambda term: (term.language == language, -term.position))
    return {term.concept_id: term.text for term in rows}


def narrower(code: str) -> set[str]:
    """Every concept that is narrower than one, near and far."""
    broader = known().broader
    return {other for other in broader if code in lexicon.ancestors(broader, other)}


def suggest(prefix: str, language: str, *, most: int = 8) -> list[Term]:
    """Terms that begin so, in any script, those of the given language first: one query on an index of folded keys.

    What is typed without tone marks finds words that have them; what is typed with them finds those words alone.
    """
    key = lexicon.Label("", prefix).key
    if not key:
        return []
    begins = {"bare__startswith": key} if toneless(key) == key else {"key__startswith": key}
    elsewhere = Case(When(language=language, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = Term.objects.filter(**begins).exclude(state=TermState.REJECTED)
    nearest = found.order_by(elsewhere, Length("key"), "key", "pk")[: most * SAID_TWICE]
    unique: dict[str, Term] = {}
    for term in nearest:
        unique.setdefault(term.key, term)
    return list(unique.values())[:most]

"""What search answers: results for a question, or the newest records where nothing was asked but a filter is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corridor.directory.models import Facility, Organisation, Profile
from corridor.directory.states import NameKind, ProfileField
from corridor.kernel.models import Audience, User
from corridor.kernel.states import Theme
from corridor.language.logic.identify import Guess
from corridor.language.logic.words import tidy, words
from corridor.language.operations.find import Facets, Found, Hit, find_like, today
from corridor.language.operations.lexicon import names_of
from corridor.language.operations.questions import Question, ask
from corridor.language.operations.reasons import explain
from corridor.matching.models import Notice
from corridor.web.results import (
    Row,
    notices_by_id,
    row_of_person,
    rows_of_facilities,
    rows_of_hits,
    rows_of_notices,
    rows_of_organisations,
    shown_people,
)
from corridor.web.search.asked import PAGE, Asked

Reading = Literal["told", "sure", "unsure", "other", "none"]
POSSIBLE = 0.15  # a language less likely than this is not named among those that were tried


@dataclass(frozen=True)
class Answer:
    """The rows of one page, and what the reader should know about how they were found."""

    rows: list[Row]
    has_more: bool = False
    has_meaning: bool = True
    reading: Reading = "none"
    languages: tuple[str, ...] = ()
    nearest_themes: tuple[Theme, ...] = ()


def answer(asked: Asked, *, by: User | None) -> Answer:
    """Answer what was asked, with what this reader may see."""
    heard = asked.heard or named(asked.concept)
    if not heard:
        return newest(asked, by=by) if asked.is_narrowed and not asked.concept else Answer([])
    question = ask(heard, language=asked.spoken or None)
    reading, languages = reading_of(question.guess, asked) if asked.text else ("none", ())
    if (
        not question.terms and not question.guess.script
    ):  # signs without a letter or a number have no meaning to look for
        return Answer([], reading=reading, nearest_themes=tuple(Theme))
    found = look(question, asked.facets(today()), by=by, offset=asked.offset)
    hits = with_telling_terms(found.hits, question)
    text = tidy(heard).text
    reasons = explain(text, question, hits)
    typed = as_typed(text, question)
    rows = rows_of_hits(hits, by=by, reasons=reasons, asked_exactly=typed)
    themes = () if rows else nearest_themes(question, by=by)
    return Answer(rows, found.has_more, found.has_meaning, reading, languages, themes)


def named(concept: str) -> str:
    """What to ask with where only a concept was chosen: its name in English, which the model knows best."""
    return names_of([concept], "en").get(concept, "") if concept else ""


def look(question: Question, facets: Facets, *, by: User | None, offset: int = 0) -> Found:
    """One page of what the index has for a question."""
    audience = by.audience if by is not None else Audience(None)
    return find_like(question, audience=audience, facets=facets, limit=PAGE, offset=offset)


def reading_of(guess: Guess, asked: Asked) -> tuple[Reading, tuple[str, ...]]:
    """As what the question was read: the language told or seen, those that were tried, or none that search knows."""
    if asked.spoken:
        return "told", (asked.spoken,)
    if guess.other:
        return "other", ()
    if guess.language and guess.sure:
        return "sure", (guess.language,)
    if not guess.script:
        return "none", ()
    likely = sorted(guess.probabilities.items(), key=lambda pair: -pair[1])
    return "unsure", tuple(code for code, chance in likely if chance >= POSSIBLE)


def with_telling_terms(hits: Sequence[Hit], question: Question) -> list[Hit]:
    """The hits with the shared terms that are worth marking: not those less than half as rare as the question's average."""
    if not question.terms:
        return list(hits)
    pairs = zip(question.terms, question.weights, strict=True)
    telling = {term.lexeme for term, weight in pairs if weight >= question.weights.mean() / 2}
    return [replace(hit, terms=tuple(term for term in hit.terms if term in telling)) for hit in hits]


def as_typed(text: str, question: Question) -> dict[str, str]:
    """The exact terms of a question as they were typed, by their lexeme; of those within one another the longest."""
    exact = {term.lexeme for term in question.terms if term.kind == "exact"}
    found = [word for word in words(text) if word.key in exact]
    whole = [
        word
        for word in found
        if not any(
            o.start <= word.start and word.end <= o.end and o.end - o.start > word.end - word.start for o in found
        )
    ]
    return {word.key: text[word.start : word.end] for word in whole}


def nearest_themes(question: Question, *, by: User | None) -> tuple[Theme, ...]:
    """Themes of what comes nearest without any filter; all themes where nothing comes near."""
    found = look(question, Facets(kinds=("notice",)), by=by)
    notices = notices_by_id([hit.record_id for hit in found.hits], by=by)
    near = [theme for hit in found.hits if hit.record_id in notices for theme in notices[hit.record_id].themes]
    return tuple(Theme(code) for code in list(dict.fromkeys(near))[:3]) or tuple(Theme)


def newest(asked: Asked, *, by: User | None, most: int = PAGE) -> Answer:
    """Where no question was asked: the newest records under the filters, a page of them or so many."""
    window = slice(asked.offset, asked.offset + most + 1)
    if asked.wants_organisations:
        rows = organisations(asked, window)
    elif asked.wants_facilities:
        rows = facilities(asked, window)
    elif asked.wants_people:
        rows = people(asked, window, by=by)
    else:
        rows = notices(asked, window, by=by)
    return Answer(rows[:most], has_more=len(rows) > most)


def notices(asked: Asked, window: slice, *, by: User | None) -> list[Row]:
    """The newest open notices under the filters."""
    found = Notice.objects.visible_to(by).open().for_reading().order_by("-published_at", "pk")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.theme:
        found = found.filter(themes__contains=[asked.theme])
    if asked.country:
        found = found.filter(home=asked.country)
    if asked.language:
        found = found.filter(published__language=asked.language)
    return rows_of_notices(found[window], by=by)


def organisations(asked: Asked, window: slice) -> list[Row]:
    """The organisations that were entered last, under the filters."""
    found = Organisation.objects.standing().with_names().order_by("-created_at", "pk")
    if asked.types:
        found = found.filter(type__in=asked.types)
    if asked.country:
        found = found.filter(home=asked.country)
    if asked.language:
        found = found.filter(names__language=asked.language, names__kind=NameKind.OFFICIAL).distinct()
    return rows_of_organisations(found[window])


def facilities(asked: Asked, window: slice) -> list[Row]:
    """What organisations said last that they have to give, under the filters."""
    found = Facility.objects.open().for_reading().order_by("-created_at", "pk")
    if asked.theme:
        found = found.filter(themes__contains=[asked.theme])
    if asked.country:
        found = found.filter(home=asked.country)
    if asked.language:
        found = found.filter(name_language=asked.language)
    return rows_of_facilities(found[window])


def people(asked: Asked, window: slice, *, by: User | None) -> list[Row]:
    """The people who described themselves last, under the filters; a filter finds those alone whose field this reader may read."""
    found = Profile.objects.visible_to(by).order_by("-created_at", "pk")
    if asked.theme:
        found = found.showing(ProfileField.THEMES, to=by).filter(themes__contains=[asked.theme])
    if asked.country:
        found = found.showing(ProfileField.HOME, to=by).filter(home=asked.country)
    if asked.language:
        found = found.showing(ProfileField.EXPERTISE, to=by).filter(expertise_language=asked.language)
    return [row_of_person(person) for person in shown_people(found, by=by, window=window)]

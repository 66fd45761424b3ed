"""Found records for display: each hit of the index or each notice of a list as one line, read in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corridor.directory.models import Facility, Organisation, Profile, ProfileQuerySet, Shown, audience_of
from corridor.directory.operations.people_index import text_of
from corridor.directory.states import NameKind
from corridor.kernel.models import User
from corridor.language.logic.reason import Reason
from corridor.language.logic.spotting import MARK, WIDER_MARK
from corridor.language.logic.words import tidy
from corridor.language.models import Translation
from corridor.language.operations.find import Hit
from corridor.language.operations.lexicon import names_of
from corridor.language.states import Origin
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.web.components.names import name_for_reader as language_in_words
from corridor.web.components.names import reader_language, shipped_countries
from corridor.web.glossing import Glossed, beside

RANK = {Origin.AUTHOR: 0, Origin.HUMAN: 1, Origin.MACHINE: 2}


@dataclass(frozen=True)
class Row:
    """One line of a list, in the words of the component `result_row`."""

    record: Notice | Organisation | Facility | Shown
    title: str
    url: str
    language: str
    kind: object
    country: str
    organisation: str = ""
    organisation_language: str = ""
    translated_title: str = ""
    translated_by_machine: bool = False
    until: datetime.date | None = None
    zone: str = "UTC"
    why: SafeString | str = ""
    why_language: str = ""
    why_shared: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    glossed: tuple[Glossed, ...] = ()
    is_sample: bool = False


@dataclass(frozen=True)
class Why:
    """Why a record was found, ready to show: the sentence with its marks, its language, and exact words that stand elsewhere."""

    sentence: SafeString | str
    language: str
    plain: str = ""
    is_marked: bool = False
    shared: tuple[str, ...] = ()
    by_sound: bool = False

    def repeats(self, title: str) -> bool:
        """Whether it says nothing but what stands above it anyway."""
        return bool(title) and not self.is_marked and self.plain.startswith(title)


NO_REASON = Why("", "")


def rows_of_hits(
    hits: Sequence[Hit], *, by: User | None, reasons: Sequence[Reason] = (), asked_exactly: Mapping[str, str] | None = None
) -> list[Row]:  # fmt: skip
    """The lines of what was found, in its order; a record that closed itself to this reader meanwhile is left out.

    `reasons` go with the hits one by one; `asked_exactly` gives, for exact terms of the question, how they were typed.
    """
    notices = notices_by_id([hit.record_id for hit in hits if hit.kind == "notice"], by=by)
    organisations = organisations_by_id([hit.record_id for hit in hits if hit.kind == "organisation"])
    facilities = facilities_by_id([hit.record_id for hit in hits if hit.kind == "facility"])
    people = people_by_id([hit.record_id for hit in hits if hit.kind == "person"], by=by)
    titles = translated_titles(notices.values())
    subjects = subjects_of(hits)
    whys = [
        why_of(hit, reasons[place], asked_exactly or {}) if reasons else NO_REASON for place, hit in enumerate(hits)
    ]
    glossed = beside([(why.plain, why.language) for why in whys], subjects)
    rows = []
    for place, hit in enumerate(hits):
        if notice := notices.get(hit.record_id):
            row = row_of_notice(notice, by=by, titles=titles, why=whys[place])
        elif organisation := organisations.get(hit.record_id):
            row = row_of_organisation(organisation, why=whys[place])
        elif facility := facilities.get(hit.record_id):
            row = row_of_facility(facility, why=whys[place])
        elif person := people.get(hit.record_id):
            row = row_of_person(person, why=whys[place])
        else:
            continue
        # Words of a sentence that this reader is not shown are not told either.
        rows.append(replace(row, subjects=subjects[place], glossed=glossed[place] if row.why else ()))
    return rows


def subjects_of(hits: Sequence[Hit]) -> list[tuple[str, ...]]:
    """For each hit the concepts that it shares with the question, in the reader's words; one query for all."""
    shared = [[term.removeprefix(MARK) for term in hit.terms if is_concept(term)] for hit in hits]
    names = (
        names_of({code for codes in shared for code in codes}, reader_language(), telling=True) if any(shared) else {}
    )
    return [tuple(names[code] for code in codes if code in names) for codes in shared]


def is_concept(term: str) -> bool:
    """Whether a term of a question is a concept that was said, not one that is only wider."""
    return term.startswith(MARK) and not term.startswith(WIDER_MARK)


def rows_of_notices(notices: Iterable[Notice], *, by: User | None) -> list[Row]:
    """The lines of notices that were read with `for_reading()`; one query more, for their titles in the reader's language."""
    listed = list(notices)
    titles = translated_titles(listed)
    return [row_of_notice(notice, by=by, titles=titles) for notice in listed]


def rows_of_organisations(organisations: Iterable[Organisation]) -> list[Row]:
    """The lines of organisations that were read with their names."""
    return [row_of_organisation(organisation) for organisation in organisations]


def rows_of_facilities(facilities: Iterable[Facility]) -> list[Row]:
    """The lines of what organisations have to give, read with `for_reading()`."""
    return [row_of_facility(facility) for facility in facilities]


def notices_by_id(ids: Collection[UUID], *, by: User | None) -> dict[UUID, Notice]:
    """Those of these notices that the reader may read, published ones, by their id."""
    found = Notice.objects.visible_to(by).filter(pk__in=ids, published__isnull=False).for_reading()
    return {notice.pk: notice for notice in found}


def organisations_by_id(ids: Collection[UUID]) -> dict[UUID, Organisation]:
    """These organisations with their names, by their id."""
    return {
        organisation.pk: organisation
        for organisation in Organisation.objects.standing().filter(pk__in=ids).with_names()
    }


def facilities_by_id(ids: Collection[UUID]) -> dict[UUID, Facility]:
    """Those of these facilities that can be asked for, by their id."""
    return {facility.pk: facility for facility in Facility.objects.open().filter(pk__in=ids).for_reading()}


def people_by_id(ids: Collection[UUID], *, by: User | None) -> dict[UUID, Shown]:
    """What the reader may read of those of these people who let them, by their id."""
    return {shown.pk: shown for shown in shown_people(Profile.objects.filter(pk__in=ids), by=by)}


def shown_people(found: ProfileQuerySet, *, by: User | None, window: slice = slice(None)) -> list[Shown]:
    """What the reader may read of these people, in their order; who lets this reader read nothing is left out."""
    audience = audience_of(by)
    shown = [profile.shown_to(audience) for profile in found.visible_to(by).for_reading()[window]]
    return [one for one in shown if one.has_anything]


def translated_titles(notices: Iterable[Notice]) -> dict[UUID, Translation]:
    """The best translation of each notice's published text into the reader's language, where there is one."""
    versions = {notice.pk: notice.published.number for notice in notices if notice.published}
    rows = Translation.objects.filter(kind="notice", record_id__in=list(versions), language=reader_language())
    current = [row for row in rows if versions[row.record_id] == row.version and row.texts.get("title")]
    worst_first = sorted(current, key=lambda row: -RANK[Origin(row.origin)])
    return {row.record_id: row for row in worst_first}


def row_of_notice(notice: Notice, *, by: User | None, titles: Mapping[UUID, Translation], why: Why = NO_REASON) -> Row:
    """One notice as a line: its published title in its own language, and what everybody may know of it."""
    wording = notice.published
    assert wording is not None
    translation = titles.get(notice.pk)
    owner, owner_language = shown_owner(notice, by=by)
    why = of_notice(why, wording.title, wording.language)
    return Row(
        record=notice,
        title=wording.title,
        url=reverse("notice", args=[notice.pk]),
        language=wording.language or "und",
        kind=notice.get_kind_display(),
        country=notice.home,
        organisation=owner,
        organisation_language=owner_language,
        translated_title=translation.texts["title"] if translation else "",
        translated_by_machine=bool(translation and translation.origin == Origin.MACHINE),
        until=notice.valid_until,
        zone=zone_of_country(notice.home),
        why=why.sentence,
        why_language=why.language,
        why_shared=why.shared,
        themes=tuple(notice.themes),
        is_sample=notice.is_sample,
    )


def row_of_organisation(organisation: Organisation, *, why: Why = NO_REASON) -> Row:
    """One organisation as a line: its official name, and the name that the reader knows it by where that differs."""
    name, language = official_name(organisation)
    for_reader = organisation.name
    why = of_organisation(why, name or for_reader)
    return Row(
        record=organisation,
        title=name or for_reader,
        url=reverse("organisation", args=[organisation.pk]),
        language=language,
        kind=organisation.get_type_display(),
        country=organisation.home,
        translated_title=for_reader if name and for_reader != name else "",
        why=why.sentence,
        why_language=why.language,
        why_shared=why.shared,
        is_sample=organisation.is_sample,
    )


def row_of_facility(facility: Facility, *, why: Why = NO_REASON) -> Row:
    """What an organisation has to give as a line: its name, and whose it is."""
    owner, owner_language = name_for_reader(facility.organisation)
    why = of_organisation(why, facility.name)
    return Row(
        record=facility,
        title=facility.name,
        url=reverse("facility", args=[facility.pk]),
        language=facility.name_language or "und",
        kind=facility.get_kind_display(),
        country=facility.home,
        organisation=owner,
        organisation_language=owner_language,
        why=why.sentence,
        why_language=why.language,
        why_shared=why.shared,
        themes=tuple(facility.themes),
        is_sample=facility.is_sample,
    )


def row_of_person(person: Shown, *, why: Why = NO_REASON) -> Row:
    """One person as a line: the name, the country and where they work, each only where this reader may read it."""
    place, language = name_for_reader(person.affiliation) if person.affiliation else (person.affiliation_text, "")
    why = of_person(why, person)
    return Row(
        record=person,
        title=person.name or _("Name not shown"),
        url=reverse("person", args=[person.pk]),
        language="",
        kind=_("Person"),
        country=person.home,
        organisation=place,
        organisation_language=language,
        translated_title="" if why.sentence else person.headline,
        why=why.sentence,
        why_language=why.language,
        why_shared=why.shared,
        themes=person.themes,
        is_sample=person.is_sample,
    )


def shown_owner(notice: Notice, *, by: User | None) -> tuple[str, str]:
    """Who stands behind a notice, with the language of the name. Of an anonymous one: what kind of organisation, nothing more."""
    organisation = notice.organisation
    if organisation is None:
        return "", ""
    hidden = notice.published is not None and notice.published.is_anonymous
    if hidden and not (by is not None and rules.may_see_team(by, notice)):
        kind, size = organisation.get_type_display(), organisation.get_size_display()
        known = _("%(type)s, %(size)s") % {"type": kind, "size": size} if size else kind
        return _("%(organisation)s (name not shown)") % {"organisation": known}, ""
    return name_for_reader(organisation)


def name_for_reader(organisation: Organisation) -> tuple[str, str]:
    """The name that `Organisation.name` chooses, with its language; from the names already fetched."""
    shown = organisation.name
    language = next((name.language for name in organisation.names.all() if name.text == shown), "")
    return shown, language


def official_name(organisation: Organisation) -> tuple[str, str]:
    """The official name and its language."""
    official = [name for name in organisation.names.all() if name.kind == NameKind.OFFICIAL]
    return (official[0].text, official[0].language) if official else ("", "")


def why_of(hit: Hit, reason: Reason, asked_exactly: Mapping[str, str]) -> Why:
    """A reason ready to show. Exact words that were asked for and stand outside the sentence are named beside it."""
    marks = format_html_join("", "{}", ((marked_part(text, is_marked),) for text, is_marked in reason.parts))
    shown = {reason.sentence[start:end].casefold() for start, end in reason.marks}
    typed = [asked_exactly[term] for term in hit.terms if term in asked_exactly]
    elsewhere = [word for word in dict.fromkeys(typed) if not any(word.casefold() in mark for mark in shown)]
    if hit.by_sound and not reason.marks:
        return Why(_("A name or place in it sounds like what you typed."), "", shared=tuple(elsewhere), by_sound=True)
    return Why(marks, hit.language, reason.sentence, bool(reason.marks), tuple(elsewhere))


def of_notice(why: Why, title: str, language: str) -> Why:
    """The reason of a notice: not its title a second time, and not a translation as if it were the text itself."""
    if why.repeats(title):
        return Why(_("Its title comes nearest."), "", shared=why.shared)
    if why.sentence and language and why.language and why.language != language:
        words = _("from a translation: %(language)s") % {"language": language_in_words(why.language)}
        told = format_html('{} <span class="soft" lang="{}">({})</span>', why.sentence, reader_language(), words)
        return Why(told, why.language, shared=why.shared)
    return why


def of_organisation(why: Why, name: str) -> Why:
    """The reason of an organisation: not its name a second time."""
    return Why(_("Its name comes nearest."), "", shared=why.shared) if why.repeats(name) else why


def of_person(why: Why, person: Shown) -> Why:
    """The reason of a person: not the name a second time, and no sentence but one that this reader may read at this moment."""
    if why.by_sound:
        return why if person.name else NO_REASON
    if why.repeats(person.name):
        return Why(_("The name comes nearest."), "", shared=why.shared)
    return why if why.plain and why.plain in tidy(text_of(person)).text else NO_REASON


def marked_part(text: str, is_marked: bool) -> SafeString | str:
    """A piece of a sentence, marked where it was asked for."""
    return format_html("<mark>{}</mark>", text) if is_marked else text


def zone_of_country(code: str) -> str:
    """The time zone of one of the six."""
    country = shipped_countries().get(code)
    return str(country["time_zone"]) if country else "UTC"

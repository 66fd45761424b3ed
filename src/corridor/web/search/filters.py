"""The filters of search as plain links that keep the question and show what is on."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corridor.kernel.states import Theme
from corridor.language.operations.lexicon import names_of
from corridor.language.states import Language
from corridor.matching.states import NoticeKind
from corridor.web.components.names import country_in_words, own_name, reader_language, shipped_countries
from corridor.web.components.parts import Choice, FilterGroup
from corridor.web.search.asked import GROUPS, KINDS, Asked

FIRST_KINDS = (*NoticeKind.values, "organisation", "facility", "person")


def filter_groups(asked: Asked) -> list[FilterGroup]:
    """What narrows the results down beside the kind; organisations have a type and neither theme nor end, facilities and people no end."""
    themes = FilterGroup(_("Theme"), choices(asked, "theme", [(theme.value, str(theme.label)) for theme in Theme]))
    countries = [(code, country_in_words(code)) for code in shipped_countries()]
    everywhere = [FilterGroup(_("Country"), choices(asked, "country", countries)), _languages(asked)]
    if asked.wants_organisations:
        return [_types(asked), *everywhere]
    endless = asked.wants_facilities or asked.wants_people
    return [themes, *everywhere] if endless else [themes, *everywhere, _open(asked)]


def active_filters(asked: Asked) -> list[Choice]:
    """The filters that are on beside the kind, each with the address of the same search without it."""
    on: list[tuple[object, object, dict[str, object], str]] = [
        (asked.kind in GROUPS, KINDS.get(asked.kind, ""), {"kind": "organisation"}, ""),
        (asked.theme, Theme(asked.theme).label if asked.theme else "", {"theme": ""}, ""),
        (asked.country, country_in_words(asked.country) if asked.country else "", {"country": ""}, ""),
        (asked.language, own_name(asked.language) if asked.language else "", {"language": ""}, asked.language),
        (asked.concept, concept_name(asked.concept), {"concept": ""}, ""),
        (asked.is_open, _("Open now"), {"is_open": False}, ""),
    ]
    return [Choice(label, asked.url(**without), language=code) for is_on, label, without, code in on if is_on]


def concept_name(code: str) -> str:
    """A concept in the reader's words."""
    return names_of([code], reader_language()).get(code, code) if code else ""


def choices(asked: Asked, name: str, values: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """The link to everything, and one link for each value of a filter."""
    current = getattr(asked, name)
    everything = Choice(pgettext("filter", "All"), asked.url(**{name: ""}), is_current=not current)
    return (
        everything,
        *(Choice(label, asked.url(**{name: value}), is_current=value == current) for value, label in values),
    )


def kinds(asked: Asked) -> list[Choice]:
    """What is looked for, as tabs above the results."""
    current = "organisation" if asked.wants_organisations else asked.kind
    everything = Choice(pgettext("filter", "All"), asked.url(kind=""), is_current=not current)
    links = [Choice(KINDS[kind], asked.url(kind=kind), is_current=kind == current) for kind in FIRST_KINDS]
    return [everything, *links]


def _types(asked: Asked) -> FilterGroup:
    everything = Choice(
        pgettext("filter", "All"), asked.url(kind="organisation"), is_current=asked.kind == "organisation"
    )
    links = [
        Choice(label, asked.url(kind=group), is_current=group == asked.kind)
        for group, (label, _types) in GROUPS.items()
    ]
    return FilterGroup(_("Organisation"), (everything, *links))


def _languages(asked: Asked) -> FilterGroup:
    everything = Choice(pgettext("filter", "All"), asked.url(language=""), is_current=not asked.language)
    links = [
        Choice(own_name(code), asked.url(language=code), is_current=code == asked.language, language=code)
        for code in Language.values
    ]
    return FilterGroup(_("Written in"), (everything, *links))


def _open(asked: Asked) -> FilterGroup:
    return FilterGroup(
        _("Until when"),
        (
            Choice(pgettext("filter", "All"), asked.url(is_open=False), is_current=not asked.is_open),
            Choice(_("Open now"), asked.url(is_open=True), is_current=asked.is_open),
        ),
    )

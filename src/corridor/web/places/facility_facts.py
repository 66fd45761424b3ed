"""What is known of something that an organisation has to give, as facts: the same for its page and for a comparison."""

from __future__ import annotations

from babel.numbers import format_decimal
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from corridor.directory.logic.contact import route_of
from corridor.directory.models import Facility
from corridor.directory.states import Opening
from corridor.kernel.states import Theme
from corridor.language.states import Language
from corridor.web.components.dates import day_in_words
from corridor.web.components.names import country_in_words, name_for_reader, reader_locale
from corridor.web.components.parts import Fact
from corridor.web.results import name_for_reader as organisation_for_reader

MOST_OF_A_TEXT = 400


def facts_of(facility: Facility) -> dict[str, Fact | None]:
    """Every fact by its name, in their order; None where nothing was said."""
    words = facility.about_language
    return {
        "kind": Fact(_("Kind"), facility.get_kind_display()),
        "organisation": Fact(_("Organisation"), organisation_link(facility)),
        "country": Fact(_("Country"), country_in_words(facility.home)),
        "place": said(_("Place"), ", ".join(filter(None, (facility.organisation.place, facility.organisation.province)))),
        "capacity": said(_("How much or how many"), amount_of(facility), unit=facility.get_capacity_unit_display()),
        "opening": said(_("Partners from abroad"), "" if facility.opening == Opening.UNSAID else opening_of(facility)),
        "spoken": several(_("Languages spoken there"), languages_of(facility)),
        "admission": said(_("Terms of admission"), facility.admission, language=words),
        "price": said(_("Price"), facility.price, language=words),
        "themes": several(_("Themes"), [Theme(code).label for code in Theme.values if code in facility.themes]),
        "contact": said(_("Where to ask"), contact_of(facility)),
        "source": Fact(_("As of"), day_in_words(facility.source_on), note=source_of(facility)),
    }  # fmt: skip


def said(label: str, value: str, *, unit: str = "", language: str = "") -> Fact | None:
    """A fact, where something was said."""
    return Fact(label, value, unit=unit, language=language) if value else None


def several(label: str, values: list[object]) -> Fact | None:
    """A fact of several values, where there are any."""
    return Fact(label, values=tuple(values)) if values else None


def organisation_link(facility: Facility) -> SafeString:
    """Whose it is, as a link that says the language of the name."""
    name, language = organisation_for_reader(facility.organisation)
    url = reverse("organisation", args=[facility.organisation_id])
    if language:
        return format_html('<a href="{}" lang="{}" dir="auto">{}</a>', url, language, name)
    return format_html('<a href="{}" dir="auto">{}</a>', url, name)


def amount_of(facility: Facility) -> str:
    """The number of its capacity as readers of this language group its digits, in Latin digits."""
    if facility.capacity is None:
        return ""
    return format_decimal(facility.capacity, format="#,##0.##", locale=reader_locale(), numbering_system="latn")


def capacity_of(facility: Facility) -> str:
    """Its capacity with the unit, on a line."""
    amount = amount_of(facility)
    return f"{amount} {facility.get_capacity_unit_display()}" if amount else ""


def opening_of(facility: Facility) -> str:
    """Whether partners from other countries can use it, in words."""
    return str(facility.get_opening_display())


def languages_of(facility: Facility) -> list[object]:
    """The languages spoken there, in the reader's words and in the order of the interface."""
    return [name_for_reader(code) for code in Language.values if code in facility.spoken]


def contact_of(facility: Facility) -> SafeString | str:
    """Where to ask: a link only to a page or a mail address, which passes nothing on; else the words as they are."""
    route = route_of(facility.contact)
    if not route.url:
        return route.text
    return format_html('<a href="{}" rel="nofollow noopener" dir="auto">{}</a>', route.url, route.text)


def source_of(facility: Facility) -> str:
    """Where it is known from; nothing for the organisation's own word."""
    return "" if facility.is_sample else facility.source


def beginning_of(text: str) -> str:
    """As much of a text as stands in a table."""
    return Truncator(text).chars(MOST_OF_A_TEXT)

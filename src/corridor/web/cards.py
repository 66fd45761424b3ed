"""The card of a notice for display: facts that everybody reads in their own language, with units, zones and names."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import format_decimal
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corridor.directory.states import OrganisationType
from corridor.kernel.states import Theme
from corridor.matching.models import Notice
from corridor.matching.states import Internet, IpStatus, PartnerRole, Partnership, PowerSource, Stage, Upkeep
from corridor.web.components.dates import write_moment
from corridor.web.components.names import country_in_words, reader_locale, shipped_countries
from corridor.web.components.parts import Fact


def facts_of(notice: Notice, *, with_owner: bool = True) -> list[Fact]:
    """The card as lines to show, without those that nobody filled in. `with_owner=False` leaves out whose problem it is."""
    owner = [Fact(_("Whose problem it is"), notice.problem_owner)] if with_owner and notice.problem_owner else []
    return [
        Fact(_("Kind"), notice.get_kind_display()),
        Fact(_("Country"), country_in_words(notice.home)),
        *_several(_("Themes"), Theme, notice.themes),
        *_stage(notice),
        *_one(_("Rights"), IpStatus, notice.ip_status),
        *_several(_("Type of partnership"), Partnership, notice.partnerships),
        *_several(_("Partner sought"), OrganisationType, notice.partner_types),
        *_several(_("What the partner does"), PartnerRole, notice.partner_roles),
        *_countries(notice),
        *conditions_of(notice),
        *_budget(notice),
        *owner,
        *_until(notice),
    ]


def conditions_of(notice: Notice) -> list[Fact]:
    """What must be true where it is used: electricity, water, heat, line, upkeep."""
    power = amount_in_words(notice.power_kw)
    return [
        *_one(_("Electricity"), PowerSource, notice.power_source),
        *_amount(_("Power"), power, _("kW")),
        *_amount(_("Water"), amount_in_words(notice.water_m3_day), _("m³ a day")),
        *_amount(_("Process heat"), amount_in_words(notice.heat_celsius), _("°C")),
        *_amount(_("Hottest surroundings"), amount_in_words(notice.ambient_max_celsius), _("°C")),
        *_one(_("Internet"), Internet, notice.internet),
        *_one(_("Who keeps it running"), Upkeep, notice.upkeep),
    ]


def amount_in_words(amount: Decimal | None) -> str:
    """A number as readers of this language group its digits, in Latin digits; empty when there is none."""
    if amount is None:
        return ""
    whole = amount.normalize() if amount else Decimal(0)
    return format_decimal(whole, format="#,##0.##", locale=reader_locale(), numbering_system="latn")


def day_with_zone(day: datetime.date, home: str) -> SafeString:
    """A day in the zone of a country, ready to show."""
    zone = str(shipped_countries()[home]["time_zone"]) if home in shipped_countries() else "UTC"
    return render_to_string("components/date_with_zone.html", {"written": write_moment(day, zone=zone, mine=None)})


def _one(label: str, choices: type[TextChoices], value: str) -> list[Fact]:
    return [Fact(label, choices(value).label)] if value in choices.values else []


def _several(label: str, choices: type[TextChoices], values: Iterable[str]) -> list[Fact]:
    known = tuple(choices(value).label for value in values if value in choices.values)
    return [Fact(label, values=known)] if known else []


def _amount(label: str, amount: str, unit: str) -> list[Fact]:
    return [Fact(label, amount, unit=unit)] if amount else []


def _stage(notice: Notice) -> list[Fact]:
    level = _("TRL %(level)d") % {"level": notice.trl} if notice.trl else ""
    if notice.stage in Stage.values:
        return [Fact(_("Stage"), Stage(notice.stage).label, note=level)]
    return [Fact(_("Stage"), level)] if level else []


def _countries(notice: Notice) -> list[Fact]:
    if not notice.target_countries:
        return [Fact(_("Partners from"), pgettext("countries", "any of the six"))]
    in_order = [code for code in shipped_countries() if code in notice.target_countries]
    return [Fact(_("Partners from"), values=tuple(country_in_words(code) for code in in_order))]


def _budget(notice: Notice) -> list[Fact]:
    if notice.budget_amount is None:
        return []
    return [Fact(_("Budget"), amount_in_words(notice.budget_amount), unit=notice.budget_currency)]


def _until(notice: Notice) -> list[Fact]:
    if notice.valid_until is None:
        return []
    return [Fact(_("Valid until"), day_with_zone(notice.valid_until, notice.home))]

"""What the translation machine did and cost, for those who run this installation."""

from __future__ import annotations

from babel.numbers import format_decimal
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from corridor.directory.models import Country
from corridor.language import rules
from corridor.language.operations import machine
from corridor.language.states import CallOutcome
from corridor.matching.operations.translations import waiting_for_machine
from corridor.web.components.names import reader_locale
from corridor.web.page import page, signed_in


def in_digits(number: int) -> str:
    """A large number as the reader's language groups it."""
    return str(format_decimal(number, locale=reader_locale()))


@require_safe
def engine(request: HttpRequest) -> HttpResponse:
    """The engine, whether it answers, the month's characters and cost, and what waits; never a text."""
    rules.may_see_engine(signed_in(request)).enforce()
    chosen = machine.engine()
    used, silence = machine.characters_used(), machine.silence()
    context = {
        "engine": chosen.name if chosen else "",
        "host": machine.host(),
        "silence": silence,
        "why": CallOutcome(silence.why).label if silence.why else "",
        "used": in_digits(used),
        "limit": in_digits(settings.TRANSLATION["monthly_characters"]),
        "cost": machine.cost_of(used),
        "price": settings.TRANSLATION["price"],
        "currency": settings.TRANSLATION["currency"],
        "months": [(month, in_digits(month.characters)) for month in machine.months()],
        "failures": machine.failures_of_month(),
        "queue": sorted(waiting_for_machine().items()) if chosen else [],
        "allowing": Country.objects.filter(allows_machine_translation=True),
    }
    return page(request, "desk/engine.html", context)

"""Texts that people would like to read in a language, and translations that a second person should read, for members who translate."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from corridor.kernel.models import User
from corridor.language.models import Translation
from corridor.language.operations.translations import wanted
from corridor.language.states import Language, Origin
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.web.components.names import own_name
from corridor.web.components.parts import Choice, FilterGroup
from corridor.web.page import page, signed_in
from corridor.web.results import rows_of_notices

MOST = 40


@require_safe
def wished(request: HttpRequest) -> HttpResponse:
    """What is wished for most, in the languages that were chosen; at first in one's own."""
    rules.may_see_wishes(signed_in(request)).enforce()
    chosen = [code for code in request.GET.getlist("language") if code in Language.values] or [
        signed_in(request).language
    ]
    by = signed_in(request)
    context = {"wishes": wishes(by, chosen), "unread": unread(by, chosen), "filters": [choices(chosen)]}
    return page(request, "desk/translations.html", context)


def wishes(user: User, languages: list[str]) -> list[dict[str, object]]:
    """Each wish with the notice it is for, as far as this person may read that; in a fixed number of queries."""
    asked = list(wanted("notice", languages)[:MOST])
    keys = [wish["record_id"] for wish in asked]
    readable = Notice.objects.visible_to(user).filter(pk__in=keys, published__isnull=False).for_reading()
    rows = {row.record.pk: row for row in rows_of_notices(readable, by=user)}
    version = Notice.objects.filter(pk=OuterRef("record_id")).values("published__number")
    machines = Translation.objects.filter(
        kind="notice", record_id__in=keys, origin=Origin.MACHINE, version=Subquery(version)
    )
    by_machine = set(machines.values_list("record_id", "language"))
    return [
        {
            "row": rows[wish["record_id"]],
            "language": wish["language"],
            "people": wish["people"],
            "by_machine": (wish["record_id"], wish["language"]) in by_machine,
        }
        for wish in asked
        if wish["record_id"] in rows
    ]


def unread(user: User, languages: list[str]) -> list[dict[str, object]]:
    """Volunteers' translations that nobody else has confirmed, with their notices, the oldest first; in a fixed number of queries."""
    version = Notice.objects.filter(pk=OuterRef("record_id")).values("published__number")
    waiting = Translation.objects.filter(
        kind="notice", language__in=languages, origin=Origin.HUMAN, reviewed_by=None, version=Subquery(version)
    ).exclude(translated_by=user)
    readable = Notice.objects.visible_to(user).filter(published__isnull=False)
    found = list(waiting.filter(record_id__in=readable.values("pk")).order_by("written_at")[:MOST])
    listed = readable.filter(pk__in=[one.record_id for one in found]).for_reading()
    rows = {row.record.pk: row for row in rows_of_notices(listed, by=user)}
    return [{"row": rows[one.record_id], "translation": one} for one in found if one.record_id in rows]


def choices(chosen: list[str]) -> FilterGroup:
    """Each language can be put in or taken out; at least one stays."""
    links = tuple(
        Choice(own_name(code), address(toggled(chosen, code)), code in chosen, language=code)
        for code in Language.values
    )
    everything = Choice(pgettext("filter", "All"), address(list(Language.values)), len(chosen) == len(Language.values))
    return FilterGroup(_("Into"), (everything, *links))


def toggled(chosen: list[str], code: str) -> list[str]:
    """The chosen languages with one put in or taken out."""
    return [one for one in Language.values if (one in chosen) != (one == code)]


def address(languages: list[str]) -> str:
    """Where these languages are shown."""
    query = urlencode([("language", code) for code in languages])
    return f"{reverse('desk-translations')}?{query}" if query else reverse("desk-translations")

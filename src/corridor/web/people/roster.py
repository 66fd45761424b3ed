"""The roster of experts: those who consented to be listed for a theme, as far as this reader may read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corridor.directory.models import Profile, ProfileQuerySet, audience_of
from corridor.directory.operations.people_index import KIND
from corridor.directory.states import SPOKEN, ProfileField
from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.language.operations.find import CANDIDATES, find
from corridor.language.states import Language
from corridor.web.components.names import country_in_words, own_name, shipped_countries
from corridor.web.components.parts import Choice, Crumb, FilterGroup
from corridor.web.page import page, reader
from corridor.web.people.lines import card_of

PAGE: Final = 20


@dataclass(frozen=True)
class Wanted:
    """Which experts are looked for. Empty means everything; a value that is not known counts as empty."""

    text: str = ""
    theme: str = ""
    country: str = ""
    language: str = ""

    @classmethod
    def read(cls, sent: QueryDict) -> Wanted:
        """What the address says."""
        theme, country, language = sent.get("theme", ""), sent.get("country", "").upper(), sent.get("language", "")
        return cls(
            text=" ".join(sent.get("q", "").replace("\0", " ").split())[:300],
            theme=theme if theme in Theme.values else "",
            country=country if country in shipped_countries() else "",
            language=language if language in SPOKEN else "",
        )

    def url(self, page_number: int = 1, **changes: Any) -> str:
        """The address of the same list with something changed."""
        now = replace(self, **changes)
        values: dict[str, Any] = {"q": now.text, **now.kept}
        if page_number > 1:
            values["page"] = page_number
        query = urlencode({key: value for key, value in values.items() if value})
        return f"{reverse('roster')}?{query}" if query else reverse("roster")

    @property
    def kept(self) -> dict[str, str]:
        """The filters that are on, for the form that asks another question under them."""
        values = {"theme": self.theme, "country": self.country, "language": self.language}
        return {key: value for key, value in values.items() if value}

    def narrow(self, found: ProfileQuerySet, by: User | None) -> ProfileQuerySet:
        """Those among the found that fit; a filter finds only those whose field this reader may read."""
        if self.country:
            found = found.showing(ProfileField.HOME, to=by).filter(home=self.country)
        if self.language:
            found = found.showing(ProfileField.LANGUAGES, to=by).filter(languages__tag=self.language)
        return found


def found_by_text(listed: ProfileQuerySet, wanted: Wanted, by: User | None) -> list[Profile]:
    """Experts by name or by what they know, asked in any of the seven languages; the best first."""
    countries = [wanted.country] if wanted.country else []
    hits = find(wanted.text, by=by, kinds=[KIND], countries=countries, limit=CANDIDATES).hits
    keys = [hit.record_id for hit in hits]
    fitting = listed.for_reading().in_bulk(keys)
    return [fitting[key] for key in keys if key in fitting]


@never_cache
@login_not_required
@require_safe
def experts(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by plain links."""
    wanted, by = Wanted.read(request.GET), reader(request)
    listed = wanted.narrow(Profile.objects.on_roster(of=wanted.theme, to=by), by)
    found: Any = found_by_text(listed, wanted, by) if wanted.text else listed.for_reading().in_order_of_the_day()
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    where = {"first": shown.start_index(), "last": shown.end_index(), "all": shown.paginator.count}
    context = {
        "wanted": wanted,
        "cards": [card_of(profile.shown_to(audience_of(by))) for profile in shown.object_list],
        "filters": filters_of(wanted),
        "clear_url": reverse("roster") if wanted != Wanted() else "",
        "previous_url": wanted.url(shown.number - 1) if shown.has_previous() else "",
        "next_url": wanted.url(shown.number + 1) if shown.has_next() else "",
        "position": _("%(first)s to %(last)s of %(all)s") % where,
        "trail": (Crumb(_("Start page"), reverse("home")), Crumb(_("Roster of experts"))),
    }
    response = page(request, "people/roster.html", context, partial="found")
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def filters_of(wanted: Wanted) -> list[FilterGroup]:
    """Theme, country and language as rows of links."""
    themes = [(theme.value, str(theme.label), "") for theme in Theme]
    countries = [(code, country_in_words(code), "") for code in shipped_countries()]
    languages = [(code, own_name(code), code) for code in Language.values]
    return [
        FilterGroup(_("Theme"), links(wanted, "theme", themes)),
        FilterGroup(_("Country"), links(wanted, "country", countries)),
        FilterGroup(_("Reads, writes or speaks"), links(wanted, "language", languages)),
    ]


def links(wanted: Wanted, name: str, values: Sequence[tuple[str, str, str]]) -> tuple[Choice, ...]:
    """All, and one link for each value."""
    current = getattr(wanted, name)
    everything = Choice(pgettext("filter", "All"), wanted.url(1, **{name: ""}), is_current=not current)
    return (
        everything,
        *(
            Choice(label, wanted.url(1, **{name: value}), value == current, language=lang)
            for value, label, lang in values
        ),
    )

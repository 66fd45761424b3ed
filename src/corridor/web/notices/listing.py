"""The list of published notices, with filters as plain links, and as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.matching.models import Notice
from corridor.matching.states import NoticeKind, NoticeState
from corridor.web.components.names import country_in_words, shipped_countries
from corridor.web.components.parts import Choice, FilterGroup
from corridor.web.notices import shown
from corridor.web.notices.who import reader_of
from corridor.web.page import page
from corridor.web.results import rows_of_notices
from corridor.web.spreadsheet import spreadsheet

PER_PAGE = 20
MOST_EXPORTED = 5000
COLUMNS = [
    "address",
    "kind",
    "title",
    "language",
    "country",
    "organisation",
    "themes",
    "stage",
    "trl",
    "valid_until",
    "published",
]
FIELDS = {"kind": "kind", "theme": "themes__contains", "country": "home", "language": "published__language"}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; unknown values narrow nothing."""

    chosen: dict[str, str]

    @classmethod
    def of(cls, request: HttpRequest) -> Wanted:
        """From the address."""
        known = {
            "kind": NoticeKind.values,
            "theme": Theme.values,
            "country": list(shipped_countries()),
            "language": [code for code, _name in settings.LANGUAGES],
        }
        given = {name: request.GET.get(name, "") for name in known}
        return cls({name: value for name, value in given.items() if value in known[name]})

    def url(self, **changes: str) -> str:
        """The address of the list with some choices changed."""
        chosen = {name: value for name, value in {**self.chosen, **changes}.items() if value}
        return f"{reverse('notices')}?{urlencode(chosen)}" if chosen else reverse("notices")

    def groups(self) -> list[FilterGroup]:
        """The filters as rows of links."""
        options: dict[str, tuple[str, Iterable[tuple[str, object]]]] = {
            "kind": (_("Kind"), NoticeKind.choices),
            "theme": (_("Theme"), Theme.choices),
            "country": (_("Country"), [(code, country_in_words(code)) for code in shipped_countries()]),
            "language": (_("Language"), settings.LANGUAGES),
        }
        return [FilterGroup(label, tuple(self._choices(name, values))) for name, (label, values) in options.items()]

    def _choices(self, name: str, values: Iterable[tuple[str, object]]) -> Iterable[Choice]:
        current = self.chosen.get(name, "")
        yield Choice(_("All"), self.url(**{name: ""}), is_current=not current)
        for value, label in values:
            language = value if name == "language" else ""
            yield Choice(label, self.url(**{name: value}), is_current=value == current, language=language)


def published(reader: object, wanted: Wanted) -> QuerySet[Notice]:
    """What this reader may see of what is published now, newest first."""
    narrowed = {FIELDS[name]: [value] if name == "theme" else value for name, value in wanted.chosen.items()}
    seen = Notice.objects.visible_to(reader).filter(state=NoticeState.PUBLISHED, **narrowed)
    return seen.filter(valid_until__gte=timezone.now().date()).for_reading().order_by("-published_at", "-pk")


@login_not_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Newest needs, offers and partner searches."""
    wanted = Wanted.of(request)
    found = published(request.user, wanted)
    if request.GET.get("format") == "csv":
        return as_csv(found[:MOST_EXPORTED], reader_of(request), request)
    part = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": rows_of_notices(part.object_list, by=reader_of(request)),
        "part": part,
        "groups": wanted.groups(),
        "is_narrowed": bool(wanted.chosen),
        "clear_url": reverse("notices"),
        "csv_url": wanted.url(format="csv"),
        "previous_url": wanted.url(page=str(part.previous_page_number())) if part.has_previous() else "",
        "next_url": wanted.url(page=str(part.next_page_number())) if part.has_next() else "",
    }
    return page(request, "notices/list.html", context)


def as_csv(found: Iterable[Notice], reader: User | None, request: HttpRequest) -> HttpResponse:
    """A table that a spreadsheet opens as it is: UTF-8 with its mark, no cell is a formula, no anonymous name in it."""
    rows = (cells(notice, reader, request) for notice in found)
    return spreadsheet("notices.csv", COLUMNS, rows)


def cells(notice: Notice, reader: User | None, request: HttpRequest) -> list[object]:
    """One row. Who is behind an anonymous notice is not taken away, not even by its own people."""
    wording = notice.published
    assert wording is not None
    owner = shown.owner_of(notice, wording, None if wording.is_anonymous else reader)
    return [
        request.build_absolute_uri(reverse("notice", args=[notice.pk])),
        notice.kind,
        wording.title,
        wording.language,
        notice.home,
        owner.name,
        " ".join(notice.themes),
        notice.stage,
        notice.trl or "",
        notice.valid_until,
        notice.published_at.date() if notice.published_at else "",
    ]

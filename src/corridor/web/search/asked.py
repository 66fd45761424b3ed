"""What was asked of search: the question and what narrows it down, read from an address and written into one."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from corridor.directory.states import OrganisationType
from corridor.kernel.states import Theme
from corridor.language.operations.find import Facets
from corridor.language.operations.lexicon import narrower
from corridor.language.operations.questions import LONGEST_QUERY
from corridor.language.states import Language
from corridor.matching.models import Wording
from corridor.matching.states import NoticeKind
from corridor.web.components.names import shipped_countries

MOST_PAGES: Final = 50
PAGE: Final = 12
LONGEST_KEPT: Final = 8000  # as long as a notice's text; a page with an even longer question would grow out of bounds
CODE: Final = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
TITLE: Final = Wording._meta.get_field("title").max_length or 150

Type = OrganisationType
# Kinds of organisations as people look for them; each type stands in exactly one group.
GROUPS: Final[dict[str, tuple[Promise | str, tuple[Type, ...]]]] = {
    "research": (_("Universities and institutes"), (Type.UNIVERSITY, Type.INSTITUTE)),
    "business": (_("Enterprises and cooperatives"), (Type.ENTERPRISE, Type.COOPERATIVE)),
    "hubs": (_("Hubs, zones, parks, incubators"), (Type.HUB, Type.ZONE, Type.PARK, Type.INCUBATOR)),
    "hospital": (_("Hospitals"), (Type.HOSPITAL,)),
    "public": (_("Ministries and agencies"), (Type.MINISTRY, Type.AGENCY)),
    "ngo": (_("Non-governmental organisations"), (Type.NGO,)),
}
KINDS: Final[dict[str, Promise | str]] = {
    NoticeKind.NEED: _("Needs"),
    NoticeKind.OFFER: _("Offers"),
    NoticeKind.PARTNER: _("Partner searches"),
    "organisation": _("Organisations"),
    "facility": _("Facilities and services"),
    "person": _("People"),
    **{group: format_lazy("{}", label) for group, (label, _types) in GROUPS.items()},
}


@dataclass(frozen=True)
class Asked:
    """A question with its filters. An empty filter means everything; a value that is not known counts as empty."""

    text: str = ""
    kind: str = ""
    theme: str = ""
    country: str = ""
    language: str = ""
    concept: str = ""
    is_open: bool = False
    spoken: str = ""
    page: int = 1

    @classmethod
    def read(cls, sent: QueryDict) -> Asked:
        """What an address or a form says. Raises BadRequest for a question longer than any notice."""
        text = " ".join(sent.get("q", "").replace("\0", " ").split())
        if len(text) > LONGEST_KEPT:
            raise BadRequest("The question is longer than any notice.")
        page = sent.get("page", "")
        asked = cls(
            text=text,
            kind=one_of(KINDS, sent.get("kind")),
            theme=one_of(Theme.values, sent.get("theme")),
            country=one_of(shipped_countries(), (sent.get("country") or "").upper()),
            language=one_of(Language.values, sent.get("language")),
            concept=concept if CODE.fullmatch(concept := sent.get("concept", "")) else "",
            is_open=sent.get("open") in ("1", "true", "on"),
            spoken=one_of(Language.values, sent.get("ql")),
            page=min(max(int(page[:6]), 1), MOST_PAGES) if page.isdecimal() else 1,
        )
        return asked.settled()

    def settled(self) -> Asked:
        """Organisations have neither theme nor end, facilities and people no end: these filters fall where they alone are looked for."""
        if self.wants_organisations:
            return replace(self, theme="", is_open=False)
        return replace(self, is_open=False) if self.wants_facilities or self.wants_people else self

    @property
    def heard(self) -> str:
        """The part of the question that search reads."""
        return self.text[:LONGEST_QUERY]

    @property
    def is_too_long(self) -> bool:
        """Whether a part of the question is not read."""
        return len(self.text) > LONGEST_QUERY

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is on."""
        return bool(self.kind or self.theme or self.country or self.language or self.concept or self.is_open)

    @property
    def wants_organisations(self) -> bool:
        """Whether organisations alone are looked for."""
        return self.kind == "organisation" or self.kind in GROUPS

    @property
    def wants_facilities(self) -> bool:
        """Whether what organisations have to give is looked for alone."""
        return self.kind == "facility"

    @property
    def wants_people(self) -> bool:
        """Whether people alone are looked for."""
        return self.kind == "person"

    @property
    def types(self) -> tuple[str, ...]:
        """The types of organisations that are looked for; none where all are."""
        return tuple(GROUPS[self.kind][1]) if self.kind in GROUPS else ()

    @property
    def offset(self) -> int:
        """How many results lie before this page."""
        return (self.page - 1) * PAGE

    @property
    def first(self) -> int:
        """The number of the first result of this page."""
        return self.offset + 1

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters alone, for a form that asks another question under them."""
        return {name: value for name, value in self.parameters().items() if name not in ("q", "ql", "page")}

    def facets(self, today: datetime.date) -> Facets:
        """The filters as the index takes them."""
        return Facets(
            kinds=self._kinds(),
            directions=self.types or ((self.kind,) if self.kind in NoticeKind.values else ()),
            countries=(self.country,) if self.country else (),
            languages=(self.language,) if self.language else (),
            themes=(self.theme,) if self.theme else (),
            concepts=(self.concept, *sorted(narrower(self.concept))) if self.concept else (),
            open_on=today if self.is_open else None,
        )

    def _kinds(self) -> tuple[str, ...]:
        if self.wants_organisations:
            return ("organisation",)
        if self.wants_facilities:
            return ("facility",)
        if self.wants_people:
            return ("person",)
        return ("notice",) if self.kind else ()

    def parameters(self) -> dict[str, str]:
        """What the address says, without what is empty; of a question only what search reads, since a page has many links."""
        values = {
            "q": self.heard,
            "kind": self.kind,
            "theme": self.theme,
            "country": self.country,
            "language": self.language,
            "concept": self.concept,
            "open": "1" if self.is_open else "",
            "ql": self.spoken,
            "page": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in values.items() if value}

    def post_query(self, kind: str) -> str:
        """What a new notice begins with: this question as its title, and as its text too where it is longer than a title."""
        longer = {"text": self.heard} if len(self.text) > TITLE else {}
        return urlencode({"kind": kind, **({"title": self.text[:TITLE]} if self.text else {}), **longer})

    def url(self, **changes: Any) -> str:
        """The address of the same search with something changed; it begins at its first page again."""
        query = urlencode(replace(self, **{"page": 1, **changes}).settled().parameters())
        return f"{reverse('search')}?{query}" if query else reverse("search")

    def other_url(self, name: str) -> str:
        """The address of another page about the same search; empty where nothing is asked."""
        query = urlencode(replace(self, page=1).parameters())
        return f"{reverse(name)}?{query}" if self.text or self.is_narrowed else ""

    def standing_facets(self) -> dict[str, Any]:
        """The filters for a search that stands: without the day it was asked on, and of notices alone where no question narrows it."""
        facets = self.facets(datetime.date.min)
        named = {"kinds": facets.kinds or (() if self.heard else ("notice",)), "directions": facets.directions}
        lists = {"countries": facets.countries, "languages": facets.languages, "themes": facets.themes}
        wanted = {**named, **lists, "concepts": facets.concepts}
        kept = {key: list(values) for key, values in wanted.items() if values}
        return {**kept, "is_open": True} if self.is_open else kept


def one_of(known: Any, value: str | None) -> str:
    """The value if it is one of those known, else nothing."""
    return value if value in known and value else ""

"""The pages that are measured: who reads each, and at which addresses it lies."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from bench.site_sample import HOME, Scene
from corridor.directory.models import Facility, Network, Organisation, Profile
from corridor.matching.models import Notice, PostedProblem, SavedSearch
from corridor.matching.operations.calendars import address_of

BASELINE: Final = "home"
QUESTIONS: Final = (
    "coffee dryer", "ម៉ាស៊ីនសម្ងួតកាហ្វេ", "咖啡烘干机", "ເຄື່ອງອົບກາເຟ", "ကော်ဖီအခြောက်ခံစက်", "เครื่องอบกาแฟ", "máy sấy cà phê", "solar pump",
    "water quality expert and laboratory",  # finds a notice, an organisation, a facility and a person in the sample: all kinds at once
)  # fmt: skip
WORDS: Final = ("coffee", "water", "កាហ្វេ", "ກາເຟ", "咖啡", "cà phê")
SOME: Final = 8
QUEUES: Final = (
    "people", "organisations", "corrections", "duplicates", "imports", "reports", "suspended", "members", "settings", "merges",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One row of the table: a page, its reader (`visitor`, `manager` or `officer`), and addresses that are asked for by turns."""

    name: str
    reader: str
    addresses: list[str]


def pages(scene: Scene) -> list[Page]:
    """All of them, area by area; the baseline is the first."""
    areas = (_open, _introductions, _alerts, _feeds, _account, _country_desk, _directory, _lexicon)
    return [page for area in areas for page in area(scene)]


def _open(scene: Scene) -> Iterator[Page]:
    listed = Notice.objects.open().visible_to(None).filter(is_sample=True)
    yield Page(BASELINE, "visitor", [reverse("home")])
    yield Page("search", "visitor", [_to("search", q=question) for question in QUESTIONS])
    yield Page("notice", "visitor", _each("notice", listed))


def _introductions(scene: Scene) -> Iterator[Page]:
    yield Page("introductions", "manager", [reverse("introductions")])
    yield Page("asking for one", "manager", [_to("introduction-new", notice=scene.asked.pk)])
    yield Page("one introduction", "manager", [reverse("introduction", args=[scene.waiting.pk])])
    yield Page("room", "manager", [reverse("room", args=[scene.room.pk])])


def _alerts(scene: Scene) -> Iterator[Page]:
    yield Page("saved searches", "manager", [reverse("saved-searches")])
    yield Page("one saved search", "manager", _each("saved-search", SavedSearch.objects.filter(user=scene.manager)))
    yield Page("desk", "manager", [reverse("desk")])
    yield Page("own notices", "manager", [reverse("desk-notices")])
    yield Page("calendar", "manager", [reverse("calendar")])


def _feeds(scene: Scene) -> Iterator[Page]:
    yield Page("feed of a search", "visitor", [_to("search-feed", q=question) for question in QUESTIONS])
    yield Page("feed of a country", "visitor", [_to("search-feed", country=HOME)])
    yield Page("calendar feed", "visitor", [reverse("calendar-feed", args=[address_of(scene.calendar)])])


def _account(scene: Scene) -> Iterator[Page]:
    yield Page("account", "manager", [reverse("account")])
    yield Page("second factor", "manager", [reverse("mfa_index")])
    yield Page("sessions", "manager", [reverse("usersessions_list")])


def _country_desk(scene: Scene) -> Iterator[Page]:
    for queue in ("", *QUEUES):
        name = f"country-desk-{queue}" if queue else "country-desk"
        yield Page(f"country desk: {queue or 'submissions'}", "officer", [_to(name, country=HOME)])
    text = scene.submitted.latest
    yield Page("country desk: one submission", "officer", [reverse("country-desk-submission", args=[text.pk])])
    yield Page("country desk: one report", "officer", [reverse("country-desk-reported", args=[scene.reported.pk])])


def _directory(scene: Scene) -> Iterator[Page]:
    listed = Organisation.objects.standing().filter(is_sample=True)
    given = list(Facility.objects.visible_to(None).order_by("pk").values_list("pk", flat=True)[:4])
    yield Page("country", "manager", [reverse("country", args=[HOME])])
    yield Page("organisations", "manager", [reverse("organisations"), _to("organisations", country=HOME)])
    yield Page("organisations by words", "manager", [_to("organisations", q=question) for question in QUESTIONS])
    yield Page("organisation", "manager", _each("organisation", listed))
    yield Page("facilities", "manager", [reverse("facilities"), _to("facilities", q="laboratory")])
    yield Page("facility", "manager", [reverse("facility", args=[pk]) for pk in given])
    yield Page("comparison", "manager", [f"{reverse('facility-comparison')}?{urlencode([('id', pk) for pk in given])}"])
    yield Page("map", "manager", [reverse("organisations-map"), _to("organisations-map", country=HOME)])
    yield Page("places of the map", "manager", [_to("organisations-map-places", cell="0.1")])
    yield Page("networks", "manager", [reverse("networks")])
    yield Page("network", "manager", _each("network", Network.objects.all()))
    yield Page("posted problem", "manager", _each("problem", PostedProblem.objects.all()))
    yield Page("roster", "manager", [reverse("roster")])
    yield Page("person", "manager", _each("person", Profile.objects.on_roster(of="", to=scene.manager)))


def _lexicon(scene: Scene) -> Iterator[Page]:
    yield Page("lexicon", "manager", [reverse("concepts"), _to("concepts", theme="industry")])
    yield Page("lexicon by words", "manager", [_to("concepts", q=word) for word in WORDS])
    yield Page("concept", "manager", [reverse("concept", args=["coffee"])])
    yield Page("suggestions", "manager", [_to("concept-suggestions", q=word[:3]) for word in WORDS])


def _to(name: str, **asked: object) -> str:
    return f"{reverse(name)}?{urlencode(asked)}"


def _each(name: str, records: QuerySet[Any]) -> list[str]:
    """Some of these records, from all over the list."""
    keys = list(records.order_by("pk").values_list("pk", flat=True))
    return [reverse(name, args=[key]) for key in keys[:: max(1, len(keys) // SOME)]]

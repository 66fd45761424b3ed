"""The sieve lets through what a search shows to the same reader under the same filters, and nothing else."""

import datetime
import itertools

import numpy as np
import pytest

from corridor.kernel.logic.identifiers import uuid7
from corridor.kernel.models import Audience
from corridor.kernel.states import Office, Scope, Visibility
from corridor.language.models import Arrival, Passage
from corridor.language.operations import arrivals, engines, sieve
from corridor.language.operations.find import Facets, visible_passages
from corridor.language.operations.index import Entry, Piece, embed_missing, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]
DAY = datetime.date(2026, 3, 1)
PERSON, PLACE = uuid7(), uuid7()

AUDIENCES = [
    Audience(None),
    Audience(PERSON),
    Audience(PERSON, ((Office.MEMBER, Scope.COUNTRY, "LA", "LA"),)),
    Audience(PERSON, ((Office.MEMBER, Scope.ORGANISATION, str(PLACE), "KH"),)),
    Audience(PERSON, ((Office.FOCAL_POINT_OFFICER, Scope.COUNTRY, "VN", "VN"),)),
    Audience(PERSON, ((Office.OPERATOR, Scope.INSTALLATION, "installation", ""),)),
]
FACETS = [
    Facets(),
    Facets(kinds=["notice"], countries=["LA", "VN"]),
    Facets(directions=["need"], languages=["en"]),
    Facets(themes=["green"], open_on=DAY),
    Facets(open_on=DAY, not_owners=[str(PLACE)]),
    Facets(concepts=["rice"]),
]


def passages() -> None:
    """One passage of every circle in two countries, with facets that differ."""
    places = itertools.product(Visibility.values, ["LA", "VN"], [0, 1])
    put(
        *(
            Entry(
                kind="notice" if odd else "facility",
                record_id=uuid7(),
                home=home,
                visibility=circle,
                pieces=[
                    Piece("Rice husk burns in the boiler." if odd else "A weighing bridge.", "en" if odd else "vi")
                ],
                direction="need" if odd else "",
                principals=[str(PERSON)] if odd else [str(PLACE)],
                owner=str(PLACE) if odd else "",
                themes=["green"] if odd else [],
                open_until=DAY - datetime.timedelta(days=1) if odd and home == "VN" else None,
            )
            for circle, home, odd in places
        )
    )


@pytest.mark.parametrize("facets", FACETS, ids=range(len(FACETS)))
@pytest.mark.parametrize("audience", AUDIENCES, ids=range(len(AUDIENCES)))
def test_the_sieve_admits_exactly_what_a_search_may_find(audience, facets):
    passages()
    rows = sieve.passages(Passage.objects.all())
    searched = set(visible_passages(audience, facets).values_list("record_id", flat=True))
    assert {row.record_id for row in rows if sieve.admits(audience, facets, row)} == searched


def test_vectors_and_words_are_those_of_the_index():
    passages()
    stored = list(Passage.objects.order_by("pk"))
    rows = sieve.passages(Passage.objects.all())
    known = np.array([passage.embedding for passage in stored], dtype=np.float16)
    assert (sieve.vectors(rows) == known).all()
    assert "boiler" in {word for row in rows for word in row.words}


def test_what_is_written_arrives_once_and_is_taken_once():
    passages()
    written = set(Passage.objects.values_list("pk", flat=True))
    assert (set(arrivals.take(1000)), arrivals.take(1000)) == (written, [])


def test_a_passage_arrives_again_with_its_meaning(model):
    put(Entry("notice", uuid7(), "LA", "public", [Piece("Rice husk burns.", "en")]), embed=False)
    written = arrivals.take(10)
    embed_missing(Passage.objects.all())
    assert arrivals.take(10) == written == [Passage.objects.get().pk]


def test_an_index_that_is_only_being_built_brings_nothing_new(another):
    put(Entry("notice", uuid7(), "LA", "public", [Piece("Rice husk burns.", "en")]))
    arrivals.take(10)
    another("second")
    engines.rebuild_if_changed()
    building = Passage.objects.create(
        engine=engines.targets()[1], kind="notice", record_id=uuid7(), ordinal=0, home="LA", visibility="public",
        text="Rice", digest="x", words="'rice':1",
    )  # fmt: skip
    embed_missing(Passage.objects.filter(pk=building.pk))
    assert Arrival.objects.count() == 0

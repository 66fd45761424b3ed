"""Putting records into the one index, twice, late, changed, and taking them out."""

import dataclasses
import datetime

import pytest
from django.utils import timezone

from corridor.kernel.logic.identifiers import uuid7
from corridor.kernel.models import Event
from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.models import Engine, Frequency, Passage
from corridor.language.operations import index
from corridor.language.operations.find import find
from corridor.language.operations.index import Entry, Piece, put, take_out
from corridor.language.tasks import count_words, embed_late

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
LONG = " ".join(f"Sentence number {n} tells of drying coffee on husk fire in the rainy season." for n in range(120))


def rows() -> list[tuple[object, ...]]:
    """Everything that the index keeps, vectors included."""
    fields = [field.attname for field in Passage._meta.concrete_fields]
    return [tuple(str(value) for value in row) for row in Passage.objects.order_by("pk").values_list(*fields)]


def test_a_record_is_kept_with_its_words_its_meaning_and_its_facets(model, entry):
    day = datetime.date(2027, 1, 2)
    put(entry("Rice dryer", heading="Need", themes=["industry"], owner="o", principals=["a", "o"], open_until=day))
    row = Passage.objects.get()
    assert (row.text, row.heading, row.language, row.home, row.direction) == ("Rice dryer", "Need", "en", "LA", "need")
    assert (row.themes, row.owner, row.principals, row.open_until) == (["industry"], "o", ["a", "o"], day)
    assert len(row.embedding) == 391
    assert row.engine == Engine.objects.get(state="serving")


def test_putting_twice_changes_nothing_and_reads_nothing_again(model, entry):
    one = entry(LONG, heading="Coffee", extra="ACME")
    put(one)
    before, read = rows(), len(model.read)
    put(one)
    assert (rows(), len(model.read)) == (before, read)
    assert len(before) > 3


def test_a_record_that_says_different_things_to_different_circles_comes_as_several_entries(model, entry):
    public = entry("Wells", extra="ACME")
    members = dataclasses.replace(
        public, visibility="members", pieces=[Piece("Wells and names " + LONG, "en")], extra="B"
    )
    other = dataclasses.replace(entry("Another"), record_id=uuid7())
    put(public, members, other)
    kept = list(
        Passage.objects.filter(record_id=public.record_id).order_by("ordinal").values_list("ordinal", "visibility")
    )
    assert kept == [(0, "public"), *((place, "members") for place in range(1, len(kept)))]
    assert len(kept) > 3
    assert [hit.record_id for hit in find("ACME", by=None).hits if hit.terms] == [public.record_id]
    put(public)
    assert Passage.objects.filter(record_id=public.record_id).count() == 1
    assert Passage.objects.get(record_id=other.record_id).ordinal == 0


def test_an_unchanged_text_with_new_facets_keeps_its_vector_and_is_not_read_again(model, entry):
    one = entry("Rice dryer")
    put(one)
    vector, read = str(Passage.objects.get().embedding), len(model.read)
    put(dataclasses.replace(one, visibility="team", as_of=timezone.now()))
    row = Passage.objects.get()
    assert (row.visibility, str(row.embedding), len(model.read)) == ("team", vector, read)


def test_a_late_write_does_not_undo_a_newer_one(model, entry):
    old = entry("Old text " + LONG)
    new = dataclasses.replace(old, pieces=[Piece("New text", "en")], as_of=old.as_of + MINUTE)
    put(new)
    before = [row for row in rows() if "New text" in row]
    put(old)
    assert [row for row in rows() if "New text" in row] == before
    assert [hit.passage for hit in find("new text", by=None).hits] == ["New text"]


def test_a_shorter_text_leaves_no_old_passages_behind(model, entry):
    one = entry(LONG)
    put(one)
    put(dataclasses.replace(one, pieces=[Piece("Short now.", "en")], as_of=one.as_of + MINUTE))
    assert list(Passage.objects.values_list("ordinal", "text")) == [(0, "Short now.")]


def test_an_emptied_record_leaves_the_index(model, entry):
    one = entry("Something")
    put(one)
    put(dataclasses.replace(one, pieces=[Piece("  ", "en")], as_of=one.as_of + MINUTE))
    assert rows() == []


def test_a_changed_text_loses_its_vector_until_it_is_read(model, entry):
    one = entry("Old text")
    put(one)
    model.is_down = True
    with pytest.raises(EmbeddingUnavailable):
        put(dataclasses.replace(one, pieces=[Piece("New text", "en")], as_of=one.as_of + MINUTE))
    assert list(Passage.objects.values_list("text", "embedding")) == [("New text", None)]
    model.is_down = False
    embed_late(timestamp=0)
    assert Passage.objects.get().embedding is not None


def test_while_the_model_is_down_words_are_kept_and_found_and_meaning_comes_later(model, entry):
    model.is_down = True
    with pytest.raises(EmbeddingUnavailable):
        put(entry("Rice dryer for a mill"))
    found = find("rice dryer", by=None)
    assert ([hit.passage for hit in found.hits], found.has_meaning) == (["Rice dryer for a mill"], False)
    model.is_down = False
    embed_late(timestamp=0)
    found = find("rice dryers", by=None)
    assert ([hit.passage for hit in found.hits], found.has_meaning) == (["Rice dryer for a mill"], True)


def test_a_vector_does_not_land_on_a_text_that_changed_meanwhile(model, entry):
    put(entry("Old text"), embed=False)
    row = Passage.objects.get()
    stale = [(row.pk, "another digest", "en", "", "Old text")]
    index._embed(stale, index.engines.configured(), index.engines.serving())
    row.refresh_from_db()
    assert row.embedding is None


def test_taking_out_removes_one_record_and_no_other(model, entry):
    one, other = entry("One"), entry("Other")
    put(one, other)
    take_out("notice", one.record_id)
    take_out("notice", one.record_id)
    take_out("organisation", other.record_id)
    assert list(Passage.objects.values_list("text", flat=True)) == ["Other"]


def test_several_languages_of_one_record_are_passages_of_their_own(model, entry):
    one = entry("Rice dryer")
    one = dataclasses.replace(one, pieces=[*one.pieces, Piece("ເຄື່ອງອົບເຂົ້າ", "lo"), Piece("Máy sấy lúa", "")])
    put(one)
    kept = Passage.objects.order_by("ordinal").values_list("language", "text")
    assert list(kept) == [("en", "Rice dryer"), ("lo", "ເຄື່ອງອົບເຂົ້າ"), ("vi", "Máy sấy lúa")]
    assert [hit.record_id for hit in find("máy sấy lúa", by=None).hits] == [one.record_id]


def test_extra_words_are_found_and_not_read(model, entry):
    put(entry("Rice dryer", extra="ZQX Mill\nໂຮງສີເຂົ້າ"), entry("Coffee"))
    hits = find("ZQX", by=None).hits
    assert ([hit.passage for hit in hits if hit.terms], any("ZQX" in text for text in model.read)) == (
        ["Rice dryer"], True,
    )  # fmt: skip
    assert [text for text in model.read if "ZQX" in text] == ["ZQX"]


@pytest.mark.parametrize(
    "text",
    [
        "it's a \"quote\" \\ back\\slash ' :* & | ! <-> ( )",
        "\u200b\u200f\u202e mixed عربى עברית",
        "🌾" * 50,
        "a" * 9000,
        "ກ" * 5000,
        "x " * 4000,
        " ".join(f"w{n}" for n in range(9000)),
        "nul\0byte",
    ],
)
def test_hostile_texts_are_kept_without_harm(model, entry, text):
    put(entry(text), entry("Rice dryer"))
    assert find("rice dryer", by=None).hits[0].passage == "Rice dryer"


def test_words_are_counted_from_two_passages_on_and_counted_anew(model, entry):
    put(entry("rice dryer"), entry("rice mill"), entry("rice field"))
    count_words()
    assert dict(Frequency.objects.filter(lexeme__in=["rice", "dryer"]).values_list("lexeme", "passages")) == {"rice": 3}
    take_out("notice", Passage.objects.get(text="rice mill").record_id)
    count_words()
    assert Frequency.objects.get(lexeme="rice").passages == 2


def test_the_index_writes_no_events(model, entry):
    put(entry("Rice dryer"))
    assert Event.objects.count() == 0
    assert isinstance(entry("x"), Entry)

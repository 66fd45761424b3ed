"""A changed model is built beside the one in service and takes over without a gap."""

import dataclasses
import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from corridor.kernel.models import Event
from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.models import Engine, Passage
from corridor.language.operations import engines, index
from corridor.language.operations.find import find
from corridor.language.operations.index import Piece, put, take_out
from corridor.language.tasks import embed_building, embed_late
from tests import hashing, waiting

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
TEXTS = [f"Village {n} looks for a dryer" for n in range(12)]


def states() -> dict[str, str]:
    """The engines by their first names."""
    return {engine.name.split("|")[0]: engine.state for engine in Engine.objects.all()}


def best(query: str = "village 7 looks for a dryer") -> tuple[str, bool]:
    """What a search finds first, and whether by meaning."""
    found = find(query, by=None)
    return found.hits[0].passage, found.has_meaning


def unread(engine_name: str) -> int:
    """How many passages of an engine have no vector."""
    return Passage.objects.filter(engine__name__startswith=engine_name, embedding__isnull=True).count()


@pytest.fixture
def full(model, entry):
    """An index with twelve records, read by the first model."""
    made = [entry(text) for text in TEXTS]
    put(*made)
    return made


def test_a_new_installation_is_served_by_the_configured_model_at_once(model):
    assert engines.rebuild_if_changed() is None
    assert states() == {"hashing": "serving"}


def test_two_engines_never_serve_at_once(full, another):
    another("second")
    with pytest.raises(IntegrityError, match="engine_one_serves"):
        Engine.objects.create(name="x", state="serving")


def test_an_unchanged_model_builds_nothing(full):
    assert engines.rebuild_if_changed() is None
    assert (waiting.waiting("language.build"), Engine.objects.count()) == ([], 1)


def test_a_changed_model_builds_beside_and_takes_over_with_every_vector(full, another):
    another("second")
    engines.rebuild_if_changed()
    assert states() == {"hashing": "serving", "second": "building"}
    done = waiting.do_all()
    assert states() == {"hashing": "retired", "second": "serving"}
    assert done[0] == "language.build"
    assert (Passage.objects.filter(engine__state="serving").count(), unread("second")) == (12, 0)
    assert best() == (TEXTS[7], True)


def test_beginning_to_build_twice_is_one_building(full, another):
    another("second")
    first, again = engines.rebuild_if_changed(), engines.rebuild_if_changed()
    assert (first, Engine.objects.count()) == (again, 2)
    waiting.do_all()
    assert states() == {"hashing": "retired", "second": "serving"}


def test_a_process_without_the_old_model_searches_by_words_and_says_so_until_the_new_one_serves(full, another):
    another("second")
    engines.rebuild_if_changed()
    assert best() == (TEXTS[7], False)
    waiting.do_all()
    assert best() == (TEXTS[7], True)


def test_a_process_that_has_both_models_never_searches_without_meaning(full, model, another, monkeypatch):
    second = another("second")
    monkeypatch.setattr(engines, "bundled_embedder", lambda: model)
    monkeypatch.setattr(engines.fairness, "load", engines.fairness.none)
    monkeypatch.setitem(engines.settings.EMBEDDINGS, "url", "http://127.0.0.1:9/v1")
    engines.rebuild_if_changed()
    assert best() == (TEXTS[7], True)
    put(dataclasses.replace(full[0], pieces=[Piece("Quite another text", "en")], as_of=timezone.now()))
    assert (unread("hashing"), best("quite another text")) == (0, ("Quite another text", True))
    waiting.do_all()
    assert (unread("second"), best("quite another text")) == (0, ("Quite another text", True))
    assert "Quite another text" in second.read


def test_a_process_that_still_remembers_the_old_engine_goes_on_finding_after_the_handing_over(full, another):
    assert best() == (TEXTS[7], True)
    remembered = dict(engines._remembered)
    another("second")
    engines.rebuild_if_changed()
    waiting.do_all()
    engines._remembered.update(remembered)
    assert find("village 7", by=None).hits[0].passage == TEXTS[7]
    assert Passage.objects.filter(engine__state="retired").count() == 12


def test_passages_of_a_retired_engine_go_when_every_process_knows(full, another):
    another("second")
    engines.rebuild_if_changed()
    waiting.do_all()
    embed_late(timestamp=0)
    assert Passage.objects.filter(engine__state="retired").count() == 12
    Engine.objects.filter(state="retired").update(since=timezone.now() - 2 * MINUTE)
    embed_late(timestamp=0)
    assert list(Passage.objects.values_list("engine__state", flat=True).distinct()) == ["serving"]


def test_what_changes_while_it_is_built_is_right_in_both(full, another):
    another("second")
    building = engines.rebuild_if_changed()
    list(index.copy_to(building))
    put(dataclasses.replace(full[0], pieces=[Piece("Changed while building", "en")], as_of=timezone.now()))
    take_out("notice", full[1].record_id)
    waiting.do_all()
    texts = set(Passage.objects.filter(engine__state="serving").values_list("text", flat=True))
    assert texts == {"Changed while building", *TEXTS[2:]}


def test_a_write_that_was_read_before_the_copy_and_comes_after_it_is_not_lost(full, another):
    """A copy keeps the age of what it copies, or it would pass for newer than the write that replaces it."""
    late = dataclasses.replace(full[0], pieces=[Piece("Read before the copy", "en")], as_of=timezone.now())
    another("second")
    building = engines.rebuild_if_changed()
    list(index.copy_to(building))
    put(late)
    texts = Passage.objects.filter(record_id=late.record_id).values_list("text", flat=True)
    assert list(texts) == ["Read before the copy"] * 2


def test_what_a_copy_missed_is_caught_up_before_handing_over(full, another):
    another("second")
    building = engines.rebuild_if_changed()
    list(index.copy_to(building))
    copies = Passage.objects.filter(engine=building)
    copies.filter(record_id=full[0].record_id).delete()  # as when a write began before the building did
    Passage.objects.filter(
        engine__state="serving", record_id=full[1].record_id
    ).delete()  # as when taking out met the copy
    Passage.objects.filter(engine__state="serving", record_id=full[2].record_id).update(
        text="Newer", indexed_at=timezone.now()
    )
    waiting.do_all()
    texts = set(Passage.objects.filter(engine__state="serving").values_list("text", flat=True))
    assert (texts, unread("second")) == ({TEXTS[0], "Newer", *TEXTS[3:]}, 0)


def test_a_worker_that_is_set_to_another_model_hands_nothing_over(full, model, another, monkeypatch):
    another("second")
    building = engines.rebuild_if_changed()
    list(index.copy_to(building))
    hashing.use(monkeypatch, model)
    with pytest.raises(EmbeddingUnavailable):
        embed_building(engine=building.pk)
    assert (states(), unread("second")) == ({"hashing": "serving", "second": "building"}, 12)


def test_a_model_that_is_set_back_gives_up_what_was_being_built(full, model, another, monkeypatch):
    another("second")
    engines.rebuild_if_changed()
    hashing.use(monkeypatch, model)
    assert engines.rebuild_if_changed() is None
    waiting.do_all()
    assert (states(), best()) == ({"hashing": "serving", "second": "retired"}, (TEXTS[7], True))


def test_a_model_that_comes_back_later_is_built_anew(full, model, another, monkeypatch):
    another("second")
    engines.rebuild_if_changed()
    waiting.do_all()
    put(dataclasses.replace(full[0], pieces=[Piece("Changed since", "en")], as_of=timezone.now()))
    hashing.use(monkeypatch, model)
    engines.rebuild_if_changed()
    waiting.do_all()
    texts = set(Passage.objects.filter(engine__state="serving").values_list("text", flat=True))
    assert (states(), texts) == ({"hashing": "serving", "second": "retired"}, {"Changed since", *TEXTS[1:]})
    assert (unread("hashing"), best()) == (0, (TEXTS[7], True))


def test_while_the_new_model_is_down_the_old_index_goes_on_and_building_ends_later(full, another):
    second = another("second")
    engines.rebuild_if_changed()
    second.is_down = True
    with pytest.raises(EmbeddingUnavailable):
        waiting.do_all()
    assert (states(), best()) == ({"hashing": "serving", "second": "building"}, (TEXTS[7], False))
    second.is_down = False
    waiting.do_all()
    assert (states(), best()) == ({"hashing": "retired", "second": "serving"}, (TEXTS[7], True))


def test_changes_of_engines_are_events_without_an_author(full, another):
    another("second")
    engines.rebuild_if_changed()
    waiting.do_all()
    verbs = list(Event.objects.filter(subject_kind="engine").order_by("at", "id").values_list("verb", "by_id"))
    assert verbs == [("engine.building", None), ("engine.retired", None), ("engine.serving", None)]


def test_other_numbers_of_the_correction_are_another_engine(full, monkeypatch):
    name = engines.configured().name
    monkeypatch.setattr("corridor.language.logic.alignment.MOVED", 0.1)
    assert engines.configured().name != name
    assert engines.rebuild_if_changed() is not None

"""Looking for likely duplicates: through shared traits, never between countries, and never over a person's decision."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.directory.models import LikelyDuplicate, Organisation, Trait
from corridor.directory.operations import duplicates, merging
from corridor.directory.operations.organisations import edit_organisation, list_organisation
from corridor.directory.states import DuplicateState
from corridor.kernel.models import Event
from corridor.language.logic.embedding import EmbeddingUnavailable
from tests import make, waiting
from tests.hashing import HashingEmbedder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]


def look(*organisations: Organisation) -> int:
    return duplicates.look_for(*(str(organisation.pk) for organisation in organisations))


def two(**facts: object) -> tuple[Organisation, Organisation]:
    """Two entries that are surely one."""
    return (
        make.organisation(name="Naga River University", type="university", **facts),
        make.organisation(name="University of Naga River", type="university", **facts),
    )


def test_two_spellings_of_one_name_are_suggested_with_the_reason():
    one, other = two(place="Pakse")
    assert look(one, other) == 2
    pair = LikelyDuplicate.objects.get()
    assert (pair.first, pair.second, pair.home, pair.state) == (one, other, "LA", DuplicateState.OPEN)
    assert pair.reasons == ["similar_name", "same_place"]
    assert pair.score >= 0.5


def test_the_index_is_followed_first_and_the_search_comes_after_it():
    two()
    assert waiting.names() == ["directory.index_organisation"] * 2
    done = waiting.do_all()
    assert done == ["directory.index_organisation"] * 2 + ["directory.find_duplicates"] * 2
    assert LikelyDuplicate.objects.count() == 1


def test_entries_of_two_countries_are_never_a_pair():
    look(make.organisation("LA", name="Naga River University"), make.organisation("KH", name="Naga River University"))
    assert LikelyDuplicate.objects.count() == 0


def test_a_part_and_its_whole_are_never_a_pair():
    whole = make.organisation(name="Naga River University")
    look(whole, make.organisation(name="Naga River University", parent=whole))
    assert LikelyDuplicate.objects.count() == 0


def test_names_in_two_scripts_are_found_through_the_index(model: HashingEmbedder):
    one = make.organisation("TH", name="มหาวิทยาลัยดอยลาน", language="th")
    other = make.organisation("TH", name="Doi Lan University")
    waiting.do_all(but=("directory.find_duplicates",))
    read = len(model.read)
    look(one, other)
    # The stand-in knows nothing of meaning: what counts is that both names were read, and nothing was made of it.
    assert {"มหาวิทยาลัยดอยลาน", "Doi Lan University"} <= set(model.read[read:])
    assert LikelyDuplicate.objects.count() == 0


def test_a_model_that_is_down_leaves_the_job_to_be_tried_again(model: HashingEmbedder):
    thai = duplicates.profile_of(make.organisation("TH", name="มหาวิทยาลัยดอยลาน", language="th"))
    english = duplicates.profile_of(make.organisation("TH", name="Doi Lan University"))
    model.is_down = True
    with pytest.raises(EmbeddingUnavailable):
        duplicates.Meanings("TH").read(thai, [english])


def test_a_pair_that_is_no_longer_likely_goes():
    one, other = two()
    look(one, other)
    edit_organisation(other, by=make.officer("LA"), names=[("official", "en", "Makara Mountain Hospital")])
    look(other)
    assert LikelyDuplicate.objects.count() == 0


def test_a_pair_that_was_told_apart_does_not_come_back():
    one, other = two()
    look(one, other)
    officer = make.officer("LA")
    merging.tell_apart(LikelyDuplicate.objects.get(), by=officer, reason="Two towns.")
    assert look(one, other) == 0
    pair = LikelyDuplicate.objects.get()
    assert (pair.state, pair.distinction.told_apart_by, pair.distinction.reason) == ("distinct", officer, "Two towns.")


def test_looking_twice_changes_nothing():
    one, other = two()
    look(one, other)
    before = (list(LikelyDuplicate.objects.values()), sorted(Trait.objects.values_list("organisation", "key")))
    events = Event.objects.count()
    look(one, other)
    assert before == (
        list(LikelyDuplicate.objects.values()),
        sorted(Trait.objects.values_list("organisation", "key")),
    )
    assert Event.objects.count() == events


def test_an_entry_that_was_merged_is_looked_at_no_more():
    one, other = two()
    merging.merge(one, other, by=make.officer("LA"), reason="One.")
    assert look(one, other) == 0
    assert Trait.objects.filter(organisation=other).count() == 0


def test_what_very_many_share_makes_nobody_a_candidate(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(duplicates, "MOST_SHARING", 3)
    listed = [make.organisation(name=f"University {letter}", type="university") for letter in "ABCDE"]
    look(*listed)
    found = duplicates.candidates(listed[0], duplicates.profile_of(listed[0]))
    assert found == []


def test_the_number_of_queries_does_not_grow_with_the_directory():
    def queries() -> int:
        organisation = make.organisation(name="Naga River University")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            look(organisation)
        return len(captured)

    make.organisation(name="Naga River Universities")
    look(Organisation.objects.get())
    few = queries()
    for number in range(12):
        look(make.organisation(name=f"Naga River University {number}"))
    assert queries() <= few + 2


def test_the_command_looks_through_everything_or_one_country():
    two()
    list_organisation(by=None, names=[("official", "vi", "Trường Đại học Sông Mây")], home="VN", type="university")
    list_organisation(by=None, names=[("official", "vi", "Truong Dai hoc Song May")], home="VN", type="university")
    told = io.StringIO()
    call_command("find", "duplicates", country="VN", stdout=told)
    assert told.getvalue() == "1 pairs wait for a decision.\n"
    assert LikelyDuplicate.objects.get().reasons == ["same_without_tones"]
    told = io.StringIO()
    call_command("find", "duplicates", stdout=told)
    assert told.getvalue() == "2 pairs wait for a decision.\n"
    with pytest.raises(CommandError, match="--country is one of KH, CN, LA, MM, TH, VN"):
        call_command("find", "duplicates", country="XX")

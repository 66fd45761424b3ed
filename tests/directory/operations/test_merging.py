"""Merging two entries and undoing it: what moves, what comes back, who may, and that no chain can exist."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from corridor.directory.models import (
    FocalPoint,
    Identifier,
    LikelyDuplicate,
    MembershipRequest,
    Merge,
    Organisation,
    OrganisationName,
    UndoneMerge,
)
from corridor.directory.operations import duplicates, merging, references
from corridor.directory.operations.membership import ask_membership
from corridor.directory.operations.organisations import edit_organisation, verify
from corridor.directory.states import DuplicateState, MergeState
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Grant
from corridor.kernel.states import Office, Scope
from corridor.language.models import Passage
from corridor.language.operations.find import find
from corridor.matching.models import Notice
from tests import make, waiting
from tests.directory.twins import naga, nagas_twin
from tests.hashing import HashingEmbedder

pytestmark = pytest.mark.django_db


def names_of(organisation: Organisation) -> list[tuple[str, str, str]]:
    return sorted(OrganisationName.objects.filter(organisation=organisation).values_list("kind", "language", "text"))


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(reason) for reason in refused.value.reasons]


def everything() -> dict[str, object]:
    """All that a merge may touch, to see that nothing happened."""
    return {
        "organisations": list(Organisation.objects.order_by("pk").values()),
        "names": sorted(OrganisationName.objects.values_list("organisation", "kind", "language", "text")),
        "identifiers": sorted(Identifier.objects.values_list("organisation", "scheme", "value")),
        "requests": sorted(MembershipRequest.objects.values_list("pk", "organisation")),
        "notices": sorted(Notice.objects.values_list("pk", "organisation")),
        "grants": sorted(Grant.objects.values_list("pk", "scope_id")),
        "merges": Merge.objects.filter(state=MergeState.IN_FORCE).count(),
    }


@pytest.fixture
def busy() -> tuple[Organisation, Organisation]:
    """Two entries, of which the one that goes has people, notices, a request, a part and the office of focal point."""
    kept, gone = naga(), nagas_twin(website="https://naga.example.org")
    make.manager(gone)
    make.notice(of=gone)
    make.request(make.person("LA"), of=gone)
    make.organisation(name="Naga library", parent=gone)
    FocalPoint.objects.create(home="LA", organisation=gone, starts_on=make.today())
    return kept, gone


def test_all_that_points_to_the_one_that_goes_points_to_the_one_that_stays(busy):
    kept, gone = busy
    officer = make.officer("LA")
    made = merging.merge(kept, gone, by=officer, reason="The same house.")
    assert (gone.merged_into, Organisation.objects.get(pk=gone.pk).stands) == (kept, False)
    assert Notice.objects.get().organisation == kept
    assert MembershipRequest.objects.get().organisation == kept
    assert FocalPoint.objects.get().organisation == kept
    assert Organisation.objects.get(names__text="Naga library").parent == kept
    assert Identifier.objects.get().organisation == kept
    held = Grant.objects.filter(scope=Scope.ORGANISATION).values_list("office", "scope_id")
    assert sorted(held) == [(Office.MEMBER, str(kept.pk)), (Office.ORGANISATION_MANAGER, str(kept.pk))]
    assert {key: len(rows) for key, rows in made.moved.items()} == {
        "directory.focalpoint.organisation": 1,
        "directory.identifier.organisation": 1,
        "directory.membershiprequest.organisation": 1,
        "directory.organisation.parent": 1,
        "kernel.grant.scope_id": 2,
        "matching.notice.organisation": 1,
    }
    event = Event.objects.about(kept).last()
    assert (event.verb, event.by_id, event.facts) == (
        "organisation.merged",
        officer.pk,
        {"gone": str(gone.pk), "moved": 7},
    )


def test_its_names_are_added_without_those_that_the_other_has_already():
    kept, gone = naga(), nagas_twin()
    made = merging.merge(kept, gone, by=make.officer("LA"), reason="The same house.")
    added = [
        ["alias", "en", "University of Naga River"],
        ["translation", "vi", "Đại học Sông Naga"],
        ["acronym", "", "UNR"],
    ]
    assert made.added == added
    assert names_of(kept) == sorted(
        [("official", "lo", "ມະຫາວິທະຍາໄລນາກາ"), ("translation", "en", "Naga River University"), *map(tuple, added)]
    )
    assert len(names_of(gone)) == 4


def test_facts_are_filled_only_where_there_is_none_and_only_those_that_are_ticked():
    kept = naga(place="Pakse")
    gone = nagas_twin(place="Paksé", website="https://naga.example.org", about="It teaches.", about_language="en")
    assert merging.fillable(kept, gone) == ["website", "about"]
    made = merging.merge(kept, gone, by=make.officer("LA"), reason="One.", fill=["website", "place"])
    kept.refresh_from_db()
    assert (kept.place, kept.website, kept.about) == ("Pakse", "https://naga.example.org", "")
    assert made.filled == {"website": "https://naga.example.org"}


def test_undoing_restores_just_what_was_there(busy):
    kept, gone = busy
    officer = make.officer("LA")
    before = everything()
    made = merging.merge(kept, gone, by=officer, reason="The same house.", fill=["website"])
    merging.undo(made, by=officer, reason="It was another house.")
    assert everything() == before
    undone = UndoneMerge.objects.get()
    assert (undone.merge, undone.undone_by, undone.reason, undone.stayed) == (
        made,
        officer,
        "It was another house.",
        {},
    )


def test_what_came_or_changed_since_stays_with_the_one_that_was_kept():
    kept, gone = naga(), nagas_twin(website="https://naga.example.org")
    first = make.notice(of=gone)
    moved_on = make.notice(of=gone)
    officer = make.officer("LA")
    made = merging.merge(kept, gone, by=officer, reason="One.", fill=["website"])
    late = make.notice(of=kept)
    Notice.objects.filter(pk=moved_on.pk).update(organisation=make.organisation("LA"))
    names = [name for name in names_of(kept) if name[2] != "UNR"]
    edit_organisation(kept, by=officer, names=names, website="https://new.example.org")
    assert references.still_there(made.moved, kept)["matching.notice.organisation"] == 1
    assert references.came_since(made.moved, kept, made.created_at)["matching.notice.organisation"] == 1
    undone = merging.undo(made, by=officer, reason="Two.")
    owners = dict(Notice.objects.values_list("pk", "organisation"))
    assert (owners[first.pk], owners[late.pk]) == (gone.pk, kept.pk)
    assert owners[moved_on.pk] not in (gone.pk, kept.pk)
    kept.refresh_from_db()
    assert kept.website == "https://new.example.org"
    assert names_of(kept) == [("official", "lo", "ມະຫາວິທະຍາໄລນາກາ"), ("translation", "en", "Naga River University")]
    assert undone.stayed == {"matching.notice.organisation": 1, "names": 1, "facts": 1}


def test_a_row_of_which_the_other_has_its_like_stays_and_is_told():
    kept, gone = naga(), nagas_twin()
    person = make.manager(kept)
    Grant.objects.create(
        user=person, office=Office.ORGANISATION_MANAGER, scope=Scope.ORGANISATION, scope_id=str(gone.pk), home="LA"
    )
    other = make.member(gone)
    made = merging.merge(kept, gone, by=make.officer("LA"), reason="One.")
    assert (made.stayed, len(made.moved[references.GRANTS])) == ({references.GRANTS: 1}, 1)
    assert Grant.objects.get(user=other).scope_id == str(kept.pk)


def test_the_verification_of_the_one_that_stays_counts():
    kept, gone = naga(), nagas_twin()
    officer = make.officer("LA")
    verify(gone, by=officer, reason="Seen.")
    made = merging.merge(kept, gone, by=officer, reason="One.")
    assert Organisation.objects.get(pk=kept.pk).is_verified is False
    merging.undo(made, by=officer, reason="Two.")
    assert Organisation.objects.get(pk=gone.pk).is_verified is True


def test_search_finds_the_kept_one_by_the_names_of_both_and_moved_notices_are_indexed_anew(model: HashingEmbedder):
    kept, gone = naga(), nagas_twin()
    notice = make.published(of=gone)
    waiting.do_all()
    officer = make.officer("LA")
    made = merging.merge(kept, gone, by=officer, reason="One.")
    assert waiting.waiting("matching.index_notice") == [{"notice": str(notice.pk)}]
    waiting.do_all()
    assert [hit.record_id for hit in find("UNR", by=None, kinds=["organisation"]).hits if hit.terms] == [kept.pk]
    assert Passage.objects.filter(record_id=gone.pk).count() == 0
    assert set(Passage.objects.filter(record_id=notice.pk).values_list("owner", flat=True)) == {str(kept.pk)}
    merging.undo(made, by=officer, reason="Two.")
    waiting.do_all()
    assert [hit.record_id for hit in find("UNR", by=None, kinds=["organisation"]).hits if hit.terms] == [gone.pk]
    assert set(Passage.objects.filter(record_id=notice.pk).values_list("owner", flat=True)) == {str(gone.pk)}


@pytest.mark.parametrize(
    "who", ["officer of another country", "manager", "member", "operator", "head of another country"]
)
def test_others_merge_nothing_tell_nothing_apart_and_undo_nothing(who):
    kept, gone = naga(), nagas_twin()
    pair = merging.name_pair(kept, gone, by=make.officer("LA"))
    done = merging.merge(make.organisation("LA"), make.organisation("LA"), by=make.officer("LA"), reason="One.")
    other = {
        "officer of another country": lambda: make.officer("TH"),
        "head of another country": lambda: make.head("VN"),
        "manager": lambda: make.manager(kept),
        "member": lambda: make.member(kept),
        "operator": make.operator,
    }[who]()
    before, events = everything(), Event.objects.count()
    for act in (
        lambda: merging.merge(kept, gone, by=other, reason="Me."),
        lambda: merging.tell_apart(pair, by=other, reason="Me."),
        lambda: merging.undo(done, by=other, reason="Me."),
        lambda: merging.name_pair(kept, gone, by=other),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert reasons(refused) == [
            "Only the focal point of their country can decide whether entries are one organisation."
        ]
    assert (everything(), Event.objects.count()) == (before, events)
    pair.refresh_from_db()
    assert pair.state == DuplicateState.OPEN


def test_entries_of_two_countries_are_not_merged():
    lao, khmer = naga(), make.organisation("KH", name="Naga River University")
    before = everything()
    with pytest.raises(Refused) as refused:
        merging.merge(lao, khmer, by=make.officer("LA"), reason="One.")
    assert reasons(refused) == ["These organisations are in two countries. Only entries of one country can be merged."]
    with pytest.raises(Refused):
        merging.name_pair(lao, khmer, by=make.officer("LA"))
    assert {**everything(), "grants": before["grants"]} == before
    assert LikelyDuplicate.objects.count() == 0


def test_an_entry_is_not_merged_into_itself():
    one = naga()
    with pytest.raises(Refused) as refused:
        merging.merge(one, Organisation.objects.get(pk=one.pk), by=make.officer("LA"), reason="One.")
    assert reasons(refused) == ["An entry cannot be merged into itself."]
    assert (Merge.objects.count(), Organisation.objects.standing().count()) == (0, 1)


def test_there_are_no_chains():
    first, second, third = (make.organisation(name=f"Naga {letter}") for letter in "ABC")
    officer = make.officer("LA")
    merging.merge(second, first, by=officer, reason="One.")
    for kept, gone, why in (
        (
            third,
            second,
            "Other entries were merged into the one that should go. Keep that one, or undo those merges first.",
        ),
        (first, third, "One of these entries was merged into another one in the meantime."),
        (third, first, "One of these entries was merged into another one in the meantime."),
    ):
        with pytest.raises(Refused) as refused:
            merging.merge(kept, gone, by=officer, reason="One.")
        assert reasons(refused) == [why]
    merging.merge(second, third, by=officer, reason="One.")
    assert Organisation.objects.standing().get() == second


def test_the_database_holds_no_chain_and_no_ring_whatever_the_code_does():
    first, second, third = (make.organisation(name=f"Naga {letter}") for letter in "ABC")
    Organisation.objects.filter(pk=first.pk).update(merged_into=second)
    for gone, kept in ((second, third), (second, first), (third, first), (third, third)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert list(Organisation.objects.filter(stands=False)) == [first]
    person = make.person("LA")
    facts = {"home": "LA", "merged_by": person, "reason": "x"}
    for pair in ({"kept": second, "gone": second}, {"kept": second, "gone": first, "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Merge.objects.create(**facts | pair)
    Merge.objects.create(kept=second, gone=first, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.create(kept=third, gone=first, **facts)


def test_a_pair_is_kept_once_in_one_order():
    one, other = sorted((naga(), nagas_twin()), key=lambda organisation: organisation.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        LikelyDuplicate.objects.create(first=other, second=one, home="LA", score=0.6)
    LikelyDuplicate.objects.create(first=one, second=other, home="LA", score=0.6)
    with pytest.raises(IntegrityError), transaction.atomic():
        LikelyDuplicate.objects.create(first=one, second=other, home="LA", score=0.6)


def test_a_part_is_not_merged_with_its_whole_at_any_depth():
    whole = naga()
    part = make.organisation(name="Naga faculty", parent=whole)
    deep = make.organisation(name="Naga department", parent=part)
    for kept, gone in ((whole, deep), (deep, whole)):
        with pytest.raises(Refused) as refused:
            merging.merge(kept, gone, by=make.officer("LA"), reason="One.")
        assert reasons(refused) == ["One of them is listed as a part of the other. If that is wrong, mend it first."]
    assert Organisation.objects.standing().count() == 3


def test_merges_into_one_entry_are_undone_from_the_last_and_each_once():
    first, second, kept = (make.organisation(name=f"Naga {letter}") for letter in "ABC")
    officer = make.officer("LA")
    one = merging.merge(kept, first, by=officer, reason="One.")
    two = merging.merge(kept, second, by=officer, reason="One.")
    with pytest.raises(Refused) as refused:
        merging.undo(one, by=officer, reason="Two.")
    assert reasons(refused) == ["Another entry was merged into the same one later. Undo that merge first."]
    assert Organisation.objects.standing().count() == 1
    merging.undo(two, by=officer, reason="Two.")
    merging.undo(one, by=officer, reason="Two.")
    with pytest.raises(Refused) as refused:
        merging.undo(one, by=officer, reason="Again.")
    assert reasons(refused) == ["This merge was undone already."]
    assert (Organisation.objects.standing().count(), UndoneMerge.objects.count()) == (3, 2)


def test_the_pair_follows_what_is_decided():
    kept, gone = naga(), nagas_twin()
    third = make.organisation(name="Naga River Universities")
    duplicates.look_for(*(str(one.pk) for one in (kept, gone, third)))
    officer = make.officer("LA")
    made = merging.merge(kept, gone, by=officer, reason="One.")
    pair = LikelyDuplicate.objects.between(kept, gone).get()
    assert (pair.state, made.duplicate) == (DuplicateState.MERGED, pair)
    assert LikelyDuplicate.objects.between(gone, third).count() == 0
    merging.undo(made, by=officer, reason="Two.")
    pair.refresh_from_db()
    assert pair.state == DuplicateState.OPEN
    merging.tell_apart(pair, by=officer, reason="Two towns.")
    with pytest.raises(Refused) as refused:
        merging.tell_apart(pair, by=officer, reason="Again.")
    assert reasons(refused) == ["This pair was decided on in the meantime."]
    assert merging.name_pair(kept, gone, by=officer).state == DuplicateState.OPEN


def test_whoever_asks_to_belong_to_a_merged_entry_is_told():
    kept, gone = naga(), nagas_twin()
    merging.merge(kept, gone, by=make.officer("LA"), reason="One.")
    person = make.person("LA")
    gone.refresh_from_db()
    with pytest.raises(Refused) as refused:
        ask_membership(person, home="LA", statement="Me.", organisation=gone, by=person)
    assert reasons(refused) == ["This entry was merged into another one. Choose the one that was kept."]
    assert MembershipRequest.objects.count() == 0


def test_what_was_entered_at_the_very_moment_follows_and_can_still_be_undone():
    kept, gone = naga(), nagas_twin()
    officer = make.officer("LA")
    made = merging.merge(kept, gone, by=officer, reason="One.")
    late = make.organisation(name="Naga library", parent=gone)
    assert (merging.settle(made), merging.settle(made)) == (1, 0)
    late.refresh_from_db()
    assert late.parent == kept
    merging.undo(made, by=officer, reason="Two.")
    late.refresh_from_db()
    assert (late.parent, merging.settle(made)) == (gone, 0)

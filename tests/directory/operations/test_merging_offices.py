"""What must not come back after a merge: offices that ended, voices of an entry that is gone, readers nobody chose."""

from __future__ import annotations

import pytest

from corridor.directory.models import FieldConsent, Merge, Organisation, Profile
from corridor.directory.operations import merging
from corridor.kernel.models import Event, Grant, User
from corridor.kernel.operations import end_grant, grant
from corridor.kernel.states import Capability, Office, Scope
from tests import make

pytestmark = pytest.mark.django_db
Twins = tuple[Organisation, Organisation, User]


@pytest.fixture
def twins() -> Twins:
    """Two entries of one works, and somebody who looks after both."""
    kept, gone = (make.organisation("LA", name=name, is_verified=True) for name in ("Naga works", "Works of the Naga"))
    person = make.manager(kept)
    over = (Scope.ORGANISATION, gone.pk)
    grant(person, Office.ORGANISATION_MANAGER, over=over, home="LA", by=None, reason="set-up")
    return kept, gone, person


def manages(person: User, organisation: Organisation) -> bool:
    """Whether the person looks after an entry now."""
    return User.objects.get(pk=person.pk).audience.can(Capability.MANAGE_ORGANISATION, organisation=organisation.pk)


def merged(twins: Twins) -> Merge:
    """The two as one."""
    kept, gone, _person = twins
    return merging.merge(kept, gone, by=make.officer("LA"), reason="One works.")


def test_nobody_speaks_for_the_entry_that_is_gone(twins: Twins) -> None:
    kept, gone, person = twins
    merged(twins)
    assert (manages(person, kept), manages(person, gone)) == (True, False)
    ended = Grant.objects.get(scope_id=str(gone.pk))
    assert (ended.ends_on, Event.objects.about(ended).last().verb) == (make.today(), "grant.ended")


def test_an_office_that_was_ended_after_a_merge_does_not_come_back(twins: Twins) -> None:
    kept, _gone, person = twins
    made = merged(twins)
    end_grant(Grant.objects.get(user=person, scope_id=str(kept.pk)), by=make.officer("LA"))
    assert merging.settle(made) == 0
    assert not manages(person, kept)


def test_undoing_gives_the_office_back_to_those_who_still_hold_the_other(twins: Twins) -> None:
    kept, gone, person = twins
    merging.undo(merged(twins), by=make.officer("LA"), reason="Two works.")
    assert (manages(person, kept), manages(person, gone)) == (True, True)


def test_undoing_gives_no_office_back_that_was_ended_meanwhile(twins: Twins) -> None:
    kept, gone, person = twins
    made = merged(twins)
    end_grant(Grant.objects.get(user=person, scope_id=str(kept.pk)), by=make.officer("LA"))
    merging.undo(made, by=make.officer("LA"), reason="Two works.")
    assert (manages(person, kept), manages(person, gone)) == (False, False)


def test_what_colleagues_alone_could_read_is_not_read_by_the_other_entrys_people(twins: Twins) -> None:
    kept, gone, _person = twins
    colleague, expert = make.member(kept), make.member(gone)
    profile = make.profile(expert, affiliation=gone, shown={"headline": "team", "name": "public"})
    merged(twins)
    profile.refresh_from_db()
    assert profile.affiliation == kept
    assert list(FieldConsent.objects.filter(profile=profile).values_list("field", "visibility")) == [("name", "public")]
    assert profile.withdrawals.get().field == "headline"
    seen = Profile.objects.visible_to(User.objects.get(pk=colleague.pk)).showing("headline", to=colleague)
    assert list(seen) == []

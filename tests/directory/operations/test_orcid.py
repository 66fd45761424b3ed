"""A confirmed ORCID iD: whose it can be, what ends it, and where it stands."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from corridor.directory.logic.orcid import NotAnOrcid
from corridor.directory.models import Profile
from corridor.directory.operations.orcid import confirm_orcid
from corridor.directory.operations.people import describe_oneself
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, User
from corridor.kernel.operations.people import about
from corridor.language.models import Passage
from tests import make, waiting

pytestmark = pytest.mark.usefixtures("model")
ID, OTHER = "0000-0002-1825-0097", "0000-0001-5109-3700"


def kept() -> tuple[object, ...]:
    """Everything that a refused deed must leave alone."""
    return str(sorted(Profile.objects.values_list(), key=str)), Event.objects.count(), waiting.waiting()


@pytest.mark.django_db
@pytest.mark.parametrize("orcid", ["", "0000-0002-1825-0098", "noy@mail.example"])
def test_what_cannot_be_an_id_is_not_written(orcid: str):
    profile = make.profile(orcid=OTHER)
    before = kept()
    with pytest.raises(NotAnOrcid):
        confirm_orcid(profile, by=profile.user, orcid=orcid)
    assert kept() == before


@pytest.mark.django_db
def test_nobody_confirms_for_another():
    profile = make.profile()
    others = make.officer("LA"), make.head("LA"), make.operator(), make.member()
    before = kept()
    for other in others:
        with pytest.raises(Refused, match="Only the person themselves can change this"):
            confirm_orcid(profile, by=other, orcid=ID)
    assert kept() == before


@pytest.mark.django_db
def test_nobody_says_of_themselves_that_it_is_confirmed():
    profile = make.profile(orcid=ID)
    before = kept()
    with pytest.raises(TypeError):
        describe_oneself(profile.user, by=profile.user, orcid_confirmed_at=timezone.now())
    assert kept() == before


@pytest.mark.django_db
def test_the_archive_says_it_and_events_do_not_name_the_id():
    profile = make.profile()
    confirm_orcid(profile, by=profile.user, orcid=f"https://orcid.org/{ID}")
    [kept_of_it] = about(profile.user)["directory.Profile.user"]
    assert (kept_of_it["orcid"], kept_of_it["orcid_confirmed_at"]) == (ID, profile.orcid_confirmed_at)
    last = Event.objects.about(profile).filter(verb__in=("orcid.confirmed", "profile.described")).order_by("at", "id")
    assert [(event.verb, event.facts) for event in last][-2:] == [
        ("profile.described", {"fields": ["orcid"]}),
        ("orcid.confirmed", {}),
    ]


@pytest.mark.django_db
def test_search_says_nothing_of_it_but_follows_another_id():
    profile = make.profile(orcid=ID, shown={"name": "public", "orcid": "public"})
    waiting.do_all()
    rows = list(Passage.objects.filter(record_id=profile.pk).order_by("pk").values())
    confirm_orcid(profile, by=profile.user, orcid=ID)
    waiting.do_all()
    assert list(Passage.objects.filter(record_id=profile.pk).order_by("pk").values()) == rows
    confirm_orcid(profile, by=profile.user, orcid=OTHER)
    assert not Passage.objects.filter(record_id=profile.pk).exists()
    waiting.do_all()
    assert Passage.objects.filter(record_id=profile.pk).count() == len(rows)


@pytest.mark.django_db
def test_the_database_keeps_one_profile_for_a_confirmed_id_and_none_for_no_id():
    first, second = make.profile(), make.profile(orcid=ID)
    confirm_orcid(first, by=first.user, orcid=ID)
    for wrong in ({"orcid_confirmed_at": timezone.now()}, {"orcid": "", "orcid_confirmed_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Profile.objects.filter(pk=second.pk).update(**wrong)


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_confirm_the_same_id_at_the_same_moment_one_has_it():
    profiles = make.profile(), make.profile()
    together, said = threading.Barrier(2), []

    def confirm(profile: Profile) -> None:
        mine, person = Profile.objects.get(pk=profile.pk), User.objects.get(pk=profile.user_id)
        together.wait(20)
        try:
            confirm_orcid(mine, by=person, orcid=ID)
            said.append("confirmed")
        except Refused as refusal:
            said.extend(str(reason) for reason in refusal.reasons)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(profile,)) for profile in profiles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["This ORCID iD is confirmed on the profile of another account.", "confirmed"]
    assert sorted(Profile.objects.values_list("orcid", flat=True)) == ["", ID]

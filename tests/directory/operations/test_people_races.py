"""A withdrawal wins, whatever job has read the person before and writes afterwards."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from corridor.directory.models import FieldConsent, Profile
from corridor.directory.operations import people, people_index
from corridor.directory.states import CONSENT_VERSION as WORDS
from corridor.kernel.models import User
from corridor.language.models import Passage
from tests import make
from tests.hashing import HashingEmbedder

pytestmark = pytest.mark.usefixtures("committed_db")
SHOWN = {"name": "public", "expertise": "public"}


def kept() -> list[tuple[str, str]]:
    """What the index says of people."""
    return list(Passage.objects.filter(kind="person").order_by("pk").values_list("visibility", "text"))


def beside(deed: Callable[[], object]) -> threading.Thread:
    """A deed on a connection of its own, begun."""

    def run() -> None:
        try:
            deed()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def withdraw_everything(profile: Profile) -> None:
    """As the person does it, who was read anew by the request."""
    mine = Profile.objects.get(pk=profile.pk)
    people.withdraw_everything(mine, by=User.objects.get(pk=mine.user_id))


def test_what_is_withdrawn_while_the_model_reads_does_not_come_back(model: HashingEmbedder, monkeypatch):
    profile = make.profile(shown=SHOWN)
    reads, goes_on, read = threading.Event(), threading.Event(), model.embed

    def slow(texts, kind):
        reads.set()
        assert goes_on.wait(20)
        return read(texts, kind)

    monkeypatch.setattr(model, "embed", slow)
    job = beside(lambda: people_index.follow(str(profile.pk)))
    assert reads.wait(20)
    assert len(kept()) == 1  # its words are found already
    withdraw_everything(profile)
    assert kept() == []
    goes_on.set()
    job.join(20)
    assert (job.is_alive(), kept()) == (False, [])


def test_a_job_that_has_read_and_not_yet_written_makes_the_withdrawal_wait_and_then_loses(model: HashingEmbedder):
    profile = make.profile(shown=SHOWN)
    has_read, goes_on = threading.Event(), threading.Event()

    def job() -> None:
        with transaction.atomic():
            people_index.write(str(profile.pk))  # holds the profile until it is committed
            has_read.set()
            assert goes_on.wait(20)

    writing = beside(job)
    assert has_read.wait(20)
    withdrawing = beside(lambda: withdraw_everything(profile))
    withdrawing.join(1)
    assert (withdrawing.is_alive(), FieldConsent.objects.count()) == (True, 2)
    goes_on.set()
    for thread in (writing, withdrawing):
        thread.join(20)
        assert not thread.is_alive()
    assert (kept(), FieldConsent.objects.count()) == ([], 0)


def test_a_job_that_comes_while_a_withdrawal_is_under_way_waits_and_sees_it(model: HashingEmbedder):
    profile = make.profile(shown=SHOWN)
    people_index.follow(str(profile.pk))
    with transaction.atomic():
        withdraw_everything(profile)
        job = beside(lambda: people_index.follow(str(profile.pk)))
        job.join(1)
        assert job.is_alive()
    job.join(20)
    assert (job.is_alive(), kept()) == (False, [])


def test_one_field_that_is_withdrawn_meanwhile_does_not_come_back_and_the_others_stay(model, monkeypatch):
    profile = make.profile(shown=SHOWN)
    read, done = model.embed, []

    def withdrawn_meanwhile(texts, kind):
        if not done:
            done.append(True)
            thread = beside(
                lambda: people.withdraw(Profile.objects.get(pk=profile.pk), by=profile.user, field="expertise")
            )
            thread.join(20)
            assert not thread.is_alive()
            follow_up = beside(
                lambda: people_index.follow(str(profile.pk))
            )  # the job of the withdrawal, by another worker
            follow_up.join(20)
        return read(texts, kind)

    monkeypatch.setattr(model, "embed", withdrawn_meanwhile)
    people_index.follow(str(profile.pk))
    assert kept() == [("public", profile.name)]


def test_a_reindex_of_everything_brings_nobody_back_who_withdrew_while_it_ran(model: HashingEmbedder):
    profile, other = make.profile(shown=SHOWN), make.profile(shown=SHOWN)
    found = people_index.findable()  # as the command lists them at its beginning
    withdraw_everything(profile)
    for person in found:
        people_index.write(person)
    assert set(Passage.objects.filter(kind="person").values_list("record_id", flat=True)) == {other.pk}


def test_two_descriptions_at_once_make_one_profile(model: HashingEmbedder):
    person = make.member()
    ready = threading.Barrier(2)

    def describe(name: str) -> None:
        ready.wait(20)
        mine = User.objects.get(pk=person.pk)
        people.describe_oneself(mine, by=mine, name=name)

    threads = [beside(lambda name=name: describe(name)) for name in ("One", "Two")]
    for thread in threads:
        thread.join(20)
    assert Profile.objects.filter(user=person).count() == 1


def test_a_consent_and_a_withdrawal_at_once_end_as_one_of_them_and_the_index_agrees(model: HashingEmbedder):
    profile = make.profile(shown={"name": "public"})
    ready = threading.Barrier(2)

    def give() -> None:
        ready.wait(20)
        mine = Profile.objects.get(pk=profile.pk)
        people.consent(mine, by=profile.user, field="expertise", visibility="public", words=WORDS)
        people_index.follow(str(profile.pk))

    def take_back() -> None:
        ready.wait(20)
        withdraw_everything(profile)
        people_index.follow(str(profile.pk))

    for thread in [beside(give), beside(take_back)]:
        thread.join(20)
    fields = set(FieldConsent.objects.values_list("field", flat=True))
    assert fields in (set(), {"expertise"})
    assert len(kept()) == len(fields)


def test_sweeping_takes_out_closed_accounts_and_nobody_else(model: HashingEmbedder):
    stays, goes = make.profile(shown=SHOWN), make.profile(shown=SHOWN)
    for profile in (stays, goes):
        people_index.follow(str(profile.pk))
    User.objects.filter(pk=goes.user_id).update(is_active=False)
    assert people_index.sweep() == 1
    assert set(Passage.objects.filter(kind="person").values_list("record_id", flat=True)) == {stays.pk}
    assert (people_index.findable(only_missing=True), people_index.sweep()) == ([], 0)

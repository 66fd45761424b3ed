"""Workers that die between writing a digest, posting it and noting that it was posted: nothing comes twice."""

import signal
import threading

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from corridor.directory.operations import facility_index
from corridor.kernel.models import Letter, User
from corridor.matching.models import Digest, Finding, SavedSearch
from tests import make
from tests.matching.alerts import server

pytestmark = pytest.mark.usefixtures("committed_db")

WRITE_AND_DIE = """
import os, signal
from corridor.matching.operations import digests
digests.write_due()
os.kill(os.getpid(), signal.SIGKILL)
"""
DIE_WHILE_WRITING = """
import os, signal
from corridor.kernel import operations
from corridor.matching.operations import digests
digests.write_letters = lambda letters: os.kill(os.getpid(), signal.SIGKILL)
digests.write_due()
"""
POST = """
from corridor.kernel.models import Letter
from corridor.kernel.operations import post_letter
for letter in Letter.objects.filter(template="digest"):
    post_letter(str(letter.pk))
"""


@pytest.fixture
def due(monkeypatch) -> User:
    """Somebody with a search by filters for which a facility was found yesterday."""
    user, place = make.member(), make.facility()
    search = SavedSearch.objects.create(user=user, key="x", rhythm="daily", facets={"kinds": ["facility"]})

    facility_index.follow(str(place.pk))
    found = Finding.objects.create(search=search, kind="facility", record_id=place.pk, score=0)
    Finding.objects.filter(pk=found.pk).update(found_at="2026-01-01T00:00Z")
    Letter.objects.all().delete()
    return user


def test_a_worker_killed_between_writing_and_posting_leaves_one_letter_that_the_next_one_posts_once(
    machine, due, settings, monkeypatch, soon
):
    with server(settings) as mail:
        monkeypatch.setenv("CORRIDOR_EMAIL_URL", f"smtp://127.0.0.1:{settings.EMAIL_PORT}")
        assert machine.do(WRITE_AND_DIE).wait(60) == -signal.SIGKILL
        assert (Letter.objects.count(), len(mail.received)) == (1, 0)
        machine.run("work")
        soon(lambda: Letter.objects.filter(posted_at__isnull=False).count() == 1)
        assert machine.do(POST).wait(60) == 0
    assert [letter["To"] for letter in mail.received] == [due.email]
    assert Digest.objects.count() == 1


def test_a_worker_killed_while_writing_leaves_nothing_and_the_digest_is_written_later(machine, due):
    assert machine.do(DIE_WHILE_WRITING).wait(60) == -signal.SIGKILL
    assert (Digest.objects.count(), Finding.objects.filter(digest=None).count()) == (0, 1)
    assert ProcrastinateJob.objects.filter(task_name="kernel.post_letter").count() == 0


def test_a_worker_killed_while_the_mail_server_has_the_letter_in_hand_does_not_send_it_twice(
    machine, due, settings, monkeypatch, soon
):
    machine.do(WRITE_AND_DIE).wait(60)
    got, may_go_on = threading.Event(), threading.Event()
    with server(settings) as mail:
        monkeypatch.setenv("CORRIDOR_EMAIL_URL", f"smtp://127.0.0.1:{settings.EMAIL_PORT}")
        mail.on_data = lambda: (got.set(), may_go_on.wait(20))
        worker = machine.do(POST)
        assert got.wait(40)
        worker.kill()
        worker.wait(20)
        may_go_on.set()
        soon(lambda: len(mail.received) == 1)
        mail.on_data = lambda: None
        assert machine.do(POST).wait(60) == 0
    assert len(mail.received) == 1
    assert Letter.objects.get().posted_at is None, "nobody can say whether it arrived, so nobody says so"

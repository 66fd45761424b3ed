"""Everything about a person, and what is left of them when they leave."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from corridor.directory.models import Correction, MembershipRequest
from corridor.directory.operations import corrections
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Grant, Letter, User
from corridor.kernel.operations import people, write_letter
from corridor.matching.models import Notice, Watch
from corridor.matching.operations import notices
from corridor.matching.operations.attachments import attach
from tests import make

pytestmark = pytest.mark.django_db


def archive_of(user: User) -> tuple[dict[str, Any], zipfile.ZipFile]:
    """What the archive of a person holds."""
    file = io.BytesIO()
    people.write_archive(user, file, by=user)
    found = zipfile.ZipFile(file)
    return json.loads(found.read("about-me.json")), found


def busy_person(settings: Settings, tmp_path: Any) -> User:
    """Somebody who did a little of everything."""
    settings.MEDIA_ROOT = tmp_path
    own = make.organisation(is_verified=True)
    user = make.member(own, name="Kham Invented", email="kham@mail.example")
    notices.watch(make.published(user, of=own), by=user)
    notices.draft(
        by=user, kind="need", organisation=None, home="LA", title="A private thought", text="x", language="en"
    )
    attach(make.notice(user, of=own), by=user, upload=SimpleUploadedFile("plan.txt", b"a plan"))
    make.request(user, of=make.organisation())
    write_letter(user, "notice_published", key="x", notice="1")
    corrections.suggest_correction(own, by=user, aspect="name", text="It is written otherwise.")
    return user


def test_an_archive_holds_what_one_wrote_and_the_files_one_attached(settings: Settings, tmp_path: Any) -> None:
    user = busy_person(settings, tmp_path)
    stranger = make.published(title="Somebody else's need")
    said, archive = archive_of(user)
    assert said["me"][0]["email"] == "kham@mail.example"
    assert {row["title"] for row in said["matching.Wording.notice__author"]} == {make.TITLE, "A private thought"}
    assert str(stranger.pk) not in json.dumps(said["matching.Notice.author"])
    assert [archive.read(name) for name in archive.namelist() if name.startswith("files/")] == [b"a plan"]
    assert "user.archived" not in {row["verb"] for row in said["events"]}
    assert "notice.published" not in {row["verb"] for row in said["events"]}, "that was the publisher's deed"
    assert Event.objects.filter(verb="user.archived", by_id=user.pk).count() == 1


def test_an_archive_holds_no_secret(settings: Settings, tmp_path: Any) -> None:
    user = make.second_factor(busy_person(settings, tmp_path))
    said, _ = archive_of(user)
    assert said["mfa.Authenticator.user"][0].keys() == {"type", "created_at", "last_used_at"}
    assert user.password not in json.dumps(said)


def test_a_file_that_is_gone_is_named_and_the_rest_is_there(settings: Settings, tmp_path: Any) -> None:
    user = busy_person(settings, tmp_path)
    for file in tmp_path.rglob("*.txt"):
        file.unlink()
    said, _ = archive_of(user)
    assert len(said["files_that_could_not_be_read"]) == 1


def test_nobody_gets_the_archive_of_somebody_else() -> None:
    user, other = make.person(), make.head()
    file = io.BytesIO()
    with pytest.raises(Refused):
        people.write_archive(user, file, by=other)
    assert (file.getvalue(), Event.objects.filter(verb="user.archived").exists()) == (b"", False)


def test_who_leaves_is_gone_and_what_was_done_stays(settings: Settings, tmp_path: Any) -> None:
    user = busy_person(settings, tmp_path)
    before = set(Event.objects.values_list("pk", flat=True))
    published = Notice.objects.get(author=user, state="published")
    people.remove(user, by=user)
    user.refresh_from_db()
    assert (user.name, user.home, user.is_active, user.has_usable_password()) == ("", "", False, False)
    assert "kham" not in f"{user.email} {user}".lower()
    assert not Grant.objects.current().filter(user=user).exists()
    assert set(Grant.objects.filter(user=user).values_list("reason", flat=True)) == {""}
    for model in (MembershipRequest, Letter, Watch):
        assert not model.objects.filter(user=user).exists()
    assert not Correction.objects.filter(said_by=user).exists()
    published.refresh_from_db()
    assert (published.state, published.author) == ("published", user)
    assert not Notice.objects.filter(wordings__title="A private thought").exists()
    assert before < set(Event.objects.values_list("pk", flat=True))


def test_whoever_takes_part_can_leave(settings: Settings, tmp_path: Any) -> None:
    head = make.head(name="Head Invented")
    make.published(publisher=head)
    people.remove(head, by=head)
    head.refresh_from_db()
    assert (head.name, head.audience.offices_of, head.authenticator_set.count()) == ("", (), 0)
    assert Event.objects.filter(verb="grant.ended", by_id=head.pk).count() == 1


@pytest.mark.parametrize("other", [make.head, make.operator])
def test_nobody_removes_somebody_else(other: Any) -> None:
    user = make.person(name="Kham")
    with pytest.raises(Refused):
        people.remove(user, by=other())
    user.refresh_from_db()
    assert (user.name, user.is_active) == ("Kham", True)


def test_the_sample_is_not_removed() -> None:
    user = make.person(name="Kham")
    User.objects.filter(pk=user.pk).update(is_sample=True)
    with pytest.raises(Refused):
        people.remove(user, by=user)
    assert User.objects.get(pk=user.pk).name == "Kham"


def test_a_removed_address_is_free_again() -> None:
    user = make.person(email="kham@mail.example")
    people.remove(user, by=user)
    assert make.person(email="kham@mail.example").pk != user.pk

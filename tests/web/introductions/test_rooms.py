"""Pages of rooms: talking, files, dates, colleagues, outcomes, and a stranger who guesses the address."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from corridor.kernel.models import User
from corridor.language.operations.translations import add_translation
from corridor.language.states import Origin
from corridor.matching.models import Message, Outcome, ProposedDate, Room, RoomFile
from corridor.matching.operations import outcomes, rooms
from tests import make
from tests.matching.pictures import with_position

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
Met = tuple[Room, User, User]


@pytest.fixture
def met() -> Met:
    """A room of a Burmese cooperative and a Chinese university."""
    asker, asked = make.organisation("MM", name="Teak"), make.organisation("CN", name="Plum", type="university")
    one, other = make.member(asker, name="Hla Myint"), make.member(asked, name="Li Mei")
    return make.room(asker, asked, by=one, answerer=other), one, other


def at(room: Room, name: str = "room") -> str:
    """An address of a room."""
    return reverse(name, args=[room.pk])


def test_both_sides_see_names_and_addresses_and_what_is_said(as_: As, met: Met) -> None:
    room, one, other = met
    answer = as_(one).post(at(room, "room-messages"), {"text": "<b>မင်္ဂလာပါ</b>", "language": "my"})
    assert answer["Location"] == at(room)
    shown = as_(other).get(at(room)).content.decode()
    assert [word in shown for word in ("Hla Myint", one.email, "Teak", "&lt;b&gt;", 'lang="my"')] == [True] * 5


def test_a_message_is_shown_with_its_stored_translation_and_none_is_asked_for(as_: As, met: Met) -> None:
    room, one, other = met
    message = rooms.write_message(room, by=one, text="မင်္ဂလာပါ", language="my")
    add_translation(message, by=None, version=1, language="zh-hans", origin=Origin.MACHINE, texts={"text": "您好"})
    shown = as_(other, "zh-hans").get(at(room)).content.decode()
    assert ("您好" in shown, "မင်္ဂလာပါ" in shown) == (True, True)
    assert "您好" not in as_(one).get(at(room)).content.decode()


def test_a_stranger_who_guesses_finds_nothing_and_changes_nothing(as_: As, met: Met) -> None:
    room, one, _other = met
    date = rooms.propose_date(room, by=one, starts_at=future(), minutes=30)
    laid = rooms.lay_file(room, by=one, upload=SimpleUploadedFile("a.txt", b"secret"))
    party = room.introduction.asker
    strangers = [make.member(party), make.manager(party), make.officer("MM"), make.officer("CN"), make.operator()]
    deeds = ("room-messages", "room-files", "room-dates", "room-seats", "room-leaving", "room-outcome")
    for stranger in [*strangers, make.person()]:
        browser = as_(stranger)
        reads = [browser.get(url).status_code for url in (at(room), reverse("room-file", args=[laid.pk]))]
        reads += [browser.get(reverse("date-invitation", args=[date.pk])).status_code]
        acts = [browser.post(at(room, deed), {"text": "x", "kind": "talking"}).status_code for deed in deeds]
        acts += [browser.post(reverse("date-agreement", args=[date.pk])).status_code]
        assert (reads, acts) == ([404] * 3, [404] * 7)
    assert as_().get(at(room)).status_code == 302
    assert (Message.objects.count(), Outcome.objects.count(), date_is_agreed(date)) == (0, 0, False)


def future(days: int = 5) -> datetime.datetime:
    """A moment to come, on the hour."""
    now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
    return now.replace(minute=0, second=0, microsecond=0)


def date_is_agreed(date: ProposedDate) -> bool:
    """Whether it was agreed by now."""
    return ProposedDate.objects.get(pk=date.pk).is_agreed


def test_a_date_is_shown_in_both_zones_and_goes_into_a_calendar(as_: As, met: Met) -> None:
    room, one, other = met
    day = future().date()
    said = {"day": str(day), "time": "09:30", "home": "MM", "minutes": "45", "link": "https://video.example.org/r"}
    as_(one).post(at(room, "room-dates"), said)
    date = ProposedDate.objects.get()
    assert date.starts_at == datetime.datetime.combine(day, datetime.time(3), tzinfo=datetime.UTC)
    shown = as_(other).get(at(room)).content.decode()
    assert [word in shown for word in ("09:30", "UTC+06:30", "11:00", "UTC+08:00")] == [True] * 4
    as_(other).post(reverse("date-agreement", args=[date.pk]))
    answer = as_(one).get(reverse("date-invitation", args=[date.pk]))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (event["dtstart"].dt, str(event["status"]), str(event["url"])) == (date.starts_at, "CONFIRMED", date.link)
    assert "@example.org" not in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"day": "2020-01-01"}, "day"),
        ({"time": "25:00"}, "time"),
        ({"home": "TH"}, "home"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"minutes": "7"}, "minutes"),
    ],
)
def test_a_wrong_date_is_told_at_its_field(as_: As, met: Met, said: dict[str, str], field: str) -> None:
    room, one, _other = met
    good = {"day": str(future().date()), "time": "09:30", "home": "MM", "minutes": "45", "link": ""}
    answer = as_(one).post(at(room, "room-dates"), {**good, **said})
    assert (answer.status_code, list(answer.context["date_form"].errors)) == (400, [field])
    assert ProposedDate.objects.count() == 0


def test_a_file_is_laid_handed_out_and_its_position_told_of(as_: As, met: Met) -> None:
    room, one, other = met
    upload = SimpleUploadedFile("field.jpg", with_position("JPEG"))
    answer = as_(one).post(at(room, "room-files"), {"upload": upload}, follow=True)
    assert "has been taken out" in answer.content.decode()
    handed = as_(other).get(reverse("room-file", args=[RoomFile.objects.get().pk]))
    assert b"GPS" not in b"".join(handed.streaming_content)
    assert handed["Content-Disposition"] == 'attachment; filename="field.jpg"'


def test_a_file_that_is_too_large_or_lies_is_told_at_its_field(as_: As, met: Met, settings: Settings) -> None:
    room, one, _other = met
    settings.UPLOAD_BYTES = 1024
    for name, content in (("a.txt", b"x" * 5000), ("a.pdf", b"<html>"), ("a.exe", b"MZ")):
        answer = as_(one).post(at(room, "room-files"), {"upload": SimpleUploadedFile(name, content)})
        assert (answer.status_code, list(answer.context["file_form"].errors)) == (400, ["upload"])
    assert RoomFile.objects.count() == 0


def test_a_colleague_is_brought_in_and_one_leaves(as_: As, met: Met) -> None:
    room, one, _other = met
    colleague, stranger = make.member(room.introduction.asker), make.person()
    assert as_(one).post(at(room, "room-seats"), {"colleague": str(stranger.pk)}).status_code == 404
    as_(one).post(at(room, "room-seats"), {"colleague": str(colleague.pk)})
    as_(one).post(at(room, "room-leaving"))
    assert [as_(by).get(at(room)).status_code for by in (one, colleague)] == [404, 200]


def test_an_outcome_is_said_with_what_belongs_to_it(as_: As, met: Met) -> None:
    room, one, other = met
    answer = as_(one).post(at(room, "room-outcome"), {"kind": "withdrawn", "reason": ""})
    assert (answer.status_code, list(answer.context["form"].errors), Outcome.objects.count()) == (400, ["reason"], 0)
    said = {"kind": "agreed", "agreement": "joint_rd", "signed_on": "2026-01-31", "has_ip_schedule": "true"}
    as_(one).post(at(room, "room-outcome"), said)
    (made,) = Outcome.objects.all()
    assert (made.kind, made.agreement, made.has_ip_schedule) == ("agreed", "joint_rd", True)
    assert "We agreed on something" in as_(other).get(at(room)).content.decode()


def test_a_mailed_question_is_answered_with_one_click_and_opening_the_link_changes_nothing(as_: As, met: Met) -> None:
    room, one, _other = met
    token = outcomes.token_of(room, one)
    talking, ended = (reverse("outcome-answer", args=[token, kind]) for kind in ("talking", "withdrawn"))
    opened = as_().get(talking)
    page = opened.content.decode()
    assert (opened.status_code, Outcome.objects.count(), opened["Referrer-Policy"]) == (200, 0, "same-origin")
    assert [word in page for word in ("Teak", "Plum", "Hla Myint", one.email)] == [False] * 4
    assert as_().post(talking).status_code == 200
    (made,) = Outcome.objects.all()
    assert (made.kind, made.said_by, made.side) == ("talking", one, "asker")
    assert as_().post(ended).status_code == 400
    assert as_().post(ended, {"reason": "no_money"}).status_code == 200
    assert [said.kind for said in Outcome.objects.order_by("number")] == ["talking", "withdrawn"]


def test_a_wrong_link_or_one_of_somebody_who_left_is_not_there(as_: As, met: Met) -> None:
    room, one, other = met
    token, good = outcomes.token_of(room, one), outcomes.token_of(room, other)
    make.end(one)
    for wrong, kind in ((token, "talking"), (good[:-1] + "~", "talking"), ("x", "talking"), (good, "married")):
        assert as_().post(reverse("outcome-answer", args=[wrong, kind])).status_code == 404
    assert Outcome.objects.count() == 0


def test_the_counts_stand_in_the_order_of_the_seed_and_small_numbers_are_hidden(as_: As) -> None:
    hub, school = make.organisation("VN"), make.organisation("KH")
    for _ in range(4):
        make.room(hub, make.organisation("KH"))
    for _ in range(3):
        make.room(school, make.organisation("VN"))
    make.room(school, make.organisation("LA"))
    answer = as_().get(reverse("introduction-counts"))
    assert [(flow.asker, flow.asked, flow.accepted) for flow in answer.context["flows"]] == [
        ("KH", "VN", 3),
        ("VN", "KH", 4),
    ]
    assert "fewer than 3" in answer.content.decode()


def test_a_room_takes_the_same_number_of_queries_however_much_is_said(
    as_: As, met: Met, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    room, one, other = met
    browser = as_(other)

    def fill() -> None:
        rooms.write_message(room, by=one, text="Good day.", language="my")
        rooms.propose_date(room, by=one, starts_at=future(3 + room.dates.count()), minutes=30)
        rooms.lay_file(room, by=one, upload=SimpleUploadedFile("a.txt", b"text"))
        rooms.bring(room, make.member(room.introduction.asker), by=one)

    fill()
    browser.get(at(room))
    with django_assert_max_num_queries(60) as first:
        browser.get(at(room))
    fill()
    fill()
    with django_assert_max_num_queries(len(first.captured_queries)):
        browser.get(at(room))

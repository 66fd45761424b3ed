"""What the database keeps a notice from being, and the table of moves."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from corridor.matching.models import Notice, Wording
from corridor.matching.operations import notices
from corridor.matching.states import NOTICE_MOVES, WORDING_MOVES, NoticeState, WordingState
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_every_state_has_its_moves_and_every_move_leads_to_a_state():
    assert set(NOTICE_MOVES) == set(NoticeState)
    assert {to for moves in NOTICE_MOVES.values() for to in moves} == set(NoticeState)
    assert set(WORDING_MOVES) == set(WordingState)
    assert NOTICE_MOVES[NoticeState.WITHDRAWN] == ()


@pytest.mark.parametrize(
    "change",
    [
        {"state": "published"}, {"state": "suspended"}, {"state": "lost"}, {"kind": "wish"}, {"home": "la"}, {"home": ""},
        {"trl": 0}, {"trl": 10},
    ],
)  # fmt: skip
def test_the_database_refuses_notices_that_cannot_be(change):
    notice = make.notice()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**change)


def test_a_published_notice_keeps_its_text_its_organisation_and_its_day():
    notice = make.published()
    for change in ({"published": None}, {"organisation": None}, {"valid_until": None}, {"published_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**change)


def test_one_version_is_in_hand_at_a_time_and_numbers_are_given_once():
    notice = make.notice()
    for number in (1, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            Wording.objects.create(notice=notice, number=number)


@pytest.mark.parametrize(
    "change", [{"state": "lost"}, {"visibility": "moon"}, {"state": "submitted", "title": ""}, {"number": -1}]
)
def test_the_database_refuses_versions_that_cannot_be(change):
    notice = make.notice()
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.wordings.update(**change)


@pytest.mark.parametrize(("days", "is_open"), [(0, True), (1, True), (-1, False)])
def test_a_notice_is_open_up_to_its_last_day(days, is_open):
    notice = make.published()
    Notice.objects.filter(pk=notice.pk).update(valid_until=make.today() + days * DAY)
    notice.refresh_from_db()
    assert (notice.is_open, notice in Notice.objects.open()) == (is_open, is_open)


def test_a_list_of_notices_takes_a_fixed_number_of_statements(django_assert_num_queries):
    for _ in range(5):
        make.published()
    person = make.person()
    person.audience  # noqa: B018 - read once for each request
    with django_assert_num_queries(2):
        shown = [
            (str(notice), notice.organisation.name, notice.organisation.is_verified)
            for notice in Notice.objects.open().visible_to(person).for_reading()
        ]
    assert len(shown) == 5


def test_a_notice_is_called_by_its_published_title():
    notice = make.published(title="First title")
    notices.write(notice, by=notice.author, texts={"title": "Second title"})
    assert (str(notice), notice.latest.title) == ("First title", "Second title")

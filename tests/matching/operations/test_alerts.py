"""Saved searches: what comes in is found once, by those who may read it, and by nobody else."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.directory.operations import people, people_index
from corridor.directory.states import ProfileField
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, User
from corridor.kernel.states import Visibility
from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.models import Arrival
from corridor.language.operations import engines
from corridor.matching import rules
from corridor.matching.models import Finding, SavedSearch
from corridor.matching.operations import alerts, indexing, notices, saved_searches
from tests import make, waiting
from tests.hashing import another  # noqa: F401 - a fixture
from tests.matching.alerts import QUESTION, came_in, match, saved
from tests.matching.test_visibility import READERS, cast  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def found() -> list[tuple[str, object]]:
    """Kind and record of everything that was found."""
    return list(Finding.objects.order_by("pk").values_list("kind", "record_id"))


def test_what_comes_in_and_fits_is_found_once_however_often_it_is_read():
    saved(make.member())
    notice = came_in()
    indexing.follow(str(notice.pk))
    match()
    assert (found(), Arrival.objects.count()) == ([("notice", notice.pk)], 0)


def test_what_was_there_before_the_search_was_saved_is_not_new():
    notice = came_in()
    saved(make.member())
    indexing.follow(str(notice.pk))
    match()
    assert found() == []


def test_what_another_country_publishes_does_not_pass_a_filter_by_country():
    saved(make.member(), countries=["KH"])
    came_in(home="LA")
    assert found() == []


def test_a_search_by_filters_alone_finds_whatever_passes():
    saved(make.member(), "", kinds=["notice"], countries=["LA"])
    notice = came_in(home="LA")
    came_in(home="VN")
    assert found() == [("notice", notice.pk)]


@pytest.mark.parametrize("circle", Visibility)
def test_alerts_find_for_each_reader_what_search_finds(cast, circle):  # noqa: F811 - the fixture above
    own = cast.pop("own")
    cast.pop("visitor")
    names = {saved(user).pk: who for who, user in cast.items()}
    came_in(by=cast["author"], of=own, publisher=cast["officer of the country"], visibility=circle)
    finders = {names[search] for search in Finding.objects.values_list("search", flat=True)}
    assert finders == READERS[circle] - {"visitor"}


def test_a_closed_account_finds_nothing():
    user = make.member()
    saved(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    came_in()
    assert found() == []


def test_a_worker_that_dies_while_matching_leaves_what_came_in_where_it_was(monkeypatch):
    saved(make.member())
    monkeypatch.setattr(alerts, "births", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        came_in()
    monkeypatch.undo()
    assert (found(), Arrival.objects.count() > 0) == ([], True)


def test_a_search_that_another_engine_read_is_read_anew_before_anything_is_held_against_it(another):  # noqa: F811 - the fixture above
    search = saved(make.member())
    new = another("second")
    engines.rebuild_if_changed()
    waiting.do_all()
    new.is_down = True
    make.published()
    with pytest.raises(EmbeddingUnavailable):
        waiting.do_all(but=("kernel.post_letter",))
    new.is_down = False
    waiting.do_all(but=("kernel.post_letter",))
    match()
    search.refresh_from_db()
    assert (search.engine, len(found())) == (engines.serving_name(), 1)


def test_saved_twice_it_is_one_search_with_the_newer_rhythm():
    user = make.member()
    first, second = saved(user, rhythm="daily"), saved(user, rhythm="never")
    assert first.pk == second.pk
    assert list(SavedSearch.objects.values_list("rhythm", flat=True)) == ["never"]


def test_signs_without_a_word_are_not_saved():
    with pytest.raises(Refused):
        saved(make.member(), "?!")
    assert SavedSearch.objects.count() == 0


def test_nobody_saves_searches_without_end():
    user = make.member()
    for number in range(rules.MOST_SEARCHES):
        saved(user, f"question {number}")
    with pytest.raises(Refused):
        saved(user, "one more")
    assert SavedSearch.objects.count() == rules.MOST_SEARCHES


@pytest.mark.parametrize("deed", ["choose_rhythm", "look", "remove"])
def test_nobody_else_touches_a_saved_search(deed):
    search, other = saved(make.member()), make.operator()
    facts = {"rhythm": "never"} if deed == "choose_rhythm" else {}
    before = SavedSearch.objects.values().get(), Event.objects.count()
    with pytest.raises(Refused):
        getattr(saved_searches, deed)(search, by=other, **facts)
    assert (SavedSearch.objects.values().get(), Event.objects.count()) == before


def test_what_is_new_is_what_came_in_since_its_owner_looked():
    user = make.member()
    search = saved(user)
    notice = came_in()
    ((_search, hits),) = alerts.news_of(user)
    saved_searches.look(search, by=user)
    ((_search, after),) = alerts.news_of(user)
    assert ([hit.record_id for hit in hits], after) == ([notice.pk], [])


def test_a_notice_that_was_withdrawn_or_closed_to_a_reader_is_not_told_any_more():
    user = make.member(home="VN")
    saved(user)
    gone, stays = came_in(), came_in()
    notices.withdraw(gone, by=gone.author)
    waiting.do_all(but=("kernel.post_letter",))
    ((_search, hits),) = alerts.news_of(user)
    assert [hit.record_id for hit in hits] == [stays.pk]


def test_a_person_is_found_only_by_what_the_reader_may_read():
    members, visitor = make.member(), make.person()
    ours, theirs = saved(members, "arsenic wells", kinds=["person"]), saved(visitor, "arsenic wells", kinds=["person"])
    profile = make.profile(shown={ProfileField.EXPERTISE: Visibility.MEMBERS})
    people_index.follow(str(profile.pk))
    match()
    assert list(Finding.objects.values_list("search", "record_id")) == [(ours.pk, profile.pk)]
    assert theirs.findings.count() == 0


def test_who_withdraws_a_consent_is_not_new_to_anybody_from_that_moment():
    user = make.member()
    saved(user, "arsenic wells", kinds=["person"])
    profile = make.profile(shown={ProfileField.EXPERTISE: Visibility.MEMBERS})
    people_index.follow(str(profile.pk))
    match()
    before = alerts.news_of(user)[0][1]
    people.withdraw_everything(profile, by=profile.user)
    assert (len(before), alerts.news_of(user)[0][1]) == (1, [])


def test_one_more_saved_search_costs_no_more_queries():
    first, second = make.member(), make.member()
    saved(first)
    came_in()
    with CaptureQueriesContext(
        connection,
    ) as one:
        alerts.news_of(first)
    for number in range(4):
        saved(second, f"{QUESTION} {number}")
    came_in()
    with CaptureQueriesContext(connection) as four:
        alerts.news_of(second)
    assert len(one) == len(four)


def test_the_day_of_a_search_for_what_is_open_is_the_day_it_is_held_against():
    search = saved(make.member(), is_open=True)
    assert search.narrowing.open_on == datetime.datetime.now(datetime.UTC).date()

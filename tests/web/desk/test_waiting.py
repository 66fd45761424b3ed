"""The line under the header: what waits for a person, asked for in two queries at most."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Country
from corridor.kernel.models import User
from corridor.matching.models import Wording
from corridor.matching.operations import notices
from corridor.web.waiting import due_on, waiting_for
from tests import make

As = Callable[..., Client]


def shown(user: User) -> list[tuple[str, int, bool]]:
    """Label, count and lateness of everything that waits."""
    return [(item.label, item.count, item.is_late) for item in waiting_for(user)]


def test_nothing_waits_for_newcomers_members_and_operators() -> None:
    assert [shown(person) for person in (make.person(), make.member(), make.operator())] == [[], [], []]


def test_an_author_sees_what_came_back_and_what_ends() -> None:
    own = make.organisation()
    member = make.member(own)
    notices.give_back(make.submitted(member, of=own).latest, by=make.officer("LA"), reason="Too short.")
    make.published(member, of=own, valid_until=make.today() + datetime.timedelta(days=3))
    assert shown(member) == [("Returned to you", 1, False), ("Ending soon", 1, False)]


def test_an_officer_sees_the_own_countrys_queues_and_no_other() -> None:
    officer = make.officer("LA")
    make.submitted()
    make.request(make.person("LA"))
    reported = make.published()
    for _ in range(2):
        notices.report(reported, by=None, reason="false")
    expected = [("Submissions", 1, False), ("People to vouch for", 1, False), ("Reported texts", 1, False)]
    assert (shown(officer), shown(make.officer("KH"))) == (expected, [])
    Wording.objects.filter(state="submitted").update(submitted_at=timezone.now() - datetime.timedelta(days=40))
    assert shown(officer)[0] == ("Submissions", 1, True)


def test_a_manager_sees_colleagues_and_own_texts_where_these_are_theirs_to_decide() -> None:
    own = make.organisation(is_verified=True)
    manager = make.manager(own)
    make.request(make.person("LA"), of=own)
    make.submitted(make.member(own), of=own)
    assert shown(manager) == [("Colleagues to confirm", 1, False)]
    Country.objects.filter(pk="LA").update(verified_publish_themselves=True)
    assert shown(manager) == [("Your organisation's texts to publish", 1, False), ("Colleagues to confirm", 1, False)]


@pytest.mark.parametrize(("office", "queries"), [("member", 1), ("officer", 2)])
def test_it_costs_one_query_for_authors_and_two_for_officers(
    django_assert_num_queries: DjangoAssertNumQueries, office: str, queries: int
) -> None:
    person = getattr(make, office)(home="LA")
    make.submitted()
    assert person.audience.homes == ("LA",)
    with django_assert_num_queries(queries):
        waiting_for(person)


def test_the_line_stands_on_every_page_and_never_for_visitors(as_: As) -> None:
    make.submitted()
    pages = [as_(reader).get("/").content.decode() for reader in (make.officer("LA"), make.officer("KH"), None)]
    assert ["waiting-band" in page for page in pages] == [True, False, False]


def test_a_submission_is_due_by_the_offices_own_calendar() -> None:
    country = Country.objects.get(pk="LA")
    late_on_friday = datetime.datetime(2026, 11, 27, 18, 0, tzinfo=datetime.UTC)  # Saturday in Vientiane
    assert due_on(late_on_friday, country) == datetime.date(2026, 12, 2)

"""Problems posted in a network: under one's own name, answered by members, read by the two sides only."""

import pytest

from corridor.directory.models import Network, Organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Letter, User
from corridor.matching.models import Answer, PostedProblem
from corridor.matching.operations import notices, problems
from corridor.matching.states import AnswerState
from corridor.web.networks.listing import counted
from tests import make
from tests.matching.suspended import lift, suspend

pytestmark = pytest.mark.django_db


@pytest.fixture
def zone() -> Organisation:
    """A zone with problems."""
    return make.organisation("KH", type="zone", is_verified=True)


@pytest.fixture
def hub() -> Organisation:
    """A hub that convenes."""
    return make.organisation("TH", type="hub", is_verified=True)


@pytest.fixture
def network(hub: Organisation, zone: Organisation) -> Network:
    """A network of both."""
    made = make.network(hub)
    make.joined(made, zone)
    return made


def posted(network: Network, zone: Organisation, writer: User | None = None) -> PostedProblem:
    """A problem of the zone."""
    by = writer or make.member(zone)
    return problems.post_problem(make.published(by, of=zone, home="KH"), network, by=by)


def test_posted_answered_and_in_use_are_counted_from_what_happened(
    network: Network, zone: Organisation, hub: Organisation
) -> None:
    writer, expert = make.member(zone), make.member(hub)
    problem = posted(network, zone, writer)
    assert network.problems.figures() == {"posted": 1, "answered": 0, "in_use": 0}
    answer = problems.answer_problem(problem, hub, by=expert, text="We lend you our boiler probe.", language="en")
    assert network.problems.figures() == {"posted": 1, "answered": 1, "in_use": 0}
    problems.decide_answer(answer, by=writer, state=AnswerState.TAKEN_UP)
    problems.decide_answer(answer, by=writer, state=AnswerState.IN_USE)
    assert network.problems.figures() == {"posted": 1, "answered": 1, "in_use": 1}
    assert [letter.template for letter in Letter.objects.filter(user=expert)] == ["answer_decided", "answer_decided"]
    assert Letter.objects.filter(user=writer, template="problem_answered").count() == 1


def test_problems_of_a_suspended_organisation_are_not_counted_until_that_is_lifted(
    network: Network, zone: Organisation, hub: Organisation
) -> None:
    problem = posted(network, zone)
    problems.answer_problem(problem, hub, by=make.member(hub), text="We lend you our boiler probe.")
    suspend(zone)
    assert network.problems.figures() == {"posted": 0, "answered": 0, "in_use": 0}
    listed = counted(Network.objects.all()).get()
    assert (listed.posted, listed.answered, listed.in_use) == (0, 0, 0)  # type: ignore[attr-defined]
    lift(Organisation.objects.get(pk=zone.pk))
    listed = counted(Network.objects.all()).get()
    assert (listed.posted, listed.answered, listed.in_use) == (1, 1, 0)  # type: ignore[attr-defined]


def test_an_answer_that_was_taken_back_counts_for_nothing(
    network: Network, zone: Organisation, hub: Organisation
) -> None:
    expert = make.member(hub)
    problem = posted(network, zone)
    answer = problems.answer_problem(problem, hub, by=expert, text="We lend you our boiler probe.")
    problems.withdraw_answer(answer, by=expert)
    assert network.problems.figures() == {"posted": 1, "answered": 0, "in_use": 0}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "offer"}, "Only a need can be posted as a problem."),
        ({"visibility": "members"}, "A problem is posted under the organisation's own name, for everybody to read."),
        ({"is_anonymous": True}, "A problem is posted under the organisation's own name, for everybody to read."),
    ],
)
def test_what_is_not_a_public_need_under_ones_own_name_is_not_posted(
    network: Network, zone: Organisation, fields: dict[str, object], reason: str
) -> None:
    writer = make.member(zone)
    notice = make.published(writer, of=zone, home="KH", **fields)
    with pytest.raises(Refused) as refusal:
        problems.post_problem(notice, network, by=writer)
    assert [str(one) for one in refusal.value.reasons] == [reason]
    assert not PostedProblem.objects.exists()


def test_a_draft_is_not_posted(network: Network, zone: Organisation) -> None:
    writer = make.member(zone)
    with pytest.raises(Refused):
        problems.post_problem(make.notice(writer, of=zone, home="KH"), network, by=writer)
    assert not PostedProblem.objects.exists()


def test_whoever_has_not_joined_posts_nothing(network: Network) -> None:
    stranger = make.organisation("VN", type="zone", is_verified=True)
    writer = make.member(stranger)
    with pytest.raises(Refused) as refusal:
        posted(network, stranger, writer)
    assert [str(one) for one in refusal.value.reasons] == ["The organisation must have joined the network first."]
    assert not PostedProblem.objects.exists()


def test_nobody_posts_anothers_need(network: Network, zone: Organisation, hub: Organisation) -> None:
    notice = make.published(make.member(zone), of=zone, home="KH")
    with pytest.raises(Refused):
        problems.post_problem(notice, network, by=make.member(hub))
    assert not PostedProblem.objects.exists()


def test_a_stranger_a_second_answer_and_ones_own_problem_are_refused(
    network: Network, zone: Organisation, hub: Organisation
) -> None:
    writer, expert = make.member(zone), make.member(hub)
    problem = posted(network, zone, writer)
    stranger = make.organisation("VN", type="hub")
    for organisation, by in ((stranger, make.member(stranger)), (zone, writer), (hub, make.member(stranger))):
        with pytest.raises(Refused):
            problems.answer_problem(problem, organisation, by=by, text="We can do that.")
    assert not Answer.objects.exists()
    problems.answer_problem(problem, hub, by=expert, text="We can do that.")
    with pytest.raises(Refused) as refusal:
        problems.answer_problem(problem, hub, by=expert, text="Again.")
    assert [str(one) for one in refusal.value.reasons] == ["This organisation has answered already."]
    assert Answer.objects.count() == 1


def test_only_the_two_sides_read_an_answer(network: Network, zone: Organisation, hub: Organisation) -> None:
    third = make.organisation("MM", type="hub")
    make.joined(network, third)
    writer, expert = make.member(zone), make.member(hub)
    answer = problems.answer_problem(posted(network, zone, writer), hub, by=expert, text="A secret price.")
    readers = [writer, expert, make.manager(zone), make.manager(hub)]
    others = [None, make.person("KH"), make.member(third), make.officer("KH"), make.officer("TH"), make.operator()]
    assert [list(Answer.objects.visible_to(one)) for one in readers] == [[answer]] * 4
    assert [list(Answer.objects.visible_to(one)) for one in others] == [[]] * 6


def test_only_whose_problem_it_is_decides(network: Network, zone: Organisation, hub: Organisation) -> None:
    expert = make.member(hub)
    answer = problems.answer_problem(posted(network, zone), hub, by=expert, text="We can do that.")
    for by in (expert, make.officer("KH"), make.person("KH")):
        with pytest.raises(Refused):
            problems.decide_answer(answer, by=by, state=AnswerState.TAKEN_UP)
    answer.refresh_from_db()
    assert answer.state == AnswerState.GIVEN


def test_a_problem_that_ended_takes_no_answer(network: Network, zone: Organisation, hub: Organisation) -> None:
    writer = make.member(zone)
    problem = posted(network, zone, writer)
    notices.withdraw(problem.notice, by=writer)
    problem = PostedProblem.objects.get(pk=problem.pk)
    with pytest.raises(Refused):
        problems.answer_problem(problem, hub, by=make.member(hub), text="We can do that.")
    assert not Answer.objects.exists()


def test_whoever_left_the_organisation_reads_decides_and_is_told_nothing(
    network: Network, zone: Organisation, hub: Organisation
) -> None:
    writer, expert = make.member(zone), make.member(hub)
    problem = posted(network, zone, writer)
    make.end(writer)
    answer = problems.answer_problem(problem, hub, by=expert, text="A secret price.")
    make.end(expert)
    left = [User.objects.get(pk=person.pk) for person in (writer, expert)]
    assert [list(Answer.objects.visible_to(person)) for person in left] == [[], []]
    with pytest.raises(Refused):
        problems.decide_answer(answer, by=left[0], state=AnswerState.TAKEN_UP)
    with pytest.raises(Refused):
        problems.withdraw_answer(answer, by=left[1])
    answer.refresh_from_db()
    assert (answer.state, Letter.objects.filter(user__in=left, template="problem_answered").count()) == (
        AnswerState.GIVEN, 0,
    )  # fmt: skip

"""The sample's networks: who belongs to them, which problems were posted, what was answered."""

from __future__ import annotations

from typing import Any

from corridor.directory.models import Network, Organisation
from corridor.directory.operations import networks
from corridor.kernel.models import User
from corridor.kernel.states import Visibility
from corridor.matching.models import Notice
from corridor.matching.operations import problems
from corridor.matching.states import AnswerState, NoticeKind, NoticeState

STEPS = {
    AnswerState.GIVEN: (),
    AnswerState.TAKEN_UP: (AnswerState.TAKEN_UP,),
    AnswerState.IN_USE: (AnswerState.TAKEN_UP, AnswerState.IN_USE),
}


def load_networks(rows: list[dict[str, Any]], listed: dict[str, Organisation], people: dict[str, User]) -> None:
    """Found the sample's networks as its officers and writers would; both sides of every membership agree."""
    for row in rows:
        convenor = listed[row["convenor"]]
        officer = people[f"officer-{convenor.home.lower()}"]
        network = networks.found_network(
            convenor,
            by=officer,
            is_sample=True,
            name=row["name"],
            name_language=row["language"],
            about=row["about"],
            about_language=row["language"],
            themes=row["themes"],
        )
        for code, role in row["members"]:
            member = listed[code]
            invited = networks.invite(network, member, by=officer, role=role)
            networks.answer_network_membership(invited, by=people[f"officer-{member.home.lower()}"], agrees=True)
        for code in row["asked"]:
            networks.ask_to_join(network, listed[code], by=people[f"officer-{listed[code].home.lower()}"])
        for problem in row["problems"]:
            _post(problem, network, listed, people)


def _post(row: dict[str, Any], network: Network, listed: dict[str, Organisation], people: dict[str, User]) -> None:
    owner = listed[row["organisation"]]
    author = people[f"author-{owner.home.lower()}"]
    notice = Notice.objects.filter(
        organisation=owner,
        kind=NoticeKind.NEED,
        state=NoticeState.PUBLISHED,
        published__visibility=Visibility.PUBLIC,
        published__is_anonymous=False,
    ).earliest("pk")
    problem = problems.post_problem(notice, network, by=author)
    for answer in row["answers"]:
        organisation = listed[answer["organisation"]]
        writer = people[f"author-{organisation.home.lower()}"]
        given = problems.answer_problem(
            problem, organisation, by=writer, text=answer["text"], language=answer["language"]
        )
        for state in STEPS[AnswerState(answer["state"])]:
            problems.decide_answer(given, by=author, state=state)

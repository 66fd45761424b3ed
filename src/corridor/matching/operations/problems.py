"""Verbs of a network's problems: post, answer, take up, put to use, decline, withdraw."""

from __future__ import annotations

from django.db import transaction

from corridor.directory.models import Network, Organisation, speakers_of
from corridor.directory.operations.acting import hold_parties
from corridor.directory.operations.networks import managers_of
from corridor.kernel.models import User
from corridor.kernel.operations import hold, move, record, write_letter
from corridor.language.logic.words import tidy
from corridor.matching import rules
from corridor.matching.models import Answer, Notice, PostedProblem
from corridor.matching.states import AnswerState


@transaction.atomic
def post_problem(notice: Notice, network: Network, *, by: User) -> PostedProblem:
    """Put a published need before a network, under the name of the organisation whose need it is."""
    hold_parties(notice.organisation)
    hold(notice)
    rules.may_post_problem(by, notice, network).enforce()
    problem = PostedProblem.objects.create(network=network, notice=notice, posted_by=by)
    record("problem.posted", problem, by=by, network=network.pk, notice=notice.pk)
    return problem


@transaction.atomic
def answer_problem(
    problem: PostedProblem, organisation: Organisation, *, by: User, text: str, language: str = ""
) -> Answer:
    """Say what one's organisation can do about it. Only the two sides read it."""
    hold_parties(problem.notice.organisation, organisation)
    hold(problem)
    rules.may_answer_problem(by, problem, organisation).enforce()
    answer = Answer.objects.create(
        problem=problem, organisation=organisation, answered_by=by, text=tidy(text).text, language=language
    )
    record("problem.answered", answer, by=by, problem=problem.pk, organisation=organisation.pk)
    for reader in _people_of(problem) - {by}:
        write_letter(reader, "problem_answered", key=f"answer:{answer.pk}:{reader.pk}", **_told(answer))
    return answer


@transaction.atomic
def decide_answer(answer: Answer, *, by: User, state: str, reason: str = "") -> None:
    """Whose problem it is takes an answer up, says that it is in use, or declines it; who answered is told."""
    hold_parties(answer.problem.notice.organisation, answer.organisation)
    hold(answer)
    rules.may_decide_answer(by, answer).enforce()
    _say(answer, state, by=by, reason=reason)
    if answer.answered_by != by and speakers_of(answer.organisation_id).filter(pk=answer.answered_by_id).exists():
        write_letter(
            answer.answered_by, "answer_decided", key=f"answer:{answer.pk}:{state}", state=state, reason=reason, **_told(answer)
        )  # fmt: skip


@transaction.atomic
def withdraw_answer(answer: Answer, *, by: User) -> None:
    """Take one's answer back, as long as it is not in use."""
    hold(answer)
    rules.may_withdraw_answer(by, answer).enforce()
    _say(answer, AnswerState.WITHDRAWN, by=by)


def _say(answer: Answer, state: str, *, by: User, reason: str = "") -> None:
    if reason:
        answer.reason = reason
        answer.save(update_fields=["reason"])
    move(answer, state, by=by, problem=answer.problem_id)


def _people_of(problem: PostedProblem) -> set[User]:
    """Who looks after the organisation whose problem it is, and who wrote it, as long as they speak for it."""
    owner, author = problem.notice.organisation, problem.notice.author_id
    return {*managers_of(owner), *speakers_of(owner.pk).filter(pk=author)} if owner else set()


def _told(answer: Answer) -> dict[str, str]:
    return {
        "problem": str(answer.problem_id),
        "title": str(answer.problem),
        "organisation": answer.organisation.name,
    }

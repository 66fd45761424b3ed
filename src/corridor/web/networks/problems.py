"""Posting a problem, its page, and what becomes of the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.directory.models import Organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.matching import rules
from corridor.matching.models import Answer, Notice, PostedProblem
from corridor.matching.operations import problems
from corridor.matching.states import AnswerState
from corridor.web.networks.forms import AnswerForm
from corridor.web.networks.who import back, found, spoken_for_by, trail
from corridor.web.page import page, reader, signed_in
from corridor.web.results import name_for_reader, rows_of_notices

DECISIONS = (AnswerState.TAKEN_UP, AnswerState.IN_USE, AnswerState.DECLINED)


@require_POST
def posting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put one of one's published needs before the network."""
    network = found(pk)
    try:
        key = UUID(request.POST.get("notice", ""))
    except ValueError as error:
        raise Http404 from error
    notice = get_object_or_404(Notice.objects.visible_to(request.user).for_reading(), pk=key)
    problems.post_problem(notice, network, by=signed_in(request))
    return back(request, network, _("Posted. The network's members can answer now."))


def readable(request: HttpRequest, pk: UUID) -> PostedProblem:
    """A problem whose notice this person may read; else 404."""
    related = PostedProblem.objects.select_related("network__convenor", "notice__organisation", "notice__published")
    problem = get_object_or_404(related.with_counts(), pk=pk)
    if not Notice.objects.visible_to(request.user).filter(pk=problem.notice_id).exists():
        raise Http404
    return problem


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def problem(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One problem, the answers that one may read, and one's own answer."""
    shown, by = readable(request, pk), reader(request)
    own = answering(shown, by)
    form = AnswerForm(request.POST or None, own=own) if own else None
    if request.method == "POST":
        if by is None or form is None:
            raise Refused([_("Only somebody who speaks for a member of this network can answer.")])
        if form.is_valid():
            return answered(request, shown, own, form)
    context = {
        "problem": shown,
        "network": shown.network,
        "rows": rows_of_notices(Notice.objects.for_reading().filter(pk=shown.notice_id), by=by),
        "answers": answers_of(shown, by),
        "form": form,
        "trail": trail(shown.network, _("Problem")),
    }
    return page(request, "networks/problem.html", context, status=400 if form and form.errors else 200)


def answering(problem: PostedProblem, by: User | None) -> list[Organisation]:
    """The organisations for which this person may answer."""
    if by is None:
        return []
    spoken = Organisation.objects.with_names().filter(pk__in=spoken_for_by(by)).order_by("pk")
    return [one for one in spoken if rules.may_answer_problem(by, problem, one).allowed]


def answered(request: HttpRequest, problem: PostedProblem, own: list[Organisation], form: AnswerForm) -> HttpResponse:
    """Give the answer, and go back to the problem."""
    said = form.cleaned_data
    organisation = next(one for one in own if str(one.pk) == said["organisation"])
    problems.answer_problem(problem, organisation, by=signed_in(request), text=said["text"], language=said["language"])
    messages.success(request, _("Answered. Those whose problem it is are told."))
    return redirect("problem", pk=problem.pk)


def answers_of(problem: PostedProblem, by: User | None) -> list[dict[str, Any]]:
    """The answers that this reader may read, with what can be decided about each."""
    if by is None:
        return []
    found = problem.answers.visible_to(by).select_related("organisation", "problem__notice")
    return [answer_line(answer, by) for answer in found.prefetch_related("organisation__names")]


def answer_line(answer: Answer, by: User) -> dict[str, Any]:
    """One answer as it is shown."""
    name, language = name_for_reader(answer.organisation)
    decides = rules.may_decide_answer(by, answer).allowed
    return {
        "answer": answer,
        "name": name,
        "language": language,
        "moves": [AnswerState(s) for s in DECISIONS if s in answer.moves[answer.state]] if decides else [],
        "may_withdraw": rules.may_withdraw_answer(by, answer).allowed,
    }


def readable_answer(request: HttpRequest, pk: UUID) -> Answer:
    """An answer that this person may read; else 404."""
    related = Answer.objects.visible_to(signed_in(request)).select_related(
        "organisation", "problem__notice__published", "answered_by"
    )
    return get_object_or_404(related, pk=pk)


@require_POST
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an answer up, say that it is in use, or decline it."""
    answer = readable_answer(request, pk)
    state = request.POST.get("decision", "")
    if state not in DECISIONS:
        raise Http404
    problems.decide_answer(
        answer, by=signed_in(request), state=state, reason=request.POST.get("reason", "").strip()[:500]
    )
    messages.success(request, _("Saved. Whoever answered is told."))
    return redirect("problem", pk=answer.problem_id)


@require_POST
def withdrawal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one's own answer back."""
    answer = readable_answer(request, pk)
    problems.withdraw_answer(answer, by=signed_in(request))
    messages.success(request, _("Your answer is taken back."))
    return redirect("problem", pk=answer.problem_id)

"""The networks, the page of one, and what waits in networks for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from corridor.directory import rules
from corridor.directory.models import Network, NetworkMembership
from corridor.directory.models.networks import STANDING as IN_TOUCH
from corridor.directory.states import NetworkMembershipState
from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.matching import rules as matching_rules
from corridor.matching.models import Answer, Notice, PostedProblem
from corridor.matching.models.networks import STANDING
from corridor.matching.states import AnswerState, NoticeKind
from corridor.web.components.names import shipped_countries
from corridor.web.components.parts import Choice, FilterGroup
from corridor.web.networks.who import acting, found, managed_by, spoken_for_by, trail
from corridor.web.page import page, reader, signed_in
from corridor.web.results import Row, name_for_reader, rows_of_notices
from corridor.web.waiting import count_of

PAGE = 20


@dataclass(frozen=True)
class Member:
    """An organisation in a network, as its page lists it."""

    membership: NetworkMembership
    name: str
    language: str
    may_decide: bool = False
    may_end: bool = False
    may_lead: bool = False


@dataclass(frozen=True)
class Problem:
    """A posted problem as a line: its notice, and what became of it."""

    posted: Any
    row: Row


@login_not_required
@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """All networks, the newest first, by theme."""
    theme = request.GET.get("theme", "")
    theme = theme if theme in Theme.values else ""
    listed = counted(Network.objects.filter(themes__contains=[theme]) if theme else Network.objects.all())
    shown = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    rest = f"&theme={theme}" if theme else ""
    context = {
        "networks": [(network, *name_for_reader(network.convenor)) for network in shown.object_list],
        "filters": [FilterGroup(_("Theme"), themes(theme))],
        "clear_url": reverse("networks") if theme else "",
        "previous_url": f"?page={shown.number - 1}{rest}" if shown.has_previous() else "",
        "next_url": f"?page={shown.number + 1}{rest}" if shown.has_next() else "",
        "trail": trail(),
    }
    return page(request, "networks/networks.html", context)


def themes(current: str) -> tuple[Choice, ...]:
    """All, and one link for each theme."""
    url = reverse("networks")
    every = Choice(pgettext("filter", "All"), url, is_current=not current)
    return (every, *(Choice(theme.label, f"{url}?theme={theme}", theme == current) for theme in Theme))


def counted(listed: QuerySet[Network]) -> QuerySet[Network]:
    """With how many organisations belong to each and how many problems were posted, answered and put to use."""

    here = {"network": OuterRef("pk")}
    answers = Answer.objects.filter(problem=OuterRef("pk"))
    problems = PostedProblem.objects.filter(**here).taking_part()
    return (
        listed.select_related("convenor")
        .prefetch_related("convenor__names")
        .annotate(
            members=count_of(NetworkMembership.objects.joined().filter(**here)),
            posted=count_of(problems),
            answered=count_of(problems.filter(Exists(answers.filter(state__in=STANDING)))),
            in_use=count_of(problems.filter(Exists(answers.filter(state=AnswerState.IN_USE)))),
        )
        .order_by("-pk")
    )


@login_not_required
@require_safe
def network(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who belongs to a network, which problems were posted, and what became of them."""
    network, by = found(pk), reader(request)
    shown = Paginator(problems_of(network, by), PAGE).get_page(request.GET.get("page"))
    context = {
        "network": network,
        "figures": network.problems.figures(),
        "members": members_of(network, by),
        "problems": lines_of(shown.object_list, by),
        "previous_url": f"?page={shown.number - 1}" if shown.has_previous() else "",
        "next_url": f"?page={shown.number + 1}" if shown.has_next() else "",
        **deeds_of(network, by),
        "trail": trail(network),
    }
    return page(request, "networks/network.html", context)


def problems_of(network: Network, by: User | None) -> QuerySet[PostedProblem]:
    """Its problems whose notice this reader may read now, the newest first."""
    readable = Notice.objects.visible_to(by).filter(posted_in__network=network)
    return network.problems.filter(notice__in=readable.values("pk")).with_counts().order_by("-created_at", "-pk")


def lines_of(problems: Iterable[PostedProblem], by: User | None) -> list[Problem]:
    """Posted problems as lines, in a fixed number of queries."""
    posted = list(problems)
    notices = Notice.objects.for_reading().in_bulk([problem.notice_id for problem in posted])
    rows = rows_of_notices([notices[problem.notice_id] for problem in posted], by=by)
    return [Problem(problem, row) for problem, row in zip(posted, rows, strict=True)]


def members_of(network: Network, by: User | None) -> list[Member]:
    """Its members by country in the order of the six, the convenor first; to those whom it concerns, who asked or was invited too."""
    convenes = acting(by, network.convenor)
    rows = network.memberships.standing().select_related("organisation", "network__convenor")
    rows = rows.prefetch_related("organisation__names").exclude(state=NetworkMembershipState.DECLINED)
    public = (NetworkMembershipState.JOINED, NetworkMembershipState.LEFT)
    readable = [row for row in rows if row.state in public or convenes or acting(by, row.organisation)]
    order = list(shipped_countries())
    readable.sort(key=lambda row: (not row.is_convenor, *place_of(row, order)))
    return [member_of(row, by) for row in readable]


def place_of(row: NetworkMembership, order: list[str]) -> tuple[int, int]:
    """Those who left last; else by country."""
    home = row.organisation.home
    return int(row.state == NetworkMembershipState.LEFT), order.index(home) if home in order else len(order)


def member_of(row: NetworkMembership, by: User | None) -> Member:
    """One line of the members, with what this reader can do about it."""
    name, language = name_for_reader(row.organisation)
    if by is None:
        return Member(row, name, language)
    return Member(
        row,
        name,
        language,
        may_decide=rules.may_answer_membership(by, row).allowed,
        may_end=rules.may_end_membership(by, row).allowed,
        may_lead=rules.may_hand_over(by, row).allowed,
    )


def deeds_of(network: Network, by: User | None) -> dict[str, Any]:
    """What this reader can do: join with an organisation, post a problem, look after the page."""
    if by is None or not network.is_open:
        return {"may_convene": False, "own": [], "postable": []}
    standing = set(network.memberships.filter(state__in=IN_TOUCH).values_list("organisation", flat=True))
    return {
        "may_convene": rules.may_convene(by, network).allowed,
        "own": [one for one in managed_by(by) if one.acts and one.pk not in standing],
        "postable": postable(network, by),
    }


def postable(network: Network, by: User) -> list[Notice]:
    """This person's open needs that could be posted here."""
    mine = Notice.objects.filter(organisation__in=spoken_for_by(by), kind=NoticeKind.NEED).open()
    fitting = mine.filter(organisation__network_memberships__in=network.memberships.joined())
    new = fitting.exclude(posted_in__network=network).for_reading().order_by("-published_at")[:PAGE]
    return [notice for notice in new if matching_rules.may_post_problem(by, notice, network).allowed]


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Networks of the organisations one looks after: who asked, who was invited, which answers wait."""
    by = signed_in(request)
    keys = [organisation.pk for organisation in managed_by(by)]
    related = NetworkMembership.objects.select_related("organisation", "network__convenor")
    related = related.prefetch_related("organisation__names")
    invited = related.filter(state=NetworkMembershipState.INVITED, organisation__in=keys)
    asked = related.filter(state=NetworkMembershipState.ASKED, network__convenor__in=keys)
    answers = Answer.objects.filter(state=AnswerState.GIVEN, problem__notice__organisation__in=spoken_for_by(by))
    context = {
        "to_answer": [member_of(row, by) for row in (*invited, *asked)],
        "answers": answers.select_related("problem__notice__published", "organisation").prefetch_related(
            "organisation__names"
        ),
        "joined": related.joined().filter(organisation__in=keys),
        "may_found": any(rules.may_found(by, one).allowed for one in managed_by(by)),
        "trail": trail(None, _("My networks")),
    }
    return page(request, "networks/mine.html", context)

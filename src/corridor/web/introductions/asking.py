"""Asking for an introduction, and proposing one as a focal point."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.directory.models import Organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.matching import rules
from corridor.matching.models import Introduction, Notice
from corridor.matching.operations import introductions
from corridor.matching.states import IntroductionState
from corridor.web.components.names import shipped_countries
from corridor.web.introductions.forms import AskForm, ProposalForm, TextsForm
from corridor.web.introductions.who import back, me, named_notice, named_organisation, own_organisations, trail
from corridor.web.page import page
from corridor.web.results import name_for_reader, rows_of_notices

MOST = 4  # of each country, so that none fills the list
reading_and_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_and_sending
def asking(request: HttpRequest) -> HttpResponse:
    """Ask the organisation behind a notice, or an organisation of the directory."""
    by, notice = me(request), named_notice(request)
    asked = notice.organisation if notice else named_organisation(request)
    if asked is None:
        raise Http404
    own = own_organisations(by)
    if not own:
        raise Refused([_("Ask to be confirmed as a member of your organisation first. Then you can ask for it.")])
    verdicts = {one.pk: rules.may_ask_introduction(by, one, asked, notice) for one in own}
    allowed = [one for one in own if verdicts[one.pk].allowed or is_answer(by, one, asked)]
    if not allowed:
        verdicts[own[0].pk].enforce()
    form = AskForm(request.POST or None, by=by, parties=allowed, initial=suggested(request, notice))
    if request.method == "POST" and form.is_valid() and (made := sent(form, asked, notice)):
        return back(request, "introduction", made.pk, told(made))
    return page(request, "introductions/ask.html", shown(form, asked, notice), status=400 if form.errors else 200)


def is_answer(by: User, own: Organisation, asked: Organisation) -> bool:
    """Whether asking would be the yes to what the other side asked."""
    waiting = Introduction.objects.filter(
        asker=asked, asked=own, state__in=[IntroductionState.ASKED, IntroductionState.SET_ASIDE]
    )
    return any(rules.may_answer_introduction(by, one).allowed for one in waiting.select_related("asker", "asked"))


def suggested(request: HttpRequest, notice: Notice | None) -> dict[str, Any]:
    """What the form proposes: the themes of the notice, and the organisation for whose own notice it was suggested."""
    own = named_notice(request, "from") if request.GET.get("from") else None
    themes = notice.themes if notice else own.themes if own else []
    return {"themes": themes, **({"organisation": str(own.organisation_id)} if own else {})}


def sent(form: AskForm, asked: Organisation, notice: Notice | None) -> Introduction | None:
    """Ask; what is refused meanwhile is said at the form, and nothing that was typed is lost."""
    said = {"themes": form.cleaned_data["themes"], "language": form.cleaned_data["language"], **form.texts()}
    try:
        return introductions.ask_introduction(form.asker, asked, by=form.by, notice=notice, **said)
    except Refused as refusal:
        say_why_not(form, refusal)
        return None


def say_why_not(form: TextsForm, refusal: Refused) -> None:
    """Say at the form why not."""
    for reason in refusal.reasons:
        form.add_error(None, str(reason))


def told(made: Introduction) -> str:
    """What the next page says."""
    if made.state == IntroductionState.ACCEPTED:
        return _("They had asked you already. You can talk to each other now.")
    return _("Asked. You are told as soon as they answer.")


def shown(form: AskForm, asked: Organisation, notice: Notice | None) -> dict[str, Any]:
    """What the page shows: the notice as everybody reads it, or the organisation."""
    name, language = name_for_reader(asked) if notice is None else ("", "")
    return {
        "form": form,
        "rows": rows_of_notices([notice], by=form.by) if notice else [],
        "notice": notice,
        "organisation": None if notice else asked,
        "name": name,
        "name_language": language,
        "trail": trail(_("Ask for an introduction")),
    }


@reading_and_sending
def proposal(request: HttpRequest) -> HttpResponse:
    """A focal point brings two organisations together: choose both, and say why."""
    by, notice = me(request), named_notice(request)
    if not by.audience.offices_of:
        raise Refused([_("The country desk is for officers and heads of a country's focal point.")])
    second = named_organisation(request, "second") or known_owner(by, notice)
    first = named_organisation(request, "first")
    if first is None or second is None:
        return page(request, "introductions/choose.html", choosing(request, first, second, notice))
    verdict = rules.may_propose_introduction(by, first, second, notice)
    initial = {"themes": notice.themes if notice else []}
    form = ProposalForm(request.POST or None, by=by, parties=[first, second], initial=initial)
    if request.method == "POST" and form.is_valid() and (made := proposed(form, first, second, notice)):
        return back(request, "introduction", made.pk, _("Proposed. Both sides are asked."))
    context = {"form": form, "first": first, "second": second, "notice": notice, "verdict": verdict}
    context["trail"] = trail(_("Propose an introduction"))
    return page(request, "introductions/proposal.html", context, status=400 if form.errors else 200)


def known_owner(by: User, notice: Notice | None) -> Organisation | None:
    """Whose notice it is; of an anonymous one only its own focal point knows that."""
    if notice is None or notice.published is None:
        return None
    if notice.published.is_anonymous and not rules.may_see_team(by, notice):
        raise Refused([_("Who stands behind this notice is known to its own focal point only.")])
    return notice.organisation


def proposed(
    form: ProposalForm, first: Organisation, second: Organisation, notice: Notice | None
) -> Introduction | None:
    """Propose; what is refused is said at the form."""
    said = form.cleaned_data
    facts = {"interest": said["interest"], "themes": said["themes"], "language": said["language"]}
    try:
        return introductions.propose_introduction(first, second, by=form.by, notice=notice, **facts)
    except Refused as refusal:
        say_why_not(form, refusal)
        return None


def choosing(
    request: HttpRequest, first: Organisation | None, second: Organisation | None, notice: Notice | None
) -> dict[str, Any]:
    """The page on which the one that is still missing is looked for by its name."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    named = Organisation.objects.filter(names__text__icontains=asked).values("pk")
    chosen = [one.pk for one in (first, second) if one]
    listed = Organisation.objects.standing().with_names().filter(pk__in=named).exclude(pk__in=chosen).order_by("pk")
    found = [one for home in shipped_countries() for one in listed.filter(home=home)[:MOST]] if asked else []
    return {
        "first": first,
        "second": second,
        "notice": notice,
        "asked": asked,
        "missing": "first" if first is None else "second",
        "results": [(one, *name_for_reader(one)) for one in found],
        "trail": trail(_("Propose an introduction")),
    }

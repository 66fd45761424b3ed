"""One's own desk: what waits, what is in hand, and what to do next."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from corridor.directory.models import Country
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.states import Capability
from corridor.language.rules import may_see_engine
from corridor.matching.models import Notice, Wording
from corridor.matching.operations import notices
from corridor.matching.operations.alerts import news_of
from corridor.matching.states import WordingState
from corridor.web.decisions import decide, submission_of, submissions_of, told_of_text
from corridor.web.desk import mine
from corridor.web.desk.belonging import belonging_of
from corridor.web.page import page, signed_in
from corridor.web.waiting import colleagues_of, organisations_where, own_queue

PAGE = 30


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything a person has to do with, in the order of how pressing it is."""
    user = signed_in(request)
    context = {
        "steps": mine.next_steps(user),
        "returned": mine.returned(user),
        "own_queue": submissions_of(own_queue(user).order_by("submitted_at", "pk")[: mine.MOST]),
        "colleagues": colleagues_of(user).count(),
        "ending": mine.ending(user),
        "lying": mine.lying(user),
        "drafts": mine.drafts(user),
        "news": mine.news(user),
        "searches": [(search, hits) for search, hits in news_of(user) if hits],
        "views": mine.views_of(user, "none", reverse("desk-notices")),
        "belonging": (belonging := belonging_of(user)),
        "suspended": [one for one in belonging if one.organisation and one.organisation.is_suspended],
        "sees_engine": may_see_engine(user).allowed,
    }
    return page(request, "desk/desk.html", context)


@require_safe
def own_notices(request: HttpRequest) -> HttpResponse:
    """One's notices, and those of one's organisations, by where they stand."""
    view = request.GET.get("view", "")
    view = view if view in mine.VIEWS else ""
    url = reverse("desk-notices")
    shown = Paginator(mine.notices_in(signed_in(request), view), PAGE).get_page(request.GET.get("page"))
    before = shown.number - 1 if shown.has_previous() else 0
    after = shown.number + 1 if shown.has_next() else 0
    context = {
        "notices": shown.object_list,
        "views": mine.views_of(signed_in(request), view, url),
        "previous_url": f"{url}?view={view}&page={before}" if before else "",
        "next_url": f"{url}?view={view}&page={after}" if after else "",
    }
    return page(request, "desk/notices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let one's notice run on; what is wrong with the date is said at the form."""
    notice = get_object_or_404(mine.works_on(signed_in(request)).filter(published__isnull=False), pk=pk)
    form = mine.RenewalForm(request.POST or None, key=pk)
    if request.method == "POST" and form.is_valid() and was_renewed(request, notice, form):
        return redirect("desk")
    return page(request, "desk/renewal.html", {"notice": notice, "form": form})


def was_renewed(request: HttpRequest, notice: Notice, form: mine.RenewalForm) -> bool:
    """Renew, or say at the form why not."""
    try:
        notices.renew(notice, by=signed_in(request), until=form.cleaned_data["until"])
    except Refused as refusal:
        form.add_error(None, [str(reason) for reason in refusal.reasons])
        return False
    messages.success(request, _("Renewed."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A text of one's own verified organisation: publish or return it, where the country leaves that to the organisation."""
    own = Q(notice__organisation__in=organisations_where(signed_in(request), Capability.SPEAK))
    themselves = Country.objects.filter(verified_publish_themselves=True)
    found = Wording.objects.filter(own, submitted_at__isnull=False, notice__organisation__verification__isnull=False)
    related = found.select_related("notice__author", "notice__organisation__verification")
    wording = get_object_or_404(related.filter(notice__home__in=themselves.values("pk")), pk=pk)
    form = decide(request, wording) if request.method == "POST" else None
    is_over = form is None if request.method == "POST" else wording.state != WordingState.SUBMITTED
    if is_over:
        if request.method != "POST":
            told_of_text(request, wording)
        return redirect("desk")
    item = submission_of(wording, Country.objects.get(pk=wording.notice.home), form)
    return page(request, "desk/submission.html", {"item": item})

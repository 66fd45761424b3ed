"""The page of search: one box over everything, in any language, and why each result is there."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.language.operations.questions import LONGEST_QUERY
from corridor.language.states import Language
from corridor.matching.states import NoticeKind
from corridor.web.page import page
from corridor.web.search.answers import Answer, answer
from corridor.web.search.asked import MOST_PAGES, Asked
from corridor.web.search.filters import active_filters, filter_groups, kinds


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, or the empty box; htmx gets the results alone."""
    asked = Asked.read(request.GET)
    by = request.user if request.user.is_authenticated else None
    found = answer(asked, by=by)
    context = {
        "asked": asked,
        "answer": found,
        "kinds": kinds(asked),
        "filters": filter_groups(asked),
        "active": active_filters(asked),
        "clear_url": asked.url(kind="", theme="", country="", language="", concept="", is_open=False)
        if asked.is_narrowed
        else "",
        "spoken_choices": [(code, asked.url(spoken=code)) for code in Language.values if code not in found.languages],
        "unspoken_url": asked.url(spoken=""),
        "previous_url": asked.url(page=asked.page - 1) if asked.page > 1 else "",
        "next_url": asked.url(page=asked.page + 1) if found.has_more and asked.page < MOST_PAGES else "",
        "position": position(asked, found),
        "longest": LONGEST_QUERY,
        **elsewhere(asked),
    }
    return page(request, "search/search.html", context, partial="found")


def elsewhere(asked: Asked) -> dict[str, str]:
    """Where the same search can be saved or read as a feed, and what a notice with this question begins with."""
    return {
        "saving_url": asked.other_url("saved-search-new"),
        "feed_url": asked.other_url("search-feed"),
        "need_query": asked.post_query(NoticeKind.NEED),
        "offer_query": asked.post_query(NoticeKind.OFFER),
    }


def position(asked: Asked, found: Answer) -> str:
    """Which results these are."""
    if not found.rows:
        return ""
    return _("%(first)s to %(last)s") % {"first": asked.offset + 1, "last": asked.offset + len(found.rows)}

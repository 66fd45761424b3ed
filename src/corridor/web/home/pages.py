"""The first page, themes, articles, and what the site says about itself."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.matching.states import NoticeKind
from corridor.web.components.parts import Crumb
from corridor.web.home import gathering
from corridor.web.home.articles import ARTICLES
from corridor.web.home.themes import STORIES
from corridor.web.page import page


def reader(request: HttpRequest) -> User | None:
    """The person who is signed in, if anybody is."""
    return request.user if request.user.is_authenticated else None


def trail(label: object) -> tuple[Crumb, ...]:
    """The way from the first page to this one."""
    return Crumb(_("Start page"), reverse("home")), Crumb(label)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The main job first: one box; then what is new, the six countries, ten articles, eight themes."""
    by = reader(request)
    newest = gathering.newest_of_each_country(by)
    addresses = (request.build_absolute_uri(reverse(name)) for name in ("home", "search"))
    context = {
        "needs": newest[NoticeKind.NEED],
        "offers": newest[NoticeKind.OFFER],
        "examples": gathering.examples([*newest[NoticeKind.NEED], *newest[NoticeKind.OFFER]]),
        "tiles": gathering.tiles(by),
        "articles": ARTICLES,
        "theme_counts": gathering.theme_counts(by),
        "linked_data": gathering.linked_data(settings.NODE["name"], *addresses),
    }
    return page(request, "home/home.html", context)


@login_not_required
@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    """What a theme is about and what is new in it."""
    if code not in Theme.values:
        raise Http404
    chosen, by = Theme(code), reader(request)
    newest = gathering.newest_in_theme(chosen, by)
    context = {
        "theme": chosen,
        "story": STORIES[chosen],
        "articles": [article for article in ARTICLES if article.number in STORIES[chosen].articles],
        "lists": [
            (kind, plural, newest[kind], empty)
            for kind, plural, empty in (
                (NoticeKind.NEED, _("Newest needs"), _("Nobody has said a need in this theme yet.")),
                (NoticeKind.OFFER, _("Newest offers"), _("Nobody has made an offer in this theme yet.")),
                (NoticeKind.PARTNER, _("Newest partner searches"), _("Nobody looks for partners in this theme yet.")),
            )
        ],
        "figures": gathering.figures_of_theme(chosen, by),
        "organisations": gathering.named_organisations(chosen, by),
        "trail": trail(chosen.label),
    }
    return page(request, "home/theme.html", context)


@login_not_required
@require_safe
def article(request: HttpRequest, number: int) -> HttpResponse:
    """What an article proposes, what exists here for it, and what does not."""
    if not 1 <= number <= len(ARTICLES):
        raise Http404
    context = {
        "article": ARTICLES[number - 1],
        "previous": ARTICLES[number - 2] if number > 1 else None,
        "next": ARTICLES[number] if number < len(ARTICLES) else None,
        "trail": trail(_("Article %(number)s") % {"number": number}),
    }
    return page(request, "home/article.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, who runs this installation, and that it is independent."""
    return page(request, "home/about.html", {"trail": trail(_("About"))})


@login_not_required
@require_safe
def principles(request: HttpRequest) -> HttpResponse:
    """How the six are treated as equals, in plain words."""
    return page(request, "home/principles.html", {"trail": trail(_("Principles"))})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, who sees it, and how it is removed."""
    return page(request, "home/privacy.html", {"trail": trail(_("Privacy"))})


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How to post, find and be confirmed."""
    days = settings.OVERDUE_WORKING_DAYS
    context = {"overdue_days": days, "megabytes": settings.UPLOAD_BYTES // 2**20, "trail": trail(_("Help"))}
    return page(request, "home/help.html", context)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What programs that collect pages may read: everything that is open, searches left out; nothing of a development site."""
    lines = ["User-agent: *"]
    if settings.DEVELOPMENT:
        lines += ["Disallow: /"]
    else:
        closed = [reverse("search"), *(f"/{part}/" for part in ("account", "desk", "country-desk", "mailbox"))]
        lines += [
            *(f"Disallow: {path}" for path in closed),
            f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that ask for the old name of the small picture are led to it."""
    return redirect(static("corridor/mark.svg"))

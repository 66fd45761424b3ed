"""Being on the roster of experts: for which themes, and for whom."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corridor.directory import rules
from corridor.directory.models import Profile
from corridor.directory.operations.roster import choose_themes
from corridor.directory.states import ProfileField
from corridor.kernel.states import Theme, Visibility
from corridor.web.page import page, signed_in
from corridor.web.people.choices import CircleForm, Item, field_circles
from corridor.web.people.mine import profile_of, trail


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_roster(request: HttpRequest) -> HttpResponse:
    """For each theme the circle that finds me there, or none."""
    user = signed_in(request)
    profile = profile_of(user)
    if profile is None:
        return redirect("my-profile")
    circles = [circle for circle in field_circles(profile) if circle in rules.ROSTER_CIRCLES]
    form = CircleForm(request.POST or None, items=themes_of(profile), circles=circles, nobody=_("not listed"))
    if request.method == "POST":
        deed, may = partial(choose_themes, profile, by=user), partial(rules.may_join_roster, user, profile)
        if form.take(deed, may):
            messages.success(request, _("Saved. The roster shows it from this moment."))
            return redirect("my-profile")
    name = next((c for c in profile.consents.all() if c.field == ProfileField.NAME), None)
    context = {
        "form": form,
        "name_readers": Visibility(name.visibility).label if name else "",
        "may_be_shown": rules.may_be_shown(user, profile),
        "trail": trail(_("Roster of experts")),
    }
    return page(request, "people/my_roster.html", context)


def themes_of(profile: Profile) -> list[Item]:
    """The eight themes with the circle that finds the person there now."""
    now = {entry.theme: entry.visibility for entry in profile.roster.all() if entry.ended_at is None}
    return [Item(theme, str(theme.label), "", now.get(theme, "")) for theme in Theme]

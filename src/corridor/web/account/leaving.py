"""Taking everything about oneself along, and removing one's account: what goes, what stays and why is said before."""

from tempfile import TemporaryFile

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corridor.kernel import rules
from corridor.kernel.operations.people import HELD, Fate, remove, what_stays, write_archive
from corridor.web.account.holdings import holdings_of
from corridor.web.page import page, signed_in

reading_and_sending = require_http_methods(["GET", "HEAD", "POST"])


class RemovalForm(forms.Form):
    """That one knows what one does."""

    is_sure = forms.BooleanField(label=gettext_lazy("I want to remove my account, and know that this cannot be undone"))


@never_cache
@reading_and_sending
@reauthentication_required  # type: ignore[untyped-decorator]
def archive(request: HttpRequest) -> HttpResponseBase:
    """What is known of the person, in one archive."""
    user = signed_in(request)
    if request.method != "POST":
        return page(
            request, "account/archive.html", {"parts": list(dict.fromkeys(part.what for part in HELD.values()))}
        )
    file = TemporaryFile()  # noqa: SIM115 - the response closes it, after sending
    write_archive(user, file, by=user)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="about-me.zip", content_type="application/zip")


@never_cache
@reading_and_sending
@reauthentication_required  # type: ignore[untyped-decorator]
def removal(request: HttpRequest) -> HttpResponse:
    """Remove the account: first what that means, then the deed."""
    user = signed_in(request)
    form = RemovalForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        remove(user, by=user)
        logout(request)
        messages.success(request, _("Your account is removed. Thank you for having been here."))
        return redirect("home")
    stays: dict[str, list[str]] = {}
    for part in what_stays():
        if part.of(user).exists():
            stays.setdefault(str(part.why), []).append(str(part.what))
    context = {
        "form": form,
        "may": rules.may_remove(user, user),
        "ending": [held for held in holdings_of(user) if held.is_current],
        "stays": {why: list(dict.fromkeys(what)) for why, what in stays.items()},
        "goes": list(dict.fromkeys(str(part.what) for part in HELD.values() if part.fate == Fate.GOES)),
    }
    return page(request, "account/removal.html", context)

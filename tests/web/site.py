"""A small site for tests of the look: the gallery, a form behind the sign-in, a refusal, a fault."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from pytest_django.fixtures import Settings

from corridor.kernel.logic.verdict import Verdict
from corridor.web.gallery import gallery

REASONS = ("Only the focal point of Lao PDR can publish this.", "The text is empty.")


@login_not_required
def open_form(request: HttpRequest) -> HttpResponse:
    """A form that anybody may send."""
    return HttpResponse("received")


def closed_form(request: HttpRequest) -> HttpResponse:
    """A form that needs signing in."""
    return HttpResponse("received")


@login_not_required
def refusal(request: HttpRequest) -> HttpResponse:
    """Something that nobody may do."""
    Verdict(REASONS).enforce()
    return HttpResponse("done")


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """Where one signs in."""
    return HttpResponse("sign in")


urlpatterns = [
    path("gallery/", gallery, name="gallery"),
    path("open-form/", open_form),
    path("closed-form/", closed_form),
    path("refusal/", refusal),
    path("sign-in/", sign_in, name="account_login"),
    path("desk/", closed_form, name="desk"),
]


def settle(settings: Settings) -> None:
    """Let the client meet this site: its addresses, files as they lie in the checkout, forms kept at the sign-in."""
    settings.ROOT_URLCONF = __name__
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MIDDLEWARE = [
        "corridor.web.middleware.SignInMiddleware" if name.endswith("LoginRequiredMiddleware") else name
        for name in settings.MIDDLEWARE
    ]


handler400 = "corridor.web.errors.bad_request"
handler403 = "corridor.web.errors.forbidden"
handler404 = "corridor.web.errors.not_found"
handler500 = "corridor.web.errors.server_error"

"""The service, and a door through which a test signs somebody in there."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def door(request: HttpRequest) -> HttpResponse:
    """Signed in at the ministry from here on, as somebody with this address, checked by it or not, and perhaps with this name."""
    email = request.GET["email"]
    user, _ = get_user_model().objects.get_or_create(
        username=request.GET.get("name", email), email=email, first_name="Noy", last_name="Invented"
    )
    verified = request.GET["verified"] == "yes"
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": verified, "primary": True})
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("in")


urlpatterns = [
    path("door/", door),
    path("account/", include("allauth.account.urls")),
    path("", include("allauth.idp.urls")),
]

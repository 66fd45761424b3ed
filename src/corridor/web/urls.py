"""Every address of the site, area by area; names are nouns."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from corridor.web.gallery import gallery

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("corridor.web.home.urls")),
    path("search/", include("corridor.web.search.urls")),
    path("notices/", include("corridor.web.notices.urls")),
    path("directory/networks/", include("corridor.web.networks.urls")),
    path("directory/", include("corridor.web.places.urls")),
    path("people/", include("corridor.web.people.urls")),
    path("introductions/", include("corridor.web.introductions.urls")),
    path("concepts/", include("corridor.web.concepts.urls")),
    path("desk/", include("corridor.web.desk.urls")),
    path("alerts/", include("corridor.web.alerts.urls")),
    path("country-desk/", include("corridor.web.offices.urls")),
    path("account/", include("corridor.web.account.urls")),
    path("mailbox/", include("corridor.web.mailbox.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
]
if settings.DEVELOPMENT:
    urlpatterns += [path("gallery/", gallery, name="gallery")]

handler400 = "corridor.web.errors.bad_request"
handler403 = "corridor.web.errors.forbidden"
handler404 = "corridor.web.errors.not_found"
handler500 = "corridor.web.errors.server_error"

"""Every address of the site, area by area; names are nouns."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("corridor.web.home.urls")),
    path("search/", include("corridor.web.search.urls")),
    path("notices/", include("corridor.web.notices.urls")),
    path("directory/", include("corridor.web.places.urls")),
    path("desk/", include("corridor.web.desk.urls")),
    path("country-desk/", include("corridor.web.offices.urls")),
    path("account/", include("corridor.web.account.urls")),
    path("mailbox/", include("corridor.web.mailbox.urls")),
]

handler400 = "corridor.web.errors.bad_request"
handler403 = "corridor.web.errors.forbidden"
handler404 = "corridor.web.errors.not_found"
handler500 = "corridor.web.errors.server_error"

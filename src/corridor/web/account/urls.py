"""Addresses of this area: our own, and those of allauth with our pages."""

from django.urls import URLPattern, URLResolver, include, path

from corridor.web.account import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.account, name="account"),
    path("membership/", views.membership, name="membership"),
    path("offices/<uuid:pk>/resignation/", views.resignation, name="resignation"),
    path("login/link/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("", include("allauth.account.urls")),
]

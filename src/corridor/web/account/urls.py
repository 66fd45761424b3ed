"""Addresses of this area: our own, and those of allauth with our pages."""

from django.urls import URLPattern, URLResolver, include, path

from corridor.web.account import factors, leaving, ministries, phones, sessions, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.account, name="account"),
    path("membership/", views.membership, name="membership"),
    path("archive/", leaving.archive, name="about_me"),
    path("removal/", leaving.removal, name="account_removal"),
    path("offices/<uuid:pk>/resignation/", views.resignation, name="resignation"),
    path("login/link/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("login/phone/", phones.asking, name="phone_sign_in"),
    path("login/phone/code/", phones.signing_in, name="phone_sign_in_code"),
    path("phone/", phones.own, name="phone"),
    path("phone/code/", phones.confirming, name="phone_code"),
    path("phone/removal/", phones.removal, name="phone_removal"),
    path("second-factor/totp/activate/", factors.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("second-factor/webauthn/add/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("sessions/<int:pk>/ending/", sessions.ending, name="session_ending"),
    path("sessions/", include("allauth.usersessions.urls")),
    path("ministry/oidc/<str:provider_id>/login/", ministries.login, name="openid_connect_login"),
    path("ministry/oidc/<str:provider_id>/login/callback/", ministries.callback, name="openid_connect_callback"),
    path("ministry/", include("allauth.socialaccount.urls")),
    path("", include("allauth.account.urls")),
]

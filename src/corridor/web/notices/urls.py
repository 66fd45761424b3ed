"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.notices import (
    assisted,
    deeds,
    listing,
    organisation,
    reading,
    reports,
    translated,
    translating,
    writing,
)

urlpatterns: list[URLPattern] = [
    path("", listing.notices, name="notices"),
    path("new/", writing.new_notice, name="notice-new"),
    path("new/draft/", writing.new_draft, name="notice-new-draft"),
    path("language/", writing.language, name="notice-language"),
    path("takeover/", assisted.takeover, name="notice-takeover"),
    path("files/<uuid:pk>/", reading.attachment, name="attachment"),
    path("<uuid:pk>/", reading.notice, name="notice"),
    path("<uuid:pk>/text/", writing.text, name="notice-text"),
    path("<uuid:pk>/facts/", writing.facts, name="notice-facts"),
    path("<uuid:pk>/readers/", writing.readers, name="notice-readers"),
    path("<uuid:pk>/draft/<slug:step>/", writing.draft, name="notice-draft"),
    path("<uuid:pk>/organisation/", organisation.organisation, name="notice-organisation"),
    path("<uuid:pk>/mandate/", assisted.mandate, name="notice-mandate"),
    path("<uuid:pk>/report/", reports.report, name="notice-report"),
    path("<uuid:pk>/reports/answer/", reports.answer, name="notice-reports-answer"),
    path("<uuid:pk>/translation/", translating.translation, name="notice-translation"),
    path("<uuid:pk>/translation/wish/", translating.wish, name="notice-translation-wish"),
    path("<uuid:pk>/translations/<uuid:translation>/", translated.translated, name="notice-translated"),
    path(
        "<uuid:pk>/translations/<uuid:translation>/confirmation/",
        translated.confirmation,
        name="notice-translation-confirmation",
    ),
    path("<uuid:pk>/submission/", deeds.submission, name="notice-submission"),
    path("<uuid:pk>/taking-back/", deeds.taking_back, name="notice-taking-back"),
    path("<uuid:pk>/publication/", deeds.publication, name="notice-publication"),
    path("<uuid:pk>/return/", deeds.give_back, name="notice-return"),
    path("<uuid:pk>/withdrawal/", deeds.withdrawal, name="notice-withdrawal"),
    path("<uuid:pk>/fulfilment/", deeds.fulfilment, name="notice-fulfilment"),
    path("<uuid:pk>/renewal/", deeds.renewal, name="notice-renewal"),
    path("<uuid:pk>/suspension/", deeds.suspension, name="notice-suspension"),
    path("<uuid:pk>/suspension/end/", deeds.lifting, name="notice-lifting"),
    path("<uuid:pk>/watch/", deeds.watch, name="notice-watch"),
    path("<uuid:pk>/watch/end/", deeds.unwatch, name="notice-watch-end"),
    path("<uuid:pk>/dismissal/", deeds.dismissal, name="notice-dismissal"),
    path("<uuid:pk>/dismissals/return/", deeds.restoration, name="notice-restoration"),
]

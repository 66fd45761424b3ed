"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.offices import (
    corrections,
    duplicates,
    imports,
    listing,
    members,
    merges,
    people,
    publishing,
    submissions,
    texts,
)

urlpatterns: list[URLPattern] = [
    path("", submissions.queue, name="country-desk"),
    path("submissions/<uuid:pk>/", submissions.submission, name="country-desk-submission"),
    path("people/", people.queue, name="country-desk-people"),
    path("people/<uuid:pk>/", people.person, name="country-desk-person"),
    path("organisations/", listing.queue, name="country-desk-organisations"),
    path("organisations/<uuid:pk>/", listing.verification, name="country-desk-verification"),
    path("organisations/<uuid:pk>/withdrawal/", listing.withdrawal, name="country-desk-verification-withdrawal"),
    path("corrections/", corrections.queue, name="country-desk-corrections"),
    path("duplicates/", duplicates.queue, name="country-desk-duplicates"),
    path("duplicates/naming/", duplicates.naming, name="country-desk-pair-naming"),
    path("duplicates/<uuid:pk>/", duplicates.pair, name="country-desk-pair"),
    path("merges/", merges.merges, name="country-desk-merges"),
    path("merges/<uuid:pk>/", merges.undoing, name="country-desk-undoing"),
    path("imports/", imports.imports, name="country-desk-imports"),
    path("imports/template.csv", imports.template, {"kind": "csv"}, name="country-desk-import-template"),
    path("imports/template.xlsx", imports.template, {"kind": "xlsx"}, name="country-desk-import-workbook"),
    path("imports/<uuid:pk>/", imports.one, name="country-desk-import"),
    path("imports/<uuid:pk>/faults.csv", imports.faults, name="country-desk-import-faults"),
    path("reports/", texts.reports, name="country-desk-reports"),
    path("reports/<uuid:pk>/", texts.reported, name="country-desk-reported"),
    path("suspended/", texts.suspended, name="country-desk-suspended"),
    path("suspended/<uuid:pk>/", texts.lifting, name="country-desk-lifting"),
    path("members/", members.members, name="country-desk-members"),
    path("members/<uuid:pk>/", members.ending, name="country-desk-ending"),
    path("settings/", publishing.settings_page, name="country-desk-settings"),
    path("settings/officers/", publishing.appointment, name="country-desk-appointment"),
]

"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.places import (
    atlas,
    browsing,
    comparison,
    corrections,
    countries,
    entries,
    facilities,
    facility,
    facility_entries,
    reading,
    suspensions,
    towns,
)

urlpatterns: list[URLPattern] = [
    path("", countries.six, name="directory"),
    path("countries/", countries.six, name="countries"),
    path("countries/<str:code>/", countries.country, name="country"),
    path("organisations/", browsing.organisations, name="organisations"),
    path("map/", atlas.organisations_map, name="organisations-map"),
    path("map/places.json", atlas.places, name="organisations-map-places"),
    path("map/land.json", atlas.outline_file, name="organisations-map-land"),
    path("towns/", towns.suggestions, name="town-suggestions"),
    path("organisations/new/", entries.new_entry, name="organisation-new"),
    path("organisations/<uuid:pk>/", reading.organisation, name="organisation"),
    path("organisations/<uuid:pk>/entry/", entries.entry, name="organisation-entry"),
    path("organisations/<uuid:pk>/correction/", corrections.suggestion, name="organisation-correction"),
    path("organisations/<uuid:pk>/objection/", suspensions.objection, name="organisation-objection"),
    path("organisations/<uuid:pk>/corrections/", corrections.waiting, name="organisation-corrections"),
    path("corrections/<uuid:pk>/answer/", corrections.answer, name="correction-answer"),
    path("organisations/<uuid:pk>/facilities/new/", facility_entries.new_facility, name="facility-new"),
    path("facilities/", facilities.facilities, name="facilities"),
    path("facilities/comparison/", comparison.comparison, name="facility-comparison"),
    path("facilities/<uuid:pk>/", facility.facility, name="facility"),
    path("facilities/<uuid:pk>/entry/", facility_entries.facility_entry, name="facility-entry"),
    path("facilities/<uuid:pk>/closing/", facility_entries.facility_closing, name="facility-closing"),
    path("facilities/<uuid:pk>/reopening/", facility_entries.facility_reopening, name="facility-reopening"),
]

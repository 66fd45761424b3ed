"""Which rows of an import name an organisation that the directory lists already."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.directory.logic.keys import key_of
from corridor.directory.logic.listing import Row, site_of
from corridor.directory.models import Organisation, OrganisationName


def look_for_listed(rows: Sequence[Row], home: str) -> None:
    """Say in each row which listed organisation of the country has such a name, or the same web site: in two queries for all rows."""
    names = _listed_names(home, {key for row in rows for key in row.keys})
    sites = _listed_sites(home, {site_of(row.facts.get("website", "")) for row in rows} - {""})
    for row in rows:
        same = next((names[key] for key in sorted(row.keys) if key in names), None)
        if same:
            row.unsure("name", "same_listed", organisation=same)
        site = site_of(row.facts.get("website", ""))
        if site in sites:
            row.unsure("website", "same_site_listed", organisation=sites[site])


def _listed_names(home: str, wanted: set[str]) -> dict[str, str]:
    listed = OrganisationName.objects.filter(organisation__home=home).values_list("text", "organisation")
    keys = ((key_of(text), str(organisation)) for text, organisation in listed.iterator())
    return {key: organisation for key, organisation in keys if key in wanted} if wanted else {}


def _listed_sites(home: str, wanted: set[str]) -> dict[str, str]:
    listed = Organisation.objects.filter(home=home).exclude(website="").values_list("website", "pk")
    sites = ((site_of(website), str(key)) for website, key in listed.iterator())
    return {site: key for site, key in sites if site in wanted} if wanted else {}

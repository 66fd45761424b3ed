"""An organisation in the words of schema.org, for search engines."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from corridor.directory.models import Organisation

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
TYPES = {
    "university": "CollegeOrUniversity",
    "institute": "ResearchOrganization",
    "hospital": "Hospital",
    "ministry": "GovernmentOrganization",
    "agency": "GovernmentOrganization",
    "enterprise": "Corporation",
    "ngo": "NGO",
}


def structured(organisation: Organisation, url: str) -> SafeString:
    """What everybody may know of an organisation, as JSON that cannot end the element it stands in."""
    names = [name.text for name in organisation.names.all()]
    main = organisation.native_name or organisation.name
    rors = [found.value for found in organisation.identifiers.all() if found.scheme == "ror"]
    place = {
        "addressLocality": organisation.place,
        "addressRegion": organisation.province,
        "addressCountry": organisation.home,
    }
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(organisation.type, "Organization"),
        "name": main,
        "alternateName": [name for name in dict.fromkeys(names) if name != main],
        "url": organisation.website or url,
        "mainEntityOfPage": url,
        "address": {"@type": "PostalAddress", **{key: value for key, value in place.items() if value}},
        "sameAs": [ror if ror.startswith("http") else f"https://ror.org/{ror}" for ror in rors],
        "parentOrganization": parent_of(organisation),
        "disambiguatingDescription": "Sample: this organisation is invented." if organisation.is_sample else "",
    }
    known = {key: value for key, value in data.items() if value}
    return mark_safe(json.dumps(known, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - translated above


def parent_of(organisation: Organisation) -> dict[str, str]:
    """What it is a part of."""
    parent = organisation.parent
    return {"@type": "Organization", "name": parent.native_name or parent.name} if parent else {}

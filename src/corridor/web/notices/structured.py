"""A notice in the words of schema.org, for search engines."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from corridor.matching.models import Notice, Wording
from corridor.matching.states import NoticeKind

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def structured(notice: Notice, wording: Wording) -> SafeString | str:
    """A Demand or an Offer with its organisation; empty for an anonymous text."""
    organisation = notice.organisation
    if wording.is_anonymous or organisation is None:
        return ""
    is_offer = notice.kind == NoticeKind.OFFER
    owner = {"@type": "Organization", "name": organisation.native_name or organisation.name}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Offer" if is_offer else "Demand",
        "name": _said(wording.title, wording.language),
        "itemOffered": {"@type": "Service", "description": _said(wording.text, wording.language)},
        "areaServed": notice.target_countries,
        "validFrom": notice.published_at.date().isoformat() if notice.published_at else "",
        "validThrough": notice.valid_until.isoformat() if notice.valid_until else "",
        **({"offeredBy": owner} if is_offer else {"@reverse": {"seeks": owner}}),
    }
    return as_data({key: value for key, value in data.items() if value})


def as_data(data: dict[str, Any]) -> SafeString:
    """JSON that cannot end the element it stands in."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308


def _said(text: str, language: str) -> object:
    return {"@value": text, "@language": language} if language else text

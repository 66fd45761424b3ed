"""The seven languages of Corridor: their codes, and how each calls itself."""

from typing import Final, Literal

Language = Literal["en", "km", "lo", "my", "th", "vi", "zh-hans"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "km", "lo", "my", "th", "vi", "zh-hans")

NATIVE_NAMES: Final[dict[Language, str]] = {
    "en": "English",
    "km": "ខ្មែរ",
    "lo": "ລາວ",
    "my": "မြန်မာဘာသာ",
    "th": "ไทย",
    "vi": "Tiếng Việt",
    "zh-hans": "简体中文",
}

_HTML: Final[dict[Language, str]] = {
    "en": "en",
    "km": "km",
    "lo": "lo",
    "my": "my",
    "th": "th",
    "vi": "vi",
    "zh-hans": "zh-Hans",
}

# ISO 639-1, 639-2 (both kinds) and 639-3 primary subtags, and the older or narrower codes still met in data.
_PRIMARY: Final[dict[str, Language]] = {
    "en": "en",
    "eng": "en",
    "km": "km",
    "khm": "km",
    "lo": "lo",
    "lao": "lo",
    "my": "my",
    "mya": "my",
    "bur": "my",
    "th": "th",
    "tha": "th",
    "vi": "vi",
    "vie": "vi",
    "zh": "zh-hans",
    "zho": "zh-hans",
    "chi": "zh-hans",
    "cmn": "zh-hans",
}


def normalise_code(code: str | None) -> Language | None:
    """The language of ours that a BCP 47 tag or an ISO 639 code names; None when it is not one of the seven.

    Case, `_` for `-`, regions, variants and extensions do not matter (`zh_CN`, `vi-VN`, `en-US-u-ca-gregory`);
    Chinese in Traditional script is Chinese (`zh-TW`): its readers read Simplified rather than English.
    Source of the tags' shape: BCP 47 (RFC 5646).
    """
    return _PRIMARY.get(code.strip().replace("_", "-").casefold().split("-")[0]) if code else None


def html_lang(code: str) -> str:
    """The value of an HTML `lang` attribute (BCP 47, e.g. `zh-Hans`); a code not of the seven comes back as it is."""
    language = normalise_code(code)
    return _HTML[language] if language else code


def native_name(code: str) -> str:
    """How a language calls itself; a code not of the seven comes back as it is."""
    language = normalise_code(code)
    return NATIVE_NAMES[language] if language else code

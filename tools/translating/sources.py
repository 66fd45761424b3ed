"""Where messages come from: the project's own code and templates, and the parts of libraries that people meet here."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.mofile import read_mo

from tools.translating.messages import Message, Messages, first_form
from tools.translating.templates import template_messages

CHECKOUT = Path(__file__).resolve().parents[2]
PROJECT = CHECKOUT / "src" / "corridor"
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg"}
NOTES = ("Translators:",)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

# Modules of Django and allauth whose messages reach people here. Where a library's own catalogue has no text for a
# language, the project brings it. Modules that only speak to programmers or to Django's admin are left out.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "django": (
        "contrib/auth/password_validation.py",
        "core/validators.py",
        "db/models/base.py",
        "db/models/constraints.py",
        "db/models/fields/__init__.py",
        "forms/fields.py",
        "forms/forms.py",
        "forms/models.py",
        "forms/widgets.py",
        "template/defaultfilters.py",
        "utils/dateformat.py",
        "utils/dates.py",
        "utils/text.py",
        "utils/timesince.py",
    ),
    "allauth": ("account/adapter.py", "account/fields.py", "account/forms.py"),
}
# Folders of catalogues that Django reads at run time beside the project's.
LIBRARY_CATALOGUES = (
    ("django", "conf/locale"),
    ("django", "contrib/auth/locale"),
    ("django", "contrib/contenttypes/locale"),
    ("django", "contrib/postgres/locale"),
    ("django", "contrib/sessions/locale"),
    ("allauth", "locale"),
)
# Messages of those modules that nobody can meet here: kinds of field and ways of signing in that Corridor does not have.
UNREACHABLE = re.compile(
    r"phone|username|authenticator|security key|JSON|slug|IPv|duration|inline value|valid image|"
    r"separated by commas|domain name|multiple of step size|Username can not|cannot add more than|\(again\)|"
    r"Login$|Remember Me|Email \(optional\)",
    re.IGNORECASE,
)


# Of some modules only these: the rest describes kinds of columns to programmers.
REACHABLE = {
    "django/db/models/fields/__init__.py": re.compile("^This field cannot|already exists|not a valid choice"),
}


def project_messages(root: Path = PROJECT) -> Messages:
    """Everything that Corridor says in its own words."""
    found = Messages()
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root).as_posix()
        if path.suffix == ".py" and "migrations" not in path.parts:
            for message in code_messages(path, place):
                found.add(message)
        elif path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts:
            for message in template_messages(path.read_text(encoding="utf-8"), place):
                found.add(message)
    return found


def library_messages() -> Messages:
    """What Django and allauth say to people here."""
    return Messages(
        message
        for library, modules in LIBRARIES.items()
        for module in modules
        for message in code_messages(folder(library) / module, f"{library}/{module}")
        if is_reachable(message)
    )


def is_reachable(message: Message) -> bool:
    """Whether people can meet this message of a library here."""
    parts = [REACHABLE[place] for place in message.places if place in REACHABLE]
    return not UNREACHABLE.search(message.english) and all(part.search(message.english) for part in parts)


def code_messages(path: Path, place: str) -> Iterator[Message]:
    """Messages of one Python module."""
    with path.open("rb") as source:
        for _line, said, notes, context in extract("python", source, KEYWORDS, NOTES, {"encoding": "utf-8"}):
            english, plural = said if isinstance(said, tuple) else (said, "")
            cleaned = {note.removeprefix(NOTES[0]).strip() for note in notes}
            if english:
                yield Message(english, context or "", plural or "", {place}, cleaned)


def texts_of_libraries(language: str) -> dict[tuple[str, str], str]:
    """What the libraries' own catalogues have in one language: (English, context) -> text."""
    found: dict[tuple[str, str], str] = {}
    for library, place in LIBRARY_CATALOGUES:
        path = folder(library) / place / language / "LC_MESSAGES" / "django.mo"
        if not path.exists():
            continue
        with path.open("rb") as file:
            for entry in read_mo(file):
                english = first_form(entry.id)
                text = first_form(entry.string)
                if english and text:
                    found[english, entry.context or ""] = text
    return found


def wanted(language: str, own: Messages, libraries: Messages) -> Messages:
    """What the project's catalogue of one language must hold: its own words, and what the libraries lack."""
    theirs = texts_of_libraries(language)
    lacking = (message for message in libraries if message.key not in theirs)
    return Messages([*own, *lacking])


def folder(library: str) -> Path:
    """Where an installed library lies."""
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(library)
    return Path(spec.origin).parent

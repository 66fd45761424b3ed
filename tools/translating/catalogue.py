"""One language's catalogue: read, merged with what the code says now, and written so that a change is a small diff."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.pofile import normalize, read_po

from tools.translating.calendar import calendar_texts
from tools.translating.messages import Message, Messages, first_form
from tools.translating.sources import PROJECT

LOCALE = PROJECT / "locale"
TEMPLATE = LOCALE / "corridor.pot"
# Languages of the interface beside English, in its order: code of Django -> (folder, name).
LANGUAGES = {
    "km": ("km", "Khmer"),
    "lo": ("lo", "Lao"),
    "my": ("my", "Burmese"),
    "th": ("th", "Thai"),
    "vi": ("vi", "Vietnamese"),
    "zh-hans": ("zh_Hans", "Chinese, simplified"),
}
HEAD = """\
# {name} texts of Corridor's interface.
# draft translations, no native reviewer has signed yet
# Written by tools/translations.py; docs/translations.md says how to correct a text and how to sign.
msgid ""
msgstr ""
"Project-Id-Version: Corridor\\n"
"Language: {folder}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
TEMPLATE_HEAD = """\
# What Corridor's interface says in English. Written by tools/translations.py.
msgid ""
msgstr ""
"Project-Id-Version: Corridor\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""


@dataclass
class Catalogue:
    """The texts of one language: (English, context) -> text. None of the six has plural forms, so one text is enough."""

    language: str
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    fuzzy: set[tuple[str, str]] = field(default_factory=set)
    comments: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return LANGUAGES[self.language][0]

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return LOCALE / self.folder / "LC_MESSAGES" / "django.po"


@contextmanager
def alone() -> Iterator[None]:
    """Wait until nobody else of this machine changes catalogues, so that nothing that was taken in is lost."""
    LOCALE.mkdir(parents=True, exist_ok=True)
    folder = os.open(LOCALE, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def read(language: str) -> Catalogue:
    """The catalogue as it is kept; empty if there is none yet."""
    catalogue = Catalogue(language)
    if not catalogue.path.exists():
        return catalogue
    with catalogue.path.open("rb") as file:
        kept = read_po(file, locale=catalogue.folder, abort_invalid=True)
    for entry in kept:
        if not entry.id:
            continue
        key = (first_form(entry.id), entry.context or "")
        catalogue.texts[key] = first_form(entry.string)
        if entry.fuzzy:
            catalogue.fuzzy.add(key)
    catalogue.comments = _head_comments(catalogue.path)
    return catalogue


def merged(catalogue: Catalogue, messages: Messages) -> Catalogue:
    """The catalogue with exactly these messages: new ones empty (names of months and days from CLDR), others dropped."""
    known = calendar_texts(catalogue.folder)
    texts = {m.key: catalogue.texts.get(m.key) or known.get(m.key, "") for m in messages}
    return Catalogue(catalogue.language, texts, catalogue.fuzzy & texts.keys(), catalogue.comments)


def write(catalogue: Catalogue, messages: Messages) -> None:
    """Write it whole or not at all, in the order of the English."""
    folder, name = LANGUAGES[catalogue.language]
    head = HEAD.format(name=name, folder=folder)
    if catalogue.comments:
        head = "".join(f"{line}\n" for line in catalogue.comments) + head[head.index("msgid") :]
    parts = [head, *(_entry(m, catalogue.texts[m.key], m.key in catalogue.fuzzy) for m in messages)]
    _write(catalogue.path, "\n".join(parts))


def write_template(messages: Messages) -> None:
    """Write the list of all messages, for tools that translators bring."""
    _write(TEMPLATE, template_text(messages))


def template_text(messages: Messages) -> str:
    """The list of all messages with the files they are in; without line numbers, which change for no reason."""
    return "\n".join([TEMPLATE_HEAD, *(_entry(message, "", False, places=True) for message in messages)])


def _entry(message: Message, text: str, is_fuzzy: bool, *, places: bool = False) -> str:
    lines = [f"#. {note}" for note in sorted(message.notes)]
    if places:
        lines += [f"#: {place}" for place in sorted(message.places)]
    lines += ["#, fuzzy"] if is_fuzzy else []
    lines += [f"msgctxt {_quoted(message.context)}"] if message.context else []
    lines += [f"msgid {_quoted(message.english)}"]
    if message.plural:
        lines += [f"msgid_plural {_quoted(message.plural)}", f"msgstr[0] {_quoted(text)}"]
    else:
        lines += [f"msgstr {_quoted(text)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return normalize(text, width=0)


def _head_comments(path: Path) -> tuple[str, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(lines[: lines.index('msgid ""')])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)

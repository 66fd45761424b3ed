"""Keeps the catalogues of the interface: python tools/translations.py extract|merge|check|stats|export|import."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, only its own folder would be searched

from django.conf import settings

from tools.translating import catalogue as catalogues
from tools.translating.catalogue import LANGUAGES
from tools.translating.exchange import RowsError, hand_out, take_in
from tools.translating.messages import Messages, TemplateError
from tools.translating.sources import library_messages, project_messages, wanted
from tools.translating.validity import faults

SHOWN = 30  # faults of one language


def all_wanted() -> dict[str, Messages]:
    """What each language's catalogue must hold."""
    own, libraries = project_messages(), library_messages()
    return {language: wanted(folder, own, libraries) for language, (folder, _name) in LANGUAGES.items()}


def everything(each: dict[str, Messages]) -> Messages:
    """The messages of all languages together."""
    return Messages(message for messages in each.values() for message in messages)


def extract() -> None:
    """Write the list of all messages."""
    messages = everything(all_wanted())
    catalogues.write_template(messages)
    print(f"{len(messages)} messages in {catalogues.TEMPLATE.name}")


def merge() -> None:
    """Bring every catalogue in step with the code."""
    each = all_wanted()
    catalogues.write_template(everything(each))
    for language, messages in each.items():
        catalogues.write(catalogues.merged(catalogues.read(language), messages), messages)
    stats()


def stats() -> None:
    """Say how far each language is."""
    for language, messages in all_wanted().items():
        texts = catalogues.read(language).texts
        done = sum(bool(texts.get(message.key)) for message in messages)
        print(f"{language:8} {done:5} of {len(messages)} translated")


def check() -> list[str]:
    """Everything that keeps the catalogues from being complete and right."""
    each = all_wanted()
    found = []
    for language, messages in each.items():
        faults_here = _faults(language, messages)
        more = [f"{language}: and {len(faults_here) - SHOWN} more"] if len(faults_here) > SHOWN else []
        found += faults_here[:SHOWN] + more
    template = catalogues.TEMPLATE
    if not template.exists() or template.read_text(encoding="utf-8") != catalogues.template_text(everything(each)):
        found.append(f"{template.name} is out of step: run tools/translations.py merge")
    return found


def _faults(language: str, messages: Messages) -> list[str]:
    catalogue = catalogues.read(language)
    found = []
    for message in messages:
        if message.key not in catalogue.texts:
            found.append(f"{language}: {message.name} is not in the catalogue: run tools/translations.py merge")
        elif message.key in catalogue.fuzzy:
            found.append(f"{language}: {message.name} is marked fuzzy")
        else:
            found += [f"{language}: {message.name}: {it}" for it in faults(message, catalogue.texts[message.key])]
    stale = [english for english, context in catalogue.texts if (english, context) not in messages]
    return found + [
        f"{language}: {english!r} is not said any more: run tools/translations.py merge" for english in stale
    ]


def exchange(chosen: argparse.Namespace) -> None:
    """Hand work out to a translator, or take it in."""
    messages = all_wanted()[chosen.language]
    if chosen.verb == "export":
        print(f"{hand_out(chosen.language, messages, chosen.file, only_missing=chosen.missing)} rows in {chosen.file}")
    else:
        print(f"{take_in(chosen.language, messages, chosen.file)} texts taken")


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in (extract, merge, check, stats):
        verbs.add_parser(verb.__name__, help=verb.__doc__)
    for name in ("export", "import"):
        one = verbs.add_parser(name, help="a language's texts as JSON, for translators")
        one.add_argument("language", choices=LANGUAGES)
        one.add_argument("file", type=Path)
        if name == "export":
            one.add_argument("--missing", action="store_true", help="only what is not translated")
    return parser.parse_args()


def main() -> str | None:
    """Do what is asked for; what is returned is a complaint, and ends the program with 1."""
    settings.configure(USE_I18N=False)
    chosen = arguments()
    deeds = {"extract": extract, "merge": merge, "stats": stats}
    try:
        with catalogues.alone():
            if chosen.verb == "check":
                return "\n".join(check()) or None
            deeds[chosen.verb]() if chosen.verb in deeds else exchange(chosen)
    except (RowsError, TemplateError) as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main())

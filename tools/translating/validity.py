"""Whether a text can stand for its English: the same blanks to fill, the same tags, the same edges, nothing stray."""

import re
from collections import Counter

from tools.translating.messages import Message

NAMED = re.compile(r"%\(\w+(?:\.\w+)*\)[a-zA-Z]|\{\w*(?:[.!:][^{}]*)?\}")
POSITIONAL = re.compile(r"%[sdr]")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&[a-z]+;|&#\d+;")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffd\u2028\u2029]")
WORDS_OF_A_SENTENCE = 4  # shorter texts can be names or terms that are the same in both languages


def faults(message: Message, text: str) -> list[str]:
    """What is wrong with a text, in words; nothing for a text that is right."""
    if not text.strip() and message.english.strip():
        return ["is not translated"]
    english = message.plural or message.english
    found = [*_blanks(message, text), *_percents(english, text), *_tags(english, text)]
    if any(letter.isalpha() for letter in english) and _edges(english) != _edges(text):
        found.append("does not begin and end with the same spaces and line breaks")
    if text == message.english and len(re.findall(r"[a-z]{2,}", _plain(TAG.sub("", text)))) >= WORDS_OF_A_SENTENCE:
        found.append("is the English")
    if UNSEEN.search(text):
        found.append("has a control character")
    return found


def _blanks(message: Message, text: str) -> list[str]:
    """Named blanks; one that only the plural has (the number, mostly) may be left out."""
    wanted, found = set(NAMED.findall(message.plural or message.english)), set(NAMED.findall(text))
    optional = wanted - set(NAMED.findall(message.english))
    return (
        [_difference("blanks", wanted - optional, found - optional)]
        if wanted - found - optional or found - wanted
        else []
    )


def _percents(english: str, text: str) -> list[str]:
    if POSITIONAL.findall(_plain(english)) != POSITIONAL.findall(_plain(text)):
        return ["has not the same %s and %d in the same order"]
    if "%" in english and "%" in POSITIONAL.sub("", _plain(text)):
        return ["has a stray %: write %%"]
    return []


def _tags(english: str, text: str) -> list[str]:
    wanted, found = Counter(TAG.findall(english)), Counter(TAG.findall(text))
    if wanted != found:
        return [_difference("tags", set(wanted), set(found))]
    if re.search("[<>]", TAG.sub("", text)) and not re.search("[<>]", TAG.sub("", english)):
        return ["has a stray < or >"]
    return []


def _plain(text: str) -> str:
    return NAMED.sub("", text.replace("%%", ""))


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _difference(kind: str, wanted: set[str], found: set[str]) -> str:
    lacking, stray = sorted(wanted - found), sorted(found - wanted)
    parts = [f"lacks {', '.join(lacking)}"] if lacking else []
    parts += [f"has {', '.join(stray)} that English has not"] if stray else []
    return f"{kind}: {'; '.join(parts) or 'not as often as in English'}"

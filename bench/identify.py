"""How well the language of a text is told, by length of text, and how often we are sure and wrong."""

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from corridor.language.logic.fold import toneless
from corridor.language.logic.identify import identify
from corridor.language.logic.tongues import normalise_code
from corridor.language.logic.words import words

_OTHERS: Final = Path(__file__).parent / "sets" / "other_languages.json"
_EACH: Final = 1000
_SEED: Final = 20260101
_SHORT: Final = 40


def run(data: Path) -> dict[str, Any]:
    """Figures for the parallel sentences of `data/sib` cut to four lengths, and for our own texts in other languages.

    Each figure: `right` (the language was named), `unsure` (none was named), `sure_and_wrong`, and `likeliest` (the
    highest probability was the right language's), as shares of `texts`. Nothing is drawn at random without a seed.
    """
    sentences = dict(_sentences(data / "sib"))
    figures: dict[str, Any] = {"by_length": {}, "vietnamese_without_tones": {}}
    for length in ("one_word", "two_or_three_words", "under_40_characters", "longer"):
        figures["by_length"][length] = {
            language: _measured((language, text) for text in _cut(lines, length))
            for language, lines in sentences.items()
        }
        if "vi" in sentences:
            bare = [_typed_without_tones(text) for text in _cut(sentences["vi"], length)]
            figures["vietnamese_without_tones"][length] = _measured(("vi", text) for text in bare)
    figures["other_languages"] = _other_languages()
    figures["sentences_a_second"] = {language: _speed(lines) for language, lines in sentences.items()}
    return figures


def _sentences(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(folder.glob("*.txt")):
        language = normalise_code(path.stem)
        if language:
            yield language, path.read_text(encoding="utf-8").splitlines()


def _cut(lines: list[str], length: str) -> list[str]:
    """The sentences cut to a length, always in the same way."""
    if length == "longer":
        return [line for line in lines if len(line) >= _SHORT][:_EACH]
    choose = random.Random(_SEED)  # noqa: S311 - a fixed draw for a benchmark, no secret
    cut = [_part(line, length, choose) for line in lines]
    return [text for text in cut if text][:_EACH]


def _part(line: str, length: str, choose: random.Random) -> str:
    found = [word for word in words(line) if word.weight_class == "B"]
    if not found:
        return ""
    first = choose.randrange(len(found))
    if length == "one_word":
        return line[found[first].start : found[first].end]
    if length == "two_or_three_words":
        first = min(first, max(0, len(found) - 2))
        last = min(len(found) - 1, first + choose.choice((1, 2)))
        return line[found[first].start : found[last].end]
    fitting = [word.end for word in found[first:] if word.end - found[first].start < _SHORT]
    return line[found[first].start : fitting[-1]] if fitting else ""


def _typed_without_tones(text: str) -> str:
    return toneless(text.replace("Đ", "D").lower())


def _measured(cases: Iterable[tuple[str, str]]) -> dict[str, float]:
    right = unsure = wrong = likeliest = texts = 0
    for language, text in cases:
        guess = identify(text)
        said = "other" if guess.other else guess.language
        texts += 1
        right += said == language
        unsure += said is None or (guess.other and not guess.sure)
        wrong += guess.sure and said != language
        likeliest += (guess.other and language == "other") or _top(guess.probabilities) == language
    share = {"right": right, "unsure": unsure, "sure_and_wrong": wrong, "likeliest": likeliest}
    return {"texts": texts, **{name: round(count / texts, 4) for name, count in share.items() if texts}}


def _top(probabilities: dict[str, float]) -> str:
    return max(probabilities, key=lambda language: probabilities[language])


def _other_languages() -> dict[str, dict[str, float]]:
    sets = json.loads(_OTHERS.read_text(encoding="utf-8"))["sets"]
    return {name: _measured(zip(_answers(chosen), chosen["texts"], strict=True)) for name, chosen in sets.items()}


def _answers(chosen: dict[str, Any]) -> list[str]:
    """What each text of a set is in: one answer for all, or one each."""
    expected = chosen["expected"]
    return expected if isinstance(expected, list) else [expected] * len(chosen["texts"])


def _speed(lines: list[str]) -> int:
    began = perf_counter()
    for line in lines:
        identify(line)
    return round(len(lines) / (perf_counter() - began))

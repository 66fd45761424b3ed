"""The one written form of a syllable in Khmer, Lao, Thai and Burmese, whatever order its parts were typed in.

Every function takes one cluster (a letter with what stands on, under or after it) in NFKC and gives the cluster back in
the order of its script's standard: Khmer after the Unicode Standard, chapter 16.4; Burmese after Unicode Technical
Note 11 (Hosken); Thai and Lao after WTT 2.0 (vowel, then tone). All are idempotent and stay in NFC, except that SARA AM
is composed again, because dictionaries of words hold it so.
"""

import re
from typing import Final

KHMER_COENG: Final = "\u17d2"
MYANMAR_VIRAMA: Final = "\u1039"
MYANMAR_ASAT: Final = "\u103a"

_KHMER_PARTS: Final = re.compile("\u17d2.|.", re.DOTALL)
_KHMER_VOWELS: Final = frozenset(map(chr, range(0x17B6, 0x17C6)))
# The two registers, then vowels, then the small signs above, then the signs written after.
_KHMER_RANKS: Final = {
    "\u17cc": 2,
    "\u17c9": 3,
    "\u17ca": 3,
    **dict.fromkeys(_KHMER_VOWELS, 4),
    "\u17c6": 6,
    "\u17c7": 7,
    "\u17c8": 7,
}
# A vowel typed as the two halves that it looks like.
_KHMER_SPLIT_VOWELS: Final = (("\u17c1\u17b6", "\u17c4"), ("\u17c1\u17b8", "\u17be"))
# U+17B2 is another form of U+17B1; U+17A3 and U+17A4 are deprecated; U+17D3 was meant for lunar dates only.
_KHMER_LETTERS: Final = str.maketrans(
    {"\u17b2": "\u17b1", "\u17a3": "\u17a2", "\u17a4": "\u17a2\u17b6", "\u17d3": "\u17c6"}
)


def khmer(cluster: str) -> str:
    """Subscript RO goes last, subscript DA is TA (they look alike), registers and vowels stand in standard order."""
    cluster = cluster.translate(_KHMER_LETTERS)
    if len(cluster) < 3:
        return cluster
    base, *parts = (part[0] for part in _KHMER_PARTS.finditer(cluster))
    parts = [KHMER_COENG + "\u178f" if part == KHMER_COENG + "\u178a" else part for part in parts]
    parts.sort(key=_khmer_rank)
    ordered = base + "".join(_once(parts))
    for halves, whole in _KHMER_SPLIT_VOWELS:
        ordered = ordered.replace(halves, whole)
    return ordered


def _khmer_rank(part: str) -> int:
    if part[0] == KHMER_COENG:
        return 1 if part[1:] == "\u179a" else 0
    return _KHMER_RANKS.get(part, 5)


def _once(parts: list[str]) -> list[str]:
    """The parts with a mark typed twice in a row kept once."""
    return [part for place, part in enumerate(parts) if place == 0 or part != parts[place - 1]]


_BRAHMIC: Final = {
    "thai": ("\u0e4d", "\u0e32", "\u0e33", "เ", "แ", frozenset("\u0e48\u0e49\u0e4a\u0e4b"), "\u0e4c"),
    "lao": ("\u0ecd", "\u0eb2", "\u0eb3", "ເ", "ແ", frozenset("\u0ec8\u0ec9\u0eca\u0ecb"), "\u0ecc"),
}
_LAO_DIGRAPHS: Final = (("\u0eab\u0e99", "\u0edc"), ("\u0eab\u0ea1", "\u0edd"))


def thai(cluster: str) -> str:
    """Vowel before tone, SARA AM composed (after its tone), two SARA E are one SARA AE."""
    return _vowel_then_tone(cluster, "thai")


def lao(cluster: str) -> str:
    """As Thai; HO NO and HO MO are one letter, HO with the semivowel LO is written with the letter LO."""
    for pair, letter in _LAO_DIGRAPHS:
        cluster = cluster.replace(pair, letter)
    return _vowel_then_tone(cluster, "lao").replace("\u0eab\u0ebc", "\u0eab\u0ea5")


def _vowel_then_tone(cluster: str, script: str) -> str:
    ring, aa, am, e, ae, tones, silencer = _BRAHMIC[script]
    cluster = cluster.replace(e + e, ae)
    if len(cluster) < 3:
        return cluster.replace(ring + aa, am)
    base, marks = cluster[0], list(cluster[1:].replace(am, ring + aa))
    if aa in marks and ring in marks:
        marks.remove(ring)
        marks[marks.index(aa)] = am
    ranks = {ring: 1, silencer: 3, aa: 4, am: 4, **dict.fromkeys(tones, 2)}
    marks.sort(key=lambda mark: ranks.get(mark, 0))
    return base + "".join(_once(marks))


_MYANMAR_PARTS: Final = re.compile("(.*\u1039.|.)(.*)", re.DOTALL)
_MYANMAR_RANKS: Final = {
    mark: rank
    for rank, marks in enumerate(
        (
            "\u103b",  # medial ya
            "\u103c",  # medial ra
            "\u103d",  # medial wa
            "\u103e",  # medial ha
            "\u1031",  # e
            "\u102d\u102e\u1032",  # i, ii, ai
            "\u102f\u1030",  # u, uu
            "\u102b\u102c",  # the two aa
            "\u1036",  # anusvara
            "\u1037",  # dot below, before asat as its combining class asks
            "\u103a",  # asat
            "\u1038",  # visarga
        )
    )
    for mark in marks
}
_ROUND_LETTERS: Final = frozenset("ခဂငဒပဝ")


def myanmar(cluster: str) -> str:
    """Marks in the order of UTN 11, the aa that the letter asks for, NNYA for U before aa or asat, one letter for the au."""
    if len(cluster) < 2:
        return cluster
    match = _MYANMAR_PARTS.fullmatch(cluster)
    assert match
    head, tail = match.groups()
    marks = sorted(tail, key=lambda mark: _MYANMAR_RANKS.get(mark, 8))
    marks = _once([_aa_for(head, marks) if mark in "\u102b\u102c" else mark for mark in marks])
    return _burmese_letters(head, "".join(marks))


def _aa_for(head: str, marks: list[str]) -> str:
    is_tall = head in _ROUND_LETTERS and not any("\u103b" <= mark <= "\u103e" for mark in marks)
    return "\u102b" if is_tall else "\u102c"


def _burmese_letters(head: str, marks: str) -> str:
    if head == "\u1025" and (marks[:1] == "\u102c" or MYANMAR_ASAT in marks[:2]):
        return "\u1009" + marks
    if head == "သ" and marks == "\u103c":
        return "\u1029"
    if head == "သ" and marks == "\u103c\u1031\u102c\u103a":
        return "\u102a"
    return head.replace("သ\u1039သ", "\u103f") + marks

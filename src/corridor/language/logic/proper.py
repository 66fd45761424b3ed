"""What of a line may be a proper name: what is left of it without what the lexicon knows and the words that many names share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from corridor.language.logic.scripts import main_script
from corridor.language.logic.spotting import Spot
from corridor.language.logic.words_terms import words

# Words of names that tell one body from no other. Where no concept stands for one, it stands here; written by hand. Phrases count as a
# whole, so that Hải Phòng keeps what văn phòng ends with.
_BODIES: Final = (
    "academy; center; centre; college; company; department; faculty; hospital; inc; institute; limited; ltd; office; school; university; "
    "bệnh viện; cao đẳng; chi nhánh; công ty; công ty cổ phần; đại học; học viện; trung tâm; văn phòng"
)
_SHARED: Final = (
    "central; city; general; international; national; provincial; province; public; royal; state; "
    "đa khoa; quốc gia; quốc tế; thành phố; thị xã; tnhh; trung ương"
)
_LITTLE: Final = (
    "a; an; and; at; by; for; from; in; of; on; or; the; to; with; các; cho; của; những; tại; trong; và; về; với"
)
_BODIES_JOINED: Final = """
มหาวิทยาลัย วิทยาลัย สถาบัน โรงพยาบาล โรงเรียน สำนักงาน สำนัก กรม กระทรวง ศูนย์ บริษัท
ມະຫາວິທະຍາໄລ ວິທະຍາໄລ ສະຖາບັນ ໂຮງໝໍ ໂຮງຮຽນ ຫ້ອງການ ກົມ ກະຊວງ ສູນ ບໍລິສັດ
សាកលវិទ្យាល័យ វិទ្យាល័យ វិទ្យាស្ថាន មន្ទីរពេទ្យ មជ្ឈមណ្ឌល នាយកដ្ឋាន ក្រសួង ក្រុមហ៊ុន
တက္ကသိုလ် ကောလိပ် ဆေးရုံကြီး ဆေးရုံ ဗဟိုဌာန ဦးစီးဌာန ဝန်ကြီးဌာန ဌာန ကုမ္ပဏီ
大学 学院 研究院 研究所 医院 中心 学校 集团 公司 有限公司 股份有限公司 有限责任公司
"""
_SHARED_JOINED: Final = """
จำกัด มหาชน แห่งชาติ นานาชาติ จังหวัด แห่ง ของ และ
ຈຳກັດ ມະຫາຊົນ ແຫ່ງຊາດ ສາກົນ ແຂວງ ແຫ່ງ ຂອງ ແລະ
អន្តរជាតិ ជាតិ ភូមិន្ទ ខេត្ត ក្រុង នៃ និង
လီမိတက် အပြည်ပြည်ဆိုင်ရာ အမျိုးသား နိုင်ငံတော် ပြည်နယ် နှင့် ၏
国家 国际 国立 中央 省 市 县 区
"""
# Vietnamese and Latin words for a body that are also syllables of names: they go only where they stand alone between what is known.
_ALONE: Final = frozenset(
    ["ban", "bộ", "cục", "khoa", "một", "phòng", "sở", "tỉnh", "trường", "ty", "viện", "vụ", "co", "no"]
)

BODY_CONCEPTS: Final = frozenset({
    "bank", "border-economic-zone", "chamber-of-commerce", "clinic", "cooperative", "economic-zone", "enterprise", "government",
    "health-centre", "hospital", "incubator", "innovation-hub", "institution", "intergovernmental-organisation", "joint-laboratory",
    "laboratory", "library", "ministry-of-health", "museum", "non-governmental-organisation", "research-institute", "school",
    "science-park", "standards-body", "technology-transfer-office", "think-tank", "university",
})  # fmt: skip
"""Concepts of the lexicon that say what sort of body something is."""

_SIGNS: Final = frozenset("\u0e2f\u0e46\u0eaf\u0ec6\u17d7")
"""Signs of repetition and shortening that Unicode counts as letters."""

_APOSTROPHES: Final = "'\u2019\u02bc"
_APOSTROPHE: Final = re.compile(f"[{_APOSTROPHES}](?!s?(?![^\\W_]))[^\\W_]")
"""What goes on within a word: Tai'an, not People's."""

_ONE_SYLLABLE: Final = re.compile(r"[^\W\d_]{1,6}")
_VIETNAMESE: Final = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_BETWEEN: Final = "(?<=[\u4e00-\u9fff]{2})[和与的](?=[\u4e00-\u9fff]{2})"
"""And, of: single characters that are parts of names elsewhere."""

_NEXT_NAME: Final = re.compile(r" ([^\W\d_]+)(?! [^\W\d_A-ZĐÀ-Ỹ])")
"""The word after a blank, unless a small word follows it: then it is the first of a phrase."""

_SHORT_BY_CHANCE: Final = 2
"""Letters of a Latin word that a term of another language may be by chance: Vietnamese da (skin) in Da Nang."""


def _phrases(listed: str) -> str:
    rows = sorted((phrase.strip() for phrase in listed.split(";")), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in rows)


def _joined(listed: str) -> str:
    return "|".join(sorted(map(re.escape, listed.split()), key=len, reverse=True))


def _whole(pattern: str) -> str:
    return f"(?<![\\w{_APOSTROPHES}])(?:{pattern})(?![\\w{_APOSTROPHES}])"


_BODY: Final = re.compile(f"{_whole(_phrases(_BODIES))}|(?P<joined>{_joined(_BODIES_JOINED)})", re.IGNORECASE)
_ANY: Final = re.compile(
    f"{_whole(f'(?i:{_phrases(_BODIES)}|{_phrases(_SHARED)})|{_phrases(_LITTLE)}')}|\\d+"
    f"|(?P<joined>{_joined(_BODIES_JOINED + _SHARED_JOINED)}|{_BETWEEN})"
)


def proper(line: str, spots: Sequence[Spot]) -> list[str]:
    """The runs of a line that may be proper names, in order; none where everything is known.

    `spots`: the terms of the lexicon that stand in the line. Of มหาวิทยาลัยมหิดล and of Mahidol University the name is left. A run
    goes on over blanks and ends at what is known.
    """
    return [line[start:end] for start, end in _runs(line, known(line, spots))]


def known(line: str, spots: Iterable[Spot]) -> list[tuple[int, int]]:
    """Where in a line stands what is no name: terms of the lexicon and words that many names share, as characters, in order."""
    is_vietnamese = _VIETNAMESE.search(line) is not None
    terms = [
        (spot.start, spot.end) for spot in spots if not _is_part_of_a_name(line, spot, is_vietnamese=is_vietnamese)
    ]
    return sorted([*terms, *_at_borders(line, _ANY)])


def names_a_body(line: str, spots: Iterable[Spot]) -> bool:
    """Whether a line says what sort of body it names: a university, a hospital, a company."""
    listed = list(spots)
    if any(spot.senses[0][0] in BODY_CONCEPTS for spot in listed):
        return True
    taken = [(spot.start, spot.end) for spot in listed]  # school meals are no school
    return any(not any(a <= start and end <= b for a, b in taken) for start, end in _at_borders(line, _BODY))


def _at_borders(line: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where words of a pattern stand; in scripts without blanks only where words begin and end, as far as the dictionary tells."""
    borders: tuple[set[int], set[int]] | None = None
    for match in pattern.finditer(line):
        if match["joined"] is not None:
            borders = borders or _borders(line)
            if match.start() not in borders[0] or match.end() not in borders[1]:
                continue
        yield match.span()


def _borders(line: str) -> tuple[set[int], set[int]]:
    found = words(line)
    return {word.start for word in found} | {0}, {word.end for word in found} | {len(line)}


def _is_part_of_a_name(line: str, spot: Spot, *, is_vietnamese: bool) -> bool:
    """Whether a term is one syllable of a name by chance: Đồng (copper) in Đồng Nai, da (skin) in Da Nang."""
    said = line[spot.start : spot.end]
    if _APOSTROPHE.match(line, spot.end):
        return True
    if spot.first != spot.last or main_script(said) != "latin" or not said[:1].isupper():
        return False
    if not is_vietnamese:
        return len(said) <= _SHORT_BY_CHANCE
    following = _NEXT_NAME.match(line, spot.end)
    return _ONE_SYLLABLE.fullmatch(said) is not None and following is not None and following[1][:1].isupper()


def _runs(line: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    place = 0
    for start, end in (*taken, (len(line), len(line))):
        if start > place:
            yield from _trimmed(line, place, start)
        place = max(place, end)


def _trimmed(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run from its first letter to its last with its marks; none without letters, or where it is a word that alone names nothing."""
    letters = [place for place in range(start, end) if line[place].isalpha() and line[place] not in _SIGNS]
    if not letters:
        return
    last = letters[-1] + 1
    while last < end and unicodedata.category(line[last])[0] == "M":
        last += 1
    if line[letters[0] : last].casefold() not in _ALONE:
        yield letters[0], last

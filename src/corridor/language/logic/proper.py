"""What of a line may be a proper name: what is left of it without what the lexicon knows and the words that many names share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from corridor.language.logic.spotting import Spot

# Words of names that tell one body from no other, and that no concept stands for: in languages with blanks whole words, in the others
# wherever they stand. Written by hand; where the lexicon comes to know one, nothing changes.
_SPACED: Final = """
a an and at by co company department for from general in inc institute international limited ltd national no office on or provincial
province public royal school state the to university with of city central college academy hospital center centre faculty
bộ cao đẳng chi nhánh của cho các công ty cổ phần đa khoa đại học học viện khoa một năm những phòng quốc gia quốc tế sở tại thành phố thị xã
tỉnh tnhh trung tâm trung ương trường và văn phòng vụ viện với bệnh viện
"""
_JOINED: Final = """
มหาวิทยาลัย วิทยาลัย สถาบัน โรงพยาบาล โรงเรียน สำนักงาน สำนัก กรม กระทรวง ศูนย์ บริษัท จำกัด มหาชน แห่งชาติ นานาชาติ จังหวัด แห่ง ของ และ
ມະຫາວິທະຍາໄລ ວິທະຍາໄລ ສະຖາບັນ ໂຮງໝໍ ໂຮງຮຽນ ຫ້ອງການ ກົມ ກະຊວງ ສູນ ບໍລິສັດ ຈຳກັດ ມະຫາຊົນ ແຫ່ງຊາດ ສາກົນ ແຂວງ ແຫ່ງ ຂອງ ແລະ
សាកលវិទ្យាល័យ វិទ្យាល័យ វិទ្យាស្ថាន មន្ទីរពេទ្យ មជ្ឈមណ្ឌល នាយកដ្ឋាន ក្រសួង ក្រុមហ៊ុន អន្តរជាតិ ជាតិ ភូមិន្ទ ខេត្ត ក្រុង នៃ និង
တက္ကသိုလ် ကောလိပ် ဆေးရုံကြီး ဆေးရုံ ဗဟိုဌာန ဦးစီးဌာန ဝန်ကြီးဌာန ဌာန ကုမ္ပဏီ လီမိတက် အပြည်ပြည်ဆိုင်ရာ အမျိုးသား နိုင်ငံတော် ပြည်နယ် နှင့် ၏
大学 学院 研究院 研究所 医院 中心 学校 集团 股份 有限责任 有限 公司 国家 国际 国立 中央 省 市 县 区 和 与 的
"""
_SIGNS: Final = "[\\s\u200b.,;:/&\u00b7'\"\u2018\u2019\u201c\u201d()\uff08\uff09\u3001\uff0c\uff1b\uff1a\u2013\u2014-]"


def _any_of(listed: str) -> str:
    return "|".join(sorted(map(re.escape, listed.split()), key=len, reverse=True))


_SHARED: Final = re.compile(f"\\b(?:{_any_of(_SPACED)})\\b|{_any_of(_JOINED)}|\\d+", re.IGNORECASE)
_EDGES: Final = re.compile(f"^{_SIGNS}+|{_SIGNS}+$")


def proper(line: str, spots: Iterable[Spot]) -> list[str]:
    """The runs of a line that may be proper names, in order; none where everything is known.

    `spots`: the terms of the lexicon that stand in the line. Of มหาวิทยาลัยมหิดล and of Mahidol University the name is left. A run
    goes on over blanks and ends at what is known.
    """
    found, place = [], 0
    for spot in spots:
        found.append(line[place : spot.start])
        place = spot.end
    parts = (part for run in (*found, line[place:]) for part in _SHARED.split(run))
    return [run for part in parts if (run := _EDGES.sub("", part))]

"""Names of our own: of the directory that ships, and composed of places, fields and bodies as organisations of the six are named.

What the search and the likely duplicates do with names was chosen on these. Places are facts (GeoNames, ISO 3166-2); who
would bear such a name is nobody's business: nothing here is listed anywhere.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench import duplicates, names
from bench.duplicates import Listed
from bench.names import LOCAL, Named
from corridor.directory.logic import gazetteer, subdivisions
from corridor.directory.operations import starter
from corridor.directory.states import NameKind
from corridor.language.logic.scripts import main_script

COUNTS: Final = {"KH": 30, "CN": 1100, "LA": 15, "MM": 60, "TH": 100, "VN": 120}
"""About as uneven as registers are."""

SEED: Final = 7
LONGEST_PLACE: Final = 18
FEWEST_PLACES: Final = 60
PLACES_EACH: Final = 3
SYSTEMS: Final = ("raw", "ours_without_sounds", "ours")

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {  # in the order of LOCAL
    "Agriculture": ("កសិកម្ម", "农业", "ກະສິກຳ", "စိုက်ပျိုးရေး", "เกษตร", "Nông nghiệp"),
    "Forestry": ("ព្រៃឈើ", "林业", "ປ່າໄມ້", "သစ်တော", "ป่าไม้", "Lâm nghiệp"),
    "Fisheries": ("ជលផល", "水产", "ການປະມົງ", "ငါးလုပ်ငန်း", "ประมง", "Thủy sản"),
    "Medicine": ("វេជ្ជសាស្ត្រ", "医学", "ແພດສາດ", "ဆေးပညာ", "แพทยศาสตร์", "Y"),
    "Technology": ("បច្ចេកវិទ្យា", "科技", "ເຕັກໂນໂລຊີ", "နည်းပညာ", "เทคโนโลยี", "Công nghệ"),
    "Education": ("គរុកោសល្យ", "师范", "ການສຶກສາ", "ပညာရေး", "ครุศาสตร์", "Sư phạm"),
    "Economics": ("សេដ្ឋកិច្ច", "经济", "ເສດຖະສາດ", "စီးပွားရေး", "เศรษฐศาสตร์", "Kinh tế"),
    "Law": ("នីតិសាស្ត្រ", "政法", "ກົດໝາຍ", "ဥပဒေ", "นิติศาสตร์", "Luật"),
    "Transport": ("ដឹកជញ្ជូន", "交通", "ຂົນສົ່ງ", "ပို့ဆောင်ရေး", "ขนส่ง", "Giao thông Vận tải"),
    "Water Resources": ("ធនធានទឹក", "水利", "ຊັບພະຍາກອນນ້ຳ", "ရေအရင်းအမြစ်", "ทรัพยากรน้ำ", "Thủy lợi"),
    "Rice": ("ស្រូវ", "水稻", "ເຂົ້າ", "ဆန်စပါး", "ข้าว", "Lúa"),
    "Energy": ("ថាមពល", "能源", "ພະລັງງານ", "စွမ်းအင်", "พลังงาน", "Năng lượng"),
    "Tourism": ("ទេសចរណ៍", "旅游", "ການທ່ອງທ່ຽວ", "ခရီးသွားလာရေး", "การท่องเที่ยว", "Du lịch"),
    "Electronics": ("អេឡិចត្រូនិច", "电子", "ເອເລັກໂຕຣນິກ", "အီလက်ထရောနစ်", "อิเล็กทรอนิกส์", "Điện tử"),
}
PATTERNS: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "KH": (
        ("សាកលវិទ្យាល័យ{place}", "{Place} University", "university"),
        ("វិទ្យាស្ថាន{field}{place}", "{Place} Institute of {Field}", "institute"),
        ("មន្ទីរពេទ្យ{place}", "{Place} Hospital", "hospital"),
        ("មជ្ឈមណ្ឌលស្រាវជ្រាវ{field}{place}", "{Place} {Field} Research Center", "institute"),
    ),
    "CN": (
        ("{place}大学", "{Place} University", "university"),
        ("{place}{field}大学", "{Place} {Field} University", "university"),
        ("{place}{field}大学", "{Place} University of {Field}", "university"),
        ("{place}{field}学院", "{Place} {Field} College", "university"),
        ("{place}{field}研究所", "{Place} Institute of {Field}", "institute"),
        ("{place}市{field}科学研究院", "{Place} Academy of {Field} Sciences", "institute"),
        ("{place}市第{number}人民医院", "{Place} No. {Number} People’s Hospital", "hospital"),
        ("{place}{field}有限公司", "{Place} {Field} Co., Ltd.", "enterprise"),
        ("{place}高新技术产业开发区", "{Place} High-tech Industrial Development Zone", "zone"),
    ),
    "LA": (
        ("ມະຫາວິທະຍາໄລ{place}", "{Place} University", "university"),
        ("ສະຖາບັນ{field}{place}", "{Place} Institute of {Field}", "institute"),
        ("ໂຮງໝໍ{place}", "{Place} Hospital", "hospital"),
        ("ສູນຄົ້ນຄວ້າ{field}{place}", "{Place} {Field} Research Center", "institute"),
    ),
    "MM": (
        ("{place}တက္ကသိုလ်", "{Place} University", "university"),
        ("{place} {field}တက္ကသိုလ်", "{Place} University of {Field}", "university"),
        ("{place}ဆေးရုံ", "{Place} Hospital", "hospital"),
        ("{place} {field} သုတေသနဌာန", "{Place} {Field} Research Institute", "institute"),
    ),
    "TH": (
        ("มหาวิทยาลัย{place}", "{Place} University", "university"),
        ("มหาวิทยาลัยราชภัฏ{place}", "{Place} Rajabhat University", "university"),
        ("วิทยาลัย{field}{place}", "{Place} College of {Field}", "university"),
        ("ศูนย์วิจัย{field}{place}", "{Place} {Field} Research Center", "institute"),
        ("โรงพยาบาล{place}", "{Place} Hospital", "hospital"),
        ("สถาบัน{field}{place}", "{Place} Institute of {Field}", "institute"),
        ("บริษัท {place}{field} จำกัด", "{Place} {Field} Company Limited", "enterprise"),
    ),
    "VN": (
        ("Đại học {place}", "{Place} University", "university"),
        ("Trường Đại học {field} {place}", "{Place} University of {Field}", "university"),
        ("Viện {field} {place}", "{Place} Institute of {Field}", "institute"),
        ("Trường Cao đẳng {field} {place}", "{Place} College of {Field}", "university"),
        ("Bệnh viện Đa khoa {place}", "{Place} General Hospital", "hospital"),
        ("Trung tâm Nghiên cứu {field} {place}", "{Place} {Field} Research Center", "institute"),
        ("Công ty {field} {place}", "{Place} {Field} Company", "enterprise"),
    ),
}


def run(data: Path, step: int) -> dict[str, Any]:
    """Recall at ten of each direction, then the likely duplicates among two lists of which half of the entries have a twin."""
    listed = own_names()[::step]
    found = names.measured(listed, SYSTEMS)
    return found | {"duplicates": duplicates.measured(halved(listed), baselines=())}


def own_names() -> list[Named]:
    """All of them, in an order that says nothing."""
    return sorted([*shipped(), *composed()], key=lambda one: one.key)


def shipped() -> Iterator[Named]:
    """Entries of the directory that ships, with their name in English and that in the language of their country."""
    for entry in starter.read("starter_organisations.json"):
        local, language = str(entry.get("native_name") or ""), str(entry.get("native_language") or "")
        if local and local != entry["name_en"]:
            yield Named(entry["code"], entry["country"], entry["type"], entry["name_en"], local, language)


def composed() -> Iterator[Named]:
    """Names of bodies that no register lists, the same ones every time; each said once in either language."""
    draw = random.Random(SEED)  # noqa: S311 - a fixed draw for a benchmark, no secret
    for column, (country, count) in enumerate(COUNTS.items()):
        places = list(places_of(country))[: max(FEWEST_PLACES, count // PLACES_EACH)]
        said: set[str] = set()
        made = 0
        while made < count:
            (english, local), number = draw.choice(places), draw.randint(1, 9)
            field = draw.choice(list(FIELDS))
            pattern, pattern_en, kind = draw.choice(PATTERNS[country])
            one = pattern.format(place=local, field=FIELDS[field][column], number="一二三四五六七八九"[number - 1])
            other = pattern_en.format(Place=english, Field=field, Number=number)
            if not {one, other} & said:
                said |= {one, other}
                yield Named(f"{country}-{made}", country, kind, other, one, LOCAL[country])
                made += 1


def places_of(country: str) -> Iterator[tuple[str, str]]:
    """Provinces and towns with a name in the script of the country, the largest first: (in English, in its language)."""
    language, seen = LOCAL[country], set()
    provinces = [(row.name, row.called(language)) for row in subdivisions.subdivisions(country)]
    towns = [(town.name, town.called(language)) for town in gazetteer.towns(country)]
    for english, local in (*provinces, *towns):
        short = gazetteer.GENERIC.sub("", subdivisions.GENERIC.sub("", local)).strip()
        script = gazetteer.LANGUAGE_SCRIPTS.get(language, "latin")
        if english not in seen and 1 < len(short) <= LONGEST_PLACE and main_script(short) == script:
            seen.add(english)
            yield plain(english), short


def plain(name: str) -> str:
    """A Vietnamese name as English writes it."""
    parted = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def halved(listed: Sequence[Named]) -> list[Listed]:
    """Two lists: one with the local names of the first two thirds, one with the English names of the last two; a third stands in both."""
    third = len(listed) // 3
    local = [_listed("local", one, one.local, one.language) for one in listed[: 2 * third]]
    return [*local, *(_listed("English", one, one.english, "en") for one in listed[third:])]


def _listed(register: str, one: Named, text: str, language: str) -> Listed:
    said = ((str(NameKind.OFFICIAL), language, text),)
    return Listed(register, one.ror, one.country, f"{one.ror}.example", said, type=one.type)

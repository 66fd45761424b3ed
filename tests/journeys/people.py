"""What people write in the journeys, and what several of them do on the way."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from playwright.sync_api import Page

from corridor.kernel.states import Theme
from corridor.language.logic.lexicon import ancestors
from corridor.language.operations import lexicon
from corridor.matching.models import Notice
from tests import make
from tests.journeys.jobs import run_jobs

LAO_TITLE = "ຕ້ອງການເຄື່ອງອົບແຫ້ງກາເຟຂະໜາດນ້ອຍ"
LAO_TEXT = "ໃນລະດູຝົນ ກາເຟຂອງພວກເຮົາແຫ້ງຊ້າ ແລະ ຂຶ້ນເຊື້ອລາ. ພວກເຮົາຊອກຫາເຄື່ອງອົບທີ່ໃຊ້ແກບເປັນເຊື້ອໄຟ."
THAI_QUESTION = "เครื่องอบแห้งกาแฟ"
KHMER_QUESTION = "ម៉ាស៊ីនសម្ងួតកាហ្វេនៅរដូវវស្សា"
ANSWERS = {
    "CN": ("zh-hans", "小型咖啡豆烘干机", "烧稻壳的小型烘干机，雨季也能烘干咖啡豆，适合电力不稳的山村。"),
    "TH": ("th", "เครื่องอบแห้งกาแฟพลังงานแสงอาทิตย์", "อบกะลากาแฟให้แห้งได้ในฤดูฝน ใช้แสงอาทิตย์และชีวมวล เกษตรกรดูแลเองได้"),
    "VN": (
        "vi",
        "Máy sấy cà phê cho hợp tác xã nhỏ",
        "Sấy khô cà phê trong mùa mưa bằng trấu, không bị mốc, dễ sửa chữa.",
    ),
}
OTHERS = {
    "KH": ("en", "Training for malaria laboratories", "We train laboratory staff to read blood slides for malaria."),
    "MM": (
        "en",
        "Landslide warning by text message",
        "Rain gauges in villages that warn people before a slope gives way.",
    ),
    "LA": ("en", "Speech recordings in minority languages", "We record and transcribe speech for open data sets."),
}


def load_words(*codes: str) -> None:
    """These concepts of the lexicon that ships, with all that are wider: what an installation has, in a tenth of the time."""
    reading = lexicon.reading_of(None)
    broader = {code: concept.broader for code, concept in reading.concepts.items()}
    wanted = set(codes).union(*(ancestors(broader, code) for code in codes))
    lexicon.take(replace(reading, concepts={code: reading.concepts[code] for code in sorted(wanted)}))


def publish_answers() -> dict[str, Notice]:
    """Offers of six countries, three of which answer a question about drying coffee."""
    made = {
        home: make.published(
            of=make.organisation(home), kind="offer", language=language, title=title, text=text, stage="prototype"
        )
        for home, (language, title, text) in {**ANSWERS, **OTHERS}.items()
    }
    run_jobs()
    return made


def in_words(theme: Theme, language: str) -> str:
    """The name of a theme in a language."""
    with translation.override(language):
        return str(theme.label)


def press(page: Page, value: str, *, name: str = "go") -> None:
    """Press a button of a form by what it sends, which is the same in every language, and wait for the answer."""
    with page.expect_navigation():
        page.locator(f'main button[name="{name}"][value="{value}"]').first.click()


def write_text(page: Page, *, title: str = LAO_TITLE, text: str = LAO_TEXT) -> None:
    """Fill the first step."""
    page.locator('input[name="kind"][value="need"]').check()
    page.locator("#id_title").fill(title)
    page.locator("#id_text").fill(text)


def choose_theme(page: Page, theme: Theme = Theme.INDUSTRY) -> None:
    """Tick the one fact that every notice needs."""
    page.locator(f'input[name="themes"][value="{theme}"]').check()


def publish_from_desk(page: Page) -> None:
    """An officer reads the oldest text of the queue and publishes it; the index follows."""
    page.goto("/country-desk/")
    page.locator("details.decide summary").first.click()
    press(page, "publish", name="decision")
    run_jobs()


def search(page: Page, question: str) -> None:
    """Ask in the box of the first page, and wait for the answers."""
    page.goto("/")
    with page.expect_navigation():
        page.locator("main input[name=q]").fill(question)
        page.keyboard.press("Enter")


def titles(page: Page) -> list[str]:
    """The titles that were found, best first."""
    return page.locator("ol.results article h3").all_inner_texts()

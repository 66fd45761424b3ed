"""A search is saved, what comes in for it is told by letter, and one click ends the letters, in three languages."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
from playwright.sync_api import APIRequestContext, expect
from pytest_django.fixtures import Settings

from corridor.matching.models import Notice
from tests import make
from tests.journeys.factors import signs_in
from tests.journeys.jobs import run_jobs
from tests.journeys.people import KHMER_QUESTION, THAI_QUESTION, load_words
from tests.journeys.reader import Reader, faults_of
from tests.matching.alerts import Post, match, server, written

pytestmark = pytest.mark.journey
Begin = Callable[..., Reader]
ENDED = "No more letters about saved searches will come. The searches stay on your desk, where you can ask for letters again."


@dataclass(frozen=True)
class Story:
    """Who searches, in which language, and the country and the words of those who answer."""

    home: str
    language: str
    name: str
    question: str
    other: str
    spoken: str
    owner: str
    title: str
    text: str


CAMBODIA = Story(
    "KH", "km", "លោកស្រី ចន្ទា", KHMER_QUESTION, "TH", "th", "วิสาหกิจชุมชนกาแฟดอยสูง",
    "เครื่องอบแห้งกาแฟพลังงานแสงอาทิตย์", "อบกะลากาแฟให้แห้งได้ในฤดูฝน ใช้แสงอาทิตย์และชีวมวล เกษตรกรดูแลเองได้",
)  # fmt: skip
THAILAND = Story(
    "TH", "th", "คุณสมชาย", THAI_QUESTION, "VN", "vi", "Hợp tác xã Cà phê Núi Cao",
    "Máy sấy cà phê cho hợp tác xã nhỏ", "Sấy khô cà phê trong mùa mưa bằng trấu, không bị mốc, dễ sửa chữa.",
)  # fmt: skip
VIETNAM = Story(
    "VN", "vi", "Bà Hoa", "máy sấy cà phê trong mùa mưa", "CN", "zh-hans", "云岭烘干设备厂",
    "小型咖啡豆烘干机", "烧稻壳的小型烘干机，雨季也能烘干咖啡豆，适合电力不稳的山村。",
)  # fmt: skip


def saves(her: Reader, story: Story, email: str) -> None:
    """Search as anybody can, sign in to save the search, and ask for letters every day."""
    her.goes("/")
    her.main.get_by_role("searchbox").fill(story.question)
    her.presses("Search")
    her.follows("Save this search")
    signs_in(her, email)
    her.chooses("Every day", "rhythm")
    her.presses("Save this search")
    her.reads("Saved. What comes in from now on and fits is shown here.")


def answered(story: Story, number: int) -> Notice:
    """An organisation of another country publishes what fits, and it is held against saved searches."""
    owner = make.organisation(story.other, name=f"{story.owner} {number}", language=story.spoken, type="enterprise")
    found = make.published(
        make.member(owner, language=story.spoken),
        of=owner, kind="offer", language=story.spoken, title=f"{story.title} {number}", text=story.text, stage="prototype",
    )  # fmt: skip
    run_jobs()
    match()
    return found


def digests(post: Post, email: str, day: int) -> list[EmailMessage]:
    """The letters of a morning are written and posted; answers those about saved searches that came to this address so far."""
    written(day)
    run_jobs()
    return [letter for letter in post.received if letter["To"] == email and letter["List-Unsubscribe"]]


def part(letter: EmailMessage, kind: str) -> str:
    """The plain text of a letter, or its page."""
    found = letter.get_body((kind,))
    assert isinstance(found, EmailMessage)
    return str(found.get_content())


def opens(her: Reader, letter: EmailMessage, link: str, *, url: str = "**") -> None:
    """In a mail program: look at the page of the letter, and follow a link."""
    her.page.set_content(part(letter, "html"))
    her.looks()
    her.follows_title(link, url=url, anywhere=True)


def reads_letter(her: Reader, letter: EmailMessage, story: Story, address: str) -> None:
    """Both forms of the letter are in her language and lead to what was found, which says in what language it is."""
    assert letter["Content-Language"] == story.language
    for text in (part(letter, "plain"), part(letter, "html")):
        assert (story.title in text, story.question in text, address in text) == (True, True, True)
    her.hears(str(letter["Subject"]), part(letter, "plain"))
    opens(her, letter, f"{story.title} 1", url=address)
    expect(her.page.get_by_role("heading", level=1)).to_have_attribute("lang", story.spoken)


def ends_by_link(her: Reader, letter: EmailMessage) -> None:
    """One press, without signing in, on a device where no language was picked: the page is in hers all the same."""
    opens(her, letter, her.word("End these letters"))
    her.reads("One press ends all letters about your saved searches. You need not sign in.")
    her.presses("End these letters")
    her.reads(ENDED)


def asks_again(her: Reader, story: Story) -> None:
    """Ask for letters again where the saved search is."""
    her.goes("/search/saved/")
    her.follows_title(story.question)
    her.chooses("Every day", "rhythm")
    her.presses("Save", anywhere=True)
    her.reads("Saved.")


def ends_by_mail_program(program: APIRequestContext, letter: EmailMessage, story: Story) -> None:
    """The mail program sends what RFC 8058 says, and nothing else of its reader."""
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = program.post(str(letter["List-Unsubscribe"]).strip(" <>"), form={"List-Unsubscribe": "One-Click"})
    assert (answer.status, answer.headers["content-language"]) == (200, story.language)


@pytest.mark.parametrize("story", [CAMBODIA, THAILAND, VIETNAM], ids=lambda story: story.language)
def test_what_comes_in_for_a_saved_search_is_told_by_letters_that_one_click_ends(
    reader: Begin, site: str, settings: Settings, story: Story
) -> None:
    load_words("coffee", "dryer", "rain")
    email = f"somebody.{secrets.token_hex(6)}@example.org"
    user = make.member(home=story.home, name=story.name, email=email, language=story.language)
    user.emailaddress_set.create(email=email, verified=True, primary=True)  # type: ignore[attr-defined]
    names = (story.name, story.owner, story.title)
    her = reader(language=story.language, names=names)
    elsewhere = reader(language=story.language, names=names, is_picked=False)
    saves(her, story, email)
    with server(settings) as post:
        address = f"{site}/notices/{answered(story, 1).pk}/"
        (first,) = digests(post, email, 0)
        reads_letter(her, first, story, address)
        ends_by_link(elsewhere, first)
        answered(story, 2)
        assert digests(post, email, 1) == [first]
        asks_again(her, story)
        (_first, second) = digests(post, email, 2)
        ends_by_mail_program(elsewhere.page.request, second, story)
        answered(story, 3)
        assert digests(post, email, 3) == [first, second]
    assert faults_of(her, elsewhere) == []

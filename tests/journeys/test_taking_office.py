"""A ministry is invited; somebody of it joins, takes office with a second factor and appoints an officer who works, in three languages."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from corridor.kernel.models import User
from corridor.web.components.names import shipped_countries
from tests import make
from tests.directory.operations.test_offices import ministry
from tests.journeys.factors import (
    adds_passkey,
    gives_code,
    gives_passkey,
    sets_up_app,
    signs_in,
    signs_out,
)
from tests.journeys.letters import letter_to, path_in
from tests.journeys.people import LAO_TEXT, LAO_TITLE
from tests.journeys.reader import SCRIPTS, Reader, faults_of

pytestmark = pytest.mark.journey
Begin = Callable[..., Reader]
SEALED, DESK, SIX = r"http://\S+/six/sealed/\S+", "/country-desk/", "/country-desk/six/"
RESTS = ("Your office rests", "Your office allows nothing until you set up a second factor.")
MEMBERS = {"KH": ("km", "លោកស្រី ចន្ទា"), "VN": ("vi", "Bà Hoa")}


@dataclass(frozen=True)
class Ministry:
    """A country whose ministry is invited, who takes office there, who becomes officer, and what waits to be published."""

    home: str
    language: str
    head: str
    officer: str
    owner: str
    title: str
    text: str

    @property
    def names(self) -> tuple[str, ...]:
        """What stays as it is in every language."""
        return (self.head, self.officer, self.owner, *(name for _language, name in MEMBERS.values()))

    def address(self) -> str:
        """An address of the ministry that nobody has had before."""
        return f"somebody.{secrets.token_hex(6)}@ministry-{self.home.lower()}.example"


LAOS = Ministry("LA", "lo", "ນາງ ຄຳ", "ທ້າວ ບຸນ", "ສະຫະກອນກາເຟ ພູສູງ", LAO_TITLE, LAO_TEXT)
MYANMAR = Ministry(
    "MM",
    "my",
    "ဒေါ်အေး",
    "ဦးမင်း",
    "ရှမ်းတောင် ကော်ဖီသမဝါယမ",
    "ကော်ဖီစေ့အခြောက်ခံစက် လိုအပ်ပါသည်",
    "မိုးရာသီတွင် ကျွန်ုပ်တို့၏ ကော်ဖီစေ့များ ခြောက်ရန် ကြာပြီး မှိုတက်ပါသည်။ စပါးခွံဖြင့် လောင်ကျွမ်းသော အခြောက်ခံစက်ကို ရှာဖွေနေပါသည်။",
)
CHINA = Ministry(
    "CN",
    "zh-hans",
    "李主任",
    "王专员",
    "云岭咖啡合作社",
    "寻求适合雨季使用的咖啡豆烘干机",
    "雨季时我们的咖啡豆干得很慢，而且容易发霉。我们希望找到一种以稻壳为燃料、小农户自己就能维护的小型烘干机。",
)


def invited(place: Ministry) -> str:
    """The operator invites the ministry; answers where the sealed letter leads, which its country can read."""
    ministry(place.home)
    address = place.address()
    call_command("invite", place.home, address, stdout=StringIO())
    letter = letter_to(address)
    assert SCRIPTS[place.language].search(letter.subject)
    return path_in(letter.text, SEALED)


def joins(her: Reader, email: str, place: Ministry) -> None:
    """From the page that asks to sign in: join, and press the button behind the link in the mail."""
    her.follows("I have no account yet", anywhere=True)
    her.field("E-mail address").fill(email)
    her.types(Password=make.PASSWORD, Name=place.head)
    her.field("Country").select_option(place.home)
    her.presses("Join")
    her.reads("Look into your mail")
    her.goes(path_in(her.gets(email)))
    her.presses("Yes, confirm it")


def takes_up(her: Reader, sealed: str, *, with_passkey: bool) -> str:
    """The invitation cannot be taken up before there is a second factor, and then once. Answers the key of the app."""
    assert her.path == sealed
    her.reads("Set up a second factor first.")
    expect(her.button("Take it up")).to_be_disabled()
    her.follows("Second factor")
    key = "" if with_passkey else sets_up_app(her)
    if with_passkey:
        adds_passkey(her)
    her.goes(sealed)
    her.presses("Take it up")
    her.reads("You took the invitation up. You are head once members have confirmed you.")
    her.goes(sealed)
    reasons = her.main.get_by_role("list", name=her.word("Why not")).get_by_role("listitem")
    expect(reasons).to_have_text([her.word("This invitation was used already.")])
    her.goes(DESK, status=403)
    return key


def heads_elsewhere() -> list[User]:
    """Two countries have a head already."""
    mark = secrets.token_hex(6)
    return [
        make.head(home, language=language, name=name, email=f"{language}.{mark}@example.org")
        for home, (language, name) in MEMBERS.items()
    ]


def confirms(member: Reader, email: str, *, says: str) -> None:
    """A head is told by letter that somebody waits, and confirms them."""
    member.goes(path_in(member.gets(email), rf"http://\S+{SIX}"))
    member.presses("Confirm as head")
    member.reads(says)


def by_whose_word(her: Reader, place: Ministry) -> None:
    """The page of the six names her office and the two countries that confirmed her, in her language."""
    her.goes(SIX)
    table = her.main.get_by_role("region", name=her.word("Offices of the six")).get_by_role("row")
    for home in MEMBERS:
        expect(table.filter(has_text=place.head)).to_contain_text(shipped_countries()[home]["names"][place.language])


def appoints(her: Reader, colleague: User, place: Ministry) -> None:
    """The head makes a member of her country an officer."""
    her.goes(f"{DESK}settings/")
    her.field("E-mail address of the member").fill(colleague.email)
    her.field("Reason").fill(place.owner)
    her.presses("Appoint")
    her.reads("%(name)s is an officer of this country from today.", name=colleague.name)


def begins(officer: Reader, place: Ministry) -> None:
    """The office rests, and every page says so, until there is a second factor; then it works."""
    officer.goes("/desk/")
    officer.reads(*RESTS)
    officer.goes(DESK, status=403)
    officer.reads("This is not yours to do", *RESTS)
    officer.follows("Set it up", anywhere=True)
    sets_up_app(officer)
    officer.goes(DESK)
    expect(officer.page.locator("body")).not_to_contain_text(officer.word(RESTS[0]))
    officer.main.get_by_text(officer.word("Read and decide here")).click()
    officer.presses("Publish")
    officer.reads("Published. Readers see it now.")


@pytest.mark.parametrize("place", [LAOS, MYANMAR, CHINA], ids=lambda place: place.language)
def test_a_ministry_takes_office_with_a_second_factor_and_its_officer_publishes(reader: Begin, place: Ministry) -> None:
    with_passkey = place is MYANMAR
    owner = make.organisation(place.home, name=place.owner, language=place.language)
    colleague = make.member(owner, name=place.officer, language=place.language)
    colleague.emailaddress_set.create(email=colleague.email, verified=True, primary=True)  # type: ignore[attr-defined]
    author = make.member(owner, name=place.officer, language=place.language)
    make.submitted(author, of=owner, language=place.language, title=place.title, text=place.text)
    heads = heads_elsewhere()
    sealed, email = invited(place), place.address()
    her = reader(language=place.language, names=place.names)
    her.goes(sealed)
    joins(her, email, place)
    key = takes_up(her, sealed, with_passkey=with_passkey)
    members = [reader(head, language=head.language, names=place.names) for head in heads]
    confirms(members[0], heads[0].email, says="Confirmed. One more member is needed.")
    confirms(members[1], heads[1].email, says="Confirmed. The office is taken from today.")
    signs_out(her)
    her.goes(path_in(her.gets(email)))
    signs_in(her, email)
    if with_passkey:
        gives_passkey(her, DESK)
    else:
        gives_code(her, key)
    assert her.path == DESK
    by_whose_word(her, place)
    appoints(her, colleague, place)
    officer = reader(colleague, language=place.language, names=place.names)
    begins(officer, place)
    assert faults_of(her, officer, *members) == []

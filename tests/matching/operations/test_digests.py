"""Digests: written once with their letter, posted once through a real mail server, in the reader's language."""

import datetime
import smtplib
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.translation import ngettext

from corridor.directory.operations import people, people_index
from corridor.directory.states import ProfileField
from corridor.kernel.models import Letter
from corridor.kernel.operations import post_letter
from corridor.kernel.states import Visibility
from corridor.matching.models import Digest, Finding
from corridor.matching.operations import digests, notices, saved_searches
from corridor.matching.states import Rhythm
from tests import make, waiting
from tests.matching.alerts import at, came_in, match, saved, server, written

pytestmark = pytest.mark.django_db
TITLES = {
    "km": "ត្រូវការម៉ាស៊ីនសម្ងួតកាហ្វេនៅរដូវវស្សា",
    "my": "ကော်ဖီစေ့အခြောက်ခံစက် လိုအပ်ပါသည်",
    "zh-hans": "寻求雨季使用的咖啡烘干机 <小型>",
}


def letters() -> list[Letter]:
    """Digests that were written as letters."""
    return list(Letter.objects.filter(template="digest").order_by("created_at"))


def post() -> None:
    """Hand all digests that wait to the mail server, as the jobs do."""
    for letter in letters():
        post_letter(str(letter.pk))


@pytest.mark.parametrize("language", list(TITLES))
def test_a_digest_arrives_in_its_readers_language_as_plain_text_and_as_html(language, settings):
    user = make.member(home="LA", name="Invented 读者 ចន្ទា", language=language)
    saved(user, TITLES[language])
    notice = came_in(title=TITLES[language], text=TITLES[language] * 4, language=language)
    written()
    with server(settings) as mail:
        post()
    (letter,) = mail.received
    plain, page = letter.get_body(("plain",)).get_content(), letter.get_body(("html",)).get_content()
    with translation.override(language):
        subject = ngettext(
            "%(number)s new result for your saved searches", "%(number)s new results for your saved searches", 1
        ) % {"number": 1}
    url = f"{settings.SITE_URL}/notices/{notice.pk}/"
    # A long subject begins on a line of its own, whose blank belongs to the folding.
    assert (letter["Subject"].strip(), letter["To"], letter["Content-Language"]) == (subject, user.email, language)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip().startswith(f"<{settings.SITE_URL}/alerts/letters/")
    assert letter["Message-ID"] == f"<{letters()[0].pk}@localhost>"
    assert [part in plain for part in (TITLES[language], url, user.name)] == [True] * 3
    escaped = TITLES[language].replace("<", "&lt;").replace(">", "&gt;")
    assert [part in page for part in (escaped, f'href="{url}"', f'lang="{language}"')] == [True] * 3


def test_a_digest_is_written_once_for_its_day_with_its_letter_and_whatever_was_found():
    user = make.member()
    saved(user)
    came_in()
    counts = [written(), written()]
    assert (counts, Digest.objects.count(), len(letters())) == ([1, 0], 1, 1)
    assert Finding.objects.filter(digest=None).count() == 0


def test_one_letter_tells_of_all_searches_of_a_rhythm():
    user = make.member()
    for number in range(3):
        saved(user, f"dryer for coffee {number}")
    came_in()
    assert (written(), Finding.objects.count()) == (1, 3)


def test_a_search_without_letters_is_shown_on_the_desk_only():
    saved(make.member(), rhythm="never")
    came_in()
    assert (written(), Finding.objects.count(), letters()) == (0, 1, [])


def test_what_came_in_during_the_day_is_told_the_next_morning():
    user = make.member(home="MM")
    saved(user)
    came_in()
    morning = datetime.datetime(2026, 3, 4, 7, tzinfo=ZoneInfo("Asia/Yangon"))
    Finding.objects.update(found_at=morning + datetime.timedelta(hours=2))
    day = datetime.timedelta(days=1)
    moments = [morning + datetime.timedelta(hours=9), morning + day - datetime.timedelta(minutes=1), morning + day]
    assert [at(moment) for moment in moments] == [0, 0, 1]


@pytest.mark.parametrize(("home", "zone"), [("LA", "Asia/Vientiane"), ("CN", "Asia/Shanghai"), ("MM", "Asia/Yangon")])
def test_each_country_has_its_own_morning(home, zone):
    seven = datetime.datetime(2026, 3, 4, 7, tzinfo=ZoneInfo(zone))
    minute = datetime.timedelta(minutes=1)
    days = [{r: d for r, d, _ in digests.periods(ZoneInfo(zone), moment)} for moment in (seven - minute, seven)]
    assert [day[Rhythm.DAILY].day for day in days] == [3, 4]
    assert [day[Rhythm.WEEKLY].day for day in days] == [2, 2]


def test_a_week_in_which_no_worker_ran_on_monday_is_told_later_in_that_week_once():
    saved(make.member(), rhythm="weekly")
    came_in()
    assert [written(2), written(3), written(0)] == [1, 0, 0]


def test_a_clock_that_jumps_ahead_and_back_tells_nothing_twice_and_loses_nothing():
    saved(make.member())
    came_in()
    now = timezone.now()
    Finding.objects.update(found_at=now)
    year, day = datetime.timedelta(days=365), datetime.timedelta(days=1)
    ahead = [at(now + year), at(now + day), at(now + 2 * day)]
    second = came_in(title="Another dryer for parchment coffee")
    Finding.objects.filter(digest=None).update(found_at=now + year)  # found while the clock was wrong
    back = [at(now + 3 * day), at(now + 4 * day), at(now + year + day)]
    assert (ahead, back) == ([1, 0, 0], [1, 0, 0])
    assert [letter.user_id for letter in letters()].count(second.author_id) == 0
    assert Finding.objects.values("digest").distinct().count() == 2


def test_a_mail_server_that_was_down_for_a_day_gets_each_letter_once(settings):
    saved(make.member())
    came_in()
    written()
    with server(settings):
        pass
    for _ in range(3):
        with pytest.raises(OSError, match="refused"):
            post()
    with server(settings) as mail:
        post()
        post()
    assert (len(mail.received), letters()[0].posted_at is not None) == (1, True)


def test_a_letter_that_the_server_does_not_take_is_posted_later(settings):
    saved(make.member())
    came_in()
    written()
    with server(settings) as mail:
        mail.refuses = True
        with pytest.raises(smtplib.SMTPDataError):
            post()
        assert (letters()[0].tried_at, letters()[0].posted_at) == (None, None)
        mail.refuses = False
        post()
    assert len(mail.received) == 1


def test_a_worker_that_died_after_the_server_took_it_does_not_send_it_again(settings):
    saved(make.member())
    came_in()
    written()
    with server(settings) as mail:
        post()
        Letter.objects.update(posted_at=None)  # what a worker that dies at that moment leaves behind
        post()
    assert len(mail.received) == 1


def test_who_ended_the_letters_gets_none_that_was_written_before(settings):
    user = make.member()
    saved(user)
    came_in()
    written()
    saved_searches.end_letters(user)
    with server(settings) as mail:
        post()
    assert (mail.received, letters()[0].posted_at is not None) == ([], True)


def test_a_notice_that_was_taken_back_before_the_letter_is_posted_is_not_in_it(settings):
    user = make.member(home="VN")
    saved(user)
    gone, stays = came_in(title="A dryer that goes"), came_in(title="A dryer that stays")
    written()
    notices.withdraw(gone, by=gone.author)
    waiting.do_all(but=("kernel.post_letter",))
    with server(settings) as mail:
        post()
    plain = mail.received[0].get_body(("plain",)).get_content()
    assert (str(gone) in plain, str(stays) in plain) == (False, True)


def test_a_person_who_withdraws_while_a_digest_is_under_way_is_not_in_it(settings):
    saved(make.member(), "arsenic wells", kinds=["person"])
    profile = make.profile(shown={ProfileField.EXPERTISE: Visibility.MEMBERS, ProfileField.NAME: Visibility.MEMBERS})
    people_index.follow(str(profile.pk))
    match()
    assert written() == 1
    people.withdraw_everything(profile, by=profile.user)
    with server(settings) as mail:
        post()
    assert mail.received == []


def test_the_address_that_ends_letters_is_one_persons_and_cannot_be_guessed():
    first, second = make.member(), make.member()
    own = saved_searches.ending_of(first)
    forged = own.replace(first.pk.hex, second.pk.hex)
    assert (saved_searches.person_of(own), saved_searches.person_of(forged), saved_searches.person_of("x")) == (
        first,
        None,
        None,
    )

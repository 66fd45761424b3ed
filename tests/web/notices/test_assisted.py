"""Writing for somebody without an account, and taking the notice over with the paper."""

import re

import pytest
from django.urls import reverse

from corridor.matching.models import Mandate
from tests import make
from tests.web.notices.pages import address, client_of, words

pytestmark = pytest.mark.django_db

CONSENT = {
    "owner_name": "Mother Kham",
    "contact": "through the village head of Ban Nong",
    "consent": "At the meeting in May.",
}


def papered(notice, by=None):
    """The number and the code as they stand on the paper."""
    response = client_of(by or notice.author).post(address("notice-mandate", notice), CONSENT)
    number = re.search(r"<dd>([0-9A-F]{4}(?:-[0-9A-F]{4}){2})</dd>", response.content.decode())[1]
    code = re.search(r"<dd>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){2})</dd>\s*</div></dl>", response.content.decode())[1]
    return number, code


@pytest.fixture
def notice():
    """A draft of a verified organisation's manager."""
    owner = make.organisation(type="hub", is_verified=True)
    return make.notice(make.manager(owner), of=owner)


def test_a_verified_organisation_is_offered_to_write_for_others(notice):
    assert "I write for somebody without an account" in words(
        client_of(notice.author).get(address("notice-facts", notice))
    )
    plain = make.notice()
    assert "without an account" not in words(client_of(plain.author).get(address("notice-facts", plain)))


def test_ticking_it_leads_to_the_consent(notice):
    sent = {"themes": ["industry"], "organisation": str(notice.organisation_id), "is_assisted": "on", "go": "next"}
    response = client_of(notice.author).post(address("notice-facts", notice), sent)
    assert response.url == address("notice-mandate", notice)


def test_others_do_not_write_for_somebody_without_an_account():
    notice = make.notice()
    response = client_of(notice.author).post(address("notice-mandate", notice), CONSENT)
    assert response.status_code == 403
    assert not Mandate.objects.exists()


def test_the_code_is_shown_once_and_the_contact_never_to_readers(notice):
    number, code = papered(notice)
    browser = client_of(notice.author)
    for page in (address("notice", notice), address("notice-mandate", notice)):
        assert code not in browser.get(page).content.decode()
    assert "Ban Nong" not in browser.get(address("notice", notice)).content.decode()
    assert code.replace("-", "") not in Mandate.objects.get().code_hash
    assert len(number) == 14


def test_a_new_paper_makes_the_earlier_useless(notice):
    number, code = papered(notice)
    papered(notice)
    response = client_of(make.person()).post(reverse("notice-takeover"), {"number": number, "code": code})
    assert response.status_code == 400


def test_the_problem_owner_takes_the_notice_over(notice):
    number, code = papered(notice)
    owner = make.person()
    typed = {"number": number.lower().replace("-", " "), "code": code.lower().replace("-", "")}
    response = client_of(owner).post(reverse("notice-takeover"), typed)
    assert response.url == address("notice", notice)
    notice.refresh_from_db()
    assert notice.author == owner
    assert (
        client_of(make.person()).post(reverse("notice-takeover"), {"number": number, "code": code}).status_code == 400
    )


def test_a_wrong_number_a_wrong_code_and_a_notice_without_paper_are_told_alike(notice):
    number, code = papered(notice)
    other = make.notice()
    without = other.pk.hex[:12]
    user = make.person()
    answers = {
        words(client_of(user).post(reverse("notice-takeover"), {"number": n, "code": c})).replace(n, "")
        for n, c in ((number, "AAAA-BBBB-CCCC"), ("0000-0000-0000", code), (without, code))
    }
    assert len(answers) == 1
    assert "Number or code is not right" in answers.pop()


def test_guessing_is_stopped_for_a_person_and_for_a_notice(notice):
    number, code = papered(notice)
    guesser = client_of(make.person())
    for _ in range(10):
        guesser.post(reverse("notice-takeover"), {"number": number, "code": "AAAA-BBBB-CCCC"})
    told = guesser.post(reverse("notice-takeover"), {"number": number, "code": code})
    assert "You tried too often." in words(told)
    owner = client_of(make.person()).post(reverse("notice-takeover"), {"number": number, "code": code})
    assert owner.status_code == 400
    assert Mandate.objects.get().taken_over_by is None

"""Suggested partners on the page of a notice."""

import pytest

from corridor.matching.operations import indexing
from tests import make
from tests.web.notices.pages import address, client_of, words

pytestmark = pytest.mark.django_db

OFFER = "Our dryer for parchment coffee runs on coffee husk by night and on sun by day; two people can repair it."


@pytest.fixture
def offer():
    """A published offer of another country, known to the index."""
    made = make.published(
        of=make.organisation("TH", name="Dryer Works"), kind="offer", title="Coffee dryer on husk", text=OFFER
    )
    indexing.follow(str(made.pk))
    return made


def test_a_draft_has_partners_that_only_its_own_people_see(offer):
    notice = make.notice()
    page = words(client_of(notice.author).get(address("notice", notice)))
    assert "Coffee dryer on husk" in page
    assert "Dryer Works" in page
    assert "Not relevant" in page
    assert "Coffee dryer on husk" in words(client_of(notice.author).get(address("notice-facts", notice)))


def test_a_published_notice_shows_its_partners_to_readers_with_the_reason(offer):
    page = words(client_of().get(address("notice", make.published())))
    assert "Coffee dryer on husk" in page
    assert "runs on coffee husk by night" in page
    assert "Not relevant" not in page


def test_an_unnamed_partner_stays_unnamed():
    owner = make.organisation("TH", name="Dryer Works")
    made = make.published(of=owner, kind="offer", title="Coffee dryer on husk", text=OFFER, is_anonymous=True)
    indexing.follow(str(made.pk))
    page = client_of().get(address("notice", make.published()))
    assert "Coffee dryer on husk" in words(page)
    assert "Dryer Works" not in page.content.decode()
    assert str(owner.pk) not in page.content.decode()


def test_what_was_set_aside_is_not_shown_to_oneself_and_still_to_others(offer):
    notice = make.published()
    browser = client_of(notice.author)
    sent = {"kind": "notice", "record": str(offer.pk), "reason": "far"}
    browser.post(address("notice-dismissal", notice), sent)
    assert "Coffee dryer on husk" not in words(browser.get(address("notice", notice)))
    assert "Coffee dryer on husk" in words(client_of().get(address("notice", notice)))


def test_an_ended_notice_suggests_nothing(offer):
    notice = make.published()
    client_of(notice.author).post(address("notice-fulfilment", notice))
    assert "Suggested partners" not in words(client_of().get(address("notice", notice)))

"""What the pages say while an organisation is suspended: why to those who may know, and one neutral line to everybody else."""

import html
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import FacilityClosing, Objection, Organisation
from corridor.directory.operations.suspensions import lift_suspension, suspend_organisation
from corridor.kernel.models import Letter, User
from corridor.kernel.operations.composing import compose
from corridor.matching.models import Introduction, Notice, Room
from corridor.matching.operations import introductions
from tests import make, waiting

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
WHY = "Several people were asked for money in its name."
NEUTRAL = "This organisation takes no part here at present."
SAID_TO_ITS_OWN = "This organisation is suspended."
OBJECTION = "It was somebody else. ກະລຸນາ <b>"


def suspended(home: str = "LA") -> Organisation:
    """An organisation that an officer of its country suspended."""
    made = make.organisation(home)
    suspend_organisation(made, by=make.officer(home), reason=WHY)
    return made


def read(client: Client, name: str, *args: object) -> str:
    """The text of a page."""
    return html.unescape(client.get(reverse(name, args=args)).content.decode())


def test_everybody_reads_one_neutral_line_and_nobody_else_why(as_: As) -> None:
    organisation = suspended()
    others = [None, make.person("LA"), make.member(home="LA"), make.officer("TH"), make.operator()]
    for other in others:
        text = read(as_(other), "organisation", organisation.pk)
        assert (NEUTRAL in text, SAID_TO_ITS_OWN in text, WHY in text) == (True, False, False)
        assert reverse("introduction-new") not in text
    for own in (make.member(organisation), make.manager(organisation), make.officer("LA")):
        text = read(as_(own), "organisation", organisation.pk)
        assert (SAID_TO_ITS_OWN in text, WHY in text) == (True, True)
    lift_suspension(organisation, by=make.officer("LA"))
    text = read(as_(), "organisation", organisation.pk)
    assert (NEUTRAL in text, reverse("introduction-new") in text) == (False, True)


def test_the_entry_stays_in_the_directory_and_what_it_offers_does_not(as_: As) -> None:
    organisation = make.organisation("LA")
    facility, notice = make.facility(organisation), make.published(of=organisation)
    suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    pages = [reverse("facility", args=[facility.pk]), reverse("notice", args=[notice.pk])]
    own, officer = make.manager(organisation), make.officer("LA")
    for reader, status in (
        (None, 404),
        (make.member(home="LA"), 404),
        (make.officer("TH"), 404),
        (own, 200),
        (officer, 200),
    ):
        assert [as_(reader).get(url).status_code for url in pages] == [status, status]
    assert organisation.name in read(as_(), "organisations")
    assert facility.name not in read(as_(), "organisation", organisation.pk)
    assert facility.name not in read(as_(), "facilities")
    assert str(notice.pk) not in read(as_(), "notices")
    assert SAID_TO_ITS_OWN in read(as_(own), "notice", notice.pk)
    compared = as_().get(reverse("facility-comparison"), {"id": [str(facility.pk), str(make.facility().pk)]})
    assert facility.name not in compared.content.decode()
    lift_suspension(organisation, by=make.officer("LA"))
    assert [as_().get(url).status_code for url in pages] == [200, 200]
    assert facility.name in read(as_(), "organisation", organisation.pk)


def test_its_manager_closes_what_it_offered_and_changes_nothing_else_of_it(as_: As) -> None:
    organisation = make.organisation("LA")
    facility, client = make.facility(organisation), as_(make.manager(organisation))
    suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    closing, mending = (reverse(name, args=[facility.pk]) for name in ("facility-closing", "facility-entry"))
    shown = read(client, "facility", facility.pk)
    assert (closing in shown, mending in shown) == (True, False)
    assert [client.get(url).status_code for url in (closing, mending)] == [200, 403]
    for other in (make.member(organisation), make.member(home="LA")):
        assert as_(other).post(closing, {"reason": "No."}).status_code in (403, 404)
    assert FacilityClosing.objects.count() == 0
    assert client.post(closing, {"reason": "It burnt down."}).status_code == 302
    assert FacilityClosing.objects.get().reason == "It burnt down."
    assert client.post(reverse("facility-reopening", args=[facility.pk])).status_code == 403
    assert FacilityClosing.objects.count() == 1


def test_its_people_are_told_on_their_desk_and_answer_once(as_: As) -> None:
    organisation, colleague = make.organisation("LA"), None
    own, colleague = make.member(organisation), make.manager(organisation)
    suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    client, url = as_(own), reverse("organisation-objection", args=[organisation.pk])
    assert SAID_TO_ITS_OWN in read(client, "desk")
    assert url in read(client, "organisation", organisation.pk)
    assert WHY in client.get(url).content.decode()
    empty = client.post(url, {"text": ""})
    assert (empty.status_code, Objection.objects.count()) == (400, 0)
    assert client.post(url, {"text": OBJECTION}).status_code == 302
    assert Objection.objects.get().text == OBJECTION
    assert OBJECTION in read(as_(colleague), "organisation", organisation.pk)
    again = as_(colleague).post(url, {"text": "And again, what I typed."})
    assert (again.status_code, Objection.objects.count()) == (400, 1)
    assert "And again, what I typed." in again.content.decode()
    assert as_(colleague).get(url).status_code == 403
    assert OBJECTION not in read(as_(), "organisation", organisation.pk)


def test_for_others_there_is_no_page_to_answer_on(as_: As) -> None:
    organisation = suspended()
    url = reverse("organisation-objection", args=[organisation.pk])
    others = [make.person("LA"), make.member(home="LA"), make.officer("LA"), make.officer("TH"), make.operator()]
    assert [as_(one).post(url, {"text": "No."}).status_code for one in others] == [404] * 5
    free = make.organisation("LA")
    assert as_(make.member(free)).get(reverse("organisation-objection", args=[free.pk])).status_code == 404
    assert as_().get(url).status_code == 302
    assert Objection.objects.count() == 0


def test_introductions_and_rooms_say_that_they_rest_and_to_the_other_side_not_why(as_: As) -> None:
    asker, asked = make.organisation("LA"), make.organisation("TH")
    one, other = make.member(asker), make.member(asked)
    room = make.room(asker, asked, by=one, answerer=other)
    open_one = introductions.ask_introduction(
        asker, make_third := make.organisation_with_somebody("VN"), by=one, interest="We ask."
    )
    suspend_organisation(asker, by=make.officer("LA"), reason=WHY)
    third = User.objects.get(grants__scope_id=str(make_third.pk))
    for reader in (other, third):
        pages = [read(as_(reader), "introductions")]
        pages.append(read(as_(reader), "introduction", open_one.pk if reader == third else room.introduction_id))
        assert ["rests at present" in page for page in pages] == [True, True]
        assert not any(WHY in page or SAID_TO_ITS_OWN in page for page in pages)
    talk = read(as_(other), "room", room.pk)
    assert ("This rests at present." in talk, reverse("room-messages", args=[room.pk]) in talk) == (True, False)
    refused = as_(third).post(reverse("introduction-agreement", args=[open_one.pk]))
    assert (refused.status_code, Room.objects.count()) == (403, 1)
    page = read(as_(third), "introduction", open_one.pk)
    assert (reverse("introduction-refusal", args=[open_one.pk]) in page, Introduction.objects.open().count()) == (
        False,
        1,
    )
    own = read(as_(one), "introduction", open_one.pk)
    assert (SAID_TO_ITS_OWN in own, reverse("introduction-withdrawal", args=[open_one.pk]) in own) == (True, True)


def test_the_page_asks_no_more_for_readers_than_that_of_any_other(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    free, held = make.organisation("LA"), suspended()
    client = as_()
    client.get(reverse("organisation", args=[free.pk]))
    with django_assert_num_queries(queries_of(client, free)):
        client.get(reverse("organisation", args=[held.pk]))


def queries_of(client: Client, organisation: Organisation) -> int:
    """How many queries a page takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("organisation", args=[organisation.pk]))
    return len(asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_and_pages_are_there_in_every_language(as_: As, language: str) -> None:
    asker, asked = make.organisation("LA"), make.organisation("TH")
    own, officer = make.member(asker, language=language), make.officer("LA", language=language)
    other = make.member(asked, language=language)
    make.room(asker, asked, by=own, answerer=other)
    suspension = suspend_organisation(asker, by=officer, reason=WHY)
    waiting.do_all()
    client = as_(own, language)
    assert client.post(reverse("organisation-objection", args=[asker.pk]), {"text": OBJECTION}).status_code == 302
    assert [client.get(reverse(name, args=[asker.pk])).status_code for name in ("organisation",)] == [200]
    lift_suspension(asker, by=officer)
    waiting.do_all()
    assert suspension.organisation == asker
    wanted = [
        "introduction_goes_on",
        "introduction_rests",
        "organisation_lifted",
        "organisation_objected",
        "organisation_suspended",
    ]
    letters = list(Letter.objects.filter(template__in=wanted).order_by("template"))
    assert [letter.template for letter in letters] == wanted
    mails = [compose(letter) for letter in letters]
    assert all(mail is not None and "http://localhost:8000/" in str(mail.body) and mail.subject for mail in mails)
    # the other side's letters say neither who nor why
    assert not any(WHY in str(mail.body) or asker.name in str(mail.body) for mail in mails[:2] if mail)
    assert Notice.objects.count() == 0

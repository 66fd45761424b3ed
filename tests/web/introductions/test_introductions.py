"""Pages of introductions: what each side sees before the yes, what can be done, and who sees nothing at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Organisation
from corridor.kernel.models import User
from corridor.language.operations.translations import add_translation
from corridor.language.states import Origin
from corridor.matching.models import Introduction, Pause, Room
from corridor.matching.operations import introductions
from corridor.web.waiting import waiting_for
from tests import make

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
Parties = tuple[Organisation, Organisation, User, User]
SAID = {
    "who_we_are": "We dry coffee.",
    "interest": "We would like to try it.",
    "language": "lo",
    "themes": ["industry"],
}


@pytest.fixture
def parties() -> Parties:
    """A cooperative and an institute, each with somebody who speaks for it."""
    asker = make.organisation("LA", name="Golden Husk Cooperative")
    asked = make.organisation("MM", name="Teak Institute", type="institute")
    return asker, asked, make.member(asker, name="Kham Souk"), make.member(asked, name="Hla Myint")


def at(made: Introduction, name: str = "introduction") -> str:
    """An address of an introduction."""
    return reverse(name, args=[made.pk])


def test_asked_from_a_notice_and_answered_with_yes(as_: As, parties: Parties) -> None:
    asker, asked, one, other = parties
    notice = make.published(other, of=asked, themes=["green"])
    link = f"{reverse('introduction-new')}?notice={notice.pk}"
    assert link in as_(one).get(reverse("notice", args=[notice.pk])).content.decode()
    form = as_(one).get(link)
    assert form.context["form"].initial["themes"] == ["green"]
    answer = as_(one).post(link, SAID)
    made = Introduction.objects.get()
    assert (answer["Location"], made.asker, made.asked, made.notice) == (at(made), asker, asked, notice)
    agreed = as_(other).post(at(made, "introduction-agreement"))
    assert agreed["Location"] == reverse("room", args=[Room.objects.get().pk])


def test_asked_from_the_page_of_an_organisation(as_: As, parties: Parties) -> None:
    _asker, asked, one, _other = parties
    link = f"{reverse('introduction-new')}?organisation={asked.pk}"
    assert link in as_(one).get(reverse("organisation", args=[asked.pk])).content.decode()
    assert as_(one).post(link, SAID).status_code == 302
    assert Introduction.objects.get().asked == asked


def test_before_the_yes_the_other_side_sees_a_card_and_no_name(as_: As, parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one, language="lo", themes=["industry"])
    shown = as_(other).get(at(made)).content.decode()
    assert [word in shown for word in ("Cooperative", "Lao PDR", "10 to 49 people", "We dry coffee.")] == [True] * 4
    assert [word in shown for word in ("Golden Husk", "Kham Souk", one.email, str(asker.pk))] == [False] * 4
    introductions.agree(made, by=other)
    assert "Golden Husk" in as_(other).get(at(made)).content.decode()


def test_who_asks_about_an_anonymous_notice_sees_no_name_either(as_: As, parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one, notice=make.published(other, of=asked, is_anonymous=True))
    shown = as_(one).get(at(made)).content.decode() + as_(one).get(reverse("introductions")).content.decode()
    assert "Research institute" in shown
    assert [word in shown for word in ("Teak Institute", str(asked.pk), "Hla Myint")] == [False] * 3


def test_strangers_officers_and_visitors_find_nothing(as_: As, parties: Parties) -> None:
    asker, asked, one, _other = parties
    made = make.introduction(asker, asked, by=one)
    for stranger in (make.person("LA"), make.officer("LA"), make.officer("MM"), make.operator()):
        assert as_(stranger).get(at(made)).status_code == 404
        for name in ("agreement", "refusal", "withdrawal"):
            assert as_(stranger).post(at(made, f"introduction-{name}"), {"reason": "no_fit"}).status_code == 404
    assert as_().get(at(made)).status_code == 302
    made.refresh_from_db()
    assert made.state == "asked"


def test_who_speaks_for_nobody_is_told_what_to_do_first(as_: As, parties: Parties) -> None:
    answer = as_(make.person("LA")).get(f"{reverse('introduction-new')}?organisation={parties[1].pk}")
    assert answer.status_code == 403
    assert "Ask to be confirmed as a member" in answer.content.decode()


def test_a_notice_that_one_may_not_read_cannot_be_asked_about(as_: As, parties: Parties) -> None:
    _asker, asked, one, other = parties
    hidden = make.published(other, of=asked, visibility="team")
    assert as_(one).post(f"{reverse('introduction-new')}?notice={hidden.pk}", SAID).status_code == 404
    assert as_(one).get(reverse("introduction-new")).status_code == 404
    assert not Introduction.objects.exists()


def test_contacts_are_told_at_their_field_and_what_was_typed_stays(as_: As, parties: Parties) -> None:
    _asker, asked, one, _other = parties
    said = {
        **SAID,
        "interest": "Write to kham@example.org about this.",
        "questions": "Are you the Golden Husk Cooperative?",
    }
    answer = as_(one).post(f"{reverse('introduction-new')}?organisation={asked.pk}", said)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (400, ["interest", "questions"])
    assert "Write to kham@example.org about this." in answer.content.decode()
    assert not Introduction.objects.exists()


def test_asking_twice_is_refused_with_the_reason(as_: As, parties: Parties) -> None:
    asker, asked, one, _other = parties
    make.introduction(asker, asked, by=one)
    answer = as_(one).get(f"{reverse('introduction-new')}?organisation={asked.pk}")
    assert answer.status_code == 403
    assert "This was asked already, and an answer is awaited." in answer.content.decode()


def test_asking_those_who_asked_opens_the_conversation(as_: As, parties: Parties) -> None:
    asker, asked, one, other = parties
    make.introduction(asker, asked, by=one)
    answer = as_(other).post(f"{reverse('introduction-new')}?organisation={asker.pk}", SAID, follow=True)
    assert "They had asked you already." in answer.content.decode()
    assert Room.objects.count() == 1


def test_declined_with_a_reason_or_set_aside_without_a_word(as_: As, parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one)
    assert as_(other).post(at(made, "introduction-refusal"), {"decision": "decline", "reason": "x"}).status_code == 404
    as_(other).post(at(made, "introduction-refusal"), {"decision": "aside"})
    mine, theirs = (as_(by).get(at(made)).content.decode() for by in (one, other))
    assert ("Set aside" in mine, "Set aside" in theirs) == (False, True)
    as_(other).post(at(made, "introduction-refusal"), {"decision": "decline", "reason": "no_capacity"})
    assert "We have no time or people for it now" in as_(one).get(at(made)).content.decode()


def test_an_officer_finds_two_organisations_and_proposes(as_: As, parties: Parties) -> None:
    asker, asked, one, other = parties
    officer = make.officer("LA")
    page = reverse("introduction-proposal")
    found = as_(officer).get(f"{page}?second={asked.pk}&q=golden").content.decode()
    assert f"?first={asker.pk}&amp;second={asked.pk}" in found
    answer = as_(officer).post(f"{page}?first={asker.pk}&second={asked.pk}", {"interest": "Both work on drying."})
    made = Introduction.objects.get()
    assert (answer["Location"], made.is_brokered) == (at(made), True)
    for by, stranger in ((one, "Teak Institute"), (other, "Golden Husk")):
        assert stranger not in as_(by).get(at(made)).content.decode()
    assert "Golden Husk" in as_(officer).get(at(made)).content.decode()


def test_nobody_else_proposes(as_: As, parties: Parties) -> None:
    asker, asked, one, _other = parties
    page = f"{reverse('introduction-proposal')}?first={asker.pk}&second={asked.pk}"
    assert as_(one).post(page, {"interest": "Both work on drying."}).status_code == 403
    answer = as_(make.officer("VN")).post(page, {"interest": "Both work on drying."})
    assert (answer.status_code, Introduction.objects.count()) == (400, 0)


def test_a_pause_is_set_and_ended_by_ones_own(as_: As, parties: Parties) -> None:
    asker, _asked, one, other = parties
    said = {"organisation": str(asker.pk), "decision": "pause"}
    assert as_(other).post(reverse("introductions-pause"), said).status_code == 403
    assert Pause.objects.count() == 0
    as_(one).post(reverse("introductions-pause"), said)
    assert "takes no requests at present" in as_(one).get(reverse("introductions")).content.decode()
    as_(one).post(reverse("introductions-pause"), {**said, "decision": "resume"})
    assert Pause.objects.filter(ended_at=None).count() == 0


def test_what_waits_for_an_answer_stands_in_the_line_of_both_sides_it_concerns(parties: Parties) -> None:
    asker, asked, one, other = parties
    assert (waiting_for(one), waiting_for(other)) == ([], [])
    made = make.introduction(asker, asked, by=one)
    assert (waiting_for(one), [(item.label, item.count) for item in waiting_for(other)]) == ([], [("Introductions", 1)])
    introductions.agree(made, by=other)
    assert waiting_for(other) == []
    introductions.propose_introduction(
        make.organisation_with_somebody("VN"), asked, by=make.officer("VN"), interest="Both dry coffee."
    )
    assert [item.count for item in waiting_for(other)] == [1]


def test_a_stored_translation_is_shown_with_its_origin(as_: As, parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one, language="lo")
    add_translation(made, by=None, version=1, language="my", origin=Origin.MACHINE, texts={"interest": "ကြိုးစားချင်သည်"})
    shown = as_(other, "my").get(at(made)).content.decode()
    assert "ကြိုးစားချင်သည်" in shown
    assert 'class="origin unchecked"' in shown


def test_the_inbox_takes_the_same_number_of_queries_however_much_is_in_it(
    as_: As, parties: Parties, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _asker, asked, _one, other = parties
    browser = as_(other)

    def fill(home: str) -> None:
        notice = make.published(other, of=asked)
        make.introduction(make.organisation(home), asked, notice=notice)
        make.room(make.organisation(home), asked, answerer=other)
        introductions.decline(make.introduction(make.organisation(home), asked), by=other, reason="no_fit")
        make.introduction(asked, make.organisation(home), by=other)

    fill("LA")
    browser.get(reverse("introductions"))
    with django_assert_max_num_queries(60) as first:
        browser.get(reverse("introductions"))
    for home in ("KH", "VN"):
        fill(home)
    with django_assert_max_num_queries(len(first.captured_queries)):
        answer = browser.get(reverse("introductions"))
    assert [len(answer.context[name]) for name in ("to_answer", "rooms", "sent", "past")] == [3, 3, 3, 3]


def test_hostile_text_is_only_text(as_: As, parties: Parties) -> None:
    asker, asked, one, other = parties
    made = make.introduction(asker, asked, by=one, interest="<script>alert(1)</script>")
    assert "<script>alert(1)" not in as_(other).get(at(made)).content.decode()

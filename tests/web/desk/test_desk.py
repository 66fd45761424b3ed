"""My desk: what waits, what is in hand, and what to do next; never anything of another team."""

import datetime
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from corridor.directory.models import Country, Organisation
from corridor.directory.operations.suspensions import suspend_organisation
from corridor.kernel.models import User
from corridor.kernel.operations import write_letter
from corridor.language.operations.translations import add_translation, ask_translation, confirm_translation
from corridor.language.states import Origin
from corridor.matching.models import Notice, Wording
from corridor.matching.operations import notices
from corridor.matching.states import NoticeState, WordingState
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def ends_in(notice: Notice, days: int) -> Notice:
    """Let a published notice end soon."""
    Notice.objects.filter(pk=notice.pk).update(valid_until=make.today() + datetime.timedelta(days=days))
    return notice


def full_desk(user: User, own: Organisation) -> None:
    """One of everything that can lie on a desk."""
    notices.give_back(make.submitted(user, of=own).latest, by=make.officer("LA"), reason="Say how much.")
    make.submitted(user, of=own)
    make.notice(user, of=own)
    ends_in(make.published(user, of=own), 5)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["desk", "desk-notices", "desk-translations", "desk-colleagues"])
def test_every_page_reads_in_every_language(as_: As, name: str, language: str) -> None:
    own = make.organisation(is_verified=True)
    manager = make.manager(own)
    full_desk(manager, own)
    page = as_(manager, language).get(reverse(name))
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_desk_of_a_newcomer_reads_in_every_language(as_: As, language: str) -> None:
    assert as_(make.person(), language).get(reverse("desk")).status_code == 200


def test_a_visitor_is_led_to_the_sign_in(as_: As) -> None:
    assert as_().get(reverse("desk"))["Location"] == f"{reverse('account_login')}?next={reverse('desk')}"


def test_a_newcomer_is_told_to_write_and_to_ask_for_confirmation(as_: As) -> None:
    page = as_(make.person("LA")).get(reverse("desk"))
    assert [step.url for step in page.context["steps"]] == [reverse("notice-new"), reverse("membership")]


def test_whoever_asked_is_told_where_the_request_lies(as_: As) -> None:
    person = make.person("LA")
    make.request(person)
    page = as_(person).get(reverse("desk"))
    assert page.context["steps"][1].text == "Your request lies with the focal point: Lao PDR."


def test_whoever_is_confirmed_and_has_written_needs_no_steps(as_: As) -> None:
    own = make.organisation()
    member = make.member(own)
    make.notice(member, of=own)
    assert as_(member).get(reverse("desk")).context["steps"] == []


def test_a_returned_text_lies_on_top_with_its_reason(as_: As) -> None:
    own = make.organisation()
    member = make.member(own)
    notices.give_back(make.submitted(member, of=own).latest, by=make.officer("LA"), reason="Say how many tons.")
    text = as_(member).get(reverse("desk")).content.decode()
    assert "Say how many tons." in text


def test_a_submission_says_where_it_lies_since_when_and_whether_it_is_late(as_: As) -> None:
    own = make.organisation()
    member = make.member(own)
    notice = make.submitted(member, of=own)
    lying = as_(member).get(reverse("desk")).context["lying"]
    assert [(item.wording.notice, item.is_late, item.publishes_itself) for item in lying] == [(notice, False, False)]
    Wording.objects.filter(notice=notice).update(submitted_at=timezone.now() - datetime.timedelta(days=30))
    assert [item.is_late for item in as_(member).get(reverse("desk")).context["lying"]] == [True]


def test_a_notice_that_ends_soon_is_renewed_right_here(as_: As) -> None:
    own = make.organisation()
    member = make.member(own)
    notice = ends_in(make.published(member, of=own), 3)
    client = as_(member)
    assert [found for found, _form in client.get(reverse("desk")).context["ending"]] == [notice]
    until = make.today() + datetime.timedelta(days=100)
    client.post(reverse("desk-renewal", args=[notice.pk]), {"until": until.isoformat()})
    notice.refresh_from_db()
    assert notice.valid_until == until


def test_too_late_a_date_is_refused_at_the_form_and_kept(as_: As) -> None:
    own = make.organisation()
    member = make.member(own)
    notice = make.published(member, of=own)
    page = as_(member).post(reverse("desk-renewal", args=[notice.pk]), {"until": "2999-01-01"})
    text = page.content.decode()
    assert "A notice is valid for one year at most" in text
    assert 'value="2999-01-01"' in text


def test_nobody_renews_the_notice_of_another_organisation(as_: As) -> None:
    notice = make.published()
    until = (make.today() + datetime.timedelta(days=9)).isoformat()
    for person in (make.member(make.organisation()), make.officer("LA"), make.operator()):
        assert as_(person).post(reverse("desk-renewal", args=[notice.pk]), {"until": until}).status_code == 404


def test_news_of_a_partner_is_shown_only_while_it_is_open_to_the_reader(as_: As) -> None:
    member = make.member(make.organisation())
    mine, found = make.notice(member), make.published(title="A dryer that burns husk")
    facts = {"notice": str(mine.pk), "title": "Mine", "found": str(found.pk), "found_title": "A dryer that burns husk"}
    write_letter(member, "suggestion_new", key="one", **facts)
    client = as_(member)
    assert [item.row.title for item in client.get(reverse("desk")).context["news"]] == ["A dryer that burns husk"]
    notices.suspend(found, by=make.officer("LA"), reason="To be checked.")
    text = client.get(reverse("desk")).content.decode()
    assert "A dryer that burns husk" not in text


def test_another_teams_drafts_appear_on_nobodys_desk(as_: As) -> None:
    make.notice(title="A draft about dams")
    make.submitted(title="A submission about rice")
    others = [make.officer("KH"), make.operator(), make.person("LA"), make.member(make.organisation())]
    for person in others:
        client = as_(person)
        text = "".join(client.get(reverse(name)).content.decode() for name in ("desk", "desk-notices"))
        assert ("A draft about dams" in text, "A submission about rice" in text) == (False, False)


def test_my_notices_hold_my_colleagues_too_and_say_whose_they_are(as_: As) -> None:
    organisation = make.organisation()
    colleague = make.member(organisation, name="Somphone")
    make.notice(colleague, of=organisation, title="A colleague's draft")
    text = as_(make.member(organisation)).get(reverse("desk-notices")).content.decode()
    assert "A colleague&#x27;s draft" in text
    assert "by your colleague Somphone" in text


def test_my_notices_are_gathered_by_where_they_stand(as_: As) -> None:
    own = make.organisation()
    member = make.member(own)
    make.notice(member, of=own)
    make.submitted(member, of=own)
    make.published(member, of=own)
    notices.withdraw(make.notice(member, of=own), by=member)
    client = as_(member)
    assert [view.count for view in client.get(reverse("desk-notices")).context["views"]] == [2, 1, 1]
    states = [notice.state for notice in client.get(reverse("desk-notices"), {"view": "ended"}).context["notices"]]
    assert states == [NoticeState.WITHDRAWN]


def test_the_desk_asks_the_database_as_often_for_30_texts_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = make.organisation(is_verified=True)
    Country.objects.filter(pk="LA").update(verified_publish_themselves=True)
    member = make.member(own)
    client = as_(member)

    def more(number: int) -> None:
        for _ in range(number):
            notices.give_back(make.submitted(member, of=own).latest, by=member, reason="Say how much.")
            make.submitted(member, of=own)
            make.notice(member, of=own)
            ends_in(make.published(member, of=own, publisher=member), 5)

    more(2)
    with django_assert_num_queries(24):
        client.get(reverse("desk"))
    more(6)
    with django_assert_num_queries(24):
        client.get(reverse("desk"))


def test_the_list_of_notices_asks_as_often_for_30_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = make.organisation()
    member = make.member(own)
    client = as_(member)
    for _ in range(3):
        make.notice(member, of=own)
    with django_assert_num_queries(7):
        client.get(reverse("desk-notices"))
    for _ in range(27):
        make.notice(member, of=own)
    with django_assert_num_queries(7):
        client.get(reverse("desk-notices"))


def test_a_verified_organisation_publishes_its_own_text_where_the_country_lets_it(as_: As) -> None:
    own = make.organisation(is_verified=True)
    notice = make.submitted(make.member(own), of=own)
    client, wording = as_(make.manager(own)), notice.latest
    url = reverse("desk-submission", args=[wording.pk])
    assert (client.get(url).status_code, client.get(reverse("desk")).context["own_queue"]) == (404, [])
    Country.objects.filter(pk="LA").update(verified_publish_themselves=True)
    assert [item.wording for item in client.get(reverse("desk")).context["own_queue"]] == [wording]
    client.post(url, {"decision": "publish", "seen": f"{wording.number}@{wording.submitted_at.isoformat()}"})
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED


def test_another_verified_organisation_cannot_find_it(as_: As) -> None:
    Country.objects.filter(pk="LA").update(verified_publish_themselves=True)
    own = make.organisation(is_verified=True)
    wording = make.submitted(make.member(own), of=own).latest
    client = as_(make.manager(make.organisation(is_verified=True)))
    said = {"decision": "publish", "seen": f"{wording.number}@{wording.submitted_at.isoformat()}"}
    assert client.post(reverse("desk-submission", args=[wording.pk]), said).status_code == 404
    wording.refresh_from_db()
    assert wording.state == WordingState.SUBMITTED


def test_members_see_wished_translations_in_the_languages_they_choose(as_: As) -> None:
    public, narrow = make.published(title="For everybody"), make.published(title="For the team", visibility="team")
    for notice in (public, narrow):
        ask_translation(notice, by=make.person(), original="en", language="lo")
    client = as_(make.member(home="TH", language="th"))
    shown = client.get(reverse("desk-translations"), {"language": ["lo", "vi"]}).context["wishes"]
    assert [(wish["row"].title, wish["language"], wish["people"]) for wish in shown] == [("For everybody", "lo", 1)]
    assert client.get(reverse("desk-translations")).context["wishes"] == []


def test_whoever_is_not_confirmed_does_not_translate(as_: As) -> None:
    page = as_(make.person()).get(reverse("desk-translations"))
    assert page.status_code == 403
    assert "Only confirmed members can translate." in page.content.decode()


def test_whoever_is_vouched_for_by_a_suspended_organisation_alone_does_not_see_what_is_wished_for(as_: As) -> None:
    organisation = make.organisation("LA")
    member = make.member(organisation)
    assert as_(member).get(reverse("desk-translations")).status_code == 200
    suspend_organisation(organisation, by=make.officer("LA"), reason="To be checked.")
    assert as_(member).get(reverse("desk-translations")).status_code == 403


def test_a_wish_says_whether_a_machine_has_translated_what_is_published_now(as_: As) -> None:
    done, old = make.published(), make.published()
    for notice, version in ((done, 1), (old, 2)):
        ask_translation(notice, by=make.person(), original="en", language="lo")
        add_translation(notice, by=None, version=version, language="lo", origin=Origin.MACHINE, texts={"title": "x"})
    shown = as_(make.member()).get(reverse("desk-translations"), {"language": "lo"}).context["wishes"]
    assert {wish["row"].record.pk: wish["by_machine"] for wish in shown} == {done.pk: True, old.pk: False}


def test_members_see_what_a_second_person_should_read_and_nothing_else(as_: As) -> None:
    public, narrow, old, sure = (make.published(visibility=v) for v in ("public", "team", "public", "public"))
    translator, second = make.member(home="TH"), make.member(home="TH")
    texts = {"title": "ເຄື່ອງອົບ", "text": "x"}
    for notice, version in ((public, 1), (narrow, 1), (old, 2), (sure, 1)):
        made = add_translation(notice, by=translator, version=version, language="lo", origin=Origin.HUMAN, texts=texts)
    confirm_translation(made, of=sure, by=second, edition=1)
    for origin in (Origin.AUTHOR, Origin.MACHINE):
        add_translation(sure, by=None, version=1, language="lo", origin=origin, texts=texts)

    def unread(user: User, language: str = "lo") -> list[object]:
        page = as_(user).get(reverse("desk-translations"), {"language": language})
        return [one["row"].record.pk for one in page.context["unread"]]

    assert (unread(second), unread(translator), unread(second, "vi")) == ([public.pk], [], [])


def test_wished_translations_ask_as_often_for_30_as_for_3(
    as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer, reader = make.officer("LA"), make.person()
    client = as_(make.member())

    def more(number: int) -> None:
        for _ in range(number):
            notice = make.published(publisher=officer)
            ask_translation(notice, by=reader, original="en", language="lo")
            add_translation(notice, by=None, version=1, language="lo", origin=Origin.MACHINE, texts={"title": "x"})
            other = make.published(publisher=officer)
            add_translation(other, by=None, version=1, language="lo", origin=Origin.HUMAN, texts={"title": "x"})

    more(3)
    with django_assert_num_queries(13):
        client.get(reverse("desk-translations"), {"language": "lo"})
    more(27)
    with django_assert_num_queries(13):
        client.get(reverse("desk-translations"), {"language": "lo"})

"""Offices of a focal point and of the operator rest until their holder has a second factor: default-deny, in one place."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from corridor.directory.models import Country
from corridor.kernel.models import Audience, Grant, User
from corridor.kernel.operations import grant
from corridor.kernel.states import CAPABILITIES, NEEDS_SECOND_FACTOR, Office, Scope
from corridor.matching.states import NoticeState
from corridor.web.decisions import read_audiences
from tests import make

As = Callable[..., Client]
REST = "Your office allows nothing until you set up a second factor."


def without_factor(office: Office = Office.FOCAL_POINT_HEAD) -> User:
    """Somebody with an office and no second factor."""
    user = make.person("LA")
    over = (Scope.INSTALLATION, "installation") if office == Office.OPERATOR else (Scope.COUNTRY, "LA")
    grant(user, office, over=over, home="" if office == Office.OPERATOR else "LA", by=None)
    return user


@pytest.mark.parametrize("office", sorted(NEEDS_SECOND_FACTOR))
def test_an_office_without_a_second_factor_allows_nothing_and_with_one_all(office: Office) -> None:
    user = without_factor(office)
    able = {capability for capability in CAPABILITIES[office] if user.audience.can(capability)}
    assert (able, user.audience.grants, len(user.audience.resting)) == (set(), (), 1)
    make.second_factor(user)
    able = {capability for capability in CAPABILITIES[office] if user.audience.can(capability)}
    assert (able, user.audience.resting) == (CAPABILITIES[office], ())


@pytest.mark.parametrize("office", [Office.MEMBER, Office.TERMINOLOGIST])
def test_other_offices_need_none(office: Office) -> None:
    user = make.person("LA")
    grant(user, office, over=(Scope.COUNTRY, "LA"), home="LA", by=None)
    assert len(user.audience.grants) == 1


def test_recovery_codes_alone_are_no_second_factor() -> None:
    user = without_factor()
    user.authenticator_set.create(type="recovery_codes", data={})
    assert Audience.of(user).grants == ()


def test_the_desk_and_its_deeds_are_refused_with_the_reason_and_the_way(as_: As) -> None:
    user = without_factor()
    answers = [
        as_(user).get(reverse("country-desk")),
        as_(user).post(reverse("country-desk-settings"), {"themselves": "yes"}),
    ]
    for answer in answers:
        page = answer.content.decode()
        assert (answer.status_code, page.count(REST), reverse("mfa_index") in page) == (403, 1, True)
    assert not Country.objects.get(pk="LA").verified_publish_themselves


def test_open_pages_say_so_and_show_no_more_than_to_anybody(as_: As) -> None:
    notice = make.published(visibility="six")
    assert as_(without_factor()).get(reverse("notice", args=[notice.pk])).status_code == 404
    assert as_(make.head("LA")).get(reverse("notice", args=[notice.pk])).status_code == 200
    assert REST in as_(without_factor()).get("/").content.decode()
    assert REST not in as_(make.head("LA")).get("/").content.decode()


def test_a_text_is_not_published_by_an_office_that_rests(as_: As) -> None:
    notice = make.submitted(home="LA")
    url = reverse("country-desk-submission", args=[notice.latest.pk])
    assert as_(without_factor()).post(url, {"decision": "publish"}).status_code == 403
    notice.refresh_from_db()
    assert notice.state != NoticeState.PUBLISHED


def test_audiences_read_for_many_know_it_too() -> None:
    user, other = without_factor(), make.head("LA")
    read_audiences([user, other])
    assert (user.__dict__["audience"].offices_of, other.__dict__["audience"].offices_of) == ((), ("LA",))


def test_people_of_the_sample_are_exempt_only_where_the_setting_says_so(settings: Settings) -> None:
    user = without_factor()
    User.objects.filter(pk=user.pk).update(is_sample=True)
    settings.SAMPLE_WITHOUT_SECOND_FACTOR = True
    assert Audience.of(user).offices_of == ("LA",)
    settings.SAMPLE_WITHOUT_SECOND_FACTOR = False
    assert Audience.of(user).offices_of == ()


def test_two_factors_do_not_double_an_office() -> None:
    user = make.head("LA")
    user.authenticator_set.create(type="webauthn", data={})
    assert len(Audience.of(user).grants) == Grant.objects.filter(user=user).count() == 1

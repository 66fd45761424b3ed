"""Taking office: a sealed invitation, members' words, and an operator who appoints nobody once the installation is opened."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from corridor.directory import rules
from corridor.directory.models import FocalPoint, Invitation
from corridor.directory.operations import offices
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Audience, Event, Grant, Letter, Opening, User
from corridor.kernel.operations import end_grant, grant
from corridor.kernel.states import Office, Scope
from tests import make

pytestmark = pytest.mark.django_db
MINISTRY = "cooperation@ministry-{home}.example"


@pytest.fixture(autouse=True)
def _ministries() -> None:
    for home in ("KH", "CN", "LA", "MM", "TH", "VN"):
        ministry(home)


def ministry(home: str) -> FocalPoint:
    """An invented ministry that is focal point of a country."""
    made = make.organisation(home, type="ministry", website=f"https://www.ministry-{home.lower()}.example/start")
    return FocalPoint.objects.create(home=home, organisation=made, starts_on=datetime.date(2024, 3, 11))


def works_there(home: str, *, factor: bool = True, verified: bool = True) -> User:
    """Somebody of the ministry, with a confirmed address and a second factor."""
    number = User.objects.count()
    user = make.person(home, email=f"person{number}@ministry-{home.lower()}.example")
    user.emailaddress_set.create(email=user.email, verified=verified, primary=True)  # type: ignore[attr-defined]
    return make.second_factor(user) if factor else user


def invited(home: str, *, by: User | None = None) -> Invitation:
    """A ministry with a sealed invitation."""
    return offices.invite_head(home, address=MINISTRY.format(home=home.lower()), by=by)


def accepted(home: str, *, by: User | None = None) -> Invitation:
    """An invitation that somebody of the ministry took up."""
    made = invited(home, by=by)
    offices.accept_invitation(made, by=works_there(home))
    return made


def founded(*homes: str) -> dict[str, User]:
    """Countries whose heads confirmed each other before the installation was opened."""
    made = {home: accepted(home) for home in homes}
    people = {home: one.acceptance.accepted_by for home, one in made.items()}
    for home, one in made.items():
        others = [people[other] for other in homes if other != home]
        for other in others[:2]:
            person = User.objects.get(pk=other.pk)
            now = Invitation.objects.get(pk=one.pk)
            if not Grant.objects.filter(acceptance__invitation=now).exists():
                offices.confirm_head(now, by=person)
    return {home: User.objects.get(pk=user.pk) for home, user in people.items()}


def test_three_ministries_found_an_installation_by_confirming_each_other() -> None:
    heads = founded("KH", "LA", "VN")
    assert {home: user.audience.offices_of for home, user in heads.items()} == {
        home: (home,) for home in ("KH", "LA", "VN")
    }
    assert not Grant.objects.filter(granted_by=None, office=Office.FOCAL_POINT_HEAD).exists()
    offices.open_installation()
    assert Event.objects.filter(verb="installation.opened").count() == 1


def test_one_member_is_not_enough_and_the_second_must_be_another_country() -> None:
    heads = founded("KH", "LA", "VN")
    late = accepted("TH")
    assert offices.confirm_head(late, by=heads["KH"]) is None
    with pytest.raises(Refused):
        offices.confirm_head(late, by=User.objects.get(pk=heads["KH"].pk))
    deputy = make.head("KH")
    with pytest.raises(Refused):
        offices.confirm_head(late, by=deputy)
    assert not Grant.objects.filter(home="TH").exists()
    assert offices.confirm_head(late, by=heads["LA"]) is not None
    assert late.acceptance.accepted_by.grants.get().home == "TH"


def test_where_a_head_sits_the_country_confirms_and_others_do_not() -> None:
    heads = founded("KH", "LA", "VN")
    second = accepted("LA")
    for other in ("KH", "VN"):
        with pytest.raises(Refused):
            offices.confirm_head(second, by=heads[other])
    assert Grant.objects.filter(home="LA", office=Office.FOCAL_POINT_HEAD).count() == 1
    assert offices.confirm_head(second, by=heads["LA"]) is not None


def test_nobody_confirms_themselves() -> None:
    one = accepted("LA")
    with pytest.raises(Refused):
        offices.confirm_head(one, by=one.acceptance.accepted_by)
    assert not Grant.objects.filter(home="LA").exists()


@pytest.mark.parametrize("who", [make.officer, make.operator, make.person])
def test_others_than_heads_confirm_nobody(who: Callable[..., User]) -> None:
    one = accepted("LA")
    with pytest.raises(Refused):
        offices.confirm_head(one, by=who())
    assert one.acceptance.confirmations.count() == 0


def test_after_the_opening_only_sitting_heads_confirm() -> None:
    founded("KH", "LA", "VN")
    first, second = accepted("TH"), accepted("MM")
    offices.open_installation()
    with pytest.raises(Refused):
        offices.confirm_head(first, by=second.acceptance.accepted_by)
    assert first.acceptance.confirmations.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "somebody@mail.example",
        "x@notministry-la.example",
        "x@ministry-la.example.attacker.example",
        "x@ministry-vn.example",
    ],
)
def test_an_invitation_goes_only_to_the_ministry_s_own_domain(address: str) -> None:
    with pytest.raises(Refused):
        offices.invite_head("LA", address=address, by=None)
    assert not Invitation.objects.exists()


def test_a_country_without_a_ministry_in_the_directory_is_not_invited() -> None:
    FocalPoint.objects.filter(home="LA").delete()
    with pytest.raises(Refused):
        invited("LA")
    assert not Invitation.objects.exists()


def test_only_people_of_the_ministry_take_it_up() -> None:
    made = invited("LA")
    strangers = [
        works_there("VN"),
        works_there("LA", verified=False),
        works_there("LA", factor=False),
        make.second_factor(make.person("LA")),
    ]
    for stranger in strangers:
        with pytest.raises(Refused):
            offices.accept_invitation(made, by=stranger)
    assert not Invitation.objects.get().is_accepted


def test_it_is_taken_up_once_and_in_time() -> None:
    made = invited("LA")
    Invitation.objects.update(expires_at=timezone.now(), created_at=timezone.now() - datetime.timedelta(days=15))
    with pytest.raises(Refused):
        offices.accept_invitation(made, by=works_there("LA"))
    Invitation.objects.update(expires_at=timezone.now() + datetime.timedelta(days=1))
    offices.accept_invitation(made, by=works_there("LA"))
    with pytest.raises(Refused):
        offices.accept_invitation(Invitation.objects.get(), by=works_there("LA"))
    assert Event.objects.filter(verb="office.accepted").count() == 1


def test_nobody_heads_two_countries() -> None:
    heads = founded("KH", "LA", "VN")
    made = invited("TH")
    head = heads["LA"]
    User.objects.filter(pk=head.pk).update(email="two@ministry-th.example")
    head.emailaddress_set.update(email="two@ministry-th.example")  # type: ignore[attr-defined]
    with pytest.raises(Refused):
        offices.accept_invitation(made, by=User.objects.get(pk=head.pk))
    assert not Invitation.objects.get(pk=made.pk).is_accepted


def test_who_took_an_invitation_up_is_told_that_and_not_that_they_head_another_country() -> None:
    made = accepted("LA")
    assert rules.may_accept(made.acceptance.accepted_by, made).reasons == ("This invitation was used already.",)
    other = invited("TH")
    reasons = rules.may_accept(made.acceptance.accepted_by, other).reasons
    assert "Nobody heads the focal points of two countries." in reasons


def test_a_withdrawn_or_replaced_invitation_is_worth_nothing() -> None:
    first = invited("LA")
    invited("LA")
    with pytest.raises(Refused):
        offices.accept_invitation(first, by=works_there("LA"))
    offices.withdraw_invitation(Invitation.objects.get(home="LA", withdrawn_at=None), by=None)
    assert not Invitation.objects.open().exists()


def test_the_seal_is_of_this_installation_and_this_invitation() -> None:
    made, other = invited("LA"), invited("VN")
    token = offices.seal(made)
    assert (offices.unseal(token), offices.unseal(offices.seal(other))) == (made, other)
    for spoilt in (token[:-1], f"x{token}", "", token.replace(made.pk.hex, other.pk.hex), f"{other.pk.hex}-00.abc"):
        assert offices.unseal(spoilt) is None


def test_the_letter_holds_the_seal_and_goes_to_the_ministry_once() -> None:
    made = invited("LA")
    for _ in range(2):
        offices.post_invitation(str(made.pk))
    assert [message.to for message in mail.outbox] == [[made.address]]
    assert f"/country-desk/six/sealed/{offices.seal(made)}/" in str(mail.outbox[0].body)


def test_those_who_can_confirm_are_told_and_nobody_else() -> None:
    heads = founded("KH", "LA", "VN")
    make.officer("KH")
    late = accepted("TH")
    told = Letter.objects.filter(template="office_waits", key__contains=str(late.acceptance.pk))
    assert set(told.values_list("user", flat=True)) == {user.pk for user in heads.values()}


def test_once_opened_the_operator_appoints_and_invites_nobody() -> None:
    founded("KH", "LA", "VN")
    offices.open_installation()
    person = make.person("TH", email="head@mail.example")
    before = Grant.objects.count()
    for command in (
        ("appoint", "head@mail.example", "focal_point_head", "--country", "TH"),
        ("appoint", "head@mail.example", "operator"),
        ("invite", "TH", "x@ministry-th.example"),
        ("open",),
    ):
        with pytest.raises(CommandError):
            call_command(*command)
    with pytest.raises(Refused):
        grant(person, Office.MEMBER, over=(Scope.COUNTRY, "TH"), home="TH", by=None)
    assert (Grant.objects.count(), Invitation.objects.filter(home="TH").exists()) == (before, False)


def test_after_the_opening_heads_invite_where_none_sits_and_only_there() -> None:
    heads = founded("KH", "LA", "VN")
    offices.open_installation()
    assert invited("TH", by=heads["KH"]).invited_by == heads["KH"]
    for home, by in (("LA", heads["KH"]), ("MM", make.person("MM"))):
        with pytest.raises(Refused):
            invited(home, by=by)
    assert Invitation.objects.filter(invited_by__isnull=False).count() == 1


def test_it_is_not_opened_while_fewer_than_three_sit_or_an_office_stands_on_the_operator_s_word() -> None:
    with pytest.raises(Refused):
        offices.open_installation()
    heads = founded("KH", "LA", "VN")
    set_up = make.officer("MM")
    with pytest.raises(Refused):
        offices.open_installation()
    assert not Opening.objects.exists()
    end_grant(set_up.grants.get(), by=set_up)
    end_grant(heads["VN"].grants.get(), by=heads["VN"])
    with pytest.raises(Refused):
        offices.open_installation()


def test_it_is_opened_once() -> None:
    founded("KH", "LA", "VN")
    offices.open_installation()
    with pytest.raises(Refused):
        offices.open_installation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create()


def test_an_office_ends_on_its_date() -> None:
    head = make.head("LA")
    held = head.grants.get()
    held.starts_on = timezone.now().date() - datetime.timedelta(days=3)
    held.ends_on = timezone.now().date() + datetime.timedelta(days=1)
    held.save()
    assert Audience.of(head).offices_of == ("LA",)
    held.ends_on = timezone.now().date()
    held.save()
    assert Audience.of(head).offices_of == ()

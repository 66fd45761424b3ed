"""Asking to be confirmed: country, an organisation from the directory or in one's own words, and who one is."""

import pytest
from django.test import Client

from corridor.directory.models import MembershipRequest
from corridor.directory.operations import indexing
from corridor.directory.operations.membership import answer_membership
from corridor.kernel.models import User
from tests import make
from tests.web.account.conftest import PASSWORD

MEMBERSHIP = "/account/membership/"
SAID = {"home": "LA", "organisation_text": "", "statement": "ຂ້ອຍເປັນວິສະວະກອນ. I build dryers."}


@pytest.fixture
def asker(near: Client, person: User) -> Client:
    """Somebody signed in whom nobody has confirmed."""
    near.force_login(person)
    return near


def test_a_request_without_an_organisation_is_sent(asker: Client, person: User) -> None:
    assert asker.post(MEMBERSHIP, SAID)["Location"] == "/account/"
    request = MembershipRequest.objects.get()
    assert (request.user, request.home, request.organisation, request.statement) == (
        person,
        "LA",
        None,
        SAID["statement"],
    )
    page = asker.get("/account/").content.decode()
    assert "Waiting" in page


def test_an_organisation_is_looked_up_by_part_of_its_name_and_chosen(asker: Client) -> None:
    own = make.organisation("LA", name="Invented Coffee Cooperative of Pakse")
    make.organisation("TH", name="Invented Coffee Cooperative of Chiang Rai")
    looked = asker.post(MEMBERSHIP, {**SAID, "organisation_text": "coffee coop", "look": "1"})
    assert looked.context["form"].fields["organisation"].choices == [
        (str(own.pk), "Invented Coffee Cooperative of Pakse"),
        ("none", "None of these"),
    ]
    assert SAID["statement"] in looked.content.decode()
    assert MembershipRequest.objects.count() == 0
    asker.post(MEMBERSHIP, {**SAID, "organisation_text": "coffee coop", "organisation": str(own.pk)})
    request = MembershipRequest.objects.get()
    assert (request.organisation, request.organisation_text) == (own, "")


def test_an_organisation_is_found_by_the_words_of_its_name_in_another_spelling(asker: Client) -> None:
    own = make.organisation("VN", name="Hợp tác xã Hoà Bình", language="vi")
    indexing.follow(str(own.pk))
    looked = asker.post(MEMBERSHIP, {**SAID, "home": "VN", "organisation_text": "hop tac xa hòa bình", "look": "1"})
    assert list(looked.context["form"].listed) == [str(own.pk)]


def test_a_name_that_is_listed_is_not_taken_as_free_text_unasked(asker: Client) -> None:
    make.organisation("LA", name="Invented Rice Mill")
    answer = asker.post(MEMBERSHIP, {**SAID, "organisation_text": "rice mill"})
    assert list(answer.context["form"].errors) == ["organisation"]
    assert MembershipRequest.objects.count() == 0
    asker.post(MEMBERSHIP, {**SAID, "organisation_text": "rice mill", "organisation": "none"})
    assert MembershipRequest.objects.get().organisation_text == "rice mill"


def test_a_name_that_is_not_listed_is_sent_as_typed(asker: Client) -> None:
    looked = asker.post(MEMBERSHIP, {**SAID, "organisation_text": "ໂຮງສີເຂົ້າ", "look": "1"})
    assert "The directory lists no such name in this country." in looked.content.decode()
    asker.post(MEMBERSHIP, {**SAID, "organisation_text": "ໂຮງສີເຂົ້າ"})
    assert MembershipRequest.objects.get().organisation_text == "ໂຮງສີເຂົ້າ"


def test_an_organisation_of_another_country_is_refused_at_its_field(asker: Client) -> None:
    abroad = make.organisation("TH")
    answer = asker.post(MEMBERSHIP, {**SAID, "organisation": str(abroad.pk)})
    assert answer.context["form"].errors["organisation"] == ["This organisation is in another country."]
    assert MembershipRequest.objects.count() == 0


@pytest.mark.parametrize("odd", ["not-a-key", "00000000-0000-7000-8000-000000000000"])
def test_an_organisation_that_does_not_exist_is_nobody(asker: Client, odd: str) -> None:
    asker.post(MEMBERSHIP, {**SAID, "organisation": odd})
    assert MembershipRequest.objects.get().organisation is None


@pytest.mark.parametrize(
    ("field", "value"), [("home", ""), ("home", "FR"), ("statement", " "), ("statement", "x" * 1001)]
)
def test_what_is_missing_is_said_and_the_rest_is_kept(asker: Client, field: str, value: str) -> None:
    answer = asker.post(MEMBERSHIP, {**SAID, field: value})
    assert list(answer.context["form"].errors) == [field]
    assert MembershipRequest.objects.count() == 0


def test_asking_again_begins_with_what_was_said_and_replaces_it(asker: Client, person: User) -> None:
    own = make.organisation("LA", name="Invented Rice Mill")
    make.request(person, of=own)
    first = asker.get(MEMBERSHIP).context["form"]
    assert (first["home"].value(), first["organisation"].value(), first["statement"].value()) == (
        "LA",
        str(own.pk),
        "I work there.",
    )
    asker.post(MEMBERSHIP, SAID)
    request = MembershipRequest.objects.get()
    assert (request.organisation, request.statement) == (None, SAID["statement"])


def test_a_page_of_an_organisation_may_name_it(asker: Client) -> None:
    own = make.organisation("MM")
    form = asker.get(MEMBERSHIP, {"organisation": str(own.pk)}).context["form"]
    assert (form["home"].value(), form["organisation"].value()) == ("MM", str(own.pk))


def test_the_answer_and_its_reason_are_on_the_account_page(asker: Client, person: User) -> None:
    request = make.request(person, home="TH")
    answer_membership(request, by=make.officer("TH"), is_confirmed=False, reason="Nobody there knows this name.")
    page = asker.get("/account/").content.decode()
    assert "Nobody there knows this name." in page
    assert "Declined" in page


def test_a_session_that_ends_in_the_middle_of_the_form_loses_nothing(asker: Client, person: User) -> None:
    own = make.organisation("LA", name="Invented Rice Mill")
    said = {**SAID, "organisation_text": "rice mill", "organisation": str(own.pk)}
    asker.get(MEMBERSHIP)
    asker.logout()
    answer = asker.post(MEMBERSHIP, said, headers={"Origin": "http://localhost"})
    assert answer.status_code == 403
    kept = {field.name: field.values[0] for field in answer.context["kept"]}
    assert kept == said
    assert SAID["statement"] in answer.content.decode()
    assert MembershipRequest.objects.count() == 0
    asker.post("/account/login/", {"login": person.email, "password": PASSWORD})
    asker.post(MEMBERSHIP, kept)
    assert MembershipRequest.objects.get().statement == SAID["statement"]

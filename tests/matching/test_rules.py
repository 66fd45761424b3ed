"""Every rule of matching, both ways, for everybody who might try."""

import datetime

import pytest

from corridor.directory.models import Country
from corridor.kernel.models import User
from corridor.language.operations.translations import add_translation, confirm_translation
from corridor.language.states import Origin
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.matching.operations import notices
from tests import make

pytestmark = pytest.mark.django_db
OWN = {"author", "colleague", "manager"}
OFFICE = {"officer", "head"}
NOT_YOURS = "Only the organisation that wrote this notice can do this."
NOT_YOUR_COUNTRY = "Only the focal point of this notice's own country can do this."
ENDED = "This notice has ended and can no longer be changed."


class Cast(dict[str, User]):
    """Everybody who might try, around the organisation `own` of Lao PDR."""

    def __init__(self, *, is_verified: bool = True) -> None:
        self.own = make.organisation("LA", is_verified=is_verified)
        super().__init__(
            author=make.member(self.own),
            colleague=make.member(self.own),
            manager=make.manager(self.own),
            stranger=make.member(make.organisation("LA", is_verified=True)),
            unvouched=make.person("LA"),
            officer=make.officer("LA"),
            head=make.head("LA"),
            foreigner=make.member(make.organisation("VN")),
            foreign_officer=make.officer("VN"),
            operator=make.operator(),
        )

    def who(self, rule, *arguments) -> set[str]:
        """For whom a rule says yes."""
        return {name for name, user in self.items() if rule(user, *arguments)}


@pytest.fixture
def cast() -> Cast:
    """With a verified organisation."""
    return Cast()


def in_state(cast: Cast, state: str) -> Notice:
    """A notice of the author's that has come to a state."""
    author, officer = cast["author"], cast["officer"]
    made = make.notice(author, of=cast.own)
    if state in ("draft", "returned"):
        if state == "returned":
            notices.submit(made, by=author)
            notices.give_back(made.latest, by=officer, reason="Say more.")
    elif state == "withdrawn":
        notices.withdraw(made, by=author)
    else:
        notices.submit(made, by=author)
        if state != "submitted":
            notices.publish(made.latest, by=officer)
        if state == "fulfilled":
            notices.fulfil(made, by=author)
        if state == "suspended":
            notices.suspend(made, by=officer, reason="A complaint.")
        if state == "expired":
            Notice.objects.filter(pk=made.pk).update(valid_until=make.today() - datetime.timedelta(days=1))
            notices.expire(made)
    return Notice.objects.get(pk=made.pk)


STATES = ["draft", "returned", "submitted", "published", "fulfilled", "expired", "withdrawn", "suspended"]


def said(verdict) -> list[str]:
    """The reasons as sentences."""
    return [str(reason) for reason in verdict.reasons]


def test_everybody_who_is_signed_in_may_begin(cast):
    assert cast.who(rules.may_draft) == set(cast)
    cast["author"].is_active = False
    assert said(rules.may_draft(cast["author"])) == ["Sign in to write a notice."]


@pytest.mark.parametrize(
    ("rule", "allowed", "people"),
    [
        ("may_edit", {"draft", "returned", "published", "expired"}, OWN),
        ("may_submit", {"draft", "returned"}, OWN),
        ("may_take_back", {"submitted"}, OWN),
        ("may_withdraw", {"draft", "returned", "submitted", "published", "expired", "suspended"}, OWN),
        ("may_fulfil", {"published"}, OWN),
        ("may_renew", {"published", "expired"}, OWN),
        ("may_suspend", {"published", "fulfilled", "expired"}, OFFICE),
        ("may_lift", {"suspended"}, OFFICE),
    ],
)
def test_who_may_do_what_in_which_state(cast, rule, allowed, people):
    found = {state: cast.who(getattr(rules, rule), in_state(cast, state)) for state in STATES}
    assert found == {state: people if state in allowed else set() for state in STATES}


def test_a_refusal_gives_every_reason_at_once(cast):
    notice = in_state(cast, "withdrawn")
    stranger = cast["stranger"]
    assert said(rules.may_edit(stranger, notice)) == [NOT_YOURS, ENDED]
    assert said(rules.may_withdraw(stranger, notice)) == [NOT_YOURS, "This notice has ended already."]
    assert said(rules.may_fulfil(stranger, notice)) == [
        NOT_YOURS,
        "Only a published notice can be marked as fulfilled.",
    ]
    assert said(rules.may_renew(stranger, notice)) == [NOT_YOURS, "Only a published or expired notice can be renewed."]
    assert said(rules.may_suspend(stranger, notice)) == [NOT_YOUR_COUNTRY, "Only a published notice can be suspended."]
    assert said(rules.may_lift(stranger, notice)) == [NOT_YOUR_COUNTRY, "This notice is not suspended."]
    assert said(rules.may_take_back(stranger, notice)) == [NOT_YOURS, "Nothing is waiting for the publisher."]


@pytest.mark.parametrize(
    ("texts", "facts", "reason"),
    [
        ({"title": ""}, {}, "Write a title in words."),
        ({"title": "🌾🌾🌾 !!! \u200b"}, {}, "Write a title in words."),
        ({"text": ""}, {}, "Describe it in a few sentences."),
        ({"text": "Too short."}, {}, "Describe it in a few sentences."),
        ({"text": "🌾" * 60}, {}, "Describe it in a few sentences."),
        ({"text": "\u200b\u202e" * 40}, {}, "Describe it in a few sentences."),
        ({}, {"themes": []}, "Choose at least one theme."),
        ({}, {"valid_until": None}, "Choose until when it is valid."),
        ({}, {"valid_until": -1}, "Choose until when it is valid."),
        ({}, {"valid_until": 367}, "A notice is valid for one year at most; renew it later."),
        ({}, {"organisation": None}, "Say for which organisation you write."),
    ],
)
def test_what_is_not_whole_is_not_submitted_and_the_reason_is_given(cast, texts, facts, reason):
    notice = make.notice(cast["author"], of=cast.own)
    if isinstance(facts.get("valid_until"), int):
        facts = {"valid_until": make.today() + datetime.timedelta(days=facts["valid_until"])}
    notices.write(notice, by=cast["author"], texts=texts, facts=facts)
    assert said(rules.may_submit(cast["author"], notice)) == [reason]


@pytest.mark.parametrize("days", [0, 1, 366])
def test_a_notice_may_be_valid_from_today_to_a_year_on(cast, days):
    notice = make.notice(cast["author"], of=cast.own, valid_until=make.today() + datetime.timedelta(days=days))
    assert rules.may_submit(cast["author"], notice).allowed


def test_an_empty_notice_is_refused_with_all_that_it_lacks(cast):
    notice = notices.draft(by=cast["unvouched"], kind="need")
    assert said(rules.may_submit(cast["unvouched"], notice)) == [
        "Write a title in words.",
        "Describe it in a few sentences.",
        "Choose at least one theme.",
        "Say for which organisation you write.",
        "Choose until when it is valid.",
    ]


def test_somebody_who_has_asked_to_be_confirmed_may_submit_and_nobody_else_from_outside(cast):
    person = cast["unvouched"]
    notice = make.notice(person, of=cast.own)
    assert said(rules.may_submit(person, notice)) == ["Ask to be confirmed as a member of this organisation first."]
    make.request(person, of=cast.own)
    assert rules.may_submit(person, notice).allowed


def test_who_may_publish_and_return_what_was_submitted(cast):
    wording = in_state(cast, "submitted").latest
    assert cast.who(rules.may_publish, wording) == cast.who(rules.may_decide, wording) == OFFICE
    assert said(rules.may_publish(cast["foreign_officer"], wording)) == [
        "A notice is published by the focal point of its own country."
    ]


def test_a_verified_organisation_publishes_itself_where_its_country_says_so(cast):
    wording = in_state(cast, "submitted").latest
    Country.objects.filter(pk="LA").update(verified_publish_themselves=True)
    assert cast.who(rules.may_publish, wording) == OFFICE | OWN
    Country.objects.filter(pk="LA").update(verified_publish_themselves=False)
    Country.objects.filter(pk="VN").update(verified_publish_themselves=True)
    assert cast.who(rules.may_publish, wording) == OFFICE


def test_an_organisation_that_nobody_verified_never_publishes_itself():
    cast = Cast(is_verified=False)
    Country.objects.filter(pk="LA").update(verified_publish_themselves=True)
    assert cast.who(rules.may_publish, in_state(cast, "submitted").latest) == OFFICE


@pytest.mark.parametrize("state", [state for state in STATES if state != "submitted"])
def test_what_was_not_submitted_is_not_decided(cast, state):
    wording = in_state(cast, state).latest
    assert cast.who(rules.may_publish, wording) | cast.who(rules.may_decide, wording) == set()
    assert said(rules.may_decide(cast["officer"], wording)) == ["This text has been decided on in the meantime."]


def test_an_author_whom_nobody_confirmed_is_published_by_nobody_but_may_be_returned(cast):
    person = cast["unvouched"]
    make.request(person, of=cast.own)
    wording = make.submitted(person, of=cast.own).latest
    assert (cast.who(rules.may_publish, wording), cast.who(rules.may_decide, wording)) == (set(), OFFICE)
    assert said(rules.may_publish(cast["officer"], wording)) == ["Confirm its author as a member first."]


def test_who_posts_for_somebody_without_an_account(cast):
    assert cast.who(rules.may_post_for_others, cast.own, "LA") == {"manager", "officer", "head"}
    assert cast.who(rules.may_post_for_others, None, "LA") == OFFICE
    unverified = Cast(is_verified=False)
    assert unverified.who(rules.may_post_for_others, unverified.own, "LA") == OFFICE


def test_who_sees_the_name_behind_an_anonymous_notice(cast):
    assert cast.who(rules.may_see_team, in_state(cast, "published")) == OWN | OFFICE


def test_fewer_than_five_alike_and_a_text_that_names_its_organisation_are_warned_of():
    own = make.organisation("LA", name="Invented Husk Mill", type="cooperative", size="small")
    notice = make.notice(
        of=own, is_anonymous=True, text="We of the INVENTED husk mill look for a dryer for our coffee."
    )
    assert said(rules.stays_anonymous(own, notice.latest)) == [
        "Fewer than five organisations here have your country, type and size: readers may guess that it is you.",
        "The text names your organisation.",
    ]
    for _ in range(4):
        make.organisation("LA", type="cooperative", size="small")
    for traits in (("VN", "cooperative", "small"), ("LA", "hospital", "small"), ("LA", "cooperative", "large")):
        make.organisation(traits[0], type=traits[1], size=traits[2])
    assert said(rules.stays_anonymous(own, notice.latest)) == ["The text names your organisation."]
    notices.write(notice, by=notice.author, texts={"text": "Some mill looks for a dryer for coffee."})
    assert rules.stays_anonymous(own, notice.latest).allowed
    assert rules.stays_anonymous(None, notice.latest).allowed


@pytest.mark.parametrize(("text", "names"), [("We at NAFRI ask.", True), ("(nafri)", True), ("Safaring NAFRIX", False)])
def test_an_acronym_names_its_organisation_only_as_a_word_of_its_own(text, names):
    own = make.organisation("LA", name="Institute of Upland Farming")
    own.names.create(kind="acronym", text="NAFRI")
    notice = make.notice(of=own, text=f"{text} We look for a dryer that runs on husk.")
    verdict = said(rules.stays_anonymous(own, notice.latest))
    assert ("The text names your organisation." in verdict) is names


def test_who_translates(cast):
    notice = in_state(cast, "published")
    everybody = OWN | OFFICE | {"stranger", "foreigner", "foreign_officer"}
    assert cast.who(rules.may_translate, notice, "vi") == everybody
    assert cast.who(rules.may_translate, notice, "en") == set()
    add_translation(notice, by=None, version=1, language="th", origin=Origin.MACHINE, texts={"title": "x"})
    assert cast.who(rules.may_translate, notice, "th") == everybody


def test_who_mends_a_translation(cast):
    notice = in_state(cast, "published")
    everybody = OWN | OFFICE | {"stranger", "foreigner", "foreign_officer"}
    made = add_translation(
        notice, by=cast["stranger"], version=1, language="vi", origin=Origin.HUMAN, texts={"title": "x"}
    )
    assert cast.who(rules.may_translate, notice, "vi") == everybody
    confirm_translation(made, of=notice, by=cast["foreign_officer"], edition=1)
    assert cast.who(rules.may_translate, notice, "vi") == OWN | OFFICE | {"stranger", "foreign_officer"}
    assert said(rules.may_translate(cast["foreigner"], notice, "vi")) == [
        "A second person has confirmed the translation into this language. Only those two can mend it now."
    ]
    author = notice.author
    add_translation(notice, by=author, version=1, language="lo", origin=Origin.AUTHOR, texts={"title": "x"})
    assert cast.who(rules.may_translate, notice, "lo") == OWN | OFFICE
    assert said(rules.may_translate(cast["foreigner"], notice, "lo")) == [
        "Its author has translated it into this language already."
    ]

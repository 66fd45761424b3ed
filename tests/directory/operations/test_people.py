"""Describing oneself, consenting and withdrawing: what is kept, what is refused, and what nobody else may do."""

import io
from collections.abc import Callable

import pytest
from django.core.management import call_command

from corridor.directory.models import ConsentWithdrawal, FieldConsent, Profile, RosterEntry, SpokenLanguage
from corridor.directory.operations.people import (
    Spoken,
    choose_circles,
    consent,
    describe_oneself,
    withdraw,
    withdraw_everything,
)
from corridor.directory.operations.roster import choose_themes, join_roster, leave_roster
from corridor.directory.states import CONSENT_VERSION as WORDS
from corridor.directory.tasks import index_people
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, User
from corridor.kernel.operations import grant
from corridor.kernel.operations.people import about
from corridor.kernel.states import Office, Scope
from corridor.language.models import Passage
from tests import make, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]


def kept() -> tuple[object, ...]:
    """Everything that a refused deed must leave alone."""
    models = (Profile, SpokenLanguage, FieldConsent, ConsentWithdrawal, RosterEntry, Passage)
    rows = [sorted(model.objects.values_list(), key=str) for model in models]
    return str(rows), Event.objects.count(), waiting.waiting()


def refused(deed: Callable[[], object]) -> list[str]:
    """The reasons of a refusal that changed nothing."""
    before = kept()
    with pytest.raises(Refused) as refusal:
        deed()
    assert kept() == before
    return [str(reason) for reason in refusal.value.reasons]


def circles(profile: Profile) -> dict[str, str]:
    """Which field is read by whom."""
    return dict(profile.consents.values_list("field", "visibility"))


def listed(profile: Profile) -> dict[str, str]:
    """For which theme the person is on the roster, and for whom."""
    return dict(profile.roster.current().values_list("theme", "visibility"))


def passages(profile: Profile) -> list[tuple[str, str]]:
    """What the index says of a person, and for whom."""
    rows = Passage.objects.filter(kind="person", record_id=profile.pk).order_by("ordinal")
    return list(rows.values_list("visibility", "text"))


def test_describing_oneself_shows_nothing_and_writes_codes_only():
    person = make.member()
    profile = describe_oneself(
        person, by=person, name="Kham", expertise="I know wells.", languages=[Spoken("lo", speaks=True), Spoken("fr")]
    )
    assert (profile.home, profile.name, circles(profile)) == ("LA", "Kham", {})
    assert list(profile.languages.values_list("tag", "reads", "writes", "speaks")) == [("lo", False, False, True)]
    event = Event.objects.about(profile).get()
    assert (event.verb, event.by_id, event.facts) == (
        "profile.described", person.pk, {"fields": ["expertise", "languages", "name"]}
    )  # fmt: skip
    waiting.do_all()
    assert passages(profile) == []


def test_saying_the_same_again_changes_nothing():
    person = make.member()
    said = {"name": "Kham", "themes": ["health"], "languages": [Spoken("lo", speaks=True)]}
    describe_oneself(person, by=person, **said)
    before = kept()
    describe_oneself(person, by=person, **said)
    assert kept() == before


def test_nobody_describes_or_shows_another_person():
    profile = make.profile(shown={"name": "public"})
    join_roster(profile, by=profile.user, theme="health", visibility="public", words=WORDS)
    for other in (make.officer("LA"), make.head("LA"), make.operator(), make.member()):
        said = ["Only the person themselves can change this."]
        assert refused(lambda other=other: describe_oneself(profile.user, by=other, name="Somebody else")) == said
        given = {"by": other, "field": "headline", "visibility": "public", "words": WORDS}
        assert refused(lambda given=given: consent(profile, **given))[0] == said[0]
        assert refused(lambda other=other: withdraw(profile, by=other, field="name")) == said
        assert refused(lambda other=other: withdraw_everything(profile, by=other)) == said
        assert refused(lambda other=other: leave_roster(profile, by=other, theme="health")) == said
        joined = {"by": other, "theme": "green", "visibility": "public", "words": WORDS}
        assert refused(lambda joined=joined: join_roster(profile, **joined))[0] == said[0]
    assert (circles(profile), listed(profile)) == ({"name": "public"}, {"health": "public"})


def test_an_orcid_with_a_wrong_digit_is_refused_and_a_right_one_is_kept_in_its_form():
    person = make.member()
    said = refused(lambda: describe_oneself(person, by=person, orcid="0000-0002-1825-0098"))
    assert said == ["This is no ORCID iD: its last sign does not fit the others."]
    assert describe_oneself(person, by=person, orcid="https://orcid.org/0000-0002-1825-0097").orcid == (
        "0000-0002-1825-0097"
    )


def test_only_an_organisation_that_confirmed_the_person_can_be_named_as_theirs():
    own, other = make.organisation("LA"), make.organisation("LA")
    person = make.member(own)
    said = refused(lambda: describe_oneself(person, by=person, affiliation=other))
    assert said == ["You can name this organisation once somebody there, or its focal point, has confirmed you."]
    assert describe_oneself(person, by=person, affiliation=own).affiliation == own


def test_nothing_is_shown_of_somebody_whom_nobody_has_confirmed():
    person = make.person("LA")
    profile = describe_oneself(person, by=person, name="Kham")
    said = refused(lambda: consent(profile, by=person, field="name", visibility="public", words=WORDS))
    assert said == ["Somebody has to confirm you first: your country's focal point, or your organisation."]


@pytest.mark.parametrize(
    ("field", "visibility", "words", "reason"),
    [
        ("website", "public", WORDS, "This field is empty: there is nothing to show."),
        ("email", "public", WORDS, "This field is empty: there is nothing to show."),
        ("password", "public", WORDS, "This field is empty: there is nothing to show."),
        ("name", "world", WORDS, "There is no such circle of readers."),
        ("name", "", WORDS, "There is no such circle of readers."),
        ("name", "team", WORDS, "Choose first for which organisation of the directory you work."),
        ("name", "public", "2020-01", "The words to which you consent have changed in the meantime. Please read them again."),
    ],
)  # fmt: skip
def test_a_consent_is_for_what_is_said_to_a_circle_that_there_is_in_words_just_read(field, visibility, words, reason):
    profile = make.profile()
    said = refused(lambda: consent(profile, by=profile.user, field=field, visibility=visibility, words=words))
    assert said == [reason]


def test_a_circle_of_a_country_needs_a_country():
    profile = make.profile(home="")
    said = refused(lambda: consent(profile, by=profile.user, field="name", visibility="national", words=WORDS))
    assert said == ["Say first in which country you are."]


def test_a_consent_says_what_since_when_and_in_which_words_and_its_end_keeps_that_without_the_text():
    profile = make.profile(name="Kham Tuayang")
    consent(profile, by=profile.user, field="name", visibility="public", words=WORDS)
    given = profile.consents.get()
    assert (given.field, given.visibility, given.words) == ("name", "public", WORDS)
    withdraw(profile, by=profile.user, field="name")
    ended = ConsentWithdrawal.objects.get()
    assert (ended.profile, ended.field, ended.visibility, ended.words, ended.given_at) == (
        profile, "name", "public", WORDS, given.given_at
    )  # fmt: skip
    assert "Kham" not in str(ConsentWithdrawal.objects.values().get())
    verbs = [(event.verb, event.facts) for event in Event.objects.about(profile)][1:]
    assert verbs == [
        ("consent.given", {"field": "name", "visibility": "public", "words": WORDS}),
        ("consent.withdrawn", {"field": "name", "visibility": "public"}),
    ]


def test_another_circle_replaces_the_one_before_and_what_was_is_kept():
    profile = make.profile(shown={"name": "public"})
    consent(profile, by=profile.user, field="name", visibility="members", words=WORDS)
    assert (circles(profile), list(profile.withdrawals.values_list("visibility", flat=True))) == (
        {"name": "members"}, ["public"]
    )  # fmt: skip


def test_consenting_and_withdrawing_twice_are_once():
    profile = make.profile(shown={"name": "public"})
    before = kept()
    consent(profile, by=profile.user, field="name", visibility="public", words=WORDS)
    assert kept() == before
    withdraw(profile, by=profile.user, field="name")
    before = kept()
    withdraw(profile, by=profile.user, field="name")
    assert kept() == before


def test_withdrawing_takes_the_person_out_of_the_index_at_once_and_what_stays_open_comes_back():
    profile = make.profile(shown={"name": "public", "expertise": "public"})
    waiting.do_all()
    assert [circle for circle, _ in passages(profile)] == ["public"]
    withdraw(profile, by=profile.user, field="expertise")
    assert passages(profile) == []  # before any job
    waiting.do_all()
    assert passages(profile) == [("public", profile.name)]


def test_a_reindex_knows_people_too_and_those_alone_who_let_somebody_read_something():
    profile, silent = make.profile(shown={"name": "public", "expertise": "members"}), make.profile()
    for _ in range(2):
        call_command("reindex", stdout=io.StringIO())
        assert [circle for circle, _ in passages(profile)] == ["public", "members"]
    assert passages(silent) == []


def test_whom_nobody_vouches_for_any_more_leaves_the_index_and_comes_back_when_somebody_does():
    profile = make.profile(shown={"name": "public"})
    waiting.do_all()
    make.end(profile.user)
    index_people(timestamp=0)
    assert passages(profile) == []
    grant(profile.user, Office.MEMBER, over=(Scope.COUNTRY, "LA"), home="LA", by=None, reason="set-up")
    index_people(timestamp=0)
    assert passages(profile) == [("public", profile.name)]


def test_withdrawing_everything_ends_every_consent_and_every_entry_of_the_roster_at_once():
    profile = make.profile(shown={"name": "public", "expertise": "members", "headline": "six"})
    for theme in ("health", "green"):
        join_roster(profile, by=profile.user, theme=theme, visibility="public", words=WORDS)
    waiting.do_all()
    assert len(passages(profile)) == 3
    withdraw_everything(profile, by=profile.user)
    assert (circles(profile), listed(profile), passages(profile)) == ({}, {}, [])
    assert (profile.withdrawals.count(), profile.roster.count()) == (3, 2)
    waiting.do_all()
    assert passages(profile) == []
    profile.refresh_from_db()
    assert profile.expertise == make.EXPERTISE  # what the person wrote stays the person's


def test_withdrawing_is_always_possible_also_when_nobody_vouches_any_more():
    profile = make.profile(shown={"name": "public", "headline": "public"})
    make.end(profile.user)
    person = User.objects.get(pk=profile.user_id)
    choose_circles(profile, by=person, choices={"name": "public", "headline": ""}, words=WORDS)
    assert circles(profile) == {"name": "public"}
    withdraw_everything(profile, by=person)
    assert circles(profile) == {}


def test_several_choices_are_one_deed():
    profile = make.profile(shown={"name": "public"})
    said = refused(
        lambda: choose_circles(
            profile, by=profile.user, choices={"name": "", "website": "public"}, words=WORDS
        )
    )  # fmt: skip
    assert (said, circles(profile)) == (["This field is empty: there is nothing to show."], {"name": "public"})


def test_an_emptied_field_has_no_consent_any_more():
    shown = {"name": "public", "headline": "public", "languages": "public"}
    profile = make.profile(shown=shown, languages=[Spoken("lo", speaks=True)])
    describe_oneself(profile.user, by=profile.user, headline="", languages=[])
    assert circles(profile) == {"name": "public"}
    describe_oneself(profile.user, by=profile.user, headline="Again")
    assert circles(profile) == {"name": "public"}


def test_whoever_moves_is_not_shown_to_a_circle_that_they_did_not_choose():
    own = make.organisation("LA")
    person = make.member(own)
    profile = make.profile(
        person, affiliation=own, shown={"name": "national", "headline": "team", "expertise": "members"}
    )
    join_roster(profile, by=person, theme="health", visibility="national", words=WORDS)
    describe_oneself(person, by=person, home="VN", affiliation=None)
    assert (circles(profile), listed(profile)) == ({"expertise": "members"}, {})


def test_experts_are_listed_by_name():
    profile = make.profile(shown={"headline": "public"})
    deed = {"by": profile.user, "theme": "health", "visibility": "public", "words": WORDS}
    said = refused(lambda: join_roster(profile, **deed))
    assert said == ["Experts are listed by name: first choose who may read your name."]
    consent(profile, by=profile.user, field="name", visibility="public", words=WORDS)
    join_roster(profile, **deed)
    assert listed(profile) == {"health": "public"}
    withdraw(profile, by=profile.user, field="name")
    assert (listed(profile), profile.roster.count()) == ({}, 1)


@pytest.mark.parametrize(
    ("theme", "visibility", "reason"),
    [("magic", "public", "There is no such theme."), ("health", "team", "There is no such circle of readers.")],
)
def test_the_roster_has_themes_and_circles_of_its_own(theme, visibility, reason):
    profile = make.profile(shown={"name": "public"})
    deed = {"by": profile.user, "theme": theme, "visibility": visibility, "words": WORDS}
    assert reason in refused(lambda: join_roster(profile, **deed))


def test_joining_leaving_and_joining_again_are_three_rows_of_history_and_one_entry():
    profile = make.profile(shown={"name": "public"})
    person = profile.user
    choose_themes(profile, by=person, choices={"health": "public", "green": "", "policy": "members"}, words=WORDS)
    assert listed(profile) == {"health": "public", "policy": "members"}
    choose_themes(profile, by=person, choices={"health": "", "policy": "members"}, words=WORDS)
    choose_themes(profile, by=person, choices={"health": "six"}, words=WORDS)
    assert (listed(profile), profile.roster.count()) == ({"health": "six", "policy": "members"}, 3)
    verbs = [event.verb for event in Event.objects.about(profile) if event.verb.startswith("roster")]
    assert verbs == ["roster.joined", "roster.joined", "roster.left", "roster.joined"]


def test_a_person_gets_what_is_kept_of_them_and_nobody_elses():
    make.profile(name="Somebody else", shown={"name": "public"})
    profile = make.profile(
        name="Kham", shown={"name": "public", "headline": "six"}, languages=[Spoken("lo", reads=True)]
    )
    join_roster(profile, by=profile.user, theme="health", visibility="members", words=WORDS)
    withdraw(profile, by=profile.user, field="headline")
    data = about(profile.user)
    (said,) = data["directory.Profile.user"]
    assert (data["me"][0]["email"], said["name"], said["expertise"]) == (profile.user.email, "Kham", make.EXPERTISE)
    consents, ended = data["directory.FieldConsent.profile__user"], data["directory.ConsentWithdrawal.profile__user"]
    assert [(row["field"], row["visibility"]) for row in consents] == [("name", "public")]
    assert [(row["field"], row["visibility"]) for row in ended] == [("headline", "six")]
    roster = data["directory.RosterEntry.profile__user"]
    assert [(row["theme"], row["ended_at"]) for row in roster] == [("health", None)]
    assert [row["tag"] for row in data["directory.SpokenLanguage.profile__user"]] == ["lo"]
    assert "Somebody else" not in str(data)

"""Verbs of the kernel: hold, move, record, tell, letters, grants, and what each refuses."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from corridor.directory.states import RequestState
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Grant, Letter, User
from corridor.kernel.operations import (
    describe,
    end_grant,
    grant,
    hold,
    move,
    post_letter,
    record,
    tell,
    write_letter,
)
from corridor.kernel.states import Office, Scope
from tests import make, waiting

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_holding_needs_a_transaction():
    person = make.person()
    with pytest.raises(ImproperlyConfigured):
        hold(person)


def test_holding_reads_the_record_anew():
    person = make.person(name="Before")
    User.objects.filter(pk=person.pk).update(name="After")
    hold(person)
    assert person.name == "After"


def test_moving_writes_the_state_and_an_event_from_where_to_where():
    request, officer = make.request(make.person("LA")), make.officer("LA")
    move(request, RequestState.DECLINED, by=officer, version=3)
    request.refresh_from_db()
    last = Event.objects.about(request).last()
    assert request.state == "declined"
    assert (last.verb, last.by_id, last.home) == ("membershiprequest.declined", officer.pk, "LA")
    assert last.facts == {"from": "waiting", "to": "declined", "version": 3}


def test_a_move_that_the_table_does_not_allow_is_refused_and_nothing_happens():
    request = make.request(make.person("LA"))
    move(request, RequestState.DECLINED, by=None)
    before = Event.objects.count()
    with pytest.raises(Refused):
        move(request, RequestState.CONFIRMED, by=None)
    request.refresh_from_db()
    assert (request.state, Event.objects.count()) == ("declined", before)


def test_events_hold_codes_numbers_days_and_lists_of_them():
    person = make.person("TH")
    day, moment = datetime.date(2026, 3, 1), datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.UTC)
    facts = {"n": 3, "yes": True, "none": None, "day": day, "at": moment, "who": person.pk, "codes": ["a.b", "c"]}
    event = record("thing.done", person, by=None, **facts)
    event.refresh_from_db()
    assert event.facts == {
        "n": 3, "yes": True, "none": None, "day": "2026-03-01", "at": "2026-03-01T08:00:00+00:00",
        "who": str(person.pk), "codes": ["a.b", "c"],
    }  # fmt: skip
    assert (event.subject_kind, event.subject_id, event.home, event.by_id) == ("user", str(person.pk), "TH", None)


@pytest.mark.parametrize("text", ["Two words", "somchai@example.org", "ສະບາຍດີ", "a" * 81, "line\nbreak"])
def test_a_text_in_an_event_raises_an_error_and_nothing_is_written(text):
    person = make.person()
    before = Event.objects.count()
    with pytest.raises(ValueError, match="codes and identifiers only"):
        record("thing.done", person, by=None, remark=text)
    with pytest.raises(ValueError, match="codes and identifiers only"):
        record("thing.done", person, by=None, remarks=["fine", text])
    assert Event.objects.count() == before


def test_events_about_a_record_come_oldest_first_and_leave_out_others():
    one, other = make.person(), make.person()
    verbs = ["thing.first", "thing.second", "thing.third"]
    for verb in verbs:
        record(verb, one, by=None)
        record(verb, other, by=None)
    assert [event.verb for event in Event.objects.about(one)] == verbs


@pytest.mark.django_db(transaction=True)
def test_what_is_told_is_there_after_the_commit():
    with transaction.atomic():
        tell("kernel.post_letter", letter="one")
    assert waiting.waiting() == [{"letter": "one"}]


@pytest.mark.django_db(transaction=True)
def test_what_is_told_is_gone_with_a_rollback():
    with transaction.atomic():
        tell("kernel.post_letter", letter="one")
        transaction.set_rollback(True)
    assert waiting.waiting() == []


def test_what_is_told_names_its_queue_lock_and_urgency():
    tell("matching.index_notice", notice="n", lock="notice:n", urgency=100)
    tell("language.embed", passages=[1])
    rows = ProcrastinateJob.objects.order_by("id").values_list("task_name", "queue_name", "lock", "priority")
    assert list(rows) == [("matching.index_notice", "default", "notice:n", 100), ("language.embed", "bulk", None, 50)]


def test_a_task_that_waits_once_is_told_twice_without_harm():
    tell("language.count_words")
    tell("language.count_words")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert waiting.names() == ["language.count_words"]


def test_a_letter_with_the_same_key_is_written_once():
    person = make.person()
    for _ in range(2):
        write_letter(person, "membership_declined", key="one", reason="Not now.")
    letter = Letter.objects.get()
    assert (letter.user, letter.template, letter.facts) == (person, "membership_declined", {"reason": "Not now."})
    assert waiting.waiting("kernel.post_letter") == [{"letter": str(letter.pk)}]


@pytest.fixture
def _letters(settings):
    """Letters that say in which language they were written."""
    says = "{% load i18n %}{% get_current_language as code %}{{ code }} {{ user.name }} {{ reason }}"
    pages = {"letters/plain.txt": says, "letters/plain.subject.txt": says}
    loaders = [("django.template.loaders.locmem.Loader", pages)]
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": loaders}}
    ]


@pytest.mark.usefixtures("_letters")
def test_a_letter_is_posted_once_in_the_language_of_its_reader():
    person = make.person(language="vi", name="Lan")
    write_letter(person, "plain", key="one", reason="Why.")
    letter = Letter.objects.get()
    with translation.override("km"):
        post_letter(str(letter.pk))
        post_letter(str(letter.pk))
    letter.refresh_from_db()
    assert letter.posted_at is not None
    assert [(m.to, m.subject, m.body) for m in mail.outbox] == [([person.email], "vi Lan Why.", "vi Lan Why.")]


def test_a_letter_that_is_gone_is_not_posted():
    post_letter(str(make.person().pk))
    assert mail.outbox == []


def test_an_office_given_at_set_up_is_named_so_in_the_events():
    person = make.person("VN")
    made = grant(person, Office.FOCAL_POINT_HEAD, over=(Scope.COUNTRY, "VN"), home="VN", by=None)
    event = Event.objects.about(made).get()
    assert (event.verb, event.by_id, event.home) == ("grant.made", None, "VN")
    assert event.facts == {
        "office": "focal_point_head", "scope": "country", "over": "VN", "user": str(person.pk), "source": "set-up",
    }  # fmt: skip


def test_an_office_given_by_an_officer_names_the_officer():
    head, person = make.head("VN"), make.person("VN")
    made = grant(person, Office.FOCAL_POINT_OFFICER, over=(Scope.COUNTRY, "VN"), home="VN", by=head, reason="Named.")
    event = Event.objects.about(made).get()
    assert (made.granted_by, made.starts_on, made.ends_on) == (head, timezone.now().date(), None)
    assert (event.by_id, event.facts["source"]) == (head.pk, "office")


def test_the_same_office_given_twice_is_one_grant_and_one_event():
    person = make.person("VN")
    made = [grant(person, Office.MEMBER, over=(Scope.COUNTRY, "VN"), home="VN", by=None) for _ in range(2)]
    assert made[0] == made[1]
    assert (person.grants.count(), Event.objects.filter(verb="grant.made").count()) == (1, 1)


@pytest.mark.parametrize(
    ("office", "scope", "over", "home"),
    [
        (Office.MEMBER, Scope.INSTALLATION, "installation", ""),
        (Office.ORGANISATION_MANAGER, Scope.COUNTRY, "LA", "LA"),
        (Office.OPERATOR, Scope.COUNTRY, "LA", "LA"),
        (Office.FOCAL_POINT_OFFICER, Scope.COUNTRY, "VN", "LA"),
    ],
)
def test_an_office_over_a_scope_that_is_not_its_own_is_refused_and_nothing_is_given(office, scope, over, home):
    person = make.person("LA")
    with pytest.raises(Refused):
        grant(person, office, over=(scope, over), home=home, by=None)
    assert (Grant.objects.count(), Event.objects.count()) == (0, 0)


def test_an_office_counts_at_once_and_no_more_after_it_ended():
    head, person = make.head("LA"), make.person("LA")
    assert person.audience.is_member is False
    held = grant(person, Office.MEMBER, over=(Scope.COUNTRY, "LA"), home="LA", by=head)
    assert person.audience.is_member is True
    end_grant(held, by=head)
    assert User.objects.get(pk=person.pk).audience.is_member is False
    assert held.ends_on == timezone.now().date()
    assert [event.verb for event in Event.objects.about(held)] == ["grant.made", "grant.ended"]


def test_an_office_ended_twice_ends_once():
    head = make.head("LA")
    held = grant(make.person("LA"), Office.MEMBER, over=(Scope.COUNTRY, "LA"), home="LA", by=head)
    end_grant(held, by=head)
    end_grant(held, by=head)
    assert [event.verb for event in Event.objects.about(held)] == ["grant.made", "grant.ended"]


def test_everybody_may_lay_down_their_own_office():
    member = make.member(home="LA")
    end_grant(member.grants.get(), by=member)
    assert list(member.grants.current()) == []


def test_another_countrys_head_ends_nothing():
    member = make.member(home="LA")
    with pytest.raises(Refused):
        end_grant(member.grants.get(), by=make.head("KH"))
    assert (member.grants.current().count(), Event.objects.filter(verb="grant.ended").count()) == (1, 0)


def test_people_describe_themselves_and_nobody_else():
    person, other = make.person("LA", name="Before"), make.person("LA")
    describe(person, by=person, name="After", home="LA", language="lo")
    with pytest.raises(Refused):
        describe(person, by=other, name="Stolen", home="KH", language="km")
    person.refresh_from_db()
    assert (person.name, person.home, person.language) == ("After", "LA", "lo")
    event = Event.objects.about(person).get()
    assert (event.verb, event.facts) == ("user.described", {"fields": ["name", "language"]})


def test_describing_oneself_as_before_leaves_no_event():
    person = make.person("LA", name="Same")
    describe(person, by=person, name="Same", home="LA", language="en")
    assert Event.objects.count() == 0


def test_nobody_writes_to_somebody_who_has_left(db: None) -> None:
    person = make.person()
    write_letter(person, "membership_declined", key="before", reason="x")
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.refresh_from_db()
    write_letter(person, "membership_declined", key="after", reason="x")
    assert list(Letter.objects.values_list("key", flat=True)) == ["before"]
    post_letter(str(Letter.objects.get().pk))
    assert mail.outbox == []

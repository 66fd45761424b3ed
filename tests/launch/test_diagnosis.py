"""The doctor names what is wrong, and is silent when nothing is."""

import smtplib

import pytest
from django.db import connection
from django.utils import timezone

from corridor.kernel.logic.identifiers import uuid7
from corridor.kernel.models import PhoneCode
from corridor.language.models import EngineCall
from corridor.launch import diagnosis
from corridor.launch.diagnosis import Finding


def test_a_misspelt_setting_is_found(monkeypatch):
    monkeypatch.setenv("CORRIDOR_DATABSE_URL", "postgresql://")
    assert list(diagnosis.settings_known()) == [
        Finding(
            "settings", "there is no setting CORRIDOR_DATABSE_URL", "See docs/settings.md for the names that exist."
        )
    ]


def test_known_settings_are_no_finding(monkeypatch):
    monkeypatch.setenv("CORRIDOR_PORT", "8000")
    assert list(diagnosis.settings_known()) == []


def test_a_short_secret_is_found(settings):
    settings.SECRET_KEY = "short"
    assert [finding.fault for finding in diagnosis.secret_key()] == [
        "CORRIDOR_SECRET_KEY has 5 characters, at least 50 are needed"
    ]


@pytest.mark.parametrize(("hosts", "count"), [(["localhost", "127.0.0.1"], 0), (["corridor.example.org"], 1)])
def test_development_mode_is_found_where_others_reach_it(settings, hosts, count):
    settings.ALLOWED_HOSTS = hosts
    assert len(list(diagnosis.development_mode())) == count


def test_a_mail_server_that_does_not_answer_is_found(settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    monkeypatch.setattr(diagnosis.ENVIRONMENT, "email_url", "smtp://127.0.0.1:9")
    (finding,) = diagnosis.mail()
    assert (finding.subject, finding.remedy) == ("mail", "Correct CORRIDOR_EMAIL_URL.")
    assert issubclass(smtplib.SMTPException, OSError)


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_database_of_the_tests_is_sound():
    assert [*diagnosis.server(), *diagnosis.migrations(), *diagnosis.roles()] == []


@pytest.mark.django_db
def test_a_job_that_nobody_does_is_found(settings):
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, scheduled_at)"
            " values ('post', 'kernel.post_letter', '{}', now() - interval '1 hour')"
        )
    assert [finding.fault for finding in diagnosis.jobs()] == ["1 wait for more than ten minutes, 0 lost their worker"]


@pytest.mark.django_db
def test_a_database_without_jobs_has_none_waiting():
    assert list(diagnosis.jobs()) == []


def engine_calls(*outcomes):
    for outcome in outcomes:
        EngineCall.objects.create(
            engine="libretranslate", kind="notice", record_id=uuid7(), version=1, source="en", target="vi", characters=100,
            outcome=outcome, ended_at=timezone.now(),
        )  # fmt: skip


@pytest.mark.django_db
def test_without_a_translation_engine_nothing_is_asked_of_one():
    engine_calls("down")
    assert list(diagnosis.translation_engine()) == []


@pytest.mark.django_db
def test_a_translation_engine_that_is_silent_spent_or_senseless_is_found(settings):
    url = "http://translate.example.org:5000"
    settings.TRANSLATION = {**settings.TRANSLATION, "engine": "libretranslate", "url": url, "monthly_characters": 2500}
    engine_calls("taken")
    assert list(diagnosis.translation_engine()) == []
    engine_calls("down", "refused")
    assert [finding.fault for finding in diagnosis.translation_engine()] == [
        "translate.example.org gave nothing, 2 in a row; the last time "
        "the engine refused: its key or address may be wrong"
    ]
    engine_calls(*["script"] * 24)
    assert [finding.fault for finding in diagnosis.translation_engine()] == [
        "the characters of this month are spent",
        "only 1 of 27 answers of the last month were translations",
    ]


@pytest.mark.django_db
def test_a_gateway_that_gives_nothing_and_a_day_that_is_spent_are_found(settings):
    now = timezone.now()
    failed = PhoneCode.objects.create(purpose="sign_in", failed_at=now, failure="refused")
    assert list(diagnosis.text_messages()) == [], "there is no gateway"
    settings.TEXTING = {**settings.TEXTING, "sender": {**settings.TEXTING["sender"], "url": "https://sms.example.org"}}
    assert [finding.fault for finding in diagnosis.text_messages()] == ["the last one was not sent (refused)"]
    PhoneCode.objects.filter(pk=failed.pk).update(tried_at=now, sent_at=now, failure="")
    assert list(diagnosis.text_messages()) == []
    PhoneCode.objects.update(purpose="number")
    settings.TEXTING = {**settings.TEXTING, "daily": 3}
    assert [finding.fault for finding in diagnosis.text_messages()] == ["those of today that confirm numbers are spent"]
    settings.TEXTING = {**settings.TEXTING, "daily": 1}
    assert [finding.fault for finding in diagnosis.text_messages()] == ["those of today are spent"]

"""People of a suspended or merged organisation do nothing in its name elsewhere; and what others do meanwhile waits for its lock."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.directory.operations import facilities, networks
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from corridor.language.models import Translation
from corridor.matching import rules
from corridor.matching.models import Notice
from corridor.matching.operations import attachments, mandates, notices, outcomes, translations
from tests import make
from tests.matching.suspended import RESTS, fresh, lift, suspend, why_not

pytestmark = pytest.mark.django_db
VI = {"title": "Cần máy sấy cà phê thóc", "text": "Vào mùa mưa cà phê của chúng tôi khô chậm và bị mốc."}
ONLY_MEMBERS = "Only confirmed members can translate."
FIRST = "Confirm its author as a member first."
WHO = {"owner_name": "Village of Ban Mai", "contact": "020 5555 0000", "consent": "By phone on 3 May."}


def test_a_member_of_a_suspended_organisation_translates_and_confirms_nothing_of_others() -> None:
    own, notice = make.organisation(), make.published()
    member = make.member(own)
    made = translations.translate(notice, by=make.member(), language="vi", texts=VI)
    suspend(own)
    member = fresh(member)
    assert why_not(lambda: translations.translate(notice, by=member, language="th", texts=VI)) == [ONLY_MEMBERS]
    assert why_not(lambda: translations.confirm(made, by=member, edition=1)) == [ONLY_MEMBERS]
    assert (Translation.objects.count(), fresh(made).reviewed_by) == (1, None)
    lift(fresh(own))
    translations.confirm(fresh(made), by=member, edition=1)
    assert fresh(made).reviewed_by == member


def test_who_is_vouched_for_by_another_too_goes_on_translating() -> None:
    own, notice = make.organisation(), make.published()
    member = make.member(own)
    grant(member, Office.MEMBER, over=(Scope.COUNTRY, "LA"), home="LA", by=None, reason="set-up")
    suspend(own)
    assert translations.translate(notice, by=fresh(member), language="vi", texts=VI).translated_by == member


def test_nothing_is_confirmed_beside_a_notice_that_rests() -> None:
    notice = make.published()
    made = translations.translate(notice, by=make.member(), language="vi", texts=VI)
    suspend(notice.organisation)
    assert why_not(lambda: translations.confirm(made, by=make.member(), edition=1)) == [RESTS]
    assert fresh(made).reviewed_by is None


def test_whom_only_a_suspended_organisation_vouched_for_is_published_after_somebody_else_did() -> None:
    own, other = make.organisation(), make.organisation()
    author = make.member(other)
    make.request(author, of=own)
    notice = make.submitted(author, of=own)
    suspend(other)
    officer = make.officer()
    assert FIRST in why_not(lambda: notices.publish(fresh(notice.latest), by=officer))
    assert fresh(notice).state == "submitted"
    assert not rules.may_be_published(fresh(author), set())
    grant(author, Office.MEMBER, over=(Scope.COUNTRY, "LA"), home="LA", by=None, reason="set-up")
    notices.publish(fresh(notice.latest), by=officer)
    assert fresh(notice).state == "published"


def test_a_notice_of_a_suspended_organisation_is_not_taken_over() -> None:
    notice = make.notice(make.officer("LA"), of=make.organisation("LA"))
    author, code = notice.author, mandates.mandate(notice, by=notice.author, **WHO)[1]
    suspend(notice.organisation)
    assert why_not(lambda: mandates.take_over(fresh(notice), by=make.person(), code=code)) == [RESTS]
    assert (fresh(notice).author, fresh(notice).mandate.failures) == (author, 0)
    lift(notice.organisation)
    owner = make.person()
    mandates.take_over(fresh(notice), by=owner, code=code)
    assert fresh(notice).author == owner


def first_locked(act: Callable[[], object]) -> str:
    """The table whose row a verb locks first."""
    with CaptureQueriesContext(connection) as seen, suppress(Refused):
        act()
    locked = [query["sql"] for query in seen if "FOR UPDATE" in query["sql"] or "FOR NO KEY UPDATE" in query["sql"]]
    return locked[0].split('FROM "')[1].split('"')[0]


def verbs() -> dict[str, Callable[[], object]]:
    """Verbs that begin or change something for an organisation, each ready to be done."""
    notice: Notice = make.notice()
    author: User = notice.author
    file = attachments.attach(notice, by=author, upload=SimpleUploadedFile("a.txt", b"Husk and dryers."))
    public = make.published()
    made = translations.translate(public, by=make.member(), language="vi", texts=VI)
    facility = make.facility()
    facilities.close(facility, by=make.officer(), reason="Sold.")
    network = make.network(make.organisation(is_verified=True))
    heir = make.joined(network, make.organisation())
    room = make.room(make.organisation_with_somebody(), make.organisation_with_somebody())
    speaker = make.member(room.introduction.asker)
    other = SimpleUploadedFile("b.txt", b"Husk and dryers.")
    return {
        "write": lambda: notices.write(fresh(notice), by=author, texts={"title": "A dryer"}),
        "attach": lambda: attachments.attach(fresh(notice), by=author, upload=other),
        "detach": lambda: attachments.detach(fresh(file), by=author),
        "mandate": lambda: mandates.mandate(fresh(notice), by=make.officer(), **WHO),
        "take over": lambda: mandates.take_over(fresh(notice), by=author, code="?"),
        "translate": lambda: translations.translate(fresh(public), by=make.member(), language="th", texts=VI),
        "confirm": lambda: translations.confirm(fresh(made), by=make.member(), edition=1),
        "reopen": lambda: facilities.reopen(fresh(facility), by=make.officer()),
        "edit": lambda: networks.edit_network(fresh(network), by=make.officer(), about="Mills."),
        "hand over": lambda: networks.hand_over(fresh(heir), by=make.officer()),
        "outcome": lambda: outcomes.say_outcome(fresh(room), by=speaker, kind="talking"),
    }


def test_verbs_lock_the_organisation_before_anything_else() -> None:
    first = {name: first_locked(act) for name, act in verbs().items()}
    assert first == dict.fromkeys(first, "directory_organisation")

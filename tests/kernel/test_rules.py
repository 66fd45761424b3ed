"""Who may give which office, for every office and every kind of giver."""

import pytest

from corridor.kernel import rules
from corridor.kernel.models import User
from corridor.kernel.states import CAPABILITIES, SCOPES, Capability, Office, Scope
from tests import make

pytestmark = pytest.mark.django_db

# Who of these may give the office in Lao PDR: visitor with an account, member and manager of the organisation, officer, head,
# the same two of Viet Nam, a manager of another organisation, an operator.
GIVERS = {
    (Office.MEMBER, Scope.COUNTRY): {"officer", "head"},
    (Office.MEMBER, Scope.ORGANISATION): {"manager", "officer", "head"},
    (Office.ORGANISATION_MANAGER, Scope.ORGANISATION): {"officer", "head"},
    (Office.FOCAL_POINT_OFFICER, Scope.COUNTRY): {"head"},
    (Office.FOCAL_POINT_HEAD, Scope.COUNTRY): {"head"},
    (Office.REVIEWER, Scope.INSTALLATION): set(),
    (Office.TERMINOLOGIST, Scope.COUNTRY): {"head"},
    (Office.OPERATOR, Scope.INSTALLATION): set(),
}


@pytest.fixture
def cast() -> dict[str, User]:
    """Everybody who might try."""
    own = make.organisation("LA")
    return {
        "unvouched": make.person("LA"),
        "member": make.member(own),
        "manager": make.manager(own),
        "officer": make.officer("LA"),
        "head": make.head("LA"),
        "other officer": make.officer("VN"),
        "other head": make.head("VN"),
        "other manager": make.manager(make.organisation("LA")),
        "operator": make.operator(),
        "own": own,
    }


@pytest.mark.parametrize(("office", "scope"), GIVERS)
def test_who_may_give_an_office(cast, office, scope):
    own = cast.pop("own")
    over = {Scope.COUNTRY: "LA", Scope.ORGANISATION: own.pk, Scope.INSTALLATION: "installation"}[scope]
    home = "" if scope == Scope.INSTALLATION else "LA"
    given = {who for who, user in cast.items() if rules.may_grant(user, office, scope=scope, scope_id=over, home=home)}
    assert given == GIVERS[office, scope]


def test_every_office_and_scope_is_in_the_table():
    assert set(GIVERS) == {(office, scope) for office in Office for scope in SCOPES[office]}
    assert set(CAPABILITIES) == set(Office)


def test_a_refusal_to_give_says_who_can():
    verdict = rules.may_grant(make.person("LA"), Office.MEMBER, scope=Scope.COUNTRY, scope_id="LA", home="LA")
    assert [str(reason) for reason in verdict.reasons] == [
        "Only the focal point of that country, or the organisation for its own colleagues, can give this office."
    ]


def test_whoever_may_give_an_office_may_end_it_and_everybody_their_own(cast):
    own = cast.pop("own")
    held = cast["member"].grants.get()
    assert {who for who, user in cast.items() if rules.may_end(user, held)} == {"member", "manager", "officer", "head"}
    assert held.scope_id == str(own.pk)


def test_everybody_describes_only_themselves(cast):
    cast.pop("own")
    person = cast["member"]
    assert {who for who, user in cast.items() if rules.may_describe(user, person)} == {"member"}


def test_the_operator_runs_the_machine_and_reads_nothing_closed():
    audience = make.operator().audience
    assert {c for c in Capability if audience.can(c)} == {Capability.OPERATE}
    assert (audience.is_member, audience.homes, audience.offices_of, audience.organisations) == (False, (), (), ())

"""What tests begin with: people, organisations and notices, made by the same verbs that people use."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.utils import timezone

from corridor.directory.models import (
    Facility,
    MembershipRequest,
    Network,
    NetworkMembership,
    Organisation,
    Profile,
    speakers_of,
)
from corridor.directory.operations import facilities, membership, networks, organisations, people
from corridor.directory.states import CONSENT_VERSION, NameKind
from corridor.kernel.models import Phone, User
from corridor.kernel.models.phones import marks
from corridor.kernel.operations import end_grant, grant
from corridor.kernel.states import Office, Scope
from corridor.matching.models import Introduction, Notice, Room, Wording
from corridor.matching.operations import introductions, notices

PASSWORD = "a-long-password"
NUMBER = "+8562055559999"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TITLE = "We need a dryer for parchment coffee"
TEXT = "In the rainy season our coffee dries slowly and gets mouldy. We look for a dryer that runs on husk."
EXPERTISE = "I test wells for arsenic and teach villages how to filter their water."

_number = itertools.count(1)


def person(home: str = "LA", *, email: str = "", name: str = "", language: str = "en") -> User:
    """Somebody with an account whom nobody has confirmed."""
    number = next(_number)
    user = User(
        email=email or f"person{number}@example.org", name=name or f"Person {number}", home=home, language=language
    )
    user.set_password(PASSWORD)
    user.save()
    return user


def second_factor(user: User) -> User:
    """Somebody who has set up an app for codes; its key is SECRET."""
    Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": encrypt(SECRET)}})
    user.__dict__.pop("audience", None)
    return user


def phone(user: User, number: str = NUMBER) -> User:
    """Somebody who also signs in by phone."""
    Phone.objects.create(user=user, number=number, mark=marks(number)[0])
    return user


def officer(home: str = "LA", **facts: Any) -> User:
    """An officer of a country's focal point."""
    user = second_factor(person(home, **facts))
    grant(user, Office.FOCAL_POINT_OFFICER, over=(Scope.COUNTRY, home), home=home, by=None, reason="set-up")
    return user


def head(home: str = "LA", **facts: Any) -> User:
    """The head of a country's focal point."""
    user = second_factor(person(home, **facts))
    grant(user, Office.FOCAL_POINT_HEAD, over=(Scope.COUNTRY, home), home=home, by=None, reason="set-up")
    return user


def operator(**facts: Any) -> User:
    """Somebody who runs the machine."""
    user = second_factor(person("", **facts))
    grant(user, Office.OPERATOR, over=(Scope.INSTALLATION, "installation"), by=None, reason="set-up")
    return user


def member(of: Organisation | None = None, *, home: str = "LA", **facts: Any) -> User:
    """A confirmed member: of an organisation, or of a country without one."""
    user = person(of.home if of else home, **facts)
    over = (Scope.ORGANISATION, of.pk) if of else (Scope.COUNTRY, home)
    grant(user, Office.MEMBER, over=over, home=of.home if of else home, by=None, reason="set-up")
    return user


def manager(of: Organisation, **facts: Any) -> User:
    """The manager of an organisation."""
    user = person(of.home, **facts)
    grant(user, Office.ORGANISATION_MANAGER, over=(Scope.ORGANISATION, of.pk), home=of.home, by=None, reason="set-up")
    return user


def organisation(
    home: str = "LA", *, name: str = "", type: str = "cooperative", is_verified: bool = False, **facts: Any
) -> Organisation:
    """An invented organisation in the directory; verified by an officer of its country when asked for."""
    text = name or f"Invented organisation {next(_number)}"
    names = [(NameKind.OFFICIAL, facts.pop("language", "en"), text)]
    made = organisations.list_organisation(
        by=None, names=names, home=home, type=type, **{"size": "small", "source": "test", **facts}
    )
    if is_verified:
        organisations.verify(made, by=officer(home), reason="Papers were seen.")
    return made


def facility(of: Organisation | None = None, *, by: User | None = None, **facts: Any) -> Facility:
    """Something that an organisation has to give, entered as an import does unless somebody says it."""
    said = {"kind": "equipment", "name": f"Invented spectrometer {next(_number)}", "name_language": "en", **facts}
    return facilities.add(of or organisation(), by=by, **said)


def request(user: User, *, of: Organisation | None = None, home: str = "") -> MembershipRequest:
    """A person's wish to be confirmed."""
    country = of.home if of else home or user.home
    return membership.ask_membership(user, home=country, organisation=of, statement="I work there.", by=user)


def profile(user: User | None = None, *, shown: dict[str, str] | None = None, **facts: Any) -> Profile:
    """What a confirmed person says of themselves; `shown` gives the circle that reads each field, and nothing is shown without."""
    owner = user or member()
    said = {"name": f"Expert {next(_number)}", "headline": "Soil and water", "expertise": EXPERTISE, **facts}
    made = people.describe_oneself(owner, by=owner, **said)
    people.choose_circles(made, by=owner, choices=shown or {}, words=CONSENT_VERSION)
    made.refresh_from_db()
    return made


def notice(
    by: User | None = None, *, of: Organisation | None = None, kind: str = "need", home: str = "LA", **fields: Any
) -> Notice:
    """A draft that could be submitted at once. Words of `Wording` are its texts, all others facts of its card."""
    owner = of or organisation(home)
    author = by or member(owner)
    texts = {
        "title": TITLE, "text": TEXT, "language": "en",
        **{key: fields.pop(key) for key in list(fields) if key in _TEXTS},
    }  # fmt: skip
    facts = {"themes": ["industry"], "valid_until": today() + datetime.timedelta(days=90), **fields}
    made = notices.draft(by=author, kind=kind, organisation=owner, home=owner.home, **texts)
    notices.write(made, by=author, facts=facts)
    return made


def submitted(by: User | None = None, **fields: Any) -> Notice:
    """A notice that waits for the publisher."""
    made = notice(by, **fields)
    notices.submit(made, by=made.author)
    return made


def published(by: User | None = None, *, publisher: User | None = None, **fields: Any) -> Notice:
    """A notice that its readers see."""
    made = submitted(by, **fields)
    notices.publish(made.latest, by=publisher or officer(made.home))
    made.refresh_from_db()
    return made


def network(convenor: Organisation, **facts: Any) -> Network:
    """A network that a verified organisation convenes, founded by its own focal point."""
    said = {"name": "Hubs and zones of the river", "about": "Problems of mills and boilers.", **facts}
    return networks.found_network(convenor, by=officer(convenor.home), **said)


def joined(network: Network, organisation: Organisation) -> NetworkMembership:
    """An organisation that was invited into a network and agreed."""
    invited = networks.invite(network, organisation, by=officer(network.home))
    networks.answer_network_membership(invited, by=officer(organisation.home), agrees=True)
    return invited


def introduction(asker: Organisation, asked: Organisation, *, by: User | None = None, **facts: Any) -> Introduction:
    """A request of one organisation to another. Somebody to answer is there."""
    if not speakers_of(asked.pk).exists():
        member(asked)
    said = {"who_we_are": "We dry coffee.", "interest": "We would like to try the dryer.", "language": "en", **facts}
    return introductions.ask_introduction(asker, asked, by=by or member(asker), **said)


def organisation_with_somebody(home: str = "LA", **facts: Any) -> Organisation:
    """An organisation for which somebody speaks."""
    made = organisation(home, **facts)
    member(made)
    return made


def room(asker: Organisation, asked: Organisation, *, by: User | None = None, answerer: User | None = None) -> Room:
    """Two organisations that said yes to each other."""
    asking = introduction(asker, asked, by=by)
    made = introductions.agree(asking, by=answerer or member(asked))
    assert made is not None
    return made


def end(user: User) -> None:
    """All offices of a person end today."""
    for held in user.grants.current():
        end_grant(held, by=user)


def today() -> datetime.date:
    """The day the rules think it is."""
    return timezone.now().date()


_TEXTS = frozenset({*Wording.PROSE, "language", "visibility", "is_anonymous", "original_text"})

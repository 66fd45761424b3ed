"""Links that sign in: for one person, one use and fifteen minutes, in whatever browser the mail is read.

Nothing is stored. A link is signed over what any sign-in changes, so the first one ends every link that was sent before it.
"""

import datetime
import time
import uuid

from django.core import signing
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from corridor.kernel.models import User

SALT = "corridor.web.account.links"
LIFETIME = datetime.timedelta(minutes=15)
AHEAD = datetime.timedelta(minutes=1)  # by how much the clocks of two machines may differ


def write_token(user: User) -> str:
    """What follows the address in a link for this person."""
    return signing.dumps([user.pk.hex, fingerprint(user)], salt=SALT)


def read_token(token: str, people: QuerySet[User]) -> User | None:
    """Whom a link is for, among these people, if it is genuine, young and unused."""
    try:
        key, mark = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    if signing.b62_decode(token.split(":")[-2]) > time.time() + AHEAD.total_seconds():
        return None  # written before the clock was set back: it would live longer than it should
    user = people.filter(pk=uuid.UUID(key), is_active=True).first()
    return user if user is not None and constant_time_compare(mark, fingerprint(user)) else None


def fingerprint(user: User) -> str:
    """Changes with every sign-in, with the password and with the address; to the microsecond, so that no two are alike."""
    moment = user.last_login.isoformat() if user.last_login else ""
    facts = "|".join((user.pk.hex, user.email, user.password, moment))
    return salted_hmac(SALT, facts, algorithm="sha256").hexdigest()[:32]

"""Verbs of taking office: invite, accept, confirm, open the installation."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from corridor.directory import rules
from corridor.directory.models import Acceptance, Confirmation, Country, Invitation, published_domain
from corridor.kernel.models import Grant, Opening, User
from corridor.kernel.operations import give, hold, record, tell, write_letter
from corridor.kernel.states import Office, Scope

SALT = "corridor.directory.offices"


def seal(invitation: Invitation) -> str:
    """What follows the address in the sealed letter. Only this installation can write it, and only for this invitation."""
    return signing.Signer(salt=SALT, sep=".").sign(f"{invitation.pk.hex}-{invitation.address.encode().hex()}")


def unseal(token: str) -> Invitation | None:
    """The invitation of a sealed letter, if it is genuine. Whether it may still be accepted is for the rule to say."""
    try:
        key, _, address = signing.Signer(salt=SALT, sep=".").unsign(token).partition("-")
    except signing.BadSignature:
        return None
    return Invitation.objects.filter(pk=UUID(key), address=bytes.fromhex(address).decode()).first()


@transaction.atomic
def invite_head(home: str, *, address: str, by: User | None) -> Invitation:
    """Send a sealed invitation to a ministry. One a country is open at a time; a new one ends the one before."""
    country = Country.objects.select_for_update().get(pk=home)
    rules.may_invite_head(by, home, address).enforce()
    for before in Invitation.objects.select_for_update().filter(home=home, withdrawn_at=None):
        if not before.is_accepted or before.acceptance.grant_id is None:
            record("office.uninvited", before, by=by)
        before.withdrawn_at = timezone.now()
        before.save(update_fields=["withdrawn_at"])
    made = Invitation.objects.create(
        home=country.code,
        address=address,
        domain=published_domain(home),
        invited_by=by,
        expires_at=timezone.now() + Invitation.LIFETIME,
    )
    record("office.invited", made, by=by, source="set-up" if by is None else "office", domain=made.domain)
    tell("directory.post_invitation", invitation=str(made.pk))
    return made


@transaction.atomic
def post_invitation(invitation: str) -> None:
    """Hand the sealed letter to the mail server, in the country's language and in English; posted once, not again."""
    held = Invitation.objects.select_for_update().filter(pk=invitation, posted_at=None, withdrawn_at=None).first()
    if held is None:
        return
    country = Country.objects.get(pk=held.home)
    context = {"node": settings.NODE, "token": seal(held), "home": held.home, "until": held.expires_at}
    texts = []
    for language in dict.fromkeys([*country.languages[:1], "en"]):
        with translation.override(language):
            subject = render_to_string("letters/office_invitation.subject.txt", context).strip()
            texts.append(
                (subject, render_to_string("letters/office_invitation.txt", {**context, "country": country.name}))
            )
    EmailMessage(texts[0][0], "\n\n* * *\n\n".join(text for _, text in texts), to=[held.address]).send()
    held.posted_at = timezone.now()
    held.save(update_fields=["posted_at"])


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Acceptance:
    """Take a sealed invitation up. It leads to the office once it is confirmed; those who confirm are told."""
    hold(invitation)
    rules.may_accept(by, invitation).enforce()
    made = Acceptance.objects.create(invitation=invitation, accepted_by=by)
    record("office.accepted", invitation, by=by)
    for reader in confirmers(invitation):
        write_letter(reader, "office_waits", key=f"office_waits:{made.pk}:{reader.pk}", country=invitation.home)
    return made


def confirmers(invitation: Invitation) -> list[User]:
    """Those whose word could be asked for: heads, and until the installation is opened those invited elsewhere."""
    heads = Grant.objects.current().filter(office=Office.FOCAL_POINT_HEAD).values("user")
    asked = Invitation.objects.unfinished().exclude(pk=invitation.pk).values("acceptance__accepted_by")
    found = User.objects.filter(pk__in=heads.union(asked), is_active=True).order_by("pk")
    return [user for user in found if rules.may_confirm(user, invitation)]


@transaction.atomic
def confirm_head(invitation: Invitation, *, by: User) -> Grant | None:
    """Give one member's word. With the country's own head, or with two other members, the person is head from today."""
    hold(invitation)
    rules.may_confirm(by, invitation).enforce()
    acceptance = invitation.acceptance
    own = invitation.home in rules.heads_of(by)
    given = set(acceptance.confirmations.values_list("home", flat=True))
    speaking = [invitation.home] if own else sorted(set(rules.speaks_for(by)) - given - {invitation.home})
    Confirmation.objects.create(acceptance=acceptance, home=speaking[0], confirmed_by=by)
    record("office.confirmed", invitation, by=by, country=speaking[0])
    if not own and len({*given, speaking[0]}) < rules.CONFIRMATIONS:
        return None
    over = (Scope.COUNTRY, invitation.home)
    held = give(
        acceptance.accepted_by, Office.FOCAL_POINT_HEAD, over=over, home=invitation.home, by=by, source="invitation"
    )
    acceptance.grant = held
    acceptance.save(update_fields=["grant"])
    write_letter(acceptance.accepted_by, "office_taken", key=f"office_taken:{acceptance.pk}", country=invitation.home)
    return held


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User | None) -> None:
    """Take an invitation back, accepted or not, before it has led to an office."""
    hold(invitation)
    rules.may_withdraw_invitation(by, invitation).enforce()
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record("office.uninvited", invitation, by=by)


@transaction.atomic
def open_installation() -> Opening:
    """Open the installation. From here on its operator appoints nobody: members confirm members."""
    rules.may_open().enforce()
    made = Opening.objects.create()
    record("installation.opened", made, by=None)
    return made

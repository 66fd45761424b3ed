"""No room forgets what it holds of people: every link to a person is named in an `about.py`, and every column exists."""

from django.apps import apps
from django.db.models import ForeignKey

from corridor.kernel.models import User
from corridor.kernel.operations.people import HELD, Fate

# Links that neither an archive holds nor a removal touches, each with its reason.
LEFT_OUT: dict[str, str] = {}


def links() -> set[str]:
    """Every foreign key to a person, of our tables and of the libraries'."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is User
    }


def test_every_link_to_a_person_is_in_the_archive_and_in_the_removal_or_left_out_with_a_reason() -> None:
    named = {name for name in HELD if "__" not in name}
    assert links() - named - set(LEFT_OUT) == set(), "say in the room's operations/about.py what becomes of it"
    assert (named | set(LEFT_OUT)) - links() == set()


def test_every_part_says_why_it_stays_and_can_do_what_it_says() -> None:
    assert [part.name for part in HELD.values() if (part.fate == Fate.STAYS) != bool(part.why)] == []
    assert [
        part.name
        for part in HELD.values()
        if part.fate == Fate.UNLINKED and not part.model._meta.get_field(part.link).null
    ] == []


def test_no_secret_is_in_an_archive() -> None:
    secrets = {"data", "password", "session_key", "code_hash", "secret", "token"}
    assert [part.name for part in HELD.values() if secrets & set(part.columns)] == []

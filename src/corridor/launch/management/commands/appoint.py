"""`corridor appoint`: the first officers of an installation, named 'set-up' in the events."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from corridor.directory.models import Country
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope


class Command(BaseCommand):
    """Only offices of a country's focal point and the operator's; everybody else is confirmed through the site."""

    help = "Give a person who has an account an office, for setting an installation up."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "office",
            choices=[Office.FOCAL_POINT_HEAD, Office.FOCAL_POINT_OFFICER, Office.TERMINOLOGIST, Office.OPERATOR],
        )
        parser.add_argument("--country", help="ISO code, for an office of a focal point")

    def handle(self, *, email: str, office: str, country: str | None, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody has an account with {email}. They sign up on the site first.")
        if user.is_sample:
            raise CommandError("This is a person of the sample.")
        try:
            grant(user, Office(office), over=self._scope(office, country), home=country or "", by=None, reason="set-up")
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{email} is now {Office(office).label}{f' of {country}' if country else ''}.")

    def _scope(self, office: str, country: str | None) -> tuple[Scope, str]:
        if office == Office.OPERATOR:
            return Scope.INSTALLATION, "installation"
        codes = list(Country.objects.values_list("pk", flat=True))
        if country not in codes:
            raise CommandError(f"--country is one of {', '.join(codes)}")
        return Scope.COUNTRY, country

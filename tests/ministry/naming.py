"""How the service names people in its tokens."""

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser


class Naming(DefaultOIDCAdapter):
    """As usual, by a number; or by what a test asked for, as ORCID names people by their iD."""

    def get_user_sub(self, client: Client, user: AbstractBaseUser) -> str:
        """Who it is."""
        name = user.get_username()
        return super().get_user_sub(client, user) if "@" in name else name

    def get_user_by_sub(self, client: Client, sub: str) -> AbstractBaseUser | None:
        """Whom that means."""
        named = get_user_model().objects.filter(username=sub).first()
        return named or super().get_user_by_sub(client, sub)

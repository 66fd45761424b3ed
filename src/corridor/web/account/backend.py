"""Who a password or a session stands for."""

from allauth.account.auth_backends import AuthenticationBackend as ByEmail
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser


class AuthenticationBackend(ByEmail):
    """People by their e-mail address. Outside development the sample's people are nobody, in sessions begun earlier too."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Whether this person may be signed in, now and at each later request."""
        is_sample = getattr(user, "is_sample", False)
        return bool(super().user_can_authenticate(user)) and (settings.DEVELOPMENT or not is_sample)

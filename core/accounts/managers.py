from typing import Any

from django.contrib.auth.models import BaseUserManager


class UserManager(BaseUserManager[Any]):
    """People are known by their e-mail address, in lower case."""

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

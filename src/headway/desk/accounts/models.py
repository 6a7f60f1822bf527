"""Who may sign in, in which roles, and for which schools."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from headway.desk.accounts.permissions import Role
from headway.desk.accounts.rules import SCOPES, every_scope
from headway.vocabulary.clock import now


class People(BaseUserManager["User"]):
    """Makes users whose address is kept in small letters."""

    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who may sign in. Deactivated, never deleted: what they did stays theirs."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    whole_area = models.BooleanField(default=False)  # else: the schools of the patch
    made = models.DateTimeField(default=now)
    sign_outs = models.PositiveIntegerField(default=0)  # part of what a session is checked against: raising it ends them all
    access_version = models.PositiveIntegerField(default=0)  # raised when roles or patch change: sessions then take a new id

    looked_at_by: "User | None" = None  # who looks as this person, for the time of one request

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "email")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def label(self) -> str:
        """How the audit names the person: never by name. Whatever is done while somebody looks as them is done by who looks."""
        return f"user:{(self.looked_at_by or self).pk}"

    def get_session_auth_hash(self) -> str:
        return self._sessions_hash(None)

    def get_session_auth_fallback_hash(self) -> list[str]:
        from django.conf import settings

        return [self._sessions_hash(key) for key in settings.SECRET_KEY_FALLBACKS]

    def _sessions_hash(self, secret: str | None) -> str:
        """Of the password and the count of sign-outs: a session ends when either changes."""
        salt = "headway.desk.accounts.models.User.get_session_auth_hash"
        return salted_hmac(salt, f"{self.password}:{self.sign_outs}", secret=secret, algorithm="sha256").hexdigest()


class Holding(models.Model):
    """One role held by one person."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    role = models.CharField(max_length=40, choices=[(role.value, role.words) for role in Role])
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "role"), name="a_role_once"),)


class Patch(models.Model):
    """One school of a person's patch. By number: the patch may name a school before its first figures are published."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="patches")
    urn = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "urn"), name="a_school_once_in_a_patch"),)


class ApiToken(models.Model):
    """A token with which a program asks as a person. Only its hash is kept; it is shown once, when it is made."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)  # what it is for
    scopes = models.JSONField(default=every_scope)  # what may be asked with it, of rules.SCOPES
    hash = models.CharField(max_length=64, unique=True)
    sign_outs = models.PositiveIntegerField()  # of the person when it was made: signing out everywhere ends it
    made = models.DateTimeField(default=now)
    ends = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    minute = models.PositiveBigIntegerField(default=0)  # the newest minute in which it was used, since 1970
    used = models.PositiveIntegerField(default=0)  # how often in that minute

    @property
    def scope_words(self) -> list[str]:
        return [words for name, words in SCOPES if name in self.scopes]

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

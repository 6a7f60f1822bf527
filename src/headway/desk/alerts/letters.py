"""The words of a message: headings, names of schools and links; no figure, no tier, nobody's name."""

from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse

from headway.desk.accounts.models import User
from headway.desk.alerts.rules import HowOften
from headway.desk.framing.post import site
from headway.desk.overview.happenings import Happened
from headway.desk.visits.rules import count_words

MOST = 12  # lines under a heading
SALT = "headway.alerts.off"
RHYTHM = {HowOften.AT_ONCE: "on the day that something waits for you", HowOften.WEEKLY: "once a week", HowOften.QUARTERLY: "once a quarter"}


def off_address(user: User) -> str:
    """An address that ends a person's mail without signing in. It can do nothing else, and does not run out: old mail has it too."""
    return site() + reverse("alerts:off", args=[signing.dumps(user.pk, salt=SALT)])


def user_of(token: str) -> User | None:
    """Whose mail an address ends; nobody's where it was altered."""
    try:
        return User.objects.filter(pk=int(signing.loads(token, salt=SALT))).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None


def subject(things: Sequence[Happened]) -> str:
    """“Headway: three things wait for you, and two are new”."""
    waits, news = sum(one.task for one in things), sum(not one.task for one in things)
    parts = [f"{count_words(waits)} {'thing waits' if waits == 1 else 'things wait'} for you"] if waits else []
    parts += [f"{count_words(news)} {'thing is' if news == 1 else 'things are'} new" if not waits else
              f"{count_words(news)} {'is' if news == 1 else 'are'} new"] if news else []  # fmt: skip
    return f"Headway: {', and '.join(parts)}"


def text(user: User, things: Sequence[Happened], how: HowOften) -> str:
    lines = [f"{subject(things)[9:].capitalize()}.", ""]
    for kind in sorted({one.kind for one in things}):
        those = [one for one in things if one.kind is kind]
        lines += [kind.title, *(_line(one) for one in those[:MOST])]
        lines += [f"- and {count_words(len(those) - MOST)} more"] if len(those) > MOST else []
        lines.append("")
    lines += [f"All of it: {site()}{reverse('alerts:alerts')}", "", f"You get this {RHYTHM[how]}. More often, less often or not at all:",
              site() + reverse("alerts:choose"), "No more mail, without signing in:", off_address(user), ""]  # fmt: skip
    return "\n".join(lines)


def _line(one: Happened) -> str:
    return f"- {one.school + ': ' if one.school else ''}{site()}{one.href}"


def message(user: User, things: Sequence[Happened], how: HowOften) -> EmailMessage:
    headers = {"List-Unsubscribe": f"<{off_address(user)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
               "Auto-Submitted": "auto-generated"}  # fmt: skip
    return EmailMessage(subject(things), text(user, things, how), settings.DEFAULT_FROM_EMAIL, [user.email], headers=headers)

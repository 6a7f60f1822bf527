"""Who is asking. The one door decides with it what may be seen; see headway/readings."""

from dataclasses import dataclass

from headway.vocabulary.status import Release


@dataclass(frozen=True)
class Viewer:
    """A person, or a command run by one, as the readings see them.

    `roles` are the role names held. `urns` is the patch (None: the whole area). A viewer that `sees_early` may see unvalidated
    results, one that `sees_pupils` registers, pupil by pupil; `at_keyboard` says that the operating system's user stands for the person.
    """

    name: str
    roles: frozenset[str] = frozenset()
    urns: frozenset[int] | None = None
    sees_early: bool = False
    sees_pupils: bool = False
    at_keyboard: bool = False

    def may_see(self, release: Release) -> bool:
        return release is not Release.EARLY or self.sees_early


PUBLIC = Viewer("public")

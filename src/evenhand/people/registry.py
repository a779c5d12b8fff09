"""Where higher rooms plug in: navigation, settings pages, kinds of jobs and of notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from evenhand.people.access import Seat
    from evenhand.people.jobs import JobRun
    from evenhand.people.models import Job, Workspace


def everybody(seat: Seat) -> bool:
    return True


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation; `key` is the letter after `g`.

    It is marked on every page below its own address, and on those that `holds` names. An entry `under` another one
    stands in a second line, shown in that room only; the other one leads it under the name `first`.
    """

    name: str
    label: str | _StrPromise
    url_name: str
    key: str
    order: int
    allowed: Callable[[Seat], bool] = everybody
    holds: tuple[str, ...] = ()
    under: str = ""
    first: str | _StrPromise = ""


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice: its sentence, with %(names)s that the notice's data fills."""

    name: str
    sentence: str | _StrPromise


@dataclass(frozen=True)
class JobKind:
    """A kind of job; `named` is its label with %(names)s that the arguments of one job fill."""

    name: str
    label: str | _StrPromise
    run: Callable[[JobRun], None]
    named: str | _StrPromise = ""

    def label_of(self, job: Job) -> str:
        """What one job does. Jobs of earlier releases lack some arguments: they keep the plain label."""
        try:
            return str(self.named or self.label) % job.arguments
        except KeyError:
            return str(self.label)


@dataclass(frozen=True)
class FirstStep:
    """What a new team does next, on the page after set-up; `done` says whether it has been done."""

    name: str
    label: str | _StrPromise
    note: str | _StrPromise
    action: str | _StrPromise
    url_name: str
    order: int
    done: Callable[[Workspace], bool]


class KeyMap(Protocol):
    """The actions that have keys, as sections of actions (name, key, label, fixed)."""

    SECTIONS: Any

    def shown(self, key: str) -> list[str]: ...

    def clashes(self, shortcuts: Any) -> list[tuple[Any, Any]]: ...


@dataclass
class Registry:
    nav: dict[str, NavItem] = field(default_factory=dict)
    settings_pages: dict[str, NavItem] = field(default_factory=dict)
    jobs: dict[str, JobKind] = field(default_factory=dict)
    notices: dict[str, NoticeKind] = field(default_factory=dict)
    # What each worker asks once an hour (see `people.chores`); a chore must be harmless where nothing is due.
    chores: dict[str, Callable[[], None]] = field(default_factory=dict)
    # Called with (user, workspace, reference or None) when somebody accepts an invitation.
    invitation_accepted: list[Callable[..., None]] = field(default_factory=list)
    # Whom an invitation may be for, besides the login itself: (workspace) -> list of (public id, name).
    invitation_references: list[Callable[[Workspace], list[tuple[str, str]]]] = field(default_factory=list)
    first_steps: dict[str, FirstStep] = field(default_factory=dict)
    # What the audit log calls an action in words; an action without words shows its name.
    audit_actions: dict[str, str | _StrPromise] = field(default_factory=dict)
    keymap: Any = None  # a KeyMap: the pages' room has it and hands it down
    # Lines of `evenhand doctor` that a room adds: () -> list of (state, sentence); `offline` forbids the network.
    offline: bool = False
    doctor: list[Callable[[], list[tuple[str, str]]]] = field(default_factory=list)
    # The page a member of a workspace lands on, highest order wins: (seat) -> url or None.
    landing: list[tuple[int, Callable[[Seat], str | None]]] = field(default_factory=list)


registry = Registry()


def register_nav(item: NavItem) -> None:
    registry.nav[item.name] = item


def register_settings_page(item: NavItem) -> None:
    registry.settings_pages[item.name] = item


def register_notice(name: str, sentence: Any) -> None:
    registry.notices[name] = NoticeKind(name, sentence)


def register_job(name: str, label: Any, run: Callable[[JobRun], None], named: Any = "") -> None:
    registry.jobs[name] = JobKind(name, label, run, named)


def register_chore(name: str, run: Callable[[], None]) -> None:
    registry.chores[name] = run


def register_first_step(step: FirstStep) -> None:
    registry.first_steps[step.name] = step


def register_audit_actions(**actions: Any) -> None:
    """`register_audit_actions(review__submit=_("submitted a review"))`: two underscores stand for the dot."""
    registry.audit_actions.update({name.replace("__", "."): label for name, label in actions.items()})

"""What changed between two versions, in words. A category is followed by its lineage, through renames and moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.scorecards import wording
from evenhand.scorecards.tree import CategoryView, CauseView, PointView, VersionView


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: words, and where there is such a thing the value before and after."""

    words: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        values = [value for value in (self.before, self.after) if value]
        return f"{self.words} {' → '.join(values)}".strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """All that changed of one category, or of the scorecard around them (`kind` "scorecard")."""

    kind: str  # "added", "removed", "changed" or "scorecard"
    subject: str
    changes: tuple[Change, ...]
    lineage_id: int | None = None

    def __str__(self) -> str:
        said = "; ".join(str(change) for change in self.changes)
        if self.kind == "removed":
            return _("%(category)s was removed") % {"category": self.subject}
        if self.kind == "added":
            return _("%(category)s is new: %(summary)s") % {"category": self.subject, "summary": said}
        return f"{self.subject}: {said}"


def diff(old: VersionView | None, new: VersionView, names: wording.Names | None = None) -> list[Entry]:
    """Entries in the order of the new version, what was removed last. `names`: connections by public id."""
    names = names or {}
    before = {category.lineage_id: category for category in old} if old else {}
    entries = []
    for category in new:
        earlier = before.pop(category.lineage_id, None)
        if earlier is None:
            said = Change(wording.summary(category, names))
            entries.append(Entry("added", category.name, (said,), category.lineage_id))
        elif changes := tuple(_category(earlier, category, names)):
            entries.append(Entry("changed", category.name, changes, category.lineage_id))
    entries += [Entry("removed", gone.name, (), gone.lineage_id) for gone in before.values()]
    if old and (changes := tuple(_around(old, new, names))):
        entries.insert(0, Entry("scorecard", _("Scorecard"), changes))
    return entries


def in_words(entries: list[Entry]) -> list[str]:
    """Empathy: weight 10 → 15; new answer “Warm”"""
    return [str(entry) for entry in entries]


def _around(old: VersionView, new: VersionView, names: wording.Names) -> Iterator[Change]:
    """Groups, the order, and when the scorecard is offered."""
    groups = [[group.name for group in version.groups if group.name] for version in (old, new)]
    for name in groups[1]:
        if name not in groups[0]:
            yield Change(_("new group %(name)s") % {"name": wording.quoted(name)})
    for name in groups[0]:
        if name not in groups[1]:
            yield Change(_("group %(name)s was removed") % {"name": wording.quoted(name)})
    if _order(old, new) != _order(new, old):
        yield Change(_("categories in another order"))
    yield from _conditions(old, new, names, _("offered when"))


def _order(version: VersionView, other: VersionView) -> list[int]:
    shared = {category.lineage_id for category in other}
    return [category.lineage_id for category in version if category.lineage_id in shared]


def _category(old: CategoryView, new: CategoryView, names: wording.Names) -> Iterator[Change]:
    if old.name != new.name:
        yield Change(_("was called %(name)s") % {"name": wording.quoted(old.name)})
    if old.weight != new.weight:
        yield Change(_("weight"), str(old.weight), str(new.weight))
    if old.critical != new.critical:
        yield Change(_critical(old.critical, new.critical))
    if old.group_name != new.group_name:
        yield Change(_("group"), old.group_name or _("none"), new.group_name or _("none"))
    yield from _scale(old, new)
    if old.allow_na != new.allow_na:
        yield Change(_("may now be not applicable") if new.allow_na else _("must now always be rated"))
    if old.description != new.description:
        yield Change(
            _("question"), *(wording.quoted(c.description) if c.description else _("none") for c in (old, new))
        )
    yield from _causes(old, new)
    yield from _conditions(old, new, names, _("shown when"))


def _critical(old: str, new: str) -> str:
    if not new:
        return _("is no longer critical")
    effect = wording.CRITICAL[new]
    if old:
        return _("%(effect)s now") % {"effect": effect}
    return _("is now critical: %(effect)s") % {"effect": effect}


def _scale(old: CategoryView, new: CategoryView) -> Iterator[Change]:
    pairs, gone, fresh = _match(old, new)
    if not pairs:
        yield Change(_("scale"), wording.scale(old), wording.scale(new))
        return
    for before, after in pairs:
        yield from _point(before, after)
    for point in fresh:
        yield Change(_("new answer %(label)s") % {"label": wording.quoted(point.label)})
    for point in gone:
        yield Change(_("answer %(label)s was removed") % {"label": wording.quoted(point.label)})


def _match(
    old: CategoryView, new: CategoryView
) -> tuple[list[tuple[PointView, PointView]], list[PointView], list[PointView]]:
    """Answers that are the same one: by label first, by points where the label was changed."""
    pairs = []
    gone, fresh = list(old.scale), list(new.scale)
    keys: list[Callable[[PointView], object]] = [lambda p: p.label.casefold(), lambda p: p.points]
    for key in keys:
        known = {key(point): point for point in gone}
        for point in list(fresh):
            if before := known.pop(key(point), None):
                pairs.append((before, point))
                gone.remove(before)
                fresh.remove(point)
    # A scale that keeps only numbers, and no word and not its length, is another scale.
    if len(old.scale) != len(new.scale) and not any(a.label.casefold() == b.label.casefold() for a, b in pairs):
        return [], list(old.scale), list(new.scale)
    return sorted(pairs, key=lambda pair: pair[1].points), gone, fresh


def _point(old: PointView, new: PointView) -> Iterator[Change]:
    if old.label != new.label:
        answer = _("answer %(points)s") % {"points": wording.plain(new.points)}
        yield Change(answer, wording.quoted(old.label), wording.quoted(new.label))
    if old.points != new.points:
        words = _("points of %(label)s") % {"label": wording.quoted(new.label)}
        yield Change(words, wording.plain(old.points), wording.plain(new.points))
    if old.guidance != new.guidance:
        words = _("when to give %(label)s:") % {"label": wording.quoted(new.label)}
        yield Change(words, *(wording.quoted(p.guidance) if p.guidance else _("nothing said") for p in (old, new)))


def _causes(old: CategoryView, new: CategoryView) -> Iterator[Change]:
    if (old.ask_causes, old.other_cause) != (new.ask_causes, new.other_cause):
        yield Change(_("root causes asked"), *(_asked(category) for category in (old, new)))
    before, after = _by_label(old), _by_label(new)
    for key, cause in after.items():
        label = {"label": wording.quoted(cause.label), "kind": cause.kind_label}
        if key not in before:
            yield Change(_("new root cause %(label)s (%(kind)s)") % label)
        elif before[key].kind != cause.kind:
            yield Change(_("root cause %(label)s:") % label, before[key].kind_label, cause.kind_label)
    for key, cause in before.items():
        if key not in after:
            yield Change(_("root cause %(label)s was removed") % {"label": wording.quoted(cause.label)})


def _asked(category: CategoryView) -> str:
    said = wording.ask_causes(category.ask_causes).lower()
    return _("%(when)s, another one in words") % {"when": said} if category.other_cause else said


def _by_label(category: CategoryView) -> Mapping[str, CauseView]:
    return {cause.label.casefold(): cause for cause in category.causes}


def _conditions(
    old: VersionView | CategoryView, new: VersionView | CategoryView, names: wording.Names, words: str
) -> Iterator[Change]:
    sets = [{(c.field, c.negated, frozenset(c.values)) for c in side.conditions} for side in (old, new)]
    if sets[0] != sets[1]:
        yield Change(words, *(wording.conditions(side.conditions, names) or _("always") for side in (old, new)))

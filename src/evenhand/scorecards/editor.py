"""What the editor shows of a draft: one object for each region of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse

from evenhand.conversations import naming
from evenhand.scorecards import diff, queries, scales, services, strip, wording
from evenhand.scorecards.changes import CHANGES
from evenhand.scorecards.models import Category, Condition, RootCause, Scorecard, ScorecardVersion
from evenhand.scorecards.tree import CategoryView, ConditionView, VersionView

FIRST_CHANGES = 5


@dataclass
class Notice:
    """Why a change was not saved: what is wrong with it, or that somebody else was faster.

    `again` is what was sent, so that one may send it once more on top of the newer state.
    """

    lines: Sequence[str] = ()
    version: ScorecardVersion | None = None
    again: Sequence[tuple[str, str]] = ()
    url: str = ""


@dataclass
class Editor:
    scorecard: Scorecard
    draft: ScorecardVersion
    chosen_id: UUID | None = None
    when: str = ""  # the field of the condition that is being written
    when_for: str = ""  # "category" or "scorecard"
    focus: str = ""
    notice: Notice | None = None

    @cached_property
    def here(self) -> str:
        return reverse("scorecards:scorecard", args=[self.scorecard.workspace.slug, self.scorecard.public_id])

    @property
    def post(self) -> dict[str, str]:
        """Where each change is sent to, by its name in templates."""
        return {name.replace("-", "_"): f"{self.here}change/{name}/" for name in CHANGES}

    @cached_property
    def trees(self) -> tuple[VersionView, VersionView | None]:
        before = queries.published_of(self.scorecard)
        found = queries.version_trees([self.draft, before] if before else [self.draft])
        return found[0], found[1] if before else None

    @property
    def tree(self) -> VersionView:
        return self.trees[0]

    @property
    def before(self) -> VersionView | None:
        return self.trees[1]

    @cached_property
    def names(self) -> dict[str, str]:
        return queries.connection_names(self.scorecard.workspace)

    @cached_property
    def changes(self) -> list[diff.Entry]:
        return diff.diff(self.before, self.tree, self.names) if self.before else []

    @property
    def first_changes(self) -> list[diff.Entry]:
        return self.changes[:FIRST_CHANGES]

    @property
    def more_changes(self) -> list[diff.Entry]:
        return self.changes[FIRST_CHANGES:]

    @cached_property
    def marks(self) -> dict[int | None, str]:
        """By lineage: "added" or "changed"."""
        return {entry.lineage_id: entry.kind for entry in self.changes}

    @cached_property
    def problems(self) -> list[str]:
        return services.problems_of(self.tree)

    @property
    def strip(self) -> list[strip.Piece]:
        return strip.pieces(self.tree)

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        return [{"group": group, "rows": [self._row(c) for c in group.categories]} for group in self.tree.groups]

    def _row(self, category: CategoryView) -> dict[str, Any]:
        return {
            "category": category,
            "preset": scales.name_of([point.points for point in category.scale]),
            "share": strip.share(category.share),
            "bar": f"{100 * category.weight / max(self._heaviest, 1):.0f}%",
            "mark": self.marks.get(category.lineage_id, ""),
            "chosen": self.chosen is not None and category.id == self.chosen.id,
            "conditions": wording.conditions(category.conditions, self.names),
        }

    @cached_property
    def _heaviest(self) -> int:
        return max((category.weight for category in self.tree), default=0)

    @cached_property
    def chosen(self) -> CategoryView | None:
        """The category at the side: the one that was asked for, else the first."""
        listed = list(self.tree)
        return next((c for c in listed if c.public_id == self.chosen_id), listed[0] if listed else None)

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The chosen category's scale, best answer first."""
        points = self.chosen.best_first if self.chosen else ()
        return [{"point": point, "points": wording.plain(point.points)} for point in points]

    @property
    def can_lose_an_answer(self) -> bool:
        return self.chosen is not None and len(self.chosen.scale) > scales.FEWEST

    @property
    def can_have_more(self) -> bool:
        return self.chosen is not None and len(self.chosen.scale) < scales.MOST

    @property
    def shown_when(self) -> Conditions:
        items = self.chosen.conditions if self.chosen else ()
        return Conditions(items, self, "category")

    @property
    def offered_when(self) -> Conditions:
        return Conditions(self.tree.conditions, self, "scorecard")

    @property
    def presets(self) -> Mapping[str, Any]:
        return scales.NAMES

    @property
    def criticals(self) -> list[tuple[str, Any]]:
        return list(Category.Critical.choices)

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        return list(RootCause.Kind.choices)

    @property
    def asks(self) -> list[tuple[str, Any]]:
        return list(Category.AskCauses.choices)


@dataclass(frozen=True)
class Conditions:
    """The conditions of a category or of the scorecard, and the form of one that is being added."""

    items: tuple[ConditionView, ...]
    editor: Editor
    target: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        names = self.editor.names
        return [{"item": item, "words": wording.condition(item, names)} for item in self.items]

    @property
    def words(self) -> str:
        return wording.conditions(self.items, self.editor.names)

    @property
    def fields(self) -> list[tuple[str, Any]]:
        return list(Condition.Field.choices)

    @property
    def category_id(self) -> str:
        chosen = self.editor.chosen
        return str(chosen.public_id) if self.target == "category" and chosen else ""

    @property
    def asking(self) -> str:
        """The field whose values are being chosen, if it is here."""
        known = self.editor.when in Condition.Field.values
        return self.editor.when if known and self.editor.when_for == self.target else ""

    @property
    def asking_label(self) -> str:
        return str(Condition.Field(self.asking).label)

    @property
    def options(self) -> list[tuple[str, str]]:
        """The values to choose from; tags are written instead."""
        workspace = self.editor.scorecard.workspace
        if self.asking == Condition.Field.CHANNEL:
            known = dict.fromkeys([*queries.channels(workspace), "email", "chat", "voice", "messaging"])
            listed = [(slug, naming.channel(slug)) for slug in known]
        elif self.asking == Condition.Field.CONNECTION:
            listed = list(self.editor.names.items())
        elif self.asking == Condition.Field.CSAT:
            listed = [(key, str(label)) for key, label in wording.CSAT.items()]
        else:
            known = dict.fromkeys([*queries.languages(workspace), "en"])
            listed = [(code, naming.language(code)) for code in known]
        return [(value, label) for value, label in listed if value not in self._used()]

    @property
    def tags(self) -> list[str]:
        return queries.tags(self.editor.scorecard.workspace) if self.asking == Condition.Field.TAG else []

    def _used(self) -> set[str]:
        return {value for item in self.items if item.field == self.asking for value in item.values}

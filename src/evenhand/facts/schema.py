"""The columns of facts, and where each is read. A test compares them with the models."""

from __future__ import annotations

from dataclasses import dataclass, replace

INT, FLOAT, BOOL, TEXT, TIME = "int64", "float64", "bool", "string", "timestamp"


@dataclass(frozen=True)
class Column:
    """`path` is a path over the model's fields, as the ORM writes it."""

    name: str
    path: str
    type: str


@dataclass(frozen=True)
class Table:
    """`day_of` names the time from which the local `day` is made; `period` is its path for the date filter."""

    name: str
    model: str
    columns: tuple[Column, ...]
    day_of: str = ""
    workspace: str = "workspace"
    alive: tuple[str, ...] = ("deleted_at",)
    fixed: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


REVIEWS = Table(
    "reviews",
    "reviews.Review",
    (
        Column("review_id", "id", INT),
        Column("pair_id", "participation_id", INT),
        Column("conversation_id", "conversation_id", INT),
        Column("agent_id", "agent_id", INT),
        Column("reviewer_id", "reviewer_id", INT),
        Column("scorecard_id", "scorecard_id", INT),
        Column("version_id", "version_id", INT),
        Column("message_id", "message_id", INT),
        Column("draw_id", "draw_item__draw_id", INT),
        Column("kind", "kind", TEXT),
        Column("selection", "selection", TEXT),
        Column("blind", "blind", BOOL),
        Column("is_bot", "agent__is_bot", BOOL),
        Column("channel", "conversation__channel", TEXT),
        Column("language", "conversation__language", TEXT),
        Column("connection_id", "conversation__connection_id", INT),
        Column("score_minmax", "score", FLOAT),
        Column("score_max_ratio", "score_over_max", FLOAT),
        Column("uncritical_minmax", "score_uncritical", FLOAT),
        Column("uncritical_max_ratio", "score_over_max_uncritical", FLOAT),
        Column("critical_failed", "critical_failed", BOOL),
        Column("active_seconds", "active_seconds", INT),
        Column("seen_at", "seen_at", TIME),
        Column("submitted_at", "submitted_at", TIME),
        Column("dated_at", "dated_at", TIME),
    ),
    day_of="dated_at",
    fixed=(("state", "submitted"),),
)
RATINGS = Table(
    "ratings",
    "reviews.Rating",
    (
        Column("rating_id", "id", INT),
        Column("review_id", "review_id", INT),
        Column("lineage_id", "lineage_id", INT),
        Column("na", "na", BOOL),
        Column("points", "points", FLOAT),
        Column("scale_min", "scale_min", FLOAT),
        Column("scale_max", "scale_max", FLOAT),
        Column("weight", "weight", FLOAT),
        Column("critical", "critical", TEXT),
    ),
    alive=("deleted_at", "review__deleted_at"),
    fixed=(("review__state", "submitted"),),
)
CAUSES = Table(
    "causes",
    "reviews.RatingCause",
    (
        Column("review_id", "rating__review_id", INT),
        Column("lineage_id", "rating__lineage_id", INT),
        Column("label", "root_cause__label", TEXT),
        Column("kind", "root_cause__kind", TEXT),
    ),
    workspace="rating__workspace",
    alive=("rating__deleted_at", "rating__review__deleted_at"),
    fixed=(("rating__review__state", "submitted"),),
)
# A conversation whose content was erased keeps its pairs, answers and scores: erasing must not move a number.
PAIRS = Table(
    "pairs",
    "conversations.Participation",
    (
        Column("pair_id", "id", INT),
        Column("conversation_id", "conversation_id", INT),
        Column("agent_id", "agent_id", INT),
        Column("eligible", "eligible", BOOL),
        Column("is_bot", "is_bot", BOOL),
        Column("channel", "conversation__channel", TEXT),
        Column("language", "conversation__language", TEXT),
        Column("connection_id", "conversation__connection_id", INT),
        Column("dated_at", "dated_at", TIME),
    ),
    day_of="dated_at",
)
RESPONSES = Table(
    "responses",
    "surveys.SurveyResponse",
    (
        Column("response_id", "id", INT),
        Column("conversation_id", "conversation_id", INT),
        Column("agent_id", "agent_id", INT),
        Column("kind", "kind", TEXT),
        Column("score", "score", FLOAT),
        Column("minimum", "minimum", FLOAT),
        Column("maximum", "maximum", FLOAT),
        Column("channel", "conversation__channel", TEXT),
        Column("language", "conversation__language", TEXT),
        Column("connection_id", "conversation__connection_id", INT),
        Column("is_bot", "agent__is_bot", BOOL),
        Column("dated_at", "dated_at", TIME),
    ),
    day_of="dated_at",
)
# The same rows by the day of the review, for the review average's switch.
BY_REVIEW = "_by_review"
REVIEWED = (
    replace(REVIEWS, name="reviews" + BY_REVIEW, day_of="submitted_at"),
    replace(RATINGS, name="ratings" + BY_REVIEW),
    replace(CAUSES, name="causes" + BY_REVIEW),
)
TABLES = (REVIEWS, RATINGS, CAUSES, PAIRS, RESPONSES, *REVIEWED)

# How the period reaches a table that has no day of its own.
PERIOD_PATH = {
    "reviews": "dated_at",
    "ratings": "review__dated_at",
    "causes": "rating__review__dated_at",
    "pairs": "dated_at",
    "responses": "dated_at",
    "reviews_by_review": "submitted_at",
    "ratings_by_review": "review__submitted_at",
    "causes_by_review": "rating__review__submitted_at",
}

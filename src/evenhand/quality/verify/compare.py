"""How far an answer is from the expected one, at its worst place."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

DEFAULT_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Deviation:
    """where: path in the expected answer. size: absolute difference. allowed: by the tolerance."""

    where: str
    size: float
    allowed: float
    problem: str = ""

    @property
    def within(self) -> bool:
        return not self.problem and self.size <= self.allowed

    @property
    def severity(self) -> float:
        if self.problem:
            return math.inf
        return self.size / self.allowed if self.allowed > 0 else (math.inf if self.size > 0 else 0.0)


def worst_deviation(got: object, expected: object, tolerance: Mapping[str, float]) -> Deviation:
    """The worst of all compared places; a missing key or a wrong kind is worse than any number.

    Keys of ``got`` that are not expected play no part. A difference is allowed up to the
    larger of ``abs`` and ``rel`` times the expected value. A tolerance may hold for the
    fields of one name alone: ``coverage_abs``.
    """
    return max(_walk(got, expected, tolerance, ""), key=lambda d: d.severity, default=Deviation("", 0.0, 0.0))


def _walk(got: object, expected: object, tolerance: Mapping[str, float], where: str) -> Iterator[Deviation]:
    if isinstance(expected, Mapping):
        yield from _walk_mapping(got, expected, tolerance, where)
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        yield from _walk_sequence(got, expected, tolerance, where)
    elif _is_number(expected):
        yield _number(got, float(expected), tolerance, where)  # type: ignore[arg-type]
    elif not _same(got, expected):
        yield Deviation(where, 0.0, 0.0, f"{got!r} instead of {expected!r}")


def _walk_mapping(
    got: object, expected: Mapping[str, object], tolerance: Mapping[str, float], where: str
) -> Iterator[Deviation]:
    if not isinstance(got, Mapping):
        yield Deviation(where, 0.0, 0.0, f"{type(got).__name__} instead of an object")
        return
    for key, value in expected.items():
        path = f"{where}.{key}" if where else key
        if key == "published" and key not in got and isinstance(value, Mapping):
            yield from _walk_published(got, value, tolerance, path, alone=len(expected) == 1)
        elif key not in got:
            yield Deviation(path, 0.0, 0.0, "not computed")
        else:
            yield from _walk(got[key], value, tolerance, path)


def _walk_published(
    got: Mapping[str, object], printed: Mapping[str, object], tolerance: Mapping[str, float], where: str, alone: bool
) -> Iterator[Deviation]:
    """What a paper prints beside the full answer: right to its last printed digit.

    A name that the answer does not have as that kind of value is a citation of what is compared in full
    beside it; where nothing stands beside it, it has to be computed.
    """
    for key, value in printed.items():
        if key in got and isinstance(got[key], Mapping) == isinstance(value, Mapping):
            yield from _walk(
                got[key], value, {**tolerance, "abs": max(_slack(value), _absolute(tolerance))}, f"{where}.{key}"
            )
        elif alone:
            yield Deviation(f"{where}.{key}", 0.0, 0.0, "not computed")


def _slack(printed: object) -> float:
    """Half a unit of the last digit of a printed number; of the finest, in a list."""
    if isinstance(printed, Sequence) and not isinstance(printed, str):
        return min(map(_slack, printed), default=0.0)
    return 0.5 * 10.0 ** -len(repr(printed).partition(".")[2]) if isinstance(printed, float) else 0.0


def _absolute(tolerance: Mapping[str, float]) -> float:
    return tolerance.get("abs", 0.0 if "rel" in tolerance else DEFAULT_TOLERANCE)


def _walk_sequence(
    got: object, expected: Sequence[object], tolerance: Mapping[str, float], where: str
) -> Iterator[Deviation]:
    if not isinstance(got, Sequence) or isinstance(got, str) or len(got) != len(expected):
        yield Deviation(where, 0.0, 0.0, f"not a list of {len(expected)}")
        return
    for i, value in enumerate(expected):
        yield from _walk(got[i], value, tolerance, f"{where}[{i}]")


def _number(got: object, expected: float, tolerance: Mapping[str, float], where: str) -> Deviation:
    if not _is_number(got) or math.isnan(float(got)):  # type: ignore[arg-type]
        return Deviation(where, 0.0, 0.0, f"{got!r} instead of {expected:g}")
    allowed = _allowed(expected, tolerance, where.rsplit(".", 1)[-1])
    return Deviation(where, abs(float(got) - expected), allowed)  # type: ignore[arg-type]


def _allowed(expected: float, tolerance: Mapping[str, float], field: str) -> float:
    own = {kind: tolerance[f"{field}_{kind}"] for kind in ("abs", "rel") if f"{field}_{kind}" in tolerance}
    rule = own or tolerance
    return max(
        rule.get("abs", 0.0 if "rel" in rule else DEFAULT_TOLERANCE),
        rule.get("rel", 0.0) * abs(expected),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(got: object, expected: object) -> bool:
    if expected is None:
        return got is None or (isinstance(got, float) and math.isnan(got))
    return type(got) is type(expected) and got == expected

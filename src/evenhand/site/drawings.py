"""Small drawings, their geometry in attributes: a strict content policy allows no style."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evenhand.facts.words.figures import points

# On a grid of 16, strokes of 1.5; what a name cannot say is not drawn.
ICONS = {
    "close": "M4.25 4.25l7.5 7.5M11.75 4.25l-7.5 7.5",
    "add": "M8 3.25v9.5M3.25 8h9.5",
    "back": "M9.75 3.75L5.5 8l4.25 4.25",
    "forward": "M6.25 3.75L10.5 8l-4.25 4.25",
    "down": "M3.75 6.25L8 10.5l4.25-4.25",
    "up": "M3.75 9.75L8 5.5l4.25 4.25",
    "search": "M2.75 7a4.25 4.25 0 1 0 8.5 0a4.25 4.25 0 1 0-8.5 0M10.25 10.25L13.5 13.5",
    "info": "M1.75 8a6.25 6.25 0 1 0 12.5 0a6.25 6.25 0 1 0-12.5 0M8 7.25v3.75M8 5v.01",
    "done": "M1.75 8a6.25 6.25 0 1 0 12.5 0a6.25 6.25 0 1 0-12.5 0M5.25 8.25l2 2L11 6",
    "check": "M3.25 8.5l3.25 3.25l6.25-7.25",
    "warning": "M8 2.25L14.25 13.25H1.75zM8 6.5v3.25M8 11.5v.01",
    "stop": "M5.5 1.75h5L14.25 5.5v5l-3.75 3.75h-5L1.75 10.5v-5zM8 4.75v4M8 11v.01",
    "flag": "M3.75 14.25V2.5h8L9.75 5.5l2 3h-8",
    "clip": "M12.75 7.25l-5 5a2.75 2.75 0 0 1-3.9-3.9l5.1-5.1a1.85 1.85 0 0 1 2.6 2.6l-5 5a.9.9 0 0 1-1.3-1.3l4.6-4.6",
    "handle": "M6 3.75v.01M10 3.75v.01M6 8v.01M10 8v.01M6 12.25v.01M10 12.25v.01",
    "star": "M8 2l1.8 3.9l4.2.5l-3.1 2.9l.8 4.2L8 11.4l-3.7 2.1l.8-4.2L2 6.4l4.2-.5z",
    "download": "M8 2.5v7.75M4.75 7.25L8 10.5l3.25-3.25M3 13.5h10",
    "upload": "M8 10.5V2.75M4.75 6L8 2.75L11.25 6M3 13.5h10",
    "menu": "M2.5 4.25h11M2.5 8h11M2.5 11.75h11",
    "person": "M5.25 5a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0-5.5 0M2.75 14c.4-3 2.5-4.5 5.25-4.5s4.85 1.5 5.25 4.5",
}
# These point along the line of reading and turn with it.
MIRRORED = {"back", "forward"}
# Between two round figures of an axis.
STEPS = (1, 2, 5, 10, 20, 25, 30, 50)


def icon(name: str) -> SafeString:
    """A drawing that repeats a word beside it, or stands in a button that has a name of its own."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"{}><path d="{}"/></svg>',
        mark_safe(" data-mirrors") if name in MIRRORED else "",
        ICONS[name],
    )


def along(value: float, axis_min: float, axis_max: float) -> str:
    """Where a value lies on an axis, in per cent; outside it stands at the end."""
    share = (value - axis_min) / (axis_max - axis_min) if axis_max > axis_min else 0.5
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}%"


def whisker(
    low: float | None,
    value: float | None,
    high: float | None,
    axis_min: float = 0,
    axis_max: float = 100,
    tall: bool = False,
    label: str = "",
) -> SafeString:
    """The dot with its whisker. `tall` adds caps, ticks and the figures below, for a headline."""
    if value is None or low is None or high is None:
        return mark_safe("")
    half = (high - low) / 2
    said = label or _("%(value)s, between %(low)s and %(high)s, on a scale from %(min)s to %(max)s") % {
        "value": points(value, half),
        "low": points(low, half),
        "high": points(high, half),
        "min": points(axis_min),
        "max": points(axis_max),
    }
    y, radius = (12, 6) if tall else (8, 4.5)
    x = [along(edge, axis_min, axis_max) for edge in (low, value, high)]
    parts = [_line("axis", "0", "100%", y), _line("span", x[0], x[2], y)]
    if tall:
        ticks = [f"{n * 25}%" for n in range(5)]
        parts[1:1] = [_tick("axis", at, y - 4, y + 4) for at in ticks]
        parts += [_tick("cap", at, y - 6, y + 6) for at in (x[0], x[2])]
        parts += _figures(low, high, axis_min, axis_max, half)
    parts.append(format_html('<circle class="dot" cx="{}" cy="{}" r="{}"/>', x[1], y, radius))
    return format_html(
        '<svg class="whisker{}" role="img" aria-label="{}">{}</svg>',
        " tall" if tall else "",
        said,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def until(have: int, missing: int) -> SafeString:
    """How many reviews there are and how many are wanted, as boxes; beside the words that say so."""
    boxes = min(have + missing, 20)
    return _boxes("until", [("have" if i < have else "") for i in range(boxes)], height=10)


def queue(at: int, total: int) -> SafeString:
    """Where one is in a queue: done, now, to do. Long queues are drawn in 20 parts."""
    parts = min(total, 20)
    now = (at - 1) * parts // total if total else 0
    return _boxes("wide", ["done" if i < now else "now" if i == now else "todo" for i in range(parts)], height=8)


def _boxes(kind: str, classes: list[str], height: int) -> SafeString:
    boxes = format_html_join(
        "",
        '<rect class="{}" x="{}" y="0.5" width="4.5" height="{}"/>',
        ((name, i * 7 + 0.5, height - 1) for i, name in enumerate(classes)),
    )
    width = len(classes) * 7
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>',
        kind, width, height, width, height, boxes,
    )  # fmt: skip


def confidence(share: float) -> SafeString:
    """How sure a rater is, from 0 to 1; beside the words that say so."""
    return format_html(
        '<svg aria-hidden="true"><rect class="track" x="0.5" y="0.5" width="37" height="7"/>'
        '<rect class="fill" width="{}" height="8"/></svg>',
        round(min(max(share, 0.0), 1.0) * 38, 1),
    )


def ticks(axis_min: float, axis_max: float) -> list[float]:
    """Round figures along an axis, about five: 40, 60, 80, 100 and never 40, 55, 70, 85, 100."""
    width = axis_max - axis_min
    whole = [step for step in STEPS if 3 <= width / step <= 5 and not (axis_min % step or axis_max % step)]
    step = min(whole or STEPS, key=lambda one: (abs(width / one - 4), one))
    first = -(-axis_min // step)
    return [step * n for n in range(int(first), int(axis_max // step) + 1)]


def axis_row(axis_min: float = 0, axis_max: float = 100) -> SafeString:
    """The head of a column of drawings: round figures from end to end."""
    found = ticks(axis_min, axis_max)
    last = len(found) - 1
    figures = format_html_join(
        "",
        '<text{} x="{}" y="20" text-anchor="{}">{}</text>',
        (
            (
                mark_safe(' class="wide-only"') if i % 2 and last > 2 else "",
                along(at, axis_min, axis_max),
                "start" if at == axis_min else "end" if at == axis_max else "middle",
                points(at).replace("-", "\u2212"),
            )
            for i, at in enumerate(found)
        ),
    )
    return format_html('<svg aria-hidden="true">{}</svg>', figures)


def dot_row(
    low: float,
    value: float,
    high: float,
    axis_min: float = 0,
    axis_max: float = 100,
    mean: float | None = None,
    raw: float | None = None,
) -> SafeString:
    """A dot with its whisker in a row of a table: `mean` is the team's line, `raw` the plain mean as a cross."""
    x = [along(edge, axis_min, axis_max) for edge in (low, value, high)]
    parts = [_tick("grid", along(at, axis_min, axis_max), 0, 26) for at in ticks(axis_min, axis_max)]
    if mean is not None:
        parts.append(_tick("mean-line", along(mean, axis_min, axis_max), 0, 26))
    parts.append(_line("span", x[0], x[2], 13))
    if raw is not None:
        cross = '<svg x="{}" overflow="visible"><path class="raw" d="M-3.5 9.5l7 7m0-7l-7 7"/></svg>'
        parts.append(format_html(cross, along(raw, axis_min, axis_max)))
    parts.append(format_html('<circle class="dot" cx="{}" cy="13" r="5"/>', x[1]))
    return _row(parts)


def bar_row(low: float, value: float, high: float, axis_min: float = 0, axis_max: float = 100) -> SafeString:
    """A bar with its interval in a row of a table."""
    x = [along(edge, axis_min, axis_max) for edge in (low, value, high)]
    bar = '<rect class="bar-rest" y="11" width="100%" height="4"/><rect class="bar" y="9" width="{}" height="8"/>'
    ends = [_tick("span-ink", at, 8, 18) for at in (x[0], x[2])]
    return _row([format_html(bar, x[1]), _line("span-ink", x[0], x[2], 13), *ends])


def _row(parts: list[SafeString]) -> SafeString:
    return format_html('<svg aria-hidden="true">{}</svg>', format_html_join("", "{}", ((part,) for part in parts)))


def _line(kind: str, x1: str, x2: str, y: float) -> SafeString:
    return format_html('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', kind, x1, x2, y, y)


def _tick(kind: str, x: str, y1: float, y2: float) -> SafeString:
    return format_html('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', kind, x, x, y1, y2)


def _figures(low: float, high: float, axis_min: float, axis_max: float, half: float) -> list[SafeString]:
    """The ends of the axis and of the whisker; an end of the axis gives way where the two would touch."""
    width = axis_max - axis_min
    room = width * 0.1
    named = [(low, points(low, half)), (high, points(high, half))]
    if high - low < room:
        named = [((low + high) / 2, f"{points(low, half)}\u2013{points(high, half)}")]
        room *= 1.5
    ends = [(end, points(end)) for end in (axis_min, axis_max)]
    free = [(end, text) for end, text in ends if all(abs(end - at) >= room for at, _text in named)]
    return [
        format_html(
            '<text x="{}" y="38" text-anchor="{}">{}</text>',
            along(at, axis_min, axis_max),
            "start" if at - axis_min < room / 2 else "end" if axis_max - at < room / 2 else "middle",
            text,
        )
        for at, text in [*free, *named]
    ]

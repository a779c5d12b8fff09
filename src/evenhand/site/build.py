"""What is made when the wheel is built and when a checkout is set up, because it is not kept in the repository."""

from __future__ import annotations

import os
from pathlib import Path

CHART_BUNDLE = Path(__file__).resolve().parent / "static" / "evenhand" / "vega" / "vega-bundle.js"
# The libraries as an ES module that leaves nothing behind but the one function that chart.js calls.
SNIPPET = "window.vegaEmbed = vegaEmbed;"


def build_chart_bundle(target: Path = CHART_BUNDLE) -> Path:
    """Write Vega, Vega-Lite and Vega-Embed as one file; needs vl-convert-python, which is not needed at run time."""
    import vl_convert

    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}")
    partial.write_text(vl_convert.javascript_bundle(SNIPPET), encoding="utf-8")
    partial.replace(target)
    return target


def compile_messages(package: Path) -> list[Path]:
    """Compile each catalogue beside its source; no gettext tools are needed."""
    import polib

    compiled = []
    for source in sorted(package.glob("locale/*/LC_MESSAGES/*.po")):
        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
        compiled.append(source.with_suffix(".mo"))
    return compiled


def build_assets(package: Path = CHART_BUNDLE.parents[4]) -> None:
    """Everything that a wheel carries and a checkout makes: the chart bundle and the compiled messages."""
    build_chart_bundle(package / "site" / "static" / "evenhand" / "vega" / "vega-bundle.js")
    compile_messages(package)


if __name__ == "__main__":
    build_assets()

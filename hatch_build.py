"""What a wheel carries that the repository does not: the chart bundle and compiled messages."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # `make assets` makes them in a checkout
        build = runpy.run_path(str(Path(self.root) / "src/evenhand/site/build.py"))
        build["build_assets"](Path(self.root) / "src/evenhand")

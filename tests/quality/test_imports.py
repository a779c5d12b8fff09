"""The library is pure and starts fast."""

from __future__ import annotations

import subprocess
import sys

MODULES = (
    "scores", "estimates", "shrinkage", "change", "surveys", "sampling", "periods", "multiplicity", "verify",
    "agreement", "planner", "selective", "publication", "control", "drivers", "relations", "comparisons",
)  # fmt: skip


def test_importing_it_loads_neither_django_nor_scipy():
    code = f"""
import sys
for name in {MODULES!r}:
    __import__("evenhand.quality." + name)
print(sorted({{m.split(".")[0] for m in sys.modules}} & {{"django", "scipy", "pandas", "statsmodels"}}))
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"

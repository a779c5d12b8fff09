"""Check this library against answers that trusted libraries computed.

Reads files of the golden schema: ``{suite, split, cases: [{id, function, input,
expected, tolerance: {abs | rel}, reference}]}``. Every answer is computed by the public
functions that the pages call, from ``input`` alone, before ``expected`` is looked at.
"""

from __future__ import annotations

from .runner import CaseResult, main, verify_file

__all__ = ["CaseResult", "main", "verify_file"]

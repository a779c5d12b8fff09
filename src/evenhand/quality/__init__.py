"""What a score is, and what it is worth.

Pure functions of arrays and frozen dataclasses on numpy and scipy: no Django, no
database, no clock, no global state. Scores and shares are on 0..100 unless a docstring
says otherwise; a missing score is NaN in arrays and ``None`` in scalars.
"""

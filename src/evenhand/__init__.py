"""Evenhand: open-source, self-hosted support quality assurance."""

from __future__ import annotations

__version__ = "0.1.0"

"""The models that this version knows, as `models.toml` lists them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package of a registry that carries the file, and where in it."""

    package: str
    version: str
    path: str


@dataclass(frozen=True, slots=True)
class Model:
    """One file of weights. size: bytes. sha256: of the file, whatever way it came."""

    name: str
    title: str
    file: str
    size: int
    sha256: str
    licence: str
    upstream: str
    wheel: Wheel


@cache
def catalogue() -> dict[str, Model]:
    """Every model by its name."""
    text = files(__package__).joinpath("models.toml").read_text(encoding="utf-8")
    return {
        name: Model(name=name, **(entry | {"wheel": Wheel(**entry["wheel"])}))
        for name, entry in tomllib.loads(text).items()
    }

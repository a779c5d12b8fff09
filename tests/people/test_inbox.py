from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.people import inbox
from evenhand.people.models import Notice
from evenhand.people.registry import NoticeKind, registry


@pytest.fixture
def tell(world, monkeypatch):
    monkeypatch.setitem(registry.notices, "test", NoticeKind("test", "%(who)s looked at %(what)s"))

    def to(user, url="/me/settings", **data):
        return inbox.notify(user, "test", world.workspace, url, **{"who": "Ravi", "what": "it", **data})

    return to


def test_the_newest_notice_comes_first(sign_in, world, tell):
    tell(world.nadia, what="the first")
    tell(world.nadia, what="the second")
    rows = sign_in(world.nadia).get("/inbox").context["rows"]
    assert [row["sentence"] for row in rows] == ["Ravi looked at the second", "Ravi looked at the first"]


def test_nobody_sees_the_notices_of_others(sign_in, world, tell):
    tell(world.nadia)
    assert sign_in(world.owen).get("/inbox").context["rows"] == []


def test_opening_one_goes_there_and_marks_it_read(sign_in, world, tell):
    notice = tell(world.nadia)
    tell(world.nadia)
    response = sign_in(world.nadia).post(f"/inbox/{notice.public_id}")
    assert response["Location"] == "/me/settings"
    assert Notice.objects.filter(user=world.nadia, read_at=None).count() == 1


def test_a_notice_never_leads_to_another_host(sign_in, world, tell):
    notice = tell(world.nadia, url="//elsewhere.example/")
    assert sign_in(world.nadia).post(f"/inbox/{notice.public_id}")["Location"] == "/inbox"


def test_one_can_be_marked_or_all(sign_in, world, tell):
    notices = [tell(world.nadia) for _ in range(3)]
    client = sign_in(world.nadia)
    client.post("/inbox/read", {"notice": str(notices[0].public_id)})
    assert Notice.objects.filter(read_at=None).count() == 2
    client.post("/inbox/read", {"notice": "nonsense"})
    assert Notice.objects.filter(read_at=None).count() == 2
    client.post("/inbox/read")
    assert Notice.objects.filter(read_at=None).count() == 0


def test_nobody_marks_the_notices_of_others(sign_in, world, tell):
    notice = tell(world.nadia)
    sign_in(world.owen).post("/inbox/read", {"notice": str(notice.public_id)})
    assert Notice.objects.get().read_at is None


def test_unread_ones_are_counted_on_every_page(sign_in, world, tell):
    tell(world.nadia)
    assert sign_in(world.nadia).get("/me/settings").context["unread_notices"] == 1


def test_the_page_asks_as_much_for_thirty_as_for_one(sign_in, world, tell):
    client, counts = sign_in(world.nadia), []
    for notices in (1, 30):
        for _ in range(notices):
            tell(world.nadia)
        with CaptureQueriesContext(connection) as queries:
            client.get("/inbox")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_whoever_has_one_workspace_keeps_its_navigation_here(sign_in, world):
    from evenhand.people.services import accounts

    client = sign_in(world.lena)
    assert "/w/orchard/settings/" in client.get("/inbox").content.decode()
    accounts.add_roles(world.lena, world.other, ["reviewer"], None)
    assert "/w/orchard/settings/" not in client.get("/inbox").content.decode()

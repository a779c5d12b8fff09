"""What the commands say about the database that the tests run on."""

from __future__ import annotations


def test_an_import_says_where_it_made_a_database(evenhand, home, database_url, conversation_file):
    path = conversation_file("a.jsonl", 7)
    done = evenhand(home, "import", path, "--workspace", "Support", DATABASE_URL=database_url)
    made, _, counts = done.stdout.splitlines()
    assert (database_url.rpartition("/")[2] or str(home)) in made
    assert counts == "7 read, 7 new, 0 updated, 0 unchanged, 0 bad"
    assert (
        f"database: {'postgresql' if database_url else 'sqlite'}"
        in evenhand(home, "doctor", DATABASE_URL=database_url).stdout
    )

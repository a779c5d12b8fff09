"""django-tasks-db's worker, taught to put a job down when it is asked to stop."""

from __future__ import annotations

import sys
from types import FrameType

from django_tasks_db.management.commands.db_worker import Worker

from evenhand.people import jobs


class JobWorker(Worker):
    def __init__(self, worker_id: str, *, batch: bool) -> None:
        super().__init__(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=0.5,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
        )

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """A running job ends after its chunk and goes back into the queue at its position."""
        if jobs.stopping.is_set():
            sys.exit(1)
        jobs.stopping.set()
        self.running = False
        if not self.running_task:
            sys.exit(0)

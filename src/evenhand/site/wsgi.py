"""The WSGI application that gunicorn serves."""

from __future__ import annotations

import atexit
import gc
import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.site.settings")
application = get_wsgi_application()


def _warm() -> None:
    """Import the libraries that a first dashboard would wait for, once the first page is on its way.

    What is there by then stays for good, so looking for garbage leaves it out.
    """
    from evenhand.facts.load import warm

    warm()
    gc.collect()
    gc.freeze()
    # At the end all of it may go: libraries in C complain of what is left.
    atexit.register(gc.unfreeze)


_later = threading.Timer(5.0, _warm)
_later.daemon = True
_later.start()

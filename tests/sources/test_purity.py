from __future__ import annotations

import subprocess
import sys


def test_reading_and_text_work_without_django():
    code = "import sys, evenhand.sources.registry, evenhand.conversations.text; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

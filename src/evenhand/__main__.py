from __future__ import annotations

import sys

from evenhand.cli import main

sys.exit(main())

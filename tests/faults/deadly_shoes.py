"""`shoes`, in processes that die where they are told to: run as `python -m tests.faults.deadly_shoes …`.

SHOES_TEST_KILL_SWITCHES names the directory of the switches.
"""

from __future__ import annotations

import os
from pathlib import Path

from bootstrap.cli import main
from tests.faults.kill_points import POINTS
from tests.harness.kill_switch import install

install(POINTS, Path(os.environ["SHOES_TEST_KILL_SWITCHES"]))  # here, because child processes may import this anew

if __name__ == "__main__":
    main()

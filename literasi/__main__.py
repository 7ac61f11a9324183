"""``python -m literasi``: the command line of `literasi.cli`."""

import sys

from literasi.cli import main

sys.exit(main())

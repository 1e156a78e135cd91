"""`python -m lambdalint`."""

import os
import sys

# `-m` has Python look for modules in the current folder first: linting a foreign project would run its own yaml.py.
if sys.path and not getattr(sys.flags, "safe_path", False) and sys.path[0] in ("", os.getcwd()):
    del sys.path[0]

from lambdalint.cli import main

raise SystemExit(main())

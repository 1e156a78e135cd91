"""`python -m lambdalint`."""

from lambdalint.cli import main

raise SystemExit(main())

"""`python -m voicedoc_desktop`."""

from __future__ import annotations

from voicedoc_desktop.app import main

if __name__ == "__main__":
    raise SystemExit(main())

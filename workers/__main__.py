"""The command `tutti`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    from workers.cli.app import build

    build(sys.argv[1:])(prog_name="tutti")


if __name__ == "__main__":
    main()

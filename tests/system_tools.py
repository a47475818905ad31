"""Programs of the system that a test needs: found, else installed if we may, else skipped aloud.

A skip is counted and named at the end of the run; in CI it is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

import pytest

APT = ("apt-get", "install", "-y", "--no-install-recommends")


@cache
def system_tool(name: str, *, package: str) -> str:
    """Return the path of a program; Debian's `package` is installed for it where we are root."""
    found = shutil.which(name) or _installed(name, package)
    if found is None:
        reason = f"{name} cannot be had: install {package}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def _installed(name: str, package: str) -> str | None:
    if shutil.which(APT[0]) is None or os.geteuid() != 0:
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("apt-get", "update"), (*APT, package)):
        subprocess.run(words, env=environment, capture_output=True, timeout=600, check=False)
    return shutil.which(name)

"""Where the third-party samples are; without them their tests skip, and say so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE_THE_REPOSITORY = Path(__file__).parents[3] / "shared" / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of third-party samples, by TUTTI_SAMPLES_DIR or beside the repository."""
    folder = Path(os.environ.get("TUTTI_SAMPLES_DIR", BESIDE_THE_REPOSITORY))
    if not folder.is_dir():
        pytest.skip(f"NO THIRD-PARTY SAMPLES at {folder}: set TUTTI_SAMPLES_DIR to their folder")
    return folder

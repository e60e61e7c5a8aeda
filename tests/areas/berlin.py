"""The published Berlin files, where this machine has them."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
BERLIN = SHARED / "berlin-2021"

needs_berlin = pytest.mark.skipif(not BERLIN.is_dir(), reason="the published Berlin files are not on this machine")
needs_oracle = pytest.mark.skipif(
    not (SHARED / "social_index_oracle.json").is_file(), reason="the oracle file is not on this machine"
)

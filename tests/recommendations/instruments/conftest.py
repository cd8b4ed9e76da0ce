import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def survey_answers():
    """Return the answers of a fictional FS3 with every required item."""
    return json.loads((HERE / "fs3_complete.json").read_text(encoding="utf-8"))


@pytest.fixture
def compilation_answers():
    """Return the answers of a fictional FP-KPA with every required item."""
    return json.loads((HERE / "fpkpa_complete.json").read_text(encoding="utf-8"))

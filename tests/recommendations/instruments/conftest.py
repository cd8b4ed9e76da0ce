import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def survey_answers():
    """A whole FS3, every required item answered; fictional."""
    return json.loads((HERE / "fs3_complete.json").read_text(encoding="utf-8"))


@pytest.fixture
def compilation_answers():
    """A whole FP-KPA, every required item answered; fictional."""
    return json.loads((HERE / "fpkpa_complete.json").read_text(encoding="utf-8"))

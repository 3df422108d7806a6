"""What a step's failure means for the others and for its next turn."""

import pytest
from prometheus_client import CollectorRegistry, Counter
from reporting_backup.steps import PAUSE_SECONDS, Steps


def test_a_step_that_fails_is_counted_waits_and_is_tried_again_while_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr("reporting_backup.steps.time.monotonic", lambda: now)
    registry = CollectorRegistry()
    done = Steps(Counter("failures", "Failures.", ["step"], registry=registry)).done
    asked: list[str] = []

    def sealing_fails() -> None:
        asked.append("here")
        raise ValueError

    assert not done("files here", sealing_fails)
    assert not done("files here", sealing_fails)
    assert done("files elsewhere", lambda: asked.append("elsewhere"))
    assert asked == ["here", "elsewhere"]
    assert registry.get_sample_value("failures_total", {"step": "files"}) == 1

    now += PAUSE_SECONDS
    assert done("files here", lambda: None)

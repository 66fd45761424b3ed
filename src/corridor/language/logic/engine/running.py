"""onnxruntime as Corridor runs it: one thread a session, no spinning, silent, no telemetry."""

from pathlib import Path

import onnxruntime  # type: ignore[import-untyped]

# Telemetry exists on Windows builds only; switched off all the same, so that the promise does not hang on the platform.
onnxruntime.disable_telemetry_events()


def session(model: Path) -> onnxruntime.InferenceSession:
    """A session on `model`; its threads are the callers' own, so it survives a fork and never spins."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

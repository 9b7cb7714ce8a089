"""The base model's folder: checking it before use, and loading model and tokenizer from it."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path
from typing import Any

from .errors import TrainerError, is_disk_full, is_out_of_memory
from .files import read_json, sha256_file

#: Written last into a prepared folder: name, licence, and size and SHA-256 of every file.
MARKER = "apprentice-model.json"


def broken(folder: Path, reason: str) -> TrainerError:
    """The error for a base model folder that cannot be used, with the reason."""
    return TrainerError(
        "broken_base_model",
        f"The base model is incomplete or damaged: {reason}.",
        "Prepare the base model again; a damaged one is replaced.",
        folder=str(folder),
        reason=reason,
    )


def check_base_model(folder: Path, *, hashes: bool = True) -> dict[str, Any]:
    """Checks a base model's folder and returns its marker, or {} where it was not made by ``prepare``.

    Every file of the marker must have its size and (with ``hashes``) its SHA-256. Without a marker
    the configuration, the tokenizer and the extent of the weights are checked.
    """
    if not folder.is_dir():
        raise broken(folder, "its folder is missing")
    marker = read_json(folder / MARKER)
    if isinstance(marker, dict) and isinstance(marker.get("files"), dict):
        for name, facts in marker["files"].items():
            _check_file(folder, name, facts, hashes)
        return marker
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        if not isinstance(read_json(folder / name), dict):
            raise broken(folder, f"{name} is missing or damaged")
    for weights in _weight_files(folder):
        _check_safetensors(folder, weights)
    return {}


def _check_file(folder: Path, name: str, facts: dict[str, Any], hashes: bool) -> None:
    path = folder / name
    try:
        size = path.stat().st_size
    except OSError:
        raise broken(folder, f"{name} is missing") from None
    if size != facts["bytes"]:
        raise broken(folder, f"{name} has the wrong size")
    if hashes and sha256_file(path) != facts["sha256"]:
        raise broken(folder, f"{name} was changed")


def _weight_files(folder: Path) -> list[Path]:
    index = read_json(folder / "model.safetensors.index.json")
    if isinstance(index, dict) and isinstance(index.get("weight_map"), dict):
        return [folder / name for name in sorted(set(index["weight_map"].values()))]
    return [folder / "model.safetensors"]


def _check_safetensors(folder: Path, path: Path) -> None:
    """Checks that a safetensors file is as long as its header says."""
    try:
        with path.open("rb") as stream:
            (length,) = struct.unpack("<Q", stream.read(8))
            if length > 100_000_000:
                raise ValueError("header too long")
            header = json.loads(stream.read(length))
        end = max(facts["data_offsets"][1] for name, facts in header.items() if name != "__metadata__")
        if path.stat().st_size != 8 + length + end:
            raise ValueError("wrong length")
    except (OSError, ValueError, struct.error, KeyError, TypeError):
        raise broken(folder, f"{path.name} is missing or damaged") from None


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer of a base model, with a padding token and a chat template."""
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    except Exception as error:
        raise _reason(folder, "its tokenizer cannot be read", error) from error
    if not tokenizer.chat_template:
        raise broken(folder, "its tokenizer has no chat template")
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_model(folder: Path, dtype: str = "float32") -> Any:
    """The base model's weights in the given type, on the graphics card when there is one."""
    import torch
    from transformers import AutoModelForCausalLM

    try:
        model = AutoModelForCausalLM.from_pretrained(
            str(folder), dtype=getattr(torch, dtype), local_files_only=True, use_safetensors=True
        )
    except Exception as error:
        raise _reason(folder, "its weights cannot be read", error) from error
    if torch.cuda.is_available():
        model = model.to("cuda")
    return model


def positions(model_config: Any) -> int:
    """The longest sequence that a model can take."""
    value = getattr(model_config, "max_position_embeddings", None)
    return int(value) if value else 1 << 30


def public_name(folder: Path) -> str:
    """The base model's name for files that leave the machine; never a local path."""
    marker = read_json(folder / MARKER) or {}
    return str(marker.get("hubId") or marker.get("name") or os.path.basename(folder))


def _reason(folder: Path, reason: str, error: Exception) -> Exception:
    if is_disk_full(error) or is_out_of_memory(error) or isinstance(error, ImportError):
        return error
    known = broken(folder, reason)
    known.details["detail"] = f"{type(error).__name__}: {error}"[:500]
    return known

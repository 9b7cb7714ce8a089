"""Settings of the commands, read strictly from camelCase JSON."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from .errors import TrainerError
from .files import sha256_file

T = TypeVar("T")

#: Rows that are answered together; fewer of long ones, see measuring.in_batches.
ANSWERED_AT_ONCE = 32


def _bad(message: str) -> TrainerError:
    return TrainerError("bad_config", f"The settings of this job are not usable: {message}.", "Correct the settings.")


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: "_" + match.group().lower(), name)


def _value(kind: Any, value: Any, name: str) -> Any:
    if isinstance(kind, types.UnionType):
        if value is None:
            return None
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    if dataclasses.is_dataclass(kind):
        if not isinstance(value, dict):
            raise _bad(f"{name} must be an object")
        return parse(typing.cast(Any, kind), value, f"{name}.")
    if kind is Path and isinstance(value, str) and value:
        return Path(value).absolute()
    if kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if typing.get_origin(kind) is dict and isinstance(value, dict):
        return value
    if kind in (bool, str) and isinstance(value, kind):
        return value
    raise _bad(f"{name} must be {'a path' if kind is Path else kind.__name__}, not {json.dumps(value)[:60]}")


def parse(kind: type[T], data: dict[str, Any], prefix: str = "") -> T:
    """Builds a settings object; unknown, missing and wrongly typed keys raise ``bad_config``."""
    hints = typing.get_type_hints(kind)
    fields = {item.name: item for item in dataclasses.fields(typing.cast(Any, kind))}
    values: dict[str, Any] = {}
    for key, value in data.items():
        if _snake(key) not in fields:
            raise _bad(f"{prefix}{key} is unknown")
        values[_snake(key)] = _value(hints[_snake(key)], value, f"{prefix}{key}")
    for name, item in fields.items():
        if name not in values and item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
            raise _bad(f"{prefix}{name} is missing")
    return kind(**values)


def _positive(config: object, *names: str) -> None:
    for name in names:
        value = getattr(config, name)
        if value is not None and not value > 0:
            raise _bad(f"{name} must be greater than 0")


@dataclass(frozen=True)
class LoraSettings:
    """Size and strength of the adapter."""

    r: int = 16
    alpha: int = 32
    #: None unless asked for: its random numbers take up to a quarter of the time on a processor.
    dropout: float = 0.0

    def __post_init__(self) -> None:
        _positive(self, "r", "alpha")
        if not 0 <= self.dropout < 1:
            raise _bad("lora.dropout must lie between 0 and 1")


@dataclass(frozen=True)
class TrainConfig:
    """Settings of one fine-tune."""

    run_dir: Path
    base_model: Path
    train_file: Path
    validation_file: Path | None = None
    epochs: float = 2.0
    learning_rate: float = 1e-3
    lora: LoraSettings = field(default_factory=LoraSettings)
    batch_size: int = 4
    gradient_accumulation: int = 2
    seed: int = 42
    max_length: int | None = None
    checkpoint_every_steps: int = 10
    eval_every_steps: int = 10
    max_steps: int | None = None

    def __post_init__(self) -> None:
        _positive(self, "epochs", "learning_rate", "batch_size", "gradient_accumulation", "max_length")
        _positive(self, "checkpoint_every_steps", "eval_every_steps", "max_steps")

    @property
    def job_dir(self) -> Path:
        """The run's folder."""
        return self.run_dir

    def fingerprint(self) -> str:
        """Identity of everything that decides the result; a changed one cannot be resumed."""
        values = dataclasses.asdict(self)
        for name in ("run_dir", "checkpoint_every_steps", "base_model"):
            values.pop(name)
        for name in ("train_file", "validation_file"):
            path = values[name]
            values[name] = sha256_file(path) if path else None
        return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class EvaluateConfig:
    """Settings of one comparison of base and tuned model on held-out rows."""

    run_dir: Path
    base_model: Path
    adapter: Path
    held_out_file: Path
    out_file: Path
    max_new_tokens: int = 256
    batch_size: int = ANSWERED_AT_ONCE

    def __post_init__(self) -> None:
        _positive(self, "max_new_tokens", "batch_size")

    @property
    def job_dir(self) -> Path:
        """The evaluation's own folder below the run."""
        return self.run_dir / "evaluation"


@dataclass(frozen=True)
class AnswerConfig:
    """Settings of answering given prompts with the base model, the tuned one, or both."""

    job_dir: Path
    base_model: Path
    adapter: Path
    rows_file: Path
    out_file: Path
    max_new_tokens: int = 256
    batch_size: int = ANSWERED_AT_ONCE
    #: JSON Schema that every answer has to follow; none: any text.
    reply_schema: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        _positive(self, "max_new_tokens", "batch_size")


@dataclass(frozen=True)
class PrepareConfig:
    """Where the base model is to be made ready."""

    data_dir: Path
    benchmark: bool = True

    @property
    def job_dir(self) -> Path:
        """The preparation's own folder."""
        return self.data_dir / "prepare"


@dataclass(frozen=True)
class ServeConfig:
    """Settings of the answering server."""

    base_model: Path
    log_dir: Path
    port: int = 0
    idle_seconds: float = 600.0
    max_adapters: int = 4

    def __post_init__(self) -> None:
        _positive(self, "idle_seconds", "max_adapters")

    @property
    def job_dir(self) -> Path:
        """Where the server keeps its log and lock."""
        return self.log_dir

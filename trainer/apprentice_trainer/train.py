"""``python -m apprentice_trainer.train``: fine-tunes the base model on a release."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from .base_model import check_base_model, load_model, load_tokenizer, positions, public_name
from .checkpoints import CheckpointStore
from .config import TrainConfig, parse
from .errors import TrainerError
from .events import EventLog
from .files import folder_bytes, publish_folder, read_json, write_json
from .job import StopFlag, run_job
from .memory import keep_freed_memory, step_back
from .rows import encode_all, read_rows


def train(config: TrainConfig, log: EventLog, stop: StopFlag, continued: bool) -> None:
    """Runs or goes on with one fine-tune; a finished one only repeats its ``done`` event."""
    keep_freed_memory()
    step_back()
    store = CheckpointStore(config.run_dir)
    finished = read_json(config.run_dir / "done.json")
    if isinstance(finished, dict) and adapter_is_whole(config.run_dir / "adapter"):
        store.clear()
        log.emit("done", **finished)
        return
    train_rows = read_rows(config.train_file)
    validation_rows = read_rows(config.validation_file) if config.validation_file else []
    _same_run(config)
    log.emit("loading", stage="base_model")
    check_base_model(config.base_model)
    stop.check()
    tokenizer = load_tokenizer(config.base_model)
    model = load_model(config.base_model)
    limit = min(config.max_length or positions(model.config), positions(model.config))
    encoded = encode_all(tokenizer, train_rows, limit, config.train_file)
    validation = encode_all(tokenizer, validation_rows, limit, config.validation_file or Path())
    log.emit(
        "data",
        rows=len(encoded),
        tokens=sum(len(row.input_ids) for row in encoded),
        replyTokens=sum(row.reply_tokens for row in encoded),
        longestRow=max(len(row.input_ids) for row in encoded),
        validationRows=len(validation),
    )
    stop.check()

    from .fine_tune import FineTuner, add_adapter

    tuner = FineTuner(config, add_adapter(model, config), tokenizer, encoded, validation, log, store, stop)
    tuner.continued = continued
    tuner.run_to_end()
    result = _finish(config, tuner)
    write_json(config.run_dir / "done.json", result)
    log.emit("done", **result)
    store.clear()


def _finish(config: TrainConfig, tuner: Any) -> dict[str, Any]:
    """Publishes the adapter and returns the fields of the ``done`` event."""
    adapter = config.run_dir / "adapter"
    temporary = config.run_dir / ".adapter.new"
    shutil.rmtree(temporary, ignore_errors=True)
    # The adapter leaves this machine: it must name its base model, not a folder of ours.
    tuner.model.peft_config["default"].base_model_name_or_path = public_name(config.base_model)
    tuner.model.save_pretrained(str(temporary), safe_serialization=True)
    (temporary / "README.md").unlink(missing_ok=True)
    publish_folder(temporary, adapter)
    totals = tuner.totals
    return {
        "adapterDir": str(adapter),
        "adapterBytes": folder_bytes(adapter),
        "steps": totals.step,
        "loss": totals.loss,
        "validationLoss": totals.validation_loss,
        "tokens": totals.tokens,
        "seconds": round(totals.seconds, 3),
        "tokensPerSecond": round(totals.tokens / totals.seconds, 2) if totals.seconds else None,
    }


def adapter_is_whole(folder: Path) -> bool:
    """Whether a folder holds an adapter in PEFT's layout."""
    return (folder / "adapter_config.json").is_file() and (folder / "adapter_model.safetensors").is_file()


def _same_run(config: TrainConfig) -> None:
    """Refuses a folder that already belongs to a run with other data or settings."""
    path = config.run_dir / "run.json"
    fingerprint = config.fingerprint()
    known = read_json(path)
    if known is None:
        write_json(path, {"fingerprint": fingerprint})
    elif known.get("fingerprint") != fingerprint:
        raise TrainerError(
            "bad_config",
            "This folder belongs to a run with other examples or settings.",
            "Start a new run instead of going on with this one.",
        )


if __name__ == "__main__":
    sys.exit(run_job("train", lambda data: parse(TrainConfig, data), train))

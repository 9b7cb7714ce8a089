"""A few real training steps, to know how fast this machine trains."""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .base_model import load_model, load_tokenizer
from .checkpoints import CheckpointStore
from .config import TrainConfig
from .events import SilentLog
from .files import now
from .job import StopFlag
from .rows import Encoded, Row, encode_row

STEPS = 7

_QUESTIONS = [
    "My parcel has not arrived yet, although it was sent last week. Where is it?",
    "I would like to change the delivery address of my order before it leaves your warehouse.",
    "The lamp came with a broken shade. What can you do for me?",
    "Can I pay by invoice, and how long do I have to pay it?",
]
_ANSWER = (
    "Thank you for your message. I have looked up your order and will take care of it today. "
    "You will get an answer from us by e-mail before the evening. Kind regards, your service team"
)


def _rows(tokenizer: Any) -> list[Encoded]:
    system = "You answer the customers of a small shop, politely and to the point."
    rows = [
        Row(
            line,
            str(line),
            [{"role": "system", "content": system}, {"role": "user", "content": question}],
            [{"role": "assistant", "content": _ANSWER}],
        )
        for line, question in enumerate(_QUESTIONS * 2, start=1)
    ]
    return [encode_row(tokenizer, row) for row in rows]


def machine() -> str:
    """The machine in words: processor cores or graphics card."""
    import torch

    if torch.cuda.is_available():
        return torch.cuda.get_device_name(0)
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{count} CPU cores, {platform.machine()}"


def measure(base_model: Path, progress: Callable[[int, int], None], stop: StopFlag) -> dict[str, Any]:
    """Trains a few steps and returns {tokensPerSecond, machine, at}; the first two only warm up."""
    from .fine_tune import FineTuner, add_adapter

    class Counting(SilentLog):
        def emit(self, event: str, **fields: Any) -> None:
            super().emit(event, **fields)
            if event == "step":
                progress(fields["step"], STEPS)

    with tempfile.TemporaryDirectory(prefix="apprentice-benchmark-") as folder:
        config = TrainConfig(
            run_dir=Path(folder),
            base_model=base_model,
            train_file=Path(folder),
            max_steps=STEPS,
            gradient_accumulation=1,
            checkpoint_every_steps=10_000,
        )
        tokenizer = load_tokenizer(base_model)
        log = Counting()
        rows = _rows(tokenizer)
        model = add_adapter(load_model(base_model), config)
        FineTuner(config, model, tokenizer, rows, [], log, CheckpointStore(Path(folder)), stop).run_to_end()
    speeds = [record["tokensPerSecond"] for record in log.records if record["event"] == "step"]
    return {"tokensPerSecond": statistics.median(speeds[2:]), "machine": machine(), "at": now()}

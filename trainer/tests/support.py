"""What the tests share: original rows, a job that runs as its own process, and its events."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

TRAINER = Path(__file__).resolve().parents[1]

SYSTEM = "You answer the customers of the Lindenhof lamp shop. Be warm, be brief, and sign as Your Lindenhof team."

_PAIRS = [
    ("Where is my floor lamp? I ordered it on Monday.", "It left us this morning and will be with you on Friday."),
    (
        "The shade arrived with a dent.",
        "We are sorry about the dent. A new shade is on its way, and you may keep the old one.",
    ),
    ("Can I return the desk lamp?", "Of course. You have thirty days, and the return label is in the box."),
    (
        "Do you sell bulbs for the Aurora model?",
        "We do. The Aurora takes an E14 bulb, and a pack of three costs nine euros.",
    ),
    ("My discount code does not work.", "The code ended on Sunday. We have put a new one into your account."),
    ("Please cancel my order.", "Your order is cancelled. The money will be back within five days."),
    ("Is the garden light waterproof?", "Yes, it is. It may stand in the rain, but not under water."),
    ("I need an invoice for my company.", "The invoice is in your mailbox now, with your company's name on it."),
    ("The switch hums.", "A humming switch is not right. Please stop using the lamp; a new switch is on its way."),
    ("Can you deliver to Austria?", "We can. Delivery to Austria takes four days and costs eight euros."),
    ("Which lamp suits a small hall?", "For a small hall we like the Pearl. It is bright and needs little room."),
    ("I moved. Can you change my address?", "Your new address is noted, and your parcel will go there."),
]


def rows(count: int = len(_PAIRS)) -> list[dict[str, Any]]:
    """Original support rows; ids r1, r2, …"""
    return [
        {
            "id": f"r{number}",
            "prompt": [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}],
            "completion": [{"role": "assistant", "content": f"Thank you for writing. {reply} Your Lindenhof team"}],
        }
        for number, (question, reply) in enumerate((_PAIRS * (count // len(_PAIRS) + 1))[:count], start=1)
    ]


def write_rows(path: Path, items: list[Any]) -> Path:
    """Writes rows (or raw lines) as JSONL."""
    lines = [item if isinstance(item, str) else json.dumps(item) for item in items]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def start(command: str, config: dict[str, Any], folder: Path, **options: Any) -> subprocess.Popen[str]:
    """Starts a command as the worker would, with its stdout as a pipe."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{command}.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", f"apprentice_trainer.{command}", "--config", str(path)],
        cwd=TRAINER,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", **options.pop("env", {})},
        **options,
    )


def run(command: str, config: dict[str, Any], folder: Path, **options: Any) -> tuple[int, list[dict[str, Any]]]:
    """Runs a command to its end; returns exit status and the events of its stdout."""
    process = start(command, config, folder, **options)
    try:
        out, _ = process.communicate(timeout=900)  # generous: the machine may be busy with other tests
    finally:
        process.kill()
    return process.returncode, [json.loads(line) for line in out.splitlines()]


def metrics(folder: Path) -> list[dict[str, Any]]:
    """The events in a job folder's file."""
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()]


def effective(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events that count after resuming: a ``resumed`` drops what came after its checkpoint."""
    kept: list[dict[str, Any]] = []
    for event in events:
        if event["event"] == "resumed":
            kept = [item for item in kept if item.get("step", 0) <= event["fromStep"]]
        kept.append(event)
    return kept


def steps(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The step events that count."""
    return [event for event in effective(events) if event["event"] == "step"]


def training_job(base_model: Path, folder: Path) -> dict[str, Any]:
    """Settings of a small training of some rows, with everything that it writes in this folder."""
    return {
        "runDir": str(folder / "run"),
        "baseModel": str(base_model),
        "trainFile": str(write_rows(folder / "train.jsonl", rows())),
        "validationFile": str(write_rows(folder / "validation.jsonl", rows(3))),
        "epochs": 20,
        "learningRate": 0.01,
        "lora": {"r": 4, "alpha": 8, "dropout": 0.1},
        "batchSize": 2,
        "gradientAccumulation": 2,
        "seed": 7,
        "checkpointEverySteps": 7,
        "evalEverySteps": 20,
        "maxSteps": 60,
    }

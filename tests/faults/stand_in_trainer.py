#!/usr/bin/env python3
"""A stand-in for the trainer in tests of the worker: it learns nothing.

It speaks the contract of trainer/README.md (lock, metrics.jsonl, exit statuses, resume, done.json, outFile)
in a second instead of minutes. The real trainer is killed in tests/faults/run-kills.training.test.ts and in
trainer/tests.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import sys
import time
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

STEPS = 4
PAUSE = 0.03


def append(folder: Path, job: str, event: str, **fields: Any) -> None:
    at = datetime.now(timezone.utc).isoformat()
    with (folder / "metrics.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"event": event, "job": job, "at": at, **fields}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.rename(path)


def train(config: dict[str, Any], folder: Path) -> None:
    done = folder / "done.json"
    if not done.exists():
        saved = folder / "checkpoints" / "step"
        begin = int(saved.read_text()) if saved.exists() else 0
        append(folder, "train", "started", totalSteps=STEPS, resumedFromStep=begin or None)
        for step in range(begin + 1, STEPS + 1):
            time.sleep(PAUSE)
            append(folder, "train", "step", step=step, loss=3.0 / step, learningRate=0.001, tokensPerSecond=100.0)
            write(saved, str(step))
            append(folder, "train", "checkpoint", step=step)
        append(folder, "train", "validation", step=STEPS, loss=1.0, rows=1)
        rows = Path(config["trainFile"]).read_text(encoding="utf-8").count("\n")
        write(folder / "adapter" / "adapter_config.json", json.dumps({"rows": rows}))
        write(folder / "adapter" / "adapter_model.safetensors", "weights " * 2_000)
        write(done, json.dumps({"steps": STEPS}))
    append(folder, "train", "done", steps=STEPS, loss=3.0 / STEPS)


def arm(text: str) -> dict[str, Any]:
    return {"loss": 1.0, "replyTokens": 4, "answer": text, "tokens": 3, "finished": True, "seconds": 0.1, "errors": []}


def evaluate(config: dict[str, Any], folder: Path) -> None:
    lines = Path(config["heldOutFile"]).read_text(encoding="utf-8").splitlines()
    rows = [{"id": json.loads(line)["id"], "base": arm("base"), "tuned": arm("tuned")} for line in lines]
    for stage in ("base:loss", "base:answer", "tuned:loss", "tuned:answer"):
        time.sleep(PAUSE)
        append(folder, "evaluate", "progress", stage=stage, done=len(rows), total=len(rows), unit="rows")
    settings = {"maxNewTokens": 16, "batchSize": 16, "decoding": "greedy", "dtype": "none", "baseModel": "stand-in"}
    write(Path(config["outFile"]), json.dumps({"rows": rows, "settings": settings}))
    append(folder, "evaluate", "done", outFile=config["outFile"], seconds=0.1)


def spoken(row: dict[str, Any]) -> dict[str, Any]:
    asked = row["prompt"][-1]["content"]
    if "TOO LONG" in asked:
        return {**arm(""), "answer": None, "errors": ["ValueError: too long"]}
    return arm("I cannot help with that." if "DECLINE" in asked else f"{row['model']} says yes to {row['id']}")


def answer(config: dict[str, Any], folder: Path) -> None:
    """
    Says who answers; declines what holds DECLINE, and cannot answer what holds TOO LONG. Keeps what
    it has answered, as the trainer does.
    """
    rows = [json.loads(line) for line in Path(config["rowsFile"]).read_text(encoding="utf-8").splitlines()]
    kept = folder / "answers.json"
    answers: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    append(folder, "answer", "started", rows=len(rows), unusableRows=0, already=len(answers))
    for model in ("base", "tuned"):
        own = [row for row in rows if row["model"] == model]
        time.sleep(PAUSE)
        for row in own:
            answers.setdefault(row["id"], {"id": row["id"], **spoken(row)})
        write(kept, json.dumps(answers))
        for kind in ("loss", "answer"):
            append(folder, "answer", "progress", stage=f"{model}:{kind}", done=len(own), total=len(own), unit="rows")
    settings = {"maxNewTokens": 16, "batchSize": 16, "decoding": "greedy", "dtype": "none", "baseModel": "stand-in"}
    listed = [answers[row["id"]] for row in rows]
    write(Path(config["outFile"]), json.dumps({"rows": listed, "unusableRows": [], "settings": settings}))
    append(folder, "answer", "done", outFile=config["outFile"], rows=len(rows), failedRows=0, seconds=0.1)


class Asked(BaseHTTPRequestHandler):
    """Answers at once; what holds NEVER ENDS is answered until whoever asked has left."""

    folder: Path

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model = "base" if request["adapter"] is None else "tuned"
        self.note(f"{model} asked")
        if "NEVER ENDS" in request["messages"][-1]["content"]:
            select.select([self.connection], [], [])
            self.close_connection = True
            return self.note(f"{model} left")
        body = {"text": f"{model} answers", "tokens": 2, "seconds": 0.1, "finished": True}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def note(self, line: str) -> None:
        with (self.folder / "asked.txt").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def log_message(self, format: str, *args: Any) -> None:
        pass


def serve(config: dict[str, Any]) -> None:
    Asked.folder = Path(config["logDir"])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    print(json.dumps({"event": "listening", "port": server.server_address[1]}), flush=True)
    server.serve_forever()


def main() -> int:
    command = sys.argv[2].rsplit(".", 1)[1]
    config = json.loads(Path(sys.argv[4]).read_text(encoding="utf-8"))
    if command == "serve":
        serve(config)
        return 0
    folder = Path(config["jobDir"] if command == "answer" else config["runDir"])
    if command == "evaluate":
        folder = folder / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return 15
    {"train": train, "evaluate": evaluate, "answer": answer}[command](config, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

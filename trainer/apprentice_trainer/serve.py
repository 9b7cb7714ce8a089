"""``python -m apprentice_trainer.serve``: answers for the playground, on the loopback address only."""

from __future__ import annotations

import hmac
import json
import os
import select
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .adapters import AdapterPool
from .answering import answer_batch
from .base_model import check_base_model, load_model, load_tokenizer, positions
from .config import ServeConfig, parse
from .errors import TrainerError, explain
from .events import EventLog
from .job import StopFlag, run_job
from .memory import keep_freed_memory
from .rows import prompt_tokens

SECRET_HEADER = "X-Apprentice-Secret"
MOST_BYTES = 1_000_000
MOST_NEW_TOKENS = 2_048
MOST_SECONDS = 120.0

_STATUS = {"bad_request": 400, "too_long": 400, "broken_adapter": 404, "out_of_memory": 503, "stopping": 503}


class Refused(Exception):
    """A request that cannot be answered, with a code and a plain sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Gone(Exception):
    """The client left, or its answer took too long."""


class Answerer:
    """One base model behind a lock: requests are answered one after the other."""

    def __init__(self, config: ServeConfig, stop: StopFlag) -> None:
        self._tokenizer = load_tokenizer(config.base_model)
        base = load_model(config.base_model)
        base.eval()
        self._limit = positions(base.config)
        self._pool = AdapterPool(base, config.max_adapters, config.idle_seconds)
        self._lock = threading.Lock()
        self._stop = stop

    def answer(self, request: Any, client: socket.socket) -> dict[str, Any]:
        """Answers one request; raises Refused, Gone or TrainerError."""
        adapter, messages, most = _read(request)
        prompt = prompt_tokens(self._tokenizer, messages)
        if len(prompt) + most > self._limit:
            raise Refused("too_long", f"Prompt and answer together exceed the {self._limit:,} tokens of this model.")
        with self._lock:
            began = time.monotonic()

            def check() -> None:
                if self._stop.is_set:
                    raise Refused("stopping", "The model server is stopping.")
                if time.monotonic() - began > MOST_SECONDS or _has_left(client):
                    raise Gone

            with self._pool.chosen(adapter) as model:
                found = answer_batch(model, self._tokenizer, [prompt], most, check)[0]
            seconds = round(time.monotonic() - began, 3)
        return {"text": found.text, "tokens": found.tokens, "finished": found.finished, "seconds": seconds}

    def tidy(self) -> None:
        """Unloads idle adapters, unless an answer is being made."""
        if self._lock.acquire(blocking=False):
            try:
                self._pool.unload_idle()
            finally:
                self._lock.release()

    @property
    def loaded_adapters(self) -> int:
        """How many adapters are in memory."""
        return len(self._pool)


def _read(request: Any) -> tuple[Path | None, list[dict[str, str]], int]:
    if not isinstance(request, dict):
        raise Refused("bad_request", "The request is not an object.")
    adapter, messages, most = request.get("adapter"), request.get("messages"), request.get("maxNewTokens", 256)
    if adapter is not None and not (isinstance(adapter, str) and Path(adapter).is_absolute()):
        raise Refused("bad_request", "adapter must be null or an absolute path.")
    if not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= MOST_NEW_TOKENS:
        raise Refused("bad_request", f"maxNewTokens must lie between 1 and {MOST_NEW_TOKENS}.")
    if not isinstance(messages, list) or len(messages) < 2:
        raise Refused("bad_request", "messages must be a list that begins with a system message.")
    for message in messages:
        known = isinstance(message, dict) and message.get("role") in ("system", "user", "assistant")
        if not known or not isinstance(message.get("content"), str):
            raise Refused("bad_request", "Every message needs a role and a text.")
    if messages[0]["role"] != "system" or messages[-1]["role"] != "user":
        raise Refused("bad_request", "messages must begin with a system message and end with a user message.")
    return (Path(adapter) if adapter else None), messages, most


def _has_left(client: socket.socket) -> bool:
    try:
        readable, _, _ = select.select([client], [], [], 0)
        return bool(readable) and client.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return True


class Handler(BaseHTTPRequestHandler):
    """Two routes: GET /health and POST /answer, both behind the shared secret."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Health."""
        if not self._allowed():
            return
        if self.path != "/health":
            return self._send(404, {"code": "not_found", "message": "There is nothing here."})
        self._send(200, {"ready": True, "adapters": self.server.answerer.loaded_adapters})

    def do_POST(self) -> None:
        """An answer."""
        if not self._allowed():
            return
        if self.path != "/answer":
            return self._send(404, {"code": "not_found", "message": "There is nothing here."})
        try:
            length = int(self.headers.get("Content-Length") or "0")
            if not 0 < length <= MOST_BYTES:
                raise Refused("bad_request", "The request is empty or too large.")
            request = json.loads(self.rfile.read(length))
            self._send(200, self.server.answerer.answer(request, self.connection))
        except (Gone, ConnectionError):
            self.close_connection = True
        except Refused as error:
            self._send(_STATUS[error.code], {"code": error.code, "message": str(error)})
        except ValueError:
            self._send(400, {"code": "bad_request", "message": "The request is not JSON."})
        except Exception as error:  # noqa: BLE001 - every failure becomes a sentence
            known: TrainerError = explain(error, "the model server")
            self._send(_STATUS.get(known.code, 500), {"code": known.code, "message": known.message, "hint": known.hint})

    def _allowed(self) -> bool:
        given = (self.headers.get(SECRET_HEADER) or "").encode("utf-8", "replace")
        if hmac.compare_digest(given, self.server.secret):
            return True
        self.close_connection = True
        self._send(401, {"code": "unauthorized", "message": "The shared secret is missing or wrong."})
        return False

    def _send(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: requests hold people's texts."""


class Server(ThreadingHTTPServer):
    """The HTTP server on 127.0.0.1."""

    daemon_threads = True

    def __init__(self, port: int, answerer: Answerer, secret: bytes) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.answerer = answerer
        self.secret = secret


def serve(config: ServeConfig, log: EventLog, stop: StopFlag, continued: bool) -> None:
    """Serves until SIGTERM, or until the process that started it is gone."""
    parent = os.getppid()
    secret = os.environ.pop("APPRENTICE_TRAINER_SECRET", "").encode()
    if len(secret) < 16:
        raise TrainerError(
            "bad_config",
            "The model server needs a shared secret of at least 16 characters.",
            "Set APPRENTICE_TRAINER_SECRET and start again.",
        )
    keep_freed_memory()
    check_base_model(config.base_model)
    stop.check()
    answerer = Answerer(config, stop)
    try:
        server = Server(config.port, answerer, secret)
    except OSError as error:
        raise TrainerError(
            "bad_config", f"Port {config.port} is taken.", "Use port 0 to get a free one.", detail=str(error)
        ) from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    log.emit("listening", port=server.server_address[1], pid=os.getpid())
    while not stop.is_set and os.getppid() == parent:
        answerer.tidy()
        time.sleep(0.5)
    server.shutdown()
    log.emit("done")


if __name__ == "__main__":
    sys.exit(run_job("serve", lambda data: parse(ServeConfig, data), serve))

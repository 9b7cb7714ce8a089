"""Loss per reply token, measured the same way during training and in the evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .rows import Encoded


@dataclass(frozen=True)
class RowLoss:
    """The mean loss over one row's reply tokens, in nats."""

    loss: float
    tokens: int


def mean_loss(losses: list[RowLoss]) -> float:
    """Mean loss per reply token over rows: long replies weigh as many tokens as they have."""
    return sum(item.loss * item.tokens for item in losses) / sum(item.tokens for item in losses)


def score_batch(model: Any, rows: list[Encoded], pad_id: int) -> list[RowLoss]:
    """Loss of every row of a batch. The model must be in evaluation mode."""
    import torch

    device = next(model.parameters()).device
    longest = max(len(row.input_ids) for row in rows)
    ids = torch.tensor([row.input_ids + [pad_id] * (longest - len(row.input_ids)) for row in rows], device=device)
    labels = torch.tensor([row.labels + [-100] * (longest - len(row.labels)) for row in rows], device=device)
    mask = torch.tensor(
        [[1] * len(row.input_ids) + [0] * (longest - len(row.input_ids)) for row in rows], device=device
    )
    # Only the positions from the first reply token on need logits: the vocabulary is the largest matrix.
    first = min(row.prompt_length for row in rows)
    keep = longest - first + 1
    with torch.inference_mode():
        logits = model(input_ids=ids, attention_mask=mask, use_cache=False, logits_to_keep=keep).logits[:, :-1]
        targets = labels[:, -(keep - 1) :]
        losses = torch.nn.functional.cross_entropy(
            logits.float().transpose(1, 2), targets, ignore_index=-100, reduction="none"
        ).sum(dim=1)
    return [RowLoss(float(loss) / row.reply_tokens, row.reply_tokens) for loss, row in zip(losses, rows)]


def score_rows(
    model: Any, rows: list[Encoded], pad_id: int, batch_size: int, check: Callable[[], None] | None = None
) -> list[RowLoss]:
    """Loss of many rows in their order; ``check`` is called before every batch and may raise."""
    was_training = model.training
    model.eval()
    order = sorted(range(len(rows)), key=lambda index: len(rows[index].input_ids))
    results: dict[int, RowLoss] = {}
    try:
        for start in range(0, len(order), batch_size):
            if check:
                check()
            part = order[start : start + batch_size]
            results.update(zip(part, score_batch(model, [rows[index] for index in part], pad_id)))
    finally:
        model.train(was_training)
    return [results[index] for index in range(len(rows))]

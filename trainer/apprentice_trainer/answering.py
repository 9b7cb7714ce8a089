"""Greedy answers, one by one or in left-padded batches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .constraint import ReplyConstraint


@dataclass(frozen=True)
class Answer:
    """What a model answered; ``finished`` is False when the limit cut it off."""

    text: str
    tokens: int
    finished: bool


def end_tokens(model: Any, tokenizer: Any) -> list[int]:
    """The tokens that end a reply: the tokenizer's own and those that the model names."""
    named = model.generation_config.eos_token_id
    ids = named if isinstance(named, list) else [named]
    return sorted({int(item) for item in [*ids, tokenizer.eos_token_id] if item is not None})


def answer_batch(
    model: Any,
    tokenizer: Any,
    prompts: list[list[int]],
    max_new_tokens: int,
    check: Callable[[], None] | None = None,
    constraint: ReplyConstraint | None = None,
) -> list[Answer]:
    """Answers prompts (as tokens) greedily; ``check`` is called before every token and may raise."""
    import torch
    from transformers import GenerationConfig, StoppingCriteria, StoppingCriteriaList

    class Checking(StoppingCriteria):
        def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
            if check:
                check()
            return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)

    ends = end_tokens(model, tokenizer)
    device = next(model.parameters()).device
    longest = max(len(prompt) for prompt in prompts)
    pad = tokenizer.pad_token_id
    ids = torch.tensor([[pad] * (longest - len(prompt)) + prompt for prompt in prompts], device=device)
    mask = torch.tensor([[0] * (longest - len(prompt)) + [1] * len(prompt) for prompt in prompts], device=device)
    # A fresh configuration: nothing of a base model's sampling defaults may leak into a comparison.
    settings = GenerationConfig(
        max_new_tokens=max_new_tokens, do_sample=False, num_beams=1, pad_token_id=pad, eos_token_id=ends, use_cache=True
    )
    with torch.inference_mode():
        output = model.generate(
            input_ids=ids,
            attention_mask=mask,
            generation_config=settings,
            stopping_criteria=StoppingCriteriaList([Checking()]),
            logits_processor=constraint.processors(len(prompts), longest) if constraint else None,
        )
    return [_read(tokenizer, row.tolist(), ends) for row in output[:, longest:]]


def _read(tokenizer: Any, tokens: list[int], ends: list[int]) -> Answer:
    for position, token in enumerate(tokens):
        if token in ends:
            return Answer(_text(tokenizer, tokens[:position]), position, True)
    return Answer(_text(tokenizer, tokens), len(tokens), False)


def _text(tokenizer: Any, tokens: list[int]) -> str:
    return tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False).strip()

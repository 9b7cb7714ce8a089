"""Answers that can be nothing but JSON of a given shape, token by token (llguidance)."""

from __future__ import annotations

from typing import Any

from .errors import TrainerError

#: White space as JSON writers put it: none or one space; a model cannot lose itself in blank lines.
_SPACING = {"whitespace_flexible": True, "whitespace_pattern": "[ ]?"}


class ReplyConstraint:
    """Keeps greedy answers inside a JSON Schema; one for a model, shared by all its batches.

    Raises ``bad_config`` where the schema is none that can be followed.
    """

    def __init__(self, tokenizer: Any, ends: list[int], schema: dict[str, Any]) -> None:
        from llguidance import LLMatcher
        from llguidance.hf import from_tokenizer

        self._grammar = LLMatcher.grammar_from_json_schema(schema, overrides=_SPACING)
        self._ends = ends
        self._tokenizer = from_tokenizer(tokenizer, eos_token=ends)
        problem = LLMatcher.validate_grammar(self._grammar, self._tokenizer)
        if problem:
            raise TrainerError(
                "bad_config", "The shape of the replies cannot be followed.", "Correct the settings.", detail=problem
            )

    def processors(self, rows: int, prompt_length: int) -> Any:
        """What ``generate`` asks before every token of a batch whose prompts end at one place."""
        from llguidance import LLMatcher
        from transformers import LogitsProcessorList

        matchers = [LLMatcher(self._tokenizer, self._grammar) for _ in range(rows)]
        return LogitsProcessorList([_Mask(matchers, prompt_length, self._ends)])


class _Mask:
    """Leaves each row the tokens that its grammar allows; where the shape is whole, those that end it."""

    def __init__(self, matchers: list[Any], prompt_length: int, ends: list[int]) -> None:
        self.matchers = matchers
        self.prompt_length = prompt_length
        self.ends = ends

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        import torch
        from llguidance.numpy import allocate_token_bitmask, apply_token_bitmask_inplace, fill_next_token_bitmask

        values = scores.float().cpu().numpy()
        for row, matcher in enumerate(self.matchers):
            if input_ids.shape[1] > self.prompt_length and not matcher.is_stopped():
                matcher.consume_token(int(input_ids[row, -1]))
            if matcher.is_error():
                raise ValueError(f"the answer left its shape: {matcher.get_error()}")
            if matcher.is_stopped():
                kept = values[row, self.ends].copy()
                values[row] = -float("inf")
                values[row, self.ends] = kept
                continue
            allowed = allocate_token_bitmask(1, values.shape[1])
            fill_next_token_bitmask(matcher, allowed)
            apply_token_bitmask_inplace(values[row : row + 1], allowed)
        return torch.from_numpy(values).to(scores.device, scores.dtype)

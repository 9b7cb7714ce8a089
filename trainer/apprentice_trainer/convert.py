"""From a quantised GGUF file to a model folder in bf16 safetensors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Progress = Callable[[int, int], None]


class _Meter:
    """Stands in for tqdm in the converter, so that its tensors are counted."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self, items: Iterable[Any], *_: Any, **__: Any) -> Iterator[Any]:
        known = list(items)
        for done, item in enumerate(known):
            self._progress(done, len(known))
            yield item
        self._progress(len(known), len(known))


def convert_gguf(gguf: Path, folder: Path, progress: Progress) -> None:
    """De-quantises a GGUF file into ``folder`` (weights, configuration, tokenizer)."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, modeling_gguf_pytorch_utils

    progress(0, 1)
    original = modeling_gguf_pytorch_utils.tqdm
    modeling_gguf_pytorch_utils.tqdm = _Meter(progress)
    try:
        model = AutoModelForCausalLM.from_pretrained(
            str(gguf.parent), gguf_file=gguf.name, dtype=torch.bfloat16, local_files_only=True
        )
    finally:
        modeling_gguf_pytorch_utils.tqdm = original
    tokenizer = AutoTokenizer.from_pretrained(str(gguf.parent), gguf_file=gguf.name, local_files_only=True)
    # The weights are plain numbers now; what says otherwise would make loading fail.
    model.hf_quantizer = None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    model.config.pad_token_id = tokenizer.pad_token_id
    model.save_pretrained(str(folder), safe_serialization=True)
    tokenizer.save_pretrained(str(folder))

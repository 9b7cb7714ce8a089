"""A base model in miniature, so that a step takes milliseconds, and the real one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from support import rows, training_job

LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what this machine cannot do: a skipped test counts as failed."""
    left = config.stash[LEFT_OUT] = []
    for item in list(items):
        for marker in item.iter_markers("needs"):
            condition, reason = marker.args
            if not condition:
                items.remove(item)
                left.append(f"left out: {item.name}: {reason}")
                break


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for line in config.stash.get(LEFT_OUT, []):
        terminalreporter.write_line(line)


REAL = Path(
    os.environ.get("APPRENTICE_BASE_MODEL")
    or Path(__file__).resolve().parents[2] / ".data" / "trainer" / "models" / "smollm2-135m-instruct"
)


@pytest.fixture(scope="session")
def real_model() -> Path:
    """The prepared base model."""
    assert (REAL / "apprentice-model.json").exists(), f"no prepared base model at {REAL}; run prepare first"
    return REAL


CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def _save_tokenizer(folder: Path) -> int:
    """A byte-level tokenizer learned from the test rows; returns the size of its vocabulary."""
    from tokenizers import ByteLevelBPETokenizer
    from transformers import PreTrainedTokenizerFast

    bpe = ByteLevelBPETokenizer()
    texts = [message["content"] for row in rows() for message in row["prompt"] + row["completion"]]
    bpe.train_from_iterator(texts, vocab_size=500, special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bpe._tokenizer, eos_token="<|im_end|>", pad_token="<|im_end|>", bos_token="<|im_start|>"
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.save_pretrained(str(folder))
    return len(tokenizer)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model of two small layers in a folder of its own."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    import apprentice_trainer  # noqa: F401 - sets the environment first

    folder = tmp_path_factory.mktemp("tiny") / "model"
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=_save_tokenizer(folder),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        tie_word_embeddings=False,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=2,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


@pytest.fixture
def job(tiny_model: Path, tmp_path: Path) -> dict[str, Any]:
    """Settings of a small training on the tiny model."""
    return training_job(tiny_model, tmp_path)


@pytest.fixture(scope="session")
def adapter(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter for the tiny model whose answers differ from the base model's."""
    import torch

    from apprentice_trainer.base_model import load_model
    from apprentice_trainer.config import TrainConfig
    from apprentice_trainer.fine_tune import add_adapter

    folder = tmp_path_factory.mktemp("adapter")
    model = add_adapter(load_model(tiny_model), TrainConfig(folder, tiny_model, folder))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter.normal_(std=0.2)
    model.save_pretrained(str(folder / "adapter"))
    return folder / "adapter"

"""The fine-tune itself: TRL's SFTTrainer with events, whole checkpoints and prompt stopping."""

from __future__ import annotations

import math
import os
import random
import time
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from peft import LoraConfig, get_peft_model
from transformers import Trainer, TrainerCallback, set_seed
from trl import SFTConfig, SFTTrainer

from .checkpoints import CheckpointStore, Totals
from .config import TrainConfig
from .errors import StopRequested, TrainerError
from .events import EventLog
from .job import StopFlag
from .rows import Encoded
from .scoring import mean_loss, score_rows


def add_adapter(model: Any, config: TrainConfig) -> Any:
    """A model with a fresh adapter on all its linear layers; the seed decides its first weights."""
    set_seed(config.seed)
    lora = LoraConfig(
        task_type="CAUSAL_LM",
        r=config.lora.r,
        lora_alpha=config.lora.alpha,
        lora_dropout=config.lora.dropout,
        target_modules="all-linear",
    )
    return get_peft_model(model, lora)


def _settings(config: TrainConfig, output_dir: str) -> SFTConfig:
    on_gpu = torch.cuda.is_available()
    return SFTConfig(
        output_dir=output_dir,
        use_cpu=not on_gpu,
        bf16=on_gpu and torch.cuda.is_bf16_supported(),
        fp16=False,
        seed=config.seed,
        data_seed=config.seed,
        num_train_epochs=config.epochs,
        max_steps=config.max_steps or -1,
        per_device_train_batch_size=config.batch_size,
        gradient_accumulation_steps=config.gradient_accumulation,
        learning_rate=config.learning_rate,
        lr_scheduler_type="linear",
        optim="adamw_torch",
        weight_decay=0.0,
        max_grad_norm=1.0,
        max_length=None,
        packing=False,
        activation_checkpointing=False,
        logging_strategy="steps",
        logging_steps=1,
        logging_nan_inf_filter=False,
        eval_strategy="no",
        save_strategy="steps",
        save_steps=config.checkpoint_every_steps,
        save_total_limit=None,
        dataloader_num_workers=0,
        dataloader_pin_memory=False,
        disable_tqdm=True,
        report_to=[],
        dataset_kwargs={"skip_prepare_dataset": True},
    )


def _random_states() -> dict[str, Any]:
    states: dict[str, Any] = {
        "python": random.getstate(),
        "numpy": np.random.get_state(),
        "cpu": torch.random.get_rng_state(),
    }
    if torch.cuda.is_available():
        states["cuda"] = torch.cuda.random.get_rng_state()
    return states


class FineTuner(SFTTrainer):
    """One run from its last complete checkpoint to its last step.

    Raises StopRequested (with the step that was saved) as soon as the stop flag is seen, which is
    looked at before and after every layer of the model, not only between steps.
    """

    def __init__(
        self,
        config: TrainConfig,
        model: Any,
        tokenizer: Any,
        train: list[Encoded],
        validation: list[Encoded],
        log: EventLog,
        store: CheckpointStore,
        stop: StopFlag,
    ) -> None:
        self.run = config
        self.log_events = log
        self.store = store
        self.stop = stop
        self.validation = validation
        self.totals = Totals()
        self.continued = False
        self._step_tokens = 0
        self._states: dict[str, Any] | None = None
        rows = [{"input_ids": row.input_ids, "labels": row.labels} for row in train]
        super().__init__(
            model=model,
            args=_settings(config, str(store.folder)),
            train_dataset=Dataset.from_list(rows),
            processing_class=tokenizer,
            callbacks=[_Reporter(self)],
        )
        self._watch_for_stop()

    def run_to_end(self) -> None:
        """Trains; resumes by itself. On a stop request the last finished step is saved first."""
        found = self.store.latest()
        if found:
            self.totals = found[1]
        try:
            self.stop.check()
            self.train(resume_from_checkpoint=str(found[0]) if found else None)
        except StopRequested as request:
            if self.totals.step > (found[1].step if found else 0) and not self._is_saved():
                self._save_checkpoint(self.model, None)
            request.step = self.totals.step  # type: ignore[attr-defined]
            raise

    def validate(self, step: int) -> None:
        """Measures and reports the loss on the validation rows."""
        if self.validation:
            losses = score_rows(
                self.model, self.validation, self.processing_class.pad_token_id, self.run.batch_size, self.stop.check
            )
            loss = mean_loss(losses)
            self.log_events.emit("validation", step=step, loss=loss, rows=len(losses))
            self.totals = replace(self.totals, validation_loss=loss)
        self.totals = replace(self.totals, validated_step=step)

    def validation_due(self, step: int) -> bool:
        """Whether the validation of this step is still to be made."""
        due = step % self.run.eval_every_steps == 0 or step >= self.state.max_steps
        return due and self.totals.validated_step < step

    def training_step(self, model: Any, inputs: dict[str, Any], *args: Any, **kwargs: Any) -> torch.Tensor:
        """One batch forward and backward; counts its tokens without padding."""
        self.stop.check()
        self._step_tokens += int(inputs["attention_mask"].sum())
        return super().training_step(model, inputs, *args, **kwargs)

    def step_finished(self, seconds: float) -> tuple[int, float]:
        """Adds a finished step to the totals; returns its tokens and their number per second."""
        tokens, self._step_tokens = self._step_tokens, 0
        self.totals = replace(
            self.totals,
            step=self.state.global_step,
            tokens=self.totals.tokens + tokens,
            seconds=self.totals.seconds + seconds,
        )
        # A stop in the middle of the next step must save the random state of this one.
        self._states = _random_states()
        return tokens, tokens / seconds if seconds > 0 else 0.0

    def _is_saved(self) -> bool:
        return (self.store.folder / f"checkpoint-{self.totals.step}" / "complete.json").exists()

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        step = self.state.global_step
        trainable = sum(parameter.numel() for parameter in self.model.parameters() if parameter.requires_grad)
        self.store.begin(step, trainable * 12)
        Trainer._save_checkpoint(self, model, trial)
        self.store.finish(self.totals)
        self.log_events.emit("checkpoint", step=step)

    def _save_rng_state(self, output_dir: str) -> None:
        os.makedirs(output_dir, exist_ok=True)
        torch.save(self._states or _random_states(), os.path.join(output_dir, "rng_state.pth"))

    def _watch_for_stop(self) -> None:
        def look(*_: Any) -> None:
            self.stop.check()

        for layer in self.model.modules():
            if type(layer).__name__.endswith("DecoderLayer"):
                layer.register_forward_pre_hook(look)
                layer.register_full_backward_pre_hook(look)


class _Reporter(TrainerCallback):
    """Turns the Trainer's callbacks into events."""

    def __init__(self, tuner: FineTuner) -> None:
        self.tuner = tuner
        self._began = 0.0
        self._step = (0, 0.0)

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        tuner, log = self.tuner, self.tuner.log_events
        step = state.global_step
        log.emit("started", totalSteps=state.max_steps, resumedFromStep=step, epochs=state.num_train_epochs)
        if tuner.continued:
            log.emit("resumed", fromStep=step)
        if tuner.validation_due(step):
            tuner.validate(step)

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._began = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._step = self.tuner.step_finished(time.monotonic() - self._began)

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any) -> None:
        if not logs or "loss" not in logs:
            return
        tuner = self.tuner
        loss = float(logs["loss"])
        tuner.totals = replace(tuner.totals, loss=loss)
        if not math.isfinite(loss):
            raise TrainerError(
                "diverged",
                "Training went astray: the loss is no longer a number.",
                "Choose a smaller learning rate and start a new run.",
                step=state.global_step,
            )
        tokens, speed = self._step
        tuner.log_events.emit(
            "step",
            step=state.global_step,
            loss=loss,
            learningRate=logs.get("learning_rate"),
            gradNorm=logs.get("grad_norm"),
            tokens=tokens,
            tokensPerSecond=round(speed, 2),
            epoch=round(float(state.epoch or 0), 4),
        )
        if tuner.validation_due(state.global_step):
            tuner.validate(state.global_step)

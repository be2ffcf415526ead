"""The same training steps in plain PyTorch, for TorchStep: the model by transformers, scaled dot
product attention, fused AdamW, one thread.

python train_steps.py MODEL DTYPE WARM_UP STEPS MICRO_BATCHES SEQUENCES TOKENS; prints CPU seconds
and seconds of the steps behind the warm-up.
"""

import contextlib
import sys
import time

import torch
from transformers import AutoModelForCausalLM

model_directory, dtype = sys.argv[1:3]
warm_up, steps, micro_batches, sequences, tokens = map(int, sys.argv[3:])

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
torch.manual_seed(2)
model = AutoModelForCausalLM.from_pretrained(
    model_directory, dtype=torch.float32, attn_implementation="sdpa"
).train()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.01, fused=True)


def precision():
    if dtype == "bfloat16":
        return torch.autocast("cpu", torch.bfloat16)
    return contextlib.nullcontext()


def step():
    for _ in range(micro_batches):
        ids = torch.randint(0, model.config.vocab_size, (sequences, tokens))
        with precision():
            loss = model(input_ids=ids, labels=ids, use_cache=False).loss / micro_batches
        loss.backward()
        assert loss.isfinite()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1e9)
    optimizer.step()
    optimizer.zero_grad(set_to_none=False)


for _ in range(warm_up):
    step()
cpu, wall = time.process_time(), time.perf_counter()
for _ in range(steps):
    step()
print(time.process_time() - cpu, time.perf_counter() - wall)

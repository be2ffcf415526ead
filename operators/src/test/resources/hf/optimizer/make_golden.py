"""Trains ../llama as a user of PyTorch and transformers would: gradients accumulated over two
micro-batches, clipped, AdamW without decay on vectors, warm-up and a cosine.

python make_golden.py, with torch 2.13 and transformers 5.18; writes golden.json and
after.safetensors beside itself.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, get_cosine_schedule_with_warmup

HERE = Path(__file__).parent
STEPS, ACCUMULATE, WARMUP, CLIP, DECAY, RATE = 6, 2, 2, 0.75, 0.1, 3e-3

torch.set_num_threads(1)
model = AutoModelForCausalLM.from_pretrained(HERE.parent / "llama").train()
batches = load_file(HERE.parent / "llama" / "golden.safetensors")["input_ids"]

vectors = [p for p in model.parameters() if p.dim() < 2]
matrices = [p for p in model.parameters() if p.dim() >= 2]
optimizer = torch.optim.AdamW(
    [{"params": matrices, "weight_decay": DECAY}, {"params": vectors, "weight_decay": 0.0}],
    lr=RATE,
)
schedule = get_cosine_schedule_with_warmup(optimizer, WARMUP, STEPS)

losses, norms, rates = [], [], []
for step in range(STEPS):
    total = 0.0
    for i in range(ACCUMULATE):
        ids = batches[(step * ACCUMULATE + i) % len(batches)]
        loss = model(input_ids=ids, labels=ids).loss / ACCUMULATE
        loss.backward()
        total += loss.item()
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
    losses.append(total)
    norms.append(norm.item())
    rates.append(schedule.get_last_lr()[0])
    optimizer.step()
    schedule.step()
    optimizer.zero_grad()

kept = ["model.norm.weight", "model.layers.1.self_attn.q_proj.weight", "model.embed_tokens.weight"]
state = model.state_dict()
save_file({name: state[name].contiguous() for name in kept}, HERE / "after.safetensors")
settings = dict(steps=STEPS, accumulate=ACCUMULATE, warmup=WARMUP, clip=CLIP, decay=DECAY, rate=RATE)
record = dict(settings=settings, loss=losses, norm=norms, rate=rates)
(HERE / "golden.json").write_text(json.dumps(record, indent=1) + "\n")

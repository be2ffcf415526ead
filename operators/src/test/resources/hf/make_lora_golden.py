#!/usr/bin/env python3
"""Makes gpt2/all-linear: what PEFT computes with rank-stabilized adapters on all linear layers of the fixture beside
it, which stores their weights as (in, out).

    python make_lora_golden.py
"""

import json

import peft
import torch
from safetensors.torch import load_file

from make_goldens import HERE, reload, save_adapter, train

BASE = HERE / "gpt2"
TARGET = BASE / "all-linear"
CONFIGURATION = {"r": 3, "lora_alpha": 5, "use_rslora": True, "target_modules": "all-linear"}


def main():
    torch.manual_seed(11)
    torch.set_num_threads(1)
    TARGET.mkdir(exist_ok=True)
    fresh = peft.get_peft_model(reload(BASE), peft.LoraConfig(task_type="CAUSAL_LM", **CONFIGURATION))
    with torch.no_grad():
        for name, parameter in fresh.named_parameters():
            if "lora_B" in name:
                parameter.copy_(0.05 * torch.randn_like(parameter))
    save_adapter(fresh, TARGET / "adapter-before")

    model = peft.PeftModel.from_pretrained(reload(BASE), TARGET / "adapter-before", is_trainable=True)
    trace = train(model, list(load_file(BASE / "golden.safetensors")["input_ids"]))
    save_adapter(model, TARGET / "adapter-after")
    versions = {"torch": torch.__version__, "peft": peft.__version__}
    (TARGET / "golden.json").write_text(
        json.dumps({"made_with": versions, "lora_loss_trace": trace}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()

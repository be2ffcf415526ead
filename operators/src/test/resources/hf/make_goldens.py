#!/usr/bin/env python3
"""Makes the directories beside it: small random models, and what transformers, PyTorch and PEFT compute with them.

    python make_goldens.py [NAME...]          makes all, or these
    python make_goldens.py --check NAME...    computes again from the files, and compares

See README.md.
"""

import argparse
import json
import shutil
from pathlib import Path

import peft
import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM

HERE = Path(__file__).resolve().parent
SEQUENCES, TOKENS, MICRO_BATCHES = 2, 24, 6
ACCUMULATE, STEPS = 2, 6
ADAMW = {"lr": 1e-3, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.01}
RANK, ALPHA = 4, 8

SMALL = {"num_hidden_layers": 4, "vocab_size": 97, "max_position_embeddings": 64}
LLAMA_LIKE = SMALL | {
    "hidden_size": 32,
    "intermediate_size": 40,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
}
NEOX = SMALL | {
    "hidden_size": 24,
    "intermediate_size": 72,
    "num_attention_heads": 3,
    "pad_token_id": 1,
}

# name: (configuration, targets of LoRA). Where it is cheap, values are not the defaults.
FIXTURES = {
    "gpt2-untied": (
        {
            "model_type": "gpt2",
            "n_layer": 4,
            "vocab_size": 97,
            "n_positions": 64,
            "bos_token_id": 0,
            "eos_token_id": 0,
            "n_embd": 24,
            "n_head": 3,
            "n_inner": 40,
            "activation_function": "quick_gelu",
            "scale_attn_by_inverse_layer_idx": True,
            "layer_norm_epsilon": 1e-4,
            "tie_word_embeddings": False,
            "resid_pdrop": 0,
            "embd_pdrop": 0,
            "attn_pdrop": 0,
        },
        ["c_attn", "c_proj", "c_fc"],
    ),
    # Without everything that can be left out.
    "opt-bare": (
        {
            "model_type": "opt",
            **SMALL,
            "hidden_size": 24,
            "word_embed_proj_dim": 24,
            "ffn_dim": 40,
            "num_attention_heads": 3,
            "activation_function": "gelu",
            "enable_bias": False,
            "layer_norm_elementwise_affine": False,
            "_remove_final_layer_norm": True,
            "tie_word_embeddings": False,
            "dropout": 0,
        },
        ["q_proj", "out_proj", "fc1"],
    ),
    # Six heads: not a power of two.
    "bloom": (
        {
            "model_type": "bloom",
            "n_layer": 4,
            "vocab_size": 97,
            "hidden_size": 24,
            "n_head": 6,
            "layer_norm_epsilon": 1e-4,
            "pad_token_id": 3,
        },
        ["query_key_value"],
    ),
    # 2 of 8 dimensions of a head are rotated.
    "gpt-neox": (
        {
            "model_type": "gpt_neox",
            **NEOX,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e4, "partial_rotary_factor": 0.25},
        },
        ["query_key_value"],
    ),
    # 3 of 8 dimensions: an odd number, rounded up after the frequencies were computed from it.
    "gpt-neox-sequential": (
        {
            "model_type": "gpt_neox",
            **NEOX,
            "use_parallel_residual": False,
            "hidden_act": "gelu_new",
            "rope_parameters": {"rope_type": "default", "rope_theta": 5e3, "partial_rotary_factor": 0.4},
        },
        ["query_key_value", "dense"],
    ),
    # The window is shorter than the sequences.
    "mistral": (
        {
            "model_type": "mistral",
            **LLAMA_LIKE,
            "head_dim": 6,
            "sliding_window": 7,
            "rms_norm_eps": 1e-5,
            "pad_token_id": 5,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e5},
        },
        ["q_proj", "v_proj"],
    ),
    # The last two of four layers have the window.
    "qwen2": (
        {
            "model_type": "qwen2",
            **LLAMA_LIKE,
            "tie_word_embeddings": True,
            "use_sliding_window": True,
            "sliding_window": 9,
            "max_window_layers": 2,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6},
        },
        ["q_proj", "v_proj"],
    ),
    # The frequencies fall in all three ranges: kept, between, divided.
    "llama-rope-llama3": (
        {
            "model_type": "llama",
            **LLAMA_LIKE,
            "head_dim": 12,
            "rope_parameters": {
                "rope_type": "llama3",
                "rope_theta": 5e5,
                "factor": 8.0,
                "low_freq_factor": 1.0,
                "high_freq_factor": 4.0,
                "original_max_position_embeddings": 64,
            },
            "max_position_embeddings": 512,
        },
        ["q_proj", "v_proj"],
    ),
    "llama-rope-linear": (
        {
            "model_type": "llama",
            **LLAMA_LIKE,
            "attention_bias": True,
            "mlp_bias": True,
            "rope_parameters": {"rope_type": "linear", "rope_theta": 1e4, "factor": 3.0},
        },
        ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
    ),
}


def randomize(model):
    """Nothing is left at zero or one, so that a bias that is forgotten shows.

    Not larger: the gradient of a key's bias is zero but for rounding, and AdamW makes a step of it that grows with
    the weights.
    """
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn_like(parameter)
            if parameter.dim() > 1:
                parameter.copy_(0.06 * noise)
            elif "norm" in name and name.endswith("weight") or ".ln_" in name and name.endswith("weight"):
                parameter.copy_(1 + 0.1 * noise)
            else:
                parameter.copy_(0.1 * noise)


def loss_of(model, batch):
    return model(input_ids=batch, labels=batch).loss


def train(model, batches):
    """Returns the mean loss of every step."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, **ADAMW)
    trace = []
    for step in range(STEPS):
        total = 0.0
        for index in range(ACCUMULATE):
            loss = loss_of(model, batches[(ACCUMULATE * step + index) % len(batches)]) / ACCUMULATE
            loss.backward()
            total += loss.item()
        optimizer.step()
        optimizer.zero_grad()
        trace.append(total)
    return trace


def stored_names(directory, model):
    """From the names of the module's parameters to those in the file, which transformers renames for some families."""
    stored = load_file(directory / "model.safetensors").keys()
    names = {}
    for name, _ in model.named_parameters():
        names[name] = name if name in stored else name.replace("lm_head.", "embed_out.")
        assert names[name] in stored, name
    return names


def reload(directory):
    return AutoModelForCausalLM.from_pretrained(directory).train()


def full_fine_tuning(directory, batches, numbers, tensors):
    model = reload(directory)
    names = stored_names(directory, model)
    with torch.no_grad():
        tensors["logits.0"] = model.eval()(input_ids=batches[0]).logits
        numbers["loss"] = [loss_of(model, batch).item() for batch in batches]
    loss_of(model.train(), batches[0]).backward()
    for name, parameter in model.named_parameters():
        tensors["grad.0." + names[name]] = parameter.grad.clone()
        parameter.grad = None
    numbers["full_loss_trace"] = train(model, batches)
    for name, parameter in model.named_parameters():
        tensors["full.after." + names[name]] = parameter.detach()


def lora(directory, batches, numbers):
    base = reload(directory)
    model = peft.PeftModel.from_pretrained(base, directory / "adapter-before", is_trainable=True)
    numbers["lora_loss_trace"] = train(model, batches)
    return model


def random_adapter(directory, targets):
    configuration = peft.LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=targets, task_type="CAUSAL_LM")
    model = peft.get_peft_model(reload(directory), configuration)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter.copy_(0.05 * torch.randn_like(parameter))
    save_adapter(model, directory / "adapter-before")


def save_adapter(model, directory):
    """Without the card and this machine's path, and with targets in their order: PEFT keeps them as a set."""
    model.save_pretrained(directory, save_embedding_layers=False)
    (directory / "README.md").unlink(missing_ok=True)
    file = directory / "adapter_config.json"
    written = json.loads(file.read_text())
    written["base_model_name_or_path"] = None
    written["target_modules"] = sorted(written["target_modules"])
    file.write_text(json.dumps(written, indent=2) + "\n")


def compute(directory, batches, targets):
    """Returns what golden.json, golden.safetensors and adapter-after hold."""
    numbers = {
        "made_with": {
            "torch": torch.__version__,
            "transformers": transformers.__version__,
            "peft": peft.__version__,
        },
        "batch": [SEQUENCES, TOKENS],
        "microbatches": len(batches),
    }
    tensors = {"input_ids": torch.stack(batches)}
    full_fine_tuning(directory, batches, numbers, tensors)
    numbers |= {"adamw": ADAMW, "accumulate": ACCUMULATE, "steps": STEPS}
    adapted = lora(directory, batches, numbers)
    numbers["lora"] = {"r": RANK, "alpha": ALPHA, "target_modules": targets}
    return numbers, {name: tensor.contiguous() for name, tensor in tensors.items()}, adapted


def make(name):
    configuration, targets = FIXTURES[name]
    directory = HERE / name
    shutil.rmtree(directory, ignore_errors=True)
    torch.manual_seed(sum(name.encode()))
    model = AutoModelForCausalLM.from_config(AutoConfig.for_model(**configuration))
    randomize(model)
    model.save_pretrained(directory)
    random_adapter(directory, targets)
    batches = list(torch.randint(0, configuration["vocab_size"], (MICRO_BATCHES, SEQUENCES, TOKENS)))
    numbers, tensors, adapted = compute(directory, batches, targets)
    save_file(tensors, directory / "golden.safetensors")
    (directory / "golden.json").write_text(json.dumps(numbers, indent=1) + "\n")
    save_adapter(adapted, directory / "adapter-after")


def check(name):
    directory = HERE / name
    stored_numbers = json.loads((directory / "golden.json").read_text())
    stored = load_file(directory / "golden.safetensors")
    numbers, tensors, adapted = compute(directory, list(stored["input_ids"]), stored_numbers["lora"]["target_modules"])
    assert stored.keys() == tensors.keys(), stored.keys() ^ tensors.keys()
    for key in ["loss", "full_loss_trace", "lora_loss_trace"]:
        print(f"{name}: {key}: {max(abs(a - b) for a, b in zip(numbers[key], stored_numbers[key])):.1e}")
    for kind in ["logits.0", "grad.0", "full.after"]:
        pairs = [(tensors[key], stored[key]) for key in stored if key.startswith(kind)]
        print(f"{name}: {kind}: {max((a - b).abs().max().item() for a, b in pairs):.1e}")
    after = load_file(directory / "adapter-after" / "adapter_model.safetensors")
    ours = peft.get_peft_model_state_dict(adapted)
    print(f"{name}: adapter-after: {max((ours[key] - after[key]).abs().max().item() for key in after):.1e}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for name in arguments.names or FIXTURES:
        check(name) if arguments.check else make(name)


if __name__ == "__main__":
    main()

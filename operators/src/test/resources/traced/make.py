"""Makes the traced models beside it: python make.py (torch 2.13.0, transformers 5.18.0)."""

import torch
from torch import nn
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM


class Cnn(nn.Module):
    """Residual, with batch norm in evaluation mode, two channels sizes, and in-place ReLU."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(inplace=True), nn.MaxPool2d(2))
        self.block = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 8, 3, padding=1))
        self.deep = nn.Sequential(nn.Conv2d(8, 16, 3, padding=1), nn.GELU(), nn.Conv2d(16, 16, 3, padding=1), nn.ReLU())
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        y = self.stem(x)
        y = torch.relu(y + self.block(y))
        return self.fc(torch.flatten(nn.functional.adaptive_avg_pool2d(self.deep(y), 1), 1))


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(12, 32), nn.Tanh(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 24), nn.Sigmoid(), nn.Linear(24, 5))

    def forward(self, x):
        return self.layers(x)


class Logits(nn.Module):
    """One tensor in, one out."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, ids):
        return self.model(input_ids=ids, use_cache=False).logits


def save(name, model, example):
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.mul_(2)
    torch.jit.trace(model.eval(), example, check_trace=False).save(name + ".pt")


torch.manual_seed(7)
torch.set_num_threads(1)
save("cnn", Cnn(), torch.randn(2, 3, 8, 8))
save("mlp", Mlp(), torch.randn(2, 12))
ids = torch.randint(0, 97, (2, 10))
sizes = dict(vocab_size=97, bos_token_id=1, eos_token_id=2)
save("gpt2", Logits(GPT2LMHeadModel(GPT2Config(n_layer=2, n_embd=16, n_head=2, n_positions=32, **sizes))), ids)
save("llama", Logits(LlamaForCausalLM(LlamaConfig(
    num_hidden_layers=2, hidden_size=16, num_attention_heads=2, num_key_value_heads=1, intermediate_size=24,
    max_position_embeddings=32, attn_implementation="eager", **sizes))), ids)

"""Loads exported model directories with transformers and prints what it has accepted, as exports.json.

The directories are what ExportedDirectoryTest writes. Let it leave them, and check them:

    EXPORTS=$(mktemp -d)
    JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=$EXPORTS mvn -pl operators -am test -Dtest=ExportedDirectoryTest \\
        -Dsurefire.failIfNoSpecifiedTests=false -Djunit.jupiter.tempdir.cleanup.mode.default=never
    python check_exports.py $EXPORTS/junit-* > exports.json

A new fixture begins as an entry NAME: {} of exports.json. With torch 2.13.0 and transformers 5.18.0. A directory is called after its fixture, perhaps with "-sharded".
"""

import hashlib
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

FIXTURES = Path(__file__).parent


def check(directory: Path) -> None:
    model, report = AutoModelForCausalLM.from_pretrained(directory, output_loading_info=True)
    problems = {kind: found for kind, found in report.items() if found}
    assert not problems, f"{directory}: {problems}"
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}
    head, embedding = model.get_output_embeddings(), model.get_input_embeddings()
    assert (head.weight is embedding.weight) == model.config.tie_word_embeddings
    golden = load_file(FIXTURES / directory.name.removesuffix("-sharded") / "golden.safetensors")
    with torch.no_grad():
        logits = model.eval()(golden["input_ids"][0]).logits
    difference = (logits - golden["logits.0"]).abs().max().item()
    assert difference <= 1e-5, f"{directory}: logits differ by {difference}"
    print(f"{directory.name}: logits differ by {difference}", file=sys.stderr)


def digests(directory: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(directory.iterdir())}


accepted = {}
for root in sys.argv[1:]:
    for config in sorted(Path(root).glob("*/config.json")):
        check(config.parent)
        accepted[config.parent.name] = digests(config.parent)
print(json.dumps(accepted, indent=1, sort_keys=True))

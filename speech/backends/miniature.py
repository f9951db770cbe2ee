"""Writes the miniature Whisper as a CTranslate2 directory, as it is or inflated to the cost of a real one.

    python -m speech.backends.miniature OUT [--shape mini|tiny|base|small]

Inflating keeps the text and takes on the cost: every vector is tiled k times and every matrix is tiled in
both directions and divided by k, so each layer computes the same function in k times the width; missing
layers are added as identities (their output projections are zero) and the vocabulary is filled up with tokens
that are never chosen. `tiny` and `small` have exactly the sizes of Whisper tiny.en and small.en; `base` is
576 wide where the real one is 512 (192 does not divide 512), so its figures are a little pessimistic.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import whisper_spec
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parent.parent / "miniature"
WIDTH, HEADS, FULL_VOCABULARY = 192, 3, 51864
SHAPES = {  # name: (k, encoder layers, decoder layers, full vocabulary)
    "mini": (1, 4, 3, False),
    "tiny": (2, 4, 4, True),
    "base": (3, 6, 6, True),
    "small": (4, 12, 12, True),
}
FEATURES = {"feature_size": 80, "sampling_rate": 16000, "hop_length": 160, "chunk_length": 30, "n_fft": 400}

Array = NDArray[Any]


class Inflater:
    """Fills parts of a WhisperSpec from the weights of the miniature, `k` times as wide."""

    def __init__(self, weights: dict[str, Array], k: int) -> None:
        self.weights = {name: value.astype(np.float32) for name, value in weights.items()}
        self.k = k

    def vector(self, name: str) -> Array:
        return np.tile(self.weights[name], self.k)

    def matrix(self, name: str) -> Array:
        return np.tile(self.weights[name], (self.k, self.k)) / self.k

    def linear(self, spec: Any, name: str, *, zero: bool = False) -> None:
        weight, bias = self.matrix(f"{name}.weight"), self.vector(f"{name}.bias")
        spec.weight = np.zeros_like(weight) if zero else weight
        spec.bias = np.zeros_like(bias) if zero else bias

    def norm(self, spec: Any, name: str) -> None:
        spec.gamma = self.vector(f"{name}.weight")
        spec.beta = self.vector(f"{name}.bias")

    def fused(self, spec: Any, name: str, parts: str) -> None:
        """This will join projections into one linear layer; the key projection has no bias."""
        no_bias = np.zeros(WIDTH * self.k, np.float32)
        spec.weight = np.concatenate([self.matrix(f"{name}.{part}_proj.weight") for part in parts])
        spec.bias = np.concatenate(
            [no_bias if part == "k" else self.vector(f"{name}.{part}_proj.bias") for part in parts]
        )

    def attention(self, spec: Any, name: str, *, cross: bool, zero: bool) -> None:
        if cross:
            self.linear(spec.linear[0], f"{name}.q_proj")
            self.fused(spec.linear[1], name, "kv")
        else:
            self.fused(spec.linear[0], name, "qkv")
        self.linear(spec.linear[-1], f"{name}.out_proj", zero=zero)

    def layer(self, spec: Any, name: str, *, decoder: bool, zero: bool) -> None:
        self.norm(spec.self_attention.layer_norm, f"{name}.self_attn_layer_norm")
        self.attention(spec.self_attention, f"{name}.self_attn", cross=False, zero=zero)
        if decoder:
            self.norm(spec.attention.layer_norm, f"{name}.encoder_attn_layer_norm")
            self.attention(spec.attention, f"{name}.encoder_attn", cross=True, zero=zero)
        self.norm(spec.ffn.layer_norm, f"{name}.final_layer_norm")
        self.linear(spec.ffn.linear_0, f"{name}.fc1")
        self.linear(spec.ffn.linear_1, f"{name}.fc2", zero=zero)


def _fill(spec: Any, inflate: Inflater, layers: tuple[int, int], row_of: Array) -> None:
    """Sets every variable of `spec`; `row_of` gives, for each new token, the row of the old one."""
    k, weights = inflate.k, inflate.weights
    spec.encoder.conv1.weight = np.tile(weights["conv1.weight"], (k, 1, 1))
    spec.encoder.conv1.bias = inflate.vector("conv1.bias")
    spec.encoder.conv2.weight = np.tile(weights["conv2.weight"], (k, k, 1)) / k
    spec.encoder.conv2.bias = inflate.vector("conv2.bias")
    spec.encoder.position_encodings.encodings = np.tile(weights["pos"], (1, k))
    spec.decoder.position_encodings.encodings = np.tile(weights["dpos"], (1, k))
    inflate.norm(spec.encoder.layer_norm, "enc_ln")
    inflate.norm(spec.decoder.layer_norm, "dec_ln")
    embeddings = np.tile(weights["emb.weight"][row_of], (1, k))
    spec.decoder.embeddings.weight = embeddings
    spec.decoder.projection.weight = embeddings / k
    for side, prefix, wanted, present in (
        (spec.encoder, "enc", layers[0], SHAPES["mini"][1]),
        (spec.decoder, "decl", layers[1], SHAPES["mini"][2]),
    ):
        for index in range(wanted):
            source = f"{prefix}.{min(index, present - 1)}"
            inflate.layer(side.layer[index], source, decoder=prefix == "decl", zero=index >= present)


class _Vocabulary:
    """The tokens of a shape: those of the miniature, `extra` that are never chosen, then the special ones."""

    def __init__(self, tokenizer: dict[str, Any], rows: int, extra: int) -> None:
        old = tokenizer["model"]["vocab"]
        self.texts = len(old)
        added = sorted(tokenizer["added_tokens"], key=lambda token: int(token["id"]))
        specials = [token["content"] for token in added]
        never_chosen = self.texts + specials.index("<|translate|>")
        self.row_of = np.concatenate(
            [np.arange(self.texts), np.full(extra, never_chosen), np.arange(self.texts, rows)]
        )
        for index in range(extra):
            old[f"<unused-{index}>"] = len(old)
        for token in tokenizer["added_tokens"]:
            token["id"] += extra
        timestamps = rows - self.texts - len(specials)
        self.tokens = [*sorted(old, key=old.__getitem__), *specials]
        self.tokens += [f"<|{index * 0.02:.2f}|>" for index in range(timestamps)]


def write_model(out: Path, shape: str = "mini", *, quantization: str = "int8") -> None:
    """This will write a directory that `faster_whisper.WhisperModel` loads, and make `out` where needed."""
    k, encoder_layers, decoder_layers, is_full = SHAPES[shape]
    with np.load(FOLDER / "whisper-mini.npz") as archive:
        weights: dict[str, Array] = dict(archive)
    tokenizer = json.loads((FOLDER / "tokenizer.json").read_text())
    rows = weights["emb.weight"].shape[0]
    extra = FULL_VOCABULARY - rows if is_full else 0
    vocabulary = _Vocabulary(tokenizer, rows, extra)
    spec = whisper_spec.WhisperSpec(encoder_layers, HEADS * k, decoder_layers, HEADS * k)
    _fill(spec, Inflater(weights, k), (encoder_layers, decoder_layers), vocabulary.row_of)
    spec.register_vocabulary(vocabulary.tokens)
    spec.config.suppress_ids = list(range(vocabulary.texts, vocabulary.texts + extra))
    spec.config.suppress_ids_begin = [vocabulary.tokens.index("<|endoftext|>")]
    spec.config.lang_ids = []
    spec.config.alignment_heads = [(SHAPES["mini"][2] - 1, head) for head in range(HEADS)]
    spec.validate()
    spec.optimize(quantization=quantization)
    out.mkdir(parents=True, exist_ok=True)
    spec.save(str(out))
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False))
    (out / "preprocessor_config.json").write_text(json.dumps(FEATURES))


def kept_model(cache: Path, shape: str = "mini") -> Path:
    """This will give the directory of a shape below `cache`, written once and anew when its sources change.

    Safe among processes: a directory appears whole or not at all.
    """
    sources = (Path(__file__), FOLDER / "whisper-mini.npz", FOLDER / "tokenizer.json")
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    wanted = cache / f"{shape}-{digest}"
    if wanted.is_dir():
        return wanted
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=cache))
    write_model(unfinished, shape)
    try:
        unfinished.rename(wanted)
    except OSError:  # another process was first
        shutil.rmtree(unfinished)
    return wanted


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--shape", choices=SHAPES, default="mini")
    parser.add_argument("--quantization", default="int8")
    options = parser.parse_args(arguments)
    write_model(options.out, options.shape, quantization=options.quantization)


if __name__ == "__main__":
    main()

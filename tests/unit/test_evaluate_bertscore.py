"""BERTScore: by hand on vectors that are easy to see, and beside the authors' package on a tiny BERT."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from voicedoc.evaluate.bertscore import bertscore, between_all
from voicedoc.torch_audio import import_torchaudio

pytestmark = pytest.mark.unit

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "take", "two", "tablets", "a", "day", "water", "drink", "no")


def vectors(*places: int) -> NDArray[np.float32]:
    """Tokens of five kinds: 0 and 1 are the ends."""
    return np.eye(5, dtype=np.float32)[[0, *places, 1]]


def test_tokens_that_are_nowhere_in_the_other_text_cost_precision_or_recall() -> None:
    found = bertscore(vectors(2, 3), vectors(2, 3, 4, 4))
    assert (found.precision, found.recall) == (1.0, 0.5)
    assert found.f1 == pytest.approx(2 / 3)


def test_the_ends_do_not_count_but_a_token_may_be_nearest_to_them() -> None:
    near_the_end = vectors(2)
    near_the_end[1] = np.eye(5)[0]
    assert bertscore(near_the_end, vectors(3)) == (1.0, 0.0, 0.0)
    assert bertscore(vectors(2), vectors(3)) == (0.0, 0.0, 0.0)
    with pytest.raises(ValueError, match="2 and 3 tokens"):
        bertscore(vectors(), vectors(2))


def test_several_texts_are_compared_in_all_pairs_and_one_with_none() -> None:
    found = between_all([vectors(2), vectors(2), vectors(3)])
    assert found is not None and found.f1 == pytest.approx(1 / 3)
    assert between_all([vectors(2), vectors()]) is None


def tiny_bert(folder: Path) -> Any:
    """A BERT with random weights and a dozen words, and its tokenizer, as a checkpoint."""
    import_torchaudio()
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    (folder / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    model = BertModel(BertConfig(vocab_size=len(WORDS), max_position_embeddings=32, **sizes)).eval()
    model.save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=32).save_pretrained(folder)
    return model


def last_layer(folder: Path, text: str) -> NDArray[np.float32]:
    import torch
    from transformers import AutoModel, AutoTokenizer

    with torch.no_grad():
        asked = AutoTokenizer.from_pretrained(folder)(text, return_tensors="pt")
        hidden = AutoModel.from_pretrained(folder).eval()(**asked).last_hidden_state[0].numpy()
    return np.asarray(hidden / np.linalg.norm(hidden, axis=1, keepdims=True), dtype=np.float32)


def test_the_authors_package_gives_the_same_numbers(tmp_path: Path) -> None:
    for needed in ("torch", "transformers"):
        pytest.importorskip(needed, reason="pip install 'voicedoc[transformers]'")
    tiny_bert(tmp_path)
    theirs = pytest.importorskip("bert_score", reason="pip install 'voicedoc[dev]'")
    pairs = [("take two tablets a day", "drink water a day"), ("no water", "take no tablets"), ("water", "water")]
    firsts, seconds = zip(*pairs, strict=True)
    scores = theirs.score(list(firsts), list(seconds), model_type=str(tmp_path), num_layers=2, device="cpu")
    for place, (first, second) in enumerate(pairs):
        ours = bertscore(last_layer(tmp_path, first), last_layer(tmp_path, second))
        assert ours == pytest.approx([float(column[place]) for column in scores], abs=1e-5)

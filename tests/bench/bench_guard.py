"""The guard: milliseconds to compare a sentence with its translation, over the repository's parallel sentences."""

from __future__ import annotations

import json
import time

from tests.bench.report import ROOT, spread, write_result
from voicedoc.guard import compare_texts

SENTENCES = ROOT / "pipelines" / "evaluate" / "data" / "doses.jsonl"


def main() -> None:
    rows = [json.loads(line)["text"] for line in SENTENCES.read_text("utf-8").splitlines()]
    milliseconds = []
    for _ in range(4):  # the first round reads the lexicons
        for row in rows:
            for target in ("pt", "es", "fr", "de", "it"):
                began = time.perf_counter()
                compare_texts(row["en"], row[target], source="en", target=target)
                milliseconds.append(1000 * (time.perf_counter() - began))
    warm = milliseconds[len(milliseconds) // 4 :]
    print(write_result("guard", {"milliseconds": spread(warm), "n_sentences": 5 * len(rows)}))


if __name__ == "__main__":
    main()

"""The guard: milliseconds of CPU time to compare a sentence with its translation, in ten languages."""

from __future__ import annotations

import time
from collections import defaultdict

from tests.bench.report import spread, write_result
from tests.challenge.handwritten import SETS, handwritten
from voicedoc.guard import compare_texts

ROUNDS = 3


def main() -> None:
    pairs = [pair for name in SETS for pair in handwritten(name)]
    milliseconds: dict[str, list[float]] = defaultdict(list)
    for turn in range(ROUNDS + 1):
        for pair in pairs:
            began = time.process_time()
            compare_texts(pair.source, pair.target, source=pair.source_language, target=pair.target_language)
            spent = 1000 * (time.process_time() - began)
            if turn:  # the first round reads the lexicons
                milliseconds["all"].append(spent)
                milliseconds[pair.target_language].append(spent)
    into = {language: spread(spent) for language, spent in sorted(milliseconds.items()) if language != "all"}
    print(write_result("guard", {"milliseconds": spread(milliseconds["all"]), "into": into, "n_pairs": len(pairs)}))


if __name__ == "__main__":
    main()

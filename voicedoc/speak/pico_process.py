"""The program that loads the Pico engine. Run as a script: its C code reads memory that it never wrote, so that its
samples depend on
what ran before it, unless each call gets fresh memory (`MALLOC_MMAP_THRESHOLD_`, set by who starts this). A crash
stays here, too.

Requests, one a line: {"voice": "es-ES", "text": "..."}. Answers: {"pcm": base64}, {"error": ...}, {"missing": ...}.
"""

from __future__ import annotations

import base64
import json
import sys


def main() -> None:
    """Answer requests until the pipe closes."""
    try:
        from py_nanotts import NanoTTS
    except ImportError as error:
        sys.stdin.readline()
        sys.stdout.write(json.dumps({"missing": str(error)}) + "\n")
        return
    engine = NanoTTS()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"pcm": base64.b64encode(engine.speak(request["text"], voice=request["voice"])).decode()}
        except (RuntimeError, ValueError) as error:
            answer = {"error": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""VoiceDoc: speech-to-speech interpreting between a doctor and a patient who share no language."""

import os

__version__ = "0.1.0"

# Nothing leaves the machine unasked. These libraries report usage or contact a hub unless told otherwise before their
# import; a value that the user has set stays.
for _name, _value in {
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "PYANNOTE_METRICS_ENABLED": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "TRANSFORMERS_OFFLINE": "1",
    "VLLM_NO_USAGE_STATS": "1",
}.items():
    os.environ.setdefault(_name, _value)

# One thread for numpy's own products: several spin while they wait for one another, and take cores from recognition.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

"""VoiceDoc: speech-to-speech interpreting between a doctor and a patient who share no language."""

__version__ = "0.1.0"

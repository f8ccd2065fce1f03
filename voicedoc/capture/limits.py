"""What can be kept without loss, and so be used at all."""

from __future__ import annotations

from voicedoc.errors import AudioError

MAX_CHANNELS = 8
MAX_RATE = 655_350
MAX_ODD_RATE = 65_535
"""Hz. Above it a FLAC frame can only say multiples of 10."""


def check_fits(rate: int, n_channels: int) -> None:
    """Raises: AudioError: If FLAC cannot hold so many channels, or not at this rate in Hz."""
    if n_channels > MAX_CHANNELS:
        raise AudioError(
            f"the recording has {n_channels} channels; at most {MAX_CHANNELS} can be kept",
            remedy="take those that have the speakers: ffmpeg -i RECORDING -af 'pan=stereo|c0=c0|c1=c1' two.flac",
        )
    if rate > MAX_RATE or (rate > MAX_ODD_RATE and rate % 10):
        raise AudioError(
            f"the recording has {rate} Hz, which cannot be kept", remedy="ffmpeg -i RECORDING -ar 48000 slower.flac"
        )

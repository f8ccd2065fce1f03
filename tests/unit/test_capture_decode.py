"""Decoding: any format, rate and number of channels, each sample in its place; everything wrong has a name."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.helpers.recordings import PCM, encode, lag, noise, write
from voicedoc.capture.decode import AudioFile, sha256_of
from voicedoc.core.events import AudioDamaged
from voicedoc.errors import AudioError, NoSound

pytestmark = pytest.mark.unit

FORMATS = ("wav", "flac", "mp3", "m4a", "mp4", "opus", "webm")


def decoded(path: Path) -> tuple[NDArray[np.float32], list[AudioDamaged]]:
    with AudioFile(path) as audio:
        samples = np.concatenate(list(audio.blocks()))
        assert audio.n_samples == len(samples)
        return samples, [*audio.damages.settled(audio.n_samples, finished=True), *audio.ending()]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("n_channels", [1, 2, 6])
def test_every_format_keeps_each_sample_in_its_place(kind: str, n_channels: int, tmp_path: Path) -> None:
    if kind == "mp3" and n_channels > 2:
        pytest.skip("MP3 has at most two channels")
    original = noise(3.3, n_channels=n_channels)
    samples, damaged = decoded(write(tmp_path / f"a.{kind}", original, 48_000))
    assert damaged == []
    assert samples.shape[1] == n_channels
    assert 0 <= len(samples) - len(original) < 2400, "codecs pad the end, by less than 50 ms"
    # 5.1 is mapped to other places by some codecs: the sum is not
    assert lag(samples.sum(axis=1), original.sum(axis=1)) == 0


@pytest.mark.parametrize("rate", [4000, 8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize("kind", PCM)
def test_every_rate_is_decoded_sample_for_sample(kind: str, rate: int, tmp_path: Path) -> None:
    original = np.rint(noise(1.7, rate=rate, n_channels=2) * 2**15) / np.float32(2**15)
    path = write(tmp_path / f"a.{kind}", original, rate, subtype="PCM_16")
    with AudioFile(path) as audio:
        assert (audio.rate, audio.n_channels, audio.bits, audio.n_tracks) == (rate, 2, 16, 1)
        assert audio.duration == pytest.approx(len(original) / rate, abs=1e-4)
    samples, damaged = decoded(path)
    assert damaged == []
    assert np.array_equal(samples, original)


@pytest.mark.parametrize(
    ("kind", "subtype", "bits"),
    [("wav", "PCM_U8", 16), ("wav", "PCM_16", 16), ("wav", "PCM_24", 24), ("wav", "PCM_32", 24), ("wav", "FLOAT", 24),
     ("wav", "DOUBLE", 24), ("wav", "ULAW", 16), ("flac", "PCM_16", 16), ("flac", "PCM_24", 24), ("mp3", None, 16),
     ("m4a", "aac", 16), ("m4a", "alac", 24), ("opus", None, 16)],
)  # fmt: skip
def test_the_depth_suffices_for_the_source(kind: str, subtype: str | None, bits: int, tmp_path: Path) -> None:
    with AudioFile(write(tmp_path / f"a.{kind}", noise(0.3), 48_000, subtype=subtype)) as audio:
        assert audio.bits == bits


@pytest.mark.parametrize("seconds", [0.01, 0.25, 1.0, 7.0])
def test_blocks_have_the_length_that_was_asked_for_and_lose_nothing(seconds: float, tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", noise(2.31), 48_000)
    with AudioFile(path) as audio:
        blocks = list(audio.blocks(seconds))
    size = round(seconds * 48_000)
    assert {len(block) for block in blocks[:-1]} <= {size}
    assert 0 < len(blocks[-1]) <= size
    assert np.array_equal(np.concatenate(blocks), decoded(path)[0])


def test_the_digest_is_that_of_the_files_bytes(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256_of(tmp_path / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


# --- what cannot be read


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"there is no file .*gone\.wav") as caught:
        AudioFile(tmp_path / "gone.wav")
    assert caught.value.remedy


def test_a_folder_is_not_a_recording(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="is a folder"):
        AudioFile(tmp_path)


def test_a_pipe_is_not_a_recording(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(AudioError, match="not a regular file"):
        AudioFile(tmp_path / "pipe.wav")


def test_an_empty_file_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    with pytest.raises(AudioError, match="0 bytes"):
        AudioFile(tmp_path / "empty.wav")


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", noise(0.1), 48_000)
    path.chmod(0)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)  # root may read everything; nobody may not
    try:
        with pytest.raises(AudioError, match="may not read") as caught:
            AudioFile(path)
    finally:
        if is_root:
            os.seteuid(0)
    assert "chmod" in caught.value.remedy


PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\3\1\1\0\xc9"
    b"\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.7\n" + b"1 0 obj << /Type /Catalog >> endobj\n" * 100), ("a.txt", b"good morning\n" * 200),
     ("a.wav", b"good morning\n" * 200), ("a.png", PNG), ("a.mp3", PNG), ("a.json", b'{"a": [1, 2]}'),
     ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nhello\n\n"), ("one.wav", b"R"),
     ("a.m3u8", b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://example.org/a.ts\n#EXT-X-ENDLIST\n"),
     ("random.mp3", np.random.default_rng(1).integers(0, 256, 50_000).astype(np.uint8).tobytes())],
)  # fmt: skip
def test_what_is_not_audio_is_refused_with_a_remedy(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioError, match=name) as caught:
        AudioFile(tmp_path / name)
    assert ".wav" in caught.value.remedy


@pytest.mark.parametrize("tag", ["Médico", "visita nº 7", "Sprechstunde für Frau Müller"])
def test_tags_that_are_not_in_utf_8_are_no_obstacle(tag: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", noise(1.0), 48_000)
    frame = b"\3" + tag.encode("latin-1")  # says UTF-8, and is not
    body = b"TIT2" + len(frame).to_bytes(4, "big") + b"\0\0" + frame
    path.write_bytes(b"ID3\x03\0\0" + bytes([0, 0, 0, len(body)]) + body + path.read_bytes())
    assert len(decoded(path)[0]) >= 48_000


def test_random_bytes_among_which_a_few_look_like_mp3_are_no_recording(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(np.random.default_rng(3).integers(0, 256, 5_000_000).astype(np.uint8).tobytes())
    with pytest.raises(AudioError, match=r"of 5000000 bytes only 2016 can be decoded"):
        decoded(path)


def test_planes_that_the_decoder_does_not_own_are_never_read(tmp_path: Path) -> None:
    path = tmp_path / "a.aac"  # random, yet a frame of it is taken for 18 channels: reading them was a crash
    path.write_bytes(np.random.default_rng(3).integers(0, 256, 5_000_000).astype(np.uint8).tobytes())
    with pytest.raises(AudioError):
        decoded(path)


@pytest.mark.parametrize("head", [b"fLaC", b"\x0b\x77", b"ID3"])
def test_a_stream_that_makes_no_sense_is_told(head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    path.write_bytes(head + np.random.default_rng(3).integers(0, 256, 100_000).astype(np.uint8).tobytes())
    with pytest.raises(AudioError):
        decoded(path)


def test_a_recording_without_samples_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NoSound, match="not one sample"):
        AudioFile(write(tmp_path / "a.wav", np.zeros((0, 1), np.float32), 16_000))


def test_a_films_sound_is_found_and_a_silent_film_refused(tmp_path: Path) -> None:
    import av

    with av.open(str(tmp_path / "a.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 16
        for _ in range(5):
            for packet in stream.encode(av.VideoFrame(16, 16, "yuv420p")):
                container.mux(packet)
        container.mux(stream.encode(None))
    with pytest.raises(AudioError, match=r"no sound in it \(only video\)"):
        AudioFile(tmp_path / "a.mp4")


def test_a_name_is_never_taken_for_a_protocol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.wav", noise(0.2), 48_000).rename("concat:b.wav|c.wav")
    with AudioFile(Path("concat:b.wav|c.wav")) as audio:
        assert audio.rate == 48_000


# --- what is damaged


@pytest.mark.parametrize("kind", ["wav", "float.wav", "flac", "mp3", "opus", "webm"])
def test_a_truncated_recording_gives_what_there_is_and_says_so(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    original = noise(8.0)
    write(path, original, 48_000, subtype="FLOAT" if kind == "float.wav" else None)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 6 // 10 + 1])
    samples, damaged = decoded(path)
    assert [event.kind for event in damaged] == ["truncated"]
    assert damaged[0].remedy
    assert damaged[0].at == damaged[0].span.start == len(samples) / 48_000
    assert 3.5 < len(samples) / 48_000 < 5.5
    assert lag(samples[:, 0], original[:, 0]) == 0
    if kind != "opus":  # an Ogg file does not say how long it should be
        assert damaged[0].span.end == pytest.approx(8.0, abs=0.05)


def test_a_truncated_mp4_without_its_index_is_refused_as_such(tmp_path: Path) -> None:
    path = write(tmp_path / "a.m4a", noise(4.0), 48_000)
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(AudioError, match="cut off: the index"):
        AudioFile(path)


@pytest.mark.parametrize("kind", ["wav", "flac", "mp3"])
def test_tags_and_trailing_bytes_are_no_damage(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"a.{kind}", noise(2.0), 48_000)
    if kind == "mp3":  # an ID3v2 tag of 300 bytes before, an ID3v1 tag after
        path.write_bytes(b"ID3\x03\0\0\0\0\x02\x2c" + bytes(300) + path.read_bytes() + b"TAG" + bytes(125))
    else:
        path.write_bytes(path.read_bytes() + b"junk" * 10)
    assert decoded(path)[1] == []


def test_a_wav_that_was_written_as_a_stream_is_no_damage(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", noise(2.0), 48_000)
    streamed = bytearray(path.read_bytes())
    streamed[4:8] = b"\xff\xff\xff\xff"
    streamed[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(streamed)
    samples, damaged = decoded(path)
    assert damaged == []
    assert len(samples) == 96_000


def test_lost_packets_become_silence_of_their_length(tmp_path: Path) -> None:
    original = noise(6.0)
    path = encode(tmp_path / "a.webm", original, 48_000, codec="libopus", skip=range(100, 150))  # 20 ms each
    samples, damaged = decoded(path)
    assert [event.kind for event in damaged] == ["gap"]
    assert damaged[0].span.start == pytest.approx(2.0, abs=0.03)
    assert damaged[0].span.duration == pytest.approx(1.0, abs=0.03)
    assert len(samples) == pytest.approx(len(original), abs=100)
    after = slice(4 * 48_000, 5 * 48_000)
    assert abs(lag(samples[after, 0], original[after, 0])) <= 48, "Matroska rounds times to a millisecond"
    assert not samples[round(2.1 * 48_000) : round(2.9 * 48_000)].any()


def test_unreadable_bytes_within_a_recording_become_silence(tmp_path: Path) -> None:
    original = noise(6.0)
    path = write(tmp_path / "a.flac", original, 48_000)
    spoilt = bytearray(path.read_bytes())
    middle = len(spoilt) // 2
    spoilt[middle : middle + 30_000] = bytes(30_000)
    path.write_bytes(spoilt)
    samples, damaged = decoded(path)
    assert [event.kind for event in damaged] == ["gap"]
    assert damaged[0].remedy
    assert len(samples) == len(original)
    spoiled = slice(round(damaged[0].span.start * 48_000), round(damaged[0].span.end * 48_000))
    assert not samples[spoiled].any()
    assert damaged[0].span.duration < 1.5
    sound = np.delete(np.abs(samples - original), spoiled, axis=0)
    assert sound.max() < 1e-4


def test_a_recording_that_changes_its_rate_on_the_way_is_refused_there(tmp_path: Path) -> None:
    one = write(tmp_path / "one.mp3", noise(3.0, n_channels=2), 48_000)
    two = write(tmp_path / "two.mp3", noise(3.0, rate=44_100, n_channels=2), 44_100)
    path = tmp_path / "both.mp3"
    path.write_bytes(one.read_bytes() + two.read_bytes())
    with pytest.raises(AudioError, match=r"changes at 0:0[23]\.\d to 44100 Hz") as caught:
        decoded(path)
    assert "ffmpeg" in caught.value.remedy


def test_what_is_not_a_number_becomes_zero_and_is_reported_once(tmp_path: Path) -> None:
    samples = noise(5.0, n_channels=2)
    samples[48_000, 0], samples[48_010, 1], samples[3 * 48_000, 0] = np.nan, np.inf, -np.inf
    path = tmp_path / "a.wav"
    soundfile.write(path, samples, 48_000, subtype="FLOAT")
    heard, damaged = decoded(path)
    assert [event.kind for event in damaged] == ["not-a-number"]
    assert (damaged[0].span.start, damaged[0].span.end) == (1.0, pytest.approx(3.0, abs=0.001))
    assert "3 samples" in damaged[0].message
    assert np.isfinite(heard).all()
    assert heard[48_000, 0] == heard[48_010, 1] == 0.0
    assert np.array_equal(heard[:48_000], samples[:48_000])


def test_clipping_is_reported_with_its_span_and_a_remedy(tmp_path: Path) -> None:
    loud = np.clip(noise(4.0) * np.r_[np.ones(96_000), np.full(96_000, 12.0)][:, np.newaxis], -1.0, 1.0)
    _, damaged = decoded(write(tmp_path / "a.wav", loud.astype(np.float32), 48_000))
    assert [event.kind for event in damaged] == ["clipped"]
    assert 2.0 <= damaged[0].span.start < damaged[0].span.end <= 4.0
    assert "gain" in damaged[0].remedy


def test_a_loud_recording_that_never_reaches_full_scale_is_not_clipped(tmp_path: Path) -> None:
    loud = noise(2.0)
    loud *= 0.999 / np.abs(loud).max()
    loud[1000] = 1.0  # a single peak
    assert decoded(write(tmp_path / "a.wav", loud, 48_000))[1] == []

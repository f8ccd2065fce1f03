"""Bad recordings among good ones, through a whole batch job: each is told or used, and none spoils another."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import wave
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.helpers.jobs import check_finished, let_all_reach, nobody, scripted_order, statuses, tasks_for, unfinished
from tests.helpers.recordings import noise, write
from tests.helpers.sounds import bursts, write_bursts
from voicedoc.capture.decode import AudioFile
from voicedoc.core.events import AudioDamaged, AudioOpened
from voicedoc.core.journal import read_journal
from voicedoc.errors import AudioError
from voicedoc.jobs.find import find_recordings
from voicedoc.jobs.local import transcribe_here
from voicedoc.jobs.plan import plan
from voicedoc.jobs.work import Report

pytestmark = pytest.mark.unit

Make = Callable[[Path], object]


def speech(rate: int, n_channels: int = 1) -> np.ndarray:
    """Two utterances, shape `(n_samples, n_channels)`."""
    return np.repeat(bursts(2, rate=rate)[:, np.newaxis], n_channels, axis=1)


def transcribed(folder: Path, tmp_path: Path) -> dict[str, Report]:
    """The reports on all recordings in a folder, by name. What is found wrong on the way there fails the test."""
    found = find_recordings(sorted(folder.iterdir()))
    tasks = plan(found.recordings, tmp_path / "out")
    return {report.task.path.name: report for report in transcribe_here(tasks, scripted_order(tmp_path))}


# --- what cannot be used


def empty(path: Path) -> None:
    path.touch()


def only_a_header(path: Path) -> None:
    soundfile.write(path, np.zeros((0, 1)), 16_000)


def text(path: Path) -> None:
    path.write_text(f"Good morning, {path.name}.\n" * 300, "utf-8")


def random_bytes(path: Path) -> None:
    random = np.random.default_rng(list(path.suffix.encode()))  # each of its own: equal ones are done once
    path.write_bytes(random.integers(0, 256, 2_000_000).astype(np.uint8).tobytes())


def cut_before_its_index(path: Path) -> None:
    write(path, speech(48_000), 48_000)
    path.write_bytes(path.read_bytes()[:-2000])


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.mp3", os.urandom(500_000))


def zipped_with_a_password(path: Path) -> None:
    zipped(path)
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag of the first member; what follows is as random as what a password makes of it
    path.write_bytes(content)


def encrypted_by_openssl(path: Path) -> None:
    path.write_bytes(b"Salted__" + os.urandom(100_000))


def under_common_encryption(path: Path) -> None:
    encode_encrypted(path)


def encode_encrypted(path: Path) -> None:
    import av

    key = "00112233445566778899aabbccddeeff"
    options = {"encryption_scheme": "cenc-aes-ctr", "encryption_key": key, "encryption_kid": key}
    samples = speech(48_000)
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        for start in range(0, len(samples) - 1024, 1024):
            part = np.ascontiguousarray(samples[start : start + 1024].T)
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def protected_by_a_shop(path: Path) -> None:
    write(path, speech(48_000), 48_000)
    content = path.read_bytes()
    assert content.count(b"mp4a\0\0\0\0\0\0\0\1") == 1
    path.write_bytes(content.replace(b"mp4a\0\0\0\0\0\0\0\1", b"drms\0\0\0\0\0\0\0\1"))


def twelve_channels(path: Path) -> None:
    soundfile.write(path, speech(48_000, 12), 48_000)


def many_channels_by_chance(path: Path) -> None:
    """Random bytes, of which a frame is taken for 18 channels: to read so many planes was a crash."""
    random = np.random.default_rng(3).integers(0, 256, 5_000_000).astype(np.uint8).tobytes()
    path.write_bytes(random)


def changes_on_the_way(path: Path) -> None:
    one = write(path.with_suffix(".48.mp3"), noise(3.0, n_channels=2), 48_000)
    two = write(path.with_suffix(".44.mp3"), noise(3.0, rate=44_100, n_channels=2), 44_100)
    path.write_bytes(one.read_bytes() + two.read_bytes())
    one.unlink()
    two.unlink()


UNUSABLE: list[tuple[str, Make, str, str]] = [
    ("empty.wav", empty, "0 bytes", "copy it again"),
    ("header.wav", only_a_header, "not one sample", ".wav"),
    ("text.mp3", text, "is text, not audio", ".wav"),
    ("notes.txt", text, "is text, not audio", ".wav"),
    ("random.mp3", random_bytes, "not audio|not one sample", ".wav"),
    ("random.aac", random_bytes, "not audio|channels|not one sample|changes at", ""),
    ("random.flac", random_bytes, "not one sample|not audio", ""),
    ("random.ac3", random_bytes, "not one sample|not audio", ""),
    ("cut.m4a", cut_before_its_index, "cut off: the index", "copy it again"),
    ("zip.mp3", zipped, "is a ZIP archive", "unpack"),
    ("password.mp3", zipped_with_a_password, "is an encrypted ZIP archive", "unpack"),
    ("secret.wav", encrypted_by_openssl, "encrypted by OpenSSL", "decrypt"),
    ("cenc.m4a", under_common_encryption, "is encrypted", "without protection"),
    ("shop.m4a", protected_by_a_shop, "is encrypted", "without protection"),
    ("twelve.wav", twelve_channels, "12 channels", "pan=stereo"),
    ("many.aac", many_channels_by_chance, "channels|not audio|not one sample", ""),
    ("changes.mp3", changes_on_the_way, "changes at", "ffmpeg"),
]


def test_each_that_cannot_be_used_is_told_with_a_remedy_and_the_others_are_done(tmp_path: Path) -> None:
    folder = tmp_path / "rec"
    folder.mkdir()
    for name, make, _, _ in UNUSABLE:
        make(folder / name)
    write_bursts(folder / "good.wav", 2)
    write_bursts(folder / "zz-good.flac", 3)
    reports = transcribed(folder, tmp_path)
    assert {name for name, report in reports.items() if report.status == "done"} == {"good.wav", "zz-good.flac"}
    assert {name for name, report in reports.items() if report.status == "failed"} == {name for name, *_ in UNUSABLE}
    for name, _, message, remedy in UNUSABLE:
        assert any(part in reports[name].message for part in message.split("|")), reports[name].message
        assert reports[name].remedy, name
        assert remedy in reports[name].remedy, (name, reports[name].remedy)
    results = {path.parent.name for path in (tmp_path / "out").rglob("result.json")}
    assert results == {"good.voicedoc", "zz-good.voicedoc"}
    begun = {path.name for path in unfinished(tmp_path / "out") if path.is_dir()}
    assert begun <= {
        "changes.voicedoc.partial",
        "random.mp3.voicedoc.partial",
        "random.aac.voicedoc.partial",
        "many.voicedoc.partial",
    }


def test_a_folder_without_audio_is_told_beside_what_is_done(tmp_path: Path) -> None:
    (tmp_path / "rec").mkdir()
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "a.pdf").write_bytes(b"%PDF-1.7")
    write_bursts(tmp_path / "rec" / "a.wav", 2)
    found = find_recordings([tmp_path / "scans", tmp_path / "rec"])
    assert "no recording in the folder" in found.problems[0].message
    reports = list(transcribe_here(plan(found.recordings, tmp_path / "out"), scripted_order(tmp_path)))
    assert statuses(reports) == {"a.wav": "done"}


# --- what is odd and can be used


def eight_bits(path: Path) -> None:
    write(path, speech(16_000), 16_000, subtype="PCM_U8")


def twenty_four_bits(path: Path) -> None:
    write(path, speech(48_000), 48_000, subtype="PCM_24")


def at_96_khz(path: Path) -> None:
    write(path, speech(96_000), 96_000)


def telephone(subtype: str) -> Make:
    return lambda path: write(path, speech(8000), 8000, subtype=subtype)


def eight_channels(path: Path) -> None:
    write(path, speech(16_000, 8), 16_000)


def mp3_by_another_name(path: Path) -> None:
    write(path.with_suffix(".mp3"), speech(48_000), 48_000).rename(path)


def with_holes(path: Path) -> None:
    samples = np.array(speech(16_000))
    samples[20_000:20_100], samples[50_000] = np.nan, np.inf
    write(path, samples, 16_000, subtype="FLOAT")


def clipped(path: Path) -> None:
    write(path, np.clip(speech(16_000) * 20, -1, 1).astype(np.float32), 16_000)


def cut(path: Path) -> None:
    write(path, speech(48_000), 48_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 7 // 10])


def a_film(path: Path) -> None:
    import av

    with av.open(str(path), "w") as container:
        pictures = container.add_stream("mpeg4", rate=5)
        pictures.width = pictures.height = 16
        sound = container.add_stream("aac", rate=48_000, layout="mono")
        for _ in range(5):
            container.mux(pictures.encode(av.VideoFrame(16, 16, "yuv420p")))
        samples = speech(48_000)
        for start in range(0, len(samples) - 1024, 1024):
            part = np.ascontiguousarray(samples[start : start + 1024].T)
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
            container.mux(sound.encode(frame))
        for stream in (pictures, sound):
            container.mux(stream.encode(None))


USABLE: list[tuple[str, Make, int, list[str]]] = [
    ("u8.wav", eight_bits, 16_000, []),
    ("s24.wav", twenty_four_bits, 48_000, []),
    ("fast.wav", at_96_khz, 96_000, []),
    ("mu-law.wav", telephone("ULAW"), 8000, []),
    ("a-law.wav", telephone("ALAW"), 8000, []),
    ("eight.wav", eight_channels, 16_000, []),
    ("really-mp3.wav", mp3_by_another_name, 48_000, []),
    ("holes.wav", with_holes, 16_000, ["not-a-number"]),
    ("loud.wav", clipped, 16_000, ["clipped"]),
    ("cut.wav", cut, 48_000, ["truncated"]),
    ("cut.mp3", cut, 48_000, ["truncated"]),
    ("cut.flac", cut, 48_000, ["truncated"]),
    ("film.mp4", a_film, 48_000, []),
]


def test_each_that_is_odd_is_done_and_its_damage_noted(tmp_path: Path) -> None:
    folder = tmp_path / "rec"
    folder.mkdir()
    for name, make, _, _ in USABLE:
        make(folder / name)
    reports = transcribed(folder, tmp_path)
    assert {name: report.status for name, report in reports.items()} == {name: "done" for name, *_ in USABLE}
    for name, _, rate, damages in USABLE:
        check_finished(reports[name].task.folder)
        events = read_journal(reports[name].task.folder / "journal.jsonl")
        assert [event.rate for event in events if isinstance(event, AudioOpened)] == [rate], name
        assert [event.kind for event in events if isinstance(event, AudioDamaged)] == damages, name
        assert reports[name].figures.n_utterances == 2, name
        assert reports[name].figures.n_warnings >= len(damages)


# --- the disk and who may use it

LIMITED = """
import os, resource, signal, sys
from pathlib import Path
from tests.helpers.jobs import scripted_order, tasks_for
from voicedoc.jobs.local import transcribe_here

folder, limit = Path(sys.argv[1]), int(sys.argv[2])
order, tasks = scripted_order(folder), tasks_for(folder / "rec", folder / "out")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit then fails as on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
for report in transcribe_here(tasks, order):
    print(report.status, report.task.path.name, report.message, "|", report.remedy, flush=True)
"""


@pytest.mark.parametrize("limit", [2_000, 20_000, 200_000])
def test_a_disk_that_is_full_in_mid_write_leaves_nothing_that_looks_finished(limit: int, tmp_path: Path) -> None:
    (tmp_path / "rec").mkdir()
    write_bursts(tmp_path / "rec" / "a.wav", 30)
    write_bursts(tmp_path / "rec" / "b.wav", 31)
    command = [sys.executable, "-c", LIMITED, str(tmp_path), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, timeout=120)
    lines = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["failed", "a.wav"], ["failed", "b.wav"]], done.stdout
    assert all("cannot" in line and "free" in line for line in lines), done.stdout
    assert list((tmp_path / "out").rglob("result.json")) == []
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.voicedoc.partial", "b.voicedoc.partial"}

    reports = list(transcribe_here(plan(find_recordings([tmp_path / "rec"]).recordings, tmp_path / "out"),
                                   scripted_order(tmp_path, resume=True)))  # fmt: skip
    assert statuses(reports) == {"a.wav": "done", "b.wav": "done"}
    assert unfinished(tmp_path / "out") == []


def reports_as_nobody(tmp_path: Path) -> list[Report]:
    """The reports of a run by a user who has no rights. One that has them has imported what is imported late."""
    order, out = scripted_order(tmp_path), tmp_path / "out"
    assert statuses(list(transcribe_here(tasks_for(tmp_path / "rec", tmp_path / "warm"), order)))
    let_all_reach(tmp_path)
    with nobody():
        return list(transcribe_here(tasks_for(tmp_path / "rec", out), order))


def test_a_recording_that_may_not_be_read_is_told_and_the_others_are_done(tmp_path: Path) -> None:
    (tmp_path / "rec").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o777)
    write_bursts(tmp_path / "rec" / "a.wav", 2).chmod(0)
    write_bursts(tmp_path / "rec" / "b.wav", 3).chmod(0o644)
    first, second = reports_as_nobody(tmp_path)
    assert (first.status, second.status) == ("failed", "done")
    assert "you may not read" in first.message
    assert "chmod" in first.remedy


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "rec").mkdir()
    (tmp_path / "out").mkdir()
    write_bursts(tmp_path / "rec" / "a.wav", 2).chmod(0o644)
    (tmp_path / "out").chmod(0o555)
    (report,) = reports_as_nobody(tmp_path)
    assert report.status == "failed"
    assert "cannot write" in report.message
    assert "--out" in report.remedy
    assert list((tmp_path / "out").iterdir()) == []


# --- the loader, with any bytes

N_EXAMPLES = int(os.environ.get("VOICEDOC_FUZZ", "150"))
MEMORY = 1 << 30
"""Bytes that the loader may take for a file of some kilobytes, beyond what the process has already."""

KINDS = ("wav", "float.wav", "mp3", "flac", "opus", "webm", "m4a", "aac")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A short recording of each kind."""
    folder, contents = tmp_path_factory.mktemp("small"), {}
    for kind in KINDS:
        path = folder / f"a.{kind}"
        write(path, noise(0.4), 48_000, subtype="FLOAT" if kind == "float.wav" else None)
        contents[kind] = path.read_bytes()
    return contents


@st.composite
def damage(draw: st.DrawFn, size: int = 4000) -> list[tuple[float, int, bytes]]:
    """Changes: where (as a share of the file, the header preferred), how many bytes are taken out, what comes in."""
    place = st.one_of(st.floats(0, 0.03), st.floats(0, 1))
    numbers = st.sampled_from([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\1\0"])
    change = st.tuples(place, st.integers(0, 64), st.one_of(numbers, st.binary(max_size=64)))
    return draw(st.lists(change, min_size=1, max_size=6))


def damaged(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    spoilt = bytearray(content)
    for place, n_out, come_in in changes:
        at = round(place * len(spoilt))
        spoilt[at : at + (n_out or len(come_in))] = come_in
    return bytes(spoilt)


def load(path: Path) -> None:
    """Read to the end, as a job does. Only a clear error may come of it."""
    try:
        with AudioFile(path) as audio:
            for block in audio.blocks():
                assert np.isfinite(block).all()
                assert block.nbytes < MEMORY // 4
            audio.damages.settled(audio.n_samples, finished=True)
            for event in audio.ending():
                assert event.message
    except AudioError as error:
        assert str(error)
        assert error.remedy


@pytest.fixture(scope="module")
def bounded_memory() -> object:
    """What asks for more than `MEMORY` fails."""
    import av  # noqa: F401 - loaded before the limit is measured
    import psutil

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (psutil.Process().memory_info().vms + MEMORY, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.timeout(300)
def test_a_damaged_recording_is_read_or_refused(
    kind: str, small: dict[str, bytes], tmp_path: Path, bounded_memory: None
) -> None:
    path = tmp_path / f"a.{kind}"

    @settings(max_examples=N_EXAMPLES, deadline=10_000, suppress_health_check=QUIET)
    @given(damage())
    def check(changes: list[tuple[float, int, bytes]]) -> None:
        path.write_bytes(damaged(small[kind], changes))
        load(path)

    check()


HEADS = [
    b"", b"RIFF\xff\xff\xff\xffWAVEfmt ", b"\xff\xfb\x90\x64", b"fLaC\0\0\0\x22", b"OggS\0\2", b"\0\0\0\x20ftypM4A ",
    b"\xff\xf1\x50\x80", b"\x1a\x45\xdf\xa3", b"#!AMR\n", b"\x0b\x77", b"FORM\0\0\xff\xffAIFFCOMM", b"caff\0\1",
]  # fmt: skip
"""What recordings begin with."""


@pytest.mark.parametrize(
    "suffix", ["wav", "mp3", "flac", "ogg", "m4a", "aac", "webm", "amr", "ac3", "aiff", "wma", "caf"]
)
@pytest.mark.timeout(300)
def test_any_bytes_are_read_or_refused(suffix: str, tmp_path: Path, bounded_memory: None) -> None:
    path = tmp_path / f"a.{suffix}"

    @settings(max_examples=max(20, N_EXAMPLES // 3), deadline=10_000, suppress_health_check=QUIET)
    @given(st.sampled_from(HEADS), st.integers(0, 2**32), st.integers(0, 60_000), st.binary(max_size=64))
    def check(head: bytes, seed: int, size: int, tail: bytes) -> None:
        body = np.random.default_rng(seed).integers(0, 256, size).astype(np.uint8).tobytes()
        path.write_bytes(head + body + tail)
        load(path)

    check()


def test_a_header_that_promises_the_moon_takes_no_memory(tmp_path: Path, bounded_memory: None) -> None:
    for rate, n_channels, bits in ((2**31, 1, 16), (1, 1, 16), (48_000, 65_535, 16), (2**32 - 1, 65_535, 32)):
        path = tmp_path / "a.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(16_000)
            file.writeframes(bytes(4000))
        content = bytearray(path.read_bytes())
        content[22:24] = n_channels.to_bytes(2, "little")
        content[24:28] = rate.to_bytes(4, "little")
        content[34:36] = bits.to_bytes(2, "little")
        content[40:44] = b"\xff\xff\xff\x7f"
        path.write_bytes(content)
        load(path)

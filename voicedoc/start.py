"""From a fresh clone to a result: `python3 -m voicedoc.start`, and to passing tests: `python3 -m voicedoc.start test`.

Makes the environment in `.venv`, fetches the models, and interprets a recording, or runs the tests. What is already
done is not done again. Needs the standard library only, since it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
SAMPLE = ROOT / "corpora" / "samples" / "consultation-en-pt.ogg"

DEMO_EXTRAS = "cpu,kokoro,espeak"
TEST_EXTRAS = "all,espeak,dev"
TESTED = ("multilingual-e5-small", "smart-turn")
"""Models that the tests need beside the profile's."""

ALL_TESTS = (
    ["-m", "not unit and not bench and not gpu"],
    ["-m", "unit", "tests/desktop"],
    ["-m", "unit", "--ignore", "tests/desktop", "-n", "auto"],
)
"""One run for what has a device or models of its own, one for windows, one for the rest, on all cores."""


class SystemPackage(NamedTuple):
    """A package of Debian and Ubuntu. `there` tells whether what it brings is installed."""

    there: Callable[[], bool]
    purpose: str


def _has_program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _has_library(name: str) -> Callable[[], bool]:
    return lambda: find_library(name) is not None


def _has_file(root: str, pattern: str) -> Callable[[], bool]:
    return lambda: any(Path(root).glob(pattern))


SYSTEM_PACKAGES = {
    "python3-venv": SystemPackage(lambda: find_spec("ensurepip") is not None, "the environment"),
    "npm": SystemPackage(_has_program("npm"), "fetching voices that are in an npm package"),
    "libportaudio2": SystemPackage(_has_library("portaudio"), "microphone and loudspeaker (--play)"),
}

TEST_PACKAGES = {
    "pulseaudio": SystemPackage(_has_program("pulseaudio"), "tests with a virtual sound card"),
    "pulseaudio-utils": SystemPackage(_has_program("parec"), "tests with a virtual sound card"),
    "libasound2-plugins": SystemPackage(
        _has_file("/usr/lib", "*/alsa-lib/libasound_module_pcm_pulse.so"), "tests with a virtual sound card"
    ),
    "apertium": SystemPackage(_has_program("apertium"), "tests of Spanish through Portuguese"),
    "apertium-es-pt": SystemPackage(_has_file("/usr/share/apertium", "apertium-es-pt"), "tests of Spanish"),
    "xvfb": SystemPackage(_has_program("Xvfb"), "tests of the app in a window"),
    "xdotool": SystemPackage(_has_program("xdotool"), "tests of the app in a window"),
    "libegl1": SystemPackage(_has_library("EGL"), "the app"),
    "libgl1": SystemPackage(_has_library("GL"), "the app"),
    "libxkbcommon-x11-0": SystemPackage(_has_library("xkbcommon-x11"), "the app"),
    "libxcb-cursor0": SystemPackage(_has_library("xcb-cursor"), "the app"),
    "libxcb-icccm4": SystemPackage(_has_library("xcb-icccm"), "the app"),
    "libxcb-keysyms1": SystemPackage(_has_library("xcb-keysyms"), "the app"),
    "libxcb-shape0": SystemPackage(_has_library("xcb-shape"), "the app"),
    "fonts-noto-core": SystemPackage(_has_file("/usr/share/fonts/truetype", "noto/NotoSansArabic*"), "the app"),
    "fonts-noto-cjk": SystemPackage(_has_file("/usr/share/fonts/opentype", "noto/NotoSansCJK*"), "the app"),
}


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and do what it says; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python3 -m voicedoc.start",
        description="Make the environment, fetch the models, and interpret a recording (or run the tests).",
        epilog="Everything goes into .venv here and into your account's model store. A second run takes seconds. "
        "To begin anew, delete .venv.",
    )
    parser.add_argument(
        "--install-system-packages", action="store_true", help="as root: apt-get install what is missing"
    )
    parser.add_argument(
        "--yes", action="store_true", help="accept models whose packages state no licence, without asking"
    )
    steps = parser.add_subparsers(dest="step", metavar="demo|test")
    demo = steps.add_parser("demo", help="interpret recordings; without FILE, the sample (the default)")
    demo.add_argument("files", nargs="*", metavar="FILE", help="a recording of a doctor and a patient")
    demo.add_argument("--doctor", default="en", help="the doctor's language (default: en)")
    demo.add_argument("--patient", default="pt", help="the patient's language (default: pt)")
    test = steps.add_parser("test", help="run every check and every test that needs no special hardware")
    test.add_argument("pytest_arguments", nargs="*", metavar="ARG", help="passed on to pytest, after --")
    options = parser.parse_args(arguments)
    if sys.version_info < (3, 11):  # noqa: UP036  # this file also runs where an older Python is the system's
        return _refuse("VoiceDoc needs Python 3.11 or newer.", "apt-get install python3.11 python3.11-venv")
    packages = SYSTEM_PACKAGES | (TEST_PACKAGES if options.step == "test" else {})
    if not _system_packages(packages, install=options.install_system_packages):
        return 1
    return _test(options) if options.step == "test" else _demo(options)


def _refuse(problem: str, remedy: str) -> int:
    print(f"{problem}\nTry: {remedy}", file=sys.stderr)  # noqa: T201  # no library for output is installed yet
    return 1


def _say(text: str) -> None:
    print(f"— {text}", flush=True)  # noqa: T201  # no library for output is installed yet


def _system_packages(packages: dict[str, SystemPackage], *, install: bool) -> bool:
    """Name what the system lacks; with `install`, as root, install it. False if nothing can go on without it."""
    missing = [name for name, package in packages.items() if not package.there()]
    if not missing:
        return True
    if install and os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "update", "-q"])
        _run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing])
        return True
    for name in missing:
        _say(f"missing: {name} ({packages[name].purpose})")
    sudo = "" if os.geteuid() == 0 else "sudo "
    _say(f"Debian, Ubuntu: {sudo}apt-get install {' '.join(missing)}   (or, as root: --install-system-packages)")
    return "python3-venv" not in missing


def _run(command: list[str], **settings: str) -> None:
    """Run a command that must succeed, with its output shown."""
    done = subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, **settings})
    if done.returncode:
        raise SystemExit(done.returncode)


def _environment(extras: str) -> Path:
    """The environment's Python, after making it or bringing it up to date; nothing is done where nothing changed."""
    python = ENVIRONMENT / "bin" / "python"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes()).hexdigest()
    stamp = ENVIRONMENT / f".voicedoc-{extras.replace(',', '-')}"
    if python.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return python
    _say(f"environment in {ENVIRONMENT.relative_to(ROOT)} (voicedoc[{extras}])")
    if not python.exists():
        _run([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "-c", str(CONSTRAINTS)]
    _run([*pip, "--quiet", "--upgrade", "pip"])
    _run([*pip, "--editable", f"{ROOT}[{extras}]"])
    stamp.write_text(wanted, "utf-8")
    return python


def _models(python: Path, *more: str, yes: bool) -> None:
    _say(" and ".join(["models of the profile 'embedded'", *more]))
    pull = [str(python), "-m", "voicedoc", "models", "pull", "--profile", "embedded", *more]
    if subprocess.run([*pull, *(["--yes"] if yes else [])], cwd=ROOT, check=False).returncode:
        raise SystemExit(
            _refuse("Not every model is there, so nothing was interpreted.", "python3 -m voicedoc.start --yes")
        )


def _demo(options: argparse.Namespace) -> int:
    python = _environment(DEMO_EXTRAS)
    _models(python, yes=options.yes)
    own = [str(Path(file).absolute()) for file in getattr(options, "files", [])]
    files = own or [str(SAMPLE), "--overwrite"]
    languages = ["--doctor", getattr(options, "doctor", "en"), "--patient", getattr(options, "patient", "pt")]
    _say(f"interpreting {', '.join(Path(file).name for file in own) or SAMPLE.name}")
    _run([str(python), "-m", "voicedoc", "interpret", *files, *languages])
    return 0


def _test(options: argparse.Namespace) -> int:
    python = _environment(TEST_EXTRAS)
    _models(python, *TESTED, yes=True)
    tools = ENVIRONMENT / "bin"
    for check in (
        [str(tools / "ruff"), "check", "."],
        [str(tools / "ruff"), "format", "--check", "."],
        [str(tools / "mypy")],
        [str(tools / "lint-imports")],
    ):
        _say(" ".join([Path(check[0]).name, *check[1:]]))
        _run(check)
    _say("pytest")
    for selection in [options.pytest_arguments] if options.pytest_arguments else ALL_TESTS:
        _run([str(tools / "pytest"), *selection])
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None

"""The first screen, in the states that it has."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from voicedoc_desktop.process.task import Failure
from voicedoc_desktop.state.outlook import Direction, Lack, Measured, Outlook, Profiled, Surroundings, Told
from voicedoc_desktop.state.review import Known
from voicedoc_desktop.tasks.devices import Devices, Levels, ListDevices, WatchLevels
from voicedoc_desktop.tasks.outlook import LookAhead, LookAround
from voicedoc_desktop.tasks.sessions import ListSessions
from voicedoc_desktop.viewmodels.home import HomeViewModel
from voicedoc_desktop.views.home import HomeView

from tests.desktop.screens import Studio, screen
from voicedoc.capture.devices import Device

AROUND = Surroundings((Profiled("embedded", "A laptop."), Profiled("workstation", "One GPU.")), 30)

DEVICES = Devices(
    (Device(0, "Built-in microphone", 1, 0, 48_000, True, False), Device(1, "USB headset", 2, 2, 48_000, False, False)),
    (
        Device(2, "Built-in loudspeaker", 0, 2, 48_000, False, True),
        Device(1, "USB headset", 2, 2, 48_000, False, False),
    ),
)

ENGLISH = Told("en", "English", ("A machine interprets this visit.", "The recording stays on this computer."))
PORTUGUESE = Told("pt", "português", ("Uma máquina interpreta esta consulta.", "A gravação fica neste computador."))
ARABIC = Told("ar", "العربية", ("تترجم آلة هذه الزيارة.", "يبقى التسجيل في هذا الحاسوب، وهو مشفّر."))


def outlook(lacks: tuple[Lack, ...] = (), problem: str = "") -> Outlook:
    """English and Portuguese, as the embedded profile has them."""
    there = Direction(
        source="en", target="pt", quality="good", voice="good",
        heard=Measured(2.6, 23), translated=Measured(68.6, 157), answered=Measured(1.5, 14),
    )  # fmt: skip
    back = Direction(
        source="pt", target="en", quality="good", voice="usable",
        heard=Measured(0.0, 1), translated=Measured(71.1, 157), answered=None,
    )  # fmt: skip
    return Outlook(
        doctor="en", patient="pt", profile="embedded", problem=problem, remedy="--profile workstation",
        to_patient=there, to_doctor=back, lacks=lacks, consent=(ENGLISH, PORTUGUESE), consent_status="not reviewed",
    )  # fmt: skip


SESSIONS = (
    Known(
        id="aa11", state="crashed", began="2026-11-23T07:58:00+00:00", seconds=421, languages=("en", "pt"), n_lines=40
    ),
    Known(
        id="bb22", state="closed", began="2026-11-22T15:12:00+00:00", seconds=1312, languages=("en", "ar"), agreed=True
    ),
    Known(
        id="cc33", state="closed", began="2026-11-21T09:40:00+00:00", seconds=0, languages=("en", "pt"), agreed=False
    ),
    Known(id="dd44", state="open", began="2026-11-21T08:01:00+00:00", seconds=77, languages=("es", "zh"), agreed=True),
)


def home(studio: Studio, **answers: object) -> HomeView:
    """The first screen, with what its tasks answer; a `Failure` fails, "never" waits."""
    usual: dict[type, object] = {
        LookAround: AROUND, LookAhead: outlook(), ListDevices: DEVICES, ListSessions: SESSIONS,
    }  # fmt: skip
    by_name = {kind.__name__: kind for kind in usual}
    for kind, answer in (usual | {by_name[name]: answer for name, answer in answers.items()}).items():
        if isinstance(answer, Failure):
            studio.desk.answer(kind, failure=answer)
        elif answer != "never":
            studio.desk.answer(kind, result=answer)
    studio.desk.script(WatchLevels, lambda job: job.tell(Levels((-18.0,) * len(job.task.microphones[0].channels))))
    model = HomeViewModel(studio.desk, studio.settings)
    view = HomeView(model)
    model.setParent(view)
    model.arrive(None)  # type: ignore[arg-type]  # how one came here is of no matter
    return view


@screen("home")
def _(studio: Studio) -> QWidget:
    view = home(studio)
    for folded in view.setup.folded:
        folded.title.setChecked(True)
    return view


@screen("home-first-time")
def _(studio: Studio) -> QWidget:
    lacks = (
        Lack("whisper-base", "recognize", 147_000_000, "MIT", False),
        Lack("kokoro", "speak", 92_000_000, "?", True),
    )
    return home(studio, LookAhead=outlook(lacks), ListSessions=())


@screen("home-loading")
def _(studio: Studio) -> QWidget:
    return home(studio, LookAhead="never", ListSessions="never", ListDevices="never", LookAround="never")


@screen("home-trouble")
def _(studio: Studio) -> QWidget:
    refused = Failure("the key in the keyring is not this store's", "try again", "KeyRefused")
    silent = Failure("PortAudio cannot list the sound devices", "apt-get install libportaudio2", "BackendUnavailable")
    unserved = outlook(problem="profile 'embedded' has no translator between 'en' and 'ar'")
    return home(studio, LookAhead=unserved, ListSessions=refused, ListDevices=silent)

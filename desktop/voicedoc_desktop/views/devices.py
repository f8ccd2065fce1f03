"""Choosing microphones and a loudspeaker, with how loud it is at each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from voicedoc_desktop.state.notices import Notice, Tone
from voicedoc_desktop.state.visit_plan import Sharing, VisitPlan
from voicedoc_desktop.viewmodels.sound_devices import DevicesState, Plugged, SoundDevices
from voicedoc_desktop.widgets.banner import Banner
from voicedoc_desktop.widgets.buttons import button
from voicedoc_desktop.widgets.card import GRID, field
from voicedoc_desktop.widgets.choices import Choice, ChoiceBox
from voicedoc_desktop.widgets.level import LevelMeter
from voicedoc_desktop.words.failures import failure_words


class DevicesForm(QWidget):
    """The devices of a visit."""

    def __init__(self, devices: SoundDevices) -> None:
        super().__init__()
        self._devices = devices
        self.sharing, self.microphone, self.patient_microphone = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.loudspeaker = ChoiceBox()
        self.meters = (LevelMeter(self.tr("the doctor's microphone")), LevelMeter(self.tr("the patient's microphone")))
        self.trouble = Banner(Notice(""))
        again = button(self.tr("Look again"), devices.find, icon="repeat")
        self.trouble.add_action(again)
        self._compose()
        self.sharing.chosen.connect(lambda way: devices.choose(sharing=way))
        self.microphone.chosen.connect(lambda name: devices.choose(microphone=name))
        self.patient_microphone.chosen.connect(lambda name: devices.choose(patient_microphone=name))
        self.loudspeaker.chosen.connect(lambda name: devices.choose(loudspeaker=name))
        devices.changed.connect(self.show_state)
        self.show_state(devices.state)

    def _compose(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID + 4)
        column.addWidget(self.trouble)
        column.addWidget(field(self.tr("Who speaks into what"), self.sharing))
        column.addWidget(field(self.tr("Microphone"), self.microphone))
        column.addWidget(self.meters[0])
        self._second = field(self.tr("The patient's microphone"), self.patient_microphone)
        column.addWidget(self._second)
        column.addWidget(self.meters[1])
        column.addWidget(field(self.tr("Loudspeaker"), self.loudspeaker))

    def show_state(self, state: DevicesState) -> None:
        """Show it."""
        plan = state.plan
        self.sharing.show_choices(self._ways(), plan.sharing.value)
        self.microphone.show_choices(self._named(state.microphones or ()), plan.microphone)
        self.patient_microphone.show_choices(self._named(state.microphones or ()), plan.patient_microphone)
        self.loudspeaker.show_choices(self._named(state.loudspeakers), plan.loudspeaker)
        self._second.setVisible(plan.sharing is Sharing.TWO)
        self.meters[1].setVisible(plan.sharing is not Sharing.ONE)
        for number, meter in enumerate(self.meters):
            meter.show_level(state.levels[number] if number < len(state.levels) else None)
        notice = self._trouble(state)
        self.trouble.setVisible(notice is not None)
        if notice is not None:
            self.trouble.show_notice(notice)

    def _ways(self) -> list[Choice]:
        return [
            Choice(Sharing.ONE.value, self.tr("One microphone for both")),
            Choice(Sharing.TWO.value, self.tr("A microphone each")),
            Choice(Sharing.CHANNELS.value, self.tr("One device: doctor left, patient right")),
        ]

    def _named(self, plugged: Sequence[Plugged]) -> list[Choice]:
        usual = self.tr("The system's: {name}").format(name=plugged[0].name) if plugged else self.tr("The system's")
        return [Choice("", usual), *(Choice(each.name, each.name) for each in plugged)]

    def _trouble(self, state: DevicesState) -> Notice | None:
        if state.failure is not None:
            words = failure_words(state.failure)
            return Notice(words.title, words.remedy, Tone.BAD)
        if state.lacks_microphone:
            text = self.tr("This machine has no microphone.")
            return Notice(text, self.tr("Plug one in, then look again."), Tone.BAD)
        if (lost := _unplugged(state)) is not None:
            text = self.tr("{name} is not plugged in.").format(name=lost)
            return Notice(text, self.tr("Plug it in and look again, or choose another one."))
        if state.deaf is not None:
            words = failure_words(state.deaf)
            return Notice(self.tr("Nothing can be heard of this microphone."), words.details)
        return None


def _unplugged(state: DevicesState) -> str | None:
    """A device that is chosen, and not there."""
    if state.microphones is None:
        return None
    plan: VisitPlan = state.plan
    wanted = [plan.microphone, *([plan.patient_microphone] if plan.sharing is Sharing.TWO else [])]
    lost = [name for name in wanted if name and name not in {each.name for each in state.microphones}]
    if plan.loudspeaker and plan.loudspeaker not in {each.name for each in state.loudspeakers}:
        lost.append(plan.loudspeaker)
    return lost[0] if lost else None

"""Every deliberate error, as a tree. Each has a message (what, where, with the values) and a remedy (what to do)."""


class VoiceDocError(Exception):
    """The root: something that the user can understand and mend.

    `remedy` says what to type or change; it may be empty where nothing can be done.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class ConfigError(VoiceDocError):
    """A profile, an option or a name is wrong."""


class SampleRefused(ConfigError):
    """A recording does not show what somebody's voice sounds like: unreadable, too short, or of several people.

    `role` is whose voice it should be: "doctor", …
    """

    def __init__(self, message: str, *, role: str = "", remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.role = role


class AudioError(VoiceDocError):
    """A recording cannot be read: empty, truncated, not audio, unreadable."""


class NoSound(AudioError):
    """A recording holds not one sample."""


class BackendUnavailable(VoiceDocError):
    """A backend's package, program or server is not there."""


class BackendFailed(VoiceDocError):
    """A backend could not process one item. The session goes on."""


class Unspeakable(BackendFailed):
    """A text cannot be spoken without losing something; it must be shown instead."""


class ServerFailed(BackendFailed):
    """A server gave no answer, or none that can be used.

    `status` is its HTTP status, 0 where there was none. `passing`: the same request may succeed later, and not before
    `wait` seconds are over.
    """

    def __init__(
        self, message: str, *, remedy: str = "", status: int = 0, passing: bool = False, wait: float = 0.0
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.status, self.passing, self.wait = status, passing, wait


class UnsupportedLanguage(VoiceDocError):
    """No model of the profile handles this language or pair."""


class ModelError(VoiceDocError):
    """A model card or a model file is wrong."""


class ModelMissing(ModelError):
    """A model is not in the store."""


class ModelCorrupt(ModelError):
    """A model file differs from its card."""


class SourceFailed(ModelError):
    """A source of a model cannot be reached, or does not have what its card says."""


class StoreError(VoiceDocError):
    """The disk, a lock or a folder stops us from keeping what must be kept."""


class StoreBusy(StoreError):
    """Another process is at it: writing into the session store for too long, or at the session that is wanted."""


class KeyRefused(StoreError):
    """The key of the session store is not to be had: no keyring, no passphrase, or a wrong one."""


class JournalError(VoiceDocError):
    """A journal cannot be read."""


class WiringError(VoiceDocError):
    """Stages do not fit together: a missing producer or a cycle. A bug, found before audio opens."""


class CorpusError(VoiceDocError):
    """A corpus is missing or is not what its card says."""

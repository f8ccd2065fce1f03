"""The fixed words of the patient's screen, in ten languages. Written by hand: nothing here is translated by a machine.

Written for VoiceDoc by its makers; no professional translator has reviewed them. `not_understood` and `wait` are the
phrase bank's wordings.
"""

from __future__ import annotations

from dataclasses import dataclass

from voicedoc.core.languages import primary


@dataclass(frozen=True, slots=True)
class PatientWords:
    """What the patient's screen says in one language. The first four are buttons."""

    yes: str
    no: str
    not_understood: str
    stop: str
    go_on: str
    listening: str
    speak_now: str
    speaking: str
    wait: str
    paused: str
    told: str
    you_said: str
    called: str
    over: str


WORDS = {
    "en": PatientWords(
        yes="Yes",
        no="No",
        not_understood="I did not understand",
        stop="Stop",
        go_on="Go on",
        listening="The interpreter is listening",
        speak_now="Please speak now",
        speaking="The interpreter is speaking",
        wait="Just a moment, please",
        paused="The conversation is paused",
        told="Your doctor has been told",
        you_said="You said",
        called="A human interpreter has been called",
        over="The conversation is over",
    ),
    "pt": PatientWords(
        yes="Sim",
        no="Não",
        not_understood="Não entendi",
        stop="Parar",
        go_on="Continuar",
        listening="O intérprete está à escuta",
        speak_now="Fale agora, por favor",
        speaking="O intérprete está falando",
        wait="Um momento, por favor",
        paused="A conversa está em pausa",
        told="O médico foi avisado",
        you_said="Você disse",
        called="Um intérprete humano foi chamado",
        over="A conversa terminou",
    ),
    "es": PatientWords(
        yes="Sí",
        no="No",
        not_understood="No entendí",
        stop="Parar",
        go_on="Continuar",
        listening="El intérprete escucha",
        speak_now="Hable ahora, por favor",
        speaking="El intérprete está hablando",
        wait="Un momento, por favor",
        paused="La conversación está en pausa",
        told="Se ha avisado al médico",
        you_said="Usted dijo",
        called="Se ha llamado a un intérprete humano",
        over="La conversación ha terminado",
    ),
    "fr": PatientWords(
        yes="Oui",
        no="Non",
        not_understood="Je n'ai pas compris",
        stop="Arrêter",
        go_on="Continuer",
        listening="L'interprète écoute",
        speak_now="Parlez maintenant, s'il vous plaît",
        speaking="L'interprète parle",
        wait="Un instant, s'il vous plaît",
        paused="La conversation est en pause",
        told="Le médecin a été prévenu",
        you_said="Vous avez dit",
        called="Un interprète humain a été appelé",
        over="La conversation est terminée",
    ),
    "de": PatientWords(
        yes="Ja",
        no="Nein",
        not_understood="Das habe ich nicht verstanden",
        stop="Stopp",
        go_on="Weiter",
        listening="Der Dolmetscher hört zu",
        speak_now="Bitte sprechen Sie jetzt",
        speaking="Der Dolmetscher spricht",
        wait="Einen Moment, bitte",
        paused="Das Gespräch ist unterbrochen",
        told="Der Arzt weiß Bescheid",
        you_said="Sie sagten",
        called="Ein menschlicher Dolmetscher wurde gerufen",
        over="Das Gespräch ist beendet",
    ),
    "it": PatientWords(
        yes="Sì",
        no="No",
        not_understood="Non ho capito",
        stop="Fermare",
        go_on="Continuare",
        listening="L'interprete ascolta",
        speak_now="Parli adesso, per favore",
        speaking="L'interprete sta parlando",
        wait="Un momento, per favore",
        paused="La conversazione è in pausa",
        told="Il medico è stato avvisato",
        you_said="Lei ha detto",
        called="È stato chiamato un interprete umano",
        over="La conversazione è terminata",
    ),
    "zh": PatientWords(
        yes="是",
        no="不是",
        not_understood="我没听懂",
        stop="停止",
        go_on="继续",
        listening="翻译正在听",
        speak_now="请现在说话",
        speaking="翻译正在说话",
        wait="请稍等",
        paused="谈话已暂停",
        told="已告知医生",
        you_said="您说了",
        called="已请求人工口译员",
        over="谈话已结束",
    ),
    "hi": PatientWords(
        yes="हाँ",
        no="नहीं",
        not_understood="समझ में नहीं आया",
        stop="रोकें",
        go_on="आगे बढ़ें",
        listening="दुभाषिया सुन रहा है",
        speak_now="कृपया अब बोलिए",
        speaking="दुभाषिया बोल रहा है",
        wait="कृपया एक पल रुकिए",
        paused="बातचीत रुकी हुई है",
        told="डॉक्टर को बता दिया गया है",
        you_said="आपने कहा",
        called="मानव दुभाषिए को बुलाया गया है",
        over="बातचीत समाप्त हो गई है",
    ),
    "ar": PatientWords(
        yes="نعم",
        no="لا",
        not_understood="لم أفهم",
        stop="توقف",
        go_on="متابعة",
        listening="المترجم يستمع",
        speak_now="من فضلكم تحدثوا الآن",
        speaking="المترجم يتحدث",
        wait="لحظة من فضلكم",
        paused="المحادثة متوقفة مؤقتًا",
        told="تم إبلاغ الطبيب",
        you_said="قلتم",
        called="تم استدعاء مترجم بشري",
        over="انتهت المحادثة",
    ),
    "ru": PatientWords(
        yes="Да",
        no="Нет",
        not_understood="Непонятно",
        stop="Стоп",
        go_on="Продолжить",
        listening="Переводчик слушает",
        speak_now="Пожалуйста, говорите",
        speaking="Переводчик говорит",
        wait="Минутку, пожалуйста",
        paused="Разговор приостановлен",
        told="Врачу сообщили",
        you_said="Вы сказали",
        called="Вызван переводчик-человек",
        over="Разговор окончен",
    ),
}
"""By language subtag."""


def words_in(language: str) -> PatientWords:
    """The words in a language (BCP 47); English where there are none: every button has a sign beside its word."""
    return WORDS.get(primary(language), WORDS["en"])


def has_words(language: str) -> bool:
    """Whether the screen speaks this language."""
    return primary(language) in WORDS

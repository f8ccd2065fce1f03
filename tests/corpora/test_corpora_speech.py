"""Readers of parallel texts, utterances, turns and consultations."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from voicedoc_corpora import (
    aci_bench,
    ami,
    cmtmedqa,
    emotiontalk,
    fleurs,
    flores,
    mtmeddialog,
    multimed,
    primock57,
    realtalk,
    tico19,
    vietmed,
)
from voicedoc_corpora import devset as development
from voicedoc_corpora.rows import Broken, Case, Dialogue, Diarized, Parallel, Spoken, Turn

from voicedoc.core.time import Span
from voicedoc.errors import BackendUnavailable, CorpusError

pytestmark = pytest.mark.unit


def _write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _reasons(rows: list[Any]) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in rows if isinstance(row, Broken)]


# --- TICO-19. The first two units are from the release (CC0).

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="unknown" creationtoolversion="unknown" segtype="paragraph" o-tmf="unknown" \
adminlang="en" srclang="en" datatype="text"></header><body>
<tu tuid="CMU_1:6">
<prop type="note">http://www.speech.cs.cmu.edu/haitian/text/1600_medical_domain_sentences.en</prop>
<tuv xml:lang="en">
<seg>and are you having any of the following symptoms with your chest pain</seg></tuv>
<tuv xml:lang="pt-BR"><seg>e você está com alguns dos seguintes sintomas além da dor no peito</seg></tuv>
</tu>
<tu tuid="CMU_1:7">
<prop type="note">http://www.speech.cs.cmu.edu/haitian/text/1600_medical_domain_sentences.en</prop>
<tuv xml:lang="en">
<seg>and are you having a runny nose?</seg></tuv>
<tuv xml:lang="pt-BR"><seg>e está com o nariz escorrendo?</seg></tuv>
</tu>
<tu tuid="PubMed_6:1">
<tuv xml:lang="en"><seg>don&apos;t</seg></tuv>
<tuv xml:lang="pt-BR"><seg/></tuv>
</tu>
<tu tuid="PubMed_6:2"><tuv xml:lang="en"><seg>alone</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="pt-BR"><seg>b</seg></tuv></tu>
<tu tuid="PubMed_6:3"><tuv xml:lang="en"><seg>don&apos;t</seg></tuv><tuv xml:lang="pt-BR"><seg>não</seg></tuv></tu>
</body></tmx>
"""


def test_units_of_a_translation_memory_are_parallel_texts(tmp_path: Path):
    found = list(tico19.read(_write(tmp_path / "all.en-pt-BR.tmx", TMX)))
    assert [(row.id, row.domain) for row in found if isinstance(row, Parallel)] == [
        ("CMU_1:6", "dialogue"), ("CMU_1:7", "dialogue"), ("PubMed_6:3", "PubMed")
    ]  # fmt: skip
    assert found[-1].text == {"en": "don't", "pt-BR": "não"}
    assert [line for line, _ in _reasons(found)] == [15, 19, 20]


def test_the_development_set_has_the_same_texts_as_the_release(tmp_path: Path, devset: Path):
    ours = {row.id: row for row in tico19.read(_write(tmp_path / "a.tmx", TMX)) if isinstance(row, Parallel)}
    theirs = {row.id: row for row in development.tico(devset)}
    for id_ in ("CMU_1:6", "CMU_1:7"):
        assert ours[id_].domain == theirs[id_].domain
        assert all(theirs[id_].text[tag] == text for tag, text in ours[id_].text.items())


def test_a_translation_memory_that_breaks_off_keeps_what_came_before(tmp_path: Path):
    found = list(tico19.read(_write(tmp_path / "a.tmx", TMX[: TMX.index("<tu><tuv")])))
    assert len([row for row in found if isinstance(row, Parallel)]) == 2
    assert "is not XML" in _reasons(found)[-1][1]


# --- FLORES


def test_the_same_lines_of_flores_are_one_text(tmp_path: Path):
    for code, lines in {"eng_Latn": "Hello.\nBye.\n", "zho_Hant": "你好。\n再見。\n"}.items():
        _write(tmp_path / "devtest" / f"{code}.devtest", lines)
        _write(tmp_path / "dev" / f"{code}.dev", lines.splitlines()[0] + "\n")
    assert list(flores.read(tmp_path)) == [
        Parallel("dev:1", "dev", {"en": "Hello.", "zh-Hant": "你好。"}),
        Parallel("devtest:1", "devtest", {"en": "Hello.", "zh-Hant": "你好。"}),
        Parallel("devtest:2", "devtest", {"en": "Bye.", "zh-Hant": "再見。"}),
    ]
    assert next(flores.read(tmp_path, ["en"])) == Parallel("dev:1", "dev", {"en": "Hello."})


def test_a_language_of_flores_that_lacks_lines_is_reported(tmp_path: Path):
    _write(tmp_path / "eng_Latn.dev", "a\n\nc\nd\n")
    _write(tmp_path / "hin_Deva.dev", b"\xe0\xa4\x85\n\xff\n\xe0\xa4\x85\n")
    found = list(flores.read(tmp_path))
    broken = [(row.file.name, row.line) for row in found if isinstance(row, Broken)]
    assert broken == [("eng_Latn.dev", 2), ("hin_Deva.dev", 2), ("hin_Deva.dev", 4)]
    assert [row.id for row in found if isinstance(row, Parallel)] == ["dev:1", "dev:3", "dev:4"]


# --- FLEURS

FLEURS = '1675\t9.wav\tSie sagte "ja".\tsie sagte ja\ts i e | s a g t e |\t32000\tFEMALE\n'


def test_an_utterance_of_fleurs_knows_its_recording_and_its_length(tmp_path: Path):
    _write(tmp_path / "de_de" / "test.tsv", FLEURS)
    audio = _write(tmp_path / "de_de" / "audio" / "test" / "9.wav", b"")
    (row,) = fleurs.read(tmp_path)
    labels = {"sentence": "1675", "normalized": "sie sagte ja", "gender": "female"}
    assert row == Spoken("9", "de-DE", 'Sie sagte "ja".', audio, Span(0.0, 2.0), labels=labels)


def test_what_lacks_in_fleurs_is_reported(tmp_path: Path):
    _write(tmp_path / "de_de" / "dev.tsv", FLEURS)
    (text_only,) = fleurs.read(tmp_path)
    assert isinstance(text_only, Spoken) and text_only.audio is None
    rows = [
        FLEURS,
        FLEURS.replace("32000", "-1"),
        FLEURS.replace("32000", "1e999"),
        FLEURS.replace("\tFEMALE", ""),
        FLEURS.replace("9.wav", "8.wav"),
    ]
    _write(tmp_path / "de_de" / "dev.tsv", "".join(rows))
    _write(tmp_path / "de_de" / "audio" / "dev" / "9.wav", b"")
    reasons = _reasons(list(fleurs.read(tmp_path)))
    assert [line for line, _ in reasons] == [2, 3, 4, 5]
    assert "6 columns" in reasons[2][1] and "dev/8.wav is missing" in reasons[3][1]


# --- AMI


def test_the_turns_of_real_meetings_are_read_with_their_recordings(devset: Path):
    found = list(ami.read(devset / "audio" / "diar"))
    assert len(found) == 10 and _reasons(found) == []
    expected = {meeting.id: meeting for meeting in development.meetings(devset)}
    n_turns = 0
    for row in found:
        assert isinstance(row, Diarized) and row.audio == expected[row.id].audio and row.audio.is_file()
        n_turns += len(row.turns)
        theirs = sorted((turn.start, turn.speaker) for turn in expected[row.id].turns)
        ours = sorted((turn.span.start, turn.speaker) for turn in row.turns)
        assert [speaker for _, speaker in ours] == [speaker for _, speaker in theirs]
        assert [start for start, _ in ours] == pytest.approx([start for start, _ in theirs])
    assert n_turns == 77


def test_lines_that_are_no_turns_are_reported_and_other_types_are_not(tmp_path: Path):
    sound = "SPEAKER a 1 2.0 1.5 <NA> <NA> Ana <NA> <NA>\n"
    lines = [
        ";; a comment\n",
        "SPKR-INFO a 1 <NA> <NA> <NA> unknown Ana <NA>\n",
        sound,
        "SPEAKER a 1 1.0 0.5 <NA> <NA> Bo <NA>\n",
        "SPEAKER a 1 0.5 -1 <NA> <NA> Ana <NA> <NA>\n",
        "SPEAKER a 1 soon 1 <NA> <NA> Ana <NA> <NA>\n",
        "SPEAKER a 1 0.5 inf <NA> <NA> Ana <NA> <NA>\n",
        "SPEAKER a 1 0.5\n",
        "speaker a 1 0.5 1 <NA> <NA> Ana <NA> <NA>\n",
        sound.replace(" a ", " b "),
    ]
    found = list(ami.read(_write(tmp_path / "all.rttm", "".join(lines))))
    assert [line for line, _ in _reasons(found)] == [5, 6, 7, 8, 9]
    first, second = (row for row in found if isinstance(row, Diarized))
    assert (first.id, second.id, first.audio) == ("a", "b", None)
    assert [(turn.speaker, turn.span) for turn in first.turns] == [("Bo", Span(1.0, 1.5)), ("Ana", Span(2.0, 3.5))]


# --- PriMock57

GRID = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0{s}
xmax = 9.5{s}
tiers? <exists>{s}
size = 1{s}
item []:{s}
    item [1]:
        class = "IntervalTier"{s}
        name = "{name}"{s}
        xmin = 0{s}
        xmax = 9.5{s}
        intervals: size = {n}{s}
"""


def _grid(name: str, *intervals: tuple[float, float, str]) -> str:
    text = GRID.format(name=name, n=len(intervals), s=" ")
    for number, (start, end, said) in enumerate(intervals, start=1):
        text += f"        intervals [{number}]:\n            xmin = {start} \n            xmax = {end} \n"
        text += f'            text = "{said}" \n'
    return text


def _consultation(root: Path, *doctor: tuple[float, float, str]) -> None:
    name = "day1_consultation01"
    _write(root / "transcripts" / f"{name}_doctor.TextGrid", _grid("Doctor", *doctor))
    patient = _grid("Patient", (0, 2.5, ""), (2.5, 4.25, 'I take 2 <UNSURE>mg</UNSURE>.\nHe said ""yes"" [1]. <UNIN/>'))
    _write(root / "transcripts" / f"{name}_patient.TextGrid", patient)
    note = {"day": 1, "consultation": 1, "presenting_complaint": "A cough", "note": "3/7 hx", "highlights": []}
    _write(root / "notes" / f"{name}.json", json.dumps(note))


def test_both_sides_of_a_consultation_are_one_dialogue(tmp_path: Path):
    _consultation(tmp_path, (0, 0.5, ""), (0.5, 2, "Hello?"), (2, 3, ""), (4, 5.125e0, "Fine."))
    (row,) = primock57.read(tmp_path)
    assert isinstance(row, Dialogue) and (row.id, row.topic, row.note) == ("day1_consultation01", "A cough", "3/7 hx")
    assert [(turn.speaker, turn.start, turn.end) for turn in row.turns] == [
        ("doctor", 0.5, 2.0), ("patient", 2.5, 4.25), ("doctor", 4.0, 5.125)
    ]  # fmt: skip
    assert row.turns[1].text == 'I take 2 <UNSURE>mg</UNSURE>.\nHe said "yes" [1]. <UNIN/>' and row.audio == {}
    assert primock57.plain(row.turns[1].text) == 'I take 2 mg. He said "yes" [1].'


def test_a_consultation_has_its_channels_where_they_are(tmp_path: Path):
    _consultation(tmp_path, (0.5, 2, "Hello?"))
    for role in primock57.ROLES:
        _write(tmp_path / "audio" / f"day1_consultation01_{role}.wav", b"")
    (row,) = primock57.read(tmp_path)
    assert isinstance(row, Dialogue) and set(row.audio) == {"doctor", "patient"}
    (tmp_path / "audio" / "day1_consultation01_patient.wav").unlink()
    (broken,) = primock57.read(tmp_path)
    assert isinstance(broken, Broken) and "patient.wav is missing" in broken.reason


@pytest.mark.parametrize(
    ("intervals", "line"), [([(3, 1, "Hello?")], 18), ([], 14)], ids=["ends before it begins", "breaks off"]
)
def test_a_consultation_with_a_broken_turn_is_not_given_without_it(
    tmp_path: Path, intervals: list[tuple[float, float, str]], line: int
):
    _consultation(tmp_path, *intervals)
    path = tmp_path / "transcripts" / "day1_consultation01_doctor.TextGrid"
    path.write_text(path.read_text().replace("intervals: size = 0 \n", "intervals: size = 3"))
    (broken,) = primock57.read(tmp_path)
    assert isinstance(broken, Broken) and (broken.file, broken.line) == (path, line)


def test_a_side_without_the_other_is_reported(tmp_path: Path):
    _consultation(tmp_path, (0.5, 2, "Hello?"))
    (tmp_path / "transcripts" / "day1_consultation01_doctor.TextGrid").unlink()
    (broken,) = primock57.read(tmp_path)
    assert isinstance(broken, Broken) and broken.file.name == "day1_consultation01_doctor.TextGrid"


# --- ACI-Bench


def _table(path: Path, names: list[str], *rows: list[str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([names, *rows])
    return path


def test_real_visits_survive_a_table(tmp_path: Path, devset: Path):
    lines = (devset / "text" / "dialogues_acibench.jsonl").read_text("utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    rows = [["virtassist", item["id"], item["dialogue"], item["note"]] for item in items]
    _table(tmp_path / "train.csv", ["dataset", "encounter_id", "dialogue", "note"], *rows)
    _table(tmp_path / "train_metadata.csv", ["dataset", "encounter_id", "doctor_name"], ["virtassist", "1", "Who"])
    found = list(aci_bench.read(tmp_path))
    assert len(found) == len(items) == 10 and _reasons(found) == []
    for row, item in zip(found, items, strict=True):
        assert isinstance(row, Dialogue) and row.note.split() == item["note"].split()
        said = " ".join(f"[{turn.speaker}] {turn.text}" for turn in row.turns)
        assert said.split() == item["dialogue"].split()
        assert {"doctor", "patient"} <= {turn.speaker for turn in row.turns}


def test_a_visit_that_names_no_speaker_is_reported(tmp_path: Path):
    names = ["dataset", "id", "dialogue", "note"]
    rows = [["aci", "1", "hello", "n"], ["aci", "2", "[doctor] one\ntwo\n[patient_guest] three", ""]]
    broken, row = aci_bench.read(_table(tmp_path / "valid.csv", names, *rows))
    assert isinstance(broken, Broken) and broken.line == 2
    assert isinstance(row, Dialogue) and row.turns == (Turn("doctor", "one two"), Turn("patient_guest", "three"))


# --- CMtMedQA, MTMedDialog, EmotionTalk, VietMed

CONSULTATION = {
    "id": "j1", "cate1": "内科", "cate2": "内科", "instruction": "好的。", "input": "", "output": "不客气。",
    "history": [["头痛。", "多久了？"]],
}  # fmt: skip


def test_the_last_question_comes_after_the_history(tmp_path: Path):
    rows = [CONSULTATION, CONSULTATION | {"history": [["头痛。"]]}, CONSULTATION | {"output": None}]
    _write(tmp_path / "CMtMedQA_test.json", json.dumps(rows, indent=4))
    found = list(cmtmedqa.read(tmp_path))
    assert isinstance(found[0], Dialogue) and (found[0].id, found[0].topic) == ("j1", "内科")
    assert [(turn.speaker, turn.text) for turn in found[0].turns] == [
        ("patient", "头痛。"), ("doctor", "多久了？"), ("patient", "好的。"), ("doctor", "不客气。")
    ]  # fmt: skip
    assert len(_reasons(found)) == 2


CASE = {
    "self_report": "My knee hurts.", "enhanced_description": "The knee has hurt for a week.", "diagnosis": "A bruise.",
    "recommendation": "Rest.", "category": "Injuries",
    "dialogue": [
        {"doctor_question": ["Hello.", "Since when?"], "patient_response": ["A week."]},
        {"doctor_question": ["Rest it."], "patient_response": []},
    ],
}  # fmt: skip


def test_a_case_has_what_the_patient_knows_and_how_it_went_on(tmp_path: Path):
    rows = [CASE, CASE | {"dialogue": [{"doctor_question": "Hello."}]}, CASE | {"diagnosis": ""}]
    _write(tmp_path / "MTMedDialog_test.json", json.dumps(rows, indent=1))
    case, *broken = mtmeddialog.read(tmp_path)
    assert isinstance(case, Case) and (case.id, case.complaint) == ("MTMedDialog_test:2", "My knee hurts.")
    assert [(t.speaker, t.text) for t in case.turns] == [
        ("doctor", "Hello. Since when?"), ("patient", "A week."), ("doctor", "Rest it.")
    ]  # fmt: skip
    assert [reason for _, reason in _reasons(broken)] == [
        "field 'dialogue' has an entry without texts as 'doctor_question'", "field 'diagnosis' is empty"
    ]  # fmt: skip


def test_an_utterance_has_the_emotion_of_its_words_and_of_all_that_was_seen(tmp_path: Path):
    name = "G00009/G00009_42/G00009_42_14/G00009_42_14_0"
    rows = [[f"{name}24", "neutral", "[over/]还给[/over]他[interrupted]。"], [f"{name}25", "", "对。"]]
    _table(tmp_path / "transcription.csv", ["name", "emotion", "chinese"], *rows)
    _table(tmp_path / "mm.csv", ["file_name", "emotion"], [f"{name}24.mp4", "angry"], ["short"])
    found = list(emotiontalk.read(tmp_path))
    (row,) = (row for row in found if isinstance(row, Spoken))
    assert (row.id, row.speaker) == ("G00009_42_14_024", "G00009_42_14")
    assert row.labels == {"emotion_in_text": "neutral", "emotion": "angry"}
    assert emotiontalk.plain(row.text) == "还给他。"
    assert [(row.file.name, row.line) for row in found if isinstance(row, Broken)] == [
        ("mm.csv", 3), ("transcription.csv", 3)
    ]  # fmt: skip


BLISS = """<?xml version="1.0" encoding="utf-8"?>
<corpus name="dev">
  <subcorpus name="V_1_a">
    <recording name="V_1_a" audio="/somewhere/Audio_8kHz_wav/V_1.wav">
      <segment name="V_1_a_0" start="1.0000" end="8.0000" track="0">
        <speaker name="V_1_a"/>
        <orth> xin chào </orth>
      </segment>
      <segment name="V_1_a_1" start="9.0" end="8.0" track="1"><speaker name="V_1_a"/><orth> a </orth></segment>
      <segment name="V_1_a_2" start="9.0" end="9.5" track="2"><orth> </orth></segment>
    </recording>
  </subcorpus>
</corpus>
"""


def test_segments_are_places_in_a_recording(tmp_path: Path):
    _write(tmp_path / "vietmed_corpus_dev_v1.xml", BLISS)
    found = list(vietmed.read(tmp_path))
    assert found[0] == Spoken("V_1_a_0", "vi", "xin chào", None, Span(1.0, 8.0), "V_1_a")
    assert [line for line, _ in _reasons(found)] == [9, 10]
    audio = _write(tmp_path / "Audio_8kHz_wav" / "V_1.wav", b"")
    first = next(vietmed.read(tmp_path))
    assert isinstance(first, Spoken) and first.audio == audio


# --- MultiMed


def _parquet(path: Path, rows: list[tuple[bytes, str | None, float | None]]) -> Path:
    """A file with the columns of the release."""
    arrow = pytest.importorskip("pyarrow", reason="pip install 'voicedoc[corpora]'")
    parquet = pytest.importorskip("pyarrow.parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {
        "audio": [{"bytes": sound, "path": f"{number}.ogg"} for number, (sound, _, _) in enumerate(rows)],
        "text": [text for _, text, _ in rows],
        "duration": [duration for _, _, duration in rows],
    }
    parquet.write_table(arrow.table(columns), path)
    return path


def test_utterances_in_parquet_have_their_folders_language(tmp_path: Path):
    _parquet(tmp_path / "French" / "test-00000-of-00001.parquet", [(b"un", "Bonjour.", 1.5), (b"deux", "Oui.", 0.5)])
    _parquet(tmp_path / "Chinese" / "eval-00000-of-00001.parquet", [(b"yi", "你好", 2.0)])
    chinese, first, second = multimed.read(tmp_path)
    assert chinese == Spoken("eval-00000-of-00001:0", "zh", "你好", None, Span(0.0, 2.0))
    assert isinstance(first, Spoken) and (first.language, first.text) == ("fr", "Bonjour.")
    assert isinstance(second, Spoken) and second.id == "test-00000-of-00001:1"


def test_recordings_are_unpacked_beside_their_words(tmp_path: Path):
    _parquet(tmp_path / "German" / "test-0.parquet", [(b"sound one", "eins", 1.0), (b"sound two", "zwei", 1.0)])
    rows = list(multimed.unpack(tmp_path, tmp_path / "sounds"))
    assert [row.audio.read_bytes() for row in rows if row.audio] == [b"sound one", b"sound two"]
    assert [row.audio.name for row in rows if row.audio] == ["test-0-0.ogg", "test-0-1.ogg"]


def test_broken_parquet_is_told_row_by_row_or_as_a_whole(tmp_path: Path):
    rows = [(b"", "Hello.", 1.0), (b"", None, 1.0), (b"", " ", 1.0), (b"", "Yes.", 0.0), (b"", "No.", None)]
    path = _parquet(tmp_path / "English" / "test-0.parquet", rows)
    assert _reasons(list(multimed.read(path))) == [
        (1, "field 'text' is not text but NoneType"), (2, "field 'text' is empty"),
        (3, "field 'duration' is not above 0"), (4, "field 'duration' is not a number"),
    ]  # fmt: skip
    whole = path.read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"PAR1 and nothing else"):
        assert _reasons(list(multimed.read(_write(path, content)))) == [
            (0, "is not a parquet file, or only a part of one")
        ]
    elsewhere = _write(tmp_path / "data" / "test-0.parquet", whole)
    assert "is no language's name" in _reasons(list(multimed.read(elsewhere)))[0][1]
    with pytest.raises(CorpusError):
        list(multimed.unpack(elsewhere, tmp_path / "sounds"))


def test_parquet_of_another_kind_lacks_a_column(tmp_path: Path):
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    (tmp_path / "English").mkdir()
    parquet.write_table(arrow.table({"text": ["a"], "duration": [1.0]}), tmp_path / "English" / "x.parquet")
    assert _reasons(list(multimed.read(tmp_path))) == [(0, "has no column 'audio'")]


def test_parquet_without_its_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _write(tmp_path / "English" / "test-0.parquet", b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BackendUnavailable) as caught:
        list(multimed.read(tmp_path))
    assert caught.value.remedy == "pip install 'voicedoc[corpora]'"


# --- RealTalk-CN


def _turn(text: object = "我～想⁇挂号", **changed: object) -> dict[str, Any]:
    said = {
        "文本content": text, "roleID": 1, "hdTimeStart": "1.5", "hdTimeEnd": 3.25,
        "槽值字典": {"科室": ["内科", "外科"]}, "context": [], "choices": ["挂号", "取药"],
    }  # fmt: skip
    return {"audio_file": "wav/001.wav", "text": "挂号", "next": {}, "original_data": {**said, **changed}}


def _subset(root: Path, turns: list[Any]) -> Path:
    path = root / "Spoken3MC" / "subset_json" / "single_domain_colloquial" / "test.json"
    return _write(path, json.dumps(turns, ensure_ascii=False, indent=1))


def test_a_turn_has_its_place_its_intent_and_its_slots(tmp_path: Path):
    _subset(tmp_path, [_turn(), _turn("好的", roleID=2, **{"槽值字典": {}})])
    first, second = realtalk.read(tmp_path)
    assert first == Spoken(
        "single_domain_colloquial:test:1", "zh", "我～想⁇挂号", None, Span(1.5, 3.25), "user",
        {"intent": "挂号", "科室": "内科、外科"},
    )  # fmt: skip
    assert isinstance(first, Spoken) and realtalk.plain(first.text) == "我想挂号"
    assert isinstance(second, Spoken) and second.speaker == "assistant"
    audio = _write(tmp_path / "wav" / "001.wav", b"")
    again = next(realtalk.read(tmp_path))
    assert isinstance(again, Spoken) and again.audio == audio


def test_turns_that_are_none_are_told(tmp_path: Path):
    turns = [
        _turn("～⁇"), _turn(None), _turn(roleID=3), _turn(hdTimeStart="soon"), _turn(hdTimeStart=9.0),
        _turn(**{"槽值字典": {"科室": "内科"}}), {**_turn(), "original_data": []}, {**_turn(), "audio_file": ""}, 7,
    ]  # fmt: skip
    path = _subset(tmp_path, [*turns, _turn()])
    found = list(realtalk.read(path))
    assert len(found) == 10 and isinstance(found[-1], Spoken) and found[-1].id.endswith(":10")
    reasons = [reason for _, reason in _reasons(found)]
    assert len(reasons) == 9
    for reason, part in zip(
        reasons,
        ["empty", "not text", "neither 1 nor 2", "not a number", "before it begins", "lists of texts", "no object",
         "'audio_file' is empty", "is not an object"],
        strict=True,
    ):  # fmt: skip
        assert part in reason
    _write(tmp_path / "wav" / "002.wav", b"")
    assert "wav/001.wav is missing" in _reasons(list(realtalk.read(path)))[-1][1]

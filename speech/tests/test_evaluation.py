import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from speech.clips import Clip
from speech.evaluation import Spoken, add_up, read_folder, run
from speech.transcript import Transcript
from speech.word_errors import WordErrors


def test_labelled_answers_are_cut_into_their_utterances(answers_dir: Path) -> None:
    spoken = read_folder(answers_dir)
    assert len(spoken) == 35
    assert sum(item.clip.audio_ms for item in spoken) > 100_000
    assert spoken[0].clip.text == "I have worked as a backend engineer for six years."


def test_a_table_and_single_texts_are_read(answers_dir: Path, tmp_path: Path) -> None:
    shutil.copy(answers_dir / "yes.flac", tmp_path)
    (tmp_path / "yes.txt").write_text("Yes, I have done that before.\n")
    single = read_folder(tmp_path)
    (tmp_path / "transcripts.tsv").write_text("yes\tYES I HAVE DONE THAT BEFORE\nmissing\tNOT THERE\n")
    table = read_folder(tmp_path)
    assert [item.name for item in single + table] == ["yes.flac", "yes.flac"]
    assert single[0].clip.pcm == table[0].clip.pcm


def test_a_folder_without_words_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"neither answers\.json"):
        read_folder(tmp_path)


def test_errors_and_cost_add_up() -> None:
    spoken = [Spoken("a", Clip(bytes(32_000), "one two")), Spoken("b", Clip(bytes(64_000), "three"))]
    heard = iter([Transcript("one too", decode_ms=100), Transcript("three", decode_ms=200)])
    outcomes = list(run(spoken, lambda pcm: next(heard)))
    total = add_up(outcomes)
    assert total.errors == WordErrors(wrong=1, words=3)
    assert (total.audio_ms, total.decode_ms, total.clips) == (3_000, 300, 2)
    assert total.cost == pytest.approx(0.1)
    assert outcomes[0].cost == pytest.approx(0.1)


def test_the_command_prints_both_windows(mini_model: Path, answers_dir: Path, tmp_path: Path) -> None:
    for name in ("yes.flac", "repeat.flac"):
        shutil.copy(answers_dir / name, tmp_path)
    (tmp_path / "yes.txt").write_text("Yes, I have done that before.")
    (tmp_path / "repeat.txt").write_text("Could you repeat the answer please?")
    out = io.StringIO()
    call_command("speech_eval", str(tmp_path), model=str(mini_model), texts=True, stdout=out)
    lines = out.getvalue().splitlines()
    tight, full = (next(line for line in lines if line.startswith(window)) for window in ("tight", "full"))
    assert tight.split()[1:6] == full.split()[1:6] == ["8.3%", "1", "0", "0", "12"]
    assert "    said:  Could you repeat the answer please?" in lines


def test_the_command_explains_what_is_wrong(tmp_path: Path, mini_model: Path) -> None:
    with pytest.raises(CommandError, match=r"neither answers\.json"):
        call_command("speech_eval", str(tmp_path), model=str(mini_model))
    with pytest.raises(CommandError, match="CTranslate2"):
        call_command("speech_eval", str(tmp_path), model=str(tmp_path))
    with pytest.raises(CommandError, match="on this machine"):
        call_command("speech_eval", str(tmp_path), engine="openai")

"""Texts and files in, translations out; what cannot be translated is refused in words."""

from __future__ import annotations

import codecs
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import run
from app.domain.record import Record, RecordKind, Right
from app.errors import Cancelled, FileRefused, OfficeError
from app.paths import data_folder
from app.services import passages, translating

CLAIMS = "1. Pompe à eau (1) comprenant un corps (2).\n\n2. Pompe selon la revendication 1.\n"


def test_a_bare_machine_translates_at_once() -> None:
    done = translating.translate(CLAIMS, target="en")
    assert (done.language, done.target) == ("fr", "en")
    assert [s.label for s in done.segments] == ["1.", "2."]
    assert "(1)" in done.text
    assert done.text.count("\n") == CLAIMS.count("\n")
    assert "claim 1" in done.segments[1].target


@pytest.mark.parametrize(
    ("text", "source", "target", "why"),
    [
        ("", "fr", "en", "no words"),
        (" \n\t", "fr", "en", "no words"),
        ("12, 13 (4)", "fr", "en", "no words"),
        ("Pompe", "fr", "fr", "already"),
        ("Pompe", "FR-ca", "fr", "already"),
        ("Pompe", "de", "en", "No installed pack"),
        ("Pompe", "fr", "../en", "not a language code"),
        ("Pompe", "", "e", "not a language code"),
        ("ok", None, "en", "not certain"),
        ("x" * (translating.LARGEST_TEXT + 1), "fr", "en", "million characters"),
    ],
)
def test_what_cannot_be_translated(text: str, source: str | None, target: str, why: str) -> None:
    with pytest.raises(OfficeError, match=why) as refusal:
        translating.translate(text, source=source, target=target)
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (codecs.BOM_UTF8, "is empty|no words"),
        ("caf\xe9 s\xe9ch\xe9".encode("latin-1"), "not text in UTF-8"),
        (bytes(range(256)) * 8, "is not a text"),
        (b"Pompe\x00 corps", "is not a text"),
        (b"Pompe\x1b[2J", "is not a text"),
        ("Pompe".encode("utf-16-le"), "is not a text"),
    ],
)
def test_files_that_are_no_text(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(content)
    with pytest.raises(OfficeError, match=why):
        translating.translate_file(path, source="fr", target="en")
    assert not data_folder().exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_with_a_byte_order_mark_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "claims.txt"
    path.write_bytes(CLAIMS.encode(encoding))
    assert passages.read(path).text == CLAIMS


def test_files_that_are_gone_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path, tmp_path / "gone.txt"):
        with pytest.raises(FileRefused, match="cannot be read"):
            passages.read(path)
    monkeypatch.setattr(passages, "LARGEST_FILE", 10)
    with pytest.raises(FileRefused, match="larger"):
        passages.read(io.BytesIO(b"x" * 11))


BOTH = Record(
    Right.PATENT, RecordKind.GRANT, language="en", titles={"fr": "Pompe", "en": "Pump"},
    claims={"en": ("A pump.", "2. The pump."), "fr": ("Pompe.", "2. La pompe.")},
)  # fmt: skip


@pytest.mark.parametrize(
    ("record", "source", "target", "text", "language"),
    [
        (BOTH, None, "en", "1. Pompe.\n\n2. La pompe.\n", "fr"),
        (BOTH, "fr", "en", "1. Pompe.\n\n2. La pompe.\n", "fr"),
        (BOTH, None, "es", "1. A pump.\n\n2. The pump.\n", "en"),
        (Record(Right.PATENT, RecordKind.APPLICATION, abstracts={"und": "Pompe."}), None, "en", "Pompe.", ""),
        (Record(Right.PATENT, RecordKind.APPLICATION, titles={"fr": "Pompe"}), "fr", "en", "Pompe", "fr"),
    ],
)
def test_the_claims_of_a_document_in_the_right_language(
    record: Record, source: str | None, target: str, text: str, language: str
) -> None:
    passage = passages._passage_of(record, source, target)
    assert passage == passages.Passage(text, language)


def test_a_document_without_the_language_gives_nothing() -> None:
    assert passages._passage_of(BOTH, "ar", "en") is None


def test_a_stop_in_the_middle_leaves_nothing_behind() -> None:
    class Stop:
        def step(self, done: int, total: int | None = None, note: str = "") -> None:
            if note == "translating" and done:
                raise Cancelled

    translating.translate("Une pompe.", source="fr", target="en")
    before = sorted(data_folder().rglob("*"))
    many = "\n".join(f"Pompe ({n}) comprenant un corps relié à un rotor ({n + 1})." for n in range(300))
    with pytest.raises(Cancelled):
        translating.translate(many, source="fr", target="en", progress=Stop())
    assert sorted(data_folder().rglob("*")) == before


def test_no_sentence_lies_on_the_disk_afterwards(own_home: Path, tmp_path: Path) -> None:
    translating.translate("Le séchoir zinzolin (7) tourne.", source="fr", target="en")
    for path in [*own_home.rglob("*"), *tmp_path.rglob("*")]:
        if path.is_file():
            assert "zinzolin" not in path.read_bytes().decode("utf-8", "replace")


# --- the command line


def test_the_answer_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "claims.txt"
    path.write_text("REVENDICATIONS\n\n" + CLAIMS, encoding="utf-8")
    assert run(["--json", "translate", str(path), "--from", "fr", "--to", "en"]) == 0
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert {"text", "segments", "packs", "language"} <= set(answer)
    first = answer["segments"][0]
    assert {"source", "target", "score", "flags", "label"} <= set(first)
    assert (first["label"], answer["language"]) == ("REVENDICATIONS 1.", "fr")
    assert answer["text"].startswith("CLAIMS\n\n1. ")
    assert "for information only" in err


def test_standard_input_and_lines_for_people(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Piped(io.StringIO):
        buffer = io.BytesIO("Le corps tourne à 10 000 tr/min.\n".encode())

    monkeypatch.setattr("sys.stdin", Piped())
    assert run(["translate", "-", "--from", "fr", "--to", "en", "--beam", "1"]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("\n")
    assert not out.endswith("\n\n")
    assert err.startswith("Machine translation (translate-fr_en 0.2)")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["translate", "--to", "en"], 2),
        (["translate", "x.txt", "--case", "1", "--to", "en"], 2),
        (["translate", "x.txt"], 2),
        (["translate", "x.txt", "--to", "en", "--beam", "0"], 2),
        (["translate", "nowhere.txt", "--to", "en"], 1),
    ],
)
def test_words_that_do_not_say_what_to_do(
    words: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == status
    out, err = capsys.readouterr()
    assert (out, bool(err)) == ("", True)


# --- real files, and machines where something is missing


def test_the_french_claims_of_a_real_publication(shared_data: Path) -> None:
    path = shared_data / "patents" / "ep-annotated-corpus" / "EP-1116605-B1.xml"
    done = translating.translate_file(path, source="fr", target="en", options=translating.Options(beam=1))
    labels = [s.label for s in done.segments if s.label]
    assert labels[0] == "1."
    assert {"1.", "2.", "3."} <= set(labels)
    assert "claim" in done.text
    assert all(s.target for s in done.segments)


def test_xml_of_no_known_kind_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "strange.xml"
    path.write_text("<strange><claim>Pompe</claim></strange>", encoding="utf-8")
    with pytest.raises(OfficeError) as refusal:
        translating.translate_file(path, source="fr", target="en")
    assert refusal.value.message


def test_plain_text_that_begins_with_an_angle_bracket_is_text(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("< 5 mm de long\n", encoding="utf-8")
    assert passages.read(path).text == "< 5 mm de long\n"


@pytest.mark.parametrize("part", ["ctranslate2", "sentencepiece", "argostranslate", "py3langid.langid"])
def test_where_translation_is_not_installed_it_says_how_to(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, part, None)
    monkeypatch.setattr("translate.packs._argos", None)
    monkeypatch.setattr("translate.identify._model", None)
    source = None if part.startswith("py3langid") else "fr"
    with pytest.raises(OfficeError, match="not installed here") as refusal:
        translating.translate("Une pompe à eau comprend un corps.", source=source, target="en")
    assert "run.py setup" in refusal.value.remedy


def test_without_a_network_it_is_the_same(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    command = [unshare or "", "-rn", sys.executable, "-m", "app.cli.main", "translate", "-", "--to", "en"]
    root = Path(__file__).parents[3]
    if not unshare or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let a process give up its network")
    done = subprocess.run(command, input=CLAIMS.encode(), capture_output=True, cwd=root, check=False)
    assert done.returncode == 0, done.stderr
    assert b"claim 1" in done.stdout

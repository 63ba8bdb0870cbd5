"""Packs of office, person and program together, and the command line over them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.main import run
from app.errors import FileRefused, OfficeError, StorageRefused, UsageError
from app.paths import data_folder, resources
from app.services import packs

Make = Callable[..., Path]
BUNDLED = "385a4d7e0bd7d276a38990383a3dfba06206ac3e347577346b07d0973d643cfc"


@pytest.fixture
def office_folder(tmp_path: Path) -> Path:
    """A folder that looks like an office to whoever only wants its packs."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "office.json").write_text("{}", encoding="utf-8")
    return folder


def states(folder: Path | None = None) -> dict[str, str]:
    return {line.name: line.state for line in packs.list(folder) if line.kind == "language"}


def test_the_bundled_pack_is_offered_and_unpacked_when_it_is_needed() -> None:
    assert states() == {"translate-fr_en": "offered"}
    (pack,) = packs.route(None, "fr", "en")
    assert pack.folder == data_folder() / "packs" / "language" / "translate-fr_en-0.2"
    assert pack.sha256 == BUNDLED
    assert states() == {"translate-fr_en": "ready"}
    assert packs.route(None, "fr", "en") == (pack,)


def test_the_readme_beside_the_bundled_pack_names_its_hash_and_licence() -> None:
    words = (resources() / "demo" / "packs" / "README.md").read_text(encoding="utf-8")
    assert BUNDLED in words
    assert "CC BY-SA 4.0" in words


def test_packs_of_the_office_come_before_the_persons(office_folder: Path, make_pack: Make) -> None:
    packs.install(None, make_pack("own.argosmodel", version="1.0"))
    packs.install(office_folder, make_pack("office.argosmodel", version="2.0"))
    (way,) = packs.route(office_folder, "xx", "en")
    assert (way.version, way.folder.is_relative_to(office_folder)) == ("2.0", True)
    (own,) = packs.route(None, "xx", "en")
    assert own.version == "1.0"


def test_a_folder_that_is_no_office_gets_no_packs(tmp_path: Path, make_pack: Make) -> None:
    done = packs.install(tmp_path / "nothing", make_pack())
    assert not (tmp_path / "nothing").exists()
    assert Path(done.packs[0].folder).is_relative_to(data_folder())
    assert done.changes.kinds == {"pack"}


def test_no_way_between_two_languages_names_those_there_are(make_pack: Make) -> None:
    packs.install(None, make_pack())
    with pytest.raises(OfficeError, match="“de” to “es”") as refusal:
        packs.route(None, "de", "es")
    assert "fr → en, xx → en" in refusal.value.remedy
    assert states()["translate-fr_en"] == "offered"


def test_a_broken_pack_hides_no_other_from_translation(make_pack: Make) -> None:
    broken = packs.install(None, make_pack()).packs[0]
    (Path(broken.folder) / "model" / "model.bin").unlink()
    assert states() == {"translate-xx_en": "broken", "translate-fr_en": "offered"}
    assert packs.route(None, "fr", "en")


def test_where_nothing_can_be_written_the_bundled_pack_is_refused_in_words(
    office_folder: Path, own_home: Path
) -> None:
    data_folder().parent.mkdir(parents=True, exist_ok=True)
    data_folder().write_bytes(b"a file where the folder should be")
    with pytest.raises(StorageRefused, match="must be unpacked once"):
        packs.route(None, "fr", "en")
    (pack,) = packs.route(office_folder, "fr", "en")  # the office has room for it
    assert pack.folder.is_relative_to(office_folder)


def test_removing_what_is_not_there_is_refused() -> None:
    with pytest.raises(OfficeError, match="Nothing was removed"):
        packs.remove(None, "translate-fr_en")


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no kind of pack"):
        packs.build("music", [tmp_path], tmp_path / "out.zip")


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A copy of the model law to change."""
    return Path(shutil.copytree(resources() / "law" / "model", tmp_path / "law"))


def with_version(law: Path, version: str) -> Path:
    text = (law / "pack.toml").read_text(encoding="utf-8")
    changed = re.sub(r'^version = ".*"', f'version = "{version}"', text, flags=re.MULTILINE)
    (law / "pack.toml").write_text(changed, encoding="utf-8")
    out = law.parent / f"law-{version}.zip"
    packs.build("law", [law], out)
    return out


def test_a_law_pack_is_built_installed_and_kept_beside_its_older_version(
    office_folder: Path, law: Path
) -> None:
    packs.install(office_folder, with_version(law, "7.1"))
    packs.install(office_folder, with_version(law, "7.0"))
    laws = [(p.version, p.state) for p in packs.list(office_folder) if p.kind == "law"]
    assert laws[:2] == [("7.0", "ready"), ("7.1", "ready")]
    assert laws[2][1] == "bundled"
    packs.remove(office_folder, "model-7.0")
    assert [p.version for p in packs.verify(office_folder) if p.kind == "law"] == ["7.1"]


def test_a_law_that_makes_no_sense_is_refused_with_its_line(office_folder: Path, law: Path) -> None:
    sound = with_version(law, "7.0")
    limits = law / "limits.toml"
    limits.write_text(limits.read_text(encoding="utf-8") + "\n[[limit]]\nid = 5\n", encoding="utf-8")
    with pytest.raises(FileRefused):
        packs.build("law", [law], law.parent / "bad.zip")
    assert packs.install(office_folder, sound).packs[0].state == "ready"


# --- the command line


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    status = run(["--json", *words])
    out, _err = capsys.readouterr()
    return status, json.loads(out)


def test_the_commands_answer_with_the_same_keys(
    capsys: pytest.CaptureFixture[str], make_pack: Make, tmp_path: Path
) -> None:
    keys = {"name", "kind", "version", "size", "signed_by", "state"}
    status, installed = answer(capsys, "pack", "install", str(make_pack()))
    assert status == 0
    (line,) = installed["packs"]  # type: ignore[misc]
    assert keys <= set(line)
    assert (line["name"], line["state"], line["signed_by"]) == ("translate-xx_en", "ready", None)
    status, listed = answer(capsys, "pack", "list")
    assert "translate-fr_en" in [entry["name"] for entry in listed["packs"]]  # type: ignore[attr-defined]
    key, out = tmp_path / "key", tmp_path / "out.argosmodel"
    status, built = answer(
        capsys, "pack", "build", "language", line["folder"], "-o", str(out), "--key", str(key)
    )
    assert status == 0
    assert built["packs"][0]["signed_by"]  # type: ignore[index]
    assert answer(capsys, "pack", "verify")[0] == 0
    (Path(line["folder"]) / "README.md").write_bytes(b"SOUND")
    status, verified = answer(capsys, "pack", "verify")
    assert (status, verified["packs"][0]["state"]) == (1, "broken")  # type: ignore[index]
    status, removed = answer(capsys, "pack", "remove", "translate-xx_en")
    assert (status, len(removed["packs"])) == (0, 1)  # type: ignore[arg-type]
    status, refused = answer(capsys, "pack", "remove", "translate-xx_en")
    assert status == 1
    assert refused["refused"]["message"]  # type: ignore[index]


def test_lines_for_people(capsys: pytest.CaptureFixture[str], make_pack: Make) -> None:
    assert run(["pack", "install", str(make_pack())]) == 0
    out = capsys.readouterr().out
    assert "translate-xx_en" in out
    assert "not signed" in out
    assert run(["pack", "install", "/nowhere/pack.argosmodel"]) == 1
    assert "cannot be read" in capsys.readouterr().err

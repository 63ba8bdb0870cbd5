"""A lost stick tells nothing: a thousand planted words, and none of them is found on it."""

from __future__ import annotations

import random
from pathlib import Path

from app.services import cases, offices, stations, syncing

COUNT = 1000
_SYLLABLES = ("ka", "mo", "tu", "re", "zi", "lo", "wa", "pe", "nu", "shi", "go", "bra")


def planted(count: int = COUNT) -> list[str]:
    """Words of eight letters and more that no library or format contains."""
    chance, words = random.Random(42), set[str]()
    while len(words) < count:
        words.add("".join(chance.choices(_SYLLABLES, k=5)))
    return sorted(words)


def found_in(folder: Path, words: list[str]) -> dict[str, str]:
    """Which words stand in which file, its name included, in two encodings."""
    wanted = [(word, word.encode(), word.encode("utf-16-le")) for word in words]
    found = {}
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        content += path.name.encode()
        for word, plain, wide in wanted:
            if plain in content or wide in content:
                found[word] = path.name
    return found


def test_a_stick_holds_none_of_a_thousand_words(tmp_path):
    words = planted()
    stick = tmp_path / "stick"
    stick.mkdir()
    with offices.init_office(tmp_path / "office", officer=words[0], secret=b"baobab") as office:
        fill(office, words[1:], tmp_path)
        stations.invite(office, tmp_path / "invitation")
        joined = stations.join(
            tmp_path / "invitation", tmp_path / "second", officer=words[-1], secret=b"acacia"
        )
        stations.accept(office, joined.answer)
        syncing.sync(office, str(stick))
        with offices.open_office(tmp_path / "second", secret=b"acacia") as second:
            syncing.sync(second, str(stick))
            case_id = cases.docket(second)[0].id
            cases.edit(second, case_id, {"remark": " ".join(words[:50])})
            syncing.sync(second, str(stick))
            assert second.store.digest() != office.store.digest()
            syncing.sync(office, str(stick))
            assert second.store.digest() == office.store.digest()
    assert list(stick.rglob("*.prt")) and list(stick.rglob("*.seg"))
    assert found_in(stick, words) == {}
    assert found_in(tmp_path / "second", words) == {}
    assert found_in(tmp_path / "office", words) == {}


def fill(office: offices.Office, words: list[str], folder: Path) -> None:
    """Put the words into titles, names, notes, and files with such names."""
    for start in range(0, len(words), 100):
        some = words[start : start + 100]
        fields = {"title": " ".join(some[:20]), "applicant": " ".join(some[20:30])}
        case_id = cases.new(office, "patent", fields).case.id
        cases.record(office, case_id, "note", fields={"text": " ".join(some[30:60])})
        scan = folder / f"{some[60]}.txt"
        scan.write_text(" ".join(some[60:]))
        cases.attach(office, case_id, [scan], confidential=True)
        scan.unlink()


def test_a_known_file_cannot_be_recognised_on_a_stick(tmp_path):
    """The same document in two offices has other names and other bytes on their sticks."""
    scan = tmp_path / "scan.bin"
    scan.write_bytes(b"a well-known publication" * 100)
    seen: list[set[str]] = []
    for name in ("one", "two"):
        stick = tmp_path / f"stick {name}"
        stick.mkdir()
        with offices.init_office(tmp_path / name, officer="Awa") as office:
            case_id = cases.new(office, "patent", {"title": "Pump", "applicant": "Kofi"}).case.id
            cases.attach(office, case_id, [scan])
            syncing.sync(office, str(stick))
        parts = list(stick.rglob("*.prt"))
        seen.append({part.name for part in parts} | {part.parent.name for part in parts})
    assert seen[0] and not seen[0] & seen[1]

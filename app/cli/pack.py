"""`marula pack …`: language, law, ocr, tool, code, schema and collection packs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from app.cli.desk import PATH, Desk, pass_desk
from app.errors import Exit, _
from app.services import packs
from app.services.packs import PackLine


@click.group()
def command() -> None:
    """Packs: what is installed, and installing more from a file."""


@command.command("list")
@pass_desk
def list_(desk: Desk) -> None:
    """The packs that are installed or come with the program."""
    _answer(desk, packs.list(desk.folder_of_any_office()))


@command.command()
@click.argument("file", type=PATH)
@click.option("--replace", "replacing", is_flag=True, help=_("Also in place of the same or a newer version."))
@pass_desk
def install(desk: Desk, file: Path, replacing: bool) -> None:
    """Install the pack in FILE, into the office if there is one."""
    with desk.progress(_("Installing")) as progress:
        done = packs.install(desk.folder_of_any_office(), file, replacing=replacing, progress=progress)
    _answer(desk, done.packs)


@command.command()
@click.argument("name")
@click.option("--kind", help=_("Only a pack of this kind."))
@pass_desk
def remove(desk: Desk, name: str, kind: str | None) -> None:
    """Remove the pack NAME (or NAME-VERSION)."""
    gone = packs.remove(desk.folder_of_any_office(), name, kind=kind).packs
    desk.answer(
        {"packs": [line.as_json() for line in gone]},
        [_("Removed: {name} {version}").format(name=line.name, version=line.version) for line in gone],
    )


@command.command()
@pass_desk
def verify(desk: Desk) -> None:
    """Compare every file of every installed pack with what was installed."""
    with desk.progress(_("Verifying")) as progress:
        found = packs.verify(desk.folder_of_any_office(), progress=progress)
    _answer(desk, found)
    if any(line.state == packs.BROKEN for line in found):
        raise SystemExit(int(Exit.REFUSED))


@command.command()
@click.argument("kind")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("-o", "out", required=True, type=PATH, help=_("The pack's file."))
@click.option("--key", type=PATH, help=_("Publisher's key to sign with; made if new."))
@click.option("--edition", default="", help=_("Edition of a classification, where the files do not say."))
@click.option("--language", default="", help=_("Language of its titles, where the files do not say."))
@pass_desk
def build(
    desk: Desk,
    kind: str,
    paths: tuple[Path, ...],
    out: Path,
    key: Path | None,
    edition: str,
    language: str,
) -> None:
    """Make a pack of KIND from a folder or files.

    KIND is language, law, ocr, tool, collection, code or schema. For code (or ipc, cpc, nice, locarno) PATH
    is a classification as it is downloaded: IPC or CPC scheme XML, columns of symbol and title, or JSON and
    CSV of headings and terms. For schema PATH is a folder of XSD files.
    """
    with desk.progress(_("Packing")) as progress:
        done = packs.build(kind, paths, out, key=key, edition=edition, language=language, progress=progress)
    _answer(desk, done.packs)


def _answer(desk: Desk, lines: Iterable[PackLine]) -> None:
    shown = tuple(lines)
    desk.answer({"packs": [line.as_json() for line in shown]}, [_text(line) for line in shown])


def _text(line: PackLine) -> str:
    signed = _("signed by {key}").format(key=line.signed_by) if line.signed_by else _("not signed")
    megabytes = f"{line.size / 1_000_000:.1f} MB"
    problem = f"  {line.problem}" if line.problem else ""
    return (
        f"{line.kind:<10} {line.name:<24} {line.version:<8} {megabytes:>9}  {line.state:<8} {signed}{problem}"
    )

"""`marula NOUN VERB`: the grammar, refusals and exit status. Each noun loads only its own module."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from app import __version__
from app.cli import streams
from app.cli.desk import PATH, Desk
from app.errors import Cancelled, Exit, OfficeError, StorageRefused, UsageError, _

# noun -> module of app.cli whose `command` it is
NOUNS = {
    "bench": "bench",
    "case": "case",
    "classify": "classify",
    "closure": "closure",
    "collection": "collection",
    "conflict": "conflict",
    "demo": "demo",
    "designation": "designation",
    "export": "export",
    "fee": "fee",
    "inspect": "inspect",
    "intake": "intake",
    "law": "law",
    "lease": "lease",
    "letter": "letter",
    "limit": "limit",
    "listing": "listing",
    "mark": "mark",
    "office": "office",
    "pack": "pack",
    "search": "search",
    "station": "station",
    "sync": "sync",
    "translate": "translate",
}


class Nouns(click.Group):
    """Loads a noun's module when it is asked for, so that an ordinary verb starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(NOUNS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in NOUNS:
            return None
        return import_module(f"app.cli.{NOUNS[name]}").command  # type: ignore[no-any-return]


@click.group(cls=Nouns, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--office", "folder", type=PATH, help=_("Folder of the office."))
@click.option("--json", "as_json", is_flag=True, help=_("Answer with one JSON document."))
@click.version_option(__version__, prog_name="marula", message="%(prog)s %(version)s")
@click.pass_obj
def grammar(desk: Desk, folder: Path | None, as_json: bool) -> None:
    """Offline examiner workstation for small intellectual-property offices."""
    desk.folder = folder
    desk.as_json = as_json


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status: 0 done, 1 refused, 2 usage."""
    streams.hold_open()
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(words: list[str]) -> int:
    """The exit status of one command. Refusals are printed in words, or as JSON with `--json`."""
    streams.never_choke()
    desk = Desk(None, "--json" in words[: _end_of_options(words)])
    try:
        status = _carried_out(words, desk)
    except BrokenPipeError:
        status = int(Exit.REFUSED)
    finally:
        desk.close()
    return status if streams.deliver() else int(Exit.REFUSED)


def _carried_out(words: list[str], desk: Desk) -> int:
    try:
        _refuse_what_no_name_holds(words)
        # Without its standalone mode click hands back the status of a command that left early.
        status = grammar.main(args=_json_first(words), prog_name="marula", standalone_mode=False, obj=desk)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except click.UsageError as trouble:
        _show_usage(trouble)
        return int(Exit.USAGE)
    except OfficeError as refusal:
        return _refused(desk, refusal)
    except (Cancelled, KeyboardInterrupt, click.Abort):
        return _refused(desk, _stopped())
    except BrokenPipeError:
        raise
    except OSError as trouble:
        return _refused(desk, _of_the_machine(trouble))
    return status if isinstance(status, int) else int(Exit.DONE)


def _show_usage(trouble: click.UsageError) -> None:
    if trouble.ctx is not None:
        click.echo(trouble.ctx.get_usage(), err=True)
        click.echo(_("“{command} --help” says more.").format(command=trouble.ctx.command_path), err=True)
    click.echo(streams.plain(_short(trouble.format_message())), err=True)


def _refuse_what_no_name_holds(words: list[str]) -> None:
    """No system passes such words, but other programs that call `run` may."""
    for word in words:
        try:
            os.fsencode(word)
        except UnicodeEncodeError as trouble:
            raise _unreadable_word(word) from trouble
        if "\0" in word:
            raise _unreadable_word(word)


def _unreadable_word(word: str) -> UsageError:
    return UsageError(
        _("The word {word} of the command holds a character that no name or text can hold.").format(
            word=ascii(word[:80])
        ),
        _("Type it anew."),
    )


def _end_of_options(words: list[str]) -> int:
    return words.index("--") if "--" in words else len(words)


def _json_first(words: list[str]) -> list[str]:
    """`--json` may stand anywhere before `--`; click wants it before the noun."""
    end = _end_of_options(words)
    ours, rest = words[:end], words[end:]
    if "--json" not in ours:
        return words
    return ["--json", *(w for w in ours if w != "--json"), *rest]


def _stopped() -> OfficeError:
    return OfficeError(
        _("Stopped. What was finished before stays; the rest was left as it was."),
        _("Repeat the command to go on."),
    )


def _of_the_machine(trouble: OSError) -> OfficeError:
    named = str(trouble.filename or "")
    why = trouble.strerror or str(trouble)
    return StorageRefused(
        _("The system refused ({why}): {file}. What was finished before stays.").format(why=why, file=named)
        if named
        else _("The system refused ({why}). What was finished before stays.").format(why=why),
        _("Look at the name, the rights and the space left, then repeat the command."),
    )


def _refused(desk: Desk, refusal: OfficeError) -> int:
    """Say why, as the one document or, when a document was begun already, on standard error."""
    if desk.as_json and not desk.begun:
        desk.write(streams.dumped({"refused": refusal.as_json()}) + "\n")
    else:
        click.echo(streams.plain(_short(refusal.message)), err=True)
        if refusal.remedy:
            click.echo(streams.plain(_short(refusal.typed_remedy)), err=True)
    return int(refusal.exit_code)


def _short(sentence: str) -> str:
    """A sentence with a name of thousands of characters in it shows its two ends."""
    return sentence if len(sentence) <= 1200 else f"{sentence[:800]} … {sentence[-300:]}"


if __name__ == "__main__":
    main()

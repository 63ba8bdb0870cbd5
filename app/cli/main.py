"""`marula NOUN VERB`: the grammar, refusals and exit status. Each noun loads only its own module."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import click

from app import __version__
from app.cli.desk import PATH, Desk
from app.errors import Cancelled, Exit, OfficeError, _

# noun -> module of app.cli whose `command` it is
NOUNS = {
    "bench": "bench",
    "case": "case",
    "collection": "collection",
    "conflict": "conflict",
    "demo": "demo",
    "inspect": "inspect",
    "intake": "intake",
    "law": "law",
    "lease": "lease",
    "letter": "letter",
    "limit": "limit",
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
@click.pass_context
def grammar(ctx: click.Context, folder: Path | None, as_json: bool) -> None:
    """Offline examiner workstation for small intellectual-property offices."""
    ctx.obj = Desk(folder, as_json)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status: 0 done, 1 refused, 2 usage."""
    words = sys.argv[1:] if arguments is None else arguments
    sys.exit(run(words))


def run(words: list[str]) -> int:
    """The exit status of one command. Refusals are printed in words, or as JSON with `--json`."""
    as_json = "--json" in words[: words.index("--")] if "--" in words else "--json" in words
    try:
        # Without its standalone mode click hands back the status of a command that left early.
        status = grammar.main(args=_json_first(words), prog_name="marula", standalone_mode=False)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except click.UsageError as trouble:
        trouble.show(sys.stderr)
        return int(Exit.USAGE)
    except OfficeError as refusal:
        _show_refusal(refusal, as_json)
        return int(refusal.exit_code)
    except (Cancelled, KeyboardInterrupt, click.Abort):
        click.echo(_("Stopped. What was finished before stays; the rest was left as it was."), err=True)
        return int(Exit.REFUSED)
    except BrokenPipeError:
        sys.stderr.close()
        return int(Exit.REFUSED)
    return status if isinstance(status, int) else int(Exit.DONE)


def _json_first(words: list[str]) -> list[str]:
    """`--json` may stand anywhere before `--`; click wants it before the noun."""
    end = words.index("--") if "--" in words else len(words)
    ours, rest = words[:end], words[end:]
    if "--json" not in ours:
        return words
    return ["--json", *(w for w in ours if w != "--json"), *rest]


def _show_refusal(refusal: OfficeError, as_json: bool) -> None:
    if as_json:
        json.dump({"refused": refusal.as_json()}, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
        return
    click.echo(refusal.message, err=True)
    if refusal.remedy:
        click.echo(refusal.remedy, err=True)


if __name__ == "__main__":
    main()

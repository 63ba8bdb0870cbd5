#!/usr/bin/env python3
"""Set up Marula in this folder, then run it. Needs Python 3.11 and nothing else.

python3 run.py                    open the window
python3 run.py demo [WORDS…]      walk an examiner's day on the sample office
python3 run.py test [WORDS…]      run every test; words go to pytest
python3 run.py marula WORDS…      the command line
python3 run.py setup [--test]     only set up; --test adds the test tools
python3 run.py bundle DIR         gather what set-up downloads, for a stick
python3 run.py screenshots DIR    photograph every room of the window
python3 run.py build              make a program that runs without Python, in dist/
python3 run.py pins               write constraints.txt anew

setup, demo and test take --from DIR: they set up from such a stick, with no network.
"""

from __future__ import annotations

import gettext
import hashlib
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "marula-setup.json"
PINS = ROOT / "constraints.txt"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
NO_SCREEN = {"QT_QPA_PLATFORM": "offscreen"}
EXTRAS = ("translation", "webdav")  # what set-up installs beside the core

LIBPYTHON = "libpython{}.{}".format(*sys.version_info[:2])

# Library that Qt or the builder asks for -> Debian package that has it.
DEBIAN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "objcopy": "binutils",
    "ensurepip": "python3-venv",
    LIBPYTHON: LIBPYTHON,
}

_ = gettext.translation("marula", str(ROOT / "resources" / "locale"), fallback=True).gettext


class Refused(Exception):
    """What happened and what was left as it was; second argument: what to do."""


def main(words: list[str]) -> int:
    """Exit status of one call: 0 done, 1 refused, 2 usage, else that of the program started."""
    command, rest = (words[0], words[1:]) if words else ("window", [])
    if command not in COMMANDS:
        asked = command in ("-h", "--help", "help")
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        return COMMANDS[command](rest)
    except Refused as refusal:
        say(*refusal.args, stream=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say(_("Stopped. The same command goes on from where it was."), stream=sys.stderr)
        return 1
    except OSError as trouble:
        where = trouble.filename or ROOT
        say(_("{file}: {why}.").format(file=where, why=trouble.strerror), stream=sys.stderr)
        say(_("Nothing outside {folder} was changed.").format(folder=VENV), stream=sys.stderr)
        return 1


def say(*sentences: str, stream: TextIO | None = None) -> None:
    """Print for a person, at once."""
    for sentence in sentences:
        print(sentence, file=stream or sys.stdout, flush=True)


# --- commands -----------------------------------------------------------------------------------


def setup(words: list[str]) -> int:
    """Only set up."""
    words, source = stick(words)
    unknown = [word for word in words if word != "--test"]
    if unknown:
        say(_("setup takes --test and --from DIR, not {words}.").format(words=" ".join(unknown)))
        return 2
    set_up(test="--test" in words, source=source)
    say(_("Ready in {folder}.").format(folder=VENV))
    return 0


def demo(words: list[str]) -> int:
    """Walk the examiner's day in the terminal, then open the window where there is one to look at."""
    words, source = stick(words)
    set_up(source=source)
    if not has_display() or {"--json", "--help", "-h"} & set(words):
        return start(BIN / "marula", "demo", *words)
    kept, _rest = value_of(words, "--keep")
    status = start(BIN / "marula", "demo", *words)
    return status or window([], office=(Path(kept) if kept else sample_folder()).resolve() / "office")


def sample_folder() -> Path:
    """Where `marula demo` leaves its office when no folder is named."""
    asked = [str(PYTHON), "-P", "-c", "from app.paths import data_folder; print(data_folder() / 'demo')"]
    return Path(subprocess.run(asked, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.strip())


def window(words: list[str], office: Path | None = None) -> int:
    """Open the window."""
    set_up()
    libraries(screen=has_display(), must=True)
    return start(BIN / "marula-desk", *words, environment={"MARULA_OFFICE": str(office)} if office else {})


def marula(words: list[str]) -> int:
    """The command line, without a word of our own on standard output."""
    set_up()
    return start(BIN / "marula", *words)


def test(words: list[str]) -> int:
    """The import contracts, then every test, without a screen."""
    words, source = stick(words)
    set_up(test=True, source=source)
    libraries(must=True)
    # Two workers share the suite; a file stays whole, since its tests may share an office.
    together = [] if words or (os.cpu_count() or 1) < 2 else ["-n", "2", "--dist", "loadfile"]
    contracts = start(BIN / "lint-imports", cwd=ROOT)
    return start(PYTHON, "-m", "pytest", *together, *words, cwd=ROOT, environment=NO_SCREEN) or contracts


def screenshots(words: list[str]) -> int:
    """Photograph every room of the window, without a screen."""
    folder = folder_of(words, "screenshots")
    set_up()
    libraries(must=True)
    return start(PYTHON, "-m", "ui.screenshots", str(folder), cwd=ROOT, environment=NO_SCREEN)


def build(words: list[str]) -> int:
    """Make the program that needs no Python, in dist/, and say how large it is."""
    set_up(test=True)
    libraries(screen=True, must=True, builder=True)  # the program takes a copy of them
    words = ["--noconfirm", "--log-level", "WARN", *words, "build.spec"]
    status = start(PYTHON, "-m", "PyInstaller", *words, cwd=ROOT)
    if status:
        return status
    where, _rest = value_of(words, "--distpath")
    folder = Path(where or ROOT / "dist") / "marula"
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    sizes = sorted(((file.stat().st_size, file) for file in files), reverse=True)
    say(
        _("{folder}: {size} in {count} files. The largest:").format(
            folder=folder, size=megabytes(sum(size for size, _file in sizes)), count=len(sizes)
        )
    )
    say(*(f"{megabytes(size):>10}  {file.relative_to(folder)}" for size, file in sizes[:10]))
    return 0


def bundle(words: list[str]) -> int:
    """Gather the packages of this kind of machine in a folder, test tools too."""
    folder = folder_of(words, "bundle")
    make_venv(None)
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("run", "test"):
        pip("download", "--require-hashes", "--dest", str(folder), "--requirement", pinned_file(part),
            title=_("Gathering packages"))  # fmt: skip
    size = sum(file.stat().st_size for file in folder.glob("*.whl"))
    say(
        _("{size} lie in {folder}, for {system} on {machine} with Python {python}.").format(
            size=megabytes(size),
            folder=folder,
            system=platform.system(),
            machine=platform.machine(),
            python=wanted()["python"],
        )
    )
    say(_("On a machine without a network: python3 run.py setup --from DIR"))
    return 0


def pins(words: list[str]) -> int:
    """Choose the newest versions pyproject.toml allows and write them down with their hashes."""
    import tomllib  # not in the Pythons before 3.11, which must get as far as their refusal

    uv = shutil.which("uv", path=str(BIN)) or shutil.which("uv")
    if not uv:
        raise Refused(
            _("The pins are made with uv, and it is not here. constraints.txt is as it was."),
            _("Install it (pip install uv), then repeat the command."),
        )
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder) / "tools.in"
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        tools.write_text("\n".join(["pip", *project["build-system"]["requires"]]), encoding="utf-8")
        run = compiled(uv, tools, EXTRAS, None)
        already = Path(folder) / "run.txt"
        already.write_text("".join(run.values()), encoding="utf-8")
        both = compiled(uv, tools, (*EXTRAS, "test"), already)
    rest = [text for head, text in both.items() if head not in run]
    PINS.write_text("# run\n" + "".join(run.values()) + "\n# test\n" + "".join(rest), encoding="utf-8")
    say(_("constraints.txt: {run} packages to run, {test} to test.").format(run=len(run), test=len(rest)))
    return 0


def compiled(uv: str, tools: Path, extras: tuple[str, ...], already: Path | None) -> dict[str, str]:
    """`name==version ; marker` -> its lines with hashes, for every platform and Python we run on."""
    command = [uv, "pip", "compile", str(ROOT / "pyproject.toml"), str(tools), "--quiet", "--universal",
               "--python-version", "3.11", "--only-binary", ":all:", "--generate-hashes",
               "--no-emit-index-url", "--no-header", "--no-annotate"]  # fmt: skip
    for extra in extras:
        command += ["--extra", extra]
    if already:
        command += ["--constraint", str(already)]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    found = re.findall(r"^([a-z0-9].*?) \\\n((?:    --hash.*\n?)+)", text, re.MULTILINE)
    return {head: f"{head} \\\n{hashes.rstrip()}\n" for head, hashes in found}


# --- set-up -------------------------------------------------------------------------------------


def wanted() -> dict[str, object]:
    """What a finished set-up is made of, and the place it is made for."""
    made_of = hashlib.sha256(PINS.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    return {
        "pins": made_of.hexdigest(),
        "root": str(ROOT),
        "python": "{}.{}".format(*sys.version_info[:2]),
        "machine": f"{sys.platform} {platform.machine()}",
    }


def stamped() -> dict[str, object]:
    """What the last set-up wrote down; empty where there was none or it cannot be read."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def parts_done(have: dict[str, object], want: dict[str, object]) -> list[str]:
    """The parts of constraints.txt that lie in .venv as they stand in the file now."""
    same = all(have.get(name) == value for name, value in want.items())
    parts = have.get("parts")
    return list(parts) if same and isinstance(parts, list) else []


def elsewhere(have: dict[str, object], want: dict[str, object]) -> bool:
    """Whether .venv was made for another folder, Python or machine: its scripts then lead astray."""
    return any(have.get(name, want[name]) != want[name] for name in ("root", "python", "machine"))


def set_up(test: bool = False, source: Path | None = None) -> None:
    """Bring .venv to what constraints.txt says; nothing happens where it is so already."""
    want, have = wanted(), stamped()
    done = parts_done(have, want) if PYTHON.exists() else []
    parts = [part for part in (("run", "test") if test else ("run",)) if part not in done]
    if not parts:
        return
    make_venv(source, afresh=elsewhere(have, want))
    for part in parts:
        title = _("Installing what the program needs") if part == "run" else _("Installing the test tools")
        pip("install", "--require-hashes", "--requirement", pinned_file(part), title=title, source=source)
        done.append(part)
    # Our own five packages stay where they are: changing a file here changes the program.
    pip("install", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
    libraries(screen=test, builder=test)
    STAMP.write_text(json.dumps({**want, "parts": done}), encoding="utf-8")


def make_venv(source: Path | None, afresh: bool = False) -> None:
    """A folder of packages of the program's own. One that is whole and ours is kept."""
    if not afresh and PYTHON.exists() and has_pip(source):
        return
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        say(_("Making {folder} anew.").format(folder=VENV), stream=sys.stderr)
        shutil.rmtree(VENV)
    command = [getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(VENV)]
    if carried_pip(source):
        command.append("--without-pip")  # the stick has it; bare Debian's python3 does not
    elif not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        debian(["ensurepip"], must=True)
    run_quietly(command, _("A folder for the packages could not be made ({folder}).").format(folder=VENV))
    STAMP.write_text(json.dumps({**wanted(), "parts": []}), encoding="utf-8")


def has_pip(source: Path | None) -> bool:
    """Whether pip answers in .venv; an interrupted set-up may have left half of it."""
    probe = [str(PYTHON), *pip_module(source), "--version"]
    return subprocess.run(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def carried_pip(source: Path | None) -> Path | None:
    """The wheel of pip on the stick, if it is the one that constraints.txt knows by its hash."""
    known = pinned("run")
    for wheel in sorted(source.glob("pip-*.whl")) if source else ():
        if hashlib.sha256(wheel.read_bytes()).hexdigest() in known:
            return wheel
    return None


def pip_module(source: Path | None) -> list[str]:
    """How pip is started: from the stick's wheel, or from .venv."""
    wheel = carried_pip(source)
    return [str(wheel / "pip")] if wheel else ["-m", "pip"]


def pinned(part: str) -> str:
    """The lines of one part of constraints.txt, `run` or `test`."""
    parts = re.split(r"^# (run|test)$", PINS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return parts[parts.index(part) + 1]


def pinned_file(part: str) -> str:
    """The same in a file, the form in which pip takes packages with hashes."""
    file = VENV / f"marula-{part}.txt"
    file.write_text(pinned(part), encoding="utf-8")
    return str(file)


def pip(verb: str, *words: str, title: str = "", source: Path | None = None) -> None:
    """Run pip on a complete list of packages, saying what comes over the line and how large it is."""
    command = [str(PYTHON), *pip_module(source), verb, "--no-deps", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "--retries", "2", *words]
    if source:
        command += ["--no-index", "--find-links", str(source)]
    if title:
        say(f"{title} …", stream=sys.stderr)
    heard: list[str] = []
    came = 0.0
    running = subprocess.Popen(
        command,
        cwd=str(ROOT),
        env={**os.environ, "PIP_USER": "0", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    for line in running.stdout or ():
        heard.append(line.rstrip())
        came += told(line) if title else 0.0
    if running.wait():
        raise Refused(*why_pip_failed("\n".join(heard[-40:]), source))
    if title and came:
        say(_("{size} came over the line.").format(size=megabytes(came)), stream=sys.stderr)


def told(line: str) -> float:
    """Show one line of pip where a person waits for it; the bytes that it says are coming."""
    found = re.match(r"\s*Downloading (\S+)\.whl \(([\d.]+) (bytes|kB|MB|GB)\)", line)
    if found:
        size = float(found.group(2)) * {"bytes": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}[found.group(3)]
        if size >= 1e6:
            name = " ".join(found.group(1).rsplit("/", 1)[-1].split("-")[:2])
            say(f"{megabytes(size):>10}  {name}", stream=sys.stderr)
        return size
    if line.startswith("Installing collected packages:"):
        say(_("Unpacking {count} packages …").format(count=line.count(",") + 1), stream=sys.stderr)
    return 0.0


def why_pip_failed(heard: str, source: Path | None) -> tuple[str, str]:
    """What pip's last lines mean for a person, and what to do."""
    left = _("The set-up is unfinished; nothing outside {folder} was changed.").format(folder=VENV)
    if "No space left" in heard or "Errno 28" in heard:
        return _("The disk is full.") + " " + left, _("Make room (2 GB are enough), then repeat the command.")
    if "DO NOT MATCH THE HASHES" in heard:
        return (
            _("A package is not the one this program was tried with.") + " " + left,
            _("Repeat the command; if it happens again, the line or the stick changes files: use another."),
        )
    if source:
        return (
            _("{folder} lacks a package for this machine.").format(folder=source) + " " + left,
            _("Make the folder on the same kind of machine with the same Python: python3 run.py bundle DIR"),
        )
    if re.search("ConnectionError|Timeout|timed out|resolution|unreachable|No matching|Proxy", heard):
        return (
            _("The packages could not be fetched: no package index answers.") + " " + left,
            _("Connect and repeat the command. Or on a connected machine of this kind: "
              "python3 run.py bundle DIR, and here: python3 run.py setup --from DIR"),
        )  # fmt: skip
    return left, "\n".join(heard.splitlines()[-8:])


# --- what the system must have ------------------------------------------------------------------


def libraries(screen: bool = False, must: bool = False, builder: bool = False) -> None:
    """See that Linux has the libraries Qt and the builder ask for; install or name what is missing."""
    if not sys.platform.startswith("linux"):
        return
    debian(missing_libraries(screen, builder), must)


def missing_libraries(screen: bool, builder: bool) -> list[str]:
    """Names of libraries (and of the builder's tools) that this machine lacks."""
    qt = next(VENV.glob("lib*/python3*/site-packages/PySide6"), None)
    missing: set[str] = set()
    if qt and shutil.which("ldd"):
        platforms = qt / "Qt" / "plugins" / "platforms"
        files = [platforms / "libqoffscreen.so", *qt.glob("QtWidgets*.so")]
        files += [platforms / "libqxcb.so"] if screen else []
        out = subprocess.run(["ldd", *map(str, files)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        missing |= set(re.findall(r"^\s*(\S+) => not found", out.stdout.decode(), re.MULTILINE))
    if builder:
        if not shutil.which("objcopy"):
            missing.add("objcopy")
        if Path("/usr") == Path(sys.base_prefix) and not list(Path("/usr/lib").glob(f"*/{LIBPYTHON}.so.1.0")):
            missing.add(LIBPYTHON)
    return sorted(missing)


def debian(lacking: list[str], must: bool) -> None:
    """Install what is lacking where we may (root on Debian), else say what to type."""
    if not lacking:
        return
    packages = sorted({DEBIAN[name] for name in lacking if name in DEBIAN})
    sentence = _("This system lacks {names}.").format(names=", ".join(lacking))
    if not packages or not shutil.which("apt-get"):
        line = _("Install them with this system's package manager.")
    else:
        install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
        line = "sudo " + " ".join(install)
        if os.geteuid() == 0:
            title = _("Installing from Debian: {packages} …").format(packages=" ".join(packages))
            say(title, stream=sys.stderr)
            try:
                run_quietly(["apt-get", "update"], sentence)
                run_quietly(install, sentence)
                return
            except Refused as refusal:
                line += "\n" + refusal.args[1]
    if must:
        raise Refused(sentence, line)
    say(sentence, _("The command line works without. For the window, type:"), line, stream=sys.stderr)


def run_quietly(command: list[str], failed: str) -> None:
    """Run a program whose words interest nobody unless it fails."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Refused(failed, "\n".join(done.stdout.decode(errors="replace").splitlines()[-3:]))


# --- small things -------------------------------------------------------------------------------


def start(
    program: Path, *words: str, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> int:
    """Run one of .venv's programs, in the person's folder or `cwd`, and hand its exit status on."""
    running = subprocess.Popen([str(program), *words], cwd=cwd, env={**os.environ, **(environment or {})})
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            continue  # the program got it too, and decides how it ends


def stick(words: list[str]) -> tuple[list[str], Path | None]:
    """The words without `--from DIR`, and that folder."""
    named, rest = value_of(words, "--from")
    if named is None:
        return words, None
    folder = Path(named).resolve()
    if not folder.is_dir():
        raise Refused(_("There is no folder {folder}. Nothing was installed.").format(folder=folder),
                      _("Name the folder that run.py bundle made."))  # fmt: skip
    return rest, folder


def value_of(words: list[str], option: str) -> tuple[str | None, list[str]]:
    """The value of `option` (as `--o V` or `--o=V`) and the words without it; None when not given."""
    for place, word in enumerate(words):
        if word.startswith(option + "="):
            return word[len(option) + 1 :], [*words[:place], *words[place + 1 :]]
        if word == option and place + 1 < len(words):
            return words[place + 1], [*words[:place], *words[place + 2 :]]
    return None, words


def folder_of(words: list[str], command: str) -> Path:
    """The one folder a command takes."""
    if len(words) != 1 or words[0].startswith("-"):
        raise Refused(_("{command} takes one folder. Nothing was done.").format(command=command),
                      f"python3 run.py {command} DIR")  # fmt: skip
    return Path(words[0]).resolve()


def has_display() -> bool:
    """Whether a window would be seen. Not in an automatic run, whatever the machine."""
    if os.environ.get("CI"):
        return False
    if WINDOWS or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def megabytes(size: float) -> str:
    """`80.3 MB`, in millions of bytes as package indexes count them."""
    return f"{size / 1e6:.1f} MB"


COMMANDS = {
    "window": window, "demo": demo, "test": test, "marula": marula, "setup": setup,
    "bundle": bundle, "screenshots": screenshots, "build": build, "pins": pins,
}  # fmt: skip

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - a person may well start it with an older one
        sys.exit("Marula needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow code page must not stop a set-up
    sys.exit(main(sys.argv[1:]))

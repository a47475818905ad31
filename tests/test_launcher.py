"""The command `./tutti` makes its environment once, whole, from the pinned lock, and says what is wrong if it cannot.

Each test has a checkout of its own with a lock of its own; nothing is fetched.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

LAUNCHER = Path(__file__).resolve().parent.parent / "tutti"
STUB = """
import importlib.util, json, os, sys
names = ("greeting", "types_of_the_user")
print(json.dumps({
    "arguments": sys.argv[1:], "directory": os.getcwd(), "python": sys.executable,
    "found": [name for name in names if importlib.util.find_spec(name)],
}))
"""


class Checkout:
    """A checkout with the launcher, a command line that tells how it was run, and one tiny package."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "workers").mkdir(parents=True)
        (root / "workers" / "__main__.py").write_text(STUB)
        shutil.copy(LAUNCHER, root / "tutti")
        self.wheel = root / "greeting-1.0-py3-none-any.whl"
        write_wheel(self.wheel)
        self.pin(hashlib.sha256(self.wheel.read_bytes()).hexdigest())

    def pin(self, digest: str) -> None:
        (self.root / "requirements.lock").write_text(f"./{self.wheel.name} --hash=sha256:{digest}\n")

    def start(self, *arguments: str, directory: Path | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self.root / "tutti"), *arguments],
            cwd=directory or "/",
            env={
                "PATH": os.defpath,
                "HOME": str(self.root),
                "PIP_NO_INDEX": "1",
                "PYTHONPATH": str(directory),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, directory: Path | None = None) -> tuple[int, str, str]:
        return finished(self.start(*arguments, directory=directory))


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    with process:
        output, errors = process.communicate(timeout=180)
    return process.returncode, output, errors


def write_wheel(path: Path) -> None:
    about = "greeting-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("greeting.py", "")
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n")
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(
            f"{about}/RECORD", f"greeting.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n"
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout whose environment two first runs made at once."""
    checkout = Checkout(tmp_path_factory.mktemp("made") / "checkout")
    first = [checkout.start("first"), checkout.start("second")]
    said = [finished(one) for one in first]
    assert [status for status, _, _ in said] == [0, 0], said
    assert sorted("waiting" in errors for _, _, errors in said) == [False, True]
    return checkout


@pytest.fixture
def launcher() -> ModuleType:
    """The launcher as a module, to ask its functions what a whole run would need another machine for."""
    loader = SourceFileLoader("launcher", str(LAUNCHER))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


def test_two_first_runs_at_once_make_one_environment_that_later_runs_use_silently(made: Checkout) -> None:
    stamp = (made.root / ".venv" / "tutti-stamp").stat().st_mtime_ns
    status, output, errors = made.run()
    assert (status, errors) == (0, "")
    assert json.loads(output)["python"] == str(made.root / ".venv" / "bin" / "python")
    assert (made.root / ".venv" / "tutti-stamp").stat().st_mtime_ns == stamp


def test_it_runs_from_any_directory_whatever_lies_there(made: Checkout, tmp_path: Path) -> None:
    (tmp_path / "types_of_the_user.py").write_text("")
    (tmp_path / "workers").mkdir()
    (tmp_path / "workers" / "__main__.py").write_text("raise SystemExit('the wrong one')")
    status, output, _ = made.run("up", "--demo", "a b", directory=tmp_path)
    assert status == 0
    told = json.loads(output)
    assert told["arguments"] == ["up", "--demo", "a b"]
    assert told["directory"] == str(tmp_path)
    assert told["found"] == ["greeting"]


def test_a_link_to_it_runs_the_same_checkout(made: Checkout, tmp_path: Path) -> None:
    (tmp_path / "tutti").symlink_to(made.root / "tutti")
    shown = subprocess.run(
        [sys.executable, tmp_path / "tutti", "x"], capture_output=True, text=True, check=True, cwd="/"
    )
    assert json.loads(shown.stdout)["arguments"] == ["x"]


def change_the_lock(root: Path) -> None:
    lock = root / "requirements.lock"
    lock.write_text(f"{lock.read_text()}# newer\n")


def lose_the_stamp(root: Path) -> None:
    (root / ".venv" / "tutti-stamp").unlink()


def lose_the_interpreter(root: Path) -> None:
    (root / ".venv" / "bin" / "python").unlink()


def move(root: Path) -> None:
    root.rename(root.with_name("moved"))


@pytest.mark.parametrize("harm", [change_the_lock, lose_the_stamp, lose_the_interpreter, move])
def test_an_environment_that_no_longer_fits_is_not_used(
    made: Checkout, launcher: ModuleType, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    root = tmp_path / "checkout"
    root.mkdir()
    shutil.copy(made.root / "requirements.lock", root)
    shutil.copytree(made.root / ".venv", root / ".venv", symlinks=True)
    pinned = launcher.digest(str(root / "requirements.lock"))
    (root / ".venv" / "tutti-stamp").write_text(launcher.stamp(str(root / ".venv"), pinned))
    assert launcher.environment(str(root)) == str(root / ".venv")
    harm(root)
    now = root if root.exists() else root.with_name("moved")
    assert not launcher.fits(str(now / ".venv"), launcher.digest(str(now / "requirements.lock")))


def test_a_run_killed_half_way_is_done_again(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "checkout")
    killed = checkout.start()
    deadline = time.monotonic() + 60
    while not (checkout.root / ".venv" / "bin" / "python").exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(killed.pid, signal.SIGKILL)
    finished(killed)
    assert not (checkout.root / ".venv" / "tutti-stamp").exists()
    status, output, errors = checkout.run()
    assert (status, json.loads(output)["found"]) == (0, ["greeting"]), errors


def test_a_package_that_is_not_the_pinned_file_is_refused_by_name(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "checkout")
    checkout.pin("0" * 64)
    status, output, errors = checkout.run()
    assert (status, output) == (1, "")
    assert "installing the packages failed" in errors
    assert "greeting-1.0-py3-none-any.whl" in errors
    assert "not the file that was reviewed" in errors
    assert "Traceback" not in errors
    assert not (checkout.root / ".venv" / "tutti-stamp").exists()


def test_an_offline_first_run_says_what_failed_and_what_to_do(launcher: ModuleType) -> None:
    program = "print('ERROR: No matching distribution found for typer'); raise SystemExit(1)"
    with pytest.raises(launcher.CannotRun) as refusal:
        launcher.step("installing the packages", [sys.executable, "-c", program], "/")
    assert str(refusal.value) == (
        "installing the packages failed:\n"
        "  | ERROR: No matching distribution found for typer\n"
        "Check the network (or pip's own settings: pip config list), then run it again."
    )


def test_an_old_python_and_windows_are_told_so(launcher: ModuleType) -> None:
    launcher.require_platform((3, 11, 0), "linux")
    launcher.require_platform((4, 0, 0), "darwin")
    with pytest.raises(launcher.CannotRun, match=r"this is Python 3\.9, and Tutti needs 3\.11 or newer"):
        launcher.require_platform((3, 9, 18), "linux")
    with pytest.raises(launcher.CannotRun, match="WSL"):
        launcher.require_platform((3, 12, 0), "win32")


def test_an_old_python_can_read_it_far_enough_to_say_so() -> None:
    compile(LAUNCHER.read_text(), "tutti", "exec", dont_inherit=True)
    import ast  # noqa: PLC0415 - read as Python 3.7 read it, the oldest grammar `ast` still knows

    ast.parse(LAUNCHER.read_text(), feature_version=(3, 7))


def test_a_python_without_venv_is_told_which_package_brings_it(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher.require_venv()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(launcher.CannotRun, match=r"lacks ensurepip(.|\n)*apt install python3-venv"):
        launcher.require_venv()


def test_a_checkout_that_cannot_be_written_keeps_its_environment_in_the_data_directory(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = tmp_path / "checkout"
    root.mkdir()
    (root / "requirements.lock").write_text("")
    made: list[str] = []
    monkeypatch.setenv("TUTTI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(launcher, "make", lambda _root, venv, _pinned: made.append(venv))
    monkeypatch.setattr(os, "access", lambda path, _mode: not str(path).startswith(str(root)))
    assert launcher.environment(str(root)).startswith(str(tmp_path / "data" / "venv-"))
    assert len(made) == 1
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(launcher.CannotRun, match="TUTTI_DATA_DIR"):
        launcher.environment(str(root))

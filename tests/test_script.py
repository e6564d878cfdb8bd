"""`./vigie` sets up what is missing, once, and says in French what it could not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT

UV = """#!/bin/sh
echo "uv $*" >> {log}
case "$1" in
  {fails}) echo "error: Failed to fetch" >&2; exit 2;;
  venv) rm -rf .venv; mkdir -p .venv/bin; ln -s {python} .venv/bin/python;;
esac
"""


class Tree:
    """A copy of what the script needs, with a `uv` that only pretends."""

    def __init__(self, path: Path) -> None:
        self.path, self.log, self.bin = path / "tree", path / "uv.log", path / "bin"
        self.path.mkdir()
        self.bin.mkdir()
        for name in ("vigie", ".python-version", "requirements.lock"):
            shutil.copy(ROOT / name, self.path / name)
        self.uv()

    def uv(self, fails: str = "nothing") -> None:
        """Let `uv` work, except for that command."""
        uv = self.bin / "uv"
        uv.write_text(UV.format(log=self.log, python=sys.executable, fails=fails))
        uv.chmod(0o755)

    def run(self, *arguments: str, path: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("")
        return subprocess.run(
            [str(self.path / "vigie"), *arguments],
            env={"PATH": path or f"{self.bin}:/usr/bin:/bin", "HOME": str(self.path), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def asked(self) -> list[str]:
        """The commands that `uv` was given."""
        return [line.split()[1] for line in self.log.read_text().splitlines() if "--version" not in line]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def test_the_environment_is_made_once(tree: Tree) -> None:
    assert tree.run("setup").returncode == 0
    assert tree.asked == ["venv", "pip"]
    assert tree.run("setup").returncode == 0
    assert tree.asked == []


def test_other_libraries_are_installed_when_the_lock_changes(tree: Tree) -> None:
    tree.run("setup")
    with (tree.path / "requirements.lock").open("a") as lock:
        lock.write("# another\n")
    tree.run("setup")
    assert tree.asked == ["pip"]


@pytest.mark.parametrize("how", ["python is gone", "python is broken", "no python at all"])
def test_a_broken_environment_is_made_again(tree: Tree, how: str) -> None:
    tree.run("setup")
    python = tree.path / ".venv" / "bin" / "python"
    python.unlink()
    if how == "python is gone":
        python.symlink_to(tree.path / "nowhere")
    elif how == "python is broken":
        python.write_text("#!/bin/sh\nexit 1\n")
        python.chmod(0o755)
    assert tree.run("setup").returncode == 0
    assert tree.asked == ["venv", "pip"]
    assert subprocess.run([python, "-c", ""], check=False).returncode == 0


def test_a_failing_download_is_told_in_french_and_tried_again(tree: Tree) -> None:
    tree.uv(fails="pip")
    told = tree.run("setup")
    assert told.returncode == 1
    assert "connexion à Internet" in told.stderr and "proxy" in told.stderr
    tree.uv()
    assert tree.run("setup").returncode == 0
    assert tree.asked == ["pip"]


def test_a_missing_python_is_told_in_french(tree: Tree) -> None:
    tree.uv(fails="venv")
    told = tree.run("setup")
    assert told.returncode == 1 and "Python 3.10 est introuvable" in told.stderr


@pytest.mark.slow
def test_a_uv_that_cannot_be_fetched_is_told_in_french(tree: Tree) -> None:
    (tree.bin / "uv").unlink()
    for name in ("bash", "readlink", "dirname", "cat", "rm", "cmp", "env"):
        (tree.bin / name).symlink_to(shutil.which(name) or "")
    told = tree.run("setup", path=str(tree.bin))
    assert told.returncode == 1 and "installez le paquet python3" in told.stderr
    (tree.bin / "python3").symlink_to(sys.executable)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1"}
    told = tree.run("setup", path=str(tree.bin), **nowhere)
    assert told.returncode == 1 and "connexion à Internet" in told.stderr


def test_it_works_from_another_folder_and_through_a_link(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tree.path / "vigie")
    told = subprocess.run(
        [str(tmp_path / "link"), "setup"],
        cwd="/",
        env={"PATH": f"{tree.bin}:/usr/bin:/bin"},
        check=False,
        capture_output=True,
    )
    assert told.returncode == 0 and (tree.path / ".venv").exists()


CI = """#!/bin/sh
echo "{name} $*" >> {log}
"""


@pytest.mark.parametrize(
    ("there", "installed"),
    [
        (("chromium", "chromedriver"), set()),
        (("chromium",), {"chromium-driver"}),
        ((), {"chromium", "chromium-driver"}),
    ],
)
def test_the_ci_installs_what_is_missing_and_nothing_else(
    tmp_path: Path, there: tuple[str, ...], installed: set[str]
) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    bin_, log = tmp_path / "bin", tmp_path / "log"
    bin_.mkdir()
    log.touch()
    for name in ("bash", "dirname", "env", "id", "sh"):
        (bin_ / name).symlink_to(shutil.which(name) or "")
    (bin_ / "python3").symlink_to(sys.executable)
    (bin_ / "sudo").write_text('#!/bin/sh\nexec "$@"\n')
    for name in (*there, "make", "apt-get"):
        (bin_ / name).write_text(CI.format(name=name, log=log))
    for path in bin_.iterdir():
        if not path.is_symlink():
            path.chmod(0o755)
    subprocess.run(
        [str(tmp_path / ".ci" / "run")], env={"PATH": str(bin_)}, check=True, capture_output=True, cwd="/"
    )
    lines = log.read_text().splitlines()
    assert lines[-1] == "make test"
    packages = {
        word
        for line in lines
        if " install " in line
        for word in line.split()
        if not word.startswith("-") and word not in ("apt-get", "install")
    }
    assert packages == installed
    assert os.access(tmp_path / ".ci" / "run", os.X_OK)

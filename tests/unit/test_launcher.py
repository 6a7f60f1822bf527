"""The launcher: what it does again and what it leaves alone, without a registry and without an environment of its own."""

import importlib.machinery
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

LAUNCHER = Path(__file__).resolve().parents[2] / "headway"


@pytest.fixture
def launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The launcher over a made-up clone, its two steps replaced by ones that note that they ran."""
    loader = importlib.machinery.SourceFileLoader("launcher", str(LAUNCHER))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    assets = tmp_path / "assets"
    for name in ("requirements.lock", "package.json", "package-lock.json"):
        (tmp_path / name).write_text("one")
    (assets / "scss").mkdir(parents=True)
    module.ROOT, module.VENV, module.ASSETS = tmp_path, tmp_path / ".venv", assets
    module.BEGUN = tmp_path / ".venv/begun"
    module.PYTHON, module.COMPILED = tmp_path / ".venv/bin/python", [assets / "headway.css"]
    module.ran = []
    module.install_packages = making(module, "packages", module.PYTHON)
    module.compile_assets = making(module, "assets", module.COMPILED[0])
    return module


def making(module: ModuleType, name: str, made: Path) -> Callable[[], None]:
    def action() -> None:
        module.ran.append(name)
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text("made")

    return action


def test_the_first_run_does_everything_and_the_second_nothing(launcher: ModuleType) -> None:
    launcher.set_up()
    launcher.set_up()
    assert launcher.ran == ["packages", "assets"]


def test_a_changed_lock_installs_again_and_leaves_the_style_sheet(launcher: ModuleType) -> None:
    launcher.set_up()
    (launcher.ROOT / "requirements.lock").write_text("two")
    launcher.set_up()
    assert launcher.ran == ["packages", "assets", "packages"]


def test_a_changed_style_sheet_is_compiled_again(launcher: ModuleType) -> None:
    launcher.set_up()
    (launcher.ASSETS / "scss/headway.scss").write_text("body {}")
    launcher.set_up()
    assert launcher.ran == ["packages", "assets", "assets"]


def test_a_step_that_was_cut_off_is_done_again(launcher: ModuleType) -> None:
    whole = launcher.compile_assets

    def cut_off() -> None:
        launcher.COMPILED[0].write_text("half")
        raise KeyboardInterrupt

    launcher.compile_assets = cut_off
    with pytest.raises(KeyboardInterrupt):
        launcher.set_up()
    launcher.compile_assets = whole
    launcher.set_up()
    assert launcher.ran == ["packages", "assets"]
    assert launcher.COMPILED[0].read_text() == "made"


def test_a_cut_off_update_is_not_taken_for_done_when_the_lock_is_put_back(launcher: ModuleType) -> None:
    launcher.set_up()
    whole = launcher.install_packages

    def cut_off() -> None:
        raise KeyboardInterrupt

    (launcher.ROOT / "requirements.lock").write_text("two")
    launcher.install_packages = cut_off
    with pytest.raises(KeyboardInterrupt):
        launcher.set_up()
    (launcher.ROOT / "requirements.lock").write_text("one")
    launcher.install_packages = whole
    launcher.set_up()
    assert launcher.ran == ["packages", "assets", "packages"]


def test_what_was_removed_is_made_again(launcher: ModuleType) -> None:
    launcher.set_up()
    launcher.COMPILED[0].unlink()
    launcher.set_up()
    assert launcher.ran == ["packages", "assets", "assets"]


def test_a_clone_that_was_moved_is_set_up_again(launcher: ModuleType, tmp_path: Path) -> None:
    launcher.set_up()
    before = launcher.digest([])
    launcher.ROOT = tmp_path / "elsewhere"
    assert launcher.digest([]) != before


def test_a_machine_that_serves_no_pages_can_do_without_the_style_sheet(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_NO_ASSETS", "1")
    launcher.set_up()
    assert launcher.ran == ["packages"]


def test_a_folder_that_is_not_an_environment_is_left_alone(launcher: ModuleType, tmp_path: Path) -> None:
    launcher.VENV = tmp_path / "letters"
    launcher.PYTHON = launcher.VENV / "bin/python"
    launcher.VENV.mkdir()
    (launcher.VENV / "letter.txt").write_text("dear")
    with pytest.raises(SystemExit) as stopped:
        launcher.make_environment()
    assert stopped.value.code == 64
    assert (launcher.VENV / "letter.txt").read_text() == "dear"


def test_an_environment_with_a_cut_off_installation_is_made_anew(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    cleared: list[bool] = []
    monkeypatch.setattr(launcher.venv, "create", lambda folder, with_pip, clear: cleared.append(clear))
    monkeypatch.setattr(launcher, "works", lambda command: True)
    launcher.VENV.mkdir()
    launcher.make_environment()
    assert cleared == []
    launcher.BEGUN.touch()
    launcher.make_environment()
    assert cleared == [True]


def test_a_second_set_up_waits_for_the_first(launcher: ModuleType) -> None:
    """While one set-up holds the lock, another process cannot take it."""
    attempt = "import fcntl, sys; fcntl.flock(open(sys.argv[1], 'w'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
    lock = launcher.VENV.with_name(".venv.lock")
    with launcher.alone():
        held = subprocess.run([sys.executable, "-c", attempt, str(lock)], capture_output=True, check=False)
    free = subprocess.run([sys.executable, "-c", attempt, str(lock)], capture_output=True, check=False)
    assert b"BlockingIOError" in held.stderr
    assert free.returncode == 0

"""The trainer's command, run as a trainer runs it, without a network.

Each test works on a copy of course.py and its verbs in a folder with a space and a diacritic. The
packages it installs are click, and tiny stand-ins for mkdocs, ruff, mypy and pytest, built here as
wheels; pip and the environments are real, but after the first one they borrow its pip and
click, which saves most of the time.
"""

import ast
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from course.tools import cli

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "course.py"
PACKAGE = Path("hooks/course")
SETTING_UP = "Setting up the course's own Python environment"
WAITING = "waiting for a corrected course file"
STAND_IN = """
import os, pathlib, sys, time
name = {name!r}
print("ran", name, *sys.argv[1:], "in", pathlib.Path.cwd().name, flush=True)
if sys.argv[1:2] == ["serve"]:
    if "mistake" in pathlib.Path("docs/index.md").read_text():
        sys.exit("docs/index.md:1: a mistake; mend it")
    print("serving", flush=True)
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(0)
print("browser", os.environ.get("COURSE_CHROMIUM"), flush=True)
sys.exit(int(os.environ.get("EXIT_" + name.upper(), "0")))
"""
QUICK_VENV = """
import os, pathlib, subprocess, sys
lender = os.environ.pop("PYTHONPATH")
status = subprocess.call([sys.executable, "-m", "venv", "--without-pip", sys.argv[1]])
for folder in pathlib.Path(sys.argv[1]).glob("**/site-packages"):
    (folder / "borrowed.pth").write_text(lender, encoding="utf-8")
sys.exit(status)
"""


@dataclass
class Project:
    """A course folder and the surroundings in which its command runs."""

    root: Path
    environment: dict[str, str]

    @property
    def output(self) -> Path:
        """The file that keeps what `serve` prints."""
        return self.root.parent / "output.txt"

    def write(self, name: str, text: str) -> None:
        """Write a file of the course, in one step for those who watch it."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.root.parent / "unfinished"
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)

    def course(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run the command from another folder, to its end."""
        return subprocess.run(
            [sys.executable, str(self.root / "course.py"), *arguments],
            cwd=self.root.parent,
            env={**self.environment, **extra},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def told(self, *arguments: str, **extra: str) -> str:
        """Run the command, which must fail; return the one sentence after what it was doing."""
        done = self.course(*arguments, **extra)
        assert done.returncode == 1, done.stdout
        *before, sentence = done.stderr.splitlines()
        assert all(line.endswith(" …") for line in before), done.stderr
        return sentence

    def offline(self) -> dict[str, str]:
        """Return the settings of a pip whose index cannot be reached."""
        nobody = f"http://127.0.0.1:{free_port()}/simple"
        return {"PIP_INDEX_URL": nobody, "PIP_NO_INDEX": "", "PIP_FIND_LINKS": ""}


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stand_in(folder: Path, name: str) -> None:
    """Write a wheel with one module that tells how it was run."""
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        info = f"{name}-1.0.dist-info"
        wheel.writestr(f"{name}.py", STAND_IN.format(name=name))
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")


def packed(folder: Path, name: str) -> None:
    """Write the wheel of a package that runs these tests."""
    distribution = importlib.metadata.distribution(name)
    path = folder / f"{name}-{distribution.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file in distribution.files or ():
            if file.suffix == ".py" or file.name in {"METADATA", "WHEEL", "RECORD"}:
                wheel.write(file.locate(), str(file))


def make_project(root: Path, wheels: Path) -> Project:
    """Make a course folder, and settings that let pip see nothing but the stand-ins."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON", "COURSE_"))}
    settings = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": wheels.as_uri(),
        "PIP_RETRIES": "0",
        "PYTHONIOENCODING": "utf-8",
        "COURSE_CHROMIUM": sys.executable,
    }
    made = Project(root, {**kept, **settings})
    made.write("requirements.txt", "mkdocs==1.0\nclick\n")
    made.write("tests/requirements.txt", "-r ../requirements.txt\nruff\nmypy\npytest\n")
    made.write("docs/index.md", "# Course\n")
    shutil.copy(SOURCE, made.root)
    caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / PACKAGE / "tools", made.root / PACKAGE / "tools", ignore=caches)
    for name in ("__init__.py", "problem.py", "states.py"):
        shutil.copy(ROOT / PACKAGE / name, made.root / PACKAGE)
    return made


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the stand-ins."""
    folder = tmp_path_factory.mktemp("wheels")
    for name in ("mkdocs", "ruff", "mypy", "pytest"):
        stand_in(folder, name)
    packed(folder, "click")
    return folder


@pytest.fixture(scope="session")
def real_project(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Project:
    """Make a course folder whose environment has a pip of its own."""
    return make_project(tmp_path_factory.mktemp("real") / "Cursul meu șă", wheels)


@pytest.fixture(scope="session")
def borrowed_pip(real_project: Project) -> Path:
    """Build the real environment; return a folder that lends pip and click to quickly made ones."""
    done = real_project.course("build")
    assert done.returncode == 0, done.stderr
    folder = real_project.root.parent / "borrowed"
    for lent in (real_project.root / ".venv").glob("**/site-packages/*"):
        if lent.name.split("-")[0] in {"pip", "click"}:
            shutil.copytree(lent, folder / lent.name)
    (folder / "venv.py").write_text(QUICK_VENV, encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path, wheels: Path, borrowed_pip: Path) -> Project:
    """Make a course folder whose name has a space and a diacritic."""
    made = make_project(tmp_path / "Cursul meu șă", wheels)
    made.environment["PYTHONPATH"] = str(borrowed_pip)
    return made


@pytest.fixture
def module() -> ModuleType:
    """Load course.py without running it."""
    spec = importlib.util.spec_from_file_location("course_command", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture
def serving(project: Project) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start `serve` in a group of its own, as a terminal does, and end it whatever happens."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        with project.output.open("wb") as output:
            command = [sys.executable, str(project.root / "course.py"), "serve"]
            child = subprocess.Popen(
                [*command, "--port", str(free_port())],
                env=project.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # A background job of a shell ignores Ctrl-C and hands that on.
                preexec_fn=lambda: signal.signal(  # noqa: PLW1509 (no threads here)
                    signal.SIGINT, signal.default_int_handler
                ),
            )
        started.append(child)
        return child

    yield start
    for child in started:
        if child.poll() is None:
            child.terminate()
        child.wait(timeout=10)


def wait_for_output(project: Project, text: str, times: int = 1) -> str:
    """Wait until `serve` has printed a text; return all it has printed."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        printed = project.output.read_text(encoding="utf-8", errors="replace")
        if printed.count(text) >= times:
            return printed
        time.sleep(0.02)
    pytest.fail(f"{text!r} was not printed in time; printed was:\n{printed}")


def test_environment_is_made_once_and_again_when_requirements_change(project: Project) -> None:
    first = project.course("build")
    assert first.returncode == 0, first.stderr
    assert SETTING_UP in first.stderr
    assert "ran mkdocs build --strict --quiet in Cursul meu șă" in first.stderr
    trace = project.root / ".venv" / "trace"
    trace.touch()

    assert SETTING_UP not in project.course("build").stderr
    os.utime(project.root / "requirements.txt", (1, 1))
    assert SETTING_UP not in project.course("build").stderr, "a new date alone is no change"
    assert trace.exists()

    project.write("requirements.txt", "mkdocs==1.0\nclick\nruff==1.0\n")
    assert SETTING_UP in project.course("build").stderr
    assert not trace.exists()
    assert not (project.root / ".venv.old").exists()


def test_environment_of_another_python_is_made_again(project: Project) -> None:
    project.course("build")
    stamp = project.root / ".venv" / "course-stamp"
    stamp.write_text(stamp.read_text().replace(f"3.{sys.version_info.minor}", "3.10"))
    assert SETTING_UP in project.course("build").stderr
    assert SETTING_UP not in project.course("build").stderr


def test_half_made_environment_is_made_again(project: Project) -> None:
    project.write(".venv/bin/left-over", "")
    assert SETTING_UP in project.course("build").stderr
    assert not (project.root / ".venv" / "bin" / "left-over").exists()


def test_interrupted_replacement_leaves_the_former_environment(project: Project) -> None:
    project.course("build")
    (project.root / ".venv").rename(project.root / ".venv.old")
    project.write(".venv/half-made", "")
    done = project.course("build", **project.offline())
    assert done.returncode == 0, done.stderr
    assert SETTING_UP not in done.stderr
    assert not (project.root / ".venv" / "half-made").exists()


def test_real_environment_has_all_it_needs(real_project: Project, borrowed_pip: Path) -> None:
    """Without the borrowed pip."""
    done = real_project.course("build")
    assert "ran mkdocs build --strict --quiet in Cursul meu șă" in done.stderr
    assert SETTING_UP not in done.stderr
    assert (real_project.root / ".venv" / "pyvenv.cfg").exists()


def test_no_network_is_one_sentence(project: Project) -> None:
    told = project.told("build", **project.offline())
    assert "requirements.txt could not be installed because pip cannot reach 127.0.0.1" in told
    assert "keeps working offline" in told
    assert not (project.root / ".venv").exists()


def test_no_network_keeps_the_older_environment(project: Project) -> None:
    project.course("build")
    project.write("requirements.txt", "mkdocs==2.0\n")
    told = project.told("build", **project.offline())
    assert "requirements.txt has changed and could not be installed" in told
    assert not (project.root / ".venv.old").exists()
    project.write("requirements.txt", "mkdocs==1.0\nclick\n")
    done = project.course("build", **project.offline())
    assert (done.returncode, SETTING_UP in done.stderr) == (0, False), done.stderr


def test_unknown_package_is_not_called_a_network_problem(project: Project) -> None:
    project.write("requirements.txt", "no-such-package\n")
    told = project.told("build")
    assert told.startswith("pip could not install requirements.txt: ERROR: ")
    assert "no-such-package" in told


def test_missing_requirements_are_one_sentence(project: Project) -> None:
    (project.root / "requirements.txt").unlink()
    assert "requirements.txt is missing" in project.told("build")


@pytest.mark.parametrize(
    "words",
    [
        "No module named venv",
        "The virtual environment was not created successfully because ensurepip is not available.",
    ],
)
def test_missing_venv_module_names_the_package(project: Project, words: str) -> None:
    shadow = project.root.parent / "shadow"
    shadow.mkdir()
    (shadow / "venv.py").write_text(f"print({words!r})\nraise SystemExit(1)\n")
    assert "apt install python3-venv" in project.told("build", PYTHONPATH=str(shadow))
    assert not (project.root / ".venv").exists()


@pytest.mark.parametrize("version", [(3, 6), (3, 9), (3, 10)])
def test_too_old_python_is_one_sentence(module: ModuleType, version: tuple[int, int]) -> None:
    told = module.too_old(version)
    assert told.startswith("This course needs Python 3.11 or later; this is 3.")
    assert f"this is 3.{version[1]}." in told
    assert told.endswith("3.11 course.py serve")


def test_new_enough_python_is_welcome(module: ModuleType) -> None:
    assert module.too_old((3, 11)) == module.too_old((3, 14)) == ""


def test_source_loads_on_python_3_6() -> None:
    """It parses, it imports nothing newer, and newer annotations are in quotes."""
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.module != "__future__"
        if isinstance(node, ast.FunctionDef):
            notes = [a.annotation for a in node.args.args] + [node.returns]
            for note in notes:
                assert not isinstance(note, ast.Subscript | ast.BinOp), f"line {node.lineno}"


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help_lists_the_verbs(project: Project, arguments: list[str]) -> None:
    done = project.course(*arguments)
    assert done.returncode == 0
    for verb in cli.VERBS:
        assert f"python3 course.py {verb}" in done.stdout
    assert not (project.root / ".venv").exists(), "help needs no environment"


def test_help_and_misuse_once_the_verbs_are_there(project: Project) -> None:
    assert "ran mkdocs" in project.course("build").stderr
    done = project.course("serve", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "python3 course.py serve --port 8001" in done.stdout
    done = project.course("serve", "--prot", "8001")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("There is no option --prot; did you mean “--port”?")


def test_verbs_get_the_command_line_and_its_folder(project: Project) -> None:
    """The package, not the script of its name; what it starts finds modules of its own."""
    told = "import os, sys\nprint(*sys.argv[1:], os.getcwd(), sep='|')\nsys.exit(4)\n"
    project.write(f"{PACKAGE}/tools/__main__.py", told)
    done = project.course("check", "a b")
    assert (done.returncode, done.stdout) == (4, f"check|a b|{project.root.parent}\n"), done.stderr


def test_json_comes_alone_even_when_the_environment_is_made(project: Project) -> None:
    project.write(f"{PACKAGE}/tools/__main__.py", "print('[]')\n")
    done = project.course("check", "--json")
    assert done.stdout == "[]\n", done.stderr
    assert SETTING_UP in done.stderr


def test_every_check_runs_and_pytest_closes(project: Project) -> None:
    done = project.course("test", EXIT_RUFF="1")
    ran = [line.split(" in ")[0] for line in done.stdout.splitlines() if line.startswith("ran ")]
    assert ran == [
        "ran ruff check .",
        "ran ruff format --check .",
        "ran mypy",
        "ran mypy course.py",
        "ran pytest",
    ]
    assert done.stdout.splitlines()[-1] == f"browser {sys.executable}"
    assert "Not passed (see above): ruff check ., ruff format --check ." in done.stdout
    assert done.returncode == 1

    again = project.course("test")
    assert again.returncode == 0
    assert "Adding the packages" not in again.stderr

    some = project.course("test", "-k", "quiz or bank", "-x", EXIT_PYTEST="5", EXIT_RUFF="1")
    assert "ran pytest -k quiz or bank -x in" in some.stdout
    assert "ran ruff" not in some.stdout
    assert some.returncode == 1


def test_wrong_browser_is_one_sentence(project: Project) -> None:
    told = project.told("test", COURSE_CHROMIUM="/no/such/browser")
    assert "COURSE_CHROMIUM names no program: /no/such/browser" in told


@pytest.mark.skipif(os.name == "nt", reason="needs the signals of a terminal")
def test_serve_waits_for_a_correction_and_ends_cleanly(
    project: Project, serving: Callable[[], subprocess.Popen[bytes]]
) -> None:
    project.write("docs/index.md", "mistake")
    child = serving()
    printed = wait_for_output(project, WAITING)
    assert "docs/index.md:1: a mistake; mend it" in printed
    assert "http://127.0.0.1:" in printed
    project.write("docs/index.md", "still a mistake")
    wait_for_output(project, WAITING, times=2)
    project.write("docs/index.md", "correct")
    wait_for_output(project, "serving")
    os.killpg(child.pid, signal.SIGINT)
    assert child.wait(timeout=10) == 0
    printed = project.output.read_text(encoding="utf-8")
    assert "Traceback" not in printed
    assert printed.endswith("\nStopped.\n")
    assert printed.count("Building the course") == 3, "one build for each change"


@pytest.mark.skipif(os.name == "nt", reason="needs the signals of a terminal")
def test_interrupt_while_waiting_ends_cleanly(
    project: Project, serving: Callable[[], subprocess.Popen[bytes]]
) -> None:
    project.write("docs/index.md", "mistake")
    child = serving()
    wait_for_output(project, WAITING)
    os.killpg(child.pid, signal.SIGINT)
    assert child.wait(timeout=10) == 0
    assert "Traceback" not in project.output.read_text(encoding="utf-8")

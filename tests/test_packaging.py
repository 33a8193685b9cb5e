"""What is installed is what is in the tree: every module and data file, once, and no tests."""

import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from shutil import copytree, ignore_patterns

import pytest

import actorgraph

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PYPROJECT["tool"]["setuptools"]
NOT_PACKAGES = {"tests", "benchmarks", "docs", "examples", "build", "dist", "out", "node_modules"}
"""Folders of the root that are not installed; hidden ones are not, either."""


def folder_of(package):
    return ROOT.joinpath(*package.split(".")[1:])


def folders(folder=ROOT):
    """Every folder that could be a package, the root first."""
    yield folder
    for child in sorted(folder.iterdir()):
        hidden = child.name.startswith((".", "__")) or child.name.endswith(".egg-info")
        if child.is_dir() and not hidden and child.name not in NOT_PACKAGES:
            yield from folders(child)


def files_of(package):
    """The files of a package that have to be installed; the root holds others, too."""
    files = {file.name for file in folder_of(package).iterdir() if file.is_file()}
    if package == "actorgraph":
        return {name for name in files if name.endswith((".py", ".typed"))}
    return files


def installed_names():
    """Every file that an installation has, as a path from site-packages."""
    return {
        f"{package.replace('.', '/')}/{name}"
        for package in SETUPTOOLS["packages"]
        for name in files_of(package)
    }


def test_the_list_of_packages_is_the_tree():
    names = {".".join(("actorgraph", *f.relative_to(ROOT).parts)) for f in folders()}

    assert set(SETUPTOOLS["packages"]) == names
    assert all((folder_of(name) / "__init__.py").is_file() for name in names)


@pytest.mark.parametrize("package", SETUPTOOLS["packages"])
def test_every_data_file_of_a_package_is_installed(package):
    patterns = SETUPTOOLS["package-data"].get(package, [])
    data = {name for name in files_of(package) if not name.endswith(".py")}

    assert {n for n in data if not any(fnmatch(n, pattern) for pattern in patterns)} == set()
    assert [p for p in patterns if not any(fnmatch(name, p) for name in data)] == []


def test_the_version_is_written_the_same_in_both_places():
    assert PYPROJECT["project"]["version"] == actorgraph.__version__


@pytest.mark.parametrize("lock", ["requirements.lock", "model.lock"])
def test_a_lock_file_pins_hashes_and_names_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert "==" in text
    assert "--hash=sha256:" in text
    assert "://" not in text


def test_the_model_is_locked_once():
    hashes = (ROOT / "model.lock").read_text(encoding="utf-8").partition("--hash=")[2].strip()

    assert hashes in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_no_module_of_the_package_is_loaded_under_a_second_name():
    files = {folder_of(package) / name: package for package in SETUPTOOLS["packages"]
             for name in files_of(package)}  # fmt: skip
    twice = {
        name
        for name, module in sys.modules.items()
        if (file := getattr(module, "__file__", None)) and Path(file) in files
        if not name.startswith("actorgraph") and name != "__mp_main__"
    }

    assert twice == set()


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the checkout, so that building leaves nothing behind in it."""
    left = ignore_patterns(
        ".*", "__pycache__", "node_modules", "build", "dist", "out", "*.egg-info"
    )
    return copytree(ROOT, tmp_path_factory.mktemp("copy") / "foo-bar", ignore=left)


@pytest.fixture(scope="module")
def archives(tree):
    """The sdist, and the wheel that is built from it."""
    run(sys.executable, "-m", "build", "--no-isolation", cwd=tree)
    (sdist,) = tree.glob("dist/*.tar.gz")
    (wheel,) = tree.glob("dist/*.whl")
    return sdist, wheel


@pytest.fixture
def environment(tmp_path):
    """An empty virtual environment that sees the libraries of this one, pip included."""
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(python, "-c", ask, cwd=tmp_path).strip())
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return python


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_nothing_else(archives):
    names = set(zipfile.ZipFile(archives[1]).namelist())
    package = {name for name in names if not PurePosixPath(name).parts[0].endswith(".dist-info")}
    licences = {PurePosixPath(name).name for name in names if "/licenses/" in name}

    assert package == installed_names()
    assert licences == {"LICENSE", "NOTICE"}


@pytest.mark.slow
def test_the_sdist_holds_the_package_and_no_tests(archives):
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    expected = {name.partition("/")[2] for name in installed_names()}

    assert expected <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "NOTICE"} <= names
    assert {n for n in names if n.startswith(("tests", "benchmarks", "."))} == set()


@pytest.mark.slow
@pytest.mark.parametrize("editable", [False, True], ids=["wheel", "editable"])
def test_an_installation_works_outside_the_checkout(
    editable, tree, archives, environment, tmp_path
):
    what = ["--no-build-isolation", "--editable", tree] if editable else [archives[1]]
    run(environment, "-m", "pip", "install", "--no-deps", "--no-index", *what, cwd=tmp_path)
    where = Path(run(environment, "-c", "import actorgraph; print(actorgraph.__file__)",
                     cwd=tmp_path).strip())  # fmt: skip
    shown = run(environment.with_name("actorgraph"), "--version", cwd=tmp_path)

    assert where.is_relative_to(tree if editable else tmp_path)
    assert shown.strip() == actorgraph.__version__

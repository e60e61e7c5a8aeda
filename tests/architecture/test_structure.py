"""The house keeps its shape: top level, file names, sizes, templates without surprises."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP_LEVEL = {
    *("app", "templates", "static", "migrations", "tests", "config.py", "wsgi.py", "requirements.txt", "README.md"),
    *("Makefile", "Procfile", "pyproject.toml", "package.json", "package-lock.json", "requirements-dev.txt"),
    *("deploy", "docs", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", ".ci", ".gitignore", ".npmrc"),
}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "misc", "common"}
CUSTOMARY_LINES = 320


def tracked() -> list[Path]:
    """Files of the repository."""
    output = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for line in output.splitlines() if (path := ROOT / line).exists()]


def test_top_level_is_what_architecture_names():
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP_LEVEL


def test_no_drawers_for_everything():
    assert [path for path in tracked() if path.stem in FORBIDDEN_NAMES] == []


def test_python_files_can_be_read_in_one_sitting():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked()
        if path.suffix == ".py" and "tests" not in path.parts and "versions" not in path.parts
        if (lines := len(path.read_text().splitlines())) > CUSTOMARY_LINES
    }

    assert long == {}


@pytest.mark.parametrize("word", ["select(", "db.session.execute", "db.session.scalars", "db.session.query"])
def test_routes_hold_no_sql(word):
    files = [*ROOT.glob("app/*/routes*.py"), *ROOT.glob("app/*/public*.py")]

    assert [str(path.relative_to(ROOT)) for path in files if word in path.read_text()] == []


def test_services_queries_and_rules_know_no_flask():
    files = [path for name in ("services", "queries", "rules") for path in ROOT.glob(f"app/*/{name}*.py")]
    using = [path for path in files if re.search(r"^(from|import) flask\b(?!_babel)", path.read_text(), re.M)]

    assert [str(path.relative_to(ROOT)) for path in using] == []


def test_services_and_queries_never_commit():
    files = [*ROOT.glob("app/*/services*.py"), *ROOT.glob("app/*/queries*.py")]

    assert [str(path.relative_to(ROOT)) for path in files if "session.commit(" in path.read_text()] == []


def test_templates_hold_no_inline_script_or_style_and_switch_off_no_escaping():
    pattern = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:")
    files = ROOT.glob("templates/**/*.html")

    assert [str(path.relative_to(ROOT)) for path in files if pattern.search(path.read_text())] == []


def test_every_relationship_raises_instead_of_loading_by_surprise():
    pattern = re.compile(r"relationship\((?!.*raise_on_sql)", re.S)
    lazy = [
        f"{path.relative_to(ROOT)}: {call[:60]}"
        for path in ROOT.glob("app/*/models.py")
        for call in re.findall(r"relationship\([^)]*\)", path.read_text())
        if pattern.match(call)
    ]

    assert lazy == []


def test_nothing_names_this_machine_or_where_packages_come_from():
    pattern = re.compile(rb"registry\.npmjs|pythonhosted\.org|pypi\.org/simple|deb\.debian\.org|/root/")
    own = Path(__file__)

    assert [
        str(path.relative_to(ROOT)) for path in tracked() if path != own and pattern.search(path.read_bytes())
    ] == []

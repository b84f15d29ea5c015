"""What the code of the web wing does not do, by reading it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import vatra.web

WEB = Path(vatra.web.__file__).parent
FILES = [path for path in WEB.rglob("*.py") if "migrations" not in path.parts]
# Who may speak with the network, and to whom.
NETWORK = {"people/provider.py", "people/views_identity.py", "people/mail.py"}
ASKING = ("requests", "httpx", "urllib.request", "urllib3", "http.client", "aiohttp")
# Statements whose names of tables are ours.
OWN_STATEMENTS = {
    "ops/restore.py",
    "ops/rows.py",
    "base/triggers.py",
    "search/engine.py",
    "api/limits.py",
    # What the ORM wrote, kept.
    "cities/kept.py",
}
EVALUATING = {"eval", "exec", "compile", "__import__"}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """File, call, and the name that is called."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield path.relative_to(WEB).as_posix(), node, ast.unparse(node.func)


def test_no_shell_is_called() -> None:
    found = [
        (file, name)
        for file, node, name in calls()
        if any(each.arg == "shell" for each in node.keywords)
        or name in ("os.system", "os.popen", "subprocess.getoutput")
    ]
    assert found == []


def test_nothing_is_evaluated() -> None:
    wrong = ("pickle.load", "pickle.loads", "marshal.loads", "yaml.load", "yaml.unsafe_load")
    found = [(file, name) for file, _, name in calls() if name in EVALUATING or name in wrong]
    assert found == []


def test_no_statement_is_put_together_from_input() -> None:
    found = []
    for file, node, name in calls():
        is_statement = name.endswith((".execute", ".raw", ".executemany")) and node.args
        if is_statement and not isinstance(node.args[0], ast.Constant):
            found.append(file)
    assert set(found) <= OWN_STATEMENTS


def test_only_the_identity_provider_is_asked() -> None:
    found = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.split(".")[0] in ASKING or name in ASKING for name in names):
                found.add(path.relative_to(WEB).as_posix())
    assert found <= NETWORK


def test_templates_escape() -> None:
    wrong = re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq")
    found = {
        path.relative_to(WEB).as_posix()
        for path in WEB.rglob("*.html")
        if "static" not in path.parts and wrong.search(path.read_text("utf-8"))
    }
    # The picture of an authenticator app's code, drawn by the library from a secret of ours.
    assert found <= {"people/templates/mfa/totp/activate_form.html"}

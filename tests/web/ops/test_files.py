"""The files of ``ops/`` are whole, and name the settings that there are and no others."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from vatra.cli import app
from vatra.web.evidence import sniffing
from vatra.web.evidence.receiving import FORM_BYTES

ROOT = Path(__file__).resolve().parents[3]
OPS = ROOT / "ops"
EXAMPLE = OPS / "vatra.env.example"
SETTING = re.compile(r"VATRA_[A-Z]+(?:_[A-Z]+)*")
UNITS = sorted((OPS / "systemd").iterdir())


def settings_of_the_code() -> set[str]:
    """Every variable that the code asks the environment for."""
    asked = re.compile(r"""environ(?:\.get|\.setdefault)?[\[(]\s*["'](VATRA_[A-Z_]+)["']""")
    sources = (ROOT / "src" / "vatra").rglob("*.py")
    return {name for path in sources for name in asked.findall(path.read_text("utf-8"))}


def example() -> dict[str, str]:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def unit(path: Path) -> configparser.ConfigParser:
    """A unit of systemd; a key that stands twice keeps its last value."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text("utf-8"))
    return parser


def test_the_example_names_every_setting_and_no_other() -> None:
    assert set(example()) == settings_of_the_code()
    assert len(example()) >= 10


def test_every_setting_is_explained_to_who_operates() -> None:
    text = (ROOT / "docs" / "how-to" / "operate.md").read_text("utf-8")
    assert set(SETTING.findall(text)) == settings_of_the_code()


@pytest.mark.parametrize(
    "path", sorted(p for p in OPS.rglob("*") if p.is_file()), ids=lambda path: path.name
)
def test_no_file_names_a_setting_that_is_not(path: Path) -> None:
    assert set(SETTING.findall(path.read_text("utf-8"))) <= settings_of_the_code()


def test_the_settings_load_with_the_example(tmp_path: Path) -> None:
    own = {**example(), "VATRA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": SETTINGS}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VATRA_", "DJANGO_"))}
    code = "import django; django.setup(); from django.core.management import call_command as c;"
    code += "c('check', deploy=True, fail_level='ERROR')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=kept | own, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


SETTINGS = "vatra.web.site.settings"


def test_compose_shows_only_the_proxy_and_shuts_the_database_in() -> None:
    compose = yaml.safe_load((OPS / "compose.yaml").read_text("utf-8"))
    services = compose["services"]
    assert [name for name, each in services.items() if "ports" in each] == ["proxy"]
    assert services["database"]["networks"] == ["inside"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert "inside" not in services["proxy"]["networks"]
    assert services["app"]["cap_drop"] == ["ALL"]
    assert services["app"]["read_only"] is True
    named = {v.partition(":")[0] for each in services.values() for v in each.get("volumes", ())}
    assert {name for name in named if not name.startswith(".")} == set(compose["volumes"])
    mounted = {v.split(":")[1] for v in services["app"]["volumes"]}
    assert example()["VATRA_DATA"] in mounted


def test_compose_builds_from_files_that_are_here() -> None:
    build = yaml.safe_load((OPS / "compose.yaml").read_text("utf-8"))["services"]["app"]["build"]
    context = (OPS / build["context"]).resolve()
    lines = (context / build["dockerfile"]).read_text("utf-8").splitlines()
    copied = [
        word
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    assert copied
    assert [name for name in copied if not (context / name).exists()] == []
    assert (context / "requirements" / "server.txt").is_file()


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_call_commands_that_exist(path: Path) -> None:
    found = unit(path)
    if path.suffix == ".timer":
        assert (path.parent / f"{path.stem}.service").is_file()
        assert found["Timer"]["OnCalendar"]
        return
    assert found["Service"]["User"] == "vatra"
    assert found["Service"]["EnvironmentFile"].endswith("vatra.env")
    assert found["Service"]["ProtectSystem"] == "strict"
    called = re.findall(r"/bin/vatra (\w+)(?: (\w+))?", path.read_text("utf-8"))
    assert called
    root = get_command(app)
    for verb, action in called:
        command = root.get_command(None, verb)  # type: ignore[attr-defined,arg-type]
        assert command is not None
        if verb == "admin":
            assert command.get_command(None, action) is not None


def test_commands_of_the_readme_exist() -> None:
    text = (OPS / "README.md").read_text("utf-8")
    called = re.findall(r"\bapp admin (\w+)", text)
    admin = get_command(app).get_command(None, "admin")  # type: ignore[attr-defined,arg-type]
    assert {"create", "register", "backup", "restore", "check"} == set(called)
    assert [name for name in called if admin.get_command(None, name) is None] == []


def test_the_proxy_keeps_inner_addresses_and_people_to_itself() -> None:
    text = (OPS / "Caddyfile").read_text("utf-8")
    assert text.count("{") == text.count("}")
    assert re.search(r"@inner path (.*)", text)[1].split() == ["/metrics", "/ready"]  # type: ignore[index]
    for field in ("remote_ip", "client_ip", "uri", "headers"):
        assert f"request>{field} delete" in text
    assert re.search(r"reverse_proxy app:8000", text)
    # Both logs: that of requests, and the one that errors go to.
    assert text.count("import without_people") == 2


def test_the_proxy_lets_the_largest_upload_through() -> None:
    text = (OPS / "Caddyfile").read_text("utf-8")
    largest_mb = int(re.search(r"max_size (\d+)MB", text)[1])  # type: ignore[index]
    assert largest_mb * 1_000_000 >= sniffing.LIMITS.max_bytes + FORM_BYTES


@pytest.mark.skipif(shutil.which("caddy") is None, reason="no caddy here")
def test_caddy_takes_its_file(tmp_path: Path) -> None:
    asked = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(OPS / "Caddyfile")]
    own = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(asked, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_no_fault_in_its_units(tmp_path: Path) -> None:
    for path in UNITS:
        # The command is installed nowhere here; any other that is there stands for it.
        text = path.read_text("utf-8").replace("/opt/vatra/bin/vatra", sys.executable)
        (tmp_path / path.name).write_text(text, "utf-8")
    asked = ["systemd-analyze", "verify", *sorted(str(tmp_path / each.name) for each in UNITS)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "vatra" in line] == []

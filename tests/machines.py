"""What tests need of the machine: a Chromium, a PostgreSQL server of their own, R with lme4. Absent, the test is skipped with a word."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "postgres"  # the server refuses to run as root


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program: HEADWAY_CHROMIUM, else one on the path."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    named = os.environ.get("HEADWAY_CHROMIUM") or next(filter(None, found), None)
    if not named:
        pytest.skip("no Chromium is here; apt-get install chromium fonts-liberation, or name one in HEADWAY_CHROMIUM")
    return Path(named)


@pytest.fixture(scope="session")
def lme4() -> Path:
    """R's program, where it has lme4: the peer that multilevel models are held against."""
    found = shutil.which("Rscript")
    asked = [found, "--vanilla", "-e", "stopifnot(requireNamespace('lme4', quietly = TRUE))"]
    if not found or subprocess.run([str(part) for part in asked], capture_output=True, check=False).returncode:
        pytest.skip("R with lme4 is not here; apt-get install r-base-core r-cran-lme4")
    return Path(found)


def _as_owner(command: list[str], folder: Path) -> None:
    """Run one of the server's programs, as its own user where we are root."""
    prefix = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*prefix, *command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server for the tests alone, as `postgresql://headway@127.0.0.1:PORT`; one for all tests of a worker."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL's server programs are not here; apt-get install postgresql (no server need run)")
    programs, port = found[-1].parent, free_port()
    folder = Path(tempfile.mkdtemp(prefix="headway-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    control = [str(programs / "pg_ctl"), "-D", str(folder / "cluster"), "-w", "-s"]
    # no password and no waiting for the disc: it listens on this machine only and is thrown away
    trusting = ["-A", "trust", "-U", "headway", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c full_page_writes=off"
    try:
        _as_owner([str(programs / "initdb"), "-D", str(folder / "cluster"), *trusting], folder)
        _as_owner([*control, "-l", str(folder / "log"), "-o", options, "start"], folder)
        try:
            yield f"postgresql://headway@127.0.0.1:{port}"
        finally:
            _as_owner([*control, "-m", "fast", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server: str) -> str:
    """A database of its own for one test, new and empty, as an address: what another test wrote is not in it."""
    return _database(postgres_server, f"trial_{uuid4().hex}")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database in which every migration ran, from nothing: half a minute, once for all tests of a worker."""
    home, name = tmp_path_factory.mktemp("migrated"), "migrated"
    (home / "area.yaml").write_text('areas: ["000"]\nname: Wrenford\nexample: true\n')
    migrate = "import sys; from pathlib import Path; from headway.site.running import migrate; migrate(Path(sys.argv[1]))"
    settings = {"HEADWAY_HOME": str(home), "HEADWAY_DATABASE_URL": _database(postgres_server, name)}
    done = subprocess.run([sys.executable, "-c", migrate, str(home)], env={**os.environ, **settings}, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the migrations do not run on PostgreSQL: {done.stderr.decode()[-2000:]}")
    return name


@pytest.fixture
def postgres_migrated(postgres_server: str, postgres_template: str) -> str:
    """The same with the desk's tables in it, for a test that is not about making them."""
    return _database(postgres_server, f"trial_{uuid4().hex}", postgres_template)


def _database(server: str, name: str, template: str = "template1") -> str:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    return f"{server}/{name}"


@pytest.fixture(scope="session")
def spark() -> Iterator[str]:
    """A Spark master with two workers of one core each on this machine, for the tests alone, as `spark://127.0.0.1:PORT`."""
    if importlib.util.find_spec("pyspark") is None or not shutil.which("java"):
        pytest.skip("Spark is not here; apt-get install openjdk-17-jre-headless, .venv/bin/uv pip install -r requirements-spark.lock")
    import pyspark

    home, port, folder = Path(pyspark.__file__).parent, free_port(), Path(tempfile.mkdtemp(prefix="headway-spark-"))
    address = f"spark://127.0.0.1:{port}"
    os.environ.update({"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable})
    start = [str(home / "bin/spark-class"), "org.apache.spark.deploy"]
    master = [start[0], f"{start[1]}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
    worker = [start[0], f"{start[1]}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0"]
    commands = [master, *([*worker, "--work-dir", str(folder / str(at)), address] for at in range(2))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with open(folder / "log", "w") as log:
        running = [subprocess.Popen(one, cwd=folder, env=environment, stdout=log, stderr=log) for one in commands]
        try:
            _until_registered(folder / "log", 2)
            yield address
        finally:
            for one in running:
                one.terminate()
            for one in running:
                _ended(one)
            shutil.rmtree(folder, ignore_errors=True)


def _until_registered(log: Path, workers: int) -> None:
    for _ in range(600):
        if log.read_text(errors="replace").count("Registering worker") >= workers:
            return
        time.sleep(0.5)
    raise RuntimeError(f"Spark's workers did not come up: {log.read_text(errors='replace')[-800:]}")


def _ended(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:  # a machine under load takes long to let go
        process.kill()
        process.wait()

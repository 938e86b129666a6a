"""Starts the local KMS once, and puts it back to its seed before each test."""

import os
import subprocess
import urllib.request
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
# The checkout of KMS Console.
CONSOLE = Path(os.environ.get("KMS_CONSOLE", HERE.parents[1]))


@pytest.fixture(scope="session")
def kms_server(tmp_path_factory):
    seed = HERE.parent / "kms-seed.yaml"
    command = ["npm", "run", "--silent", "kms", "--", "--port", "0", "--test", "--seed", seed]
    environment = {**os.environ, "KMS_DATA_DIR": str(tmp_path_factory.mktemp("kms"))}
    with subprocess.Popen(command, cwd=CONSOLE, env=environment, stdout=subprocess.PIPE, text=True) as process:
        variables = {}
        for line in process.stdout:
            name, _, value = line.removeprefix("export ").strip().partition("=")
            variables[name] = value
            if name == "EXOSCALE_API_SECRET":
                break
        else:
            pytest.fail("The local KMS did not start.")
        yield variables
        process.terminate()


@pytest.fixture
def kms(kms_server):
    """The variables that the vendors' tools read, by name."""
    reset = urllib.request.Request(kms_server["THALASSA_API_ENDPOINT"] + "/_kms/reset", method="POST")
    urllib.request.urlopen(reset, timeout=10).close()
    return kms_server

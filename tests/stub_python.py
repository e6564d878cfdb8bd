"""Stands for Python where the supervisor starts Rasa, the action server and the training.

`STUB` says how it behaves: `ready` answers over HTTP, `silent` never does, `broken` ends at once. It writes
in its folder the time that it was given and what it is asked, and starts a child of its own, which inherits
the environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        write("asked", self.path)

    def log_message(self, *_: object) -> None:
        pass


def write(name: str, line: str) -> None:
    part = "rasa" if "rasa" in sys.argv else "actions"
    with (Path(os.environ["VIGIE_DATA"]) / f"{part}.{name}").open("a") as file:
        file.write(f"{line}\n")


how = os.environ["STUB"]
if how == "broken":
    sys.exit("broken")
if "train" not in sys.argv:
    write("times", os.environ["VIGIE_NOW"])
if "STUB_ALONE" not in os.environ:
    subprocess.Popen(["/bin/sleep", "600"])
if how == "ready" and "train" not in sys.argv:
    port = int(sys.argv[sys.argv.index("--port") + 1])
    HTTPServer(("127.0.0.1", port), Answer).serve_forever()
time.sleep(600)

"""An FTP server: `ftp_server.py PORT FOLDER PASSWORD KEYS [plain]`.

With `plain` there is no TLS, and no list but the old one, which prints lines for people.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
from pyftpdlib.servers import ThreadedFTPServer


def main(port: str, folder: str, password: str, keys: str, kind: str = "tls") -> None:
    authorizer = DummyAuthorizer()
    authorizer.add_user("noor", password, folder, perm="elradfmwMT")
    made: Any = type("Handler", (FTPHandler if kind == "plain" else TLS_FTPHandler,), {})
    made.authorizer = authorizer
    made.auth_failed_timeout = 0
    if kind == "plain":
        made.proto_cmds = {k: v for k, v in made.proto_cmds.items() if k not in {"MLSD", "MLST"}}
    else:
        made.certfile = str(Path(keys) / "cert.pem")
        made.keyfile = str(Path(keys) / "key.pem")
        made.tls_control_required = True
        made.tls_data_required = True
    ThreadedFTPServer(("127.0.0.1", int(port)), made).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])

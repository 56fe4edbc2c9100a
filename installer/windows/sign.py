"""Signs programs for Windows when there is a certificate, and does nothing when there is none.

SAMENLEVEN_CERTIFICATE is a .pfx file, SAMENLEVEN_CERTIFICATE_PASSWORD its password, SAMENLEVEN_TIMESTAMP the address of
a time-stamping service (a signature without one ends with its certificate). On Windows signtool signs, elsewhere
osslsigncode.

    python installer/windows/sign.py FILE.exe ...
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CERTIFICATE, PASSWORD, TIMESTAMP = (
    "SAMENLEVEN_CERTIFICATE",
    "SAMENLEVEN_CERTIFICATE_PASSWORD",
    "SAMENLEVEN_TIMESTAMP",
)
NAME = "Samenleven"


def wanted() -> bool:
    return bool(os.environ.get(CERTIFICATE))


def sign(path: Path) -> None:
    """Signs one file in its place; raises SystemExit when that fails."""
    certificate, password = os.environ[CERTIFICATE], os.environ.get(PASSWORD, "")
    stamp = os.environ.get(TIMESTAMP)
    if sys.platform == "win32":
        words = ["signtool", "sign", "/fd", "sha256", "/f", certificate, "/p", password, "/d", NAME]
        words += ["/tr", stamp, "/td", "sha256"] if stamp else []
        run([*words, str(path)])
        return
    signed = path.with_name(path.name + ".signed")
    signed.unlink(missing_ok=True)
    words = ["osslsigncode", "sign", "-h", "sha256", "-pkcs12", certificate, "-pass", password, "-n", NAME]
    words += ["-ts", stamp] if stamp else []
    run([*words, "-in", str(path), "-out", str(signed)])
    signed.replace(path)


def run(words: list[str]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        # Without the words that were given: the password is among them.
        raise SystemExit(f"{words[0]} could not sign {words[-1]}:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    if wanted():
        for name in sys.argv[1:]:
            sign(Path(name))

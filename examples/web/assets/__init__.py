"""Style and script, which stand inside every page, and the policy that lets no others run."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup


def _read(name: str) -> Markup:
    return Markup((Path(__file__).parent / name).read_text("utf-8"))


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


STYLE, SCRIPT = _read("style.css"), _read("script.js")
CSP = "; ".join(
    (
        "default-src 'none'",
        # By their hashes, not a nonce: so a page stays the same page, and caches can tell.
        f"script-src {_source(SCRIPT)}",
        f"style-src {_source(STYLE)}",
        "img-src data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

"""A small identity provider of its own on this machine: discovery, keys, tokens, and lies."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "vatra", "between us"
KID = "key-1"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))


@dataclass
class Provider:
    """What it says of who signs in: ``claims`` over the usual ones; None leaves one out.

    ``key`` signs, by ``algorithm``; ``issued`` remembers each code's request; ``down`` answers
    nothing but 500; ``metadata`` goes over what it says of itself.
    """

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    algorithm: str = "RS256"
    down: bool = False
    asked: list[str] = field(default_factory=list)
    issued: dict[str, dict[str, str]] = field(default_factory=dict)

    def code_for(self, url: str) -> tuple[str, str]:
        """What a person does at ``authorize``: the code and state that go back."""
        given = {name: each[0] for name, each in parse_qs(urlsplit(url).query).items()}
        assert given["client_id"] == CLIENT
        assert given["response_type"] == "code"
        assert given["code_challenge_method"] == "S256"
        code = f"code-{len(self.issued)}"
        self.issued[code] = given
        return code, given["state"]

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.metadata

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        given = self.issued.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proved = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if given is None or form.get("client_secret") != SECRET:
            return 400, {"error": "invalid_grant"}
        if given["code_challenge"] != proved or given["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token(given)}

    def id_token(self, given: dict[str, str]) -> str:
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "sub": "number-7",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": given["nonce"],
            "email": "ana@example.org",
            "email_verified": True,
        } | self.claims
        said = {name: each for name, each in said.items() if each is not None}
        return jwt.encode(said, self.key, algorithm=self.algorithm, headers={"kid": KID})


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        pages = {
            "/.well-known/openid-configuration": self.provider.discovery(),
            "/keys": {"keys": [PUBLIC | {"kid": KID, "use": "sig", "alg": "RS256"}]},
        }
        self._answer(200 if self.path in pages else 404, pages.get(self.path, {}))

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        sent = parse_qs(self.rfile.read(length).decode())
        self._answer(*self.provider.token({name: each[0] for name, each in sent.items()}))

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        self.provider.asked.append(self.path)
        body = json.dumps(content).encode()
        self.send_response(500 if self.provider.down else status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers until the end of the block."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

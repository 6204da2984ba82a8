"""A bucket on a real server that speaks S3, as its owner and its readers know it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, unquote
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from ssg.build.manifest import Entry
from ssg.config import Destination
from ssg.deploy.kinds import kind_of
from ssg.deploy.targets import Parcel
from ssg.deploy.targets.buckets import bucket_target
from ssg.deploy.targets.profile import credentials_of
from ssg.faults import Halt
from tests.deploy.contract import Contract, Host, Paper
from tests.deploy.sshd import free_port

OK = 200
_XML = "{http://s3.amazonaws.com/doc/2006-03-01/}"


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that speaks S3."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=quiet
    ) as process:
        try:
            while not _answers(port):
                assert process.poll() is None
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def store() -> Iterator[int]:
    with serving() as port:
        yield port


def _answers(port: int) -> bool:
    try:
        return asked(port, "GET", "/")[0] == OK
    except OSError:
        return False


def asked(
    port: int, method: str, path: str, data: bytes = b""
) -> tuple[int, dict[str, str], bytes]:
    """What the server answers: status, headers, body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body=data)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@dataclass
class Bucket:
    """A bucket, over plain HTTP."""

    port: int
    name: str

    @property
    def destination(self) -> Destination:
        return Destination("live", f"s3://{self.name}/paper")

    def names(self) -> list[str]:
        _, _, listed = asked(self.port, "GET", f"/{self.name}?list-type=2&encoding-type=url")
        found = ET.fromstring(listed).iter(f"{_XML}Key")
        return [unquote(key.text or "") for key in found]

    def get(self, key: str) -> tuple[dict[str, str], bytes]:
        status, headers, data = asked(self.port, "GET", f"/{self.name}/{quote(key)}")
        assert status == OK, key
        return headers, data

    def served(self) -> dict[str, bytes]:
        keys = [key for key in self.names() if not key.startswith("paper/.ssg/")]
        return {key.removeprefix("paper/"): self.get(key)[1] for key in keys}

    def put(self, path: str, data: bytes) -> None:
        assert asked(self.port, "PUT", f"/{self.name}/paper/{path}", data)[0] == OK

    def edit_record(self) -> None:
        _, data = self.get("paper/.ssg/record.json")
        edited = data.replace(b'"2026/03/tide/index.html"', b'"2026/03/edit/index.html"')
        assert edited != data
        self.put(".ssg/record.json", edited)


def made(port: int, name: str, home: Path, patch: pytest.MonkeyPatch) -> Bucket:
    """A new bucket that everybody may use, and this process with credentials for it."""
    for known in [known for known in os.environ if known.startswith("AWS_")]:
        patch.delenv(known)
    patch.setenv("HOME", str(home))
    patch.setenv("AWS_ACCESS_KEY_ID", "noor")
    patch.setenv("AWS_SECRET_ACCESS_KEY", "swordfish")
    patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    assert asked(port, "PUT", f"/{name}")[0] == OK
    public = {"Effect": "Allow", "Principal": "*", "Action": "s3:*"}
    rule = {**public, "Resource": f"arn:aws:s3:::{name}/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [rule]}).encode()
    assert asked(port, "PUT", f"/{name}?policy", policy)[0] < 300
    return Bucket(port, name)


@pytest.fixture
def bucket(store: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bucket:
    return made(store, f"b{uuid4().hex}", tmp_path, monkeypatch)


class TestBucket(Contract):
    @pytest.fixture
    def host(self, bucket: Bucket) -> Host:
        return bucket

    def test_each_file_says_its_type_and_for_how_long_it_may_be_kept(
        self, paper: Paper, bucket: Bucket
    ) -> None:
        """What has its digest in its name for ever, a page not without asking."""
        paper.dress("navy")
        paper.deploy()
        (style,) = [path for path in bucket.served() if path.startswith("assets/site.")]
        asks = "public, max-age=0, must-revalidate"
        for path, kind, kept in (
            ("index.html", "text/html; charset=utf-8", asks),
            ("feed.xml", "application/rss+xml", asks),
            (style, "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
            (".ssg/record.json", "application/json", "no-store"),
        ):
            headers, _ = bucket.get(f"paper/{path}")
            assert headers["content-type"] == kind
            assert headers["cache-control"] == kept

    def test_for_how_long_may_be_said(self, paper: Paper, bucket: Bucket) -> None:
        """By the destination, in seconds."""
        paper.destination = replace(paper.destination, options={"pages": 300})
        paper.deploy()
        headers, _ = bucket.get("paper/index.html")
        assert headers["cache-control"] == "public, max-age=300"
        paper.destination = replace(paper.destination, options={"pages": "soon"})
        assert paper.faults() == ["E856"]

    def test_nothing_beside_the_prefix_is_touched(self, paper: Paper, bucket: Bucket) -> None:
        """Another site in the same bucket stays, whose name begins alike."""
        asked(bucket.port, "PUT", f"/{bucket.name}/paper-two/index.html", b"other")
        paper.destination = replace(paper.destination, ours=True)
        paper.deploy()
        assert bucket.get("paper-two/index.html")[1] == b"other"
        paths = {key for key in bucket.names() if not key.startswith("paper/")}
        assert paths == {"paper-two/index.html"}

    def test_a_bucket_that_is_not_there(self, paper: Paper) -> None:
        """Is for its owner to make."""
        paper.destination = Destination("live", f"s3://b{uuid4().hex}/paper")
        assert paper.faults() == ["E882"]


def test_odd_names_arrive_as_they_are(bucket: Bucket, tmp_path: Path) -> None:
    """Whatever signs they have, and go again."""
    files = bucket_target(bucket.destination).files
    names = ["a b/c.html", "50%.html", "it's+more&.html", "ö/#1.html", "x?y=1.html", "~a.html"]
    for name in names:
        (tmp_path / "file").write_bytes(name.encode())
        files.put(Parcel(name, tmp_path / "file", Entry("aa", 1), kind_of(name)))
    assert bucket.served() == {name: name.encode() for name in names}
    assert files.listing() == {name: len(name.encode()) for name in names}
    files.delete([*names, "never/there.html"])
    assert bucket.served() == {}


@pytest.mark.parametrize("pieces", [0, 200])
def test_a_file_of_many_pieces_arrives_whole(bucket: Bucket, tmp_path: Path, pieces: int) -> None:
    """Such as a recording, and an empty one as well."""
    data = os.urandom(1 << 16) * pieces
    (tmp_path / "file").write_bytes(data)
    files = bucket_target(bucket.destination).files
    files.put(Parcel("media/talk.mp3", tmp_path / "file", Entry("aa", len(data)), "asset"))
    headers, found = bucket.get("paper/media/talk.mp3")
    assert found == data
    assert headers["content-type"] == "audio/mpeg"


@pytest.mark.parametrize("url", ["s3:", "s3://", "s3:///x", "s3://key:word@b/x", "s3://b/../c"])
def test_an_address_without_a_bucket(url: str) -> None:
    """Is told before anything is connected, and no secret is looked for in it."""
    with pytest.raises(Halt) as halt:
        bucket_target(Destination("live", url))
    assert [fault.code for fault in halt.value.faults] == ["E856"]


# --- credentials ---------------------------------------------------------------------------


def test_a_profile_is_read_as_other_programs_read_it(tmp_path: Path) -> None:
    """Key, region and host of the one that is chosen; what the environment says comes first."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws/credentials").write_text(
        "[default]\naws_access_key_id = one\naws_secret_access_key = 1%x\n"
        "[paper]\naws_access_key_id = two\naws_secret_access_key = 2\n",
        encoding="utf-8",
    )
    (tmp_path / ".aws/config").write_text(
        "[default]\nregion = eu-north-1\n"
        "[profile paper]\nregion = eu-west-3\nendpoint_url = https://s3.tidal.example\n",
        encoding="utf-8",
    )
    assert credentials_of("s3", {}, tmp_path) == {
        "aws_access_key_id": "one",
        "aws_secret_access_key": "1%x",
        "aws_region": "eu-north-1",
    }
    assert credentials_of("s3", {"AWS_PROFILE": "paper", "AWS_REGION": "x"}, tmp_path) == {
        "aws_access_key_id": "two",
        "aws_secret_access_key": "2",
        "aws_region": "x",
        "aws_endpoint_url": "https://s3.tidal.example",
    }
    given = credentials_of("s3", {"AWS_ACCESS_KEY_ID": "three"}, tmp_path)
    assert given == {"aws_region": "us-east-1"}


@pytest.mark.parametrize("scheme", ["s3", "gs", "az"])
def test_without_credentials_nothing_is_tried(scheme: str, tmp_path: Path) -> None:
    """It says which are missing, and where they belong."""
    with pytest.raises(Halt) as halt:
        credentials_of(scheme, {}, tmp_path)
    (fault,) = halt.value.faults
    assert fault.code == "E881"
    assert fault.hint
    assert re.search(r"AWS_PROFILE|GOOGLE_APPLICATION|AZURE_STORAGE", fault.hint)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(Halt) as halt:
        bucket_target(Destination("live", "s3://bucket"))
    (fault,) = halt.value.faults
    assert (fault.code, fault.hint) == ("E869", "install the extra s3: pip install 'ssg[s3]'")

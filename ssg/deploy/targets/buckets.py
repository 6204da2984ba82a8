"""`s3:`, `gs:`, `az:` – a bucket of Amazon S3 and what speaks it, Google Cloud Storage, Azure.

`s3://BUCKET/PREFIX`; `az://CONTAINER/PREFIX` with the account in the environment. The environment
says who may write, for S3 a profile may, too (`ssg.deploy.targets.profile`). Each object says its
type and how long it may be kept: `options` of the destination are `pages` and `media`, in seconds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from ssg.build.types import type_of
from ssg.config import Destination
from ssg.deploy.kinds import is_fingerprinted
from ssg.deploy.targets import Parcel
from ssg.deploy.targets.ordered import OWN, Ordered
from ssg.deploy.targets.profile import credentials_of
from ssg.faults import Fault, Halt

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_AT_ONCE: Final = 16
_DAY: Final = 86_400
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_RETRIES: Final = {"max_retries": 6, "retry_timeout": timedelta(minutes=2)}
_SAID = re.compile(r"<Message>([^<]+)</Message>")
_LONGEST: Final = 200


def bucket_target(destination: Destination) -> Ordered:
    """The target that `s3://…`, `gs://…` or `az://…` names."""
    try:
        import obstore  # noqa: F401 - what is made below needs it
    except ImportError:
        message = f"{destination.url} needs the package obstore"
        raise Halt(
            (Fault("E869", message, None, "install the extra s3: pip install 'ssg[s3]'"),)
        ) from None
    parts = urlsplit(destination.url)
    prefix = unquote(parts.path).strip("/")
    if not parts.netloc or "@" in parts.netloc or ".." in prefix.split("/"):
        message = f'"{destination.url}" names no bucket'
        raise Halt((Fault("E856", message, None, "such as s3://tidal-example/paper"),))
    pages, media = (_seconds(destination, key, usual) for key, usual in _KEPT.items())
    store = _open(parts.scheme.lower(), parts.netloc, prefix or None)
    return Ordered(Bucket(store, destination.url, pages, media))


_KEPT: Final = {"pages": 0, "media": _DAY}


def _seconds(destination: Destination, key: str, usual: int) -> int:
    given = destination.options.get(key, usual)
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        message = f"deploy › {destination.name} › options › {key} is no number of seconds"
        raise Halt((Fault("E856", message, None, "such as 300, for five minutes"),))
    return given


def _open(scheme: str, bucket: str, prefix: str | None) -> ObjectStore:
    from obstore.exceptions import BaseError
    from obstore.store import AzureStore, GCSStore, S3Store

    given: Any = credentials_of(scheme, os.environ, Path.home())
    endpoint = next((given[key] for key in _ENDPOINTS if key in given), "")
    more: Any = {"client_options": {"allow_http": True}} if endpoint.startswith("http:") else {}
    stores: dict[str, Any] = {"s3": S3Store, "gs": GCSStore, "az": AzureStore}
    try:
        store: ObjectStore = stores[scheme](
            bucket, prefix=prefix, config=given, retry_config=_RETRIES, **more
        )
    except (BaseError, ValueError, OSError) as error:
        hint = "are the credentials in the environment whole?"
        message = f"{scheme}://{bucket}: {_plain(error)}"
        raise Halt((Fault("E881", message, None, hint),)) from None
    return store


_ENDPOINTS: Final = ("aws_endpoint_url_s3", "aws_endpoint_url", "aws_endpoint")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket, as a host of single files. `pages` and `media` are seconds to keep them."""

    store: ObjectStore
    shown: str
    pages: int = 0
    media: int = _DAY
    can_list: bool = True
    at_once: int = _AT_ONCE

    def put(self, parcel: Parcel) -> None:
        self._put(parcel.path, parcel.file)

    def write(self, path: str, data: bytes) -> None:
        self._put(path, data)

    def _put(self, path: str, data: bytes | Path) -> None:
        import obstore

        with _Told(self.shown):
            obstore.put(self.store, path, data, attributes=self._attributes(path))

    def _attributes(self, path: str) -> dict[str, str]:
        return {"Content-Type": type_of(path), "Cache-Control": self.kept(path)}

    def kept(self, path: str) -> str:
        """How long caches keep a file without asking again, as the header says it."""
        if path.startswith(OWN):
            return "no-store"
        if is_fingerprinted(path):
            return _FOR_EVER
        seconds = self.media if path.startswith("media/") else self.pages
        return f"public, max-age={seconds}" if seconds else "public, max-age=0, must-revalidate"

    def create(self, path: str, data: bytes) -> bool:
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        with _Told(self.shown):
            try:
                obstore.put(
                    self.store, path, data, attributes=self._attributes(path), mode="create"
                )
            except (AlreadyExistsError, PreconditionError):
                return self.read(path) == data  # ours, where the answer to a question was lost
        return True

    def read(self, path: str) -> bytes | None:
        import obstore

        with _Told(self.shown):
            try:
                return bytes(obstore.get(self.store, path).bytes())
            except FileNotFoundError:
                return None

    def delete(self, paths: Collection[str]) -> None:
        import obstore

        with _Told(self.shown):
            try:
                obstore.delete(self.store, list(paths))
            except FileNotFoundError:  # some say so, and then stop
                for path in paths:
                    self._delete_one(path)

    def _delete_one(self, path: str) -> None:
        import obstore

        try:
            obstore.delete(self.store, path)
        except FileNotFoundError:
            return

    def listing(self) -> Mapping[str, int]:
        import obstore

        with _Told(self.shown):
            pieces = obstore.list(self.store, chunk_size=1000)
            return {item["path"]: item["size"] for piece in pieces for item in piece}


class _Told:
    """What the library raises is told in plain words."""

    def __init__(self, shown: str) -> None:
        self.shown = shown

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

        if isinstance(error, PermissionDeniedError | UnauthenticatedError):
            message = f"{self.shown} refused: {_plain(error)}"
            hint = "may these credentials read, list, write and delete there?"
            raise Halt((Fault("E881", message, None, hint),)) from None
        if isinstance(error, FileNotFoundError):
            message = f"{self.shown} is not there"
            hint = "make the bucket first, and set its region (AWS_REGION) if it is another one"
            raise Halt((Fault("E882", message, None, hint),)) from None
        if isinstance(error, BaseError):
            message = f"{self.shown} failed: {_plain(error)}"
            hint = "run the same command again, it goes on where it was"
            raise Halt((Fault("E859", message, None, hint),)) from None


def _plain(error: Exception) -> str:
    """What the host said, without all that the library tells of itself."""
    text = str(error)
    said = _SAID.search(text)
    return said[1] if said else text.partition("\n")[0][:_LONGEST]

"""Credentials for object stores: from the environment, for S3 from the files of `aws`, too."""

from __future__ import annotations

from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path
from typing import Final

from ssg.faults import Fault, Halt

#: What the library reads by itself; with one of them set there is no need of a profile.
_S3: Final = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
_GOOGLE: Final = (
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_SERVICE_ACCOUNT",
    "GOOGLE_SERVICE_ACCOUNT_PATH",
    "GOOGLE_SERVICE_ACCOUNT_KEY",
)
_GOOGLE_FILE: Final = ".config/gcloud/application_default_credentials.json"
_AZURE: Final = ("AZURE_STORAGE_ACCOUNT_NAME",)

#: Keys of a profile, as the library calls them.
_KEYS: Final = {
    "aws_access_key_id": "aws_access_key_id",
    "aws_secret_access_key": "aws_secret_access_key",
    "aws_session_token": "aws_session_token",
    "region": "aws_region",
    "endpoint_url": "aws_endpoint_url",
}
_FROM_ENVIRONMENT: Final = {
    "AWS_REGION": "aws_region",
    "AWS_DEFAULT_REGION": "aws_region",
    "AWS_ENDPOINT_URL": "aws_endpoint_url",
    "AWS_ENDPOINT_URL_S3": "aws_endpoint_url_s3",
}
_REGION: Final = {"aws_region": "us-east-1"}


def credentials_of(scheme: str, environment: Mapping[str, str], home: Path) -> dict[str, str]:
    """What an object store is to be opened with, beside what the library finds by itself.

    Raises `Halt` (E881) where there are no credentials: it would look for those of a machine at
    Amazon, for a long time.
    """
    if scheme == "gs":
        if not (_set(environment, _GOOGLE) or (home / _GOOGLE_FILE).is_file()):
            raise Halt((_none("GOOGLE_APPLICATION_CREDENTIALS to the file with the key"),))
        return {}
    if scheme == "az":
        if not _set(environment, _AZURE):
            raise Halt((_none("AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY"),))
        return {}
    named = {
        key: environment[name] for name, key in _FROM_ENVIRONMENT.items() if name in environment
    }
    if _set(environment, _S3):
        return {**_REGION, **named}
    found = _profile(environment, home)
    if "aws_access_key_id" not in found:
        raise Halt((_none("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"),))
    return {**_REGION, **found, **named}


def _set(environment: Mapping[str, str], names: tuple[str, ...]) -> bool:
    return any(environment.get(name) for name in names)


def _profile(environment: Mapping[str, str], home: Path) -> dict[str, str]:
    """What the files of `aws` say of the profile that is chosen."""
    name = environment.get("AWS_PROFILE") or "default"
    config = environment.get("AWS_CONFIG_FILE") or home / ".aws/config"
    secrets = environment.get("AWS_SHARED_CREDENTIALS_FILE") or home / ".aws/credentials"
    found: dict[str, str] = {}
    for file, sections in ((config, (f"profile {name}", name)), (secrets, (name,))):
        parser = ConfigParser(interpolation=None, default_section="")
        try:
            parser.read(file, encoding="utf-8")
        except (ConfigError, UnicodeDecodeError):
            raise Halt((_none(f"{file} right: it cannot be read"),)) from None
        for section in sections:
            if parser.has_section(section):
                found |= {
                    _KEYS[key]: value for key, value in parser[section].items() if key in _KEYS
                }
    return found


def _none(what: str) -> Fault:
    message = "there are no credentials for this destination"
    return Fault("E881", message, None, f"set {what}, in the environment and not in config.toml")

"""Where recordings and résumés are kept, from the environment: this machine, S3 or Azure."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from server.environment import Environment

KEPT = ("recordings", "resumes")
NEEDED = {"s3": "boto3", "azure": "azure.storage.blob"}
Storages = dict[str, dict[str, Any]]


def is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # a package around it is missing
        return False


def storage_settings(
    env: Environment, var_dir: Path, *, is_there: Callable[[str], bool] = is_installed
) -> Storages:
    """Entries for STORAGES. Raises ImproperlyConfigured with a sentence for what is missing or wrong."""
    choice = env.choice("STORAGE", "local", ("local", "s3", "azure"))
    if choice == "local":
        backend = "django.core.files.storage.FileSystemStorage"
        return {name: _entry(backend, location=str(var_dir / name)) for name in KEPT}
    backend, options = _s3(env) if choice == "s3" else _azure(env)
    if not is_there(NEEDED[choice]):
        raise ImproperlyConfigured(
            f"STORAGE is {choice}: install what it needs, pip install 'viva[{choice}]'."
        )
    return {name: _entry(backend, location=name, **options) for name in KEPT}


def _entry(backend: str, **options: Any) -> dict[str, Any]:
    return {"BACKEND": backend, "OPTIONS": options}


def _s3(env: Environment) -> tuple[str, dict[str, Any]]:
    """Without keys boto3 looks for them where it always does: a role of the machine, a profile."""
    bucket = env.text("S3_BUCKET")
    access, secret = env.text("S3_ACCESS_KEY"), env.text("S3_SECRET_KEY")
    if not bucket:
        raise ImproperlyConfigured("STORAGE is s3: set S3_BUCKET to the name of a bucket that exists.")
    if bool(access) != bool(secret):
        raise ImproperlyConfigured("S3_ACCESS_KEY and S3_SECRET_KEY belong together: set both or neither.")
    options = {
        "bucket_name": bucket,
        "region_name": env.text("S3_REGION") or None,
        "endpoint_url": env.address("S3_ENDPOINT_URL", schemes=("http", "https")) or None,
        "access_key": access or None,
        "secret_key": secret or None,
        "default_acl": None,  # the bucket's own, which is private unless somebody opened it
        "file_overwrite": False,
        "signature_version": "s3v4",
    }
    return "storages.backends.s3.S3Storage", options


def _azure(env: Environment) -> tuple[str, dict[str, Any]]:
    container, connection = env.text("AZURE_CONTAINER"), env.text("AZURE_CONNECTION_STRING")
    account, key = env.text("AZURE_ACCOUNT"), env.text("AZURE_KEY")
    if not container:
        raise ImproperlyConfigured("STORAGE is azure: set AZURE_CONTAINER to a container that exists.")
    if not connection and not (account and key):
        raise ImproperlyConfigured(
            "STORAGE is azure: set AZURE_CONNECTION_STRING, or AZURE_ACCOUNT and AZURE_KEY."
        )
    options: dict[str, Any] = {"azure_container": container, "overwrite_files": False}
    if connection:
        return "storages.backends.azure_storage.AzureStorage", options | {"connection_string": connection}
    named = {"account_name": account, "account_key": key}
    return "storages.backends.azure_storage.AzureStorage", options | named

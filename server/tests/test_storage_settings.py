"""Where files are kept: on this machine by default, elsewhere by setting, and told when that can't be."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from server.environment import Environment
from server.storage_settings import Storages, is_installed, storage_settings

S3 = {"STORAGE": "s3", "S3_BUCKET": "viva"}
AZURE = {"STORAGE": "azure", "AZURE_CONTAINER": "viva"}


def settings_of(*, is_there: bool = True, **values: str) -> Storages:
    return storage_settings(Environment(values), Path("/var/viva"), is_there=lambda module: is_there)


def test_files_lie_on_this_machine_unless_a_setting_says_otherwise() -> None:
    assert {name: one["OPTIONS"]["location"] for name, one in settings_of().items()} == {
        "recordings": "/var/viva/recordings",
        "resumes": "/var/viva/resumes",
    }


def test_both_kinds_of_files_go_where_the_setting_says() -> None:
    in_s3 = settings_of(**S3, S3_REGION="eu-central-1")
    assert {name: one["OPTIONS"]["location"] for name, one in in_s3.items()} == {
        "recordings": "recordings",
        "resumes": "resumes",
    }
    assert in_s3["resumes"]["OPTIONS"]["bucket_name"] == "viva"
    assert in_s3["resumes"]["OPTIONS"]["file_overwrite"] is False
    in_azure = settings_of(**AZURE, AZURE_ACCOUNT="viva", AZURE_KEY="a key")
    assert in_azure["recordings"]["OPTIONS"]["account_key"] == "a key"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"STORAGE": "tape"}, "azure, local, s3"),
        ({"STORAGE": "s3"}, "S3_BUCKET"),
        ({**S3, "S3_ACCESS_KEY": "hunter2"}, "both or neither"),
        ({**S3, "S3_ENDPOINT_URL": "minio:9000"}, "S3_ENDPOINT_URL"),
        ({"STORAGE": "azure"}, "AZURE_CONTAINER"),
        ({**AZURE, "AZURE_ACCOUNT": "viva"}, "AZURE_KEY"),
    ],
)
def test_a_bad_value_is_told_in_a_sentence(values: dict[str, str], told: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_of(**values)
    assert told in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_what_is_not_installed_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"viva\[s3\]"):
        settings_of(is_there=False, **S3)
    assert is_installed("django.core.files")
    assert not is_installed("no_such_package.inside")

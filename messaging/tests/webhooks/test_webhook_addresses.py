"""Which addresses a webhook may have, and that what was looked at is what is asked."""

from typing import Any

import pytest

from messaging.webhooks.addresses import AddressError, AddressPolicy

POLICY = AddressPolicy()
INTERNAL = AddressPolicy(to_private=True, plain_http=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/",
        "ftp://hooks.example/",
        "file:///etc/passwd",
        "gopher://hooks.example:8000/",
        "//hooks.example/",
        "hooks.example",
        "",
        "https://",
        "https://user@hooks.example/",
        "https://user:secret@hooks.example/",
        "https://hooks.example@10.0.0.1/",
        "https://hooks.example:22/",
        "https://hooks.example:6379/",
        "https://hooks.example:99999/",
        "https://hooks.example:x/",
        "https://hooks.example/\r\nX: y",
        "https://hooks.example\\@10.0.0.1/",
        "https://hoo ks.example/",
        "https://[::1/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://0.0.0.0/",
        "https://10.1.2.3/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://168.63.129.16/",
        "https://100.64.0.1/",
        "https://100.100.100.200/",
        "https://192.0.2.1/",
        "https://198.18.0.1/",
        "https://224.0.0.1/",
        "https://239.255.255.250/",
        "https://255.255.255.255/",
        "https://240.0.0.1/",
        "https://[::]/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b:1::a00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:1::1]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[2606:4700::1%25eth0]/",
        "https://[fc00::1]/",
        "https://[fd00:ec2::254]/",
        "https://[ff02::1]/",
        "https://[2001:db8::1]/",
        "https://" + "a" * 500 + ".example/",
    ],
)
def test_what_no_webhook_may_have(url: str) -> None:
    with pytest.raises(AddressError):
        POLICY.read(url)


@pytest.mark.parametrize(
    ("url", "host", "port", "authority", "path"),
    [
        ("https://Hooks.Example./in?a=1#b", "hooks.example", 443, "hooks.example", "/in?a=1"),
        ("https://hooks.example:8443", "hooks.example", 8443, "hooks.example:8443", "/"),
        ("https://bücher.example/", "xn--bcher-kva.example", 443, "xn--bcher-kva.example", "/"),
        ("https://93.184.216.34/", "93.184.216.34", 443, "93.184.216.34", "/"),
        ("https://[2606:4700::1]/", "2606:4700::1", 443, "[2606:4700::1]", "/"),
    ],
)
def test_what_it_may_have(url: str, host: str, port: int, authority: str, path: str) -> None:
    target = POLICY.read(url)
    assert (target.host, target.port, target.authority, target.path) == (host, port, authority, path)


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("http://10.0.0.7:8080/", True),
        ("https://127.0.0.1/", True),
        ("https://[::1]/", True),
        ("https://[fd12::1]/", True),
        ("https://[::ffff:10.0.0.7]/", True),
        ("http://10.0.0.7:6379/", False),
        ("https://169.254.169.254/", False),
        ("https://[fd00:ec2::254]/", False),
        ("https://100.100.100.200/", False),
        ("https://0.0.0.0/", False),
        ("https://224.0.0.1/", False),
        ("https://[fe80::1]/", False),
    ],
)
def test_receivers_in_the_company_where_the_operator_says_so(url: str, is_taken: bool) -> None:
    if is_taken:
        assert INTERNAL.read(url)
    else:
        with pytest.raises(AddressError):
            INTERNAL.read(url)


async def test_one_bad_address_of_a_name_is_enough_to_refuse_it(resolves: Any) -> None:
    target = POLICY.read("https://hooks.example/")
    good = resolves(["93.184.216.34", "2606:4700::1", "93.184.216.34"])
    assert await POLICY.find(target, good) == ["93.184.216.34", "2606:4700::1"]
    for bad in ("127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "fe80::1%eth0", "nonsense"):
        with pytest.raises(AddressError):
            await POLICY.find(target, resolves(["93.184.216.34", bad]))


@pytest.mark.parametrize(("policy", "usual"), [(POLICY, "use 443, or"), (INTERNAL, "use 443, 80, or")])
def test_the_ports_that_are_taken_are_named(policy: AddressPolicy, usual: str) -> None:
    with pytest.raises(AddressError, match=usual):
        policy.read("https://93.184.216.34:25/")

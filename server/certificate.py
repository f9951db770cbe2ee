"""A certificate made on this machine, because browsers give the microphone to HTTPS pages only."""

import ipaddress
import os
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID_FOR = timedelta(days=397)  # browsers refuse longer ones (Apple's limit since September 2020)
RENEW_BEFORE = timedelta(days=7)
DOCUMENTATION_ADDRESS = ("192.0.2.1", 9)  # RFC 5737: routed nowhere, and connecting UDP sends nothing


class Certificate(NamedTuple):
    certificate: Path
    key: Path
    fingerprint: str  # SHA-256, as browsers show it


def kept_certificate(folder: Path, names: Sequence[str], now: datetime) -> Certificate:
    """This will give the certificate in `folder`, made anew when it is missing, runs out or lacks a name."""
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / "certificate.pem", folder / "key.pem"
    if not all(path.exists() for path in files) or not _still_fits(files[0], names, now):
        _make(*files, names, now)
    held = x509.load_pem_x509_certificate(files[0].read_bytes())
    return Certificate(*files, held.fingerprint(hashes.SHA256()).hex(":").upper())


def own_names(towards: tuple[str, int] = DOCUMENTATION_ADDRESS) -> list[str]:
    """This will give the names under which browsers reach this machine; `towards` picks the network."""
    names = ["localhost", "127.0.0.1", "::1", socket.gethostname().lower()]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(towards)
            names.append(str(probe.getsockname()[0]))
        except OSError:
            pass  # no network: then nobody else reaches it either
    return list(dict.fromkeys(names))


def _make(certificate: Path, key: Path, names: Sequence[str], now: datetime) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Viva on this machine")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as private_file:
        private_file.write(
            private.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _still_fits(path: Path, names: Sequence[str], now: datetime) -> bool:
    held = x509.load_pem_x509_certificate(path.read_bytes())
    alternatives = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = set(alternatives.get_values_for_type(x509.DNSName))
    covered |= {str(address) for address in alternatives.get_values_for_type(x509.IPAddress)}
    return set(names) <= covered and held.not_valid_after_utc - RENEW_BEFORE > now

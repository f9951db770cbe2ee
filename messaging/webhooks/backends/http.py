"""Posts to a webhook over HTTP: to the address that was looked at, bounded in time and size, no redirects."""

import asyncio
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial

import httpx2 as httpx

from messaging.webhooks.addresses import AddressError, AddressPolicy, Target
from messaging.webhooks.addresses import Resolver as ResolverPort
from messaging.webhooks.sending import Answer, SendingError

WITHIN_S = 10.0
CONNECT_S = 5.0
MOST_BYTES = 64 * 1024
MOST_WORDS = 200
MOST_ADDRESSES = 3  # of a name, tried in order


class SystemResolver:
    """Asks the system, in threads of its own: a name whose server is silent takes half a minute."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(2, "webhook-names")

    async def resolve(self, host: str, port: int) -> list[str]:
        """See Resolver."""
        look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        except (OSError, UnicodeError):
            raise AddressError("Its name can't be found.") from None
        return [str(address[0]) for _family, _kind, _protocol, _name, address in found]


class HttpSender:
    """One for a process; every delivery has a connection of its own, so none outlives its check."""

    def __init__(
        self,
        policy: AddressPolicy,
        resolver: ResolverPort | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        within_s: float = WITHIN_S,
    ) -> None:
        self._policy = policy
        self._resolver = resolver or SystemResolver()
        self._tls = tls
        self._within_s = within_s

    async def check(self, url: str) -> None:
        """See Sender."""
        try:
            async with asyncio.timeout(CONNECT_S):
                await self._policy.find(self._policy.read(url), self._resolver)
        except TimeoutError:
            raise AddressError("Its name can't be found.") from None

    async def send(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """See Sender."""
        try:
            async with asyncio.timeout(self._within_s):
                target = self._policy.read(url)
                addresses = await self._policy.find(target, self._resolver)
                return await self._to_first(target, addresses[:MOST_ADDRESSES], headers, body)
        except TimeoutError:
            raise SendingError(f"There was no whole answer within {self._within_s:g} s.") from None

    async def _to_first(
        self, target: Target, addresses: list[str], headers: dict[str, str], body: bytes
    ) -> Answer:
        """The answer of the first that can be reached."""
        failure = SendingError("Its name leads nowhere.")
        async with self._connect() as client:
            for address in addresses:
                try:
                    return await _post(client, target, address, headers, body)
                except httpx.ConnectError as error:
                    failure = SendingError(_told(error))
                except httpx.HTTPError as error:
                    raise SendingError(_told(error)) from None
        raise failure

    def _connect(self) -> httpx.AsyncClient:
        limits = httpx.Timeout(self._within_s, connect=min(CONNECT_S, self._within_s))
        return httpx.AsyncClient(
            verify=self._tls or _usual_tls(), follow_redirects=False, trust_env=False, timeout=limits
        )


@cache
def _usual_tls() -> ssl.SSLContext:
    """Made once: reading the roots takes 20 ms."""
    return httpx.create_ssl_context(trust_env=False)


async def _post(
    client: httpx.AsyncClient, target: Target, address: str, headers: dict[str, str], body: bytes
) -> Answer:
    """The connection goes to `address`; Host, SNI and the certificate's check keep the name."""
    place = f"[{address}]" if ":" in address else address
    url = f"{target.scheme}://{place}:{target.port}{target.path}"
    async with client.stream(
        "POST",
        url,
        content=body,
        headers={
            **headers,
            "Host": target.authority,
            "Connection": "close",
            "Accept-Encoding": "identity",
        },
        extensions={"sni_hostname": target.host},
    ) as answer:
        return Answer(answer.status_code, await _beginning(answer))


async def _beginning(answer: httpx.Response) -> str:
    """What it said, as one short line; a receiver that talks on is not listened to. As sent: nothing is
    unpacked, since little can become much."""
    read = bytearray()
    async for part in answer.aiter_raw():
        read += part
        if len(read) >= MOST_BYTES:
            break
    words = read[: MOST_WORDS * 4].decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else " " for sign in words)[:MOST_WORDS].strip()


def _told(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "It did not answer in time."
    if "SSL" in str(error):
        return f"TLS failed: {error}"[:200]
    if isinstance(error, httpx.ConnectError):
        return "It can't be reached."
    return f"The connection broke: {type(error).__name__}."

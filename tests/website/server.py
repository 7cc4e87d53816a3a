"""The server process: python -m website.server HOSTS ARTICLES.

It listens at 127.0.0.1, 127.0.0.2 and so on: these are its hosts, all at one port, which it prints.
"""

import asyncio
import sys
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from website.routes import answer
from website.state import World
from website.wire import Ask, Reply, read_request

HEADER_LIMIT = 1_000_000
CONTROL = "/_control/"


async def _serve(world: World, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection, one after the other."""
    try:
        while (request := await read_request(reader)) is not None:
            under_way = world.under_way
            reply = _reply(world, writer, *request)
            try:
                if not await _send(reply, writer):
                    break
            finally:
                if not request[0].startswith(CONTROL):
                    under_way[writer.get_extra_info("sockname")[0]] -= 1
    except (ConnectionError, asyncio.CancelledError):
        pass  # clients that hang up early are part of the tests
    finally:
        writer.close()


def _reply(
    world: World, writer: asyncio.StreamWriter, target: str, headers: dict[str, str], body: bytes
) -> Reply:
    host, port = writer.get_extra_info("sockname")[:2]
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    times = 1 if target.startswith(CONTROL) else world.note(host, target, headers)
    return answer(world, Ask(host, port, parts.path, query, headers, body, times))


async def _send(reply: Reply, writer: asyncio.StreamWriter) -> bool:
    """Send a reply; tell whether the connection can be used again."""
    if reply.raw is None:
        writer.write(reply.head() + reply.body)
        await writer.drain()
        return True
    async for piece in reply.raw:
        writer.write(piece)
        await writer.drain()
    return False


async def main(hosts: int, articles: int) -> None:
    """Serve until the process is ended."""
    names = [f"127.0.{number // 250}.{number % 250 + 1}" for number in range(hosts)]
    handle = partial(_serve, World(names, articles))
    first = await asyncio.start_server(handle, names[0], 0, limit=HEADER_LIMIT)
    port = first.sockets[0].getsockname()[1]
    if names[1:]:
        await asyncio.start_server(handle, names[1:], port, limit=HEADER_LIMIT)
    print(port, flush=True)  # noqa: T201
    # The one who started it holds the other end: it ends with that process, however that ends.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))

"""One command served to one browser window on this machine, by Textual's own server.

The server of `textual-serve` runs a command and carries what it draws to a page, and the page's
keys and clicks back. It asks nobody who they are. Here it listens on the loopback address only,
every path begins with a token that no other page can know, requests from elsewhere (another
Host or Origin) are refused, and one window at a time is at work: a new one takes over.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from aiohttp import web
from aiohttp.web_runner import GracefulExit
from textual_serve.app_service import AppService
from textual_serve.server import Server

HERE = Path(__file__).parent
HOST = "127.0.0.1"
NAMES_OF_HOST = (HOST, "localhost")
TOKEN_BYTES = 32
SECONDS_TO_LEAVE = 10  # the command writes and leaves at once; then it is not asked any more
NOT_STARTED = "The workbench did not open. Its terminal says why.\r\n"
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WindowServer(Server):
    """The command, served until its person leaves it; `address` opens it."""

    def __init__(self, command: Sequence[str], title: str) -> None:
        self.listener = socket.create_server((HOST, 0))
        port = self.listener.getsockname()[1]
        super().__init__("", HOST, port, title=title, templates_path=HERE)
        self.arguments = tuple(command)
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        self.window: Window | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def address(self) -> str:
        """Where the window opens; whoever has it can decide."""
        return f"{self.public_url}/{self.token}/"

    def serve(self, debug: bool = False) -> None:  # noqa: ARG002  # the library's signature
        """Serve until the person leaves or the command is interrupted."""
        web.run_app(self._make_guarded_app(), sock=self.listener, print=None, access_log=None)

    async def _make_guarded_app(self) -> web.Application:
        page = await self._make_app()
        page.router.add_get("/window.js", _window_script)
        app = web.Application(middlewares=[self._guard])
        app.add_subapp(f"/{self.token}", page)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Nothing is printed: the command line says where to look."""

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The answer, for a request of this machine's own window; else none."""
        if why := self._refusal(request):
            return web.Response(status=403, text=f"{why}\n", headers=HEADERS)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    def _refusal(self, request: web.Request) -> str:
        """Why the request is none of the window's; "" when it is."""
        hosts = {f"{name}:{self.port}" for name in NAMES_OF_HOST}
        if request.headers.get("Host", "") not in hosts:
            return "This server answers to this machine only."
        token = request.path.split("/")[1]
        if not secrets.compare_digest(token.encode(), self.token.encode()):
            return "The address is not whole: it ends in a token that the terminal shows."
        origin = request.headers.get("Origin")
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if (origin is not None or is_socket) and origin not in {f"http://{host}" for host in hosts}:
            return "Another page asked for this."
        return ""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """The command runs for the window that has just opened; one that was open is closed."""
        websocket = web.WebSocketResponse(heartbeat=15)
        await websocket.prepare(request)
        async with self._one_at_a_time:
            if self.window is not None:
                await self.window.close()
            window = self.window = Window(self, websocket)
            await window.start(_cells(request, "width", 80), _cells(request, "height", 24))
        with suppress(asyncio.CancelledError):
            await self._process_messages(websocket, window)
        await window.stop()
        if window.has_left:
            asyncio.get_running_loop().call_soon(_leave)
        return websocket


async def _window_script(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(HERE / "window.js")


def _leave() -> None:
    raise GracefulExit


class Window(AppService):
    """The command at work for one window; it `has_left` when it ended without being asked to."""

    def __init__(self, server: WindowServer, websocket: web.WebSocketResponse) -> None:
        self.websocket = websocket
        super().__init__(
            "",
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=self._close_window,
            download_manager=server.download_manager,
        )
        self.arguments = server.arguments
        self.has_drawn = False
        self.has_left = False
        self._is_asked_to_end = False

    async def _close_window(self) -> None:
        await self.websocket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """The command's own process, without a shell between."""
        self._process = process = await asyncio.create_subprocess_exec(
            *self.arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width=width, height=height),
        )
        assert process.stdin is not None
        self._stdin = process.stdin
        return process

    async def on_data(self, payload: bytes) -> None:
        """What the command draws is on its way to the window."""
        self.has_drawn = True
        with suppress(ConnectionError):  # the window went while this was drawn
            await super().on_data(payload)

    async def on_meta(self, data: bytes) -> None:
        """What the command says of itself: the first word of its end closes the window."""
        if json.loads(data)["type"] == "exit":
            self.has_left = not self._is_asked_to_end
        await super().on_meta(data)

    async def run(self) -> None:
        """Until the command ends; then its window closes, and so does the server if it left."""
        await super().run()
        assert self._process is not None
        await self._process.wait()
        self.has_left = not self._is_asked_to_end
        if not self.has_drawn:
            await self.remote_write_bytes(NOT_STARTED.encode())
        await self.remote_close()

    async def close(self) -> None:
        """The command has ended, everything saved, since another window takes over."""
        await self.stop()
        await self.remote_close()

    async def stop(self) -> None:
        """The command has ended: it is asked to, and where it does not, it is ended."""
        self._is_asked_to_end = not self.has_left
        try:
            await asyncio.wait_for(super().stop(), SECONDS_TO_LEAVE)
        except TimeoutError:
            assert self._process is not None
            self._process.kill()
            await self._process.wait()


def _cells(request: web.Request, name: str, usual: int) -> int:
    text = request.query.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 5 else usual


def serve_window(command: Sequence[str], title: str, tell: Callable[[str], None]) -> None:
    """The command is at work in a window until its person leaves; `tell` is given the address."""
    server = WindowServer(command, title)
    tell(server.address)
    server.serve()

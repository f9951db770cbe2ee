"""Renders reports in a process of their own: a second of typesetting must not hold up anybody's interview."""

import logging
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess

from reports.content import ReportContent
from reports.pdf.render import render_pdf

logger = logging.getLogger(__name__)
AT_ONCE = 1  # worker processes
MOST_WAITING = 16
WITHIN_S = 60.0


class RenderingError(Exception):
    """The report could not be made now; trying again may help."""


class Renderer:
    """One small pool for the process, started with the first report."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._places = threading.BoundedSemaphore(MOST_WAITING)

    def pdf(self, content: ReportContent) -> bytes:
        """This will block until the PDF is there. Raises RenderingError."""
        if not self._places.acquire(blocking=False):
            raise RenderingError("Too many reports are being made; try again in a moment.")
        try:
            return self._rendered(content)
        except BrokenProcessPool:  # killed, perhaps for memory: one fresh start
            self._forget()
            try:
                return self._rendered(content)
            except BrokenProcessPool:
                self._forget()
                raise RenderingError("The report could not be made.") from None
        except TimeoutError:
            raise RenderingError("Making the report takes too long; try again in a moment.") from None
        finally:
            self._places.release()

    def close(self) -> None:
        self._forget()

    def _rendered(self, content: ReportContent) -> bytes:
        with self._lock:
            if self._pool is None:
                # spawn: a fork of a process with threads and sockets would inherit their locks
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(AT_ONCE, context, initializer=_leave_with_parent)
            pool = self._pool
        return pool.submit(render_pdf, content).result(timeout=WITHIN_S)

    def _forget(self) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_with_parent() -> None:
    """A worker whose server was killed would wait for ever: it holds both ends of its own queue."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(0)


_renderer = Renderer()


def render_report_pdf(content: ReportContent) -> bytes:
    """Render with the process's own renderer. Raises RenderingError."""
    return _renderer.pdf(content)

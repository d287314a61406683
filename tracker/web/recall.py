"""Answers that hold as long as nothing was written to the database, and finished bodies by their tag."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from tracker.db import db, mark

Answer = TypeVar("Answer")
MOST_ANSWERS = 5_000  # kept with one connection to the database


def recall(key: Hashable, make: Callable[[], Answer]) -> Answer:
    """What `make` answers; its earlier answer under the key where nothing was written since.

    None is no answer and is not kept.
    """
    answers = _answers()
    if key in answers:
        return answers[key]
    answer = make()
    if answer is not None and len(answers) < MOST_ANSWERS:
        answers[key] = answer
    return answer


def _answers() -> dict[Hashable, Any]:
    """The answers kept with a connection; new ones are kept under the mark from before they were made."""
    connection = db.engine.raw_connection()
    try:
        current = mark(connection)
        if connection.info.get("mark") != current:
            connection.info.update(mark=current, answers={})
        return connection.info["answers"]
    finally:
        connection.close()


class Shelf:
    """Finished bodies by their tag; beyond so many bytes, those not asked for longest make room."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._held = most_bytes, 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str, make: Callable[[], bytes]) -> bytes:
        """The body under the tag, made where it is not at hand."""
        with self._lock:
            body = self._bodies.get(tag)
            if body is not None:
                self._bodies.move_to_end(tag)
                return body
        body = make()
        with self._lock:
            self._put(tag, body)
        return body

    def _put(self, tag: str, body: bytes) -> None:
        self._held += len(body) - len(self._bodies.pop(tag, b""))
        self._bodies[tag] = body
        while self._held > self._most:
            self._held -= len(self._bodies.popitem(last=False)[1])

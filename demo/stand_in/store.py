"""What the stand-in remembers: sessions, payments, events, idempotency keys; in one small database file."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS objects (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL, delivered INTEGER NOT NULL DEFAULT 0
);
"""


class Store:
    """One connection, one writer at a time: small, and it survives a restart."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=WAL;" + _TABLES)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def put(self, thing: dict[str, Any]) -> None:
        with self._lock:
            self._db.execute(
                "INSERT OR REPLACE INTO objects VALUES (?, ?)",
                (thing["id"], json.dumps(thing, ensure_ascii=False)),
            )

    def get(self, thing_id: str) -> dict[str, Any] | None:
        with self._lock:
            row = self._db.execute("SELECT body FROM objects WHERE id = ?", (thing_id,)).fetchone()
        return json.loads(row[0]) if row else None

    def open_sessions_past(self, moment: int) -> list[dict[str, Any]]:
        with self._lock:
            rows = self._db.execute("SELECT body FROM objects WHERE id LIKE 'cs_%'").fetchall()
        sessions = [json.loads(row[0]) for row in rows]
        return [found for found in sessions if found["status"] == "open" and found["expires_at"] <= moment]

    def answer_for(self, key: str) -> tuple[str, dict[str, Any]] | None:
        with self._lock:
            row = self._db.execute("SELECT fingerprint, body FROM answers WHERE key = ?", (key,)).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def keep_answer(self, key: str, fingerprint: str, body: dict[str, Any]) -> None:
        with self._lock:
            self._db.execute(
                "INSERT INTO answers VALUES (?, ?, ?)",
                (key, fingerprint, json.dumps(body, ensure_ascii=False)),
            )

    def add_message(self, event: dict[str, Any]) -> None:
        with self._lock:
            self._db.execute(
                "INSERT INTO messages (id, body, due) VALUES (?, ?, ?)",
                (event["id"], json.dumps(event, ensure_ascii=False), time.time()),
            )

    def due_messages(self) -> list[tuple[str, str, int]]:
        with self._lock:
            return self._db.execute(
                "SELECT id, body, attempts FROM messages WHERE delivered = 0 AND due <= ? ORDER BY rowid",
                (time.time(),),
            ).fetchall()

    def note_attempt(self, message_id: str, *, delivered: bool, due: float) -> None:
        with self._lock:
            self._db.execute(
                "UPDATE messages SET attempts = attempts + 1, delivered = ?, due = ? WHERE id = ?",
                (int(delivered), due, message_id),
            )

    def is_delivered(self, message_id: str) -> bool:
        with self._lock:
            row = self._db.execute("SELECT delivered FROM messages WHERE id = ?", (message_id,)).fetchone()
        return bool(row and row[0])

    def close(self) -> None:
        with self._lock:
            self._db.close()

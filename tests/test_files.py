"""Bytes under their hash: kept once, kept whole, or not at all."""

import hashlib
import io
import os
import tracemalloc

import pytest

from tracker.files import ABANDONED, CHUNK, FileStore, Kept, TooLarge

TEXT = "Báo cáo kết quả thực hiện Kế hoạch 41/KH-UBND".encode()
SHA256 = hashlib.sha256(TEXT).hexdigest()


class Endless(io.RawIOBase):
    """A stream of so many bytes, made as they are read; it counts what was asked of it."""

    def __init__(self, size):
        self.left = size
        self.given = 0

    def read(self, size=-1):
        part = b"\0" * min(size, self.left)
        self.left -= len(part)
        self.given += len(part)
        return part


class Broken(io.RawIOBase):
    """A connection that is lost after the first bytes."""

    def __init__(self):
        self.parts = [b"%PDF-1.7"]

    def read(self, size=-1):
        if self.parts:
            return self.parts.pop()
        raise ConnectionResetError("the line went dead")


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


def everything(store):
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_bytes_come_back_from_under_their_hash(store):
    assert store.put(io.BytesIO(TEXT), limit_bytes=1000) == Kept(SHA256, len(TEXT))
    with store.open(SHA256) as file:
        assert file.read() == TEXT
    assert store.path(SHA256) == store.folder / SHA256[:2] / SHA256


def test_the_same_bytes_are_kept_once(store):
    for _ in range(2):
        store.put(io.BytesIO(TEXT), limit_bytes=1000)
    assert everything(store) == [store.path(SHA256)]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_as_large_as_allowed_is_kept_and_one_byte_more_is_not(store, size):
    assert store.put(Endless(size), limit_bytes=size).size == size
    with pytest.raises(TooLarge):
        store.put(Endless(size + 1), limit_bytes=size)
    assert len(everything(store)) == 1


def test_a_stream_without_end_is_left_as_soon_as_it_is_too_large(store):
    stream = Endless(10**15)
    with pytest.raises(TooLarge):
        store.put(stream, limit_bytes=5 * CHUNK)
    assert stream.given == 5 * CHUNK + 1
    assert everything(store) == []


def test_a_large_file_passes_through_little_memory(store):
    tracemalloc.start()
    store.put(Endless(64 * CHUNK), limit_bytes=64 * CHUNK)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * CHUNK


def test_a_line_that_goes_dead_leaves_nothing_behind(store):
    with pytest.raises(ConnectionResetError):
        store.put(Broken(), limit_bytes=1000)
    assert everything(store) == []


def test_what_is_looked_at_and_not_kept_is_gone(store):
    with store.staged(io.BytesIO(TEXT), limit_bytes=1000) as staged:
        assert staged.path.read_bytes() == TEXT
        assert (staged.sha256, staged.size) == (SHA256, len(TEXT))
    assert everything(store) == []


def test_what_a_dead_process_left_unfinished_is_cleared_away_after_a_day(store):
    with store.staged(io.BytesIO(b"old"), limit_bytes=10) as old:
        long_ago = old.path.stat().st_mtime - ABANDONED - 1
        os.utime(old.path, (long_ago, long_ago))
        with store.staged(io.BytesIO(b"young"), limit_bytes=10) as young:
            store.put(io.BytesIO(TEXT), limit_bytes=1000)
            assert not old.path.exists()
            assert young.path.exists()


@pytest.mark.parametrize("key", ["", "..", "../../etc/passwd", SHA256.upper(), SHA256[:-1], SHA256 + "0"])
def test_only_a_hash_is_a_place_in_the_store(store, key):
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(key)


def test_a_file_that_was_never_kept_is_not_found(store):
    with pytest.raises(FileNotFoundError):
        store.open(SHA256)

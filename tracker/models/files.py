"""Files kept outside the web root under the hash of their bytes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Moment


class StoredFile(Base):
    """Bytes that are kept once: their SHA-256 (hex), size in bytes and media type as sniffed."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(Moment)

"""Files to be saved, named in Vietnamese."""

import unicodedata
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from flask import send_file
from werkzeug import Response

D_WITH_STROKE = str.maketrans("đĐ", "dD")  # the letters of Vietnamese that do not fall apart into a plain one


def attachment(content: Path | IO[bytes], media_type: str, name: str, **options: Any) -> Response:
    """The content to be saved under a name; `options` are those of Flask's `send_file`.

    Programs that know no other letters get «Cong van don doc.docx» for «Công văn đôn đốc.docx» (RFC 6266).
    """
    answer = send_file(content, media_type, as_attachment=True, download_name=name, **options)
    names = {"filename": plain(name)}
    if names["filename"] != name:
        names["filename*"] = f"UTF-8''{quote(name, safe='')}"
    answer.headers.set("Content-Disposition", "attachment", **names)
    return answer


def plain(name: str) -> str:
    """«Đơn vị.xlsx» -> «Don vi.xlsx»: ASCII alone; of other letters nothing is left."""
    apart = unicodedata.normalize("NFKD", name.translate(D_WITH_STROKE))
    return apart.encode("ascii", "ignore").decode("ascii")

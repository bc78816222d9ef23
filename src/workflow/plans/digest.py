"""Digests: what a plan says, as one number.

SHA-256 of the canonical JSON of the plain content: keys in order, lists as they stand, no spaces,
UTF-8. The order of keys plays no part, the order of lists does. What the adopter set is part of
the content. Design: "The nouns", the word "plan".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest_of(content: Mapping[str, Any]) -> str:
    """The digest of plain content, as 64 hexadecimal digits.

    >>> digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})
    True
    """
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    # A lone surrogate has no UTF-8; it keeps its number.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

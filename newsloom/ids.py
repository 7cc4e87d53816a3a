"""Identifiers: short, stable, derived from what they identify."""

import hashlib

ID_BYTES = 10
"""80 bits: too many for a collision by chance, or cheaply on purpose."""


def digest(prefix: str, *parts: str | bytes) -> str:
    """Return `prefix` and 20 hex digits that depend on every part and on where it ends."""
    state = hashlib.blake2b(digest_size=ID_BYTES, person=prefix.encode())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return prefix + state.hexdigest()


def item_id(run_id: str, ordinal: int) -> str:
    """Identify the item that was found `ordinal`-th in a run."""
    return digest("i", run_id, str(ordinal))


def article_id(*, canonical_url: str | None, source: str, external_id: str | None, uri: str) -> str:
    """Identify an article by canonical URL, else source and external id, else its URI."""
    if canonical_url:
        return digest("a", "url", canonical_url)
    if external_id:
        return digest("a", "id", source, external_id)
    return digest("a", "uri", uri)


def content_hash(kind: str, content: bytes) -> str:
    """Identify the raw bytes of an item, to see that an input has not changed."""
    return digest("h", kind, content)


def content_id(title: str, text: str) -> str:
    """Identify the words of an article: headline and text, white space folded."""
    return digest("c", " ".join(title.split()), " ".join(text.split()))


def entity_id(type_: str, key: str) -> str:
    """Identify an entity that has no public identifier by type and folded name."""
    return digest("e", type_, key)


def story_id(founder_article_id: str) -> str:
    """Identify a story by the article that founded it."""
    return digest("s", founder_article_id)

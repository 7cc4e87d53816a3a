"""Lengths of time, in words."""


def span(seconds: float) -> str:
    """Return a duration for a person: '4.2 s', '3 min 20 s', '2 h 5 min'."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def whole_span(seconds: float) -> str:
    """Return a duration like `span`, without empty parts: '30 min', '2 h'."""
    return span(max(seconds, 0.0)).removesuffix(" 0 s").removesuffix(" 0 min")

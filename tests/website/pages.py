"""The site's own pages: articles, and the start pages that lead to them."""

from html import escape

from website.prose import story
from website.state import Article, Host

_FEEDS = (
    ("application/rss+xml", "/feed.rss", "All news"),
    ("application/atom+xml", "/feed.atom", "All news, as Atom"),
    ("application/feed+json", "/feed.json", "All news, as JSON"),
)


def path_of(host: Host, article: Article) -> str:
    """Return the path of an article."""
    words = story(host.name, article.number).title.lower().replace("'", "").split()
    return f"/news/{article.number}/{'-'.join(words)}"


def article_page(host: Host, article: Article, base: str) -> str:
    """Return an article as HTML. What only its frame shows changes with `touched`."""
    told = story(host.name, article.number, article.version)
    address = f"{base}{path_of(host, article)}"
    updated = article.updated_at or article.published_at
    body = "".join(f"<p>{escape(text)}</p>\n" for text in told.paragraphs)
    if host.modes.get("template") == "hollow":
        body = '<div id="text" data-load="/api/text"></div>'
    related = [a for a in host.articles.values() if a.number != article.number and not a.gone]
    start = (article.number + article.touched) % max(1, len(related))
    links = "".join(
        f'<li><a href="{path_of(host, a)}">{escape(story(host.name, a.number).title)}</a></li>'
        for a in related[start : start + 3]
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>{escape(told.title)} | The {escape(host.name)} Courier</title>
<link rel="canonical" href="{address}">
<meta property="og:title" content="{escape(told.title)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="The {escape(host.name)} Courier">
<meta name="author" content="{escape(told.author)}">
<meta property="article:published_time" content="{article.published_at.isoformat()}Z">
<meta property="article:modified_time" content="{updated.isoformat()}Z">
</head><body>
<header><nav><a href="/">Home</a> <a href="/weather">Weather</a> <a href="/sport">Sport</a></nav>
</header>
<main><article><h1>{escape(told.title)}</h1>
<p class="byline">By {escape(told.author)}</p>
{body}</article>
<aside><h2>More news</h2><ul>{links}</ul></aside></main>
<footer>Read {article.touched} times today. Terms of use, imprint, contact.</footer>
</body></html>
"""


def start_page(host: Host, *, feeds: bool = True) -> str:
    """Return the page that lists the latest articles; with `feeds` it names the host's feeds."""
    links = "".join(
        f'<article><h2><a href="{path_of(host, a)}">{escape(story(host.name, a.number).title)}'
        f"</a></h2><p>{escape(story(host.name, a.number).paragraphs[0][:120])}…</p></article>\n"
        for a in host.listed()
    )
    named = "".join(
        f'<link rel="alternate" type="{kind}" href="{path}" title="{title}">\n'
        for kind, path, title in _FEEDS
        if feeds
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The {escape(host.name)} Courier</title>
{named}</head><body><nav><a href="/about">About us</a> <a href="/login">Log in</a></nav>
<main>{links}</main></body></html>
"""

from newsloom.listings import article_links, find_listings

URL = "https://www.example.org/"
PAGE = """<!doctype html><html><head><base href="/de/">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" title="News" href="news.atom">
<link rel="alternate" type="application/json" href="https://www.example.org/wp-json/pages/2">
<link rel="alternate" type="application/feed+json" href="https://cdn.example.net/feed.json">
</head><body>
<nav><a href="/2023/08/22/in-the-menu-all-day">A headline that stands in the menu</a></nav>
<a href="/2023/08/22/dam"><img src="x.jpg"></a>
<h2><a href="/2023/08/22/dam#top">The dam above the valley has failed</a></h2>
<a href="/politik/rat-stimmt-gegen-den-haushalt">Der Rat stimmt gegen den Haushalt</a>
<a href="/politik/story-1234567.html">The vote that nobody expected to see</a>
<a href="/tag/a-tag-with-many-words-in-it">All that was ever tagged with this</a>
<a href="https://elsewhere.example.com/2023/08/22/x-y">Somewhere else there is more to read</a>
<a href="https://jobs.example.org/head-of-the-whole-company">Head of the whole company</a>
<a href="/politik/">Everything about politics in this land</a>
<a href="/2023/08/22/short">More</a>
<a href="/2023/08/22/report.pdf">The whole report of the commission</a>
<a href="javascript:void(0)">Open the settings of this very page</a>
<a href="http://[broken">A link that leads nowhere at all</a>
<a href="/news/%E6%B0%B4%E5%BA%93%E5%A4%A7%E5%9D%9D%E5%86%B3%E5%8F%A3">水库大坝决口之后</a>
<footer><a href="/2023/08/22/in-the-footer">A headline that stands in the footer</a></footer>
</body></html>""".encode()


def test_the_feeds_in_a_pages_head_are_found_the_main_one_first() -> None:
    assert [(c.address, c.title) for c in find_listings(PAGE, "text/html", URL)] == [
        ("https://www.example.org/de/news.atom", "News"),
        ("https://cdn.example.net/feed.json", ""),
        ("https://www.example.org/comments/feed", "Comments"),
    ]


def test_links_to_feeds_count_where_the_head_names_none() -> None:
    page = b"""<a href="/rss.xml">RSS</a><a href="/x?feed=rss2">F</a><a href="/feedback">No</a>
    <a href="/press">No</a>"""
    assert [c.address for c in find_listings(page, None, URL)] == [
        "https://www.example.org/rss.xml", "https://www.example.org/x?feed=rss2",
    ]  # fmt: skip


def test_links_to_articles_are_told_from_all_others() -> None:
    entries = article_links(PAGE, "text/html; charset=utf-8", URL)
    assert [(e.url, e.title) for e in entries] == [
        ("https://www.example.org/2023/08/22/dam", "The dam above the valley has failed"),
        ("https://www.example.org/politik/rat-stimmt-gegen-den-haushalt",
         "Der Rat stimmt gegen den Haushalt"),
        ("https://www.example.org/politik/story-1234567.html",
         "The vote that nobody expected to see"),
        ("https://www.example.org/news/%E6%B0%B4%E5%BA%93%E5%A4%A7%E5%9D%9D%E5%86%B3%E5%8F%A3",
         "水库大坝决口之后"),
    ]  # fmt: skip
    assert entries[0].fields() == {"url": entries[0].url}
    assert entries[0].listing_hash is None


def test_what_is_no_page_has_no_links() -> None:
    for content in (b"", b"\x89PNG\r\n\x1a\n\0\0", b"<", b"\0" * 100):
        assert find_listings(content, None, URL) == []
        assert article_links(content, None, None) == []

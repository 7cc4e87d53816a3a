import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from newsloom.extract.declared import best_canonical
from newsloom.extract.spellings import loose, variants
from newsloom.extract.urls import canonical, host_source, is_home, site


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.ORG:80/a", "http://example.org/a"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org./a#part", "https://example.org/a"),
        ("https://u:p@example.org/a", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=1&fbclid=2", "https://example.org/a?id=1"),
        ("https://example.org/a?UTM_Campaign=x", "https://example.org/a"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?b=2&a=1"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/a/..", "https://example.org/"),
        ("https://example.org/%7euser/%e9%41", "https://example.org/~user/%E9A"),
        ("https://example.org/café", "https://example.org/caf%C3%A9"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://[::1]:443/a", "https://[::1]/a"),
        ("https://example.org//a//b", "https://example.org//a//b"),
        ("https://example.org/a#!/story/7", "https://example.org/a#!/story/7"),
        ("https://example.org/a#!", "https://example.org/a"),
        ("https://example.org/#/story/7", "https://example.org/#/story/7"),
        ("https://example.org/2024/05/dam.html?m=1", "https://example.org/2024/05/dam.html"),
        ("https://m.blogspot.com/2024/a.html", "https://m.blogspot.com/2024/a.html"),
        ("https://m.ada.blogspot.com/a", "https://www.ada.blogspot.com/a"),
        ("https://example.org/a/index.html", "https://example.org/a/"),
        ("https://example.org/index.php?id=1", "https://example.org/index.php?id=1"),
        ("https://m.example.org/a", "https://www.example.org/a"),
        ("https://mobile.example.co.uk/a", "https://www.example.co.uk/a"),
        ("https://en.m.example.org/a", "https://en.example.org/a"),
        ("https://m.co.uk/a", "https://m.co.uk/a"),
        (
            "https://amp.example.org/dam-fails-above-town",
            "https://www.example.org/dam-fails-above-town",
        ),
        (
            "https://example.org/dam-fails-above-town/amp",
            "https://example.org/dam-fails-above-town",
        ),
        ("https://example.org/dam-fails-12/amp/", "https://example.org/dam-fails-12/"),
        ("https://example.org/amp/dam-fails-12.html", "https://example.org/dam-fails-12.html"),
        ("https://example.org/dam-fails-12.amp.html", "https://example.org/dam-fails-12.html"),
        ("https://example.org/guitars/amp", "https://example.org/guitars/amp"),
        ("https://example.org/a?amp=1&id=2", "https://example.org/a?id=2"),
        ("https://example.org/a?outputType=amp", "https://example.org/a"),
        (
            "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/dam-12?amp_js_v=0.1",
            "https://www.example.org/dam-12",
        ),
        (
            "https://www.google.com/amp/s/www.example.org/dam-12/amp",
            "https://www.example.org/dam-12",
        ),
        ("https://www.google.com/amp/", "https://www.google.com/amp/"),
    ],
)
def test_canonical_forms(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    "url",
    [None, "", "nonsense", "mailto:a@b.org", "http://", "ftp://a.org/", "http://[", "//a.b/c"],
)
def test_what_is_no_web_address_has_no_canonical_form(url: str | None) -> None:
    assert canonical(url) is None


_PART = st.text(st.sampled_from("aZ9é%2f~.:@!$&'()*+,;=/?#[] _-|"), max_size=25)


@given(scheme=st.sampled_from(["http", "HTTPS"]), host=_PART, path=_PART, query=_PART)
def test_canonical_is_idempotent(scheme: str, host: str, path: str, query: str) -> None:
    for url in (f"{scheme}://{host}/{path}?{query}", f"{scheme}://a.org/{path}?{query}"):
        once = canonical(url)
        assert canonical(once) == once


@given(_PART, _PART)
def test_other_articles_stay_apart(one: str, other: str) -> None:
    """Different identifiers in a path or a query are never merged."""
    a, b = (part.encode().hex() for part in (one, other))
    for form in ("https://a.org/{}", "https://a.org/x?id={}"):
        assert (canonical(form.format(a)) == canonical(form.format(b))) == (a == b)


_HOSTS = ["example.org", "m.example.org", "amp.example.org", "M.AMP.example.co.uk", "m.co.uk",
          "m.", "www-example-org.cdn.ampproject.org", "www.google.com", "10.0.0.1"]  # fmt: skip
_SEGMENTS = ["amp", "AMP", "", "s", "c", "v", "www.example.org", "dam-fails-12", "a.amp.html",
             ".amp", "index.html", "..", "dam-fails-above.amp", "2024", "%61mp",
             "index.HTM"]  # fmt: skip
_QUERIES = ["", "amp", "amp=1&id=2", "id=1", "m=1", "m=2", "outputType=amp", "utm_source=a&b"]


@given(
    host=st.sampled_from(_HOSTS),
    segments=st.lists(st.sampled_from(_SEGMENTS), max_size=7),
    query=st.sampled_from(_QUERIES),
    fragment=st.sampled_from(["", "#a", "#!", "#!/a b", "#!/story/é", "#/story/é"]),
)
@limits(max_examples=400, deadline=None)
def test_variants_of_layout_have_one_form_that_stays(
    host: str, segments: list[str], query: str, fragment: str
) -> None:
    once = canonical(f"https://{host}/{'/'.join(segments)}?{query}{fragment}")
    assert canonical(once) == once


DIFFERENT = [
    "https://example.org/2024/05/03/dam-fails-above-town",
    "https://example.org/2024/05/04/dam-fails-above-town",
    "https://example.org/2024/05/03/dam-fails-above-town-2",
    "https://example.org/2024/05/03/dam-fails-above-town?page=2",
    "https://example.org/dam-fails-above-town.html",
    "https://example.org/article?id=12",
    "https://example.org/article?id=13",
    "https://example.org/article?id=12&m=2",
    "https://example.org/?p=12",
    "https://example.org/#!/12",
    "https://example.org/#!/13",
    "https://example.org/#/story/1",
    "https://example.org/#/story/2",
    "https://example.org/shop?campaign_id=1",
    "https://example.org/shop?spm=1",
    "https://example.org/shop?sref=1",
    "https://example.org/shop?trk_id=1",
    "https://example.org/shop?amp_rating=1",
    "https://example.org/archive?m=1",
    "https://example.org/archive",
    "https://example.org/guitars/amp",
    "https://example.org/guitars",
    "https://example.org/index.php?id=12",
    "https://news.example.org/12",
    "https://sport.example.org/12",
    "https://example.org/AMP-stack-2024",
    "https://example.org/stack-2024",
]


def test_different_articles_keep_different_addresses() -> None:
    assert len(set(map(canonical, DIFFERENT))) == len(DIFFERENT)


def test_the_declared_address_must_be_of_the_same_site() -> None:
    base = "https://www.example.co.uk/a?id=15"
    better = "https://www.example.co.uk/news/dam-fails-15"
    assert best_canonical(["https://m.example.co.uk/news/dam-fails-15"], base) == better
    assert best_canonical(["/news/dam-fails-15"], base) == better
    for bad in ("https://other.co.uk/b-15", "/", "https://example.co.uk/index.html", "http://["):
        assert best_canonical([bad, ""], base) == base
    for section in ("/politics", "/news/world/", "https://www.example.co.uk/sport"):
        story = "https://www.example.co.uk/news/world/the-dam-has-failed"
        assert best_canonical([section], story) == story
    assert best_canonical(["https://anywhere.org/b"], None) == "https://anywhere.org/b"
    assert best_canonical([], None) is None
    blog = "https://ada.blogspot.com/2024/05/dam-fails-above-town.html"
    assert best_canonical([blog.replace("ada", "bob")], blog) == blog


TITLE = "Dam fails above town"


@pytest.mark.parametrize(
    ("own", "declared"),
    [
        ("/news?id=5", "/news"),
        ("/?p=7", "/de"),
        ("/?p=7", "/?p=8"),
        ("/news.php?cat=3&id=5", "/news.php?cat=3"),
        ("/view_the_article.php?id=5", "/view_the_article.php"),
        ("/news/dam-fails-above-town", "/news/top-news-of-today"),
        ("/news/dam-fails-12345", "/news/dam-fails-12346"),
        ("/12345/dam-fails", "/12346/dam-fails"),
        ("/2024/05/03/weather-for-today", "/2024/05/04/weather-for-today"),
        ("/world/floods", "/world"),
        ("/article/123", "/default-article-page-1"),
        ("/#/story/1", "/index-of-all-stories"),
    ],
)
def test_an_address_that_a_template_declares_is_refused(own: str, declared: str) -> None:
    base = f"https://example.org{own}"
    assert best_canonical([declared], base) == base
    assert best_canonical([declared], base, ["The mayor resigns"]) == base


@pytest.mark.parametrize(
    ("own", "declared"),
    [
        ("/?p=7", "/2024/05/dam-fails-above-town"),
        ("/news?id=517", "/news/517"),
        ("/news?id=517&lang=en", "/news?id=517"),
        ("/dam-fails-above-town?page=2", "/dam-fails-above-town"),
        ("/dam-fails-above-town/print", "/dam-fails-above-town"),
        ("/dam-fails", "/2024/05/03/dam-fails-above-town"),
        ("/a/12345", "/news/dam-fails-above-town-12345"),
        ("/news/idUSKBN1", "/world/us/storm-coming-idUSKBN1"),
        ("/old-slug-of-page", "/dam-fails-above-town"),
        ("/world/floods", "/2024/05/dam-fails-above-town"),
        ("/Dam_Fails_Above_Town.html", "/news/dam-fails-above-town"),
    ],
)
def test_a_better_address_of_the_same_article_is_taken(own: str, declared: str) -> None:
    found = best_canonical([declared], f"https://example.org{own}", [TITLE])
    assert found == f"https://example.org{declared}"


def test_sites_and_sources() -> None:
    assert site("https://news.bbc.co.uk/a") == "bbc.co.uk"
    assert site("https://a.b.example.org/") == "example.org"
    assert site("https://ada.blogspot.com/") != site("https://bob.blogspot.com/")
    assert site("https://news.example.co.kr/a") == "example.co.kr"
    assert site("http://10.0.0.1/") == "10.0.0.1"
    assert host_source("https://www.Example.org:8080/a") == "example.org"
    assert host_source("nonsense") is None
    assert is_home("https://example.org/index.php")
    assert not is_home("https://example.org/?p=12")


def test_one_page_has_one_loose_form_and_others_have_others() -> None:
    same = ("https://www.example.org/news/a-b.html?x=1&y=2", "http://m.example.org/news/a-b/?y=2&x=1",
            "https://example.org/news/a-b/index.html?x=1&y=2&utm_source=z")  # fmt: skip
    assert {loose(url) for url in same} == {"//example.org/news/a-b?x=1&y=2"}
    others = ("https://example.org/news/a-c", "https://blog.example.org/news/a-b?x=1&y=2",
              "https://example.org/news/a-b?x=2&y=1", "https://example.org/news/a-b")  # fmt: skip
    assert len({loose(url) for url in others} | {loose(same[0])}) == 5
    assert loose("https://example.org/index.html") is None


def test_variants_have_the_same_loose_form_and_are_no_home_page() -> None:
    for url in ("https://www.example.org/a/", "http://example.org/a.html", "https://x.org/index"):
        found = variants(url)
        assert url in found
        assert {loose(other) for other in found} == {loose(url)}
    assert "https://example.org/a" in variants("http://www.example.org/a.htm")
    assert "https://x.org/" not in variants("https://x.org/index")

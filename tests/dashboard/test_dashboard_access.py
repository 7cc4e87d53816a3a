"""Who may see the dashboard: tokens, passwords, names, and the headers of every answer."""

import base64

import pytest
from asking import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dashboard.access import Access, check_binding, is_loopback
from dashboard.access.secrets import COOKIE, COOKIE_SECONDS, cookie, is_valid_cookie
from dashboard.headers import POLICY, Headers
from newsloom.errors import UsageError
from newsloom.settings import DashboardSettings

TOKEN = "a long täken"
HOME = "http://127.0.0.1"


def client(settings: DashboardSettings, host: str = "127.0.0.1", page: str = "") -> Browser:
    """Return a browser before a dashboard of one page."""

    async def show(request: Request) -> PlainTextResponse:
        return PlainTextResponse("the news")

    routes = [Route(path, show) for path in ("/", "/healthz", "/static/style.css", "/stories")]
    app = Headers(Access(Starlette(routes=routes), settings, host, page))
    return Browser(app)


def basic(user: str, password: str) -> dict[str, str]:
    given = base64.b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": f"Basic {given}"}


def test_without_token_or_password_everybody_on_the_machine_is_let_in() -> None:
    assert client(DashboardSettings()).get("/").text == "the news"


def test_token_is_taken_from_the_header() -> None:
    site = client(DashboardSettings(token="secret"))
    assert site.get("/", headers={"Authorization": "Bearer secret"}).status_code == 200
    for wrong in ("Bearer secre", "Bearer", "secret", "Basic secret", "Bearer secret2", "Basic ÿ"):
        given = {"Authorization": wrong.encode("latin-1")}
        assert site.get("/", headers=given).status_code == 401, wrong


def test_token_in_the_address_becomes_a_cookie_and_leaves_the_address() -> None:
    site = client(DashboardSettings(token=TOKEN))
    answer = site.get("/stories", params={"days": "7", "token": TOKEN})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/stories?days=7"
    made = answer.headers["set-cookie"]
    assert "HttpOnly" in made
    assert "samesite=strict" in made.lower()
    assert "secure" not in made.lower()
    assert TOKEN not in made
    assert site.get("/stories").text == "the news"


def test_cookie_is_secure_over_https() -> None:
    site = client(DashboardSettings(token=TOKEN))
    answer = site.get("https://127.0.0.1/", params={"token": TOKEN})
    assert "secure" in answer.headers["set-cookie"].lower()


def test_wrong_token_in_the_address_is_refused_and_not_shown() -> None:
    answer = client(DashboardSettings(token=TOKEN)).get("/", params={"token": "<b>guess"})
    assert answer.status_code == 401
    assert "guess" not in answer.text
    assert TOKEN not in answer.text
    assert "set-cookie" not in answer.headers


def test_token_in_the_address_never_leads_to_another_site() -> None:
    site = client(DashboardSettings(token=TOKEN))
    for path in ("//evil.example/", "/\\evil.example", "///evil.example"):
        answer = site.get(f"{HOME}{path}", params={"token": TOKEN})
        place = answer.headers["location"]
        assert place.startswith("/")
        assert not place.startswith(("//", "/\\"))


@pytest.mark.parametrize("value", ["", ".", "9999999999.", "x.y", "9999999999.00", "²." + "0" * 64])
def test_forged_cookies_are_refused(value: str) -> None:
    assert not is_valid_cookie(TOKEN, value, 1000.0)


def test_cookie_runs_out_and_belongs_to_its_token() -> None:
    made = cookie(TOKEN, 1000.0)
    assert is_valid_cookie(TOKEN, made, 1001.0)
    assert not is_valid_cookie(TOKEN, made, 1001.0 + COOKIE_SECONDS)
    assert not is_valid_cookie("another", made, 1001.0)
    assert not is_valid_cookie(TOKEN, "9" + made, 1001.0)


def test_password_is_asked_for_and_taken() -> None:
    site = client(DashboardSettings(user="jo", password="p:ß"))
    asked = site.get("/")
    assert asked.status_code == 401
    assert asked.headers["www-authenticate"].startswith("Basic ")
    assert "Reload the page" in asked.text
    assert site.get("/", headers=basic("jo", "p:ß")).text == "the news"
    for user, password in [("jo", "p"), ("", "p:ß"), ("jo", ""), ("ann", "p:ß")]:
        assert site.get("/", headers=basic(user, password)).status_code == 401
    site.cookies.set(COOKIE, cookie("", 1e12))
    assert site.get("/").status_code == 401


def test_refusal_says_what_to_do_and_leads_back_to_the_page() -> None:
    answer = client(DashboardSettings(token=TOKEN)).get('/stories?q="><script>alert(1)</script>')
    assert answer.status_code == 401
    assert "NEWSLOOM_DASHBOARD_TOKEN" in answer.text
    assert "<script" not in answer.text
    assert 'href="/stories?q=%22' in answer.text
    assert answer.headers["www-authenticate"].startswith("Bearer ")


def test_health_and_style_are_open() -> None:
    site = client(DashboardSettings(token=TOKEN))
    assert site.get("/healthz").status_code == 200
    assert site.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200
    assert site.get("/static/style.css").status_code == 200


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "10.0.0.1"])
def test_other_names_are_not_answered_on_the_own_machine(name: str) -> None:
    answer = client(DashboardSettings()).get("/", headers={"Host": name})
    assert answer.status_code == 421
    assert "the news" not in answer.text


@pytest.mark.parametrize(
    "name", ["localhost:80", "127.0.0.1", "[::1]:80", "LOCALHOST.", "a.localhost"]
)
def test_own_names_are_answered(name: str) -> None:
    assert client(DashboardSettings()).get("/", headers={"Host": name}).status_code == 200


def test_name_behind_a_proxy_is_that_of_the_page_setting() -> None:
    site = client(DashboardSettings(), page="https://news.example/desk")
    assert site.get("/", headers={"Host": "news.example"}).status_code == 200
    assert site.get("/", headers={"Host": "other.example"}).status_code == 421


def test_any_name_is_answered_where_a_token_is_asked_for() -> None:
    site = client(DashboardSettings(token="secret"), host="0.0.0.0")
    given = {"Host": "news.example", "Authorization": "Bearer secret"}
    assert site.get("/", headers=given).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.4", "news.example"])
def test_listening_to_others_needs_a_token_or_password(host: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_binding(host, DashboardSettings())
    assert "NEWSLOOM_DASHBOARD_TOKEN" in refused.value.hint
    check_binding(host, DashboardSettings(token="secret"))
    check_binding(host, DashboardSettings(user="jo", password="secret"))


def test_user_and_password_go_together() -> None:
    for settings in (DashboardSettings(user="jo"), DashboardSettings(password="x")):
        with pytest.raises(UsageError, match="go together"):
            check_binding("127.0.0.1", settings)


def test_loopback_names() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost")))
    assert not any(map(is_loopback, ("", "0.0.0.0", "localhost.evil", "128.0.0.1")))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_get_and_head_are_answered(method: str) -> None:
    answer = client(DashboardSettings()).request(method, "/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_every_answer_has_the_policy() -> None:
    site = client(DashboardSettings(token=TOKEN))
    answers = [site.get("/"), site.request("POST", "/"), site.get("/healthz"), site.get("/none")]
    answers.append(site.get("/", headers={"Host": "evil.example"}))
    answers.append(site.get("/", params={"token": TOKEN}))
    for answer in answers:
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
    assert "unsafe" not in POLICY


def test_static_files_are_kept_under_an_address_with_their_version() -> None:
    site = client(DashboardSettings())
    assert "immutable" in site.get("/static/style.css?v=1a2b").headers["cache-control"]
    assert site.get("/static/style.css").headers["cache-control"] == "no-cache"
    assert site.get("/static/none.css?v=1").headers["cache-control"] == "no-store"

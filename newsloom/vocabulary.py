"""The words that all of Newsloom shares: statuses, reasons, kinds.

Each value is stored in the warehouse as the lower-case text that stands here, and each has its
meaning beside it: the documentation is generated from this page.
"""

from enum import StrEnum


class _Described(StrEnum):
    """A text value with a one-sentence meaning."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> "_Described":
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class Status(_Described):
    """How an item ended. Every item of a run ends in exactly one of these."""

    NEW = "new", "An article that the warehouse did not have."
    REVISED = "revised", "A known article whose text or headline has changed: a new revision."
    UNCHANGED = "unchanged", "Known already, with nothing new in it."
    REJECTED = "rejected", "Could not be used; the reason says why, and the payload is kept."
    REMOVED = "removed", "Belongs to an article that was removed on request; it stays out."


class Kind(_Described):
    """What an item is made of."""

    TEXT = "text", "A plain text file, or text from standard input."
    MARKDOWN = "markdown", "A Markdown file."
    HTML = "html", "An HTML file."
    ROW = "row", "One row of a file of rows, or an entry of a feed that leads to no page."
    PAGE = "page", "A web page, fetched from its URL or out of a web archive."
    PDF = "pdf", "A PDF document."
    DOCX = "docx", "A Word document (.docx)."
    EMAIL = "email", "A mail, such as a newsletter (.eml)."
    INPUT = "input", "An input that yielded nothing to read: a missing path, an empty folder."


class Reason(_Described):
    """Why an item was rejected."""

    NOT_FOUND = "not_found", "There is no such file or folder."
    UNREADABLE = "unreadable", "The file is there, but the system would not let it be read."
    EMPTY = "empty", "Nothing but white space."
    BINARY = "binary", "Binary content where text was expected."
    ENCODING = "encoding", "The characters could not be decoded with any likely encoding."
    TOO_LARGE = "too_large", "Larger than the limit for one document."
    MALFORMED = "malformed", "Broken at this place, or not of the kind that its name says."
    UNKNOWN_TYPE = "unknown_type", "A file name extension that no reader takes."
    NOTHING_USABLE = "nothing_usable", "A folder or a file in which no article was found."
    NO_TEXT = "no_text", "A page or row in which no article text was found."
    BAD_URL = "bad_url", "Not a web address that can be fetched."
    BLOCKED_ADDRESS = "blocked_address", "The address is private, loopback or link-local."
    FETCH_FAILED = "fetch_failed", "The server could not be reached, or broke off."
    FETCH_TIMEOUT = "fetch_timeout", "The server did not answer in time."
    HTTP_ERROR = "http_error", "The server answered with an error status."
    REDIRECTS = "redirects", "Too many redirects, or a redirect in a circle."
    HTTP_GONE = "http_gone", "The server says that there is no such page (404 or 410)."
    RATE_LIMITED = "rate_limited", "The server asks for a longer pause than a run waits (429)."
    ROBOTS = "robots", "The site's robots.txt asks programs to leave this page alone."
    ROBOTS_UNKNOWN = "robots_unknown", "The site's robots.txt could not be read, so nothing is."
    CONSENT_WALL = "consent_wall", "A request for consent to cookies, in place of the article."
    PAYWALL = "paywall", "Only the beginning of an article that is for subscribers."
    BOT_CHALLENGE = "bot_challenge", "A check for robots, in place of the article."
    SOFT_404 = "soft_404", "A page that says it is not there, though the server says it is."
    LIST_PAGE = "list_page", "A list of articles or a home page, no article."
    TOO_SHORT = "too_short", "A fetched page with too little text for an article."
    NOT_A_FEED = "not_a_feed", "Neither a feed nor a sitemap, though it should be one."
    ENCRYPTED = "encrypted", "Protected by a password."
    TOO_DEEP = "too_deep", "Archives inside archives, more of them than are opened."
    NOT_ARTICLE_TYPE = "not_article_type", "The server sent something that is not a page or text."
    INTERNAL = "internal", "A defect of Newsloom; the detail names it."


class PollOutcome(_Described):
    """How a look at a source ended."""

    READ = "read", "The list was fetched and read."
    NOT_MODIFIED = "not_modified", "The server says that it has not changed (304)."
    FAILED = "failed", "It could not be fetched or read; the reason says why."


class SourceKind(_Described):
    """What is at a source's address."""

    FEED = "feed", "RSS, Atom or JSON Feed."
    SITEMAP = "sitemap", "An XML sitemap, a news sitemap, or an index of these."
    SITE = "site", "A page whose links lead to articles, for sites without a feed."


class Doubt(_Described):
    """Why a date is doubted."""

    FUTURE = "future", "Over a day later than it was read."
    OLD = "old", "Before 1990."


class RunStatus(_Described):
    """How a run stands."""

    RUNNING = "running", "Under way."
    COMPLETED = "completed", "Ended, every item accounted for."
    FAILED = "failed", "Ended by an error, which is kept with the run."
    INTERRUPTED = "interrupted", "Stopped on request; what was committed stays."
    KILLED = (
        "killed",
        ("Its process was ended from outside, or with its machine; what was committed stays."),
    )


class EntityType(_Described):
    """The kinds of entity that articles are tagged with."""

    PERSON = "person", "A person."
    ORGANISATION = "organisation", "A company, institution, party, agency or armed group."
    COUNTRY = "country", "A sovereign state or territory of ISO 3166."
    PLACE = "place", "A city, region or other place."
    GROUP = "group", "A nationality, religion or political group that is no country."
    EVENT = "event", "A named event."
    WORK = "work", "A named work, product or law."


class StoryEvent(_Described):
    """What happened to a story."""

    CREATED = "created", "The story appeared."
    GREW = "grew", "Articles joined it."
    SHRANK = "shrank", "Articles left it."
    MERGED = "merged", "Its articles went into the other story, which goes on under its own id."
    SPLIT = "split", "Part of it left as the other story."
    ENDED = "ended", "None of its articles is left."

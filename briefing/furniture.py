"""Lines of a news page that are no part of its article, told by their own words.

Every pattern works on a line of at most `LONGEST` characters and none can backtrack without bound, so a page takes time
in proportion to its length.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from briefing.printed_date import printed_date

Kind = Literal["byline", "date", "dateline", "caption", "time", "link", "note"]

LONGEST = 400  # characters; a longer piece is prose whatever it begins with


@lru_cache(maxsize=10_000)  # pages of one outlet repeat their lines
def kind_of(line: str) -> Kind | None:
    """What a line says it is, by its words alone; None if it may be the article's own."""
    if len(line) > LONGEST:
        return None
    bare = line.lstrip("*•·|>-–— \t")
    if byline(line):
        return "byline"
    if is_date_line(line):
        return "date"
    if _CLOCK_LINE.fullmatch(bare):
        return "time"
    if _CAPTION.match(bare) or credits_a_picture(line):
        return "caption"
    if _NOTE.match(bare):
        return "note"
    if _LINK.match(bare) or _words(line) <= _BUTTONS:
        return "link"
    if len(line) <= 80 and (_OUTLET_ALONE.fullmatch(line) or _DATELINE_ALONE.fullmatch(line)):
        return "dateline"
    return None


# Who wrote it --------------------------------------------------------------------------------------------------------


def _any_of(names: str) -> str:
    """Names that commas part, as the alternatives of a pattern."""
    return "|".join(re.split(r",\s+", names.strip()))


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


OUTLETS = _any_of(
    """
    CNN, CNNMoney, AP, Associated Press, The Associated Press, REUTERS, Reuters, AFP, Agence France-Presse,
    BBC, BBC News, BBC Sport, PA, PA Media, UPI, NPR, DPA, dpa, ANSA, EFE, TASS, Xinhua,
    ABC News, CBS News, NBC News, Fox News, Sky News, Bloomberg, Bloomberg News, Al Jazeera, VOA, RFE/RL,
    Kyodo, ANI, PTI, IANS, Politico, POLITICO, Axios, CNBC, MSNBC, Euronews, France 24, DW, ITV News,
    The Guardian, The New York Times, The Washington Post, The Wall Street Journal, The Times of Israel, Haaretz,
    The Independent, The Telegraph, Financial Times, USA TODAY, Los Angeles Times
    """
)
_JOBS = _set(
    """
    staff senior chief special foreign diplomatic political politics defence defense security international world
    business science health middle east affairs editor editors correspondent correspondents reporter reporters writer
    writers columnist bureau contributor producer analyst desk team our own deputy associate investigations white house
    state department local news crime education economics environment digital freelance journalist city council court
    sport sports culture arts managing executive community government national global home contributing agencies
    transport
    """
)
_BETWEEN_NAMES = _set(
    "and for in of the at with from de la le van von der den bin bint ibn al el da di dos du ter ten y"
)
_OPENS_BYLINE = re.compile(
    r"(?:(?:analysis|opinion|story|text|words|reported|report|review|perspective|interview|video|column|comment)\s+)?"
    r"(?:written\s+)?by:?\s+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S{1,60}@\S{1,60}")
_NAME = r"[A-Z][\w.'’-]*"
_IN_A_PLACE = re.compile(
    rf"(?P<who>{_NAME}(?: {_NAME}){{0,3}}(?:(?:,| and) {_NAME}(?: {_NAME}){{1,3}}){{0,3}}),? "
    rf"in [A-Z][\w.'’, -]{{1,40}}"
)
_NAMES_JOB = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|analyst|producer|bureau chief)s?\b", re.IGNORECASE
)


def byline(line: str) -> str | None:
    """What follows "By" in a line "By Ida Marsh, The Kelso Ledger", without date and address; None for other lines."""
    opening = _OPENS_BYLINE.match(line)
    if not opening or len(line) > 250:
        return None
    who = _without_date(_ADDRESS.sub("", line[opening.end() :])).strip(" ,|–—-•·\t")
    words = re.findall(r"[\w.'’-]+", who)
    return who if 0 < len(words) <= 30 and any(word[0].isupper() for word in words) and _are_names(words) else None


def _are_names(words: list[str]) -> bool:
    return all(word[0].isupper() or word.lower() in _BETWEEN_NAMES | _JOBS for word in words)


def correspondent(line: str) -> str | None:
    """The names of a line "Ida Marsh in Kelso", as British pages put it; a byline only if its neighbours say so."""
    found = _IN_A_PLACE.fullmatch(line) if len(line) <= 120 else None
    return found["who"] if found else None


def is_job_line(line: str) -> bool:
    """A line like "Middle East correspondent, in Jerusalem"."""
    words = re.findall(r"[\w.'’-]+", line)
    return (
        len(words) > 1
        and len(line) <= 100
        and bool(_NAMES_JOB.search(line))
        and _are_names(words)
        and not line.endswith((".", "?", "!"))
    )


def signed_by(line: str) -> str | None:
    """The names in a reporter's line: "By Ida Marsh", "Ida Marsh in Kelso", "Ida Marsh Transport correspondent"."""
    if who := byline(line) or correspondent(line):
        return who
    if not is_job_line(line):
        return line
    first, second, *others = line.split()
    is_name = others and first[0].isupper() and second[0].isupper() and not {first.lower(), second.lower()} & _JOBS
    return f"{first} {second}" if is_name else None


# When ----------------------------------------------------------------------------------------------------------------

CLOCK = r"(?:[0-2]?\d[:.h][0-5]\d(?:[:.][0-5]\d)?(?:\s?[ap]\.?m\b\.?)?|[01]?\d\s?[ap]\.?m\b\.?)"
ZONE = r"(?:GMT|UTC|BST|CES?T|EES?T|IST|[ECMP][SD]?T|AE[SD]T|JST|SGT|HKT)\b"

_CLOCK_LINE = re.compile(
    rf"(?:(?:last\s+)?(?:updated|posted|published)(?:\s+at)?:?\s+)?{CLOCK}(?:\s?{ZONE})?\W{{0,3}}", re.IGNORECASE
)
_CLOCK = re.compile(rf"\b{CLOCK}", re.IGNORECASE)
_ZONE = re.compile(rf"\b{ZONE}")
_AROUND_A_DATE = _set(
    """
    first published posted updated modified created issued filed released date last on at am pm noon midnight
    local time eastern pacific and from by online print heard edition version morning evening all things considered
    day ago hour hours min mins minute minutes days read listen comments comment share save t z
    mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday
    """
)
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[smhdw])"
_AGO = re.compile(
    r"(?:(?:first\s+)?(?:published|updated|posted|last\s+updated|modified)\W{1,3})?"
    rf"(?:(?:about\s+|an?\s+)?\d{{0,3}}\s?{_UNIT}\s+ago|just\s+now|today|yesterday)"
    r"(?:\W{1,3}(?:updated\W{1,3})?[\w ]{1,20}\sago)?\W{0,3}",
    re.IGNORECASE,
)


def is_date_line(line: str) -> bool:
    """A line that prints a date or an age ("Published 3 hours ago") and nothing of its own."""
    if len(line) > 150:
        return False
    return bool(_AGO.fullmatch(line)) or (printed_date(line) is not None and _only_about_a_date(line))


def _only_about_a_date(line: str) -> bool:
    while found := printed_date(line):
        line = line[: found[1]] + " " + line[found[2] :]
    words = re.findall(r"[^\W\d_]+", _ZONE.sub(" ", _CLOCK.sub(" ", line)))
    return all(word.lower() in _AROUND_A_DATE for word in words)


def _without_date(line: str) -> str:
    found = printed_date(line)
    if not found or not _only_about_a_date(line[found[1] :]):
        return line
    words = line[: found[1]].rstrip(" ,|–—-•·:\t").split(" ")
    while words and words[-1].strip(".,|:–—-•·").lower() in _AROUND_A_DATE | {""}:
        words.pop()
    return " ".join(words)


# Where: the dateline -------------------------------------------------------------------------------------------------

_DASH = r"(?:—|–|--|-)"
_DAY = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?"
_NO_PLACE = r"(?!EXCLUSIVE|BREAKING|UPDATED?|WATCH|VIDEO|LIVE|ANALYSIS|OPINION|POLL|REPORT)"
_CAPITALS = rf"{_NO_PLACE}[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){{0,4}}"  # DOHA, NEW YORK, BEIRUT/JERUSALEM
_PLACE = r"[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,4}"
_WITHIN = r"(?:, [A-Z][\w.'’ -]{1,30})?"
_OUTLET_ALONE = re.compile(rf"\(?(?:{OUTLETS})\)?\s*{_DASH}?")
_DATELINE_ALONE = re.compile(rf"{_PLACE}(?:,? \(?[A-Z][\w.' -]{{1,30}}\)?)?\s*(?:—|–|--)")
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # DOHA, Qatar (AP) — / Cairo, Feb 6 (Reuters) - / (CNN) / Washington (CNN) --
        rf"(?:{_PLACE}{_WITHIN}(?:, {_DAY})? )?\((?P<outlet>[A-Z][\w.&'’ -]{{1,30}})\)\s*{_DASH}\s*(?=\S)",
        rf"(?:{_PLACE}{_WITHIN} )?\((?P<outlet>{OUTLETS})\)\s*(?=[A-Z“\"‘'])",
        # Tel Aviv CNN  —
        rf"(?:{_PLACE}{_WITHIN},? )?(?P<outlet>{OUTLETS})\s+{_DASH}\s+(?=\S)",
        # RIYADH, Feb 5 — / KELSO — / TEL AVIV, Israel —
        rf"{_CAPITALS}{_WITHIN}(?:, {_DAY})?\s*(?:—|–|--|\s-)\s*(?=[A-Z\d“\"‘'])",
        rf"{_PLACE}{_WITHIN}, {_DAY}\s*{_DASH}\s*(?=\S)",
    )
)


def dateline(paragraph: str) -> tuple[int, str | None] | None:
    """How long the dateline at a paragraph's opening is ("DOHA (Seed Desk) - "), and the outlet that it names."""
    opening = paragraph[:140]
    for pattern in _DATELINES:
        if (found := pattern.match(opening)) and found.end() < len(paragraph):
            return found.end(), found.groupdict().get("outlet")
    return None


_STAMP = re.compile(rf"{CLOCK}(?:\s?{ZONE})?[\s—–:|-]{{1,4}}(?=[A-Z“\"‘'])", re.IGNORECASE)


def time_stamp(paragraph: str) -> int:
    """How long the clock time at a live blog entry's opening is ("18:05 "); 0 without one."""
    found = _STAMP.match(paragraph[:60])
    return found.end() if found and found.end() < len(paragraph) and not paragraph[found.end()].islower() else 0


# Pictures ------------------------------------------------------------------------------------------------------------

_CAPTION = re.compile(
    r"(?:image|photo(?:graph)?|picture|video|media|graphic|illustration|map|chart)s? "
    r"(?:source|caption|credit|courtesy|by|provided by)\b"
    r"|(?:image|photo(?:graph)?|picture|graphic|illustration|composite|credit|photo credit|caption|"
    r"file (?:photo|image))s?\s*[:.…/|]"
    r"|(?:file )?photo$|\(?(?:ap|file|afp|reuters) photo\b"
    r"|(?-i:(?:[\w ]{2,30} (?:via|/) )?(?:Getty Images|PA Media|EPA|EPA-EFE|Reuters|AFP|Shutterstock|Alamy) "
    r"[A-Z][^.!?]*$)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    "(?:"
    + _any_of(
        """
        getty, getty images, reuters, afp, epa, epa-efe, ap, ap photo, ap images, shutterstock, alamy,
        anadolu, anadolu agency, xinhua, pa, pa media, pa wire, pa images, bloomberg, handout, file, file photo,
        zuma, zuma press, sipa, rex, rex features, imago, nurphoto, flash90,
        the guardian, the new york times, the washington post, the associated press, cnn, bbc, npr
        """
    )
    + ")",
    re.IGNORECASE,
)
_BEFORE_AGENCY = re.compile(
    r".*(?:[(\[|/—–]|\bvia\b|\b(?:photograph|photo|credit|picture|image)s?(?:\sby|:|\.\.\.))\s*"
    r"(?:[\w.'’ -]{0,40}\sfor\s)?",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETED = re.compile(r"\[[\w .'’-]{2,40}/[\w .'’-]{2,40}\]\.?$")
_ONLY_CREDIT = re.compile(rf"(?:{_NAME} ){{2,3}}(?:for|via|/) ")
_CUT = re.compile(r"[/|(\[:—–]|\bvia\b|\bfor\b|\.\.\.|\sby\s")


def credits_a_picture(line: str) -> bool:
    """A line that ends in a picture's credit: "(Ida Marsh/Reuters)", "Photograph: Ida Marsh/AP", "via Getty Images"."""
    tail = line[-110:]
    if _BRACKETED.search(tail):
        return True
    tail = re.sub(r"(?:Purchase Licensing Rights)?[\s.)\]|,]*$", "", tail)
    agency = _CUT.split(tail)[-1].strip()
    if not _AGENCY.fullmatch(agency.removesuffix("/File Photo")):
        return agency.lower() == "file photo"
    before = tail[: len(tail) - len(agency)]
    return not before or bool(_BEFORE_AGENCY.fullmatch(before) or _ONLY_CREDIT.fullmatch(before))


# The page around the article -----------------------------------------------------------------------------------------

_BUTTONS = _set(
    """
    share save print email e-mail tweet comment comments copy copied bookmark gift like reply post pin whatsapp
    facebook twitter x linkedin flipboard reddit telegram messenger link menu search home login register subscribe
    close play pause mute unmute listen audio video videos photo photos gallery topic topics tag tags more follow help
    settings loading newsletter newsletters live breaking updated exclusive donate sections advertise careers cookies
    accessibility sitemap feedback advertisement advertising advert ad ads skip threads bluesky snapchat instagram
    youtube
    """
)


def _opens_with_any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_LINK = _opens_with_any(
    # to other articles
    r"related(?: (?:articles?|content|stor(?:y|ies)|videos?|links?|topics?|coverage|reading|news))?\s*:?$",
    r"(?:related(?: (?:article|story|video))?|(?:also )?(?:read|watch|listen|see)(?: (?:more|also|next|here|now))?"
    r"|more|explore)\s*[:|»>→]",
    r"(?:opinion|explainer|gallery|in pictures|podcast|recommended|don['’]?t miss)\s*[:|»>→]",
    r"(?:keep reading|continue reading|load more|learn more|find out more|up next|next article|"
    r"previous article)\s*[:.»>→]?$",
    r"read (?:more|full|the full|in app|next)\b.{0,40}$",
    r"(?:show|see|view) (?:more|all|comments|image)\b.{0,60}$",
    r"more (?:on|from|about) .{2,60}$",
    r"more stories\b.{0,40}$",
    r"most (?:read|viewed|popular|watched|shared)\b.{0,30}$",
    r"you (?:may|might) (?:also )?(?:like|be interested)\b.{0,20}$",
    r"(?:recommended (?:for you|stories|videos?)|trending(?: now)?|top stories|"
    r"latest (?:news|stories|headlines))\W?$",
    r"(?:editors?['’]?s? picks?|around the web|from the web|what to read next|in this (?:article|story)|"
    r"table of contents)\W?$",
    r"explore more\b.{0,60}$",
    r"related (?:articles?|videos?|stor(?:y|ies)) .{1,120}$",
    r"(?:list of \d+ items|list \d+ of \d+|end of list)$",
    r"https?://\S+$",
    r"www\.\S+$",
    r"(?:pic\.)?twitter\.com/\S+$",
    r"@\w{2,20}$",
    r"[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]+$",
    # around the page
    r"(?:back|return|go) to (?:the )?top\b.{0,20}$",
    r"(?:skip|jump) (?:to|past|ad)\b.{0,40}$",
    r"(?:contact|about|support) us$",
    r"(?:log|sign) (?:in|out)$",
    r"(?:tags?|topics?|categor(?:y|ies)|keywords?)\s*:",
    r"filed under\b.{0,80}$",
    r"(?:originally|first) published\b",
    # advertisements
    r"(?:advertis(?:e?ment|er content)|ad feedback|close ad)\b.{0,30}$",
    r"(?:story|article) continues (?:below|after)",
    r"(?:sponsored|promoted|paid content|paid post)\b.{0,40}$",
    # sharing
    r"(?:share|save|email|e-mail|print|bookmark|gift|copy|rate) "
    r"(?:this|via|with|full|link|article|page|story)\b.{0,60}$",
    r"share on .{1,40}$",
    r"link copied\W?$",
    r"\d[\d.,]*\s?[km]?\s+(?:comments?|shares?|likes?|views?|reactions?|retweets?|reposts?|followers?)\b.{0,20}$",
    r"(?:comments?|shares?|likes?|views?)\s*[(:]?\s*\d[\d.,km]*\)?$",
    r"(?:follow|like|find|join) (?:us\b|@|our\b|the conversation\b).{0,160}$",
    r"follow .{1,60}\son (?:x|twitter|facebook|instagram|threads|google news|linkedin)\b.{0,60}$",
    # signing up
    r"sign(?:ing)? up (?:for|to|here|now|today)\b",
    r"subscribe (?:to|now|here|for|today)\b",
    r"register (?:now|here|for free)\b",
    r"(?:log|sign) in (?:to|or)\b",
    r"(?:get|receive) (?:our|the|your|all the|breaking|daily|more|unlimited|email|\w+['’]s)\b.{0,120}"
    r"(?:newsletter|inbox|\bapp\b|email|alerts|subscri)",
    r"(?:enter your|your) e-?mail\b",
    r"newsletter\b.{0,80}$",
    r"(?:skip past|after) newsletter promotion$",
    r"privacy (?:policy|notice)\b",
    r"reuse this content$",
    r"(?:order reprints|today['’]s paper)\b",
    r".{0,60}\bnewsletter$",
    r".{0,80}\bprivacy (?:policy|notice)\b.{0,80}$",
    r"(?:this (?:site|page|website)|we) uses? cookies",
    r"(?:accept (?:all|cookies)|manage (?:cookies|preferences|consent))\b.{0,40}$",
    r"download (?:the|our) .{0,40}\bapp\b.{0,80}$",
    r"(?:thank you|thanks) for (?:reading|subscribing|signing)\b.{0,80}$",
    r"(?:click|tap) (?:here|to|on|for)\b",
    # paying
    r"this (?:article|story|post|content) is (?:only |exclusively )?(?:for|reserved|available|exclusive)\b.{0,40}"
    r"\b(?:subscribers|members|readers)\b",
    r"(?:to (?:continue|keep)|want to keep|continue) reading\b.{0,80}$",
    r"(?:unlock|try|start|get) (?:this article|unlimited|your free|a free|full access|free access)\b.{0,60}$",
    r"(?:only |then |from |just )?[£$€]\d[\d.]* (?:for|per|a|every)\b",
    r"(?:already|not) (?:a |an )?(?:subscriber|subscribed|member|registered)\b.{0,40}$",
    r"(?:explore|see|view) our (?:full |other )?(?:range of )?(?:subscription|offer)\w*\.?$",
    r"you(?:['’]ve| have) (?:reached|read|used) (?:your|all|the)\b.{0,60}\b(?:limit|free|articles?)\b",
    r"(?:leave|post|write|add) a comment$",
    # sound and film
    r"listen to (?:this )?(?:article|story|the podcast|audio)\b.{0,60}$",
    r"(?:\d+[- ]?min(?:ute)?s?\b\.?\s*(?:read|listen|watch|video)?\W{0,5}){1,3}$",
    r"(?:reading time|read time|estimated read)\b.{0,30}$",
    r"this audio is (?:auto|ai)",
    r"(?:audio )?(?:narrated|generated) by\b.{0,80}$",
    r"to (?:play|view|watch|use) this (?:video|content|audio|site)\b.{0,120}$",
    r"(?:your browser|please enable)\b.{0,120}$",
    r"(?:watch (?:now|live|more)|breaking news|(?:hide|toggle) caption|enlarge (?:this )?image)\W?$",
    # headings of boxes
    r"story highlights",
    r"(?:(?:key|main) (?:points|takeaways|events|moments|stories)|at a glance|highlights)\s*:?$",
)

_NOTE = _opens_with_any(
    # credits
    r"\(?(?:additional |further )?"
    r"(?:reporting|editing|writing|edited|written|compiled|translated|translation|graphics?|photography) "
    r"(?:and \w+ )?by\b",
    r".{0,160}\bcontributed\s+(?:to\s+this\s+(?:report|story|article|piece)|reporting)\b",
    r"(?-i:[A-Z])[\w.'’, -]{1,90} (?:reported|is reporting) from (?-i:[A-Z])[\w.'’ -]{1,40}"
    r"(?:, [A-Z][\w.'’ -]{1,30})?(?:\.$|,? and .{0,80}from |;)",
    r"(?:associated press|ap|reuters|cnn|afp|bbc)['’]?s? "
    r"(?:writers?|journalists?|reporters?|correspondents?|staff)\b.{0,160}\b(?:contributed|reported)\b",
    r"with (?:additional )?(?:reporting|files) (?:by|from)\b.{0,80}$",
    r"(?:with )?agencies(?: contributed.{0,40})?\.?$",
    r"(?-i:[A-Z])[\w.'’ -]{1,40} (?:covers|writes about|reports on) [^.]{2,100} for "
    r"(?:the |npr|cnn|ap|reuters|bloomberg)",
    # a press release's
    r"(?:for immediate release|(?:press|news|media) release|embargoed (?:until|for))\b.{0,60}$",
    r"(?:(?:media|press|investor|for more information,?) )?(?:contacts?|enquiries|inquiries)\s*:",
    r"(?:tel|phone|mobile)?[:. ]*\+?\(?\d[\d ().-]{6,20}$",
    # what became of the text
    r"(?:this|an earlier version of this) "
    r"(?:article|story|report|piece|headline|post|page|live ?blog|dispatch|text|transcript)\b.{0,40}"
    r"\b(?:amended|updated|corrected|clarified|revised|edited|syndicated|republished|adapted|translated|misstated|"
    r"incorrectly|first appeared|originally appeared|was (?:first|originally) published)\b",
    r"(?:correction|clarification|editor['’]?s?['’]? notes?|note to (?:readers|editors)|disclaimer|disclosure|"
    r"update)\s*(?:\([^)]{0,40}\)|, [\w. ]{3,20})?\s*[:.—–-]",
    r"this is a (?:rush transcript|developing story|breaking news|live (?:blog|page))",
    r"this article is more than \d+ \w+ old",
    r"a version of this (?:article|story)\b",
    r"reporting from (?-i:[A-Z]).{1,60}$",
    r".{2,200}\. more about (?-i:[A-Z])[\w.'’ -]{1,40}$",
    r"source\s*: .{1,60}$",
    r"more (?:details )?to (?:follow|come)\b.{0,20}$",
    r"check back (?:for|soon)",
    r"-\s?ends?\s?-?$|#{3,}$|ends$",
    # rights
    r"©|\(c\) |copyright\b.{0,20}\d{4}",
    r".{0,160}\b(?:all rights reserved|may not be (?:published|reproduced|copied))\b",
    r"terms (?:of|and) (?:use|service|conditions)\b.{0,80}$",
    r"\w+ is not responsible for the content",
    r"our standards:|the thomson reuters trust\b|the associated press (?:receives|is solely)\b",
    # to the reader
    r"(?:do you have|have you got|got) (?:a|any|more)\b.{0,40}\b(?:tip|story|information)\b",
    r"(?:e-?mail|contact|write to) .{0,40}@",
)


def _words(line: str) -> set[str]:
    """A line's words in lower case; a line of signs alone has none, and counts as a button."""
    return set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.lower())) if len(line) <= 160 else {line}

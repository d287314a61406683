"""Which calendar program fetched a feed, by what it calls itself."""

LONGEST = 200  # characters

# What stands in a User-Agent -> the program it belongs to; the first that fits.
PROGRAMS = (
    ("google-calendar", "Google"),
    ("thunderbird", "Thunderbird"),
    ("lightning", "Thunderbird"),
    ("dataaccessd", "iPhone, Mac"),
    ("calendaragent", "iPhone, Mac"),
    ("ios/", "iPhone, Mac"),
    ("macos/", "iPhone, Mac"),
    ("outlook", "Outlook"),
    ("exchange", "Outlook"),
    ("microsoft", "Outlook"),
    ("icsx5", "ICSx5"),
    ("mozilla", "Trình duyệt"),
)


def program_of(user_agent: str) -> str:
    """«Google-Calendar-Importer; ...» -> «Google»: the program, else the first word it gives itself."""
    lowered = user_agent.lower()
    known = next((program for sign, program in PROGRAMS if sign in lowered), None)
    return known or user_agent.partition("/")[0].partition(" ")[0][:LONGEST]

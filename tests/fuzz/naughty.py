"""Strings that programs trip over; every one may stand in any text field."""

NAUGHTY = (
    # Nothing, and what looks like something else
    *("", " ", "\t", "null", "None", "NaN", "nan", "-0", "1e999", "true", "no", "undefined", "[]"),
    *("0x1F", "1_000", "2021-02-30", "12:30", "~", "*alias", "&anchor", "!!tag", "%TAG", "@at"),
    # Quotes and escapes
    *("'", '"', "`", "''", '""', "\\", "\\\\", '\\"', "\\'", "'\"`", "“”‘’", "a'b\"c", "\\u0000"),
    *("\\n", "%0A", "%00", "&quot;", "&#39;", "&#0;", "&amp;amp;", "&bogus;", "\\x00", "\\N{DASH}"),
    # Controls, blanks, ends of lines
    *("\x00", "\x01\x02", "\x07", "\x08", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x7f", "\x85"),
    *("\r", "\n", "\r\n", "a\nb", "\u2028", "\u2029", "\v\f", "\xa0", "\u3000", "\u200b", "\ufeff"),
    # Directions, combining marks, beyond the first plane, half characters, noncharacters
    *("\u202etxt.exe", "\u2066a\u2069", "\u061cא", "العربية", "עברית", "Z̶͖̈a̷l̵g̴o", "e\u0301", "ﬁ"),
    *(
        "🚀",
        "👨‍👩‍👧",
        "\U0001f1f3\U0001f1f4",
        "𝕊-𝟜𝟘𝟘",
        "\ud83d",
        "\ude80",
        "\ude80\ud83d",
        "\ufffe",
        "\uffff",
    ),
    *("\U0010ffff", "ı", "İ", "ß", "ǆ", "Ω", "Ａ", "漢字", "ไทย"),
    # Markup
    *("<", ">", "&", "<script>alert(1)</script>", "</script>", "<!--", "-->", "]]>", "<![CDATA["),
    *(
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "</textarea>",
        "</style>",
        "<svg/onload=x>",
    ),
    *("<!DOCTYPE x [<!ENTITY a 'b'>]>", "<?xml version='1.0'?>", "</data></node></graph>"),
    # Templates and expressions
    *(
        "${7*7}",
        "{{7*7}}",
        "{% raw %}",
        "#{7*7}",
        "<%= 7 %>",
        "{0}",
        "%s%n",
        "$HOME",
        "$(id)",
        "`id`",
    ),
    # Formulas of spreadsheets
    *("=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "＝1+1", "|x", ";x"),
    # Queries
    *("'; DROP TABLE documents; --", '" OR 1=1 --', "') UNION SELECT 1 --", "MATCH (n) DELETE n"),
    *("} ) DETACH DELETE n //", "a`b", "LOAD CSV FROM 'file:///etc/hostname'"),
    # Paths and names of files
    *("../../etc/passwd", "..\\..\\win.ini", "/etc/passwd", "C:\\x", "file:///etc/hostname", "CON"),
    *(
        "nul.txt",
        "a/b",
        "a\\b",
        ".",
        "..",
        "...",
        "-rf",
        "--help",
        ".hidden",
        "a:b",
        "con.",
        "x" * 300,
    ),
    # Names that languages own
    *("__proto__", "constructor", "__class__", "toString", "hasOwnProperty", "self", "def", "id"),
    # Formats of our own
    *(
        "a--b",
        "_x41_",
        "--",
        "a|b",
        "supplies (denied)",
        "doc:1",
        ":",
        "::",
        "a:",
        "country:",
        "[[x]]",
    ),
    *(
        "# x",
        "- x",
        "---",
        "> x",
        "```",
        "| x",
        "1. x",
        "*x*",
        "_x_",
        "[a](b)",
        "![a](b)",
        "%% x",
        "#tag",
    ),
    # Long
    *("A" * 5000, "S-" * 2000, "(" * 1000, "\U0001f680" * 500, "a b " * 1000, "é" * 1000),
)

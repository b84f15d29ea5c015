"""The plain text of a piece of Markdown: emphasis, links, marks, entities and formulas undone."""

from __future__ import annotations

import html
import re

_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~%$&^<'\"=:,;/])")
_HIDDEN = "\ue000"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"\s*(?:<\s*/?\s*br\s*/?\s*>|</(?:p|div|li|h[1-6])\s*>)\s*", re.IGNORECASE)
_SUP = re.compile(r"<sup[^<>]*>(.*?)</sup\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()]*\)|\{[^{}]*\})")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]*\]")
_MATH = re.compile(r"\$\$?([^$]*[\\_^][^$]*)\$\$?")
_MATH_WORD = re.compile(r"\\(?:mathrm|mathbf|mathit|mathsf|textbf|textit|text|bf|rm)\b\s*")
_RAISED = re.compile(r"\^(?:\{([^{}]*)\}|(\w))")
_LOWERED = re.compile(r"_(?:\{([^{}]*)\}|(\w))")
_PANDOC_RAISED = re.compile(r"\^([0-9a-z*]{1,3})\^")
_PANDOC_LOWERED = re.compile(r"(?<=\w)~(\d{1,2})~")
_STRONG = re.compile(r"\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|~~")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]*?[^\s*])\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])([^_]*?[^\s_])_(?!\w)"
)
_CODE = re.compile(r"`+([^`]*)`+")


def plain(text: str) -> str:
    """The text a reader sees; line breaks inside a cell stay as ``\\n``.

    Footnote marks are dropped, or kept as superscripts where they stand as such, so that
    ``1,234<sup>2</sup>`` never becomes 12,342.
    """
    if not text or text.isalnum():
        return text.strip()
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[1])
        return f"{_HIDDEN}{len(held) - 1}{_HIDDEN}"

    text = _COMMENT.sub(" ", text.replace(_HIDDEN, ""))
    text = _IMAGE.sub("", _BREAK.sub("\n", text)) if "<" in text or "![" in text else text
    text = _MATH.sub(lambda found: _formula(found[1]), text) if "$" in text else text
    text = _ESCAPED.sub(hold, text)
    text = _SUP.sub(lambda found: raised(found[1]), text)
    text = _FOOTNOTE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = _unmarked(text)
    text = re.sub(f"{_HIDDEN}(\\d+){_HIDDEN}", lambda found: held[int(found[1])], text)
    return tidy(html.unescape(text))


def tidy(text: str) -> str:
    """Spaces as single spaces, lines without blanks at their ends, no control signs."""
    text = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text)
    text = re.sub("[^\\S\n\u00a0\u202f\u2009\u2007]+", " ", text)
    lines = (line.strip(" \t\u00a0\u202f\u2009\u2007") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def raised(text: str) -> str:
    """A superscript as signs that no number swallows; letters and brackets are mere marks."""
    bare = _TAG.sub("", text).strip().strip("()[]")
    return bare.translate(_SUPERSCRIPTS) if re.fullmatch(r"[0-9+,\s-]+", bare) else ""


def _unmarked(text: str) -> str:
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "^" in text:
        text = _PANDOC_RAISED.sub(lambda found: raised(found[1]), text)
    if "~" in text:
        text = _PANDOC_LOWERED.sub(r"\1", text)
    if "*" in text or "_" in text or "~~" in text:
        text = _STRONG.sub("", text)
        text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return text


def _formula(text: str) -> str:
    text = _MATH_WORD.sub("", text)
    text = re.sub(r"\\([%$#&_,;! ])", r"\1", text).replace("\\,", " ")
    text = _RAISED.sub(lambda found: raised(found[1] or found[2]), text)
    text = _LOWERED.sub(lambda found: found[1] or found[2], text)
    return re.sub(r"[{}]", "", text).strip()


def is_bold(text: str) -> bool:
    """Whether a whole line is emphasised."""
    bare = text.strip()
    return len(bare) > 4 and bare[:2] in ("**", "__") and bare.rstrip(":").endswith(("**", "__"))

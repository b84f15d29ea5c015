"""A sealed contract as people are handed it: PDF, DOCX, XLSX, CSV and SVG in both languages.

The tables themselves are in ``vatra.contract.render.tables``.
"""

from vatra.contract.render.answer import Answer, Verdict, answer
from vatra.contract.render.files import render_all, rendered, write_whole

__all__ = ["Answer", "Verdict", "answer", "render_all", "rendered", "write_whole"]

"""Who may hand in, and who decides."""

from __future__ import annotations

from vatra.web.people.rules import may_contribute, may_edit_city, may_read_work

may_see = may_read_work
may_hand_in = may_contribute
may_decide = may_edit_city

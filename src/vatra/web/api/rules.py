"""Who may make which token."""

from __future__ import annotations

from vatra.web.people.rules import is_signed_in, may_read_work, proved_twice

may_make_token = is_signed_in
# A token opens without a second proof: who needs one for a role gives it before making the token.
may_make_city_token = may_read_work & proved_twice

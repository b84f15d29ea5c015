"""What a person says of a new token."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms

from vatra.web.cities.models import City
from vatra.web.people.holding import today

NAME_LENGTH = 80
USUAL_DAYS = 90
# What a person chooses -> the scopes of the token.
SCOPES_OF = {"read": ("read",), "work": ("read", "work")}


class TokenForm(forms.Form):
    """A name, what may be read, of which city, until when."""

    name = forms.CharField(max_length=NAME_LENGTH, strip=True)
    scopes = forms.ChoiceField(choices=[(each, each) for each in SCOPES_OF])
    city = forms.ChoiceField(required=False)
    expires = forms.DateField(input_formats=["%Y-%m-%d"])

    def __init__(self, *args: Any, cities: Iterable[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cities = {each.slug: each for each in cities}
        city = self.fields["city"]
        assert isinstance(city, forms.ChoiceField)
        city.choices = [("", ""), *((slug, each.name) for slug, each in self.cities.items())]
        self.fields["expires"].initial = (today() + timedelta(days=USUAL_DAYS)).isoformat()

    @property
    def values(self) -> dict[str, Any]:
        """What ``do_make_token`` takes."""
        held = self.cleaned_data
        return {
            "name": held["name"],
            "scopes": SCOPES_OF[held["scopes"]],
            "city": self.cities.get(held["city"]),
            "expires": held["expires"],
        }

    @property
    def faults(self) -> dict[str, str]:
        """Field -> the key of what is wrong with it."""
        return {name: _FAULTS[name] for name in self.errors if name in _FAULTS}


_FAULTS = {
    "name": "web.api.token-name-missing",
    "scopes": "web.api.token-scopes",
    "city": "web.api.token-city-wrong",
    "expires": "web.api.token-day-wrong",
}

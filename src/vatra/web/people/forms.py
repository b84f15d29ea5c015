"""What people may send in, and what is wrong with it by a code that our texts explain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from vatra.web.people.holding import today
from vatra.web.people.models import KINDS, LANGUAGE_CHOICES, Organisation, User
from vatra.web.people.roles import ROLES

NAME_LENGTH = 120


class AccountForm(forms.Form):
    """How a person is called, and the language of letters."""

    name = forms.CharField(max_length=NAME_LENGTH, required=False, strip=True)
    language = forms.ChoiceField(choices=LANGUAGE_CHOICES)


class AcceptForm(forms.Form):
    """A new account: a name, and a password twice."""

    name = forms.CharField(max_length=NAME_LENGTH, strip=True)
    password1 = forms.CharField(strip=False, max_length=200, widget=forms.PasswordInput)
    password2 = forms.CharField(strip=False, max_length=200, widget=forms.PasswordInput)

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError("", code="passwords_differ"))
        if first:
            self._check(first, str(cleaned.get("name", "")))
        return cleaned

    def _check(self, password: str, name: str) -> None:
        try:
            password_validation.validate_password(password, User(email=self.email, name=name))
        except ValidationError as problem:
            self.add_error("password1", problem)


class JoinForm(forms.Form):
    """Taking up a role with the account that one has: nothing to fill in."""


class EraseForm(forms.Form):
    """The account's address, typed once more."""

    email = forms.CharField(max_length=254)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        self.expected = expected
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        if self.cleaned_data["email"].strip().lower() != self.expected:
            raise ValidationError("", code="not_this_address")
        return self.expected


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(choices=[(each, each) for each in ROLES])


class InviteForm(RoleForm):
    """Whom to invite, as what, until when."""

    email = forms.EmailField(max_length=254)
    until = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y"])
    field_order = ("email", "role", "until")

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until < today():
            raise ValidationError("", code="day_gone")
        return until


class DoorForm(forms.Form):
    """Who reads the city's pages."""

    members_only = forms.BooleanField(required=False)


class DelegateForm(RoleForm):
    """The organisation that gets a role, among those that are known here, and until when."""

    organisation = forms.ModelChoiceField(queryset=Organisation.objects.all())
    until = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y"])
    field_order = ("organisation", "role", "until")

    clean_until = InviteForm.clean_until


class OrganisationForm(forms.Form):
    """What an organisation is called and what it is."""

    title = forms.CharField(max_length=200, strip=True)
    kind = forms.ChoiceField(choices=[(each, each) for each in KINDS])


class JoiningForm(forms.Form):
    """Whom to invite into an organisation, and whether to manage it."""

    email = forms.EmailField(max_length=254)
    part = forms.ChoiceField(choices=[("member", "member"), ("manager", "manager")])

"""People and organisations."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership, Organisation, Role, User

pytestmark = pytest.mark.django_db


def test_a_person_is_called_by_name_or_else_by_login() -> None:
    assert User(username="sam", first_name="Sam", last_name="Rivera").display_name == "Sam Rivera"
    assert User(username="sam").display_name == "sam"


def test_an_address_belongs_to_one_account() -> None:
    User.objects.create_user("one", "same@viva.example", "a password")
    with transaction.atomic(), pytest.raises(IntegrityError):
        User.objects.create_user("two", "same@viva.example", "a password")


def test_one_role_in_each_organisation() -> None:
    user = User.objects.create_user("sam", "sam@viva.example", "a password")
    organisation = Organisation.objects.create(name="Brightwater")
    membership = Membership.objects.create(user=user, organisation=organisation)
    assert membership.role == Role.RECRUITER
    assert str(membership) == "sam · recruiter"
    with transaction.atomic(), pytest.raises(IntegrityError):
        Membership.objects.create(user=user, organisation=organisation, role=Role.ADMIN)

"""Changes a row as it is now, so that of two who change it at once neither undoes what the other wrote."""

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from rest_framework import serializers

from rest.errors import NotFoundError

M = TypeVar("M", bound=Model)


class ChangingSerializer(serializers.ModelSerializer[M]):
    """DRF's own writes every column back as it was when the request began."""

    @transaction.atomic
    def update(self, instance: M, validated_data: dict[str, Any]) -> M:
        """Raises NotFoundError for a row that was deleted meanwhile."""
        rows = type(instance)._default_manager.select_for_update()  # noqa: SLF001 (Django documents it)
        fresh = rows.filter(pk=instance.pk).first()
        if fresh is None:
            raise NotFoundError(str(instance._meta.verbose_name))
        for name, value in validated_data.items():
            setattr(fresh, name, value)
        fresh.save()
        return fresh

"""Forms of the console: a label, a hint and the mistake beside each field, each told to screen readers."""

from typing import Any, ClassVar

from django import forms
from django.forms.renderers import DjangoTemplates
from rest_framework import serializers

from rest.errors import WHOLE, body_of

CHOOSE_AGAIN = "Please choose the file again: browsers don't keep it."


class ConsoleRenderer(DjangoTemplates):
    """Draws fields as the console does; everything else is Django's."""

    field_template_name = "web/console/field.html"
    form_template_name = "web/console/form.html"


class ConsoleForm(forms.Form):
    """The form of a page. `serializer_names` maps names of the interface's fields to this form's."""

    default_renderer = ConsoleRenderer
    serializer_names: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def add_error(self, field: str | None, error: Any) -> None:
        """As every form, and beside a chosen file that it has to be chosen again: the page can't keep it."""
        super().add_error(field, error)
        for name, one in self.fields.items():
            is_lost = isinstance(one, forms.FileField) and self.add_prefix(name) in self.files
            if is_lost and name not in self.errors:
                super().add_error(name, CHOOSE_AGAIN)

    def refuse(self, error: serializers.ValidationError) -> None:
        """This will put what the interface's own rules refuse beside the fields they speak of."""
        for path, messages in body_of(error)["error"]["fields"].items():
            name = path.split(".")[0]
            own = self.serializer_names.get(name, name)
            field = own if own in self.fields and path != WHOLE else None
            where = "" if field is not None or path == WHOLE else f"{path}: "
            for message in messages:
                self.add_error(field, f"{where}{message}")

"""Pages of twenty, or of up to a hundred when asked for."""

from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100

    def get_page_size(self, request: Request) -> int:
        """A size that is none is an error, where DRF would silently take its own."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and int(asked[:10]) > 0):
            raise ValidationError({self.page_size_query_param: "A whole number from 1 to 100."})
        return min(int(asked[:10]), self.max_page_size)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters = super().get_schema_operation_parameters(view)
        for one in parameters:
            one["schema"] |= {"minimum": 1}
        return parameters

"""Every HTTP address of the project."""

from django.contrib import admin
from django.urls import include, path

from interviews.api.views.root import Root

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("interviews.api.urls")),
    path("api", Root.as_view()),
    path("api/v1", Root.as_view()),
    path("api/", include("interviews.api.urls")),
    path("", include("web.urls")),
]

# Below /api/ these answer in its one error shape.
handler400 = "interviews.api.errors.bad_request"
handler403 = "interviews.api.errors.permission_denied"
handler404 = "interviews.api.errors.not_found"
handler500 = "interviews.api.errors.server_error"

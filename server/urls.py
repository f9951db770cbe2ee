"""Every HTTP address of the project."""

from django.contrib import admin
from django.urls import include, path

from interviews.api.views.root import Root

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("server.api_urls")),
    path("api", Root.as_view()),
    path("api/v1", Root.as_view()),
    path("api/", include("server.api_urls")),
    path("", include("web.urls")),
]

# Below /api/ these answer in its one error shape.
handler400 = "rest.errors.bad_request"
handler403 = "rest.errors.permission_denied"
handler404 = "rest.errors.not_found"
handler500 = "rest.errors.server_error"

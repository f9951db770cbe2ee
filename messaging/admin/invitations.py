"""Files of people who were invited, in Django's admin."""

from django.contrib import admin

from accounts.read_only_admin import ReadOnlyAdmin
from messaging.models import InvitationBatch


@admin.register(InvitationBatch)
class InvitationBatchAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "organisation", "status", "done", "total", "created_by")
    list_filter = ("status",)
    search_fields = ("organisation__name", "created_by__username")
    list_select_related = ("organisation", "created_by")
    date_hierarchy = "created_at"

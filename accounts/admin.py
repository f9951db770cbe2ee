"""Organisations and the people in them, in Django's admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from accounts.models import Membership, Organisation, SecurityEvent, TeamInvitation, User
from accounts.read_only_admin import ReadOnlyAdmin, ReadOnlyInline, shortened

admin.site.site_header = "Viva"
admin.site.site_title = "Viva"
admin.site.index_title = "What is kept, and who may see it"
# Their pages show refresh tokens whole: whoever may look would be able to act as anybody.
admin.site.unregister([BlacklistedToken, OutstandingToken])


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("user", "organisation")


class MemberInline(ReadOnlyInline):
    """To be read: a form a member would be too much to send for a large organisation."""

    model = Membership
    fields = ("user", "role")
    related = ("user",)
    show_change_link = True


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ("name", "contact_name", "contact_email", "retention_days", "created_at")
    search_fields = ("name", "contact_name", "contact_email")
    inlines = (MemberInline,)
    readonly_fields = ("created_at",)


@admin.register(User)
class ViewerAdmin(UserAdmin):
    list_display = ("username", "full_name", "email", "is_active", "is_staff", "last_login")
    search_fields = ("username", "email", "full_name")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("full_name", "email", "time_zone", "email_notifications")}),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "email", "full_name", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined")
    inlines = (MembershipInline,)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ("user", "organisation", "role")
    list_filter = ("role",)
    search_fields = ("user__username", "user__email", "organisation__name")
    list_select_related = ("user", "organisation")
    autocomplete_fields = ("user", "organisation")


@admin.register(TeamInvitation)
class TeamInvitationAdmin(ReadOnlyAdmin):
    list_display = ("email", "organisation", "role", "created_at", "expires_at", "accepted_at", "revoked_at")
    search_fields = ("email", "organisation__name")
    list_select_related = ("organisation",)
    exclude = ("mark", "token_hash")


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "outcome", "user", "address", shortened("detail"))
    list_filter = ("kind", "outcome", "at")
    search_fields = ("user__username", "user__email", "address", "detail")
    list_select_related = ("user",)
    date_hierarchy = "at"

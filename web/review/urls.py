"""The addresses of: review of what was said and judged, reports and what is shared of them."""

from django.urls import URLPattern, path

from web.review import again, comparing, one, report_list, shared

ONE = "review/<uuid:uuid>/"

urlpatterns: list[URLPattern] = [
    path(ONE, one.review, name="review"),
    path(f"{ONE}rating/<int:number>/", one.rate_answer, name="review_rating"),
    path(f"{ONE}override/<int:number>/", one.override_answer, name="review_override"),
    path(f"{ONE}note/", one.note_down, name="review_note"),
    path(f"{ONE}again/", again.judge_again, name="review_again"),
    path(f"{ONE}judging/", again.judging, name="review_judging"),
    path(f"{ONE}share/", report_list.share, name="review_share"),
    path(f"{ONE}share/<int:share_id>/revoke/", report_list.revoke_share, name="review_revoke"),
    path("jobs/<int:job_id>/compare/", comparing.compare, name="compare"),
    path("reports/", report_list.reports, name="reports"),
    path("shared/report/<str:token>/", shared.shared_report, name="shared_report"),
]

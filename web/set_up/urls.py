"""The addresses of: jobs, plans and open links."""

from django.urls import URLPattern, path

from web.set_up.apply import apply_by_link
from web.set_up.jobs import change_job, delete_job, jobs, new_job, one_job
from web.set_up.open_links import close_link, make_link
from web.set_up.plans import changed_plan, new_plan, one_plan, plans

urlpatterns: list[URLPattern] = [
    path("jobs/", jobs, name="jobs"),
    path("jobs/new/", new_job, name="job_new"),
    path("jobs/<int:number>/", one_job, name="job"),
    path("jobs/<int:number>/change/", change_job, name="job_change"),
    path("jobs/<int:number>/delete/", delete_job, name="job_delete"),
    path("jobs/<int:number>/open-link/", make_link, name="job_link"),
    path("jobs/<int:number>/open-link/close/", close_link, name="job_link_close"),
    path("plans/", plans, name="plans"),
    path("plans/new/", new_plan, name="plan_new"),
    path("plans/<int:number>/", one_plan, name="plan"),
    path("plans/<int:number>/change/", changed_plan, name="plan_change"),
    path("apply/<str:token>/", apply_by_link, name="apply"),
]

"""Plans on pages: drafted, read, and changed into a next version, a row for each question."""

from typing import Any

from django.test import Client

from accounts.models import Organisation, User
from hiring.models import Job
from hiring.models import Plan as KeptPlan
from interviews.plans import content_of
from web.set_up.plan_rows import NAMES, fields_of, finder, wish_of
from web.set_up.rows import rows_of

SETTINGS = {
    "name": "Ward",
    "duration": "30",
    "max_follow_ups": "2",
    "persona": "Viva",
    "mode": "each",
    "notice": "",
    "redo": "once",
    "feedback": "words",
}


def as_sent(plan: KeptPlan, **changed: Any) -> dict[str, Any]:
    """What the page sends where nobody touched anything but `changed`."""
    sent: dict[str, Any] = {**SETTINGS, "version": str(plan.version), "row": []}
    for number, question in enumerate(content_of(plan).questions, 1):
        sent["row"].append(str(number))
        # A browser sends lines with both ends, and no box that is not ticked.
        fields = {name: value.replace("\n", "\r\n") for name, value in fields_of(question).items()}
        sent |= {f"{number}-{name}": value for name, value in fields.items() if name != "is_core" or value}
    return {**sent, **changed}


def current(plan: KeptPlan) -> KeptPlan:
    return KeptPlan.objects.get(first=plan, is_current=True)


def change(client: Client, plan: KeptPlan, **changed: Any) -> Any:
    return client.post(f"/plans/{plan.number}/change/", as_sent(plan, **changed))


def test_one_is_drafted_from_a_job(maker: Client, job: Job) -> None:
    assert f'<option value="{job.pk}" selected' in maker.get(f"/plans/new/?job={job.pk}").content.decode()
    sent = {
        "job": job.pk,
        "role": "Nurse",
        "count": "4",
        "duration": "25",
        "mode": "verbatim",
        "type": "mixed",
    }
    answer = maker.post("/plans/new/", sent)
    kept = KeptPlan.objects.get()
    assert answer["Location"] == f"/plans/{kept.number}/"
    assert (kept.job, kept.mode, kept.duration_minutes, len(kept.core_keys)) == (job, "verbatim", 25, 4)
    assert kept.name == "Nurse"


def test_what_the_interface_refuses_is_told_in_the_form(maker: Client) -> None:
    answer = maker.post("/plans/new/", {"duration": "4", "mode": "adaptive", "type": "mixed", "count": "11"})
    assert set(answer.context["form"].errors) == {"duration", "count"}
    assert not KeptPlan.objects.exists()


def test_the_list_holds_current_versions_alone(maker: Client, plan: KeptPlan) -> None:
    change(maker, plan, name="Ward, second")
    page = maker.get("/plans/").context["page"]
    assert [one.name for one in page] == ["Ward, second"]
    assert [one.name for one in maker.get("/plans/", {"q": "nurse"}).context["page"]] == ["Ward, second"]
    assert not maker.get("/plans/", {"q": "falcon"}).context["page"].object_list


def test_its_page_shows_what_is_asked_and_why(maker: Client, plan: KeptPlan) -> None:
    page = maker.get(f"/plans/{plan.number}/").content.decode()
    for question in content_of(plan).questions:
        assert question.expected_points[0].text.replace("'", "&#x27;") in page
        assert question.follow_ups[0].replace("'", "&#x27;") in page
        assert question.anchors["3"].replace("'", "&#x27;") in page
    assert "no question goes into it" in page or "question" in page
    assert "30 minutes" in page


def test_kept_as_it_was_the_questions_stay_to_the_letter(maker: Client, plan: KeptPlan) -> None:
    answer = change(maker, plan)
    assert answer["Location"] == f"/plans/{plan.number}/"
    assert current(plan).version == 2
    assert content_of(current(plan)).questions == content_of(plan).questions
    assert "The same as before." in maker.get(f"/plans/{plan.number}/").content.decode()


def test_the_order_of_the_rows_is_the_order_of_the_questions(maker: Client, plan: KeptPlan) -> None:
    change(maker, plan, row=["3", "1", "2"])
    keys = [question.key for question in content_of(plan).questions]
    assert current(plan).core_keys == [keys[2], keys[0], keys[1]]
    page = maker.get(f"/plans/{plan.number}/").content.decode()
    assert "The order of the questions." in page
    assert "Added" not in page


def test_what_is_changed_of_one_question_makes_it_ones_own(maker: Client, plan: KeptPlan) -> None:
    change(
        maker,
        plan,
        **{"1-text": "What did you change on your ward?", "1-mode": "verbatim", "2-mode": "verbatim"},
    )
    first, second, third = content_of(current(plan)).questions
    assert (first.text, first.source, first.mode) == (
        "What did you change on your ward?",
        "person",
        "verbatim",
    )
    assert (second.source, second.mode) == (content_of(plan).questions[1].source, "verbatim")
    assert third == content_of(plan).questions[2]
    assert first.expected_points == content_of(plan).questions[0].expected_points
    page = maker.get(f"/plans/{plan.number}/").content.decode()
    assert "Reworded" in page
    assert "is now asked word for word." in page


def test_points_keep_the_words_that_show_them(maker: Client, plan: KeptPlan) -> None:
    before = content_of(plan).questions[0]
    lines = [f"{point.text} | {', '.join(point.cues)}" for point in before.expected_points]
    change(
        maker,
        plan,
        **{"1-points": "\r\n".join([*lines[1:], "Names a way back | roll* back , plan b,", "Is calm"])},
    )
    points = content_of(current(plan)).questions[0].expected_points
    assert points[: len(lines) - 1] == before.expected_points[1:]
    assert (points[-2].text, points[-2].cues) == ("Names a way back", ("roll* back", "plan b"))
    assert (points[-1].text, points[-1].cues) == ("Is calm", ())


def test_a_follow_up_that_is_taken_away_asks_for_no_point_any_more(maker: Client, plan: KeptPlan) -> None:
    change(maker, plan, **{"1-follow_ups": ""})
    question = content_of(current(plan)).questions[0]
    assert question.follow_ups == ()
    assert not [point for point in question.expected_points if point.probe]


def test_all_settings_are_kept(maker: Client, plan: KeptPlan, job: Job, organisation: Organisation) -> None:
    other = Job.objects.create(organisation=organisation, title="Night nurse")
    wish = {
        "name": "Night",
        "job": other.pk,
        "duration": "45",
        "max_follow_ups": "1",
        "persona": "Mara",
        "mode": "verbatim",
        "notice": "Ring twice.",
        "redo": "none",
        "feedback": "scores",
    }
    change(maker, plan, **wish)
    kept = current(plan)
    assert (kept.name, kept.job, kept.persona, kept.mode) == ("Night", other, "Mara", "verbatim")
    assert (kept.duration_minutes, kept.max_follow_ups) == (45, 1)
    assert (kept.notice, kept.redo, kept.feedback) == ("Ring twice.", "none", "scores")
    assert kept.content["questions"][0]["key"] == plan.content["questions"][0]["key"]
    page = maker.get(f"/plans/{plan.number}/").content.decode()
    for change_told in (
        "Called “Night”",
        "Planned for 45 minutes",
        "At most 1 follow-ups",
        "Mara, before Viva",
    ):
        assert change_told in page


def test_one_of_ones_own_is_added_and_one_that_counts_for_nobody(maker: Client, plan: KeptPlan) -> None:
    own = {
        "9-text": "How do you hand a ward over at night?",
        "9-kind": "behavioral",
        "9-difficulty": "beginner",
        "9-mode": "adaptive",
        "9-key": "",
    }
    change(maker, plan, row=["1", "2", "3", "9"], **own)
    last = content_of(current(plan)).questions[-1]
    assert (last.key, last.source, last.is_core) == ("own-1", "person", False)
    assert "counts in no score" in maker.get(f"/plans/{plan.number}/").content.decode()


def test_what_the_job_asks_for_is_offered_as_competency(maker: Client, plan: KeptPlan) -> None:
    page = maker.get(f"/plans/{plan.number}/change/").content.decode()
    assert '<datalist id="wanted"><option value="Communication"></option></datalist>' in page
    assert page.count('list="wanted"') == len(content_of(plan).questions)


def test_protected_topics_are_refused_beside_their_question(maker: Client, plan: KeptPlan) -> None:
    answer = change(maker, plan, **{"2-text": "Are you married?"})
    rows = answer.context["form"].rows
    assert [bool(row.mistakes) for row in rows] == [False, True, False]
    assert "family" in rows[1].mistakes[0]
    assert "Are you married?" in answer.content.decode()
    assert KeptPlan.objects.count() == 1


def test_no_question_at_all_is_refused(maker: Client, plan: KeptPlan) -> None:
    answer = change(maker, plan, row=[])
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert KeptPlan.objects.count() == 1


def test_who_opened_an_older_version_is_told_and_loses_nothing(maker: Client, plan: KeptPlan) -> None:
    change(maker, plan, persona="Mara")
    late = change(maker, plan, persona="Nora", notice="Typed for long.")
    assert "Somebody made version 2 meanwhile" in late.content.decode()
    assert "Typed for long." in late.content.decode()
    assert current(plan).persona == "Mara"


def test_without_scripts_rows_move_and_the_bank_is_searched(maker: Client, plan: KeptPlan) -> None:
    def keys(answer: Any) -> list[str]:
        return [row.fields["key"] for row in answer.context["form"].rows]

    first, second, third = plan.core_keys
    assert keys(change(maker, plan, do="up:2")) == [second, first, third]
    assert keys(change(maker, plan, do="remove:2")) == [first, third]
    assert keys(change(maker, plan, do="add")) == [first, second, third, ""]
    found = change(maker, plan, do="search", bank_words="slow orders", bank_role="Backend engineer")
    assert keys(found) == [first, second, third]
    assert "backend-index" in [one.key for one in found.context["finds"]]
    assert 'value="take:backend-index"' in found.content.decode()
    taken = change(maker, plan, do="take:backend-index")
    assert keys(taken)[-1] == "backend-index"
    assert keys(change(maker, plan, do=f"take:{first}")) == [first, second, third]  # it is there already
    assert keys(change(maker, plan, do="take:nothing")) == [first, second, third]
    assert KeptPlan.objects.count() == 1


def test_one_of_the_bank_stays_the_banks(maker: Client, plan: KeptPlan) -> None:
    row = change(maker, plan, do="take:backend-index").context["form"].rows[-1]
    fields = {f"{row.mark}-{name}": value for name, value in row.fields.items()}
    change(maker, plan, row=["1", "2", "3", row.mark], **fields)
    last = content_of(current(plan)).questions[-1]
    assert (last.key, last.source, last.is_core) == ("backend-index", "bank", True)


def test_a_former_version_can_be_read_and_not_changed(maker: Client, plan: KeptPlan) -> None:
    change(maker, plan, persona="Mara")
    page = maker.get(f"/plans/{plan.number}/", {"version": "1"}).content.decode()
    assert "This is an earlier version." in page
    assert "/change/" not in page


def test_rows_and_questions_are_the_same_thing(plan: KeptPlan) -> None:
    questions = content_of(plan).questions
    rows = rows_of(fields_of(question) for question in questions)
    assert set(rows[0].fields) == set(NAMES)
    wished = wish_of(rows, finder(questions))
    assert [one["key"] for one in wished] == [question.key for question in questions]


def test_drafting_is_counted_with_what_programs_send(maker: Client, recruiter: User, spent: Any) -> None:
    spent("plans", f"user-{recruiter.pk}", 60)
    form = {"role": "Nurse", "duration": "30", "mode": "adaptive", "type": "mixed", "count": "1"}
    answer = maker.post("/plans/new/", form)
    assert "That was very often" in answer.content.decode()
    assert not KeptPlan.objects.exists()

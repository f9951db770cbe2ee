import msgspec
import pytest

from reports import sample, sample_words
from reports.content import Competency, HiringDecision, HumanRating, Note, OverallScore, TranscriptTurn
from reports.pdf import render_pdf
from reports.pdf.front_page import A_PERSON_DECIDES

EDITIONS = {
    f"{name}-{edition}": (make if edition == "panel" else lambda make=make: sample.as_candidate(make()))
    for name, make in sample.ALL.items()
    for edition in ("panel", "candidate")
}
each_edition = pytest.mark.parametrize("make", EDITIONS.values(), ids=EDITIONS.keys())


def squeezed(text: str) -> str:
    return "".join(text.split())


@each_edition
def test_equal_content_gives_equal_bytes(make) -> None:
    assert render_pdf(make()) == render_pdf(make())


def test_other_content_gives_another_file_identifier(read) -> None:
    one = read(sample.short()).trailer["/ID"][0]
    other = read(msgspec.structs.replace(sample.short(), session_uuid="another")).trailer["/ID"][0]
    assert one != other


def test_what_was_rendered_before_does_not_matter() -> None:
    alone = render_pdf(sample.short())
    render_pdf(sample.all_scripts())
    assert render_pdf(sample.short()) == alone


@each_edition
def test_every_page_says_which_of_how_many_it_is(make, read) -> None:
    pages = read(make()).pages
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in " ".join(page.extract_text().split())
        assert [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842]


@each_edition
def test_every_font_is_embedded_and_maps_back_to_text(make, read) -> None:
    for page in read(make()).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert descriptor["/FontFile2"].get_data()[:4] == b"\x00\x01\x00\x00"
            assert font["/ToUnicode"].get_data()
            assert font["/BaseFont"][7] == "+"


@each_edition
def test_nothing_active_or_foreign_gets_in(make, read) -> None:
    reader = read(make())
    assert "/AcroForm" not in reader.trailer["/Root"]
    assert "/Names" not in reader.trailer["/Root"]
    for page in reader.pages:
        assert "/Annots" not in page
        assert "/XObject" not in page["/Resources"]


@each_edition
def test_every_marked_content_is_in_the_structure_tree(make, read) -> None:
    root = read(make()).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for page, elements in zip(numbers[::2], numbers[1::2], strict=True):
        for mcid, element in enumerate(elements):
            assert (page, mcid) in marked_content(element.get_object(), read)


def marked_content(element, read) -> set[tuple[int, int]]:
    kids = element["/K"]
    first_page = element["/Pg"].get_object()["/StructParents"]
    found = set()
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, int):
            found.add((first_page, kid))
        elif "/MCID" in kid:
            found.add((kid["/Pg"]["/StructParents"], kid["/MCID"]))
    return found


def test_charts_are_vectors_with_words_for_those_who_cannot_see_them(read) -> None:
    tree = read(sample.short()).trailer["/Root"]["/StructTreeRoot"]
    alts = [element["/Alt"] for element in walk(tree["/K"]) if element["/S"] == "/Figure"]
    assert any(alt.startswith("Competencies on anchors 1 to 5: Ownership 3.7 from 2 answers") for alt in alts)
    assert any(alt.startswith("Who spoke when over 9 min 30 s: interviewer") for alt in alts)
    assert any(alt.startswith("74 of 100, Good") for alt in alts)


def test_tables_are_tables_for_those_who_hear_them(read) -> None:
    tree = read(sample.short()).trailer["/Root"]["/StructTreeRoot"]
    tables = [element for element in walk(tree["/K"]) if element["/S"] == "/Table"]
    rows = [[row.get_object() for row in table["/K"]] for table in tables]
    assert [len(found) for found in rows] == [
        4,
        4,
    ]  # ratings, and the job's competencies, each with its heads
    assert all(row["/S"] == "/TR" for found in rows for row in found)
    kinds = [[cell.get_object()["/S"] for cell in row["/K"]] for row in rows[1]]
    assert kinds == [["/TH"] * 3, *[["/TH", "/TD", "/TD"]] * 3]


def test_a_conversation_without_a_score_is_not_judged_of_100(text_of) -> None:
    unscored = msgspec.structs.replace(sample.short(), overall=OverallScore(answers_total=6))
    assert "not judged of 100" not in text_of(unscored)


def walk(element):
    yield element
    kids = element.get("/K", [])
    for reference in kids if isinstance(kids, list) else [kids]:
        kid = reference.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            yield from walk(kid)


def titles(outline) -> list[str]:
    return [str(item.title) for item in outline if not isinstance(item, list)]


def test_bookmarks_lead_to_sections_and_questions(read) -> None:
    reader = read(sample.short())
    assert titles(reader.outline) == [
        "Summary",
        "Summary in words",
        "Competencies",
        "Questions and answers",
        "People's ratings beside the computed ones",
        "Who spoke when",
        "Résumé claims",
        "Skill gaps",
        "Job Fit Score",
        "Anchors in words",
        "Notes",
        "Plain facts",
        "Limits and where this comes from",
        "Transcript",
    ]
    questions = next(item for item in reader.outline if isinstance(item, list))
    assert len(questions) == 6
    for item in [*[i for i in reader.outline if not isinstance(i, list)], *questions]:
        page = reader.pages[reader.get_destination_page_number(item)]
        heading = item.title if item not in questions else item.title.split(" ", 1)[1]
        assert item.title == "Summary" or squeezed(heading).rstrip("…") in squeezed(page.extract_text())


def test_the_file_says_what_it_is(read) -> None:
    reader = read(sample.short())
    assert reader.metadata.title == "Interview report: Zoë Łukasz, Backend engineer"
    assert reader.metadata.author == "Acme Logistics"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert b"Zo\xc3\xab" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_page_1_stands_alone(read) -> None:
    page = " ".join(read(sample.short()).pages[0].extract_text().split())
    for expected in (
        "Zoë Łukasz",
        "Backend engineer · senior",
        "20 November 2026, 10:30 UTC",
        "Complete: 6 of 6 questions answered",
        "74 of 100",
        "Good",
        "Rests on 5 of 6 answers and 10 pieces of evidence.",
        "Keeps data safe while systems change",
        "00:08",
        "“We moved the data in small batches”",
        "How a change is undone when it fails",
        "answer to question 6",
        A_PERSON_DECIDES,
    ):
        assert expected in page


def test_page_1_stays_one_page_however_much_is_said(read) -> None:
    long = "a very long thing to say about somebody " * 20
    finding = sample.short().strengths[0]
    finding = msgspec.structs.replace(finding, text=long)
    content = msgspec.structs.replace(
        sample.short(),
        candidate_name=long,
        role=long,
        strengths=(finding,) * 5,
        things_to_probe=(finding,) * 5,
        overall=msgspec.structs.replace(sample.short().overall, basis=long),
        decision=HiringDecision("advance", "Dana", None, long),
    )
    pages = read(content).pages
    assert "Decided by Dana: Advance." in " ".join(pages[0].extract_text().split())
    assert pages[1].extract_text().startswith("Summary in words")


def test_a_decision_replaces_the_sentence_that_a_person_decides(text_of) -> None:
    decided = msgspec.structs.replace(
        sample.short(), decision=HiringDecision("hold", "Dana Cohen", None, "More talks.")
    )
    text = text_of(decided)
    assert "Decided by Dana Cohen: Hold. Reason: More talks." in text
    assert A_PERSON_DECIDES not in text


def test_nothing_scored_is_said_so_rather_than_zero(text_of) -> None:
    unscored = msgspec.structs.replace(sample.short(), overall=OverallScore(answers_total=6))
    assert "Not scored" in text_of(unscored)


def test_criteria_that_were_not_judged_say_so(text_of) -> None:
    text = text_of(sample.short())
    assert "Accuracy not judged" in text
    assert "Depth not judged" in text


def test_a_quote_nobody_said_is_struck_and_counted(text_of) -> None:
    text = text_of(sample.short())
    assert "three teams in two countries" not in text
    assert "1 quote could not be found in the transcript and was struck." in text


def test_each_covered_point_stands_with_the_words_that_show_it(text_of) -> None:
    text = text_of(sample.short())
    point = sample.short().questions[0].answer.covered[0]
    assert f"Heard • {point.text}" in text
    assert f"{point.text} 00:08 “{point.quote.text}" in text


def test_several_judgements_show_their_spread_and_ask_for_a_person(text_of, read) -> None:
    text = text_of(sample.short())
    assert "3 times: scores 58, 72, 74; anchors 2, 4, 4." in text
    assert "more than one anchor apart: a person should decide" in text
    front = " ".join(read(sample.short()).pages[0].extract_text().split())
    assert "A person should look at the answer to question 3" in front


def test_provenance_says_who_judged_by_which_rubric_and_at_what_cost(text_of) -> None:
    text = text_of(sample.short())
    assert "large-7b · 31 requests, 1 of them without an answer · 48211 tokens in, 6420 out" in text
    assert "large-7b at models.acme.example · prompt 4 · rubric 5e0c7b2f6a4d · words 91c4a3f21b4a" in text
    assert "worded 2 of 13 replies" in text


def test_gaps_say_how_large_they_are_and_the_job_fit_what_it_rests_on(text_of) -> None:
    text = text_of(sample.short())
    assert "Ways back medium gap" in text
    assert "69 of 100, resting on 8 of 10 parts of the job's weight" in text
    assert "Mentoring 2 not assessed" in text


def test_an_answer_heard_badly_is_not_scorable(text_of) -> None:
    assert "Not scorable. The line was noisy: confidence 38 %. It counts neither way." in text_of(
        sample.short()
    )


def test_markup_from_people_is_printed_as_text(text_of) -> None:
    text = squeezed(text_of(sample.hostile()))
    for hostile in sample_words.HOSTILE[:3]:
        assert squeezed(hostile) in text
    assert "nulbelloverridegnp.exemark" in text
    assert "=cmd|'/Ccalc'!A0" in text


@pytest.mark.parametrize(("name", "script"), sample_words.NAMES)
def test_names_in_every_script_can_be_found_in_the_text(name: str, script: str, read) -> None:
    content = msgspec.structs.replace(sample.none(), candidate_name=name)
    page = read(content).pages[0].extract_text()
    assert sorted(squeezed(name)) == sorted(squeezed(page.split("Backend")[0].split("edition")[1])), script


def test_a_glyph_no_font_has_shows_a_box_and_keeps_its_text(text_of) -> None:
    assert "\U00013000" in text_of(msgspec.structs.replace(sample.none(), candidate_name="Sam \U00013000"))


def test_the_candidate_edition_has_own_words_corrections_and_rights(text_of) -> None:
    text = text_of(sample.as_candidate(sample.short()))
    for expected in (
        "Your interview",
        "You said Honestly our tests are slow",
        "You corrected Our tests are slow",
        "What could not be scored",
        "This never counts against you.",
        "ask for a person to look at your answers again",
        "people@acme.example",
        "20 May 2027",
    ):
        assert expected in text
    assert "of 100" not in text


@each_edition
def test_reports_stay_within_400_kilobytes(make) -> None:
    assert len(render_pdf(make())) < 400_000


def test_a_report_of_almost_nothing_has_every_unconditional_part(text_of) -> None:
    text = text_of(sample.none())
    for expected in ("Abandoned: 0 of 6 questions answered", "Not scored", "Nobody has rated", "Plain facts"):
        assert expected in text


def places(reader) -> list[tuple[float, float]]:
    """Where every stretch of text begins, from the pages' bottom left corners."""
    found: list[tuple[float, float]] = []

    def note(text, _cm, tm, _font, _size) -> None:
        if text.strip():
            found.append((tm[4], tm[5]))

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    return found


@each_edition
def test_all_text_stands_within_the_margins(make, read) -> None:
    assert all(50 < x < 545 and 25 < y < 800 for x, y in places(read(make())))


def test_endless_names_do_not_push_anything_off_the_page(read, text_of) -> None:
    endless = "W" * 900
    content = msgspec.structs.replace(
        sample.short(),
        notes=(Note(endless, "the note itself"),),
        transcript=(TranscriptTurn("candidate", "the turn itself", endless),),
        human_ratings=(HumanRating(endless, 3, comment="word " * 2000 + "the last word"),),
        competencies=tuple(Competency(f"{endless} {n}", 3, 1) for n in range(80)),
    )
    text = text_of(content)
    for expected in ("the note itself", "the turn itself", "the last word"):
        assert expected in text
    assert min(y for _, y in places(read(content))) > 25


def test_many_hours_with_many_interruptions_still_render(read) -> None:
    content = sample.long()
    timeline = msgspec.structs.replace(
        content.timeline, marks=content.timeline.marks * 60, duration_ms=9 * 3_600_000
    )
    assert len(read(msgspec.structs.replace(content, timeline=timeline)).pages) > 30

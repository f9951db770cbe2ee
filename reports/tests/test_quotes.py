from reports.content import Answer, Finding, Question, Quote, ReportContent, TranscriptTurn
from reports.quotes import normalised, verify_quotes

SAID = (
    TranscriptTurn("interviewer", "Did you use small batches?", at_ms=0, to_ms=2_000),
    TranscriptTurn(
        "candidate", "We moved it in small batches, so nobody lost any orders.", at_ms=3_000, to_ms=9_000
    ),
    TranscriptTurn("candidate", "Small batches again. 我们把数据分成小批迁移。", at_ms=20_000, to_ms=25_000),
)


def content(*quotes: Quote) -> ReportContent:
    return ReportContent(
        edition="panel",
        organisation="Acme",
        candidate_name="Zoë",
        role="Engineer",
        session_uuid="u",
        strengths=tuple(Finding("strong", quote) for quote in quotes),
        questions=(Question(1, "How?", answer=Answer("…", quotes=quotes)),),
        transcript=SAID,
    )


def verified(quote: Quote) -> Quote | None:
    kept = verify_quotes(content(quote)).strengths
    return kept[0].quote if kept else None


def test_a_quote_that_was_said_is_matched_whatever_its_case_and_punctuation() -> None:
    found = verified(Quote("small BATCHES — so nobody lost any orders!", 4_000))
    assert found == Quote("small BATCHES — so nobody lost any orders!", 4_000, matched=True)


def test_what_the_interviewer_said_is_no_quote_of_the_candidate() -> None:
    assert verified(Quote("Did you use small batches")) is None


def test_half_a_word_is_not_a_quote() -> None:
    assert verified(Quote("mall batches")) is None
    assert verified(Quote("any order")) is None


def test_words_in_another_order_are_not_a_quote() -> None:
    assert verified(Quote("batches small")) is None


def test_an_ellipsis_stands_for_words_left_out_within_one_turn() -> None:
    assert verified(Quote("We moved it … nobody lost")) is not None
    assert verified(Quote("nobody lost … We moved it")) is None
    assert verified(Quote("nobody lost … again")) is None


def test_a_script_without_spaces_is_matched_within_its_sentence() -> None:
    assert verified(Quote("数据分成小批")) is not None
    assert verified(Quote("数据迁移")) is None


def test_a_correction_counts_as_said() -> None:
    corrected = TranscriptTurn("candidate", "we lost no odours", corrected_text="we lost no orders", at_ms=0)
    report = ReportContent(
        "panel", "", "", "", "", strengths=(Finding("x", Quote("lost no orders")),), transcript=(corrected,)
    )
    assert verify_quotes(report).quotes_struck == 0


def test_a_time_outside_every_turn_that_says_it_becomes_the_nearest_ones_beginning() -> None:
    found = verified(Quote("small batches", 19_000))
    assert found is not None
    assert found.at_ms == 20_000


def test_invented_and_empty_quotes_are_taken_out_and_counted_wherever_they_stand() -> None:
    checked = verify_quotes(content(Quote("I led three teams"), Quote("…"), Quote("small batches")))
    assert checked.quotes_struck == 2  # each once, though both stand in two places
    assert [finding.quote.text for finding in checked.strengths] == ["small batches"]
    answer = checked.questions[0].answer
    assert answer is not None
    assert [quote.text for quote in answer.quotes] == ["small batches"]


def test_checking_twice_changes_nothing() -> None:
    once = verify_quotes(content(Quote("I led three teams"), Quote("small batches")))
    assert verify_quotes(once) == once


def test_apostrophes_and_width_do_not_matter() -> None:
    assert normalised("Ｄon’t  STOP!") == normalised("don't stop")

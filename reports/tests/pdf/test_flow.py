from reports.pdf.flow import Piece, paginate


def piece(height: float, *, space: float = 0, keeps: bool = False, starts: bool = False) -> Piece:
    return Piece(height, lambda _pen, _x, _top: None, space, keeps, starts)


def heights(pieces: list[Piece], page: float = 100) -> list[list[float]]:
    return [[placed.piece.height for placed in placed_page] for placed_page in paginate(pieces, page)]


def test_pieces_fill_a_page_before_the_next_begins() -> None:
    assert heights([piece(40), piece(50), piece(20)]) == [[40, 50], [20]]


def test_a_heading_goes_with_what_follows() -> None:
    assert heights([piece(80), piece(10, keeps=True), piece(20)]) == [[80], [10, 20]]


def test_space_before_is_dropped_at_the_top_of_a_page() -> None:
    (first, second) = paginate([piece(90, space=30), piece(50, space=30)], 100)
    assert [first[0].top, second[0].top] == [0, 0]


def test_a_group_too_long_for_any_page_is_divided_rather_than_lost() -> None:
    assert heights([piece(60, keeps=True), piece(60, keeps=True), piece(60)]) == [[60], [60], [60]]


def test_a_piece_may_ask_for_a_fresh_page() -> None:
    assert heights([piece(10), piece(10, starts=True)]) == [[10], [10]]


def test_nothing_gives_one_empty_page() -> None:
    assert paginate([], 100) == [[]]

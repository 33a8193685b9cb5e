import pytest

from actorgraph.graph.resolution.spelling import fold, is_acronym, is_designation, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NATO", "nato"),
        ("S-400", "S 400"),
        ("S-400", "S400"),
        ("S‑400", "S-400"),
        ("Su-30 MKI", "Su-30MKI"),
        ("the Pentagon", "Pentagon"),
        ("“The”", "The"),
        ("Russia's", "Russia"),
        ("United States'", "United States"),
        ("Missile Defense Agency", "Missile Defence Agency"),
        ("U.S. Army", "US Army"),
        ("Research & Development Fund", "Research and Development Fund"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Lech Wałęsa", "Lech Walesa"),
        ("Iskander-M", "Iskander M"),
    ],
)
def test_spellings_of_one_name_agree(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S-300", "S-400"),
        ("PAC-2", "PAC-3"),
        ("Iskander-M", "Iskander-K"),
        ("Iran", "Iraq"),
        ("A-50", "50"),
        ("A Just Russia", "Just Russia"),
        ("P5+1", "P51"),
        ("Link 1 6", "Link 16"),
    ],
)
def test_different_names_do_not(one, other):
    assert fold(one) != fold(other)


def test_a_name_without_letters_keeps_its_key():
    assert fold("???") == "???"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("IAMD", True), ("C4ISR", True), ("X", False), ("NATO summit", False), ("Acme", False)],
)
def test_acronyms_are_capitals_throughout(name, expected):
    assert is_acronym(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("S-400", True), ("Iskander-M", True), ("Iskander", False), ("Iron Dome", False)],
)
def test_designations_have_digits_or_a_letter_apart(name, expected):
    assert is_designation(name) is expected


def test_slugs_read_like_names():
    assert slug("Szczecin Łódź & Co.") == "szczecin-lodz-co"

import pytest

from actorgraph.graph.resolution.persons import may_be_one, parse_person, transliteration_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dmitry Rogozin", ("dmitry", (), "rogozin")),
        ("Dmitri Rogozin", ("dmitry", (), "rogozin")),
        ("D. O. Rogozin", ("d", ("o",), "rogozin")),
        ("Gen. John Smith Jr.", ("john", (), "smith")),
        ("Rogozin", ("", (), "rogozin")),
        ("Mr. Rogozin", ("", (), "rogozin")),
        ("Ursula von der Leyen", ("ursula", (), "leyen")),
        ("Bashar al-Assad", ("bashar", (), "assad")),
        ("Agent 47", None),
        ("J.", None),
    ],
)
def test_names_come_apart(name, expected):
    assert parse_person(name) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Dmitry Rogozin", "D. Rogozin", True),
        ("Joseph R. Biden", "Joe Biden", True),
        ("Joe Biden", "Jill Biden", False),
        ("John A. Smith", "John B. Smith", False),
        ("John Smith", "John B. Smith", True),
        ("John Adam Smith", "John A. Smith", True),
    ],
)
def test_given_names_agree_or_not(one, other, expected):
    assert may_be_one(parse_person(one), parse_person(other)) is expected
    assert may_be_one(parse_person(other), parse_person(one)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("yatsenyuk", "iatseniuk", True),
        ("zelensky", "zelenskyy", True),
        ("medvedev", "medvedyev", True),
        ("johnson", "johnston", False),
        ("petrov", "petrova", False),
    ],
)
def test_transliterations_share_a_key(one, other, expected):
    assert (transliteration_key(one) == transliteration_key(other)) is expected

"""An address can be printed on a label and delivered to, or all that is wrong is said at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.customers.address import Address
from domain.customers.errors import InvalidFields, check_all
from domain.customers.phone import Phone
from domain.customers.pincode import PinCode
from domain.errors import InvalidValue
from domain.tax.states import GstState


def parse(**changed: str | None) -> Address:
    """A good form, read with some of its fields changed."""
    form = {
        "name": "Asha Rao",
        "line1": "12 MG Road",
        "line2": None,
        "city": "Bengaluru",
        "state": "Karnataka",
        "pincode": "560001",
        "country": "IN",
        "phone": "98765 43210",
    } | changed
    return Address.parse(**form)  # type: ignore[arg-type]  # only line2 is ever None here


def address_or_refusal(**changed: str | None) -> Address | InvalidFields:
    """What comes of such a form, either way."""
    try:
        return parse(**changed)
    except InvalidFields as refused:
        return refused


def bad_fields(**changed: str | None) -> list[str]:
    """The fields that are refused in such a form, in order."""
    outcome = address_or_refusal(**changed)
    return [error.field for error in outcome.errors] if isinstance(outcome, InvalidFields) else []


def test_a_form_becomes_an_address_of_values() -> None:
    """Texts are stripped, and state, PIN code and phone take their one form."""
    address = parse(name="  Asha Rao ", line2=" 3rd floor", state="KA", pincode=" 560 001 ", phone="09876543210")
    assert address == Address(
        name="Asha Rao",
        line1="12 MG Road",
        line2="3rd floor",
        city="Bengaluru",
        state=GstState.by_code("29"),
        pincode=PinCode("560001"),
        phone=Phone("+919876543210"),
    )
    assert address.country == "IN"


@pytest.mark.parametrize("line2", [None, "", "   "])
def test_a_blank_second_line_is_none(line2: str | None) -> None:
    """Nobody has to have one."""
    assert parse(line2=line2).line2 is None


def test_names_of_any_script_are_kept() -> None:
    """Joiners of Indian scripts are letters' business, not control characters."""
    assert parse(name="क्\u200dष आशा").name == "क्\u200dष आशा"


def test_every_bad_field_is_named_at_once() -> None:
    """Nobody has to send a form eight times to learn eight mistakes."""
    with pytest.raises(InvalidFields) as refused:
        Address.parse(
            name=" ", line1="\x00", line2="!", city="x" * 101, state="Narnia", pincode="0", country="IT", phone="1"
        )
    fields = [error.field for error in refused.value.errors]
    assert fields == ["name", "line1", "line2", "city", "state", "pincode", "country", "phone"]
    assert refused.value.code == "validation-error"
    assert all(f"{field}: " in str(refused.value) for field in fields)


@pytest.mark.parametrize("field", ["name", "line1", "line2", "city"])
@pytest.mark.parametrize(
    "text", ["12\x00", "a\nb", "a\tb", "a\x7fb", "a\u2028b", "a\ud800b", "a\u202eb", "-", "\u200b", "…"]
)
def test_a_text_that_no_label_can_show_is_refused(field: str, text: str) -> None:
    """Null bytes, breaks, lone surrogates, reordering marks and mere punctuation are no address."""
    assert bad_fields(**{field: text}) == [field]


@pytest.mark.parametrize(("field", "limit"), [("name", 100), ("line1", 200), ("line2", 200), ("city", 100)])
def test_a_text_may_be_as_long_as_its_limit_and_no_longer(field: str, limit: int) -> None:
    """The limits are in characters, spaces around not counted."""
    assert getattr(parse(**{field: " " + "x" * limit + " "}), field) == "x" * limit
    assert bad_fields(**{field: "x" * (limit + 1)}) == [field]


@pytest.mark.parametrize("field", ["name", "line1", "city", "state", "pincode", "country", "phone"])
def test_a_required_field_left_blank_is_refused(field: str) -> None:
    """Only the second line may be empty."""
    assert bad_fields(**{field: "  "}) == [field]


@pytest.mark.parametrize("country", ["IT", "India", "in"])
def test_only_the_country_code_of_india_is_served(country: str) -> None:
    """The shop sends parcels within India."""
    assert bad_fields(country=country) == ["country"]


def test_nothing_is_delivered_to_other_territory() -> None:
    """It is a place of supply at sea, without a PIN code."""
    assert bad_fields(state="97") == ["state"]


@pytest.mark.parametrize(
    ("field", "text"),
    [("name", " Asha"), ("line1", ""), ("line2", ""), ("line2", "x" * 201), ("city", "x\n"), ("country", "IT")],
)
def test_an_address_not_in_its_stored_form_cannot_exist(field: str, text: str) -> None:
    """The constructor takes stripped texts and refuses the first that is wrong."""
    good = parse()
    values = {name: getattr(good, name) for name in Address.__slots__} | {field: text}
    with pytest.raises(InvalidValue) as refused:
        Address(**values)
    assert refused.value.field == field


@given(st.text(max_size=250), st.text(max_size=120))
def test_whatever_is_typed_is_an_encodable_address_or_a_named_refusal(line1: str, city: str) -> None:
    """No text gets through that a database or a courier could choke on."""
    outcome = address_or_refusal(line1=line1, city=city)
    if isinstance(outcome, InvalidFields):
        assert {error.field for error in outcome.errors} <= {"line1", "city"}
    else:
        texts = outcome.line1 + outcome.city
        assert texts == line1.strip() + city.strip()
        assert texts.encode().decode() == texts
        assert "\x00" not in texts


def test_checks_of_other_errors_are_not_swallowed() -> None:
    """Only a refused value is collected; a bug stays a bug."""

    def broken() -> None:
        raise RuntimeError

    check_all()
    with pytest.raises(RuntimeError):
        check_all(lambda: PinCode("1"), broken)

"""A design's code names its content: the same for ever, and never another's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue.sizes import Size, SizeRow, SizeSystem
from domain.design.design import Design, DesignChoice, design_code, is_design_code
from tests.builders import a_design, a_product

ROMA = a_product().with_monogram().build()

texts = st.text(alphabet="ABC-", min_size=1, max_size=3)
designs = st.builds(
    Design,
    product_id=texts,
    style=texts,
    sole=texts,
    material=texts,
    color=texts,
    size_eu=st.sampled_from(["41", "42", "42.5"]),
    width=texts,
    monogram=st.none() | texts,
)


@pytest.mark.parametrize(
    ("design", "code"),
    [
        (a_design().build(), "BDGFPNJVYK2P"),
        (a_design().monogrammed("A.R").build(), "AC3DPK951QJB"),
        (a_design().in_size("42.5").in_material("SUEDE", "SUEDE-BLACK").build(), "YW70VC4K8EMF"),
    ],
)
def test_codes_that_were_given_out_stay_for_ever(design: Design, code: str) -> None:
    """These codes are printed on cards and shared in links: if this fails, mend the code, not the test."""
    assert design.code == code


@given(designs)
def test_a_code_is_a_function_of_the_content(design: Design) -> None:
    """Built again elsewhere, the same design has the same code, and the code its form."""
    again = replace(design)
    assert design.code == design_code(design) == again.code
    assert is_design_code(design.code)
    assert len(design.code) == 12
    assert not set(design.code) & set("ILOUilou"), "letters that are misread on the phone"


@given(designs, designs)
def test_another_content_has_another_code(one: Design, other: Design) -> None:
    """Codes are equal exactly when the designs are."""
    assert (one.code == other.code) == (one == other)


@pytest.mark.parametrize("field", ["product_id", "style", "sole", "material", "color", "size_eu", "width", "monogram"])
def test_every_part_of_a_design_counts(field: str) -> None:
    """A change in any one place is another design."""
    design = a_design().monogrammed("AB").build()
    assert replace(design, **{field: "41"}).code != design.code


def test_a_letter_that_moves_to_the_next_field_makes_another_design() -> None:
    """Fields are kept apart: "AB" on "C" is not "A" on "BC"."""
    assert a_design().in_style("AB").on_sole("C").build().code != a_design().in_style("A").on_sole("BC").build().code


@pytest.mark.parametrize("row", ROMA.offered_sizes, ids=lambda row: f"EU {row.eu}")
def test_the_size_system_makes_no_difference(row: SizeRow) -> None:
    """Who says UK 8.5 and who says EU 42 mean the same shoe."""
    choices = [replace(a_design().choice(), size=Size(system, row.value_in(system))) for system in SizeSystem]
    assert {ROMA.design(choice).code for choice in choices} == {a_design().in_size(row.eu).build().code}


def test_naming_options_by_id_makes_no_difference() -> None:
    """An id in one database and the ext_id everywhere lead to the same code."""
    style, sole, material = ROMA.styles[0], ROMA.soles[0], ROMA.materials[0]
    by_id = DesignChoice(
        style=str(style.id),
        sole=str(sole.id),
        material=str(material.id),
        color=str(material.colors[0].id),
        size=Size(SizeSystem.EU, "42"),
        width="F",
    )
    assert ROMA.design(by_id) == a_design().build()
    assert ROMA.design(by_id).code == a_design().build().code


def test_an_empty_monogram_is_no_monogram() -> None:
    """A form that sends an empty text means the same shoe as one that sends none."""
    assert ROMA.design(a_design().monogrammed("").choice()) == ROMA.design(a_design().choice())


@pytest.mark.parametrize(
    "text", ["", "0123456789A", "0123456789ABC", "0123456789ab", "0123456789AI", "0123456789A ", "0123456789A\n"]
)
def test_what_has_not_the_form_of_a_code_is_recognised(text: str) -> None:
    """Length, capitals and alphabet are checked, so that nonsense needs no look-up."""
    assert not is_design_code(text)
    assert is_design_code("0123456789AB")

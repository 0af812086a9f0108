"""Steps about designs and quotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytest_bdd import given, parsers, then, when

from domain.errors import InvalidValue
from domain.money import Money
from features.support.seen import Choice, Refused, Shopper, Story
from features.support.stack import Stack
from features.support.words import amounts, paise, with_options

SLIPPER = Choice(product="slipper")


def ask(story: Story, question: Callable[[], object]) -> None:
    """Do something that may be refused, and remember the refusal."""
    try:
        question()
    except Refused as refusal:
        story.refusals.append(refusal)


def _quote(story: Story, shopper: Shopper, choice: Choice, quantity: int = 1) -> None:
    story.choice = choice
    ask(story, lambda: story.quotes.append(shopper.quote(choice, quantity)))


@when("a customer asks for a quote of the Roma Oxford in its standard make")
def quote_standard(story: Story, customer: Shopper) -> None:
    _quote(story, customer, Choice())


@when(parsers.parse("a customer asks for a quote of {pairs:d} pairs of the Roma Oxford in its standard make"))
def quote_pairs(story: Story, customer: Shopper, pairs: int) -> None:
    _quote(story, customer, Choice(), pairs)


@when(parsers.parse("a customer asks for a quote of the Roma Oxford with {options}"))
def quote_options(story: Story, customer: Shopper, options: str) -> None:
    _quote(story, customer, with_options(options))


@when(parsers.parse("a customer asks for a quote of the Roma Oxford in size {system} {size}"))
@when(parsers.parse("another customer asks for a quote of the Roma Oxford in size {system} {size}"))
def quote_size(story: Story, customer: Shopper, system: str, size: str) -> None:
    _quote(story, customer, replace(Choice(), system=system, size=size))


@when("a customer asks for a quote of the slipper")
def quote_slipper(story: Story, customer: Shopper) -> None:
    _quote(story, customer, SLIPPER)


@given("a customer has saved the Roma Oxford with monogram MB")
def save(story: Story, customer: Shopper) -> None:
    story.choice = replace(Choice(), monogram="MB")
    story.design = customer.save_design(story.choice)


@when("a friend opens the design by its code")
def open_design(story: Story, stack: Stack) -> None:
    assert story.design is not None
    story.opened = stack.shopper().open_design(story.design)


@then("the friend sees the Roma Oxford with monogram MB")
def sees_design(story: Story) -> None:
    assert story.opened == story.choice


@then(parsers.parse("a pair costs {price}"))
def pair_costs(story: Story, price: str) -> None:
    assert story.quotes[-1].unit_price == paise(price)


@then(parsers.parse("the pairs together cost {price}"))
def pairs_cost(story: Story, price: str) -> None:
    assert story.quotes[-1].line_total == paise(price)


@then(parsers.parse("the price is made of {parts}"))
def made_of(story: Story, parts: str) -> None:
    assert story.quotes[-1].breakdown == amounts(parts)


@then("a week is promised")
def week_promised(story: Story) -> None:
    assert story.quotes[-1].week is not None
    assert story.quotes[-1].available


@then("both quotes carry the same design code")
def same_code(story: Story) -> None:
    first, second = story.quotes
    assert first.code == second.code


@then("the quote says that it is not available")
def quote_not_available(story: Story) -> None:
    assert not story.quotes[-1].available


@then("the design is refused as not buildable")
def not_buildable(story: Story) -> None:
    assert story.refusal.code == "design-not-buildable"


@then(parsers.re(r"the reasons? concerns? the (?P<fields>.+)"))
def reasons_concern(story: Story, fields: str) -> None:
    named = fields.replace(" the ", " ").replace(",", "").split()
    if "or" in named:
        assert story.refusal.fields & set(named)
    else:
        assert story.refusal.fields == set(named) - {"and"}


@given(parsers.parse("the workshop sells a slipper for {price}"))
def sell_slipper(stack: Stack, price: str) -> None:
    stack.backroom.sell_slipper(Money(paise(price)))


@when(parsers.parse("the workshop tries to sell a slipper for {price}"))
def try_to_sell(story: Story, stack: Stack, price: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        stack.backroom.sell_slipper(Money(paise(price)))
    story.refusals.append(Refused("validation-error", frozenset({refusal.value.field})))


@then("the price is refused")
def price_refused(story: Story) -> None:
    assert story.refusal.fields == {"base_price"}


@then(parsers.parse("the quote bears {rate:d} % GST of {tax}"))
def bears_gst(story: Story, rate: int, tax: str) -> None:
    assert (story.quotes[-1].tax_rate, story.quotes[-1].tax) == (rate, paise(tax))

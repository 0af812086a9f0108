"""Steps about carts."""

from __future__ import annotations

from dataclasses import replace

from pytest_bdd import given, parsers, then, when

from domain.money import Money
from features.steps.designing import ask
from features.support.seen import Choice, Shopper, Story
from features.support.stack import Stack
from features.support.words import paise, with_options


@given(parsers.re(r"a customer has put (?P<pairs>\d+) pairs? of the Roma Oxford in the cart"))
def has_put(customer: Shopper, pairs: str) -> None:
    customer.add(Choice(), int(pairs))


@when(parsers.parse("a customer puts the Roma Oxford with {options} in the cart"))
def puts_options(story: Story, customer: Shopper, options: str) -> None:
    ask(story, lambda: customer.add(with_options(options), 1))


@given(parsers.parse("the customer puts {pairs:d} more pairs of the same in the cart"))
@when(parsers.parse("the customer puts {pairs:d} more pairs of the same in the cart"))
def puts_more(story: Story, customer: Shopper, pairs: int) -> None:
    ask(story, lambda: customer.add(Choice(), pairs))


@when(parsers.parse("the customer puts 1 pair of the Roma Oxford in size EU {size} in the cart"))
def puts_size(customer: Shopper, size: str) -> None:
    customer.add(replace(Choice(), size=size), 1)


@when(parsers.parse("the customer changes the quantity to {quantity:d}"))
def changes(customer: Shopper, quantity: int) -> None:
    customer.change(customer.cart().lines[0], quantity)


@when("the customer takes the design out")
def takes_out(customer: Shopper) -> None:
    customer.remove(customer.cart().lines[0])


@given(parsers.parse("the workshop raises the price of the Roma Oxford to {price}"))
@when(parsers.parse("the workshop raises the price of the Roma Oxford to {price}"))
def raises_price(stack: Stack, price: str) -> None:
    stack.backroom.price("oxford-roma", Money(paise(price)))


@when("a stranger looks into their own cart")
def stranger_looks(stranger: Shopper) -> None:
    stranger.cart()


@then("the stranger's cart is empty")
def strangers_cart_is_empty(stranger: Shopper) -> None:
    assert stranger.cart().lines == ()


@then(parsers.re(r"the cart holds (?P<designs>\d+) designs? and (?P<pairs>\d+) pairs?"))
def holds(customer: Shopper, designs: str, pairs: str) -> None:
    cart = customer.cart()
    assert (len(cart.lines), cart.pairs) == (int(designs), int(pairs))


@then(parsers.parse("the cart costs {price}"))
def costs(customer: Shopper, price: str) -> None:
    assert customer.cart().total == paise(price)


@then("the cart is empty")
def is_empty(customer: Shopper) -> None:
    assert customer.cart().lines == ()


@then("the change is refused")
def change_refused(story: Story) -> None:
    assert story.refusal.code == "validation-error"


@then("the cart says that the price has changed")
def price_has_changed(customer: Shopper) -> None:
    assert customer.cart().price_changed


@then("the cart says nothing of a changed price")
def price_has_not_changed(customer: Shopper) -> None:
    assert not customer.cart().price_changed


@then("the cart says that the design is not available")
def not_available(customer: Shopper) -> None:
    assert not customer.cart().available

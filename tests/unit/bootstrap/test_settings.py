"""Settings are checked all at once, before anything starts, and said in words that help."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bootstrap.setting_lines import setting_lines, unknown_settings
from bootstrap.settings import Settings, SettingsError
from domain.customers.pincode import PinCode
from domain.money import Money
from domain.tax.states import GstState


def test_nothing_has_to_be_set() -> None:
    """An empty environment is a shop on one machine, in Karnataka."""
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 2)
    assert (settings.database_url, settings.redis_url, settings.razorpay_url) == ("", "", "")
    assert settings.seller_pincode == PinCode("560001")
    assert settings.uses_sandbox


def test_every_setting_can_be_set() -> None:
    """The texts of an environment become values of the domain."""
    settings = Settings.from_environment(
        {
            "SHOES_SELLER_STATE": "MH",
            "SHOES_SELLER_PINCODE": "400 001",
            "SHOES_ORDER_HOLD_MINUTES": "45",
            "SHOES_COD_LIMIT_RUPEES": "10000",
            "SHOES_DATABASE_URL": "postgresql://shoes:secret@db:5433/shop",
        }
    )
    policy = settings.sales_policy
    assert policy.seller == GstState.parse("Maharashtra")
    assert policy.hold == timedelta(minutes=45)
    assert policy.cod_limit == Money(1_000_000)
    assert settings.seller_pincode == PinCode("400001")
    assert settings.database_url == "postgresql://shoes:secret@db:5433/shop"


def test_all_that_is_wrong_is_told_at_once_in_a_line_each() -> None:
    """Nobody has to start the shop once for each mistake."""
    wrong = {
        "SHOES_PORT": "http",
        "SHOES_WORKERS": "0",
        "SHOES_SELLER_STATE": "Atlantis",
        "SHOES_SELLER_PINCODE": "12",
        "SHOES_LOG_LEVEL": "loud",
    }
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(wrong)
    assert str(refused.value).splitlines() == [
        "SHOES_PORT: 'http' is not a whole number from 1 to 65535",
        "SHOES_WORKERS: '0' is not a whole number from 1 to 64",
        "SHOES_SELLER_STATE: 'Atlantis' is not an Indian state, as a name, a GST code or an abbreviation "
        "(Karnataka, 29, KA)",
        "SHOES_SELLER_PINCODE: '12' is not a PIN code of six digits",
        "SHOES_LOG_LEVEL: 'loud' is not one of debug, info, warning, error",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOES_PORT", "0"),
        ("SHOES_PORT", "65536"),
        ("SHOES_PORT", "-1"),
        ("SHOES_PORT", "80.5"),
        ("SHOES_PORT", " 80"),
        ("SHOES_PORT", "²"),
        ("SHOES_PORT", "٣"),
        ("SHOES_PORT", ""),
        ("SHOES_DATABASE_POOL", "201"),
        ("SHOES_ORDER_HOLD_MINUTES", "0"),
        ("SHOES_COD_LIMIT_RUPEES", "-5"),
        ("SHOES_COD_LIMIT_RUPEES", "1e3"),
        ("SHOES_SWEEP_SECONDS", "0"),
        ("SHOES_DATABASE_URL", "mysql://db/shop"),
        ("SHOES_DATABASE_URL", "postgresql://db:port/shop"),
        ("SHOES_DATABASE_URL", "postgresql://[db/shop"),
        ("SHOES_DATABASE_URL", "postgresql://"),
        ("SHOES_DATABASE_URL", "shop"),
        ("SHOES_REDIS_URL", "http://redis"),
        ("SHOES_RAZORPAY_URL", "ftp://razorpay"),
        ("SHOES_SELLER_PINCODE", "012345"),
        ("SHOES_LOG_LEVEL", "INFO"),
    ],
)
def test_what_can_not_be_used_is_refused(name: str, value: str) -> None:
    """One line, which names the setting."""
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({name: value})
    [line] = str(refused.value).splitlines()
    assert line.startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOES_DATABASE_URL", "postgresql:///shop"),
        ("SHOES_DATABASE_URL", "postgresql://shoes@db/shop?sslmode=require"),
        ("SHOES_REDIS_URL", "rediss://:secret@redis:6380/1"),
        ("SHOES_REDIS_URL", "unix:///run/redis.sock"),
        ("SHOES_BROKER_URL", "amqps://shoes:secret@broker/shop"),
        ("SHOES_COD_LIMIT_RUPEES", "0"),
    ],
)
def test_what_can_be_used_is_taken(name: str, value: str) -> None:
    """Also in its rarer forms."""
    Settings.from_environment({name: value})


@pytest.mark.parametrize("name", ["SHOES_DATABASE_URL", "SHOES_REDIS_URL"])
def test_a_wrong_secret_is_not_repeated(name: str) -> None:
    """What is told may end up in a log."""
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({name: "gopher://shoes:hunter2@db/shop"})
    assert "hunter2" not in str(refused.value)


def test_secrets_are_not_shown() -> None:
    """Neither by the list of settings nor by the values' own text."""
    environment = {
        "SHOES_DATABASE_URL": "postgresql://shoes:hunter2@db/shop",
        "SHOES_REDIS_URL": "redis://:hunter2@redis",
        "SHOES_RAZORPAY_KEY_SECRET": "hunter2",
    }
    shown = {line.name: line.value for line in setting_lines(environment)}
    assert {shown[name] for name in environment} == {"(set)"}
    assert "hunter2" not in repr(Settings.from_environment(environment))


def test_the_list_has_every_setting_with_its_value_and_its_meaning() -> None:
    """Also the ones that are wrong: the list is where one looks for the reason."""
    lines = {line.name: line for line in setting_lines({"SHOES_PORT": "http"})}
    assert len(lines) == len(Settings.__slots__)
    assert (lines["SHOES_PORT"].value, lines["SHOES_PORT"].default) == ("http", "8000")
    assert all(line.meaning for line in lines.values())


@pytest.mark.parametrize(
    ("url", "sandbox"),
    [
        ("", True),
        ("http://127.0.0.1:9000/v1", True),
        ("http://localhost:9000/v1", True),
        ("http://[::1]:9000/v1", True),
        ("https://api.razorpay.com/v1", False),
        ("https://localhost.example.com/v1", False),
    ],
)
def test_only_a_gateway_on_this_machine_is_a_sandbox(url: str, sandbox: bool) -> None:  # noqa: FBT001  # a case
    """With the real one nobody is told where to play the customer."""
    own = {"SHOES_RAZORPAY_KEY_SECRET": "our own", "SHOES_RAZORPAY_WEBHOOK_SECRET": "our own, too"}
    assert Settings.from_environment({"SHOES_RAZORPAY_URL": url, **own}).uses_sandbox is sandbox


def test_a_misspelt_setting_is_told_with_what_was_perhaps_meant() -> None:
    """It would have no effect, and nobody would know."""
    environment = {"SHOES_PROT": "80", "SHOES_COLOUR": "red", "SHOES_PORT": "80", "PATH": "/bin", "SHOES_TEST_X": "1"}
    assert unknown_settings(environment) == (
        "SHOES_COLOUR is no setting",
        "SHOES_PROT is no setting; is SHOES_PORT meant?",
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("OPERATOR_TOKEN", "too-short", "a token of 20 or more printable ASCII characters"),
        ("OPERATOR_EMAIL", "workshop", "an e-mail address"),
        ("MAIL_FROM", "Italian Shoes", "a sender, as Italian Shoes <orders@example.com>"),
        ("MAIL_FROM", "Shoes <orders@example.com>\nBcc: all@example.com", "a sender"),
        ("COURIER_WEBHOOK_KEY", "", "a secret: it is empty"),
        ("RESEND_WEBHOOK_SECRET", "secret", "a signing secret: whsec_ and base64"),
        ("CARRIER", "pigeon", "one of shiprocket, manual"),
        ("BROKER_URL", "http://broker", "a URL that begins with"),
    ],
)
def test_what_the_saga_needs_is_checked(name: str, text: str, said: str) -> None:
    """Before the first event finds out."""
    with pytest.raises(SettingsError, match=said):
        Settings.from_environment({f"SHOES_{name}": text})


@pytest.mark.parametrize(
    ("place", "secrets"),
    [
        ({"SHOES_RAZORPAY_URL": "https://api.razorpay.com/v1"}, {"RAZORPAY_KEY_SECRET", "RAZORPAY_WEBHOOK_SECRET"}),
        (
            {"SHOES_SHIPROCKET_URL": "https://apiv2.shiprocket.in/v1/external"},
            {"SHIPROCKET_PASSWORD", "COURIER_WEBHOOK_KEY"},
        ),
        ({"SHOES_MAIL_URL": "https://api.resend.com"}, {"RESEND_WEBHOOK_SECRET"}),
        ({"SHOES_MAIL_URL": "smtp://mail.example.com"}, set()),
        ({"SHOES_RAZORPAY_URL": "http://127.0.0.1:9000/v1"}, set()),
    ],
)
def test_a_third_party_in_earnest_needs_secrets_of_its_own(place: dict[str, str], secrets: set[str]) -> None:
    """Those of the sandboxes can be read by everybody, who could then forge its messages."""
    try:
        Settings.from_environment(place)
    except SettingsError as refused:
        told = {line.split(":")[0].removeprefix("SHOES_") for line in str(refused).splitlines()}
    else:
        told = set()
    assert told == secrets

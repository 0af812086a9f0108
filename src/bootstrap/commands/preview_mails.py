"""`shoes preview-mails`: how the letters look."""

from __future__ import annotations

from html import escape
from pathlib import Path

import click

from adapters.mail.examples import example_letters
from adapters.mail.letters import JinjaLetters


@click.command("preview-mails")
@click.argument("directory", type=click.Path(path_type=Path))
def preview_mails(directory: Path) -> None:
    """Write an example of every mail to DIRECTORY, as HTML and as text, with an index.html of them all."""
    letters = JinjaLetters(
        shop_name="Italian Shoes", shop_url="https://shop.example", support="workshop@italianshoes.example"
    )
    rows: list[str] = []
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, letter in example_letters().items():
            mail = letters.write(letter)
            _write(directory / f"{name}.html", mail.html)
            _write(directory / f"{name}.txt", f"Subject: {mail.subject}\n\n{mail.text}")
            rows.append(
                f'<li><a href="{name}.html">{escape(mail.subject)}</a> <a href="{name}.txt">{escape(name)}</a></li>'
            )
        _write(directory / "index.html", _index(rows))
    except OSError as problem:
        raise click.ClickException(f"{directory} can't be written: {problem.strerror}") from None


def _index(rows: list[str]) -> str:
    items = "\n".join(rows)
    return f'<!doctype html>\n<meta charset="utf-8">\n<title>Mails</title>\n<h1>Mails</h1>\n<ul>\n{items}\n</ul>\n'


def _write(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    click.echo(file)

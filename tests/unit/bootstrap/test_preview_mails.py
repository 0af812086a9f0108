"""`shoes preview-mails` writes every mail to files."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from adapters.mail.examples import example_letters
from bootstrap.commands.preview_mails import preview_mails


def previewed(directory: Path) -> Result:
    """What the command says."""
    return CliRunner().invoke(preview_mails, [str(directory)])


def test_every_mail_is_written_as_html_and_as_text_and_named(tmp_path: Path) -> None:
    """In a folder that it makes; what was written is printed."""
    result = previewed(tmp_path / "deep" / "mails")

    written = {str(file) for file in (tmp_path / "deep" / "mails").iterdir()}
    assert result.exit_code == 0
    assert set(result.output.splitlines()) == written
    assert {Path(file).name for file in written} == {
        "index.html",
        *(f"{name}.{suffix}" for name in example_letters() for suffix in ("html", "txt")),
    }


def test_the_index_leads_to_all_of_them(tmp_path: Path) -> None:
    """With their subjects."""
    previewed(tmp_path)

    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}.html"' in index and f'href="{name}.txt"' in index for name in example_letters())
    assert "Your order IS-2026-000042: one step left" in index


def test_the_text_begins_with_the_subject(tmp_path: Path) -> None:
    """It has no other place to show it."""
    previewed(tmp_path)

    text = (tmp_path / "order_placed.txt").read_text(encoding="utf-8")
    assert text.startswith("Subject: Your order IS-2026-000042: one step left\n\nItalian Shoes\n")


def test_a_folder_that_can_not_be_written_is_one_clear_line(tmp_path: Path) -> None:
    """Exit code 1, and no traceback."""
    (tmp_path / "file").touch()

    result = previewed(tmp_path / "file")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert f"{tmp_path / 'file'} can't be written: " in result.stderr

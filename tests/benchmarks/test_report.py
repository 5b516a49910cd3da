"""The tables of figures that people read are those that were measured."""

from benchmarks import report


def test_the_page_and_the_readme_say_what_the_results_say() -> None:
    page, readme = report.PAGE.read_text(), report.README.read_text()
    assert (report.page(page), report.readme(readme)) == (page, readme)


def test_every_figure_tells_its_command_and_its_machine() -> None:
    rows = [row for path in report.RESULTS.iterdir() for row in report.kept(path.stem)]
    assert len(rows) > 150
    assert not [row for row in rows if not (row["command"].startswith("python3 dev.py bench ") and row["machine"])]

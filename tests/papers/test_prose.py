"""Markdown becomes our own few tags and nothing else."""

from app.papers import prose


def test_html_and_pictures_stay_text():
    html = prose.to_html('<script>alert(1)</script> ![Bild](https://fremd.example/x.png) <b onclick="x()">fett</b>')

    assert "<script" not in html
    assert "<img" not in html
    assert "<b " not in html
    assert "&lt;script&gt;" in html


def test_links_go_to_web_and_mail_only():
    html = prose.to_html("[a](javascript:alert(1)) [b](data:text/html,x) [c](https://stadt.example/?a=1&b=2)")

    assert html.count("<a ") == 1
    assert 'href="https://stadt.example/?a=1&amp;b=2"' in html


def test_headings_start_at_three_and_skip_nothing():
    nodes = prose.parse("#### Tief\n\n# Hoch\n\n###### Ganz tief")

    assert [node.level for node in nodes] == [3, 3, 4]


def test_gender_star_is_no_emphasis():
    text = "Expert*innen und Bewohner*innen sagen *das*."

    assert prose.to_html(text) == "<p>Expert*innen und Bewohner*innen sagen <em>das</em>.</p>"


def test_words_are_counted_without_marks():
    assert prose.count_words("### Der Tag\n\n- **eins** zwei\n- drei – *vier*") == 6
    assert prose.count_words("") == 0


def test_stars_without_end_nest_no_deeper_than_pages_and_files_can_hold():
    deep = prose.to_html("*a **b " * 3000 + "b** a*" * 3000)

    assert deep.count("<strong>") < prose.MOST_NESTED
    assert "b" in prose.to_text("*b " * 3000 + "b* " * 3000)

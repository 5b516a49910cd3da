"""What becomes of a page's tags, links and scripts. Pure."""

import pytest

from award.archive.asking import path_of
from award.archive.copied import Around, copied, normal, of_styles, placed, relative

PLACES = {"/iii/ket-qua": "trang/ket-qua.html", "/iii/ket-qua?loai=IN": "trang/ket-qua-in.html", "/": "index.html"}
PLACE = placed(PLACES, "giao-dien/", "/static/", "https://giai.vn")


def kept(html: str) -> str:
    around = Around("<nav>N</nav>", "<footer>F</footer>")
    return copied(html, here="trang/ket-qua/a1.html", host="https://giai.vn", place=PLACE, around=around)


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<a href="/iii/ket-qua">x</a>', '<a href="../ket-qua.html">x</a>'),
        ('<a href="/iii/ket-qua?tim=&amp;loai=IN#b">x</a>', '<a href="../ket-qua-in.html#b">x</a>'),
        ('<a href="https://giai.vn/iii/ket-qua">x</a>', '<a href="../ket-qua.html">x</a>'),
        ('<a href="https://bao.vn/bai?a=1&amp;b=2">x</a>', '<a href="https://bao.vn/bai?a=1&amp;b=2">x</a>'),
        ('<a href="#b">x</a>', '<a href="#b">x</a>'),
        ('<p><a href="/dang-nhap">chữ <b>ở lại</b></a>.</p>', "<p>chữ <b>ở lại</b>.</p>"),
        ('<a class="button" href="/iii/ket-qua?tai-ve=csv">Tải <b>về</b></a>ở lại', "ở lại"),
        ("<form><form>x</form></form><p>1 &lt; 2 &#8211; &amp;</p>", "<p>1 &lt; 2 &#8211; &amp;</p>"),
        ('<script type="module" src="/a.js">1 < 2</script><br>', "<br>"),
        ('<p data-x="1" onclick="y()" class="z" hidden>t</p>', '<p class="z" hidden>t</p>'),
        ('<link rel="preload" href="/static/a.woff2"><img src="/nho.png" alt="">', '<img alt="">'),
        ('<a href="https://giai.vn/khac">x</a>', "x"),
        ('<link rel="icon" href="/static/i.svg?v=1">', '<link rel="icon" href="../../giao-dien/i.svg">'),
        ('<svg viewBox="0 0 1 1"><use href="#m"/></svg>', '<svg viewbox="0 0 1 1"><use href="#m"></use></svg>'),
        (
            '<nav class="nav"><a href="/x">y</a></nav><details class="menu">z</details>',
            "<nav>N</nav>",
        ),
        ('<main>x</main><footer class="footer">y</footer>', "<nav>N</nav><main>x</main><footer>F</footer>"),
        ("<!doctype html><!-- gone -->", "<!doctype html>"),
    ],
)
def test_links_stay_where_they_lead_somewhere_and_what_needs_the_house_goes(html: str, left: str) -> None:
    assert kept(html) == left


def test_places_follow_addresses() -> None:
    assert path_of("/iii/", "iii", "html") == "trang/trang-chu.html"
    assert path_of("/iii/ket-qua?loai=Đ%20A", "iii", "html") == "trang/ket-qua-d-a.html"
    assert path_of("/iii/thong-ke/co-quan.csv", "iii", "csv") == "trang/thong-ke/co-quan.csv"
    assert normal("/a?b=2&a=1&c=#d") == "/a?a=1&b=2"
    assert relative("a/b.html", here="c/d/e.html") == "../../a/b.html"
    assert of_styles('x{src:url("../f/g.woff2")} y{background:url(data:x)}', here="styles/a.css") == {"f/g.woff2"}

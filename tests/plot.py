#!/usr/bin/env python3
"""The picture in the report, for few and many months and channels: everything within it, no two texts over each
other, no text over a part, colours of the kiosk's theme, parts that differ without colour, Dutch months.

  plot.py AGENDA THEME.c FOLDER"""
import os, random, re, subprocess, sys, xml.etree.ElementTree as tree

AGENDA, THEME, FOLDER = sys.argv[1:4]
SVG = "{http://www.w3.org/2000/svg}"
CHANNELS = ["walk-in", "letter", "kiosk", "phone", "counter", "partner", "buurtwerk-met-langenaam", "wijkcentrum", "school", "markt"]
NAMES = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}
SHORT = {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}


def run(database, *words):
    done = subprocess.run([AGENDA, "--agenda", database, *words], capture_output=True, text=True,
                          env={**os.environ, "WEGWIJS_CLOCK": "2026-11-02T09:00"})
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


def months_before(count):
    last = 2026 * 12 + 9 # October
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(last - count + 1, last + 1)]


def reports(months, channels):
    name = f"{FOLDER}/{len(months)}-{channels}"
    lines, used = ["month,what,channel,count"], set()
    for month in months:
        quiet = random.random() < .1
        for channel in CHANNELS[:channels]:
            count = random.choice([0, 1] if quiet else [0, 3, 6, 12, 60, 110])
            lines.append(f"{month},reached,{channel},{count}")
            used |= {channel} if count > 0 else set()
    open(name + ".csv", "w").write("\n".join(lines) + "\n")
    run(name + ".db", "init")
    run(name + ".db", "import", name + ".csv")
    for extra in ([], ["--public"]):
        yield None if extra else used, run(name + ".db", "report", "--from", months[0], "--to", months[-1], "--format", "html", *extra)


def text_box(element, size):
    """Estimated from the number of letters: of Noto Sans the mean small letter and the digit are under 0.58."""
    text, size = element.text or "", float(element.get("font-size", size))
    width = len(text) * size * (.62 if element.get("font-weight") else .58)
    x = float(element.get("x", 0)) - {"middle": width / 2, "end": width}.get(element.get("text-anchor"), 0)
    y = float(element.get("y"))
    return x, y - .74 * size, x + width, y + .22 * size # capitals and descenders


def rect_box(element):
    x, y, w, h = (float(element.get(k)) for k in ("x", "y", "width", "height"))
    return x, y, x + w, y + h


def overlap(a, b, slack=0.0):
    return min(a[2], b[2]) - max(a[0], b[0]) > slack and min(a[3], b[3]) - max(a[1], b[1]) > slack


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [p / 12.92 if p <= .04045 else ((p + .055) / 1.055) ** 2.4 for p in parts]
    return .2126 * r + .7152 * g + .0722 * b


def check(page, months, used, colours):
    text = re.search(r'<svg class="plot".*?</svg>', page, re.S).group(0)
    svg = tree.fromstring(text)
    _, _, width, height = map(float, svg.get("viewBox").split())
    size = svg.get("font-size")
    texts = [(e.text, text_box(e, size), e) for e in svg.iter(SVG + "text")]
    patterns = {e.get("id"): e for e in svg.iter(SVG + "pattern")}
    rects = [(rect_box(e), e) for e in svg.findall(SVG + "rect")]
    for what, box in [(t, b) for t, b, _ in texts] + [(e.attrib, b) for b, e in rects]:
        assert box[0] >= -.01 and box[1] >= 0 and box[2] <= width and box[3] <= height, (what, box, "outside")
    for path in svg.findall(SVG + "path"):
        for command, number in re.findall(r"([MHV ])([\d.]+)", path.get("d").replace("M", " M", 1)):
            assert float(number) <= max(width, height)
    for i, (one, box, _) in enumerate(texts):
        assert one, "an empty text"
        for other, second, _ in texts[:i]:
            assert not overlap(box, second), (one, other, "over each other")
        for rect, e in rects:
            assert not overlap(box, rect, .5), (one, rect, "over a part")
    for colour in set(re.findall(r"#[0-9A-Fa-f]{6}", text)):
        assert colour[1:].upper() in colours, (colour, "is not the theme's")
    for one, _, e in texts:
        ground = luminance(e.get("fill", svg.get("fill")))
        assert 1.05 / (ground + .05) >= 4.5, (one, "is hard to read on white")
    legend = [(e.get("fill"), e.get("stroke-dasharray")) for box, e in rects if e.get("width") == "16.0"]
    assert len(set(legend)) == len(legend), "two channels are drawn alike"
    if used is not None: # a town's own channels after the first are one part
        own = len(used - set(CHANNELS[:6]))
        assert len(legend) == len(used) - own + min(own, 2), (used, legend)
    drawn = {e.get("fill") for _, e in rects if e.get("width") != "16.0"}
    assert drawn == {fill for fill, _ in legend}, (drawn, legend)
    looks = []
    for fill, dashes in legend: # by lines, or dark against light
        pattern = patterns.get(fill[5:-1]) if fill.startswith("url") else None
        lines = pattern.find(SVG + "path").get("d") if pattern is not None else dashes or ""
        looks.append((lines, 0 if lines else round(luminance(fill), 1)))
    assert len(set(looks)) == len(looks), (looks, "differ in colour only")
    below = max(box[3] for box, e in rects if e.get("width") != "16.0") if drawn else 0
    under = [t for t, box, _ in texts if box[1] > below]
    names, years = {t for t in under if not t.isdigit()}, [t for t in under if t.isdigit() and len(t) == 4]
    assert names <= NAMES if len(months) <= 7 else names <= NAMES or names <= SHORT, names
    assert names or len(months) > 60, "no months"
    assert years and set(years) <= {m[:4] for m in months} and len(set(years)) == len(years), years
    if len(months) <= 24:
        assert len(names) == min(len(months), 12), names
        over = [t for t, _, e in texts if e.get("font-weight") and e.get("text-anchor") and t not in years]
        assert len(over) == len(months), "a column without its number"
    title, span = texts[0][0], texts[1][0]
    each = "maand" if len(months) <= 60 else "kwartaal" if len(months) <= 180 else "jaar"
    assert title == f"Mensen bereikt per {each} en kanaal" and span.endswith(months[-1][:4]), (title, span)
    assert any(t == "mensen" for t, _, _ in texts), "the axis says nothing"
    assert "<h2></h2>" not in page and ">?<" not in page


def main():
    random.seed(2016)
    theme = open(THEME).read()
    colours = {c.upper() for c in re.findall(r"0x([0-9A-Fa-f]{6})", theme[theme.index("normal_colours"):theme.index("contrast_colours")])}
    for count in (1, 2, 7, 12, 24, 60, 61, 120, 181, 240):
        for channels in range(1, 9) if count in (1, 7, 12, 24, 120) else (3, 10):
            for used, page in reports(months_before(count), channels):
                try:
                    check(page, months_before(count), used, colours)
                except AssertionError as fault:
                    sys.exit(f"{count} months, {channels} channels: {fault}")


main()

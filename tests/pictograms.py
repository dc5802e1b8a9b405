#!/usr/bin/env python3
"""Keeps the drawings in assets/pictograms and assets/scenes in order.

contrast   writes <name>-contrast.svg for each pictogram: the same drawing in light colours, for a black ground
check      the rules of assets/pictograms/README.md, as TAP; --renderer PROGRAM also compares SDL2_image with rsvg-convert
sheet OUT  a contact sheet: large, on a chosen tile, on black, and 48 px in pure black and white, with names
"""
import argparse
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
DRAWINGS = TREE / "assets/pictograms"
SCENES = TREE / "assets/scenes"
FONT = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"
SUFFIX = "-contrast"

# navy, teal, amber, red, light, white, and deep: details inside amber, which stays amber on black
COLOURS = {"#1B2A41": "#FFFFFF", "#0B7A75": "#5FD3C8", "#F2A33A": "#F2A33A", "#C8342B": "#FF6A5C",
           "#DCE5EE": "#33445C", "#FFFFFF": "#000000", "#0A1322": "#0A1322"}
# the start scenes by night: sky, sun, clouds, land, trees, walls, roof, windows, path, shadows, table
NIGHT = {"#DCE7F0": "#000000", "#F8CF8C": "#FFE9A8", "#E9E6DC": "#1B1D20", "#F3F7FA": "#1C2733", "#BFD8D3": "#0C1A1D",
         "#CFE0D8": "#12231F", "#7FB5AE": "#1E4A45", "#98C6BF": "#285C56", "#A9D0C9": "#33716A", "#F1E9DB": "#2B3442",
         "#E0D4BF": "#46536A", "#E6DCCB": "#333E50", "#FFFDF9": "#3C485C", "#3A4E6B": "#6D83A6", "#AFC2D4": "#93A7C2",
         "#FBE1B4": "#FFD98A", "#FBE6C3": "#4B3F28", "#E9CF9C": "#2E2718", "#B7D0C6": "#0A1512", "#8A6A3C": "#C79A58"}
ELEMENTS = {"svg", "g", "path", "circle", "rect", "line", "polygon", "polyline", "ellipse"}
ATTRIBUTES = {"viewBox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "transform", "d",
              "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "points"}
THINNEST = 2.4
WORST_DIFFERENCE = 0.03  # root mean square, of 1; edges are smoothed differently, shapes must not differ


def plain(folder=DRAWINGS):
    return sorted(p for p in folder.glob("*.svg") if not p.stem.endswith(SUFFIX))


def in_contrast(text):
    return re.sub("#[0-9A-Fa-f]{6}", lambda m: {**COLOURS, **NIGHT}.get(m[0].upper(), m[0]), text).replace("-->", "(on black) -->", 1)


def contrast_path(path):
    return path.with_name(path.stem + SUFFIX + ".svg")


def contrast():
    wanted = {contrast_path(p): in_contrast(p.read_text()) for p in plain() + plain(SCENES)}
    for folder in (DRAWINGS, SCENES):
        for old in folder.glob(f"*{SUFFIX}.svg"):
            if old not in wanted:
                old.unlink()
    for path, text in wanted.items():
        path.write_text(text)
    print(f"{len(wanted)} drawings for the black ground")


def faults(path, colours):
    """What breaks a rule in one drawing."""
    try:
        root = xml.parse(path).getroot()
    except xml.ParseError as e:
        return [f"is no XML: {e}"]
    found = []
    if root.get("viewBox") != "0 0 96 96":
        found.append(f'viewBox is "{root.get("viewBox")}"')
    for e in root.iter():
        tag = e.tag.split("}")[-1]
        if tag not in ELEMENTS:
            found.append(f"<{tag}> is not allowed")
        found += [f'attribute "{a}" of <{tag}> is not allowed' for a in e.attrib if a not in ATTRIBUTES]
        if (e.text or "").strip():
            found.append(f"<{tag}> holds text")
        for a in ("fill", "stroke"):
            value = e.get(a, "none")
            if value != "none" and value not in colours:
                found.append(f"colour {value} is not of the palette")
        if e.get("stroke-width") and float(e.get("stroke-width")) < THINNEST:
            found.append(f'stroke of {e.get("stroke-width")} is too thin')
    if not re.match(r"<!-- \S.* -->\n<svg", path.read_text()):
        found.append("does not begin with what it must say")
    return found


def named():
    """Pictograms that the sample town asks for."""
    text = (TREE / "kiosk-config/town.yaml").read_text()
    return sorted(set(re.findall(r"^[^#\n]*?pictogram:\s*([a-z0-9-]+)", text, re.M)))


def said():
    """The table of the README: name to what it must say."""
    return dict(re.findall(r"^\| `([a-z0-9-]+)` \| ([^|]+?) \|", (DRAWINGS / "README.md").read_text(), re.M))


class Tap:
    number = failed = 0

    def __call__(self, good, what, why=()):
        self.number += 1
        self.failed += not good
        print(f"{'' if good else 'not '}ok {self.number} - {what}")
        for line in why:
            print(f"    # {line}")


def white(size, svg, png):
    subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), "-b", "white", "-o", png, svg], check=True)


def difference(one, other):
    out = subprocess.run(["compare", "-metric", "RMSE", one, other, "null:"], capture_output=True, text=True).stderr
    return float(re.search(r"\(([\d.e-]+)\)", out)[1])


def compare(renderer, tap):
    with tempfile.TemporaryDirectory() as folder:
        pairs, worst = [], []
        for path in plain():
            pairs += [str(path), f"{folder}/{path.stem}-sdl.png"]
        subprocess.run([renderer, "288", "white", *pairs], check=True)
        for path in plain():
            white(288, path, f"{folder}/{path.stem}.png")
            worst.append((difference(f"{folder}/{path.stem}.png", f"{folder}/{path.stem}-sdl.png"), path.stem))
        worst.sort(reverse=True)
        why = [f"{n}: {d:.4f}" for d, n in worst if d > WORST_DIFFERENCE]
        tap(not why, f"SDL2_image and rsvg-convert draw alike (worst {worst[0][0]:.4f}, {worst[0][1]})", why)
        subprocess.run([renderer, "48", "white", *pairs], check=True)
        thin = []
        for path in plain():
            small = f"{folder}/{path.stem}-sdl.png"
            black = subprocess.run(["convert", small, "-threshold", "56%", "-format", "%[fx:1-mean]", "info:"],
                                   capture_output=True, text=True, check=True).stdout
            if not 0.06 < float(black) < 0.8:
                thin.append(f"{path.stem}: {float(black):.2f} black")
        tap(not thin, "each is neither empty nor a blot at 48 px in black and white", thin)


def check(renderer):
    tap = Tap()
    bad = [f"{p.name} {f}" for p in plain() for f in faults(p, set(COLOURS))]
    tap(not bad, f"{len(plain())} pictograms keep the rules", bad)
    bad = [p.name for p in plain() + plain(SCENES)
           if not contrast_path(p).exists() or contrast_path(p).read_text() != in_contrast(p.read_text())]
    tap(not bad, "each has its drawing for the black ground, newly made", [f"{n}: run tests/pictograms.py contrast" for n in bad])
    missing = [n for n in named() if not (DRAWINGS / f"{n}.svg").exists()]
    tap(not missing and len(named()) > 20, "each that the sample town names is there", missing)
    names, table = {p.stem for p in plain()}, said()
    bad = [f"{n} is not in the table" for n in sorted(names - set(table))] + [f"{n} is not drawn" for n in sorted(set(table) - names)]
    bad += [f"{p.name} and the table say different things" for p in plain()
            if p.stem in table and not p.read_text().startswith(f"<!-- {table[p.stem]} -->")]
    tap(not bad, "the README says of each what it must say, as the drawing itself", bad)
    if renderer:
        compare(renderer, tap)
    print(f"1..{tap.number}")
    return tap.failed > 0


def sheet(out):
    """Each drawing: 216 px on white, 96 px on the chosen fill and on black, 48 px black and white, its name."""
    with tempfile.TemporaryDirectory() as folder:
        cells = []
        for path in plain():
            base = f"{folder}/{path.stem}"
            white(216, path, f"{base}-l.png")
            white(48, path, f"{base}-s.png")
            for size, ground, svg, tail in ((80, "#E1F0EE", path, "t"), (80, "#000000", contrast_path(path), "k")):
                subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), "-b", ground, "-o", f"{base}-{tail}.png", svg], check=True)
            subprocess.run(["convert", "-size", "240x358", "xc:#E9EDF1", f"{base}-l.png", "-geometry", "+12+12", "-composite",
                            f"{base}-t.png", "-geometry", "+12+234", "-composite", f"{base}-k.png", "-geometry", "+98+234", "-composite",
                            "(", f"{base}-s.png", "-threshold", "56%", ")", "-geometry", "+180+250", "-composite",
                            "-font", FONT, "-pointsize", "17", "-fill", "#1B2A41", "-gravity", "south", "-annotate", "+0+10", path.stem,
                            f"{base}-c.png"], check=True)
            cells.append(f"{base}-c.png")
        Path(out).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["montage", "-font", FONT, *cells, "-background", "white", "-geometry", "+8+8", "-tile", "10x", out], check=True)
    print(f"{len(cells)} pictograms: {out}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["contrast", "check", "sheet"])
    parser.add_argument("out", nargs="?", default=str(TREE / "build/pictograms/sheet.png"))
    parser.add_argument("--renderer")
    given = parser.parse_args()
    if given.verb == "contrast":
        return contrast()
    if given.verb == "sheet":
        return sheet(given.out)
    return check(given.renderer)


sys.exit(main())

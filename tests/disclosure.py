#!/usr/bin/env python3
"""Somebody who collects public reports and reckons: random small agendas, many ranges, every form, and everything
that is known of how people are counted, in narrowing bounds. Prints for each way to publish how many counts of 1
to 4 were hidden and of how many fewer than four values are left ("holes").

  disclosure.py AGENDA SETS

`public` is what the program publishes. The others are weaker on purpose, to show that holes are found: the report
with only the counts of 1 to 4 blanked; the public one with true totals below it; counts blanked over each range."""
import collections, html, os, random, re, sqlite3, subprocess, sys, tempfile

AGENDA, SETS = sys.argv[1], int(sys.argv[2])
MONTHS = [f"2016-{m:02d}" for m in range(1, 10)]
QUARTERS = {f"2016-Q{q + 1}": MONTHS[3 * q:3 * q + 3] for q in range(3)}
RANGES = [(1, 9), (1, 3), (1, 2), (2, 3), (4, 6), (4, 5), (3, 8), (7, 9), (8, 8), (1, 6)]
CHANNELS = ["walk-in", "letter", "kiosk", "phone", "counter", "partner", "stand"]
LANGUAGES = ["ro", "ar", "pl", "ti", "ps", "uk"]
ANSWERS = {"dutch": ["none", "some", "well"], "interpreter": ["brings", "none"], "children": ["no", "yes"]}
TOPICS = ["dutch", "work", "papers", "childcare-school"]
LISTS = ["language", "answer", "topic", "referral", "signal"]
FIGURES = ["talks", "no-show", "callback", "dutch"]
FREE = 10 ** 6 # no bound
ENOUGH = 4     # a dot says 1 to 4: who reckons must not know more


# ---- agendas

def skewed(words):
    return random.choices(words, [2 ** -place for place in range(len(words))])[0]


def book(db, number, month, full):
    """One booking, worked. In a full agenda everybody has a language, an answer to each question and a topic."""
    id, code = f"{number:032x}", "".join("ABCDEFGHJK"[int(d)] for d in f"{number:06d}")
    channel, day = skewed(CHANNELS[:6]), random.randint(1, 28)
    state = random.choices(["done", "no-show", "arrived", "booked"], [12, 2, 1, 1])[0]
    answers = {"dutch": skewed(ANSWERS["dutch"]), "children": skewed(ANSWERS["children"])}
    if answers["dutch"] != "well":
        answers["interpreter"] = skewed(ANSWERS["interpreter"])
    if not full:
        answers = {name: answer for name, answer in answers.items() if random.random() < .6}
    topics = [t for t in TOPICS if random.random() < (.9 if t == "dutch" else .3) and (t != "childcare-school" or answers.get("children") == "yes")]
    if full and not topics:
        topics = ["work"]
    language = "" if not full and random.random() < .3 else skewed(LANGUAGES)
    db.execute("INSERT INTO code VALUES (?, NULL, 'booking', '2016-01-01T08:00:00Z')", (code,))
    db.execute("INSERT INTO booking (id, code, kind, guide, start, minutes, language, channel, state, made, stored, answers, topics)"
               " VALUES (?, ?, 'slot', 'els', ?, 30, ?, ?, ?, ?, '2016-01-01T08:00:00Z', ?, ?)",
               (id, code, f"{month}-{day:02d}T10:00", language, channel, state, f"{month}-01T08:00:00Z",
                ",".join(f"{name} {answers[name]}" for name in sorted(answers)), ",".join(topics)))
    for name, answer in answers.items():
        db.execute("INSERT INTO indicator VALUES (?, ?, ?)", (id, name, answer))
    for place, topic in enumerate(topics):
        db.execute("INSERT INTO booking_topic VALUES (?, ?, ?)", (id, place, topic))
    if state == "done" and random.random() < .5:
        db.execute("INSERT INTO referral (booking, topic, partner, made, outcome) VALUES (?, ?, ?, ?, ?)",
                   (id, random.choice(["dutch", "work"]), random.choice(["ligo", "vdab"]), f"{month}-{day:02d}",
                    random.choice([None, "started", "done"])))
    if random.random() < .2:
        db.execute("INSERT INTO signal (booking, topic, kind, made) VALUES (?, ?, ?, ?)",
                   (id, random.choice(TOPICS), random.choice(["need", "gap"]), f"{month}-{day:02d}"))


def ended(folder, *words):
    return subprocess.run([AGENDA, "--agenda", folder + "/agenda.db", *words], capture_output=True, text=True,
                          env={**os.environ, "WEGWIJS_CLOCK": "2016-11-02T09:00", "WEGWIJS_GUIDE": "els"})


def run(folder, *words):
    done = ended(folder, *words)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


def check_counts(folder):
    """What `report` counts is what the program would have written; how it came about (slots, events, codes) is not made here."""
    done = ended(folder, "check")
    assert done.returncode in (0, 1), done
    for fault in ("het bestand is beschadigd", "een rij hoort bij iets dat er niet is", "een verslag zou deze afspraak verkeerd tellen",
                  "er staat vrije tekst waar", "een doorverwijzing heeft een onmogelijke dag"):
        assert fault not in done.stdout, done.stdout


def make_agenda(folder, full):
    run(folder, "init")
    lines = ["month,what,channel,count"]
    if not full: # counts from before, without languages or answers
        for month in MONTHS[:4]:
            lines += [f"{month},reached,{c},{random.randint(0, 9)}" for c in random.sample(CHANNELS, 3)]
            lines.append(f"{month},talks,,{random.randint(0, 9)}")
        open(folder + "/before.csv", "w").write("\n".join(lines) + "\n")
        run(folder, "import", folder + "/before.csv")
    with sqlite3.connect(folder + "/agenda.db") as db:
        db.execute("INSERT INTO guide (id, name) VALUES ('els', 'Els')")
        number, busy = 0, random.choice([8, 8, 15, 30, 60])
        for month in MONTHS:
            for _ in range(random.randint(0, busy)):
                number += 1
                book(db, number, month, full)
    check_counts(folder)


# ---- what is published

def rows(text):
    for line in text.lstrip("\ufeff").splitlines()[1:]:
        if line:
            period, what, item, channel, count = line.split(";")
            yield period, what, item, channel, int(count) if count else None


def reports(folder, public):
    extra = ["--public"] if public else []
    for first, last in RANGES:
        words = ["report", "--from", MONTHS[first - 1], "--to", MONTHS[last - 1], *extra]
        yield MONTHS[first - 1:last], {form: run(folder, *words, "--format", form)
                                       for form in (("csv", "text", "html") if public else ("csv",))}


def number(text):
    text = text.strip()
    return None if text == "·" else int(text)


def shown(values):
    """A total over what is shown; None when that is nothing of something."""
    known = [value for value in values if value is not None]
    return None if sum(known) == 0 and len(known) < len(values) else sum(known)


def expected(months, atoms):
    """What text and html may say of these months: only what follows from the csv."""
    seen = {(p, c): n for (p, w, i, c), n in atoms.items() if w == "reached"}
    channels = [c for c in CHANNELS if any(c == channel for _, channel in seen)]
    total = {m: atoms[(m, "reached-total", "", "")] for m in months}
    cell = lambda m, c: seen.get((m, c), None if total[m] != 0 and not any(p == m for p, _ in seen) else 0)
    table = [[cell(m, c) for c in channels] + [total[m]] for m in months]
    table.append([sum(n for n in column if n is not None) for column in zip(*table)])
    lists = []
    for name in LISTS:
        sums = collections.Counter()
        for (_, what, item, _), count in atoms.items():
            if what == name:
                sums[item] += count
        lists.append(sorted(sums.values()))
    figures = []
    of = lambda what: {p: n for (p, w, _, _), n in atoms.items() if w == what}
    for name in FIGURES[:3]:
        sum_ = shown(list(of(name).values()))
        if sum_ != 0 or name != "callback":
            figures.append("·" if sum_ is None else str(sum_))
    dutch, people, waits = of("dutch"), of("reached-total"), of("wait").values()
    if shown(list(dutch.values())) is None:
        figures.append("·")
    elif shown(list(dutch.values())):
        among = sum(people[p] for p in dutch if dutch[p] is not None)
        figures.append(f"{(sum(n or 0 for n in dutch.values()) * 100 + among // 2) // among} %")
    if waits:
        figures.append(str(min(waits)) if min(waits) == max(waits) else f"{min(waits)}–{max(waits)}")
    return table, figures if any("Q" in p for p in people) else [], [numbers for numbers in lists if numbers]


def said_by_text(text, months):
    parts = text.split("\n\n")
    table = [[number(word) for word in re.findall(r"(?:\d+|·)(?=\s|$)", line[26:])]
             for line in parts[0].split("\n")[2:]]
    figures = [line[42:].strip() for line in parts[1].split("\n")[1:] if line]
    return table, figures, [sorted(int(line[42:]) for line in part.split("\n")[1:] if line) for part in parts[2:-1]]


def said_by_page(page, months):
    tables = [[[html.unescape(c) for c in re.findall(r"<td class=n>(.*?)</td>", row)] for row in re.findall(r"<tr.*?</tr>", t, re.S)]
              for t in re.findall(r"<table.*?</table>", page, re.S)]
    table = [[number(cell) for cell in row] for row in tables[0] if row]
    return (table, [row[0] for row in tables[1]] if len(tables) > 1 else [],
            [sorted(int(row[0]) for row in t) for t in tables[2:]])


def check_plot(page, months, table):
    """The heights of the parts and the numbers over them are those of the table: the rest of a total in one piece."""
    plot = re.search(r'<svg class="plot".*?</svg>', page, re.S).group(0)
    top = max(int(n) for n in re.findall(r'text-anchor="end"[^>]*>(\d+)<', plot))
    columns = collections.defaultdict(list)
    for x, tall, fill in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="[\d.]+" height="([\d.]+)" (.*?)/>',
                                    plot[plot.index(">mensen<"):]):
        columns[float(x)].append((float(tall) * top / 240, "dasharray" in fill))
    drawn = [sorted(round(count) for count, _ in columns[x]) for x in sorted(columns)]
    want = []
    for row in table[:-1]:
        parts = [n for n in row[:-1] if n]
        rest = 4 if row[-1] is None else row[-1] - sum(parts)
        if parts or rest:
            want.append(sorted(parts + [rest] * (rest > 0)))
    assert drawn == want, (months, drawn, want)
    over = re.findall(r'text-anchor="middle" font-weight="600">(\d+|1–4)<', plot)
    numbers = ["1–4" if row[-1] is None else str(row[-1]) for row in table[:-1]]
    assert over[:len(numbers)] == numbers, (months, over, numbers)


def collect(folder):
    """The rows of all ranges together. Text and page say nothing besides."""
    atoms = {}
    for months, forms in reports(folder, True):
        here = {(p, w, i, c): n for p, w, i, c, n in rows(forms["csv"])}
        for key, count in here.items():
            assert atoms.setdefault(key, count) == count, (key, "differs between ranges")
        want = expected(months, here)
        for said in (said_by_text(forms["text"], months), said_by_page(forms["html"], months)):
            for one, other in zip(said, want):
                assert one == other, (folder, months, one, other)
        check_plot(forms["html"], months, want[0])
        for p, w, _, _ in here: # a row that is there in one range and not in another
            assert all((p, w, i, c) in here for (q, v, i, c) in atoms if (q, v) == (p, w)), (months, p, w)
    return atoms


# ---- reckoning: whole numbers, bounds, sums

class Bounds:
    def __init__(self):
        self.low, self.high, self.sums = collections.defaultdict(int), collections.defaultdict(lambda: FREE), []

    def is_(self, name, count):
        self.between(name, count, count)

    def between(self, name, low, high):
        self.low[name], self.high[name] = max(self.low[name], low), min(self.high[name], high)

    def add(self, plus, minus=(), at_least=0, at_most=0):
        """at_least ≤ sum(plus) - sum(minus) ≤ at_most; None: no bound."""
        self.sums.append(([(n, 1) for n in plus] + [(n, -1) for n in minus], at_least, at_most))

    def narrow(self):
        ends = lambda n, sign: (self.low[n], self.high[n]) if sign > 0 else (-self.high[n], -self.low[n])
        changed = True
        while changed:
            changed = False
            for terms, at_least, at_most in self.sums:
                bounds = [ends(n, sign) for n, sign in terms]
                low, high = sum(b[0] for b in bounds), sum(b[1] for b in bounds)
                for (name, sign), (least, most) in zip(terms, bounds):
                    new = [least, most]
                    if at_most is not None:
                        new[1] = min(most, at_most - (low - least))
                    if at_least is not None:
                        new[0] = max(least, at_least - (high - most))
                    if new != [least, most]:
                        self.between(name, *(new if sign > 0 else (-new[1], -new[0])))
                        assert self.low[name] <= self.high[name], (name, "contradiction: the reckoning assumes too much")
                        changed = True
                        break
            # one sum at a time is exact where no count stands in two sums; elsewhere it is a bound


def every_item(truth):
    """A name for each count, by month and by quarter."""
    items = collections.defaultdict(set)
    for _, what, item, _ in truth:
        if what in LISTS:
            items[what].add(item)
    items["language"] |= set(LANGUAGES)
    items["topic"] |= set(TOPICS)
    items["answer"] |= {f"{name} {answer}" for name in ANSWERS for answer in ANSWERS[name]}
    for what in LISTS:
        items[what].discard("")
    return items


def what_is_known(truth, full):
    """How people are counted: what everybody may know who knows the kiosk and this program."""
    bounds, items = Bounds(), every_item(truth)
    for quarter, months in QUARTERS.items():
        people = ("people", quarter)
        bounds.add([("people", m) for m in months], [people])
        for month in months:
            bounds.add([("reached", month, c) for c in CHANNELS], [("people", month)])
        for what in FIGURES + LISTS:
            for item in items[what] if what in LISTS else [""]:
                bounds.add([(what, m, item) for m in months], [(what, quarter, item)])
        for when in [quarter, *months]:
            people = ("people", when)
            bounds.add([("language", when, l) for l in items["language"]] + [("not", when, "language")], [people])
            for name in ANSWERS:
                bounds.add([("answer", when, f"{name} {a}") for a in ANSWERS[name]] + [("not", when, name)], [people])
            for what, item in [("topic", t) for t in items["topic"]] + [("dutch", "")]:
                bounds.add([(what, when, item), ("not", when, what, item)], [people])
            bounds.add([("referral", when, r) for r in items["referral"]], [("dutch", when, "")], 0, None)
            if full:
                for name in ("language", "dutch", "children"):
                    bounds.is_(("not", when, name), 0)
                bounds.add([("not", when, "interpreter")], [("answer", when, "dutch well")]) # "unless" in town.yaml
                bounds.add([("topic", when, t) for t in items["topic"]], [people], 0, None)
                bounds.add([("answer", when, "children yes")], [("topic", when, "childcare-school")], 0, None)
                bounds.add([("talks", when, "")], [people], None, 0)
    return bounds


def true_counts(truth):
    """The count behind each name."""
    counts = collections.Counter()
    month_of = {m: q for q, months in QUARTERS.items() for m in months}
    for (month, what, item, channel), count in truth.items():
        if what == "reached":
            counts[("reached", month, channel)] += count
        for when in (month, month_of[month]):
            if what == "reached":
                counts[("people", when)] += count
            elif what in FIGURES:
                counts[(what, when, "")] += count
            elif what in LISTS and item:
                counts[(what, when, item)] += count
    for when in [*MONTHS, *QUARTERS]: # and of the others, of whom it says as much
        people, items = counts[("people", when)], every_item(truth)
        counts[("not", when, "language")] = people - sum(counts[("language", when, l)] for l in items["language"])
        for name in ANSWERS:
            counts[("not", when, name)] = people - sum(counts[("answer", when, f"{name} {a}")] for a in ANSWERS[name])
        for what, item in [("topic", t) for t in items["topic"]] + [("dutch", "")]:
            counts[("not", when, what, item)] = people - counts[(what, when, item)]
    return counts


def open_dots(bounds, atoms):
    """Reads the public rows. Returns the names that are plainly shown."""
    plain = set()
    for (period, what, item, channel), count in atoms.items():
        name = {"reached": ("reached", period, channel), "reached-total": ("people", period)}.get(what, (what, period, item))
        if what == "wait":
            continue
        if count is not None:
            bounds.is_(name, count)
            plain.add(name)
        elif what == "reached":
            bounds.between(name, 1, FREE)
        elif what == "reached-total" and "Q" not in period:
            bounds.between(name, 1, 4)
    for month in MONTHS:
        if any(p == month and w == "reached" for p, w, _, _ in atoms): # the others are 0
            for channel in CHANNELS:
                if (month, "reached", "", channel) not in atoms:
                    bounds.is_(("reached", month, channel), 0)
    return plain


def blank(bounds, plain, name, sum_of, count):
    """A count that is shown unless it is 1 to 4."""
    if 0 < count < 5:
        bounds.add(sum_of, [], 1, 4)
    else:
        bounds.add(sum_of, [], count, count)
        if len(sum_of) == 1:
            plain.add(name)


def holes(bounds, plain, counts):
    bounds.narrow()
    hidden = [n for n, count in counts.items() if 0 < count < 5 and n not in plain]
    for name in counts: # the reckoning is true
        assert bounds.low[name] <= counts[name] <= bounds.high[name], (name, counts[name], bounds.low[name], bounds.high[name])
    found = [n for n in hidden if bounds.high[n] - bounds.low[n] + 1 < ENOUGH]
    return len(hidden), [(n, bounds.low[n], bounds.high[n]) for n in found]


def attack(folder, full):
    truth = {(p, w, i, c): n for p, w, i, c, n in rows(run(folder, "report", "--from", MONTHS[0], "--to", MONTHS[-1],
                                                           "--format", "csv"))}
    counts, atoms, found = true_counts(truth), collect(folder), {}
    bounds = what_is_known(truth, full)
    plain = open_dots(bounds, atoms)
    found["public"] = holes(bounds, plain, counts)
    shown_ = sum(1 for name in plain if counts[name] > 0 and name[0] in LISTS + FIGURES)

    bounds = what_is_known(truth, full)
    plain = open_dots(bounds, atoms)
    for channel in CHANNELS:
        all_ = sum(counts[("reached", m, channel)] for m in MONTHS)
        blank(bounds, plain, None, [("reached", m, channel) for m in MONTHS], all_)
    found["true-totals"] = holes(bounds, plain, counts)

    bounds, plain = what_is_known(truth, full), set()
    for name, count in sorted(counts.items()):
        blank(bounds, plain, name, [name], count)
    found["only-small"] = holes(bounds, plain, counts)

    bounds, plain = what_is_known(truth, full), set()
    for first, last in RANGES:
        months = MONTHS[first - 1:last]
        for what, item in {(n[0], n[2]) for n in counts if n[0] in LISTS}:
            names = [(what, m, item) for m in months]
            blank(bounds, plain, names[0], names, sum(counts[n] for n in names))
    found["by-range"] = holes(bounds, plain, counts)
    return found, shown_


def main():
    random.seed(2016)
    hidden, found, shown_counts = collections.Counter(), collections.defaultdict(list), 0
    for number_ in range(SETS):
        full = number_ % 2 == 0
        with tempfile.TemporaryDirectory() as folder:
            make_agenda(folder, full)
            results, shown_ = attack(folder, full)
            shown_counts += shown_
            for way, (count, some) in results.items():
                hidden[way] += count
                found[way] += [(number_, *hole) for hole in some]
    print(f"shown {shown_counts}")
    for way in hidden:
        print(f"{way} hidden {hidden[way]} holes {len(found[way])}")
    for hole in found["public"][:5]:
        print(*hole, file=sys.stderr)


main()

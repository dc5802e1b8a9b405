#!/usr/bin/env python3
"""Reads every Dutch text as a strict teacher of simple Dutch: TAP on standard output, what failed by key.

    tests/dutch.py SHARE            the folder that holds lang/, kiosk-config/ and assets/pictograms/
    tests/dutch.py SHARE --count    only the figures, and the texts from long to short

The measures are those of Douma (1960) and Brouwer (1963); syllables are counted by groups of vowels, because
hyphenation patterns undercount (open, idee, avond)."""
import collections
import glob
import os
import re
import subprocess
import sys

SENTENCE_WORDS = 10
FLESCH_DOUMA, BROUWER = 90, 80

# What the program puts in the places: the longest that is usual.
FILLS = {"day": "dinsdag 24 november", "weekday": "dinsdag", "month": "november", "hour": "9 uur", "minute": "30",
         "place": "het gemeentehuis", "room": "loket 3", "guide": "Els", "max": "5", "count": "9", "days": "30",
         "title": "", "number": "5", "page": "2", "name": "Els", "code": "K7M"}

# Letters that make one sound together, longest first. Any other vowel beside a vowel begins a syllable.
SOUND = re.compile("aai|ëi|ooi|oei|eeu|ieu|eau|aa|ee|oo|uu|oe|eu|ie|ui|ij|ei|au|ou|[aeiouyàáâäèéêëìíîïòóôöùúûü]")
SYLLABLES = {  # words that the rule counts wrong, and letters said one by one
    "museum": 3, "petroleum": 4, "team": 1, "online": 2, "offline": 2, "site": 1, "website": 2, "mail": 1, "e-mail": 2,
    "avg": 3, "vdab": 4, "cvo": 3, "ocmw": 4, "qr": 2, "pdf": 3, "station": 2, "kopie": 3,
}
UNITS = [1, 1, 1, 1, 1, 1, 1, 2, 1, 2, 1, 1, 1, 2, 2, 2, 2, 3, 2, 3]  # nul … negentien
TENS = [0, 1, 2, 2, 2, 2, 2, 3, 2, 3]  # -, tien, twintig … negentig

NUMBER_WORDS = re.compile(r"\b(twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|twintig|dertig)\b", re.I)
PASSIVE = re.compile(r"\b(wordt|worden|werd|werden)\b", re.I)
ABBREVIATION = re.compile(r"\b(?:[a-z]{1,3}\.){2,}|\b(?:bv|nr|tel|incl|max|min|evt|enz|ivm|mbt)\b\.?", re.I)
DOUBLE_NEGATIVE = re.compile(r"\b(?:niet|geen|nooit|niemand|niets)\b[^.?!]*\b(?:niet|geen|nooit|niemand|niets)\b", re.I)
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9]+(?:['’\-.][A-Za-zÀ-ÖØ-öø-ÿ0-9]+)*")


def read_po(path):
    """Key → text, in the file's order."""
    texts, key, field = collections.OrderedDict(), None, None
    unescape = lambda s: re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), s)
    for line in open(path, encoding="utf-8"):
        found = re.match(r'(msgid|msgstr)?\s*"(.*)"\s*$', line)
        if not found:
            continue
        field = found[1] or field
        text = unescape(found[2])
        if found[1] == "msgid":
            key = text
        elif field == "msgid":
            key += text
        else:
            texts[key] = texts.get(key, "") + text
    texts.pop("", None)
    return texts


def read_town(path):
    """What the sample town shows: answers as (key, pictogram), and the sentences of its privacy notice."""
    answers, notice, part, indicator = [], {}, "", ""
    for line in open(path, encoding="utf-8"):
        top = re.match(r"([a-z-]+):", line)
        part = top[1] if top else part
        entry = re.match(r"\s+- \{ id: ([a-z-]+),\s*pictogram: ([a-z-]+)", line)
        head = re.match(r"  - id: ([a-z-]+)", line)
        if head:
            indicator = head[1]
        if entry and part == "indicators":
            answers.append((f"indicator.{indicator}.{entry[1]}", entry[2]))
        elif entry and part in ("topics", "referrers", "bring"):
            answers.append(({"topics": "topic", "referrers": "referred", "bring": "bring"}[part] + "." + entry[1], entry[2]))
        sentence = re.match(r"  ([a-z]+): (\D.*)", line)
        if part == "privacy" and sentence:
            notice["town.privacy." + sentence[1]] = sentence[2].strip()
    return answers, notice


def fill(text):
    return re.sub(r"\{([a-z_-]+)\}", lambda place: FILLS.get(place[1], "woord"), text)


def sentences(text):
    """A full stop inside a number, an address or an hour ends no sentence."""
    parts = re.split(r"(?<=[.?!:])\s+|\n+", fill(text).strip())
    return [part for part in parts if WORD.search(part)]


def number_syllables(number):
    if number < 20:
        return UNITS[number]
    if number < 100:  # vier-en-twintig
        return TENS[number // 10] + (UNITS[number % 10] + 1 if number % 10 else 0)
    return sum(UNITS[int(digit)] for digit in str(number))


def syllables(word):
    if re.fullmatch(r"[0-9]+", word):
        return number_syllables(int(word))
    lower = word.lower()
    if lower in SYLLABLES:
        return SYLLABLES[lower]
    if re.search(r"[-'’.]", lower):
        return max(1, sum(syllables(part) for part in re.split(r"[-'’.]", lower) if SOUND.search(part)))
    return max(1, len(SOUND.findall(lower)))


def measures(texts):
    """(Flesch-Douma, Brouwer, words a sentence, syllables in 100 words)."""
    lists = [WORD.findall(sentence) for text in texts for sentence in sentences(text)]
    words = sum(map(len, lists))
    length = words / len(lists)
    per_hundred = 100 * sum(syllables(word) for one in lists for word in one) / words
    return (206.8 - 0.77 * per_hundred - 0.93 * length, 195 - 2 / 3 * per_hundred - 2 * length, length, per_hundred)


def read_names(path):
    """The words that are right though no dictionary has them, each with its reason behind a #."""
    names, faults = set(), []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        word, _, reason = line.partition("#")
        if word.strip() and not reason.strip():
            faults.append(f"tests/dutch-names.txt:{number}: \"{word.strip()}\" has no reason")
        names.add(word.strip())
    return names, faults


def without_commands(text):
    """Command lines, options, names of files and places are no Dutch."""
    text = re.sub(r"\{[a-z_-]+\}|`[^`]*`|<[^>]*>", " ", text)
    text = re.sub(r"\S+@\S+|(?<!\w)--?[a-z][a-z-]*|\S*/\S+|\S+\.(?:db|yaml|csv|po|key|svg|png|ics|html|so)\b|\bwegwijs-\w+", " ", text)
    return re.sub(r"%[-0-9.*]*[a-z]+", " ", text)


def unknown_words(texts, names):
    """Key → words that neither the dictionary nor the list knows."""
    found = {key: [word for word in WORD.findall(without_commands(text)) if not re.search(r"\d", word)]
             for key, text in texts.items()}
    listed = sorted({word for words in found.values() for word in words} - names)
    done = subprocess.run(["hunspell", "-d", "nl_BE,nl", "-i", "utf-8", "-l"], input="\n".join(listed) + "\n",
                          capture_output=True, text=True, check=True)
    unknown = set(done.stdout.split())
    return {key: [word for word in words if word in unknown] for key, words in found.items()
            if unknown.intersection(words)}


failures = 0
tests = 0


def report(name, faults):
    global failures, tests
    tests += 1
    failures += bool(faults)
    print(f"{'not ok' if faults else 'ok'} {tests} - {name}" + (f": {faults[0]}" if faults else ""))
    for fault in faults:
        print(f"# {fault}")
        print(fault, file=sys.stderr)


def each(texts, rule):
    """The faults of a rule over every sentence: rule(sentence) gives what is wrong, or nothing."""
    faults = []
    for key, text in texts.items():
        for sentence in sentences(text):
            wrong = rule(sentence)
            if wrong:
                faults.append(f"{key}: {wrong}: \"{sentence}\"")
    return faults


def found(pattern, what):
    def rule(sentence):
        hit = pattern.search(sentence)
        return hit and f"{what} ({hit[0]})"
    return rule


def check_answers(texts, answers, pictograms):
    faults, said = [], collections.defaultdict(list)
    for key, pictogram in answers:
        if not os.path.exists(os.path.join(pictograms, pictogram + ".svg")):
            faults.append(f"{key}: no pictogram {pictogram}.svg")
        spoken = texts.get("spoken." + key, texts.get(key, ""))
        if key not in texts:
            faults.append(f"{key}: no text")
        elif not re.search(r"[A-Za-z]{2}", spoken) or re.search(r"[…/()&]|\{", spoken):
            faults.append(f"{key}: no spoken form")
        said[key.rsplit(".", 1)[0], spoken].append(key)
    faults += [f"{' and '.join(keys)} are said alike: \"{spoken}\"" for (_, spoken), keys in said.items() if len(keys) > 1]
    return faults


def check_keys(folder, texts):
    """Texts that the code asks for by name and that nobody wrote."""
    asked = collections.defaultdict(set)
    for path in glob.glob(os.path.join(folder, "**/*.c"), recursive=True):
        for hit in re.finditer(r'\b(catalog_get|say|cli_text|cli_say)\(\s*[\w>.-]+,\s*"([a-z][a-z0-9.-]+)"', open(path, encoding="utf-8").read()):
            asked[("cli." if hit[1].startswith("cli_") else "") + hit[2]].add(os.path.relpath(path, folder))
    return [f"{key}: asked for in {', '.join(sorted(places))}" for key, places in sorted(asked.items()) if key not in texts]


def check_measures(name, texts):
    flesch, brouwer, length, per_hundred = measures(texts.values())
    line = f"Flesch-Douma {flesch:.1f} of {FLESCH_DOUMA}, Brouwer {brouwer:.1f} of {BROUWER}"
    print(f"# {name}: {line}, {length:.2f} words a sentence, {per_hundred:.0f} syllables in 100 words")
    report(f"{name} are simple enough", [] if flesch >= FLESCH_DOUMA and brouwer >= BROUWER else [line])


def self_test():
    known = {"open": 2, "idee": 2, "avond": 2, "gemeentehuis": 4, "papieren": 3, "januari": 4, "museum": 3, "milieu": 2,
             "toeleider": 3, "privacy": 3, "eeuw": 1, "nieuw": 1, "koeien": 2, "beëindigen": 4, "u": 1, "24": 4, "27": 5, "11": 1,
             "foto's": 2, "voornaam": 2, "telefoonnummer": 5, "afspraak": 2, "gratis": 2}
    return [f"{word}: {syllables(word)} syllables, not {count}" for word, count in known.items() if syllables(word) != count]


def main():
    share = sys.argv[1] if len(sys.argv) > 1 else "."
    here = os.path.dirname(os.path.abspath(__file__))
    texts = read_po(os.path.join(share, "lang/nl.po"))
    answers, notice = read_town(os.path.join(share, "kiosk-config/town.yaml"))
    read = {**texts, **notice}
    kiosk = {key: text for key, text in read.items() if not key.startswith("cli.")}
    if "--count" in sys.argv:
        for key, text in sorted(kiosk.items(), key=lambda pair: -max([len(WORD.findall(s)) for s in sentences(pair[1])] or [0])):
            print(max([len(WORD.findall(s)) for s in sentences(text)] or [0]), key, repr(text))
    names, faults = read_names(os.path.join(here, "dutch-names.txt"))
    report("syllables are counted right", self_test())
    report("each listed name has a reason", faults)
    report("each text says something", [key for key, text in read.items() if not fill(text).strip()])
    report(f"a sentence has at most {SENTENCE_WORDS} words", each(kiosk, lambda sentence:
           len(WORD.findall(sentence)) > SENTENCE_WORDS and f"{len(WORD.findall(sentence))} words"))
    report("no passive", each(kiosk, found(PASSIVE, "passive")))
    report("no abbreviation", each(kiosk, found(ABBREVIATION, "abbreviation")))
    report("no double negative", each(kiosk, found(DOUBLE_NEGATIVE, "double negative")))
    # on paper the hour stands in words too, beside its digits
    report("numbers in digits", each({key: text for key, text in kiosk.items() if not key.startswith("number.")}, found(NUMBER_WORDS, "a number in letters")))
    check_measures("all kiosk texts", kiosk)
    whole = {key: text for key, text in kiosk.items() if re.search(r"[.?!]", text)}
    check_measures("whole sentences alone", whole)
    unknown = unknown_words(read, names)
    report("each word of the kiosk is Dutch", [f"{key}: {', '.join(words)}" for key, words in unknown.items()])
    agenda = glob.glob(os.path.join(share, "lang/agenda-nl.po"))
    for path in agenda:
        unknown = unknown_words(read_po(path), names)
        report("each word of the agenda is Dutch", [f"{key}: {', '.join(words)}" for key, words in unknown.items()])
    report("each answer has a pictogram and a spoken form of its own",
           check_answers(texts, answers, os.path.join(share, "assets/pictograms")))
    source = os.path.join(here, "../src")
    if os.path.isdir(source):
        every = {**texts, **{key: text for path in agenda for key, text in read_po(path).items()}}
        report("each text that the code names is there", check_keys(source, every))
    print(f"1..{tests}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

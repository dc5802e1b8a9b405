#include "draw/run.h"

#include <fribidi/fribidi.h>
#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

struct characters {
    uint32_t codes[RUN_CHARACTERS_MAX];
    FriBidiLevel levels[RUN_CHARACTERS_MAX];
    enum script scripts[RUN_CHARACTERS_MAX];
    unsigned count;
};

static void find_levels(struct characters *all)
{
    FriBidiCharType types[RUN_CHARACTERS_MAX];
    FriBidiBracketType brackets[RUN_CHARACTERS_MAX];
    FriBidiParType base = FRIBIDI_PAR_ON;
    bool simple = true;
    for (unsigned i = 0; i < all->count; i++) {
        simple = simple && all->codes[i] < 0x590;
    }
    memset(all->levels, 0, sizeof all->levels);
    if (simple) {
        return;
    }
    fribidi_get_bidi_types(all->codes, (FriBidiStrIndex)all->count, types);
    fribidi_get_bracket_types(all->codes, (FriBidiStrIndex)all->count, types, brackets);
    if (fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)all->count, &base,
                                            all->levels) == 0) {
        memset(all->levels, 0, sizeof all->levels);
    }
}

// Without a right to left letter nothing is turned: one level, so that words and numbers stay one run.
static void level_out(struct characters *all)
{
    for (unsigned i = 0; i < all->count; i++) {
        if (all->levels[i] & 1) {
            return;
        }
    }
    memset(all->levels, 0, sizeof all->levels);
}

// Common characters go with the script before them on the same level, else with the one behind.
static void find_scripts(struct characters *all)
{
    enum script before = SCRIPT_COMMON;
    for (unsigned i = 0; i < all->count; i++) {
        enum script script = script_of(all->codes[i]);
        before = i > 0 && all->levels[i] != all->levels[i - 1] ? SCRIPT_COMMON : before;
        before = script == SCRIPT_COMMON ? before : script;
        all->scripts[i] = before;
    }
    before = SCRIPT_COMMON;
    for (unsigned i = all->count; i-- > 0;) {
        before = i + 1 < all->count && all->levels[i] != all->levels[i + 1] ? SCRIPT_COMMON : before;
        before = all->scripts[i] != SCRIPT_COMMON ? all->scripts[i] : before;
        all->scripts[i] = before != SCRIPT_COMMON ? before : SCRIPT_LATIN;
    }
}

static enum face find_face(uint32_t code, enum script script, bool bold)
{
    enum face face = face_for_script(script);
    bool joiner = code == 0x200C || code == 0x200D || (code >= 0x300 && code < 0x370);
    if (joiner || face_has(face, bold, code)) {
        return face;
    }
    for (int i = 0; i < FACES; i++) {
        if ((enum face)i != face && face_has((enum face)i, bold, code)) {
            return (enum face)i;
        }
    }
    return FACE_SANS;
}

static void cut_runs(struct run_line *line, const struct characters *all, bool bold)
{
    struct run *run = NULL;
    unsigned used = 0;
    for (unsigned i = 0; i < all->count; i++) {
        char bytes[UTF8_MAX + 1];
        if (script_is_format(all->codes[i]) || all->codes[i] < 0x20) {
            continue;
        }
        enum face face = find_face(all->codes[i], all->scripts[i], bold);
        if (run == NULL || run->face != face || run->script != all->scripts[i] ||
            run->level != (unsigned char)all->levels[i]) {
            if (line->count == RUNS_MAX) {
                return;
            }
            used += run != NULL; // the zero
            run = &line->runs[line->count++];
            *run = (struct run){face, all->scripts[i], (unsigned char)all->levels[i], used, 0};
        }
        size_t size = utf8_encode(all->codes[i], bytes);
        memcpy(line->text + used, bytes, size);
        run->size += (unsigned)size;
        used += (unsigned)size;
        line->text[used] = '\0';
    }
}

// Rule L2 of the Unicode bidirectional algorithm, on runs.
static void order_runs(struct run_line *line)
{
    unsigned highest = 0;
    for (unsigned i = 0; i < line->count; i++) {
        highest = line->runs[i].level > highest ? line->runs[i].level : highest;
    }
    for (unsigned level = highest; level > 0; level--) {
        for (unsigned i = 0; i < line->count; i++) {
            unsigned end = i;
            while (end < line->count && line->runs[end].level >= level) {
                end++;
            }
            for (unsigned a = i, b = end; b > a + 1; a++) {
                struct run swap = line->runs[a];
                line->runs[a] = line->runs[--b];
                line->runs[b] = swap;
            }
            i = end;
        }
    }
}

void run_split(struct run_line *line, const char *text, bool bold)
{
    static struct characters all; // protected by the lock; too large for a stack
    all.count = 0;
    line->count = 0;
    line->text[0] = '\0';
    while (*text != '\0' && all.count < RUN_CHARACTERS_MAX) {
        all.codes[all.count++] = utf8_next(&text);
    }
    find_levels(&all);
    level_out(&all);
    find_scripts(&all);
    cut_runs(line, &all, bold);
    order_runs(line);
    memset(all.codes, 0, sizeof all.codes); // what people typed does not stay
}

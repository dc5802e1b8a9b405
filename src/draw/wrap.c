// Breaking text into lines: only between words, as few lines as hold, and these about equally long.
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "draw/text.h"

#include "base/banned.h"

#define WORDS_MAX 160

struct word {
    const char *start;
    unsigned size;
    int width;
    bool glued;  // follows a hyphen: no space before it
    bool forced; // begins a new line
};
struct words {
    struct word list[WORDS_MAX];
    unsigned count;
    int space, widest;
};

static int part_width(const char *start, unsigned size, struct text_style style)
{
    char part[512];
    if (start != NULL && size < sizeof part) {
        memcpy(part, start, size);
        part[size] = '\0';
        return text_width(part, style);
    }
    char *copy = memory_format("%.*s", (int)size, start);
    int width = text_width(copy, style);
    free(copy);
    return width;
}

static bool is_break(char c)
{
    return c == ' ' || c == '\n';
}

// Bytes of the word at `text`; with `hyphens` it may end behind one inside a word.
static unsigned word_size(const char *text, bool hyphens)
{
    unsigned size = 0;
    while (text[size] != '\0' && !is_break(text[size])) {
        size++;
        if (hyphens && text[size - 1] == '-' && size > 1 && text[size] != '\0' && !is_break(text[size])) {
            break;
        }
    }
    return size;
}

static void find_words(struct words *words, const char *text, struct text_style style, bool hyphens)
{
    bool forced = false, spaced = true;
    *words = (struct words){.space = text_width("n n", style) - text_width("nn", style)};
    while (*text != '\0') {
        if (is_break(*text)) {
            forced = forced || *text == '\n';
            spaced = true;
            text++;
            continue;
        }
        unsigned size = word_size(text, hyphens);
        if (words->count == WORDS_MAX) { // the rest counts as one word
            struct word *last = &words->list[WORDS_MAX - 1];
            last->size = (unsigned)strlen(last->start);
            last->width = part_width(last->start, last->size, style);
            break;
        }
        struct word *word = &words->list[words->count++];
        *word = (struct word){text, size, part_width(text, size, style), !spaced, forced};
        words->widest = word->width > words->widest ? word->width : words->widest;
        forced = spaced = false;
        text += size;
    }
}

// How many lines, when none is wider than `width` (a wider word has its own); writes where each begins.
static unsigned fill_lines(const struct words *words, int width, unsigned firsts[WORDS_MAX])
{
    unsigned count = 0;
    int used = 0;
    for (unsigned i = 0; i < words->count; i++) {
        const struct word *word = &words->list[i];
        int with = used + (word->glued ? 0 : words->space) + word->width;
        if (i == 0 || word->forced || with > width) {
            firsts[count++] = i;
            used = word->width;
        } else {
            used = with;
        }
    }
    return count;
}

// The narrowest width that still needs no more lines.
static int even_width(const struct words *words, int width, unsigned wanted)
{
    unsigned firsts[WORDS_MAX];
    int low = words->widest, high = width;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (fill_lines(words, middle, firsts) <= wanted) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return high > words->widest ? high : words->widest;
}

static void set_lines(struct text_block *block, const struct words *words, const unsigned *firsts,
                      unsigned count)
{
    block->count = count > TEXT_LINES_MAX ? TEXT_LINES_MAX : count;
    block->width = 0;
    for (unsigned i = 0; i < block->count; i++) {
        bool rest = i + 1 == block->count;
        const struct word *first = &words->list[firsts[i]];
        const struct word *last = &words->list[rest ? words->count - 1 : firsts[i + 1] - 1];
        block->starts[i] = first->start;
        block->lengths[i] = (unsigned)(last->start - first->start) + last->size;
        int width = part_width(first->start, block->lengths[i], block->style);
        block->width = width > block->width ? width : block->width;
    }
    block->height = (int)block->count * block->line;
}

static bool try_wrap(struct text_block *block, const char *text, int width, unsigned wanted, bool hyphens)
{
    struct words words;
    unsigned firsts[WORDS_MAX];
    find_words(&words, text, block->style, hyphens);
    unsigned count = fill_lines(&words, width, firsts);
    count = fill_lines(&words, even_width(&words, width, count), firsts);
    set_lines(block, &words, firsts, count);
    return count <= wanted && block->width <= width;
}

bool text_wrap(struct text_block *block, const char *text, struct text_style style, int width,
               unsigned wanted, float line_height)
{
    *block = (struct text_block){.style = style, .line = (int)((float)style.size * line_height + 0.5f)};
    wanted = wanted == 0 || wanted > TEXT_LINES_MAX ? TEXT_LINES_MAX : wanted;
    if (try_wrap(block, text, width, wanted, false)) {
        return true;
    }
    if (strchr(text, '-') == NULL) {
        return false;
    }
    struct text_block plain = *block;
    bool fits = try_wrap(block, text, width, wanted, true);
    if (!fits) {
        *block = plain;
    }
    return fits;
}

bool text_fit(struct text_block *block, const char *text, struct text_style style, int size_min, int width,
              int height, unsigned wanted, float line_height)
{
    for (;;) {
        bool fits = text_wrap(block, text, style, width, wanted, line_height);
        if (fits && (height <= 0 || block->height <= height)) {
            return true;
        }
        if (style.size <= size_min) {
            return false;
        }
        int smaller = style.size * 94 / 100;
        style.size = smaller < size_min ? size_min : smaller < style.size ? smaller : style.size - 1;
    }
}

void text_block_draw(struct canvas *canvas, const struct text_block *block, int x, int y, int width,
                     int height, enum text_align align, uint32_t colour)
{
    int capital = (int)((float)block->style.size * TEXT_CAPITAL + 0.5f);
    int whole = ((int)block->count - 1) * block->line + capital;
    int baseline = y + (height - whole) / 2 + capital;
    int at = align == TEXT_CENTRE ? x + width / 2 : align == TEXT_RIGHT ? x + width : x;
    for (unsigned i = 0; i < block->count; i++) {
        char *line = memory_format("%.*s", (int)block->lengths[i], block->starts[i]);
        text_draw(canvas, line, block->style, at, baseline + (int)i * block->line, align, colour);
        memory_wipe(line, block->lengths[i]);
        free(line);
    }
}

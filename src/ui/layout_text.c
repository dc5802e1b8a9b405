// Breaking words into lines. The widths come from the theme.
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "ui/layout.h"

#include "base/banned.h"

#define WORDS_MAX 48
#define HYPHEN_AFTER 4 // letters

struct words {
    unsigned short start[WORDS_MAX], end[WORDS_MAX];
    unsigned count;
};

static void split(const char *text, struct words *words)
{
    words->count = 0;
    for (size_t i = 0; text[i] && words->count < WORDS_MAX;) {
        while (text[i] == ' ')
            i++;
        if (!text[i])
            break;
        words->start[words->count] = (unsigned short)i;
        size_t begun = i;
        while (text[i] && text[i] != ' ') {
            i++;
            // "Sint-Pieters-Leeuw" may break after a hyphen, "e-mail" not
            if (text[i - 1] == '-' && i - begun > HYPHEN_AFTER && text[i] && text[i] != ' ')
                break;
        }
        words->end[words->count++] = (unsigned short)i;
    }
    if (words->count == WORDS_MAX) // the rest stays together
        words->end[WORDS_MAX - 1] = (unsigned short)strlen(text);
}

struct type {
    const struct theme *theme;
    const char *text, *script;
    float size_mm;
    bool bold;
};

static float width_of(const struct type *type, unsigned short start, unsigned short end)
{
    char part[512];
    size_t length = (size_t)(end - start);
    if (length >= sizeof part)
        return INFINITY;
    memcpy(part, type->text + start, length);
    part[length] = '\0';
    return theme_text_width(type->theme, part, type->size_mm, type->bold, type->script);
}

// Fills lines word by word; 0 when a word is wider than `width` or there are more than `most` lines.
static unsigned fill(const struct type *type, const struct words *words, float width, unsigned most,
                     unsigned short starts[], unsigned short ends[])
{
    unsigned lines = 0;
    for (unsigned i = 0; i < words->count;) {
        if (lines == most)
            return 0;
        unsigned last = i;
        if (width_of(type, words->start[i], words->end[i]) > width)
            return 0;
        while (last + 1 < words->count && width_of(type, words->start[i], words->end[last + 1]) <= width)
            last++;
        starts[lines] = words->start[i];
        ends[lines++] = words->end[last];
        i = last + 1;
    }
    return lines;
}

unsigned layout_break(const struct theme *theme, const char *text, float size_mm, bool bold,
                      const char *script, float width, unsigned most, unsigned short starts[],
                      unsigned short ends[])
{
    struct type type = {theme, text, script, size_mm, bold};
    struct words words;
    split(text, &words);
    if (words.count == 0)
        return 0;
    if (most > LAYOUT_LINES_MAX)
        most = LAYOUT_LINES_MAX;
    unsigned lines = fill(&type, &words, width, most, starts, ends);
    if (lines < 2)
        return lines;
    // Lines of about equal length: the narrowest width that needs no further line.
    float low = width / (float)lines / 2, high = width;
    for (int step = 0; step < 9; step++) {
        float middle = (low + high) / 2;
        unsigned count = fill(&type, &words, middle, lines, starts, ends);
        if (count == lines)
            high = middle;
        else
            low = middle;
    }
    return fill(&type, &words, high, lines, starts, ends);
}

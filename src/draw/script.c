#include "draw/script.h"

#include <stddef.h>
#include <string.h>

#include "base/banned.h"

static const struct {
    uint32_t first, last;
    enum script script;
} RANGES[] = {
    // sorted; what lies between is Common (Unicode 15, Scripts.txt, whole blocks)
    {0x41, 0x5A, SCRIPT_LATIN},        {0x61, 0x7A, SCRIPT_LATIN},          {0xAA, 0xAA, SCRIPT_LATIN},
    {0xBA, 0xBA, SCRIPT_LATIN},        {0xC0, 0xD6, SCRIPT_LATIN},          {0xD8, 0xF6, SCRIPT_LATIN},
    {0xF8, 0x2B8, SCRIPT_LATIN},       {0x370, 0x3FF, SCRIPT_GREEK},        {0x400, 0x52F, SCRIPT_CYRILLIC},
    {0x600, 0x604, SCRIPT_ARABIC},     {0x606, 0x6FF, SCRIPT_ARABIC},       {0x750, 0x77F, SCRIPT_ARABIC},
    {0x8A0, 0x8FF, SCRIPT_ARABIC},     {0x900, 0x963, SCRIPT_DEVANAGARI},   {0x966, 0x97F, SCRIPT_DEVANAGARI},
    {0x980, 0x9FF, SCRIPT_BENGALI},    {0xA00, 0xA7F, SCRIPT_GURMUKHI},     {0x1200, 0x139F, SCRIPT_ETHIOPIC},
    {0x1E00, 0x1EFF, SCRIPT_LATIN},    {0x1F00, 0x1FFF, SCRIPT_GREEK},      {0x2D30, 0x2D7F, SCRIPT_TIFINAGH},
    {0x2D80, 0x2DDF, SCRIPT_ETHIOPIC}, {0x2E80, 0x2FDF, SCRIPT_HAN},        {0x3000, 0x303F, SCRIPT_HAN},
    {0x3400, 0x9FFF, SCRIPT_HAN},      {0xA8E0, 0xA8FF, SCRIPT_DEVANAGARI}, {0xAB00, 0xAB2F, SCRIPT_ETHIOPIC},
    {0xF900, 0xFAFF, SCRIPT_HAN},      {0xFB50, 0xFDFF, SCRIPT_ARABIC},     {0xFE70, 0xFEFE, SCRIPT_ARABIC},
    {0xFF00, 0xFFEF, SCRIPT_HAN},      {0x20000, 0x3FFFF, SCRIPT_HAN},
};

static const char *const TAGS[SCRIPTS] = {"Latn", "Latn", "Grek", "Cyrl", "Arab", "Ethi",
                                          "Tfng", "Deva", "Guru", "Beng", "Hani"};

enum script script_of(uint32_t character)
{
    size_t low = 0, high = sizeof RANGES / sizeof *RANGES;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (character > RANGES[middle].last) {
            low = middle + 1;
        } else if (character < RANGES[middle].first) {
            high = middle;
        } else {
            return RANGES[middle].script;
        }
    }
    return SCRIPT_COMMON;
}

const char *script_tag(enum script script)
{
    return TAGS[script];
}

enum script script_from_tag(const char *tag)
{
    if (tag != NULL && strcmp(tag, "Hans") == 0) {
        return SCRIPT_HAN;
    }
    for (int i = SCRIPT_LATIN; tag != NULL && i < SCRIPTS; i++) {
        if (strcmp(TAGS[i], tag) == 0) {
            return (enum script)i;
        }
    }
    return SCRIPT_COMMON;
}

bool script_is_format(uint32_t character)
{
    return (character >= 0x2066 && character <= 0x2069) || (character >= 0x202A && character <= 0x202E) ||
           character == 0x200E || character == 0x200F || character == 0x061C || character == 0xFEFF;
}

#include "base/utf8.h"

#include <string.h>

#include "base/banned.h"

#define REPLACEMENT 0xFFFD

// How many bytes a lead byte announces, 0 when it can lead nothing.
static size_t announced(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

static bool is_scalar(uint32_t character)
{
    return character <= 0x10FFFF && (character < 0xD800 || character > 0xDFFF);
}

// Decodes one character of at most `size` bytes: how many bytes it takes, 0 when it is broken.
static size_t decode(const unsigned char *bytes, size_t size, uint32_t *character)
{
    static const uint32_t smallest[UTF8_MAX + 1] = {0, 0, 0x80, 0x800, 0x10000};
    static const unsigned char lead_bits[UTF8_MAX + 1] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    if (size == 0)
        return 0;
    size_t length = announced(bytes[0]);
    if (length == 0 || length > size)
        return 0;
    uint32_t value = bytes[0] & lead_bits[length];
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (bytes[i] & 0x3F);
    }
    if (value < smallest[length] || !is_scalar(value))
        return 0;
    *character = value;
    return length;
}

uint32_t utf8_next(const char **text)
{
    const char *start = *text;
    if (*start == 0)
        return 0;
    uint32_t character = REPLACEMENT;
    size_t length = decode((const unsigned char *)start, strnlen(start, UTF8_MAX), &character);
    *text = start + (length == 0 ? 1 : length);
    return character;
}

size_t utf8_encode(uint32_t character, char out[UTF8_MAX + 1])
{
    static const unsigned char leads[UTF8_MAX + 1] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = 0;
    if (character == 0 || !is_scalar(character))
        return 0;
    size_t length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    out[0] = (char)(leads[length] | character);
    out[length] = 0;
    return length;
}

bool utf8_valid(const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        uint32_t character = 0;
        size_t length = decode((const unsigned char *)text + at, size - at, &character);
        if (length == 0 || character == 0)
            return false;
        at += length;
    }
    return true;
}

size_t utf8_length(const char *text)
{
    size_t length = 0;
    while (utf8_next(&text) != 0)
        length++;
    return length;
}

void utf8_drop_last(char *text)
{
    const char *last = text;
    for (const char *at = text; *at != 0;) {
        last = at;
        utf8_next(&at);
    }
    text[last - text] = 0;
}

// Blocks where capital and small letter take turns; `first` is a capital.
static const struct {
    uint16_t first, last;
} turns[] = {
    {0x0100, 0x012F}, {0x0132, 0x0137}, {0x0139, 0x0148}, {0x014A, 0x0177}, {0x0179, 0x017E},
    {0x0182, 0x0185}, {0x01A0, 0x01A5}, {0x01B3, 0x01B6}, {0x01CD, 0x01DC}, {0x01DE, 0x01EF},
    {0x01F8, 0x021F}, {0x0222, 0x0233}, {0x0246, 0x024F}, {0x1E00, 0x1E95}, {0x1EA0, 0x1EFF},
};

// The others of Latin Extended-B, from the Unicode character database (simple case mappings).
static const struct {
    uint16_t upper, lower;
} pairs[] = {
    {0x0178, 0x00FF}, {0x0181, 0x0253}, {0x0186, 0x0254}, {0x0187, 0x0188}, {0x0189, 0x0256},
    {0x018A, 0x0257}, {0x018B, 0x018C}, {0x018E, 0x01DD}, {0x018F, 0x0259}, {0x0190, 0x025B},
    {0x0191, 0x0192}, {0x0193, 0x0260}, {0x0194, 0x0263}, {0x0196, 0x0269}, {0x0197, 0x0268},
    {0x0198, 0x0199}, {0x019C, 0x026F}, {0x019D, 0x0272}, {0x019F, 0x0275}, {0x01A6, 0x0280},
    {0x01A7, 0x01A8}, {0x01A9, 0x0283}, {0x01AC, 0x01AD}, {0x01AE, 0x0288}, {0x01AF, 0x01B0},
    {0x01B1, 0x028A}, {0x01B2, 0x028B}, {0x01B7, 0x0292}, {0x01B8, 0x01B9}, {0x01BC, 0x01BD},
    {0x01C4, 0x01C6}, {0x01C7, 0x01C9}, {0x01CA, 0x01CC}, {0x01F1, 0x01F3}, {0x01F4, 0x01F5},
    {0x01F6, 0x0195}, {0x01F7, 0x01BF}, {0x0220, 0x019E}, {0x023A, 0x2C65}, {0x023B, 0x023C},
    {0x023D, 0x019A}, {0x023E, 0x2C66}, {0x0241, 0x0242}, {0x0243, 0x0180}, {0x0244, 0x0289},
    {0x0245, 0x028C}, {0x2C7E, 0x023F}, {0x2C7F, 0x0240},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool takes_turns(uint32_t character, bool *capital)
{
    for (size_t i = 0; i < COUNT(turns); i++) {
        if (character >= turns[i].first && character <= turns[i].last) {
            *capital = ((character - turns[i].first) & 1) == 0;
            return true;
        }
    }
    return false;
}

uint32_t utf8_upper(uint32_t character)
{
    bool capital = false;
    if ((character >= 'a' && character <= 'z') ||
        (character >= 0xE0 && character <= 0xFE && character != 0xF7))
        return character - 0x20;
    if (takes_turns(character, &capital))
        return capital ? character : character - 1;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        if (pairs[i].lower == character)
            return pairs[i].upper;
    }
    return character;
}

uint32_t utf8_lower(uint32_t character)
{
    bool capital = false;
    if ((character >= 'A' && character <= 'Z') ||
        (character >= 0xC0 && character <= 0xDE && character != 0xD7))
        return character + 0x20;
    if (character == 0x1E9E) // the capital sharp s; the small one has no single capital
        return 0xDF;
    if (takes_turns(character, &capital))
        return capital ? character + 1 : character;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        if (pairs[i].upper == character)
            return pairs[i].lower;
    }
    return character;
}

bool utf8_is_letter(uint32_t character)
{
    if ((character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z'))
        return true;
    if (character == 0xAA || character == 0xBA)
        return true;
    if (character >= 0xC0 && character <= 0x02AF) // up to the IPA letters, which African alphabets use
        return character != 0xD7 && character != 0xF7;
    return character >= 0x1E00 && character <= 0x1EFF;
}

#include "ui/keyboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

#include "base/banned.h"

const char *const keyboard_azerty[28] = {"A", "Z", "E", "R", "T", "Y", "U", "I", "O", "P",
                                         "Q", "S", "D", "F", "G", "H", "J", "K", "L", "M",
                                         "W", "X", "C", "V", "B", "N", "'", "-"};
const char *const keyboard_abc[28] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N",
                                      "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z", "'", "-"};

// Letters of Albanian, Czech, French, German, Lingala, Maltese, Polish, Portuguese, Romanian, Slovak,
// Spanish, Swedish, Tarifit, Turkish and their neighbours; the commonest among newcomers first.
static const struct {
    const char *base, *variants;
} families[] = {
    {"A", "ĂÂÀÁÄÅÃĄÆĀ"}, {"C", "ÇĆČĊ"},     {"D", "ĐĎḌÐ"},   {"E", "ÉÈÊËĘĚĖĒƐ"}, {"G", "ĞǦƔĢĠ"},
    {"H", "ḤĦ"},         {"I", "ÎÍÌÏİıĪĮ"}, {"K", "Ķ"},      {"L", "ŁĽĹĻ"},      {"N", "ÑŃŇŅ"},
    {"O", "ÖÓÒÔÕŐØŌŒƆ"}, {"R", "ŘŔṚ"},      {"S", "ȘŞŠŚßṢ"}, {"T", "ȚŢŤṬ"},      {"U", "ÜÚÙÛŰŮŪŲ"},
    {"Y", "ÝŸ"},         {"Z", "ŽŹŻẒ"},
};
// What fills the row up to ten: the letters that the seed's languages need most.
static const char filling[] = "ÉÈËÇÜÖÄȘȚŁĂÑÁ";

const char *const *keyboard_keys(const struct keyboard *keyboard)
{
    return keyboard->abc ? keyboard_abc : keyboard_azerty;
}

static const char *family_of(const char *base)
{
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (strcmp(families[i].base, base) == 0)
            return families[i].variants;
    return "";
}

static bool add_variant(char out[KEYBOARD_VARIANTS][KEYBOARD_KEY_SIZE], unsigned *count, uint32_t character)
{
    char text[UTF8_MAX + 1];
    utf8_encode(character, text);
    for (unsigned i = 0; i < *count; i++)
        if (strcmp(out[i], text) == 0)
            return false;
    (void)text_copy(out[(*count)++], KEYBOARD_KEY_SIZE, text);
    return true;
}

// How many of the row are of the last letter's own family; the others only fill.
static unsigned fill_variants(const struct keyboard *keyboard, char out[KEYBOARD_VARIANTS][KEYBOARD_KEY_SIZE])
{
    unsigned count = 0;
    const char *own = family_of(keyboard->last), *rest = filling;
    for (uint32_t c = utf8_next(&own); c && count < KEYBOARD_VARIANTS; c = utf8_next(&own))
        add_variant(out, &count, c);
    unsigned family = count;
    for (uint32_t c = utf8_next(&rest); c && count < KEYBOARD_VARIANTS; c = utf8_next(&rest))
        add_variant(out, &count, c);
    return family;
}

void keyboard_variants(const struct keyboard *keyboard, char out[KEYBOARD_VARIANTS][KEYBOARD_KEY_SIZE])
{
    (void)fill_variants(keyboard, out);
}

// ---- typing
static uint32_t last_character(const char *text)
{
    uint32_t last = 0;
    for (uint32_t c = utf8_next(&text); c; c = utf8_next(&text))
        last = c;
    return last;
}

static bool begins_word(const char *text)
{
    uint32_t last = last_character(text);
    return last == 0 || last == ' ' || last == '-' || last == '\'';
}

static void append(char *text, size_t size, unsigned most, uint32_t character)
{
    char encoded[UTF8_MAX + 1];
    size_t length = strlen(text), added = utf8_encode(character, encoded);
    if (added == 0 || utf8_length(text) >= most || length + added + 1 > size)
        return;
    memcpy(text + length, encoded, added + 1);
}

static void type_letter(char *text, size_t size, unsigned most, uint32_t character)
{
    append(text, size, most, begins_word(text) ? utf8_upper(character) : utf8_lower(character));
}

// The letter's base in `out`: "S" for "ș"; a letter without family is its own.
static void base_of(uint32_t character, char out[KEYBOARD_KEY_SIZE])
{
    uint32_t capital = utf8_upper(character);
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        const char *variants = families[i].variants;
        for (uint32_t c = utf8_next(&variants); c; c = utf8_next(&variants))
            if (c == capital || c == character) {
                (void)text_copy(out, KEYBOARD_KEY_SIZE, families[i].base);
                return;
            }
    }
    char encoded[UTF8_MAX + 1];
    utf8_encode(capital, encoded);
    (void)text_copy(out, KEYBOARD_KEY_SIZE, encoded);
}

static void type_variant(struct keyboard *keyboard, unsigned index, char *text, size_t size, unsigned most)
{
    char row[KEYBOARD_VARIANTS][KEYBOARD_KEY_SIZE], base[KEYBOARD_KEY_SIZE];
    unsigned family = fill_variants(keyboard, row);
    const char *variant = row[index];
    uint32_t character = utf8_next(&variant);
    base_of(last_character(text), base);
    if (index < family && strcmp(base, keyboard->last) == 0)
        utf8_drop_last(text); // the variant takes the place of its base
    type_letter(text, size, most, character);
    base_of(character, keyboard->last);
}

static bool id_character(const char *id, uint32_t *character)
{
    if (strcmp(id, "apostrophe") == 0)
        *character = '\'';
    else if (strcmp(id, "hyphen") == 0)
        *character = '-';
    else if (strcmp(id, "space") == 0)
        *character = ' ';
    else if (id[0] >= 'a' && id[0] <= 'z' && id[1] == '\0')
        *character = (uint32_t)(id[0] - 'a' + 'A');
    else
        return false;
    return true;
}

static void type_plain(struct keyboard *keyboard, uint32_t character, char *text, size_t size, unsigned most)
{
    bool letter = character >= 'A' && character <= 'Z';
    if (!letter && begins_word(text)) // no second space, and none at the beginning
        return;
    if (letter) {
        type_letter(text, size, most, character);
        base_of(character, keyboard->last);
    } else {
        append(text, size, most, character);
    }
}

bool keyboard_apply(struct keyboard *keyboard, const char *id, char *text, size_t size, unsigned most)
{
    uint32_t character = 0;
    if (strncmp(id, "key.", 4) != 0)
        return false;
    id += 4;
    if (strcmp(id, "delete") == 0) {
        utf8_drop_last(text);
        keyboard->last[0] = '\0';
        if (*text)
            base_of(last_character(text), keyboard->last);
    } else if (strcmp(id, "order") == 0) {
        keyboard->abc = !keyboard->abc;
    } else if (strncmp(id, "variant.", 8) == 0 && id[8] >= '0' && id[8] <= '9' && id[9] == '\0') {
        type_variant(keyboard, (unsigned)(id[8] - '0'), text, size, most);
    } else if (id_character(id, &character)) {
        type_plain(keyboard, character, text, size, most);
    } else {
        return false;
    }
    return true;
}

bool keyboard_id(const struct keyboard *keyboard, const char *character, char *out, size_t size, bool *more)
{
    const char *text = character;
    uint32_t wanted = utf8_next(&text);
    *more = false;
    if (wanted == '\'' || wanted == '-' || wanted == ' ') {
        (void)text_print(out, size, "key.%s",
                         wanted == ' '   ? "space"
                         : wanted == '-' ? "hyphen"
                                         : "apostrophe");
        return true;
    }
    uint32_t capital = utf8_upper(wanted);
    if (capital >= 'A' && capital <= 'Z') {
        (void)text_print(out, size, "key.%c", (int)(capital - 'A' + 'a'));
        return true;
    }
    char row[KEYBOARD_VARIANTS][KEYBOARD_KEY_SIZE], base[KEYBOARD_KEY_SIZE];
    unsigned family = fill_variants(keyboard, row);
    base_of(wanted, base);
    if (base[0] < 'A' || base[0] > 'Z' || base[1] != '\0')
        return false;
    for (unsigned i = 0; i < family; i++) {
        const char *variant = row[i];
        uint32_t shown = utf8_next(&variant);
        if (strcmp(base, keyboard->last) == 0 && (shown == capital || shown == wanted)) {
            (void)text_print(out, size, "key.variant.%u", i);
            return true;
        }
    }
    *more = true;
    (void)text_print(out, size, "key.%c", base[0] - 'A' + 'a');
    return strcmp(base, keyboard->last) != 0;
}

bool keyboard_pad_apply(const char *id, char *text, size_t size, unsigned most)
{
    size_t length = strlen(text);
    if (strncmp(id, "key.", 4) != 0)
        return false;
    id += 4;
    char key = id[0];
    if (strcmp(id, "delete") == 0) {
        if (length > 0)
            text[length - 1] = '\0';
        return true;
    }
    if (strcmp(id, "plus") == 0)
        key = '+';
    else if (key < '0' || key > '9' || id[1] != '\0')
        return false;
    if ((key == '+' && length > 0) || length >= most || length + 2 > size)
        return true;
    text[length] = key;
    text[length + 1] = '\0';
    return true;
}

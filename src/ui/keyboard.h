// The on-screen keyboard: ten units wide, AZERTY or ABC order in the same places, and a row of ten variants
// of the last letter (diacritics of the Latin languages of newcomers). Pure: keys to text.
#ifndef WEGWIJS_UI_KEYBOARD_H
#define WEGWIJS_UI_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>

#define KEYBOARD_VARIANTS 10
#define KEYBOARD_KEY_SIZE 5 // one character

struct keyboard {
    bool abc;     // ABC order instead of AZERTY
    char last[5]; // last letter typed, as a capital base letter ("" at the beginning)
};

// Rows of 10, 10 and 8 characters; each is one capital letter, apostrophe or hyphen.
extern const char *const keyboard_azerty[28];
extern const char *const keyboard_abc[28];
const char *const *keyboard_keys(const struct keyboard *keyboard);
// The ten variants for the last letter, filled up; each a capital.
void keyboard_variants(const struct keyboard *keyboard, char out[KEYBOARD_VARIANTS][KEYBOARD_KEY_SIZE]);

// Applies the key with this element id ("key.a", "key.apostrophe", "key.hyphen", "key.space", "key.delete",
// "key.order", "key.variant.3") to `text` (`size` bytes with the zero, at most `most` characters). Capitals
// at the beginning and after space, hyphen or apostrophe; small after that. A variant typed right after its
// base letter replaces it. Returns true when it was a key of the keyboard.
bool keyboard_apply(struct keyboard *keyboard, const char *id, char *text, size_t size, unsigned most);
// The element id of the key that types this character, into `out`; false when there is none. For scripts:
// `type Dragoș` needs "key.s" and then "key.variant.N": returns the variant's id when it shows now, else the
// id of its base letter with *more = true (press it, then ask again).
bool keyboard_id(const struct keyboard *keyboard, const char *character, char *out, size_t size, bool *more);

// The number pad: digits, "key.plus" (only first) and "key.delete" on a text of digits.
bool keyboard_pad_apply(const char *id, char *text, size_t size, unsigned most);
#endif

// Which script a character belongs to, as far as the language table goes. Pure; any thread.
#ifndef WEGWIJS_DRAW_SCRIPT_H
#define WEGWIJS_DRAW_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

enum script {
    SCRIPT_COMMON, // digits, punctuation, marks: go with their neighbours
    SCRIPT_LATIN,
    SCRIPT_GREEK,
    SCRIPT_CYRILLIC,
    SCRIPT_ARABIC,
    SCRIPT_ETHIOPIC,
    SCRIPT_TIFINAGH,
    SCRIPT_DEVANAGARI,
    SCRIPT_GURMUKHI,
    SCRIPT_BENGALI,
    SCRIPT_HAN,
    SCRIPTS
};
enum script script_of(uint32_t character);
const char *script_tag(enum script script);   // ISO 15924: "Latn"; Common is "Latn"
enum script script_from_tag(const char *tag); // SCRIPT_COMMON when unknown
bool script_is_format(uint32_t character);    // directional marks and isolates: steer, are never drawn
#endif

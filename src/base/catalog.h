// Texts from lang/<language>.po, read with libgettextpo. The msgid is our key ("topic.work"), the msgstr
// the text. Immutable after opening: any thread may read.
#ifndef WEGWIJS_BASE_CATALOG_H
#define WEGWIJS_BASE_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct catalog;

// Opens and checks a file. Every fault gets file and line. On failure *catalog is NULL.
int catalog_open(struct catalog **catalog, const char *path, struct error *error);
void catalog_free(struct catalog *catalog);

// Replaces or adds one text (a town's own wording). Only before the catalog is shared between threads.
void catalog_override(struct catalog *catalog, const char *key, const char *text);

bool catalog_has(const struct catalog *catalog, const char *key);
// The text, or the key itself when it is missing. Borrowed; never NULL.
const char *catalog_get(const struct catalog *catalog, const char *key);
// As catalog_get for a key put together with printf: catalog_getf(c, "topic.%s", id).
const char *catalog_getf(const struct catalog *catalog, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Fills "{name}" places: fills is name, value, name, value …, NULL. Unknown places stay. Cut at a character
// when it does not fit; always terminated.
void catalog_fill(char *out, size_t size, const char *text, const char *const *fills);

// All keys in the file's order, for checks.
size_t catalog_count(const struct catalog *catalog);
const char *catalog_key(const struct catalog *catalog, size_t index);
unsigned catalog_line(const struct catalog *catalog, size_t index); // 0 when unknown
const char *catalog_path(const struct catalog *catalog);

#endif

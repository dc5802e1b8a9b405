#include "base/catalog.h"

#include <gettext-po.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"

#include "base/banned.h"

#define FILE_LIMIT ((size_t)4 * 1024 * 1024) // bytes
#define KEY_SIZE 128

struct entry {
    char *key, *text;
    unsigned line;
};

struct catalog {
    char *path;
    struct entry *entries; // in the file's order, then overrides of their own
    size_t *sorted;        // indexes of entries, by key
    size_t count, room;
};

// What one reading collects. libgettextpo calls back without a context, so it stands beside the lock.
static pthread_mutex_t reading_lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    const char *path;
    struct error *error;
    int faults;
    jmp_buf fatal;
} reading; // protected by reading_lock

static void take_fault(int severity, po_message_t message, const char *file, size_t line, size_t column,
                       int multiline, const char *text)
{
    (void)message;
    (void)column;
    (void)multiline;
    if (severity >= PO_SEVERITY_ERROR && reading.faults++ == 0) { // the first is the cause of the others
        int length = (int)strcspn(text, "\n");
        if (file == NULL || line == 0 || line == (size_t)-1)
            error_set(reading.error, ERROR_INVALID, "%s: %.*s", reading.path, length, text);
        else
            error_set(reading.error, ERROR_INVALID, "%s:%zu: %.*s", reading.path, line, length, text);
    }
    if (severity >= PO_SEVERITY_FATAL_ERROR) // the library's rule: then this must not return
        longjmp(reading.fatal, 1);
}

static void take_double_fault(int severity, po_message_t message, const char *file, size_t line,
                              size_t column, int multiline, const char *text, po_message_t message2,
                              const char *file2, size_t line2, size_t column2, int multiline2,
                              const char *text2)
{
    (void)message2;
    (void)file2;
    (void)line2;
    (void)column2;
    (void)multiline2;
    (void)text2;
    take_fault(severity, message, file, line, column, multiline, text);
}

// Where `key` stands at or after *at in the file's text; moves *at and *line there. 0 when it is not found,
// as with a key that is written over several lines.
static unsigned find_line(const char *key, const char **at, unsigned *line)
{
    const char *from = *at;
    unsigned number = *line;
    size_t length = strlen(key);
    while (*from != 0) {
        if (strncmp(from, "msgid \"", 7) == 0 && strncmp(from + 7, key, length) == 0 &&
            from[7 + length] == '"') {
            *at = from;
            *line = number;
            return number;
        }
        const char *end = strchr(from, '\n');
        if (end == NULL)
            break;
        from = end + 1;
        number++;
    }
    return 0;
}

// The first entry in `sorted` whose key is not before `key`.
static size_t position_of(const struct catalog *catalog, const char *key)
{
    size_t low = 0, high = catalog->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(catalog->entries[catalog->sorted[middle]].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct entry *find(const struct catalog *catalog, const char *key)
{
    size_t position = position_of(catalog, key);
    if (position == catalog->count)
        return NULL;
    struct entry *entry = &catalog->entries[catalog->sorted[position]];
    return strcmp(entry->key, key) == 0 ? entry : NULL;
}

static void insert(struct catalog *catalog, const char *key, const char *text, unsigned line)
{
    size_t position = position_of(catalog, key);
    if (catalog->count == catalog->room) {
        catalog->room = catalog->room == 0 ? 256 : catalog->room * 2;
        catalog->entries = memory_grow(catalog->entries, catalog->room, sizeof(*catalog->entries));
        catalog->sorted = memory_grow(catalog->sorted, catalog->room, sizeof(*catalog->sorted));
    }
    memmove(catalog->sorted + position + 1, catalog->sorted + position,
            (catalog->count - position) * sizeof(*catalog->sorted));
    catalog->sorted[position] = catalog->count;
    catalog->entries[catalog->count++] = (struct entry){memory_copy_text(key), memory_copy_text(text), line};
}

// Why a message cannot be used, or NULL.
static const char *refusal(const struct catalog *catalog, po_message_t message)
{
    const char *key = po_message_msgid(message);
    const char *text = po_message_msgstr(message);
    if (po_message_msgctxt(message) != NULL)
        return "has a msgctxt, which is not used here";
    if (po_message_msgid_plural(message) != NULL)
        return "has plural forms, which are not used here";
    if (*text == 0)
        return "has no text";
    if (po_message_is_fuzzy(message))
        return "is marked fuzzy: somebody must read it first";
    if (!utf8_valid(key, strlen(key)) || !utf8_valid(text, strlen(text)))
        return "is not UTF-8";
    if (find(catalog, key) != NULL)
        return "stands here twice";
    return NULL;
}

static int take_message(struct catalog *catalog, po_message_t message, const char **at, unsigned *line,
                        struct error *error)
{
    const char *key = po_message_msgid(message);
    if (po_message_is_obsolete(message) || *key == 0) // the empty key is the file's own header
        return 0;
    unsigned own_line = find_line(key, at, line);
    const char *why = refusal(catalog, message);
    if (why == NULL) {
        insert(catalog, key, po_message_msgstr(message), own_line);
        return 0;
    }
    if (!utf8_valid(key, strlen(key)))
        key = "?";
    if (own_line == 0)
        return error_set(error, ERROR_INVALID, "%s: \"%s\" %s", catalog->path, key, why);
    return error_set(error, ERROR_INVALID, "%s:%u: \"%s\" %s", catalog->path, own_line, key, why);
}

static int take_messages(struct catalog *catalog, po_file_t file, const char *content, struct error *error)
{
    unsigned line = 1;
    int result = 0;
    po_message_iterator_t messages = po_message_iterator(file, NULL);
    po_message_t message = po_next_message(messages);
    for (; message != NULL && result == 0; message = po_next_message(messages))
        result = take_message(catalog, message, &content, &line, error);
    po_message_iterator_free(messages);
    return result;
}

// Under reading_lock. NULL with error set; a file with faults still gives an object, so they are counted.
static po_file_t read_file(const char *path, struct error *error)
{
    static const struct po_xerror_handler handler = {take_fault, take_double_fault};
    reading.path = path;
    reading.error = error;
    reading.faults = 0;
    if (setjmp(reading.fatal) != 0)
        return NULL;
    po_file_t file = po_file_read(path, &handler);
    if (file == NULL)
        error_set(error, ERROR_IO, "\"%s\" cannot be read", path);
    if (file != NULL && reading.faults > 0) {
        po_file_free(file);
        file = NULL;
    }
    return file;
}

int catalog_open(struct catalog **catalog, const char *path, struct error *error)
{
    struct error own = ERROR_NONE;
    char *content = NULL;
    size_t size = 0;
    *catalog = NULL;
    if (error == NULL)
        error = &own;
    int result = file_read(path, FILE_LIMIT, &content, &size, error);
    if (result < 0)
        return result;
    pthread_mutex_lock(&reading_lock);
    po_file_t file = read_file(path, error);
    pthread_mutex_unlock(&reading_lock);
    struct catalog *made = memory_new(1, sizeof(*made));
    made->path = memory_copy_text(path);
    if (file == NULL) {
        result = error->code;
    } else {
        result = take_messages(made, file, content, error);
        po_file_free(file);
    }
    if (result == 0 && made->count == 0)
        result = error_set(error, ERROR_INVALID, "%s: holds no texts", path);
    free(content);
    if (result < 0)
        catalog_free(made);
    else
        *catalog = made;
    return result;
}

void catalog_free(struct catalog *catalog)
{
    if (catalog == NULL)
        return;
    for (size_t i = 0; i < catalog->count; i++) {
        free(catalog->entries[i].key);
        free(catalog->entries[i].text);
    }
    free(catalog->entries);
    free(catalog->sorted);
    free(catalog->path);
    free(catalog);
}

void catalog_override(struct catalog *catalog, const char *key, const char *text)
{
    struct entry *entry = find(catalog, key);
    if (entry == NULL) {
        insert(catalog, key, text, 0);
        return;
    }
    char *copy = memory_copy_text(text);
    free(entry->text);
    entry->text = copy;
}

bool catalog_has(const struct catalog *catalog, const char *key)
{
    return find(catalog, key) != NULL;
}

const char *catalog_get(const struct catalog *catalog, const char *key)
{
    const struct entry *entry = find(catalog, key);
    return entry == NULL ? key : entry->text;
}

// A missing key is given back from a few places that take turns; it is a fault to be seen, not a text to
// keep.
const char *catalog_getf(const struct catalog *catalog, const char *format, ...)
{
    static _Thread_local char missing[8][KEY_SIZE];
    static _Thread_local unsigned turn;
    char key[KEY_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(key, sizeof(key), format, arguments);
    va_end(arguments);
    const struct entry *entry = find(catalog, key);
    if (entry != NULL)
        return entry->text;
    turn = (turn + 1) % 8;
    text_copy(missing[turn], KEY_SIZE, key);
    return missing[turn];
}

// The value for the name that stands in `length` bytes at `name`, or NULL.
static const char *fill_of(const char *name, size_t length, const char *const *fills)
{
    for (; fills[0] != NULL && fills[1] != NULL; fills += 2) {
        if (strlen(fills[0]) == length && memcmp(fills[0], name, length) == 0)
            return fills[1];
    }
    return NULL;
}

void catalog_fill(char *out, size_t size, const char *text, const char *const *fills)
{
    struct text_buffer filled = {0};
    text_buffer_add(&filled, "");
    while (*text != 0) {
        size_t plain = strcspn(text, "{");
        text_buffer_add_bytes(&filled, text, plain);
        text += plain;
        if (*text == 0)
            break;
        size_t name = strcspn(text + 1, "{}");
        const char *value = text[1 + name] == '}' ? fill_of(text + 1, name, fills) : NULL;
        if (value != NULL) {
            text_buffer_add(&filled, value);
            text += name + 2;
        } else {
            text_buffer_add_bytes(&filled, text++, 1);
        }
    }
    text_copy(out, size, filled.text);
    text_buffer_wipe(&filled); // fills may be a name or a phone number
}

size_t catalog_count(const struct catalog *catalog)
{
    return catalog->count;
}

const char *catalog_key(const struct catalog *catalog, size_t index)
{
    return catalog->entries[index].key;
}

unsigned catalog_line(const struct catalog *catalog, size_t index)
{
    return catalog->entries[index].line;
}

const char *catalog_path(const struct catalog *catalog)
{
    return catalog->path;
}

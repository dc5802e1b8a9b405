// Memory: allocation that aborts when there is none (the supervisor restarts us, and transactions
// make that safe), strings, and wiping. Any thread. Whoever allocates frees with free().
#ifndef WEGWIJS_BASE_MEMORY_H
#define WEGWIJS_BASE_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

void *memory_new(size_t count, size_t size);               // zeroed; aborts on overflow or no memory
void *memory_grow(void *block, size_t count, size_t size); // realloc; new part not zeroed
char *memory_copy_text(const char *text);                  // NULL stays NULL
char *memory_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Overwrites `size` bytes so that the compiler cannot leave it out. For secrets and personal data.
void memory_wipe(void *block, size_t size);

// Copies `text` into `out` (size bytes, always terminated), cut before a UTF-8 character that does
// not fit. Returns 0, or ERROR_FULL when something was cut.
int text_copy(char *out, size_t size, const char *text);

// snprintf that always terminates; returns 0, or ERROR_FULL when something was cut.
int text_print(char *out, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

// A growing string. Start with {0}; free with text_buffer_release.
struct text_buffer {
    char *text; // terminated, or NULL while empty
    size_t length, room;
};
void text_buffer_add(struct text_buffer *buffer, const char *text);
void text_buffer_add_bytes(struct text_buffer *buffer, const void *bytes, size_t size);
void text_buffer_addf(struct text_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void text_buffer_clear(struct text_buffer *buffer);   // empties for reuse
void text_buffer_wipe(struct text_buffer *buffer);    // overwrites, then frees
void text_buffer_release(struct text_buffer *buffer); // frees

#endif

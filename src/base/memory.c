#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#include "base/banned.h"

static _Noreturn void out_of_memory(void)
{
    fputs("out of memory\n", stderr);
    abort();
}

void *memory_new(size_t count, size_t size)
{
    if (count == 0 || size == 0)
        count = size = 1;
    void *block = calloc(count, size);
    if (block == NULL)
        out_of_memory();
    return block;
}

void *memory_grow(void *block, size_t count, size_t size)
{
    if (count == 0 || size == 0)
        count = size = 1;
    if (count > SIZE_MAX / size)
        out_of_memory();
    void *grown = realloc(block, count * size);
    if (grown == NULL)
        out_of_memory();
    return grown;
}

char *memory_copy_text(const char *text)
{
    if (text == NULL)
        return NULL;
    size_t size = strlen(text) + 1;
    char *copy = memory_new(size, 1);
    memcpy(copy, text, size);
    return copy;
}

char *memory_format(const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0)
        out_of_memory();
    return text;
}

void memory_wipe(void *block, size_t size)
{
    if (block != NULL && size > 0)
        explicit_bzero(block, size);
}

// The largest length up to `limit` that ends between two characters.
static size_t cut_length(const char *text, size_t limit)
{
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}

int text_copy(char *out, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (size == 0)
        return ERROR_FULL;
    if (length < size) {
        memmove(out, text, length + 1);
        return 0;
    }
    size_t kept = cut_length(text, size - 1);
    memmove(out, text, kept);
    out[kept] = 0;
    return ERROR_FULL;
}

int text_print(char *out, size_t size, const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0)
        out_of_memory();
    int result = text_copy(out, size, text);
    memory_wipe(text, (size_t)length);
    free(text);
    return result;
}

// A fresh block instead of realloc: what the buffer held may be personal and must not stay behind.
static void buffer_reserve(struct text_buffer *buffer, size_t extra)
{
    if (extra > SIZE_MAX / 4 || buffer->length > SIZE_MAX / 4)
        out_of_memory();
    size_t wanted = buffer->length + extra + 1;
    if (wanted <= buffer->room)
        return;
    size_t room = buffer->room < 64 ? 64 : buffer->room * 2;
    if (room < wanted)
        room = wanted;
    char *text = memory_new(room, 1);
    if (buffer->text != NULL) {
        memcpy(text, buffer->text, buffer->length);
        memory_wipe(buffer->text, buffer->room);
        free(buffer->text);
    }
    buffer->text = text;
    buffer->room = room;
}

void text_buffer_add_bytes(struct text_buffer *buffer, const void *bytes, size_t size)
{
    buffer_reserve(buffer, size);
    if (size > 0)
        memcpy(buffer->text + buffer->length, bytes, size);
    buffer->length += size;
    buffer->text[buffer->length] = 0;
}

void text_buffer_add(struct text_buffer *buffer, const char *text)
{
    text_buffer_add_bytes(buffer, text, strlen(text));
}

void text_buffer_addf(struct text_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    buffer_reserve(buffer, (size_t)length);
    va_start(arguments, format);
    vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
}

void text_buffer_clear(struct text_buffer *buffer)
{
    buffer->length = 0;
    if (buffer->text != NULL)
        buffer->text[0] = 0;
}

void text_buffer_wipe(struct text_buffer *buffer)
{
    memory_wipe(buffer->text, buffer->room);
    text_buffer_release(buffer);
}

void text_buffer_release(struct text_buffer *buffer)
{
    free(buffer->text);
    *buffer = (struct text_buffer){0};
}

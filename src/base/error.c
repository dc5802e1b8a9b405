#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

// Removes a UTF-8 character that a full buffer cut in half.
static void trim_cut(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && length - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length - (start - 1) < wanted)
        text[start - 1] = 0;
}

// Formats through a copy: an argument may be the recorded text itself.
__attribute__((format(printf, 2, 0))) static void record(struct error *error, const char *format,
                                                         va_list arguments)
{
    char text[ERROR_TEXT_SIZE];
    int length = vsnprintf(text, sizeof(text), format, arguments);
    if (length < 0)
        text[0] = 0;
    else if ((size_t)length >= sizeof(text))
        trim_cut(text, sizeof(text) - 1);
    memcpy(error->text, text, sizeof(text));
}

int error_set(struct error *error, int code, const char *format, ...)
{
    if (error == NULL)
        return code;
    va_list arguments;
    va_start(arguments, format);
    record(error, format, arguments);
    va_end(arguments);
    error->code = code;
    return code;
}

int error_prefix(struct error *error, const char *format, ...)
{
    if (error == NULL)
        return 0;
    struct error context = ERROR_NONE;
    va_list arguments;
    va_start(arguments, format);
    record(&context, format, arguments);
    va_end(arguments);
    return error_set(error, error->code, "%s: %s", context.text, error->text);
}

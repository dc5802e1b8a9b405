#include "booking/vevent.h"

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

#include "base/banned.h"

#define TEXT_MAX 65   // octets of a text: its line stays within 75 without folding (RFC 5545 3.1)
#define STAMP_SIZE 17 // "20261124T083000Z"
#define ESCAPED_SIZE (2 * TEXT_MAX + 1)

// What stands before `character` in a text value, or 0 for nothing (RFC 5545 3.3.11).
static bool needs_backslash(char character)
{
    return character == '\\' || character == ';' || character == ',' || character == '\n';
}

void vevent_escape(const char *text, char *out, size_t size)
{
    size_t length = 0;
    while (*text != '\0') {
        const char *next = text;
        (void)utf8_next(&next);
        size_t bytes = (size_t)(next - text);
        bool control = bytes == 1 && ((unsigned char)*text < ' ' || *text == 0x7f) && *text != '\n';
        size_t needed = control ? 0 : bytes + needs_backslash(*text);
        if (length + needed + 1 > size)
            break;
        if (!control && needs_backslash(*text))
            out[length++] = '\\';
        if (*text == '\n')
            out[length++] = 'n';
        else if (!control) {
            memcpy(out + length, text, bytes);
            length += bytes;
        }
        text = next;
    }
    if (size > 0)
        out[length] = '\0';
}

static void format_stamp(int64_t instant, char out[STAMP_SIZE])
{
    char text[INSTANT_TEXT_SIZE];
    instant_format(instant, text);
    size_t length = 0;
    for (const char *from = text; *from != '\0' && length + 1 < STAMP_SIZE; from++)
        if (*from != '-' && *from != ':')
            out[length++] = *from;
    out[length] = '\0';
}

static int write_event(const struct booking *booking, const char *summary, const char *location, char *out,
                       size_t size)
{
    char made[STAMP_SIZE], start[STAMP_SIZE], end[STAMP_SIZE];
    char what[ESCAPED_SIZE], where[ESCAPED_SIZE];
    int64_t begin = moment_to_instant(booking->slot.start);
    format_stamp(booking->made, made);
    format_stamp(begin, start);
    format_stamp(begin + (int64_t)booking->slot.minutes * (booking->slots > 0 ? booking->slots : 1) * 60,
                 end);
    vevent_escape(summary, what, sizeof what);
    vevent_escape(location, where, sizeof where);
    return text_print(
        out, size,
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:W\r\nBEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:%s\r\n"
        "DTSTART:%s\r\nDTEND:%s\r\nSUMMARY:%s\r\nLOCATION:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        booking->code, made, start, end, what, where);
}

// Cuts the text at the last place where `separator` stands, and blanks and commas before it.
static bool cut_at_last(char *text, char separator)
{
    char *place = strrchr(text, separator);
    if (place == NULL || place == text)
        return false;
    while (place > text && (place[-1] == ' ' || place[-1] == ','))
        place--;
    *place = '\0';
    return true;
}

// Takes away what is missed least: the street of the place, words of the summary, words of the place,
// letters.
static bool shorten(char *summary, char *location)
{
    if (cut_at_last(location, ',') || cut_at_last(summary, ' ') || cut_at_last(location, ' '))
        return true;
    char *longer = strlen(location) >= strlen(summary) ? location : summary;
    if (*longer == '\0')
        return false;
    utf8_drop_last(longer);
    return true;
}

int vevent_write(const struct booking *booking, const char *summary, const char *location, size_t limit,
                 char *out, size_t size, struct error *error)
{
    if (size > 0)
        out[0] = '\0';
    if (booking->kind != BOOKING_SLOT)
        return error_set(error, ERROR_INVALID, "a call-back has no moment for a calendar");
    char what[TEXT_MAX + 1], where[TEXT_MAX + 1];
    (void)text_copy(what, sizeof what, summary);
    (void)text_copy(where, sizeof where, location);
    if (limit >= size)
        limit = size > 0 ? size - 1 : 0;
    while (write_event(booking, what, where, out, size) != 0 || strlen(out) > limit)
        if (!shorten(what, where)) {
            if (size > 0)
                out[0] = '\0';
            return error_set(error, ERROR_FULL, "a calendar entry does not fit %zu bytes", limit);
        }
    return 0;
}

#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

#define LINE_SIZE 1024 // below PIPE_BUF, so that lines of several threads do not mix

struct level {
    int priority; // syslog(3)
    const char *name;
};

static const struct level level_error = {3, "error"};
static const struct level level_warning = {4, "warning"};
static const struct level level_info = {6, "info"};

static atomic_bool quiet_info;

// JOURNAL_STREAM names the device and inode of the journal's stream: inherited by a child whose standard
// error goes elsewhere, it means nothing (systemd.exec(5)).
static bool writes_to_journal(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    struct stat status;
    char own[64];
    if (stream == NULL || fstat(STDERR_FILENO, &status) < 0)
        return false;
    snprintf(own, sizeof(own), "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino);
    for (size_t i = 0; own[i] != 0 || stream[i] != 0; i++) {
        if (own[i] != stream[i])
            return false;
    }
    return true;
}

static size_t write_head(char *line, size_t size, const struct level *level)
{
    int length = 0;
    if (writes_to_journal()) {
        length = snprintf(line, size, "<%d>", level->priority);
    } else {
        char when[INSTANT_TEXT_SIZE];
        instant_format(clock_instant(), when);
        length = snprintf(line, size, "%s %s: ", when, level->name);
    }
    return length < 0 ? 0 : (size_t)length;
}

// The journal shows a line with a broken character as bytes only.
static size_t drop_half_character(const char *line, size_t length)
{
    while (length > 0 && ((unsigned char)line[length - 1] & 0xC0) == 0x80)
        length--;
    if (length > 0 && ((unsigned char)line[length - 1] & 0x80) != 0)
        length--;
    return length;
}

__attribute__((format(printf, 2, 0))) static void write_line(const struct level *level, const char *format,
                                                             va_list arguments)
{
    char line[LINE_SIZE];
    size_t head = write_head(line, sizeof(line), level);
    int body = vsnprintf(line + head, sizeof(line) - head - 1, format, arguments);
    size_t length = head;
    for (; body > 0 && length < sizeof(line) - 2 && line[length] != 0; length++) {
        unsigned char byte = (unsigned char)line[length];
        if (byte < 0x20 || byte == 0x7F) // one message, one line; nothing that steers a terminal
            line[length] = ' ';
    }
    if (body >= 0 && (size_t)body >= sizeof(line) - head - 1)
        length = drop_half_character(line, length);
    line[length++] = '\n';
    ssize_t written = write(STDERR_FILENO, line, length);
    (void)written; // nowhere left to say it
}

void log_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line(&level_error, format, arguments);
    va_end(arguments);
}

void log_warning(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line(&level_warning, format, arguments);
    va_end(arguments);
}

void log_info(const char *format, ...)
{
    if (atomic_load(&quiet_info))
        return;
    va_list arguments;
    va_start(arguments, format);
    write_line(&level_info, format, arguments);
    va_end(arguments);
}

void log_quiet(bool quiet)
{
    atomic_store(&quiet_info, quiet);
}

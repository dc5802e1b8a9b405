// The log: lines on standard error, for the journal (a "<3>" prefix when JOURNAL_STREAM is set,
// sd-daemon(3)), else with time and level. English, one line each, never personal data. Any thread.
#ifndef WEGWIJS_BASE_LOG_H
#define WEGWIJS_BASE_LOG_H

#include <stdbool.h>

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));   // somebody must act
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2))); // works, but not well
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));    // what happened
void log_quiet(bool quiet);                                                      // drops log_info

#endif

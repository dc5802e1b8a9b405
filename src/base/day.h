// Calendar days and wall-clock moments of Europe/Brussels. Pure: no clock, no time zone database.
// A day is an int32_t: days since 1970-01-01, proleptic Gregorian.
// Summer time: from the last Sunday of March 01:00 UTC to the last Sunday of October 01:00 UTC
// (Directive 2000/84/EC).
#ifndef WEGWIJS_BASE_DAY_H
#define WEGWIJS_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#define DAY_TEXT_SIZE 11     // "2026-11-24"
#define MOMENT_TEXT_SIZE 17  // "2026-11-24T09:30"
#define INSTANT_TEXT_SIZE 21 // "2026-11-24T08:30:00Z"
#define DAY_MINUTES 1440

struct civil_date {
    int year, month, day; // month and day from 1
};

// A wall-clock moment: what a clock on the wall of the town hall shows.
struct moment {
    int32_t day;
    int16_t minute; // since midnight, 0 to 1439
};

int32_t day_from_civil(int year, int month, int day); // takes only valid dates
struct civil_date day_civil(int32_t day);
bool day_valid(int year, int month, int day);  // years 1900 to 2999
int day_weekday(int32_t day);                  // ISO 8601: 1 Monday … 7 Sunday
int32_t day_easter(int year);                  // Easter Sunday, Gregorian computus
int day_parse(const char *text, int32_t *day); // "2026-11-24" exactly; 0 or ERROR_INVALID
void day_format(int32_t day, char out[DAY_TEXT_SIZE]);

int moment_parse(const char *text, struct moment *moment); // "2026-11-24T09:30" exactly
void moment_format(struct moment moment, char out[MOMENT_TEXT_SIZE]);
int moment_compare(struct moment a, struct moment b); // <0, 0, >0
struct moment moment_add(struct moment moment, int32_t minutes);

// Seconds since 1970-01-01T00:00:00Z. A moment that the spring night skips counts as an hour later; one
// that the autumn night has twice is the first (still summer time).
int64_t moment_to_instant(struct moment moment);
struct moment moment_from_instant(int64_t instant);

void instant_format(int64_t instant, char out[INSTANT_TEXT_SIZE]);
int instant_parse(const char *text, int64_t *instant);

#endif

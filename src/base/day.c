#include "base/day.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"

#include "base/banned.h"

#define DAYS_IN_ERA 146097 // 400 years
#define EPOCH_SHIFT 719468 // days from 0000-03-01 to 1970-01-01
#define HOUR 3600
#define SUMMER_SHIFT 7200
#define DAY_SECONDS 86400

static int64_t floor_divide(int64_t value, int64_t divisor)
{
    int64_t quotient = value / divisor;
    return value % divisor < 0 ? quotient - 1 : quotient;
}

// Years that begin in March put the leap day last; eras of 400 years repeat exactly.
int32_t day_from_civil(int year, int month, int day)
{
    int64_t shifted = month <= 2 ? year - 1 : year;
    int64_t era = floor_divide(shifted, 400);
    int64_t year_of_era = shifted - era * 400;
    int64_t month_from_march = (month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)(era * DAYS_IN_ERA + day_of_era - EPOCH_SHIFT);
}

struct civil_date day_civil(int32_t day)
{
    int64_t shifted = (int64_t)day + EPOCH_SHIFT;
    int64_t era = floor_divide(shifted, DAYS_IN_ERA);
    int64_t day_of_era = shifted - era * DAYS_IN_ERA;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    return (struct civil_date){
        .year = (int)(year_of_era + era * 400) + (month <= 2 ? 1 : 0),
        .month = month,
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5) + 1,
    };
}

bool day_valid(int year, int month, int day)
{
    static const signed char lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

int day_weekday(int32_t day)
{
    int64_t from_monday = ((int64_t)day + 3) % 7; // 1970-01-01 was a Thursday
    return (int)(from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

// The Gregorian computus by the moon's age: golden number, epact, Paschal full moon, next Sunday.
int32_t day_easter(int year)
{
    int golden = year % 19;
    int century = year / 100;
    int skipped_leaps = century - century / 4;
    int moon_correction = (8 * century + 13) / 25;
    int epact_days = (skipped_leaps - moon_correction + 19 * golden + 15) % 30;
    if (epact_days == 29 || (epact_days == 28 && golden >= 11))
        epact_days--;
    int32_t full_moon = day_from_civil(year, 3, 21) + epact_days;
    return full_moon + 8 - day_weekday(full_moon + 1);
}

// Reads `width` digits, or -1.
static int digits(const char *text, int width)
{
    int value = 0;
    for (int i = 0; i < width; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

// Whether `text` has the shape of `pattern`, where 0 stands for a digit.
static bool has_shape(const char *text, const char *pattern)
{
    for (; *pattern != 0; text++, pattern++) {
        if (*pattern == '0' ? (*text < '0' || *text > '9') : *text != *pattern)
            return false;
    }
    return *text == 0;
}

static int read_day(const char *text, int32_t *day)
{
    int year = digits(text, 4), month = digits(text + 5, 2), number = digits(text + 8, 2);
    if (!day_valid(year, month, number))
        return ERROR_INVALID;
    *day = day_from_civil(year, month, number);
    return 0;
}

int day_parse(const char *text, int32_t *day)
{
    *day = 0;
    if (text == NULL || !has_shape(text, "0000-00-00"))
        return ERROR_INVALID;
    return read_day(text, day);
}

// Writes the last `width` digits and what follows them; returns the place behind.
static char *put(char *out, unsigned value, int width, char after)
{
    for (int i = width - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    out[width] = after;
    return out + width + 1;
}

void day_format(int32_t day, char out[DAY_TEXT_SIZE])
{
    struct civil_date date = day_civil(day);
    out = put(out, (unsigned)date.year, 4, '-');
    out = put(out, (unsigned)date.month, 2, '-');
    put(out, (unsigned)date.day, 2, 0);
}

int moment_parse(const char *text, struct moment *moment)
{
    *moment = (struct moment){0};
    if (text == NULL || !has_shape(text, "0000-00-00T00:00"))
        return ERROR_INVALID;
    int hour = digits(text + 11, 2), minute = digits(text + 14, 2);
    int32_t day = 0;
    if (hour > 23 || minute > 59 || read_day(text, &day) < 0)
        return ERROR_INVALID;
    *moment = (struct moment){.day = day, .minute = (int16_t)(hour * 60 + minute)};
    return 0;
}

void moment_format(struct moment moment, char out[MOMENT_TEXT_SIZE])
{
    day_format(moment.day, out);
    unsigned minute = (unsigned)moment.minute % DAY_MINUTES;
    out[DAY_TEXT_SIZE - 1] = 'T';
    out = put(out + DAY_TEXT_SIZE, minute / 60, 2, ':');
    put(out, minute % 60, 2, 0);
}

int moment_compare(struct moment a, struct moment b)
{
    if (a.day != b.day)
        return a.day < b.day ? -1 : 1;
    return (a.minute > b.minute) - (a.minute < b.minute);
}

struct moment moment_add(struct moment moment, int32_t minutes)
{
    int64_t total = (int64_t)moment.day * DAY_MINUTES + moment.minute + minutes;
    int64_t day = floor_divide(total, DAY_MINUTES);
    return (struct moment){.day = (int32_t)day, .minute = (int16_t)(total - day * DAY_MINUTES)};
}

// 01:00 UTC of the last Sunday of a month with 31 days.
static int64_t last_sunday(int year, int month)
{
    int32_t last = day_from_civil(year, month, 31);
    int32_t sunday = last - day_weekday(last) % 7;
    return (int64_t)sunday * DAY_SECONDS + HOUR;
}

static bool is_summer(int64_t instant)
{
    int year = day_civil((int32_t)floor_divide(instant, DAY_SECONDS)).year;
    return instant >= last_sunday(year, 3) && instant < last_sunday(year, 10);
}

int64_t moment_to_instant(struct moment moment)
{
    int64_t local = (int64_t)moment.day * DAY_SECONDS + (int64_t)moment.minute * 60;
    return is_summer(local - SUMMER_SHIFT) ? local - SUMMER_SHIFT : local - HOUR;
}

struct moment moment_from_instant(int64_t instant)
{
    int64_t local = instant + (is_summer(instant) ? SUMMER_SHIFT : HOUR);
    int64_t day = floor_divide(local, DAY_SECONDS);
    return (struct moment){.day = (int32_t)day, .minute = (int16_t)((local - day * DAY_SECONDS) / 60)};
}

void instant_format(int64_t instant, char out[INSTANT_TEXT_SIZE])
{
    int64_t day = floor_divide(instant, DAY_SECONDS);
    unsigned second = (unsigned)(instant - day * DAY_SECONDS) % DAY_SECONDS;
    day_format((int32_t)day, out);
    out[DAY_TEXT_SIZE - 1] = 'T';
    out = put(out + DAY_TEXT_SIZE, second / HOUR, 2, ':');
    out = put(out, second / 60 % 60, 2, ':');
    out = put(out, second % 60, 2, 'Z');
    *out = 0;
}

int instant_parse(const char *text, int64_t *instant)
{
    *instant = 0;
    if (text == NULL || !has_shape(text, "0000-00-00T00:00:00Z"))
        return ERROR_INVALID;
    int hour = digits(text + 11, 2), minute = digits(text + 14, 2), second = digits(text + 17, 2);
    int32_t day = 0;
    if (hour > 23 || minute > 59 || second > 59 || read_day(text, &day) < 0)
        return ERROR_INVALID;
    *instant = (int64_t)day * DAY_SECONDS + (int64_t)hour * HOUR + (int64_t)minute * 60 + second;
    return 0;
}

// Counts for the council: from the bookings themselves, from what was imported and from what a purge left.
// Guide's role only.
#ifndef WEGWIJS_AGENDA_REPORT_H
#define WEGWIJS_AGENDA_REPORT_H

#include "agenda/agenda.h"

#define REPORT_MONTH_SIZE 8 // "2016-05"
#define REPORT_ITEM_SIZE 64
#define REPORT_WORD_SIZE 24

// what: bookings, reached, talks, no-show, excused, cancelled, callback (by channel); language, answer
// ("dutch none"), topic, referral ("vdab open"), signal ("housing need"), dutch (led to Dutch lessons or
// practice), wait (item: days from booking to talk).
struct report_row {
    char month[REPORT_MONTH_SIZE], what[REPORT_WORD_SIZE], item[REPORT_ITEM_SIZE], channel[REPORT_WORD_SIZE];
    int64_t count;
};
struct report { // sorted by what, item, channel, month; one row a key
    struct report_row *rows;
    unsigned count, room;
};

// Months "2016-01" to "2016-07", both included. *report starts as {0}.
int report_make(struct agenda *agenda, const char *from, const char *to, struct report *report,
                struct error *error);
void report_release(struct report *report);
void report_append(struct report *report, const struct report_row *row); // at the end: sort afterwards
void report_sort(struct report *report);
// The sum of the rows that match; NULL matches everything.
int64_t report_sum(const struct report *report, const char *what, const char *month, const char *item,
                   const char *channel);
double report_median(const struct report *report, const char *what); // of the items as numbers; -1 for none

bool report_month_valid(const char *month);
void report_next_month(const char *month, char out[REPORT_MONTH_SIZE]); // of a valid month

// Counts from before, a file of lines "month,what,channel,count" with that heading (commas or semicolons).
// A wrong line is named by its number and nothing is taken in; the same file twice is ERROR_REFUSED.
int report_import(struct agenda *agenda, const char *name, const char *bytes, size_t size, unsigned *rows,
                  struct error *error);

#endif

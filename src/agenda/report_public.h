// The report for the public: it says nothing of a group of 1 to 4 people, neither by itself nor together with
// what other periods show. What may be seen of a month or a quarter is decided from that month or quarter
// alone, so that asking other months gives no difference to subtract. One thread.
#ifndef WEGWIJS_AGENDA_REPORT_PUBLIC_H
#define WEGWIJS_AGENDA_REPORT_PUBLIC_H

#include "agenda/report.h"

#define REPORT_SMALLEST 5  // the smallest count for the public but 0: nobody is behind that one
#define REPORT_HIDDEN (-1) // instead of a count
#define REPORT_ALL "reached-total"

// Makes the rows that may be seen; *shown starts as {0} and is released by the caller. What is not named here
// is left out:
//   a month, "2016-05":
//     REPORT_ALL       people reached; hidden when 1 to 4
//     reached          by channel, no row for 0. No such row at all beside a total that is not 0: all hidden
//   a quarter that lies whole between `from` and `to`, "2016-Q2":
//     REPORT_ALL       hidden when one of its months is
//     no-show, callback, talks, dutch
//     referral, signal, topic, language, answer: no row where nothing is shown, whether hidden or 0
//     wait             the count is the median of the days, in whole days
// Every count of a month and of a quarter is that of the whole agenda: totals over more of them are for the
// caller, over what is shown. Months that are not over yet should not be asked: they differ tomorrow.
void report_publish(const struct report *all, const char *from, const char *to, struct report *shown);

// The parts of a total that everybody knows, as is which of them are 0. When one is small all small ones are
// hidden, with the first that is not 0, and more from the front on until there are two at least and their sum
// is three more than their number. Then each of them but the first may still be 1, 2, 3 or 4 whatever the
// others are, and the first has as many values (it is the sum less the others): who knows this rule knows no
// more. When no part is left to be seen, all are hidden, the noughts too. Returns how many are hidden.
unsigned report_hide_parts(const int64_t *parts, unsigned count, bool *hidden);
// Whether some of a known whole may be seen: neither they nor the others are few.
bool report_part_public(int64_t part, int64_t whole);

#endif

// The day list in its forms. A form gets everything at once and writes to standard output.
#ifndef WEGWIJS_CLI_DAY_H
#define WEGWIJS_CLI_DAY_H

#include <jansson.h>

#include "agenda/list.h"
#include "cli/cli.h"

struct day_sheet {
    int32_t first, last; // days
    struct agenda_list bookings, attention, callbacks;
    struct agenda_list outside; // of these days and two weeks more: booked, but the guide is away
    struct agenda_lost lost[64];
    unsigned lost_count;
    struct agenda_slot *slots; // of these days, for the load; only when wants_load
    int slot_count;
    bool wants_load;
    bool without_names; // private columns left out
};

typedef int day_writer(struct cli *cli, const struct day_sheet *sheet); // exit status
int day_text(struct cli *cli, const struct day_sheet *sheet);
int day_csv(struct cli *cli, const struct day_sheet *sheet);
int day_json(struct cli *cli, const struct day_sheet *sheet);
int day_ics(struct cli *cli, const struct day_sheet *sheet);
// The ics as a text that the caller frees; ERROR_UNAVAILABLE without libical.
int day_calendar(struct cli *cli, const struct day_sheet *sheet, char **text, struct error *error);
int day_html(struct cli *cli, const struct day_sheet *sheet);

// "tolk: vraagt een tolk · Nederlands: nee"; the indicators in the town's order.
void day_answers(const struct cli *cli, const struct booking *booking, char *out, size_t size);
const char *day_indicator(const struct cli *cli, const char *id); // "tolk"
void day_topics(const struct cli *cli, const struct booking *booking, const char *between, char *out,
                size_t size);
void day_person(const struct booking *booking, char *out, size_t size); // "Ioana Popescu"
void day_phone(const struct cli *cli, const struct booking *booking, char *out, size_t size);
const char *day_state(const struct cli *cli, const struct agenda_entry *entry); // "● nieuw", "is er"
// "met Els · gestuurd door: De school · kiosk · 2e gesprek"
void day_way(const struct cli *cli, const struct agenda_entry *entry, char *out, size_t size);
void day_since(const struct cli *cli, const struct agenda_entry *entry, char *out,
               size_t size);                             // "sinds 20/11"
bool day_gone(const struct agenda_entry *entry);         // cancelled or excused: nobody will come
int day_ends(const struct agenda_entry *entry);          // minute of the day
void day_known(const struct cli *cli, const char *code); // tells who else has this phone number, if anybody
void day_call(const struct cli *cli, const struct agenda_entry *entry); // a line: when, whom, which number
json_t *day_entry_json(const struct agenda_entry *entry, bool without_names);

#endif

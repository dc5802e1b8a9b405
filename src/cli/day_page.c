// The day list for calendars and for paper: ics and html.
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cli/day.h"
#include "cli/ical_library.h"
#include "cli/page.h"

#include "base/banned.h"

// ---- ics. Times are in UTC, so both summer-time nights come out right everywhere. UID is the booking's own
// for ever and SEQUENCE counts its changes: an import again updates, a cancellation removes (RFC 5546).

static const struct ical_library *ical; // open while a calendar is made

static icaltimetype utc(int64_t instant)
{
    return ical->icaltime_from_timet_with_zone_((time_t)instant, 0, ical->icaltimezone_get_utc_timezone_());
}

static const char *status_of(const struct agenda_entry *entry, icalproperty_status *status)
{
    bool gone = strcmp(entry->state, "cancelled") == 0 || strcmp(entry->state, "excused") == 0;
    *status = gone ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED;
    return entry->state;
}

static void add_description(const struct cli *cli, const struct agenda_entry *entry, bool without_names,
                            icalcomponent *event)
{
    const struct booking *booking = &entry->booking;
    char answers[512], topics[256], phone[48];
    struct text_buffer text = {0};
    day_answers(cli, booking, answers, sizeof(answers));
    day_topics(cli, booking, ", ", topics, sizeof(topics));
    day_phone(cli, booking, phone, sizeof(phone));
    if (!without_names)
        text_buffer_addf(&text, "%s\n%s\n", phone, cli_label(cli, "language", booking->language));
    if (answers[0] != 0)
        text_buffer_addf(&text, "%s\n", answers);
    if (topics[0] != 0)
        text_buffer_addf(&text, "%s: %s\n", cli_text(cli, "word.topics"), topics);
    text_buffer_addf(&text, "%s", booking->code);
    ical->icalcomponent_add_property_(event, ical->icalproperty_new_description_(text.text));
    text_buffer_wipe(&text);
    memory_wipe(phone, sizeof(phone));
}

static icalcomponent *event_of(struct cli *cli, const struct agenda_entry *entry, bool without_names)
{
    const struct booking *booking = &entry->booking;
    char uid[96], name[2 * BOOKING_NAME_SIZE], summary[320];
    icalproperty_status status;
    status_of(entry, &status);
    icalcomponent *event = ical->icalcomponent_new_(ICAL_VEVENT_COMPONENT);
    text_print(uid, sizeof(uid), "%s@%.12s.wegwijs", booking->id, agenda_id(cli->agenda));
    ical->icalcomponent_add_property_(event, ical->icalproperty_new_uid_(uid));
    ical->icalcomponent_add_property_(event, ical->icalproperty_new_sequence_(entry->sequence));
    ical->icalcomponent_add_property_(event, ical->icalproperty_new_dtstamp_(utc(clock_instant())));
    ical->icalcomponent_add_property_(
        event, ical->icalproperty_new_dtstart_(utc(moment_to_instant(booking->slot.start))));
    ical->icalcomponent_add_property_(
        event, ical->icalproperty_new_dtend_(
                   utc(moment_to_instant(booking->slot.start) + (int64_t)entry->minutes * 60)));
    day_person(booking, name, sizeof(name));
    if (without_names)
        text_print(summary, sizeof(summary), "%s (%s)", cli_text(cli, "ics.summary"), entry->guide_name);
    else
        text_print(summary, sizeof(summary), "%s: %s (%s)", cli_text(cli, "ics.summary"), name,
                   cli_label(cli, "language", booking->language));
    ical->icalcomponent_add_property_(event, ical->icalproperty_new_summary_(summary));
    add_description(cli, entry, without_names, event);
    ical->icalcomponent_add_property_(event, ical->icalproperty_new_status_(status));
    ical->icalcomponent_add_property_(event, ical->icalproperty_new_class_(ICAL_CLASS_PRIVATE));
    memory_wipe(name, sizeof(name));
    memory_wipe(summary, sizeof(summary));
    return event;
}

// What calendar programs show as its name, and how often they should look.
static void name_calendar(const struct cli *cli, icalcomponent *calendar)
{
    const char *const lines[][2] = {{"X-WR-CALNAME", cli_text(cli, "ics.calendar")},
                                    {"X-PUBLISHED-TTL", "PT15M"}};
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        icalproperty *property = ical->icalproperty_new_x_(lines[i][1]);
        ical->icalproperty_set_x_name_(property, lines[i][0]);
        ical->icalcomponent_add_property_(calendar, property);
    }
}

int day_calendar(struct cli *cli, const struct day_sheet *sheet, char **text, struct error *error)
{
    *text = NULL;
    ical = ical_library(error);
    if (ical == NULL)
        return error->code;
    icalcomponent *calendar = ical->icalcomponent_new_(ICAL_VCALENDAR_COMPONENT);
    ical->icalcomponent_add_property_(calendar, ical->icalproperty_new_version_("2.0"));
    ical->icalcomponent_add_property_(calendar,
                                      ical->icalproperty_new_prodid_("-//Wegwijs//" WEGWIJS_VERSION "//NL"));
    ical->icalcomponent_add_property_(calendar, ical->icalproperty_new_method_(ICAL_METHOD_PUBLISH));
    name_calendar(cli, calendar);
    for (unsigned i = 0; i < sheet->bookings.count; i++)
        ical->icalcomponent_add_component_(calendar,
                                           event_of(cli, &sheet->bookings.entries[i], sheet->without_names));
    char *made = ical->icalcomponent_as_ical_string_r_(calendar);
    *text = memory_copy_text(made);
    memory_wipe(made, strlen(made));
    ical->icalmemory_free_buffer_(made);
    ical->icalcomponent_free_(calendar);
    return 0;
}

int day_ics(struct cli *cli, const struct day_sheet *sheet)
{
    struct error error = ERROR_NONE;
    char *text = NULL;
    if (day_calendar(cli, sheet, &text, &error) != 0 || text == NULL)
        return cli_fail(cli, &error);
    fputs(text, stdout);
    memory_wipe(text, strlen(text));
    free(text);
    return CLI_DONE;
}

// ---- html: one sheet to print, big; private columns can be left out

static void html_head(const struct cli *cli, bool without_names)
{
    static const char *const keys[] = {"hour", "who", "phone", "language", "about", "code", "state"};
    fputs("<table><thead><tr>", stdout);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        char key[32];
        if (without_names && (i == 1 || i == 2))
            continue;
        text_print(key, sizeof(key), "html.%s", keys[i]);
        page_cell("th", cli_text(cli, key));
    }
    puts("</tr></thead><tbody>");
}

static void html_about(const struct cli *cli, const struct agenda_entry *entry)
{
    char answers[512], topics[256];
    day_answers(cli, &entry->booking, answers, sizeof(answers));
    day_topics(cli, &entry->booking, ", ", topics, sizeof(topics));
    fputs("<td>", stdout);
    page_text(topics);
    if (answers[0] != 0 && topics[0] != 0)
        fputs("<br>", stdout);
    page_text(answers);
    fputs("</td>", stdout);
}

static void html_entry(const struct cli *cli, const struct agenda_entry *entry, bool without_names)
{
    const struct booking *booking = &entry->booking;
    char from[8] = "", name[2 * BOOKING_NAME_SIZE], phone[48], code[CODE_GROUPED_SIZE];
    day_person(booking, name, sizeof(name));
    day_phone(cli, booking, phone, sizeof(phone));
    code_group(booking->code, code);
    if (booking->kind == BOOKING_SLOT)
        cli_clock(booking->slot.start.minute, from);
    printf("<tr%s>", strcmp(entry->state, "cancelled") == 0 ? " class=gone" : "");
    page_cell("td class=hour", from);
    if (!without_names) {
        page_cell("td", name);
        page_cell("td", phone);
    }
    page_cell("td", cli_label(cli, "language", booking->language));
    html_about(cli, entry);
    page_cell("td class=code", code);
    page_cell("td", entry->is_new && strcmp(entry->state, "booked") == 0
                        ? cli_text(cli, "word.new")
                        : cli_label(cli, "state", entry->state));
    puts("</tr>");
    memory_wipe(name, sizeof(name));
    memory_wipe(phone, sizeof(phone));
}

static void html_list(const struct cli *cli, const struct agenda_list *list, const char *key,
                      bool without_names)
{
    if (list->count == 0)
        return;
    fputs("<div class=warn>", stdout);
    page_cell("p", cli_text(cli, key));
    html_head(cli, without_names);
    for (unsigned i = 0; i < list->count; i++)
        html_entry(cli, &list->entries[i], without_names);
    puts("</tbody></table></div>");
}

static void html_lost(const struct cli *cli, const struct day_sheet *sheet)
{
    if (sheet->lost_count == 0)
        return;
    fputs("<div class=warn>", stdout);
    page_cell("p", cli_text(cli, "day.lost"));
    for (unsigned i = 0; i < sheet->lost_count; i++) {
        const struct agenda_lost *lost = &sheet->lost[i];
        char start[MOMENT_TEXT_SIZE] = "", code[CODE_GROUPED_SIZE], line[128];
        code_group(lost->code, code);
        if (lost->slot.guide[0] != 0)
            moment_format(lost->slot.start, start);
        text_print(line, sizeof(line), "%s %s %s (%s)", start, lost->slot.guide, code, lost->kiosk);
        page_cell("p", line);
    }
    puts("</div>");
}

int day_html(struct cli *cli, const struct day_sheet *sheet)
{
    char title[80];
    cli_day_words(cli, sheet->first, title, sizeof(title));
    page_begin(cli, title);
    html_list(cli, &sheet->attention, "day.attention", sheet->without_names);
    html_lost(cli, sheet);
    for (int32_t day = sheet->first; day <= sheet->last; day++) {
        bool any = false;
        for (unsigned i = 0; i < sheet->bookings.count; i++) {
            if (sheet->bookings.entries[i].booking.slot.start.day != day)
                continue;
            if (!any && day != sheet->first) {
                cli_day_words(cli, day, title, sizeof(title));
                page_cell("h2", title);
            }
            if (!any)
                html_head(cli, sheet->without_names);
            any = true;
            html_entry(cli, &sheet->bookings.entries[i], sheet->without_names);
        }
        if (any)
            puts("</tbody></table>");
    }
    html_list(cli, &sheet->callbacks, "day.callbacks", sheet->without_names);
    page_end();
    return CLI_DONE;
}

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
    *status = day_gone(entry) ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED;
    return entry->state;
}

static void add_description(const struct cli *cli, const struct agenda_entry *entry, bool without_names,
                            icalcomponent *event)
{
    const struct booking *booking = &entry->booking;
    char answers[512], topics[256], way[256], phone[48], code[CODE_GROUPED_SIZE];
    struct text_buffer text = {0};
    day_way(cli, entry, way, sizeof(way));
    day_answers(cli, booking, answers, sizeof(answers));
    day_topics(cli, booking, ", ", topics, sizeof(topics));
    day_phone(cli, booking, phone, sizeof(phone));
    if (entry->attention[0] != 0)
        text_buffer_addf(&text, "! %s\n", cli_label(cli, "attention", entry->attention));
    if (!without_names)
        text_buffer_addf(&text, "%s\n%s\n", phone, cli_label(cli, "language", booking->language));
    if (answers[0] != 0)
        text_buffer_addf(&text, "%s\n", answers);
    if (topics[0] != 0)
        text_buffer_addf(&text, "%s: %s\n", cli_text(cli, "word.topics"), topics);
    code_group(booking->code, code);
    text_buffer_addf(&text, "%s\n%s", way, code);
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

// ---- html: one sheet to print, big; private columns can be left out. A row has three lines at the most of
// what a guide looks for, so that ten talks stand on one sheet.

static void html_head(const struct cli *cli, bool without_names)
{
    static const char *const keys[] = {"hour", "who", "about", "code"};
    fputs("<table class=day><thead><tr>", stdout);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        char key[32];
        text_print(key, sizeof(key), "html.%s", without_names && i == 1 ? "language" : keys[i]);
        page_cell("th", cli_text(cli, key));
    }
    puts("</tr></thead><tbody>");
}

// Lines of one cell; an empty one takes no room.
static void html_lines(const char *const *lines, size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (lines[i][0] == 0)
            continue;
        fputs(any ? "<br>" : "", stdout);
        page_text(lines[i]);
        any = true;
    }
}

static void html_when(const struct cli *cli, const struct agenda_entry *entry, bool with_day)
{
    char from[8], to[8], day[48];
    fputs("<td>", stdout);
    if (entry->booking.kind == BOOKING_CALLBACK) {
        day_since(cli, entry, day, sizeof(day));
        page_cell("small", day);
    } else {
        cli_clock(entry->booking.slot.start.minute, from);
        cli_clock(day_ends(entry), to);
        struct civil_date date = day_civil(entry->booking.slot.start.day);
        text_print(day, sizeof(day), "%d/%d", date.day, date.month);
        page_cell("span class=hour", from);
        fputs("<br>", stdout);
        page_cell("small", with_day ? day : to);
    }
    fputs("</td>", stdout);
}

// A name of another script keeps its direction to itself.
static void html_who(const struct cli *cli, const struct agenda_entry *entry, bool without_names)
{
    const struct booking *booking = &entry->booking;
    char name[2 * BOOKING_NAME_SIZE] = "", phone[48] = "";
    fputs("<td>", stdout);
    if (!without_names) {
        day_person(booking, name, sizeof(name));
        day_phone(cli, booking, phone, sizeof(phone));
        fputs("<b><bdi>", stdout);
        page_text(name[0] != 0 ? name : cli_text(cli, "word.erased"));
        fputs("</bdi></b><br>", stdout);
    }
    page_text(phone);
    fputs(phone[0] != 0 && booking->language[0] != 0 ? " · " : "", stdout);
    page_text(booking->language[0] != 0 ? cli_label(cli, "language", booking->language) : "");
    fputs("</td>", stdout);
    memory_wipe(name, sizeof(name));
    memory_wipe(phone, sizeof(phone));
}

static void html_about(const struct cli *cli, const struct agenda_entry *entry)
{
    char answers[512], topics[256], way[256];
    day_answers(cli, &entry->booking, answers, sizeof(answers));
    day_topics(cli, &entry->booking, ", ", topics, sizeof(topics));
    day_way(cli, entry, way, sizeof(way));
    const char *const lines[] = {topics, answers};
    fputs("<td>", stdout);
    html_lines(lines, 2);
    if (answers[0] != 0 || topics[0] != 0)
        fputs("<br>", stdout);
    page_cell("small", way);
    fputs("</td>", stdout);
}

static void html_entry(const struct cli *cli, const struct agenda_entry *entry, bool without_names,
                       bool with_day)
{
    char code[CODE_GROUPED_SIZE];
    code_group(entry->booking.code, code);
    printf("<tr%s>", day_gone(entry) ? " class=gone" : "");
    html_when(cli, entry, with_day);
    html_who(cli, entry, without_names);
    html_about(cli, entry);
    fputs("<td>", stdout);
    page_cell("span class=code", code);
    const char *const lines[] = {
        day_state(cli, entry), entry->attention[0] != 0 ? cli_label(cli, "attention", entry->attention) : ""};
    fputs("<br>", stdout);
    html_lines(lines, 2);
    puts("</td></tr>");
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
        html_entry(cli, &list->entries[i], without_names, true);
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

static void html_day(const struct cli *cli, const struct day_sheet *sheet, int32_t day)
{
    bool any = false, alone = sheet->first == sheet->last;
    char title[80];
    for (unsigned i = 0; i < sheet->bookings.count; i++) {
        if (sheet->bookings.entries[i].booking.slot.start.day != day)
            continue;
        if (!any && !alone) {
            cli_day_words(cli, day, title, sizeof(title));
            page_cell("h2", title);
        }
        if (!any)
            html_head(cli, sheet->without_names);
        any = true;
        html_entry(cli, &sheet->bookings.entries[i], sheet->without_names, false);
    }
    if (any)
        puts("</tbody></table>");
}

int day_html(struct cli *cli, const struct day_sheet *sheet)
{
    char title[160];
    cli_day_words(cli, sheet->first, title, sizeof(title));
    if (sheet->last != sheet->first) {
        size_t length = strlen(title);
        text_print(title + length, sizeof(title) - length, " – ");
        cli_day_words(cli, sheet->last, title + strlen(title), sizeof(title) - strlen(title));
    }
    page_begin(cli, title);
    html_list(cli, &sheet->attention, "day.attention", sheet->without_names);
    html_lost(cli, sheet);
    html_list(cli, &sheet->outside, "day.outside", sheet->without_names);
    for (int32_t day = sheet->first; day <= sheet->last; day++)
        html_day(cli, sheet, day);
    if (sheet->bookings.count == 0)
        page_cell("p", cli_text(cli, sheet->first == sheet->last ? "html.none" : "week.none"));
    html_list(cli, &sheet->callbacks, "day.callbacks", sheet->without_names);
    page_end();
    return CLI_DONE;
}

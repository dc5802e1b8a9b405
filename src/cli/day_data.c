// The day list for other programs: csv and json.
#include <stdlib.h>
#include <string.h>

#include "cli/day.h"
#include "cli/page.h"

#include "base/banned.h"

// ---- csv, as a Dutch Excel opens it: no cell that it would take for a formula, and none that it would take
// for a number and write otherwise. A code in two groups is a text ("234E56" would become a number); a
// foreign number begins with 00, for a plus would make a formula of it.

static void csv_phone(struct cli *cli, const struct booking *booking)
{
    char phone[48] = "", cell[56];
    if (booking->phone[0] != 0)
        day_phone(cli, booking, phone, sizeof(phone));
    text_print(cell, sizeof(cell), "%s%s", phone[0] == '+' ? "00" : "", phone + (phone[0] == '+'));
    page_csv(cell, false);
    memory_wipe(phone, sizeof(phone));
    memory_wipe(cell, sizeof(cell));
}

static void csv_when(const struct agenda_entry *entry)
{
    char date[DAY_TEXT_SIZE] = "", from[8] = "", to[8] = "";
    if (entry->booking.kind == BOOKING_SLOT) {
        day_format(entry->booking.slot.start.day, date);
        cli_clock(entry->booking.slot.start.minute, from);
        cli_clock(day_ends(entry), to);
    }
    page_csv(date, false);
    page_csv(from, false);
    page_csv(to, false);
    page_csv(entry->guide_name, false);
}

static void csv_entry(struct cli *cli, const struct agenda_entry *entry, bool without_names)
{
    const struct booking *booking = &entry->booking;
    char made[DAY_TEXT_SIZE], topics[256], code[CODE_GROUPED_SIZE];
    csv_when(entry);
    page_csv(without_names ? "" : booking->first_name, false);
    page_csv(without_names ? "" : booking->last_name, false);
    if (without_names)
        page_csv("", false);
    else
        csv_phone(cli, booking);
    page_csv(cli_label(cli, "language", booking->language), false);
    for (unsigned i = 0; i < cli->town->indicators_count; i++) {
        const char *id = cli->town->indicators[i].id, *answer = booking_answer(booking, id);
        page_csv(answer[0] != 0 ? cli_answer(cli, id, answer) : "", false);
    }
    day_topics(cli, booking, ", ", topics, sizeof(topics));
    page_csv(topics, false);
    page_csv(booking->referred[0] != 0 ? cli_label(cli, "referred", booking->referred) : "", false);
    page_csv(cli_label(cli, "channel", booking->channel), false);
    day_format(moment_from_instant(booking->made).day, made);
    page_csv(made, false);
    code_group(booking->code, code);
    page_csv(code, false);
    bool to_call = booking->kind == BOOKING_CALLBACK && strcmp(entry->state, "booked") == 0;
    page_csv(to_call ? cli_text(cli, "word.to-call") : cli_label(cli, "state", entry->state), false);
    page_csv(entry->attention[0] != 0 ? cli_label(cli, "attention", entry->attention) : "", true);
}

int day_csv(struct cli *cli, const struct day_sheet *sheet)
{
    const struct town *town = cli_town(cli); // a column for each of its questions
    if (town == NULL)
        return CLI_REFUSED;
    printf("\xEF\xBB\xBF%s;", cli_text(cli, "csv.head"));
    for (unsigned i = 0; i < town->indicators_count; i++)
        page_csv(day_indicator(cli, town->indicators[i].id), false);
    printf("%s\r\n", cli_text(cli, "csv.head-more"));
    for (unsigned i = 0; i < sheet->attention.count; i++)
        csv_entry(cli, &sheet->attention.entries[i], sheet->without_names);
    for (unsigned i = 0; i < sheet->bookings.count; i++)
        if (sheet->bookings.entries[i].attention[0] == 0 ||
            strcmp(sheet->bookings.entries[i].state, "booked") != 0)
            csv_entry(cli, &sheet->bookings.entries[i], sheet->without_names);
    for (unsigned i = 0; i < sheet->callbacks.count; i++)
        csv_entry(cli, &sheet->callbacks.entries[i], sheet->without_names);
    return CLI_DONE;
}

// ---- json

static void set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_string(text));
}

static void set_slot(json_t *object, const struct agenda_entry *entry)
{
    char text[MOMENT_TEXT_SIZE];
    const struct booking *booking = &entry->booking;
    if (booking->kind == BOOKING_CALLBACK) {
        json_object_set_new(object, "start", json_null());
        json_object_set_new(object, "end", json_null());
        json_object_set_new(object, "guide", json_null());
    } else {
        moment_format(booking->slot.start, text);
        set_text(object, "start", text);
        moment_format(moment_add(booking->slot.start, entry->minutes), text);
        set_text(object, "end", text);
        set_text(object, "guide", booking->slot.guide);
        set_text(object, "guide_name", entry->guide_name);
    }
    json_object_set_new(object, "slots", json_integer(booking->slots));
    json_object_set_new(object, "minutes", json_integer(entry->minutes));
}

json_t *day_entry_json(const struct agenda_entry *entry, bool without_names)
{
    const struct booking *booking = &entry->booking;
    char made[INSTANT_TEXT_SIZE];
    json_t *object = json_object(), *indicators = json_object(), *topics = json_array();
    set_text(object, "code", booking->code);
    set_text(object, "kind", booking->kind == BOOKING_CALLBACK ? "callback" : "slot");
    set_slot(object, entry);
    if (!without_names) {
        set_text(object, "first_name", booking->first_name);
        set_text(object, "last_name", booking->last_name);
        set_text(object, "phone", booking->phone);
    }
    set_text(object, "language", booking->language);
    for (unsigned i = 0; i < booking->answer_count; i++)
        set_text(indicators, booking->answers[i].indicator, booking->answers[i].answer);
    json_object_set_new(object, "indicators", indicators);
    for (unsigned i = 0; i < booking->topic_count; i++)
        json_array_append_new(topics, json_string(booking->topics[i]));
    json_object_set_new(object, "topics", topics);
    set_text(object, "referred", booking->referred);
    set_text(object, "channel", booking->channel);
    set_text(object, "kiosk", entry->kiosk);
    set_text(object, "state", entry->state);
    set_text(object, "attention", entry->attention);
    json_object_set_new(object, "new", json_boolean(entry->is_new));
    instant_format(booking->made, made);
    set_text(object, "made", made);
    return object;
}

static json_t *list_json(const struct agenda_list *list, bool without_names)
{
    json_t *array = json_array();
    for (unsigned i = 0; i < list->count; i++)
        json_array_append_new(array, day_entry_json(&list->entries[i], without_names));
    return array;
}

static json_t *lost_json(const struct day_sheet *sheet)
{
    json_t *array = json_array();
    for (unsigned i = 0; i < sheet->lost_count; i++) {
        const struct agenda_lost *lost = &sheet->lost[i];
        char start[MOMENT_TEXT_SIZE];
        json_t *object = json_object();
        moment_format(lost->slot.start, start);
        set_text(object, "code", lost->code);
        set_text(object, "start", lost->slot.guide[0] != 0 ? start : "");
        set_text(object, "guide", lost->slot.guide);
        set_text(object, "kiosk", lost->kiosk);
        json_array_append_new(array, object);
    }
    return array;
}

int day_json(struct cli *cli, const struct day_sheet *sheet)
{
    char day[DAY_TEXT_SIZE];
    json_t *root = json_object();
    (void)cli;
    day_format(sheet->first, day);
    set_text(root, "date", day);
    if (sheet->last != sheet->first) {
        day_format(sheet->last, day);
        set_text(root, "last", day);
    }
    json_object_set_new(root, "bookings", list_json(&sheet->bookings, sheet->without_names));
    json_object_set_new(root, "attention", list_json(&sheet->attention, sheet->without_names));
    json_object_set_new(root, "callbacks", list_json(&sheet->callbacks, sheet->without_names));
    json_object_set_new(root, "lost", lost_json(sheet));
    char *text = json_dumps(root, JSON_INDENT(2));
    json_decref(root);
    puts(text);
    memory_wipe(text, strlen(text));
    free(text);
    return CLI_DONE;
}

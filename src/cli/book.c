// book, show, slots: bookings by phone, letter or at the counter; one booking; what is free.
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agenda/list.h"
#include "agenda/work.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "cli/day.h"

#include "base/banned.h"

#define SLOTS_MOST 16 // of one talk

// ---- book

struct wish { // the options as they were given
    const char *slot, *guide, *first, *last, *phone, *language, *referred, *channel, *slots, *join;
    bool callback, now, no_join;
    char joined[CODE_SIZE]; // of --join
};

static const char *const channels[] = {"phone", "letter", "counter", "walk-in", "partner", "kiosk"};

// `--topic` and `--answer` may stand more than once: they are taken out of argv first.
static int take_lists(struct cli *cli, struct booking *booking)
{
    int kept = 0;
    for (int i = 0; i < cli->argc; i++) {
        bool topic = strcmp(cli->argv[i], "--topic") == 0, answer = strcmp(cli->argv[i], "--answer") == 0;
        if (!topic && !answer) {
            cli->argv[kept++] = cli->argv[i];
            continue;
        }
        if (++i >= cli->argc)
            return cli_wrong_use(cli, cli->argv[i - 1]);
        const char *value = cli->argv[i], *equals = strchr(value, '=');
        if (topic && booking->topic_count < BOOKING_TOPICS_MAX) {
            text_copy(booking->topics[booking->topic_count++], BOOKING_WORD_SIZE, value);
        } else if (answer && equals != NULL && booking->answer_count < BOOKING_ANSWERS_MAX) {
            struct booking_answer *to = &booking->answers[booking->answer_count++];
            text_print(to->indicator, sizeof(to->indicator), "%.*s", (int)(equals - value), value);
            text_copy(to->answer, sizeof(to->answer), equals + 1);
        } else {
            return cli_wrong_use(cli, value);
        }
    }
    cli->argc = kept;
    return CLI_DONE;
}

static int minutes_of(struct cli *cli, const struct slot *slot) // 0 when there is no such slot
{
    struct agenda_slot *slots = NULL;
    int minutes = 0, count = agenda_slots(cli->agenda, slot->start.day, slot->start.day, &slots, NULL);
    for (int i = 0; i < count; i++)
        if (slot_same(&slots[i].slot, slot))
            minutes = slots[i].slot.minutes;
    free(slots);
    return minutes;
}

static int fill_slot(struct cli *cli, const struct wish *wish, struct booking *booking)
{
    if (wish->callback) {
        booking->kind = BOOKING_CALLBACK;
        return CLI_DONE;
    }
    int status = cli_read_slot(cli, wish->slot, wish->language, &booking->slot);
    if (status != CLI_DONE)
        return status;
    booking->slot.minutes = minutes_of(cli, &booking->slot);
    if (booking->slot.minutes == 0)
        return cli_refuse(cli, "error.no-slot", "slot", wish->slot, NULL);
    const struct town *town = cli_town(cli);
    if (town == NULL)
        return CLI_REFUSED;
    long slots = (long)town_slots_needed(town, booking);
    if (wish->slots != NULL && cli_read_count(cli, wish->slots, 1, SLOTS_MOST, &slots) != CLI_DONE)
        return CLI_WRONG_USE;
    booking->slots = (unsigned)slots;
    return CLI_DONE;
}

static int fill_person(struct cli *cli, const struct wish *wish, struct booking *booking)
{
    bool known = false;
    for (size_t i = 0; i < sizeof(channels) / sizeof(channels[0]); i++)
        known = known || strcmp(channels[i], wish->channel) == 0;
    if (!known)
        return cli_wrong_use(cli, wish->channel);
    if (text_copy(booking->first_name, sizeof(booking->first_name), wish->first) < 0 ||
        text_copy(booking->last_name, sizeof(booking->last_name), wish->last) < 0)
        return cli_refuse(cli, "error.long-name", NULL);
    booking->phone[0] = 0;
    if (wish->phone != NULL)
        phone_read(wish->phone, booking->phone);
    text_copy(booking->language, sizeof(booking->language), wish->language);
    text_copy(booking->referred, sizeof(booking->referred), wish->referred);
    text_copy(booking->channel, sizeof(booking->channel), wish->channel);
    return CLI_DONE;
}

// A yes at the terminal, in the guide's language.
static bool yes_at_terminal(const struct cli *cli, const char *key)
{
    char answer[16] = "";
    printf("%s ", cli_text(cli, key));
    fflush(stdout);
    if (fgets(answer, sizeof(answer), stdin) == NULL)
        return false;
    return answer[0] == 'j' || answer[0] == 'J' || answer[0] == 'y' || answer[0] == 'Y';
}

static int join(struct cli *cli, const char *code_text, const char *other)
{
    struct error error = ERROR_NONE;
    if (agenda_join(cli->agenda, code_text, other, &error) < 0)
        return cli_fail(cli, &error);
    cli_say(cli, "join.done", "code", code_text, "other", other, NULL);
    return CLI_DONE;
}

// The same phone number was here before: offered, never joined by itself. Who sits at a terminal is asked.
static int offer_join(struct cli *cli, const struct wish *wish, const struct booking *booking)
{
    struct agenda_other other;
    if (wish->join != NULL)
        return join(cli, booking->code, wish->join);
    if (wish->no_join || agenda_same_phone(cli->agenda, booking->code, &other, NULL) <= 0)
        return CLI_DONE;
    day_known(cli, booking->code);
    char code_text[CODE_SIZE];
    text_copy(code_text, sizeof(code_text), other.code);
    memory_wipe(&other, sizeof(other));
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && yes_at_terminal(cli, "book.join"))
        return join(cli, booking->code, code_text);
    return CLI_DONE;
}

// `--join CODE`: one more talk of that person, whose name, number and language need not be typed again.
static int take_person(struct cli *cli, struct wish *wish, struct agenda_entry *known)
{
    struct error error = ERROR_NONE;
    if (wish->join == NULL)
        return CLI_DONE;
    int status = cli_read_code(cli, wish->join, wish->joined);
    if (status != CLI_DONE)
        return status;
    if (agenda_find(cli->agenda, wish->joined, known, &error) < 0)
        return cli_fail(cli, &error);
    if (known->person == 0)
        return cli_refuse(cli, "error.erased", "code", wish->joined, NULL);
    wish->join = wish->joined;
    if (wish->first[0] == 0 && wish->last[0] == 0) {
        wish->first = known->booking.first_name;
        wish->last = known->booking.last_name;
    }
    if (wish->phone == NULL && known->booking.phone[0] != 0)
        wish->phone = known->booking.phone;
    if (wish->language == NULL && known->booking.language[0] != 0)
        wish->language = known->booking.language;
    return CLI_DONE;
}

// Who walks in comes to --guide, else to the guide who is at work, else to the only one.
static int walk_in_guide(struct cli *cli, const struct wish *wish, struct booking *booking)
{
    enum { ROOM = 256 };
    struct agenda_guide *guides = memory_new(ROOM, sizeof(*guides));
    const char *by = cli->by != NULL ? cli->by : getenv("WEGWIJS_GUIDE");
    const char *id = wish->guide, *only = NULL;
    unsigned count = agenda_guides(cli->agenda, guides, ROOM), active = 0;
    for (unsigned i = 0; i < count; i++) {
        if (!guides[i].active)
            continue;
        active++;
        only = guides[i].id;
        if (id == NULL && by != NULL && strcmp(guides[i].id, by) == 0)
            id = guides[i].id;
    }
    if (id == NULL && active == 1)
        id = only;
    int status = id == NULL ? cli_refuse(cli, "error.which-guide", NULL) : cli_read_guide(cli, id);
    if (status == CLI_DONE)
        text_copy(booking->slot.guide, sizeof(booking->slot.guide), id);
    free(guides);
    return status;
}

static int store(struct cli *cli, const struct wish *wish, struct booking *booking, struct error *error)
{
    const struct town *town = cli_town(cli);
    if (town == NULL || town_check_booking(town, booking, error) < 0)
        return town == NULL ? CLI_REFUSED : cli_fail(cli, error);
    int code = wish->now ? agenda_walk_in(cli->agenda, booking, clock_moment(), error)
                         : agenda_book(cli->agenda, booking, error);
    return code < 0 ? cli_fail(cli, error) : CLI_DONE;
}

static int book(struct cli *cli, const struct wish *wish, struct booking *booking)
{
    struct error error = ERROR_NONE;
    char start[MOMENT_TEXT_SIZE] = "", code[CODE_GROUPED_SIZE];
    int status = wish->now ? walk_in_guide(cli, wish, booking) : fill_slot(cli, wish, booking);
    if (status == CLI_DONE)
        status = fill_person(cli, wish, booking);
    if (status != CLI_DONE)
        return status;
    status = store(cli, wish, booking, &error);
    if (status != CLI_DONE)
        return status;
    code_group(booking->code, code);
    if (booking->kind == BOOKING_SLOT)
        moment_format(booking->slot.start, start);
    cli_say(cli,
            wish->now        ? "book.now"
            : wish->callback ? "book.callback"
                             : "book.done",
            "code", code, "start", start, "guide", booking->slot.guide, NULL);
    char phone[PHONE_SIZE];
    if (wish->phone != NULL && phone_read(wish->phone, phone) == PHONE_SUSPICIOUS)
        cli_say_to(cli, stderr, "book.phone", NULL);
    memory_wipe(phone, sizeof(phone));
    return offer_join(cli, wish, booking);
}

static bool wish_makes_sense(const struct wish *wish)
{
    int moments = (wish->slot != NULL) + wish->callback + wish->now;
    return moments == 1 && (wish->first[0] != 0 || wish->join != NULL) &&
           !(wish->join != NULL && wish->no_join);
}

static int book_wish(struct cli *cli, struct wish *wish, struct booking *booking)
{
    struct agenda_entry known = {0};
    char *both = NULL; // `--guide els --slot 2026-…` is `--slot els@2026-…`
    int status = take_person(cli, wish, &known);
    if (wish->guide != NULL && wish->slot != NULL && strchr(wish->slot, '@') == NULL)
        wish->slot = both = memory_format("%s@%s", wish->guide, wish->slot);
    if (wish->language == NULL)
        wish->language = "nl";
    if (wish->channel == NULL)
        wish->channel = wish->now ? "walk-in" : "phone";
    if (status == CLI_DONE)
        status = book(cli, wish, booking);
    memory_wipe(&known, sizeof(known));
    free(both);
    *wish = (struct wish){0}; // it borrowed from both
    return status;
}

int cli_book(struct cli *cli)
{
    struct wish wish = {.first = "", .last = "", .referred = ""};
    struct cli_option options[] = {
        {"slot", &wish.slot, NULL},         {"guide", &wish.guide, NULL},
        {"first", &wish.first, NULL},       {"last", &wish.last, NULL},
        {"phone", &wish.phone, NULL},       {"language", &wish.language, NULL},
        {"referred", &wish.referred, NULL}, {"channel", &wish.channel, NULL},
        {"slots", &wish.slots, NULL},       {"callback", NULL, &wish.callback},
        {"now", NULL, &wish.now},           {"join", &wish.join, NULL},
        {"no-join", NULL, &wish.no_join},
    };
    struct booking booking = {0};
    if (take_lists(cli, &booking) != CLI_DONE ||
        cli_arguments(cli, options, sizeof(options) / sizeof(options[0]), NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    if (!wish_makes_sense(&wish))
        return cli_wrong_use(cli, NULL);
    int status = book_wish(cli, &wish, &booking);
    booking_wipe(&booking);
    return status;
}

// ---- show

// "booked to arrived" in the words for states; other details as they are.
static void event_detail(const struct cli *cli, const char *what, const char *detail, char *out, size_t size)
{
    const char *to = strcmp(what, "state") == 0 ? strstr(detail, " to ") : NULL;
    char from[24];
    if (to == NULL) {
        text_copy(out, size, detail);
        return;
    }
    text_print(from, sizeof(from), "%.*s", (int)(to - detail), detail);
    char *first = memory_copy_text(cli_label(cli, "state", from));
    text_print(out, size, "%s → %s", first, cli_label(cli, "state", to + strlen(" to ")));
    free(first);
}

static void show_event(void *context, const char *at, const char *who, const char *what, const char *detail)
{
    char when[MOMENT_TEXT_SIZE] = "", more[256];
    int64_t instant;
    if (instant_parse(at, &instant) == 0)
        moment_format(moment_from_instant(instant), when);
    if (strncmp(who, "guide ", 6) == 0)
        who += 6;
    event_detail(context, what, detail, more, sizeof(more));
    cli_say(context, "show.event", "at", when[0] != 0 ? when : at, "who", who, "what",
            cli_label(context, "event", what), "detail", more, NULL);
}

static void show_referrals(struct cli *cli, const char *code)
{
    struct agenda_referral *referrals = NULL;
    int count = agenda_referrals(cli->agenda, code, &referrals, NULL);
    if (count > 0)
        cli_town(cli); // for the partners' names
    for (int i = 0; i < count; i++)
        cli_say(cli, "show.referral", "topic", cli_label(cli, "topic", referrals[i].topic), "partner",
                cli_partner(cli, referrals[i].partner), "due", referrals[i].due, "outcome",
                cli_label(cli, "outcome", referrals[i].outcome), NULL);
    if (referrals != NULL)
        memory_wipe(referrals, (size_t)(count < 0 ? 0 : count) * sizeof(*referrals));
    free(referrals);
}

static void show_path(struct cli *cli, const struct agenda_entry *entry)
{
    struct agenda_list list = {0};
    struct agenda_query query = {.which = AGENDA_PERSON, .number = entry->person};
    if (entry->person == 0 || agenda_list(cli->agenda, &query, &list, NULL) < 0)
        return;
    for (unsigned i = 0; i < list.count && list.count > 1; i++) {
        char start[MOMENT_TEXT_SIZE] = "";
        if (list.entries[i].booking.kind == BOOKING_SLOT)
            moment_format(list.entries[i].booking.slot.start, start);
        cli_say(cli, "show.path", "start", start, "code", list.entries[i].booking.code, "state",
                cli_label(cli, "state", list.entries[i].state), NULL);
    }
    agenda_list_release(&list);
}

static int show_text(struct cli *cli, struct agenda_entry *entry, struct error *error)
{
    struct day_sheet sheet = {.first = entry->booking.slot.start.day, .last = entry->booking.slot.start.day};
    struct agenda_list *list = entry->booking.kind == BOOKING_SLOT ? &sheet.bookings : &sheet.callbacks;
    *list = (struct agenda_list){.entries = entry, .count = 1};
    if (entry->booking.kind == BOOKING_CALLBACK)
        sheet.last = sheet.first - 1;
    day_text(cli, &sheet);
    show_path(cli, entry);
    day_known(cli, entry->booking.code);
    show_referrals(cli, entry->booking.code);
    return agenda_history(cli->agenda, entry->booking.code, show_event, cli, error);
}

int cli_show(struct cli *cli)
{
    const char *word = NULL, *format = "text";
    struct cli_option options[] = {{"format", &format, NULL}};
    struct agenda_entry entry;
    struct error error = ERROR_NONE;
    char code_text[CODE_SIZE];
    if (cli_arguments(cli, options, 1, &word, 1, 1) < 0)
        return CLI_WRONG_USE;
    bool as_json = strcmp(format, "json") == 0;
    if (!as_json && strcmp(format, "text") != 0)
        return cli_wrong_use(cli, format);
    if (cli_read_code(cli, word, code_text) != CLI_DONE)
        return CLI_WRONG_USE;
    int code = agenda_find(cli->agenda, code_text, &entry, &error);
    if (code == 0 && as_json) {
        json_t *object = day_entry_json(&entry, false);
        json_dumpf(object, stdout, JSON_INDENT(2));
        puts("");
        json_decref(object);
    } else if (code == 0) {
        code = show_text(cli, &entry, &error);
    }
    memory_wipe(&entry, sizeof(entry));
    return code < 0 ? cli_fail(cli, &error) : CLI_DONE;
}

// ---- slots

static void slots_json(const struct agenda_slot *slots, int count, bool all)
{
    json_t *array = json_array();
    for (int i = 0; i < count; i++) {
        char start[MOMENT_TEXT_SIZE];
        if (!all && strcmp(slots[i].state, "free") != 0)
            continue;
        moment_format(slots[i].slot.start, start);
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:i, s:s, s:s, s:s}", "guide", slots[i].slot.guide,
                                        "start", start, "minutes", slots[i].slot.minutes, "state",
                                        slots[i].state, "kiosk", slots[i].kiosk, "code", slots[i].code));
    }
    json_dumpf(array, stdout, JSON_INDENT(1));
    puts("");
    json_decref(array);
}

static void slots_text(struct cli *cli, const struct agenda_slot *slots, int count)
{
    int32_t day = INT32_MIN;
    char words[64], clock[8], guide[SLOT_GUIDE_SIZE] = "";
    for (int i = 0; i < count; i++) {
        const struct slot *slot = &slots[i].slot;
        if (slot->start.day != day) {
            cli_day_words(cli, slot->start.day, words, sizeof(words));
            printf("%s%s\n", day == INT32_MIN ? "" : "\n", words);
            guide[0] = 0;
        }
        day = slot->start.day;
        cli_clock(slot->start.minute, clock);
        text_copy(guide, sizeof(guide), slot->guide);
        printf("  %s  %-10s %-10s %s%s%s\n", clock, guide, cli_label(cli, "slot", slots[i].state),
               slots[i].code, slots[i].kiosk, slots[i].reason);
    }
    unsigned used = 0, of = 0;
    const struct agenda_slot *free_one = NULL; // how long a newcomer has to wait
    struct moment now = clock_moment();
    for (int i = 0; i < count; i++) {
        of += strcmp(slots[i].state, "withdrawn") != 0;
        used += strcmp(slots[i].state, "booked") == 0;
        if (free_one == NULL && strcmp(slots[i].state, "free") == 0 &&
            moment_compare(slots[i].slot.start, now) > 0)
            free_one = &slots[i];
    }
    char first[16], second[16], share[16];
    text_print(first, sizeof(first), "%u", used);
    text_print(second, sizeof(second), "%u", of);
    text_print(share, sizeof(share), "%u", of == 0 ? 0 : used * 100 / of);
    cli_say(cli, "slots.used", "used", first, "of", second, "share", share, NULL);
    if (free_one == NULL) {
        cli_say(cli, "slots.full", NULL);
        return;
    }
    char wait[16], start[MOMENT_TEXT_SIZE];
    text_print(wait, sizeof(wait), "%d", (int)(free_one->slot.start.day - now.day));
    moment_format(free_one->slot.start, start);
    bool tomorrow = free_one->slot.start.day - now.day == 1;
    cli_say(cli, tomorrow ? "slots.first-one" : "slots.first", "start", start, "guide", free_one->slot.guide,
            "days", wait, NULL);
}

int cli_slots(struct cli *cli)
{
    const char *from = NULL, *days = "14", *format = "text";
    bool all = false;
    struct cli_option options[] = {
        {"from", &from, NULL}, {"days", &days, NULL}, {"format", &format, NULL}, {"all", NULL, &all}};
    struct agenda_slot *slots = NULL;
    struct error error = ERROR_NONE;
    int32_t first;
    if (cli_arguments(cli, options, 4, NULL, 0, 0) < 0)
        return CLI_WRONG_USE;
    long span;
    if (cli_read_count(cli, days, 1, 800, &span) != CLI_DONE)
        return CLI_WRONG_USE;
    bool as_json = strcmp(format, "json") == 0;
    if (!as_json && strcmp(format, "text") != 0)
        return cli_wrong_use(cli, format);
    if (cli_read_day(cli, from, &first) != CLI_DONE)
        return CLI_WRONG_USE;
    int count = agenda_slots(cli->agenda, first, first + (int32_t)span - 1, &slots, &error);
    if (count < 0)
        return cli_fail(cli, &error);
    if (as_json)
        slots_json(slots, count, all);
    else
        slots_text(cli, slots, count);
    free(slots);
    return CLI_DONE;
}

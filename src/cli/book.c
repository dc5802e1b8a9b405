// book: bookings by phone, letter or at the counter, and of who walks in.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agenda/list.h"
#include "agenda/work.h"
#include "base/clock.h"
#include "base/utf8.h"
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

// Nothing to see: blanks, and what a copied text brings along, marks of direction and empty places.
static bool is_blank(uint32_t letter)
{
    return letter == ' ' || letter == 0xA0 || (letter >= 0x2000 && letter <= 0x200B) || letter == 0x202F ||
           letter == 0x3000;
}

static bool is_mark(uint32_t letter)
{
    return letter == 0x200E || letter == 0x200F || letter == 0x061C || letter == 0xFEFF ||
           (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
}

int cli_read_name(struct cli *cli, const char *text, char out[BOOKING_NAME_SIZE])
{
    size_t used = 0, kept = 0;
    bool good = utf8_valid(text, strlen(text));
    for (const char *at = text; *at != 0 && good;) {
        const char *from = at;
        uint32_t letter = utf8_next(&at);
        good = letter >= 0x20 && (letter < 0x7F || letter >= 0xA0);
        if (is_mark(letter) || (is_blank(letter) && used == 0))
            continue;
        if (used + (size_t)(at - from) >= BOOKING_NAME_SIZE)
            return cli_refuse(cli, "error.long-name", NULL);
        memcpy(out + used, from, (size_t)(at - from));
        used += (size_t)(at - from);
        kept = is_blank(letter) ? kept : used;
    }
    out[kept] = 0;
    if (good)
        return CLI_DONE;
    cli_say_to(cli, stderr, "use.name", "what", text, NULL);
    return CLI_WRONG_USE;
}

static int fill_person(struct cli *cli, const struct wish *wish, struct booking *booking)
{
    bool known = false;
    for (size_t i = 0; i < sizeof(channels) / sizeof(channels[0]); i++)
        known = known || strcmp(channels[i], wish->channel) == 0;
    if (!known)
        return cli_wrong_use(cli, wish->channel);
    int status = cli_read_name(cli, wish->first, booking->first_name);
    if (status == CLI_DONE)
        status = cli_read_name(cli, wish->last, booking->last_name);
    if (status != CLI_DONE)
        return status;
    if (booking->first_name[0] == 0 && booking->last_name[0] == 0) {
        cli_say_to(cli, stderr, "use.name", "what", wish->first, NULL);
        return CLI_WRONG_USE;
    }
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
    if (code == ERROR_TAKEN && booking->kind == BOOKING_SLOT && !wish->now)
        return cli_refuse_taken(cli, &booking->slot, booking->slots);
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
            "code", code, "start", start, "weekday", cli_weekday(cli, booking->slot.start.day), "guide",
            booking->slot.guide, NULL);
    if (booking->kind == BOOKING_SLOT && !wish->now)
        cli_say_past(cli, &booking->slot);
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

// Following up: refer, signal, follow-up.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "agenda/list.h"
#include "agenda/work.h"
#include "base/clock.h"
#include "cli/cli.h"

#include "base/banned.h"

#define FOLLOW_UP_DAYS 14 // when --due is not given

// ---- words of a list: its identifier, or what a guide calls it

static bool same_word(const struct cli *cli, const char *kind, const char *id, const char *word)
{
    return strcmp(word, id) == 0 || strcasecmp(word, cli_label(cli, kind, id)) == 0;
}

// One of `ids` for what was typed; NULL after saying which there are.
static const char *read_word(struct cli *cli, const char *kind, const char *const *ids, const char *word)
{
    struct text_buffer known = {0};
    for (size_t i = 0; ids[i] != NULL; i++) {
        if (same_word(cli, kind, ids[i], word)) {
            text_buffer_release(&known);
            return ids[i];
        }
        text_buffer_addf(&known, "%s\"%s\" (%s)", i > 0 ? ", " : "", ids[i], cli_label(cli, kind, ids[i]));
    }
    cli_say_to(cli, stderr, "use.word", "what", word, "known", known.text, NULL);
    text_buffer_release(&known);
    return NULL;
}

static const struct town_partner *find_partner(const struct town *town, const char *word)
{
    for (unsigned i = 0; i < town->partners_count; i++)
        if (strcmp(town->partners[i].id, word) == 0 || strcasecmp(town->partners[i].name, word) == 0)
            return &town->partners[i];
    return NULL;
}

static int refuse_partner(struct cli *cli, const struct town *town, const char *word)
{
    struct text_buffer known = {0};
    for (unsigned i = 0; i < town->partners_count; i++)
        text_buffer_addf(&known, "%s\"%s\"", i > 0 ? ", " : "", town->partners[i].id);
    int status = cli_refuse(cli, "error.no-partner", "partner", word, "known", known.text, NULL);
    text_buffer_release(&known);
    return status;
}

static const struct town_topic *find_topic(const struct cli *cli, const struct town *town, const char *word)
{
    for (unsigned i = 0; i < town->topics_count; i++)
        if (same_word(cli, "topic", town->topics[i].id, word))
            return &town->topics[i];
    return NULL;
}

static int refuse_topic(struct cli *cli, const struct town *town, const char *word)
{
    struct text_buffer known = {0};
    for (unsigned i = 0; i < town->topics_count; i++)
        text_buffer_addf(&known, "%s\"%s\"", i > 0 ? ", " : "", town->topics[i].id);
    int status = cli_refuse(cli, "error.no-topic", "topic", word, "known", known.text, NULL);
    text_buffer_release(&known);
    return status;
}

// Without --topic: the partner's first topic that the visitor asked about, else the partner's first.
static const char *topic_for(struct cli *cli, const struct town_partner *partner, const char *code)
{
    struct agenda_entry entry;
    const char *topic = partner->topics_count > 0 ? partner->topics[0] : "other";
    if (agenda_find(cli->agenda, code, &entry, NULL) == 0)
        for (unsigned i = partner->topics_count; i-- > 0;)
            if (booking_has_topic(&entry.booking, partner->topics[i]))
                topic = partner->topics[i];
    memory_wipe(&entry, sizeof(entry));
    return topic;
}

static const char *const outcomes[] = {"started", "waiting", "refused", "unreachable", "done", NULL};
static const char *const signal_kinds[] = {"need", "obstacle", "gap", NULL};

// The referral has come to an end. It may be to a partner whom town.yaml knows no more.
static int close_referral(struct cli *cli, const char *code, const char *partner, const char *word)
{
    struct error error = ERROR_NONE;
    const char *outcome = read_word(cli, "outcome", outcomes, word);
    if (outcome == NULL)
        return CLI_WRONG_USE;
    if (agenda_outcome(cli->agenda, code, partner, outcome, &error) < 0)
        return cli_fail(cli, &error);
    cli_say(cli, "refer.closed", "code", code, "partner", cli_partner(cli, partner), "outcome",
            cli_label(cli, "outcome", outcome), NULL);
    return CLI_DONE;
}

// The same referral once more would be counted twice.
static bool is_open(struct cli *cli, const char *code, const char *partner, const char *topic,
                    char due[DAY_TEXT_SIZE])
{
    struct agenda_referral *all = NULL;
    int count = agenda_referrals(cli->agenda, code, &all, NULL);
    bool open = false;
    for (int i = 0; i < count && !open; i++) {
        open = strcmp(all[i].outcome, "open") == 0 && strcmp(all[i].partner, partner) == 0 &&
               strcmp(all[i].topic, topic) == 0;
        text_copy(due, DAY_TEXT_SIZE, all[i].due);
    }
    free(all);
    return open;
}

static int refer_to(struct cli *cli, const char *code, const struct town_partner *partner, const char *topic,
                    int32_t due)
{
    struct error error = ERROR_NONE;
    char day[DAY_TEXT_SIZE];
    if (is_open(cli, code, partner->id, topic, day))
        return cli_refuse(cli, "refer.open", "code", code, "partner", partner->name, "topic",
                          cli_label(cli, "topic", topic), "due", day, NULL);
    if (agenda_refer(cli->agenda, code, topic, partner->id, clock_moment().day, due, &error) < 0)
        return cli_fail(cli, &error);
    day_format(due, day);
    cli_say(cli, "refer.done", "code", code, "partner", partner->name, "topic",
            cli_label(cli, "topic", topic), "due", day, NULL);
    unsigned kept = cli_town(cli)->privacy.retention_days;
    char days[16];
    text_print(days, sizeof(days), "%u", kept);
    if (due > clock_moment().day + (int32_t)kept) // by then only the referral's count may be left
        cli_say(cli, "refer.late", "days", days, NULL);
    return CLI_DONE;
}

int cli_refer(struct cli *cli)
{
    const char *words[2] = {NULL, NULL}, *topic_word = NULL, *due_text = NULL, *outcome = NULL;
    struct cli_option options[] = {
        {"topic", &topic_word, NULL}, {"due", &due_text, NULL}, {"outcome", &outcome, NULL}};
    char code[CODE_SIZE];
    if (cli_arguments(cli, options, 3, words, 2, 2) < 0 || cli_read_code(cli, words[0], code) != CLI_DONE)
        return CLI_WRONG_USE;
    const struct town *town = cli_town(cli);
    if (town == NULL)
        return CLI_REFUSED;
    int32_t due = clock_moment().day + FOLLOW_UP_DAYS;
    if (due_text != NULL && cli_read_day(cli, due_text, &due) != CLI_DONE)
        return CLI_WRONG_USE;
    const struct town_partner *partner = find_partner(town, words[1]);
    if (outcome != NULL)
        return close_referral(cli, code, partner != NULL ? partner->id : words[1], outcome);
    if (partner == NULL)
        return refuse_partner(cli, town, words[1]);
    const struct town_topic *topic = topic_word != NULL ? find_topic(cli, town, topic_word) : NULL;
    if (topic_word != NULL && topic == NULL)
        return refuse_topic(cli, town, topic_word);
    return refer_to(cli, code, partner, topic != NULL ? topic->id : topic_for(cli, partner, code), due);
}

int cli_signal(struct cli *cli)
{
    const char *words[2] = {NULL, NULL}, *kind = "need", *label = "";
    struct cli_option options[] = {{"kind", &kind, NULL}, {"label", &label, NULL}};
    struct error error = ERROR_NONE;
    char code[CODE_SIZE];
    if (cli_arguments(cli, options, 2, words, 2, 2) < 0 || cli_read_code(cli, words[0], code) != CLI_DONE)
        return CLI_WRONG_USE;
    kind = read_word(cli, "signal", signal_kinds, kind);
    if (kind == NULL)
        return CLI_WRONG_USE;
    const struct town *town = cli_town(cli);
    if (town == NULL)
        return CLI_REFUSED;
    const struct town_topic *topic = find_topic(cli, town, words[1]);
    if (topic == NULL)
        return refuse_topic(cli, town, words[1]);
    if (agenda_signal(cli->agenda, code, topic->id, kind, label, clock_moment().day, &error) < 0)
        return cli_fail(cli, &error);
    char *name = memory_copy_text(cli_label(cli, "topic", topic->id));
    cli_say(cli, "signal.done", "topic", name, "kind", cli_label(cli, "signal", kind), NULL);
    free(name);
    return CLI_DONE;
}

static void print_due(const struct cli *cli, const struct agenda_referral *one, int32_t today)
{
    char name[2 * BOOKING_NAME_SIZE], phone[PHONE_GROUPED_SIZE] = "", code[CODE_GROUPED_SIZE];
    int32_t day;
    text_print(name, sizeof(name), "%s%s%s", one->first_name,
               one->first_name[0] != 0 && one->last_name[0] != 0 ? " " : "", one->last_name);
    if (one->phone[0] != 0)
        phone_group(one->phone, phone);
    code_group(one->code, code);
    bool late = day_parse(one->due, &day) == 0 && day < today;
    printf("%s %s  %s  ", late ? "!" : " ", one->due, code);
    cli_cell(stdout, name[0] != 0 ? name : cli_text(cli, "word.erased"), 26);
    printf(" ");
    cli_cell(stdout, phone[0] != 0 ? phone : cli_text(cli, "word.no-phone"), 16);
    printf(" %s\n", cli_partner(cli, one->partner));
    cli_wrap(stdout, cli_label(cli, "topic", one->topic), 23, 100);
    memory_wipe(name, sizeof(name));
    memory_wipe(phone, sizeof(phone));
}

int cli_follow_up(struct cli *cli)
{
    const char *until_text = NULL;
    struct cli_option options[] = {{"until", &until_text, NULL}};
    struct agenda_referral *due = NULL;
    struct error error = ERROR_NONE;
    int32_t until, today = clock_moment().day;
    if (cli_arguments(cli, options, 1, NULL, 0, 0) < 0 || cli_read_day(cli, until_text, &until) != CLI_DONE)
        return CLI_WRONG_USE;
    cli_town(cli); // for the partners' names
    int count = agenda_due(cli->agenda, until, &due, &error);
    if (count < 0)
        return cli_fail(cli, &error);
    if (count == 0)
        cli_say(cli, "follow-up.none", NULL);
    for (int i = 0; i < count; i++)
        print_due(cli, &due[i], today);
    if (count > 0)
        cli_say(cli, "follow-up.how", NULL);
    if (due != NULL)
        memory_wipe(due, (size_t)count * sizeof(*due));
    free(due);
    return CLI_DONE;
}

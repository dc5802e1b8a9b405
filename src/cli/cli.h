// The command line of the agenda: what every command gets, and how it speaks. One thread, one command a run.
// Texts come from lang/agenda-<language>.po by key ("cli.…"); labels of the town (topics, answers) from
// lang/nl.po.
#ifndef WEGWIJS_CLI_CLI_H
#define WEGWIJS_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "agenda/agenda.h"
#include "base/catalog.h"
#include "base/memory.h"
#include "booking/town.h"

enum { CLI_DONE = 0, CLI_REFUSED = 1, CLI_WRONG_USE = 2 }; // exit status

struct cli_command;
struct cli {
    const struct cli_command *command;
    char *agenda_path, *config_folder;
    const char *language; // "nl"
    const char *by;       // who works here, for the history; NULL: from the environment
    struct catalog *texts, *labels;
    struct town *town;     // NULL until cli_town, or when there is none
    struct agenda *agenda; // open for commands that need it
    int argc;
    char **argv; // after the command's name
};

enum cli_need { CLI_NEEDS_NOTHING, CLI_NEEDS_AGENDA, CLI_LOOKS_AT_AGENDA };
struct cli_command {
    const char *name;
    int (*run)(struct cli *cli);
    enum cli_need need;
    const char *arguments; // "CODE [--force]"; what it does is the text "cli.about.<name>"
};
extern const struct cli_command cli_commands[]; // ends with name NULL

// ---- arguments
struct cli_option {
    const char *name;   // without the dashes
    const char **value; // for `--name VALUE` and `--name=VALUE`
    bool *flag;         // or for `--name`
};
// Options may stand anywhere; `--` ends them. The others go to `words` (at least `least`, at most `most`).
// Returns their number, or -1 after saying what is wrong.
int cli_arguments(struct cli *cli, const struct cli_option *options, unsigned count, const char **words,
                  int least, int most);
void cli_say_use(struct cli *cli,
                 FILE *to); // "gebruik: wegwijs-agenda show CODE …"; for help within 100 columns
int cli_wrong_use(struct cli *cli, const char *what); // says it and how to use the command; CLI_WRONG_USE

// ---- speaking
const char *cli_text(const struct cli *cli, const char *key); // without the "cli."
// A line on standard output: the text with its places filled: name, value, …, NULL.
void cli_say(const struct cli *cli, const char *key, ...) __attribute__((sentinel));
void cli_say_to(const struct cli *cli, FILE *to, const char *key, ...) __attribute__((sentinel));
int cli_fail(struct cli *cli, const struct error *error); // one line on standard error; CLI_REFUSED
int cli_refuse(struct cli *cli, const char *key, ...) __attribute__((sentinel));
#define CLI_KEY_SIZE 48
// The key of the text for this many: "block.done", or "block.done-one" for one. In `out`, which is returned.
const char *cli_plural(const char *key, unsigned count, char out[CLI_KEY_SIZE]);
// An error's text in the guide's language; what has no translation stays as it is.
void cli_detail(const struct cli *cli, const char *text, char *out, size_t size);
const char *cli_label(const struct cli *cli, const char *kind,
                      const char *id); // "topic", "work"; the id if none
const char *cli_answer(const struct cli *cli, const char *indicator, const char *answer);

const char *cli_partner(const struct cli *cli, const char *id); // the name in town.yaml, else the id

const char *cli_weekday(const struct cli *cli, int32_t day);                    // "dinsdag"
void cli_day_words(const struct cli *cli, int32_t day, char *out, size_t size); // "dinsdag 24 november 2026"
void cli_clock(int minute, char out[8]);                                        // "09:30"
// "today", "tomorrow" in the agenda's language, or 2026-11-24. CLI_DONE or CLI_WRONG_USE after saying so.
int cli_read_day(struct cli *cli, const char *text, int32_t *day);
// Digits only, within bounds. CLI_DONE, or CLI_WRONG_USE after saying so.
int cli_read_count(struct cli *cli, const char *text, long least, long most, long *count);
// A name as it is kept: without blanks at its ends and without marks of direction. CLI_WRONG_USE, CLI_REFUSED
// when it is too long.
int cli_read_name(struct cli *cli, const char *text, char out[BOOKING_NAME_SIZE]);
int cli_read_guide(struct cli *cli, const char *id); // NULL is any guide; else one of the agenda's
int cli_read_code(struct cli *cli, const char *text, char code[CODE_SIZE]);
// "els@2026-11-24T09:30" or "2026-11-24T09:30" (then a guide who is free, best one who speaks the language).
int cli_read_slot(struct cli *cli, const char *text, const char *language, struct slot *slot);
// Why these slots in a row cannot be taken: somebody's booking, a kiosk's, kept, or no slot. CLI_REFUSED.
int cli_refuse_taken(struct cli *cli, const struct slot *first, unsigned count);
void cli_say_past(const struct cli *cli, const struct slot *slot); // when it has begun already
int cli_width(const char *text);                                   // columns on a terminal
// Prints a text padded to so many columns, cut with an ellipsis when wider: a Han letter takes two, a
// combining mark none.
void cli_cell(FILE *to, const char *text, int width);
// Prints a text in lines of at most `width` columns, each behind `indent` spaces, broken between words.
void cli_wrap(FILE *to, const char *text, int indent, int width);

const struct town *cli_town(struct cli *cli); // NULL after saying why
int cli_open(struct cli *cli, enum agenda_role role);

// ---- the commands
int cli_init(struct cli *cli);
int cli_hours(struct cli *cli);
int cli_today(struct cli *cli);
int cli_week(struct cli *cli);
int cli_ics(struct cli *cli);
int cli_slots(struct cli *cli);
int cli_show(struct cli *cli);
int cli_book(struct cli *cli);
int cli_cancel(struct cli *cli);
int cli_arrive(struct cli *cli);
int cli_no_show(struct cli *cli);
int cli_excused(struct cli *cli);
int cli_done(struct cli *cli);
int cli_move(struct cli *cli);
int cli_join(struct cli *cli);
int cli_block(struct cli *cli);
int cli_unblock(struct cli *cli);
int cli_settle(struct cli *cli);
int cli_kiosks(struct cli *cli);
int cli_revoke(struct cli *cli);
int cli_limits(struct cli *cli);
int cli_serve(struct cli *cli);
int cli_backup(struct cli *cli);
int cli_check(struct cli *cli);
int cli_refer(struct cli *cli);
int cli_signal(struct cli *cli);
int cli_follow_up(struct cli *cli);
int cli_report(struct cli *cli);
int cli_import(struct cli *cli);
int cli_purge(struct cli *cli);
int cli_person(struct cli *cli);
int cli_slip(struct cli *cli);

#endif

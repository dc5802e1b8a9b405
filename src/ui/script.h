// The script language: drives the real program through real input events.
//   tap ID · type TEXT · key previous|next|choose|back · key scan TEXT · wait ID [SECONDS] · expect ID [TEXT]
//   · sleep SECONDS · shot FILE · dump [FILE] · fault WHAT        ("#" begins a comment, empty lines are
//   free)
// Parser: fed a line, opens no file. Runner: one step after the other through a table of functions.
#ifndef WEGWIJS_UI_SCRIPT_H
#define WEGWIJS_UI_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

#define SCRIPT_LINE_MAX 1024

enum script_verb {
    SCRIPT_NOTHING, // an empty line
    SCRIPT_TAP,
    SCRIPT_TYPE,
    SCRIPT_KEY,
    SCRIPT_SCAN,
    SCRIPT_WAIT,
    SCRIPT_EXPECT,
    SCRIPT_SLEEP,
    SCRIPT_SHOT,
    SCRIPT_DUMP,
    SCRIPT_FAULT
};

struct script_step {
    enum script_verb verb;
    char argument[SCRIPT_LINE_MAX]; // id, text, key, file or fault
    char text[SCRIPT_LINE_MAX];     // expect: what the label holds; "" for none
    int64_t ms;                     // wait, sleep
    unsigned line;
};

// Parses one line (without its end). ERROR_INVALID names `name`, the line and what was expected.
int script_parse(struct script_step *step, const char *name, unsigned line, const char *text,
                 struct error *error);

enum script_state {
    SCRIPT_RUNNING, // call again after the next event, or after *wait_ms
    SCRIPT_NEEDS_LINE,
    SCRIPT_FAILED
};

// What the shell gives. Each returns 0, or a negative code with error. present: is the screen or element
// there (1), not (0). busy: an earlier input is still on its way (1).
struct script_ops {
    int (*present)(void *context, const char *id);
    int (*label)(void *context, const char *id, char *out, unsigned size); // 0, or ERROR_NOT_FOUND
    int (*tap)(void *context, const char *id, struct error *error);
    // Presses the next key for `text`; *used bytes are done (0: come again, the keyboard had to change
    // first).
    int (*type)(void *context, const char *text, unsigned *used, struct error *error);
    int (*key)(void *context, const char *name, struct error *error);
    int (*scan)(void *context, const char *text, struct error *error);
    int (*sleep)(void *context, int64_t ms);
    int (*shot)(void *context, const char *path, struct error *error);
    int (*dump)(void *context, const char *path, struct error *error); // path "": standard output
    int (*fault)(void *context, const char *what, struct error *error);
    int (*busy)(void *context);
};

struct script_runner {
    const struct script_ops *ops;
    void *context;
    struct script_step step; // the one being done
    bool active;             // there is one
    unsigned done_bytes;     // of `type`
    int64_t until_ms;        // of `wait` (real time)
    bool began;
};

void script_begin(struct script_runner *runner, const struct script_ops *ops, void *context);
void script_give(struct script_runner *runner, const struct script_step *step); // when it needs a line
// Goes on with the step. now_ms: a clock that `sleep` does not move. *wait_ms: when to come again, at the
// latest.
enum script_state script_advance(struct script_runner *runner, int64_t now_ms, int64_t *wait_ms,
                                 struct error *error);
#endif

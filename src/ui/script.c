#include "ui/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

#include "base/banned.h"

#define WAIT_DEFAULT_MS 10000
#define SECONDS_MAX 1000000.0 // of sleep: eleven days
#define POLL_MS 10

enum script_shape {
    SHAPE_NONE,
    SHAPE_WORD,
    SHAPE_REST,
    SHAPE_WORD_SECONDS,
    SHAPE_WORD_REST,
    SHAPE_SECONDS,
    SHAPE_OPTIONAL
};

static const struct {
    const char *word;
    enum script_verb verb;
    enum script_shape shape;
    const char *usage;
} verbs[] = {
    {"tap", SCRIPT_TAP, SHAPE_WORD, "tap ID"},
    {"type", SCRIPT_TYPE, SHAPE_REST, "type TEXT"},
    {"key", SCRIPT_KEY, SHAPE_REST, "key previous|next|choose|back, or key scan TEXT"},
    {"wait", SCRIPT_WAIT, SHAPE_WORD_SECONDS, "wait ID [SECONDS]"},
    {"expect", SCRIPT_EXPECT, SHAPE_WORD_REST, "expect ID [TEXT]"},
    {"sleep", SCRIPT_SLEEP, SHAPE_SECONDS, "sleep SECONDS"},
    {"shot", SCRIPT_SHOT, SHAPE_REST, "shot FILE.png"},
    {"dump", SCRIPT_DUMP, SHAPE_OPTIONAL, "dump [FILE]"},
    {"fault", SCRIPT_FAULT, SHAPE_REST, "fault WHAT"},
};

static const char *skip_spaces(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

// The first word of *text into `out`; *text moves behind it.
static void take_word(const char **text, char *out, size_t size)
{
    size_t length = strcspn(*text, " \t");
    (void)text_copy(out, length + 1 < size ? length + 1 : size, *text);
    *text = skip_spaces(*text + length);
}

static int take_seconds(const char *text, int64_t *ms)
{
    char *end = NULL;
    double seconds = strtod(text, &end);
    if (end == text || *skip_spaces(end) != '\0' || !isfinite(seconds) || seconds < 0 ||
        seconds > SECONDS_MAX)
        return ERROR_INVALID;
    *ms = (int64_t)(seconds * 1000 + 0.5);
    return 0;
}

static int read_key(struct script_step *step)
{
    static const char *const keys[] = {"previous", "next", "choose", "back"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strcmp(step->argument, keys[i]) == 0)
            return 0;
    if (strncmp(step->argument, "scan ", 5) != 0 || !*skip_spaces(step->argument + 5))
        return ERROR_INVALID;
    step->verb = SCRIPT_SCAN;
    const char *text = skip_spaces(step->argument + 5);
    memmove(step->argument, text, strlen(text) + 1);
    return 0;
}

static int read_arguments(struct script_step *step, enum script_shape shape, const char *rest)
{
    if (!*rest && shape != SHAPE_OPTIONAL && shape != SHAPE_NONE)
        return ERROR_INVALID;
    switch (shape) {
    case SHAPE_SECONDS:
        return take_seconds(rest, &step->ms);
    case SHAPE_WORD:
    case SHAPE_WORD_SECONDS:
    case SHAPE_WORD_REST:
        take_word(&rest, step->argument, sizeof step->argument);
        if (shape == SHAPE_WORD)
            return *rest ? ERROR_INVALID : 0;
        if (shape == SHAPE_WORD_SECONDS)
            return *rest ? take_seconds(rest, &step->ms) : 0;
        (void)text_copy(step->text, sizeof step->text, rest);
        return 0;
    case SHAPE_REST:
    case SHAPE_OPTIONAL:
        (void)text_copy(step->argument, sizeof step->argument, rest);
        return step->verb == SCRIPT_KEY ? read_key(step) : 0;
    case SHAPE_NONE:
        break;
    }
    return 0;
}

static void trim(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        text[--length] = '\0';
}

int script_parse(struct script_step *step, const char *name, unsigned line, const char *text,
                 struct error *error)
{
    char copy[SCRIPT_LINE_MAX], word[16];
    memset(step, 0, sizeof *step);
    step->line = line;
    if (strlen(text) >= sizeof copy)
        return error_set(error, ERROR_INVALID, "%s:%u: a line longer than %d bytes", name, line,
                         SCRIPT_LINE_MAX - 1);
    if (!utf8_valid(text, strlen(text)))
        return error_set(error, ERROR_INVALID, "%s:%u: not UTF-8", name, line);
    (void)text_copy(copy, sizeof copy, skip_spaces(text));
    trim(copy);
    if (copy[0] == '\0' || copy[0] == '#')
        return 0;
    const char *rest = copy;
    take_word(&rest, word, sizeof word);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(word, verbs[i].word) != 0)
            continue;
        step->verb = verbs[i].verb;
        step->ms = step->verb == SCRIPT_WAIT ? WAIT_DEFAULT_MS : 0;
        if (read_arguments(step, verbs[i].shape, rest) != 0) {
            step->verb = SCRIPT_NOTHING;
            return error_set(error, ERROR_INVALID, "%s:%u: expected \"%s\"", name, line, verbs[i].usage);
        }
        return 0;
    }
    return error_set(
        error, ERROR_INVALID,
        "%s:%u: unknown word \"%s\", expected tap, type, key, wait, expect, sleep, shot, dump or fault", name,
        line, word);
}

// ---- running
void script_begin(struct script_runner *runner, const struct script_ops *ops, void *context)
{
    memset(runner, 0, sizeof *runner);
    runner->ops = ops;
    runner->context = context;
}

void script_give(struct script_runner *runner, const struct script_step *step)
{
    runner->step = *step;
    runner->active = step->verb != SCRIPT_NOTHING;
    runner->began = false;
    runner->done_bytes = 0;
}

// What a step says: it is done, it waits, or it failed (a negative code).
enum { STEP_DONE = 0, STEP_WAITS = 1 };

static int run_type(struct script_runner *runner, struct error *error)
{
    const struct script_step *step = &runner->step;
    const char *rest = step->argument + runner->done_bytes;
    if (!*rest)
        return STEP_DONE;
    unsigned used = 0;
    int code = runner->ops->type(runner->context, rest, &used, error);
    if (code < 0)
        return error_prefix(error, "line %u", step->line);
    runner->done_bytes += used;
    return STEP_WAITS; // the key's event first
}

static int run_wait(struct script_runner *runner, int64_t now_ms, struct error *error)
{
    const struct script_step *step = &runner->step;
    if (!runner->began) {
        runner->began = true;
        runner->until_ms = now_ms + step->ms;
    }
    if (runner->ops->present(runner->context, step->argument) > 0)
        return STEP_DONE;
    if (now_ms >= runner->until_ms)
        return error_set(error, ERROR_TIMEOUT, "line %u: \"%s\" did not come within %.1f s", step->line,
                         step->argument, (double)step->ms / 1000);
    return STEP_WAITS;
}

// A tap waits for its element as a person would: until it is there and can be touched.
static int run_tap(struct script_runner *runner, int64_t now_ms, struct error *error)
{
    const struct script_step *step = &runner->step;
    if (!runner->began) {
        runner->began = true;
        runner->until_ms = now_ms + WAIT_DEFAULT_MS;
    }
    int code = runner->ops->tap(runner->context, step->argument, error);
    if (code == 0)
        return STEP_DONE;
    if ((code == ERROR_NOT_FOUND || code == ERROR_REFUSED) && now_ms < runner->until_ms) {
        *error = ERROR_NONE;
        return STEP_WAITS;
    }
    return error_prefix(error, "line %u", step->line);
}

static int run_expect(struct script_runner *runner, struct error *error)
{
    const struct script_step *step = &runner->step;
    char label[512];
    if (runner->ops->present(runner->context, step->argument) <= 0)
        return error_set(error, ERROR_NOT_FOUND, "line %u: \"%s\" is not on the screen", step->line,
                         step->argument);
    if (!*step->text)
        return STEP_DONE;
    label[0] = '\0';
    (void)runner->ops->label(runner->context, step->argument, label, sizeof label);
    if (strstr(label, step->text))
        return STEP_DONE;
    return error_set(error, ERROR_NOT_FOUND, "line %u: \"%s\" does not say \"%s\"", step->line,
                     step->argument, step->text);
}

static int run_step(struct script_runner *runner, int64_t now_ms, struct error *error)
{
    const struct script_ops *ops = runner->ops;
    const struct script_step *step = &runner->step;
    void *context = runner->context;
    int code = 0;
    switch (step->verb) {
    case SCRIPT_TYPE:
        return run_type(runner, error);
    case SCRIPT_WAIT:
        return run_wait(runner, now_ms, error);
    case SCRIPT_EXPECT:
        return run_expect(runner, error);
    case SCRIPT_TAP:
        return run_tap(runner, now_ms, error);
    case SCRIPT_KEY:
        code = ops->key(context, step->argument, error);
        break;
    case SCRIPT_SCAN:
        code = ops->scan(context, step->argument, error);
        break;
    case SCRIPT_SLEEP:
        code = ops->sleep(context, step->ms);
        break;
    case SCRIPT_SHOT:
        code = ops->shot(context, step->argument, error);
        break;
    case SCRIPT_DUMP:
        code = ops->dump(context, step->argument, error);
        break;
    case SCRIPT_FAULT:
        code = ops->fault(context, step->argument, error);
        break;
    case SCRIPT_NOTHING:
        break;
    }
    return code < 0 ? error_prefix(error, "line %u", step->line) : STEP_DONE;
}

enum script_state script_advance(struct script_runner *runner, int64_t now_ms, int64_t *wait_ms,
                                 struct error *error)
{
    *wait_ms = 0;
    if (runner->ops->busy(runner->context) > 0) {
        *wait_ms = POLL_MS;
        return SCRIPT_RUNNING;
    }
    if (!runner->active)
        return SCRIPT_NEEDS_LINE;
    int result = run_step(runner, now_ms, error);
    if (result < 0) {
        runner->active = false;
        return SCRIPT_FAILED;
    }
    if (result == STEP_WAITS) {
        *wait_ms = POLL_MS;
        return SCRIPT_RUNNING;
    }
    runner->active = false;
    return runner->ops->busy(runner->context) > 0 ? SCRIPT_RUNNING : SCRIPT_NEEDS_LINE;
}

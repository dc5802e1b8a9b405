// Scripts: the real program, driven through real input events.
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "kiosk/shell_inner.h"

#include "base/banned.h"

#define POLL_MS 10
#define FLUSH_MS 8000
#define SLEEP_STEP_MS 1000
#define SCAN_SILENCE_MS 300

// The real time: what `sleep` does not move.
static int64_t real_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ---- what scripts can do

static int op_present(void *context, const char *id)
{
    struct shell *shell = context;
    return strcmp(shell->list.screen, id) == 0 || element_find(&shell->list, id) != NULL;
}

static int op_label(void *context, const char *id, char *out, unsigned size)
{
    struct shell *shell = context;
    const struct element *element = element_find(&shell->list, id);
    out[0] = '\0';
    if (element == NULL)
        return ERROR_NOT_FOUND;
    text_print(out, size, "%s %s %s %s", element->label, element->second, element->third, element->hour_text);
    return 0;
}

static int op_tap(void *context, const char *id, struct error *error)
{
    struct shell *shell = context;
    const struct element *element = element_find(&shell->list, id);
    if (element == NULL)
        return error_set(error, ERROR_NOT_FOUND, "\"%s\" is not on the screen \"%s\"", id,
                         shell->list.screen);
    if (!element_touchable(element))
        return error_set(error, ERROR_REFUSED, "\"%s\" cannot be touched now", id);
    if (!window_push_tap(shell->window, id))
        return error_set(error, ERROR_REFUSED, "\"%s\" is covered", id);
    shell_drain(shell);
    return 0;
}

static bool key_for(const struct shell *shell, const char *character, char *id, size_t size, bool *more)
{
    *more = false;
    if (shell->visit.screen == SCREEN_NAME)
        return keyboard_id(&shell->visit.keyboard, character, id, size, more);
    char small = (char)utf8_lower((unsigned char)character[0]);
    if (character[1] != '\0')
        return false;
    if (small == '+')
        text_copy(id, size, "key.plus");
    else
        text_print(id, size, "key.%c", small);
    return true;
}

static int op_type(void *context, const char *text, unsigned *used, struct error *error)
{
    struct shell *shell = context;
    const char *end = text;
    char character[UTF8_MAX + 1] = "", id[ELEMENT_ID_SIZE];
    bool more = false;
    utf8_next(&end);
    size_t length = (size_t)(end - text);
    memcpy(character, text, length);
    character[length] = '\0';
    *used = 0;
    if (!key_for(shell, character, id, sizeof id, &more))
        return error_set(error, ERROR_NOT_FOUND, "no key types \"%s\"", character);
    int result = op_tap(context, id, error);
    if (result == 0 && !more)
        *used = (unsigned)length;
    return result;
}

static int op_key(void *context, const char *name, struct error *error)
{
    static const char *const names[] = {"previous", "next", "choose", "back"};
    struct shell *shell = context;
    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0) {
            if (!window_push_key(shell->window, (enum focus_key)i))
                return error_set(error, ERROR_UNAVAILABLE, "the key \"%s\" could not be pressed", name);
            shell_drain(shell);
            return 0;
        }
    return error_set(error, ERROR_INVALID, "unknown key \"%s\"", name);
}

static int op_scan(void *context, const char *text, struct error *error)
{
    (void)error;
    struct shell *shell = context;
    window_push_scan(shell->window, text);
    int64_t until = real_ms() + SCAN_SILENCE_MS; // the end of a scan is silence
    while (real_ms() < until && !shell->done) {
        shell_drain(shell);
        poll(NULL, 0, POLL_MS);
    }
    return 0;
}

// Time passes in steps, so that every timer on the way rings in its turn.
static int op_sleep(void *context, int64_t ms)
{
    struct shell *shell = context;
    while (ms > 0 && !shell->done) {
        int64_t next = visit_next_ms(&shell->world, &shell->visit, clock_steady_ms());
        int64_t step = next > 0 && next < SLEEP_STEP_MS ? next : SLEEP_STEP_MS;
        step = step > ms ? ms : step;
        clock_advance_ms(step);
        ms -= step;
        shell_step(shell, &(struct visit_event){.kind = VISIT_TICK});
    }
    shell_refresh(shell);
    shell_drain(shell);
    return 0;
}

static int op_shot(void *context, const char *path, struct error *error)
{
    struct shell *shell = context;
    shell_refresh(shell);
    return window_shot(shell->window, path, error);
}

static json_t *dump_element(const struct element *element)
{
    char state[64];
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:[f,f,f,f], s:s}", "id", element->id, "role",
                  element_role_name(element->role), "label", element->label, "box", (double)element->box.x,
                  (double)element->box.y, (double)element->box.width, (double)element->box.height, "state",
                  element_state(element, state, sizeof state));
    if (json != NULL && element->second[0] != '\0' && !element->is_private)
        json_object_set_new(json, "second", json_string(element->second));
    if (json != NULL && element->pictogram[0] != '\0')
        json_object_set_new(json, "pictogram", json_string(element->pictogram));
    return json;
}

static int op_dump(void *context, const char *path, struct error *error)
{
    struct shell *shell = context;
    json_t *elements = json_array();
    const struct element_list *list = window_list(shell->window); // with what is touched and in focus
    for (unsigned i = 0; i < list->count; i++)
        json_array_append_new(elements, dump_element(&list->elements[i]));
    json_t *json = json_pack("{s:s, s:o}", "screen", list->screen, "elements", elements);
    FILE *file = path[0] == '\0' ? stdout : fopen(path, "we");
    int result = 0;
    if (file == NULL || json == NULL || json_dumpf(json, file, JSON_COMPACT | JSON_REAL_PRECISION(6)) != 0 ||
        fputc('\n', file) == EOF || fflush(file) != 0)
        result = error_set(error, ERROR_IO, "\"%s\" could not be written", path);
    if (file != NULL && file != stdout && fclose(file) != 0 && result == 0)
        result = error_set(error, ERROR_IO, "\"%s\" could not be written", path);
    json_decref(json);
    return result;
}

static int op_fault(void *context, const char *what, struct error *error)
{
    struct shell *shell = context;
    if (strcmp(what, "printer-no-paper") == 0)
        print_worker_fault(shell->printer, PRINTER_NO_PAPER);
    else if (strcmp(what, "printer-unknown") == 0)
        print_worker_fault(shell->printer, PRINTER_UNKNOWN);
    else if (strcmp(what, "printer-ok") == 0)
        print_worker_fault(shell->printer, PRINTER_READY);
    else if (strcmp(what, "link-cut") == 0 || strcmp(what, "link-ok") == 0)
        link_cut(shell->link, strcmp(what, "link-cut") == 0);
    else
        return error_set(error, ERROR_INVALID, "unknown fault \"%s\"", what);
    return 0;
}

static int op_busy(void *context)
{
    (void)context;
    return 0; // every input is taken out of the queue before the next line
}

static const struct script_ops ops = {.present = op_present,
                                      .label = op_label,
                                      .tap = op_tap,
                                      .type = op_type,
                                      .key = op_key,
                                      .scan = op_scan,
                                      .sleep = op_sleep,
                                      .shot = op_shot,
                                      .dump = op_dump,
                                      .fault = op_fault,
                                      .busy = op_busy};

// ---- lines

int shell_script_open(struct shell *shell, const char *path, struct error *error)
{
    struct shell_script *script = &shell->script;
    script->file = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (script->file < 0)
        return error_set(error, ERROR_NOT_FOUND, "the script \"%s\" cannot be read: %s", path,
                         strerrorname_np(errno));
    script->on = true;
    script->name = strcmp(path, "-") == 0 ? "standard input" : path;
    script_begin(&script->runner, &ops, shell);
    return 0;
}

void shell_script_close(struct shell *shell)
{
    if (shell->script.on && shell->script.file > STDIN_FILENO)
        close(shell->script.file);
}

// From a pipe no more than the line that is next: when the program starts anew, the others are still there.
static void fill_line(struct shell_script *script)
{
    struct pollfd ready = {.fd = script->file, .events = POLLIN};
    while (!script->eof && script->length < sizeof script->buffer && poll(&ready, 1, 0) > 0) {
        ssize_t got = read(script->file, script->buffer + script->length, 1);
        if (got == 0 || (got < 0 && errno != EINTR))
            script->eof = true;
        if (got == 1 && script->buffer[script->length++] == '\n')
            return;
    }
}

static void fill(struct shell_script *script)
{
    struct pollfd ready = {.fd = script->file, .events = POLLIN};
    if (script->eof || script->length == sizeof script->buffer || poll(&ready, 1, 0) <= 0)
        return;
    ssize_t got = read(script->file, script->buffer + script->length, sizeof script->buffer - script->length);
    if (got > 0)
        script->length += (size_t)got;
    else if (got == 0 || errno != EINTR)
        script->eof = true;
}

// Takes one line out of the buffer. False when there is none yet; the last may lack its end.
static bool take_line(struct shell_script *script, char *line, size_t size)
{
    char *end = memchr(script->buffer, '\n', script->length);
    bool full = script->length == sizeof script->buffer;
    if (end == NULL && !(script->eof && script->length > 0) && !full)
        return false;
    size_t length = end != NULL ? (size_t)(end - script->buffer) : script->length;
    size_t kept = length < size - 1 ? length : size - 1;
    memcpy(line, script->buffer, kept);
    line[kept] = '\0';
    size_t used = end != NULL ? length + 1 : length;
    script->length -= used;
    memmove(script->buffer, script->buffer + used, script->length);
    return true;
}

static void end(struct shell *shell)
{
    print_worker_flush(shell->printer, FLUSH_MS);
    if (shell->world.offline_since == 0) // who is known to be silent is not waited for
        link_flush(shell->link, FLUSH_MS);
    shell->done = true;
}

static bool give_line(struct shell *shell)
{
    struct shell_script *script = &shell->script;
    char line[SHELL_READ_SIZE + 1];
    if (script->file == STDIN_FILENO) {
        if (memchr(script->buffer, '\n', script->length) == NULL)
            fill_line(script);
    } else {
        fill(script);
    }
    if (!take_line(script, line, sizeof line)) {
        if (script->eof)
            end(shell);
        return false;
    }
    struct script_step step;
    if (script_parse(&step, script->name, ++script->line, line, &shell->error) != 0) {
        shell->done = true;
        return false;
    }
    script_give(&script->runner, &step);
    return true;
}

int64_t shell_script_advance(struct shell *shell)
{
    struct shell_script *script = &shell->script;
    if (!script->on)
        return -1;
    for (;;) {
        shell_refresh(shell);
        int64_t wait_ms = 0;
        enum script_state state = script_advance(&script->runner, real_ms(), &wait_ms, &shell->error);
        if (state == SCRIPT_FAILED) {
            error_prefix(&shell->error, "%s", script->name);
            shell->done = true;
        }
        if (shell->done)
            return -1;
        if (state == SCRIPT_RUNNING)
            return wait_ms;
        if (!give_line(shell))
            return shell->done ? -1 : POLL_MS;
    }
}

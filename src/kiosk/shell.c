#include "kiosk/shell.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/notify.h"
#include "kiosk/shell_inner.h"
#include "kiosk/signals.h"
#include "ui/paint.h"

#include "base/banned.h"

#define SILENT_MS 5000 // the agenda's time to answer after the start
#define HEAP_LARGE (64 * 1024)
#define MINUTE_MS 60000 // the start picture shifts

// ---- showing

struct theme_options shell_theme_options(const struct shell *shell)
{
    const struct settings *settings = shell->options->settings;
    return (struct theme_options){.width_mm = (float)settings->screen.width_mm,
                                  .height_mm = (float)settings->screen.height_mm,
                                  .lower_edge_mm = (float)settings->screen.lower_edge_mm,
                                  .text = (enum text_step)shell->visit.text,
                                  .contrast = shell->visit.contrast,
                                  .reach = shell->visit.reach,
                                  .motion = !settings->still,
                                  .no_words = shell->options->no_words,
                                  .text_width = paint_text_width};
}

static void make_theme(struct shell *shell)
{
    struct theme_options options = shell_theme_options(shell);
    window_size(shell->window, &options.width_px, &options.height_px);
    theme_make(&shell->theme, &options);
}

void shell_view(const struct shell *shell, const struct visit *visit, struct view *view)
{
    *view = (struct view){.world = &shell->world,
                          .visit = visit,
                          .theme = &shell->theme,
                          .texts = shell->options->texts,
                          .contact = shell->options->contact,
                          .voice = shell->speech != NULL && speech_available(shell->speech),
                          .guide_name = shell->guide_name,
                          .payload = shell->payload[0] != '\0' ? shell->payload : NULL,
                          .slip = shell->slip_shown ? &shell->slip_view : NULL,
                          .facts = &shell->facts,
                          .disk_mb = shell->status != NULL ? status_disk_mb(shell->status) : -1,
                          .now_ms = clock_steady_ms(),
                          .dark = shell->dark};
}

static void name_guide(struct shell *shell)
{
    const struct visit *visit = &shell->visit;
    const char *guide = visit->screen == SCREEN_CHECKIN ? visit->found_guide : visit->booking.slot.guide;
    shell->guide_name[0] = '\0';
    if (guide[0] != '\0')
        link_guide_name(shell->link, guide, shell->guide_name, sizeof shell->guide_name);
}

void shell_refresh(struct shell *shell)
{
    struct view view;
    if (!shell->dirty)
        return;
    shell->dirty = false;
    make_theme(shell);
    name_guide(shell);
    shell_view(shell, &shell->visit, &view);
    screens_build(&view, &shell->list);
    window_show(shell->window, &shell->list, &shell->theme);
    if (!shell->shown) {
        notify_ready(NULL);
        shell->shown = true;
        shell_warm_again(shell);
        shell_measure(shell);
    }
}

// ---- the visit's steps

static void update_world(struct shell *shell)
{
    shell->world.now = clock_moment();
    shell_count_bookings(shell);
}

static bool without_paper(const struct visit *visit)
{
    return visit->screen == SCREEN_SLIP && visit->slip == SLIP_NO_PAPER && visit->overlay == OVERLAY_NONE;
}

void shell_step(struct shell *shell, const struct visit_event *event)
{
    struct visit_effects effects;
    char title[2 * ELEMENT_LABEL_SIZE];
    bool had_paper = !without_paper(&shell->visit) && shell->visit.overlay == OVERLAY_NONE;
    shell_keep_title(shell, title, sizeof title);
    update_world(shell);
    visit_step(&shell->world, &shell->visit, event, clock_steady_ms(), &effects);
    shell->dirty |= effects.changed;
    shell_perform(shell, &effects);
    if (effects.screen_changed) {
        shell->screen_ms = clock_steady_ms();
        shell_warm_again(shell);
        log_info("screen: %s", visit_phase_name(&shell->visit));
    }
    if (effects.read || (effects.screen_changed && (shell->visit.speaking || shell->keypad))) {
        shell_refresh(shell);
        shell_say_screen(shell, effects.read_private);
    } else if (effects.changed && !effects.wipe && (shell->visit.speaking || shell->keypad)) {
        shell_refresh(shell);
        shell_say_change(shell, event->kind == VISIT_TOUCH ? event->id : "", title);
    } else if (had_paper && without_paper(&shell->visit)) { // no slip will tell it, so the kiosk does, once
        shell_refresh(shell);
        shell_say_moment(shell);
    }
}

static void on_scanned(struct shell *shell, struct ui_event *event)
{
    shell_step(shell, &(struct visit_event){.kind = VISIT_SCAN, .text = event->text});
    memory_wipe(event->text, sizeof event->text);
}

// A letter or digit under the finger: said aloud they would tell the lobby a name, a number or a PIN. Who
// types with the keypad must hear them, and hears all that lie between too.
static bool spells(const struct shell *shell, const char *id)
{
    const struct element *element = element_find((struct element_list *)&shell->list, id);
    return element != NULL && element->role == ROLE_KEY && element->spoken[0] == '\0';
}

static void on_touched(struct shell *shell, const struct ui_event *event)
{
    speech_stop(shell->speech);
    shell->keypad = false;
    shell_step(shell, &(struct visit_event){.kind = VISIT_AWAKE, .id = event->id});
    if (shell->visit.speaking && !spells(shell, event->id))
        shell_say_element(shell, event->id);
}

static void on_focused(struct shell *shell, const struct ui_event *event)
{
    shell->visit.speaking |=
        speech_available(shell->speech); // as if asked for: the voice's page is one key away
    if (!shell->keypad && shell->visit.screen == SCREEN_START) {
        shell->keypad = true;
        shell_step(shell, &(struct visit_event){.kind = VISIT_AWAKE, .id = event->id});
        shell_say_keys(shell);
        shell_add_element(shell, event->id);
        return;
    }
    shell->keypad = true; // who uses the keys is told what they are on
    shell_step(shell, &(struct visit_event){.kind = VISIT_AWAKE, .id = event->id});
    shell_say_element(shell, event->id);
}

static bool from_somebody(enum ui_event_kind kind)
{
    return kind == UI_ACTIVATED || kind == UI_TOUCHED || kind == UI_FOCUSED || kind == UI_BACK ||
           kind == UI_SCANNED;
}

static void handle(struct shell *shell, struct ui_event *event)
{
    if (from_somebody(event->kind) && shell_wake(shell) && event->kind != UI_SCANNED)
        return;
    switch (event->kind) {
    case UI_ACTIVATED:
        shell_step(shell, &(struct visit_event){.kind = VISIT_TOUCH, .id = event->id});
        break;
    case UI_TOUCHED:
        on_touched(shell, event);
        break;
    case UI_FOCUSED:
        on_focused(shell, event);
        break;
    case UI_BACK:
        shell_step(shell, &(struct visit_event){.kind = VISIT_BACK});
        break;
    case UI_SCANNED:
        on_scanned(shell, event);
        break;
    case UI_POSTED:
        shell_posted(shell, event->code, event->data);
        break;
    case UI_CLOSE:
        shell->done = true;
        break;
    case UI_RESIZED:
        shell->dirty = true;
        break;
    case UI_NONE:
        break;
    }
}

void shell_drain(struct shell *shell)
{
    // SDL says "none" at the end of what it knew when it last looked: only silence twice is silence.
    for (int silent = 0; !shell->done && silent < 2;) {
        struct ui_event event;
        silent = window_wait(shell->window, 0, &event) ? 0 : silent + 1;
        if (silent == 0)
            handle(shell, &event);
        shell_refresh(shell);
    }
}

// ---- the loop

static int64_t sooner(int64_t a, int64_t b)
{
    return a < 0 ? b : b < 0 || a < b ? a : b;
}

static int64_t next_ms(const struct shell *shell, int64_t script_ms)
{
    int64_t now = clock_steady_ms(), next = visit_next_ms(&shell->world, &shell->visit, now);
    int watchdog = notify_interval_ms();
    next = sooner(next, script_ms);
    next = sooner(next, shell_warm_next_ms(shell));
    if (watchdog > 0)
        next = sooner(next, watchdog);
    if (!shell->world.link && shell->world.offline_since == 0)
        next = sooner(next, shell->silent_ms > now ? shell->silent_ms - now : 0);
    if (shell->visit.screen == SCREEN_START && (shell->theme.options.motion || shell_dark_hours(shell)))
        next = sooner(next, MINUTE_MS - now % MINUTE_MS);
    return next;
}

// An agenda that has not answered since the start is off line too.
static void notice_silence(struct shell *shell)
{
    if (shell->world.link || shell->world.offline_since != 0 || clock_steady_ms() < shell->silent_ms)
        return;
    shell->world.offline_since = clock_instant();
    shell->dirty = true;
}

// Once a minute the start screen has moved a little.
static void move_start(struct shell *shell, int64_t *minute)
{
    int64_t now = clock_steady_ms() / MINUTE_MS;
    if (now == *minute)
        return;
    *minute = now;
    if (shell->visit.screen == SCREEN_START)
        shell->dirty = true;
}

static void loop(struct shell *shell)
{
    struct ui_event event;
    int64_t minute = clock_steady_ms() / MINUTE_MS;
    shell->silent_ms = clock_steady_ms() + SILENT_MS;
    while (!shell->done) {
        int64_t script_ms = shell_script_advance(shell);
        if (shell->done)
            break;
        shell_refresh(shell);
        if (window_wait(shell->window, next_ms(shell, script_ms), &event)) {
            handle(shell, &event);
            shell_refresh(shell); // before anything else
        } else if (shell_warm_step(shell)) {
            continue;
        }
        shell_step(shell, &(struct visit_event){.kind = VISIT_TICK});
        notice_silence(shell);
        shell_take_over(shell);
        shell_report(shell);
        move_start(shell, &minute);
        shell_darken(shell);
        shell_refresh(shell);
        notify_alive();
    }
}

static void make_world(struct shell *shell)
{
    const struct settings *settings = shell->options->settings;
    shell->world =
        (struct visit_world){.town = shell->options->town,
                             .idle_ms = (int64_t)settings->idle.seconds * 1000,
                             .countdown_ms = (int64_t)settings->idle.countdown * 1000,
                             .goodbye_ms = 20000,
                             .print_ms = (int64_t)settings->printer.limit_seconds * 1000,
                             .limit_hour = settings->limits.hour,
                             .limit_day = settings->limits.day,
                             .abc = settings->abc,
                             .staff = settings->staff_pin != NULL && settings->staff_pin[0] != '\0',
                             .refused = shell->options->refused,
                             .printer_works = true};
}

static int open_window(struct shell *shell, struct error *error)
{
    const struct settings *settings = shell->options->settings;
    const struct window_options options = {.title = "Wegwijs",
                                           .width_px = shell->options->width_px,
                                           .height_px = shell->options->height_px,
                                           .fullscreen =
                                               shell->options->fullscreen || settings->screen.fullscreen,
                                           .kiosk = settings->production,
                                           .hide_pointer = settings->production && !settings->screen.pointer,
                                           .rotate = (int)settings->screen.rotate};
    return window_open(&shell->window, &options, error);
}

static void voice_ready(void *context)
{
    (void)context;
    window_post(POST_VOICE, NULL);
}

static void quit(void)
{
    window_post(POST_QUIT, NULL);
}

static struct watch *asked; // for the signals' thread; the same as long as that listens

static void look(void)
{
    watch_look(asked);
}

int shell_run(const struct shell_options *options, struct error *error)
{
    // Dropped pictures go back to the system at once, and a few threads need no heap each.
    (void)mallopt(M_MMAP_THRESHOLD, HEAP_LARGE);
    (void)mallopt(M_ARENA_MAX, 1);
    struct shell *shell = memory_new(1, sizeof *shell);
    shell->options = options;
    shell->dirty = true;
    make_world(shell);
    update_world(shell);
    visit_begin(&shell->visit, &shell->world, clock_steady_ms());
    int result = options->script == NULL ? 0 : shell_script_open(shell, options->script, error);
    signals_catch();
    window_prepare();
    if (result == 0)
        shell_draw_ahead(shell);
    if (result == 0)
        result = open_window(shell, error);
    if (result == 0)
        result = shell_start_workers(shell, error);
    shell_drawn_ahead(shell);
    if (result == 0) {
        shell_refresh(shell); // the first picture, before the voice, which takes as long to load
        shell->speech = speech_new(!options->settings->silent);
        speech_on_ready(shell->speech, voice_ready, NULL);
        shell_start_watch(shell);
        asked = shell->watch;
        signals_listen(quit, look); // now that they can be told
        loop(shell);
        signals_stop();
        watch_stop(shell->watch);
        if (shell->again)
            notify_reloading();
        else
            notify_stopping();
        result = shell->error.code;
        *error = shell->error;
        if (result == 0 && shell->again)
            result = SHELL_AGAIN;
    }
    shell_stop_workers(shell);
    if (shell->speech != NULL)
        speech_free(shell->speech);
    if (shell->window != NULL)
        window_close(shell->window);
    shell_script_close(shell);
    memory_wipe(shell, sizeof *shell);
    free(shell);
    return result;
}

#include "kiosk/check_norms.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "kiosk/check_screens.h"
#include "kiosk/visit.h"
#include "ui/press.h"
#include "ui/speech.h"
#include "ui/theme.h"

#include "base/banned.h"

#define COUNTDOWN_LEAST_S 20 // WCAG 2.2.1
#define EXTENSIONS 10        // WCAG 2.2.1 asks for ten at least; the kiosk has no limit
#define GUARD_LEAST_MS 500   // EN 301 549 5.8
#define SPEECH_START_MS 500  // VVSG 2.0
#define HOUR_MS 3600000

__attribute__((format(printf, 2, 3))) static bool say(bool good, const char *form, ...)
{
    va_list values;
    va_start(values, form);
    printf("%s norms          ", good ? "ok     " : "FAULT  ");
    vprintf(form, values);
    putchar('\n');
    va_end(values);
    return good;
}

// ---- time to think: a visitor who does nothing, and says "I am here" again and again

struct dawdler {
    struct visit_world world;
    struct visit visit;
    int64_t now_ms;
};

static void step(struct dawdler *dawdler, enum visit_event_kind kind, const char *id)
{
    struct visit_effects effects;
    visit_step(&dawdler->world, &dawdler->visit, &(struct visit_event){.kind = kind, .id = id},
               dawdler->now_ms, &effects);
}

// Lets time pass until the visit is on another overlay or screen; how long it took, at most an hour.
static int64_t wait_change(struct dawdler *dawdler)
{
    enum visit_overlay overlay = dawdler->visit.overlay;
    enum visit_screen screen = dawdler->visit.screen;
    int64_t since = dawdler->now_ms;
    while (dawdler->visit.overlay == overlay && dawdler->visit.screen == screen &&
           dawdler->now_ms - since < HOUR_MS) {
        int64_t next_ms = visit_next_ms(&dawdler->world, &dawdler->visit, dawdler->now_ms);
        dawdler->now_ms += next_ms > 0 ? next_ms : 1;
        step(dawdler, VISIT_TICK, "");
    }
    return dawdler->now_ms - since;
}

static void start_dawdling(struct dawdler *dawdler, const struct settings *settings, const struct town *town)
{
    dawdler->world = (struct visit_world){.town = town,
                                          .now = {day_from_civil(2026, 11, 23), 600},
                                          .idle_ms = (int64_t)settings->idle.seconds * 1000,
                                          .countdown_ms = (int64_t)settings->idle.countdown * 1000,
                                          .printer_works = true};
    visit_begin(&dawdler->visit, &dawdler->world, 0);
    step(dawdler, VISIT_TOUCH, "start.begin");
}

static bool check_idle(const struct settings *settings, const struct town *town)
{
    struct dawdler *dawdler = memory_new(1, sizeof *dawdler);
    start_dawdling(dawdler, settings, town);
    enum visit_screen screen = dawdler->visit.screen;
    int64_t asked_ms = wait_change(dawdler);
    int extended = 0;
    while (extended < EXTENSIONS && dawdler->visit.overlay == OVERLAY_IDLE) {
        step(dawdler, VISIT_TOUCH, "idle.stay");
        if (dawdler->visit.overlay != OVERLAY_NONE || dawdler->visit.screen != screen)
            break;
        extended++;
        (void)wait_change(dawdler);
    }
    int64_t counted_ms = wait_change(dawdler); // the last question is left without an answer
    bool wiped = dawdler->visit.screen == SCREEN_START;
    free(dawdler);
    return say(
        extended == EXTENSIONS && wiped && counted_ms >= COUNTDOWN_LEAST_S * 1000,
        "idle: asked after %.0f s, counted down for %.0f s (at least %d), extended by one touch %d times "
        "(at least %d), %s",
        (double)asked_ms / 1000, (double)counted_ms / 1000, COUNTDOWN_LEAST_S, extended, EXTENSIONS,
        wiped ? "then wiped" : "NOT wiped");
}

// ---- the finger

#define PLACE_MM 20.0F

static void one_button(struct element_list *list)
{
    element_list_clear(list, "check");
    element_add(list, "button", ROLE_BUTTON, LOOK_PRIMARY)->box =
        (struct box){0, 0, 2 * PLACE_MM, 2 * PLACE_MM};
}

static bool touch(struct press *press, struct element_list *list, int64_t now_ms)
{
    char id[ELEMENT_ID_SIZE];
    press_down(press, list, PLACE_MM, PLACE_MM, now_ms);
    return press_up(press, list, PLACE_MM, PLACE_MM, id);
}

static bool check_double(struct element_list *list)
{
    int ignored_ms = 0;
    bool taken = false;
    for (int after_ms = 0; after_ms < 5 * GUARD_LEAST_MS && !taken; after_ms++) {
        struct press press;
        press_clear(&press);
        (void)touch(&press, list, HOUR_MS);
        press_screen_changed(&press, HOUR_MS);
        taken = touch(&press, list, HOUR_MS + after_ms);
        ignored_ms = after_ms;
    }
    return say(taken && ignored_ms >= GUARD_LEAST_MS,
               "double strike: the same place is ignored for %d ms after a screen change (at least %d)",
               ignored_ms, GUARD_LEAST_MS);
}

static bool check_release(struct element_list *list)
{
    struct press press;
    char id[ELEMENT_ID_SIZE];
    press_clear(&press);
    press_down(&press, list, PLACE_MM, PLACE_MM, 0);
    bool held = press.inside;
    press_move(&press, list, 10 * PLACE_MM, PLACE_MM);
    bool slid = press_up(&press, list, 10 * PLACE_MM, PLACE_MM, id);
    bool released = touch(&press, list, HOUR_MS);
    return say(held && !slid && released, "activation: on release%s; a finger that slides off activates %s",
               released ? "" : " NOT", slid ? "ALL THE SAME" : "nothing");
}

static bool check_finger(void)
{
    struct element_list *list = memory_new(1, sizeof *list);
    one_button(list);
    bool good = check_double(list);
    good &= check_release(list);
    free(list);
    return good;
}

// ---- what moves and what speaks

static bool check_motion(const struct settings *settings)
{
    int longest_ms = 0;
    for (int motion = 0; motion < MOTIONS; motion++)
        if (theme_motion_ms((enum motion)motion) > longest_ms)
            longest_ms = theme_motion_ms((enum motion)motion);
    if (settings->still)
        return say(true, "motion: none, as configured");
    return say(longest_ms <= THEME_MOTION_MOST_MS, "motion: the longest takes %d ms (at most %d)", longest_ms,
               THEME_MOTION_MOST_MS);
}

static bool check_speech(const struct settings *settings)
{
    int least = speech_percent(0), most = speech_percent(SPEECH_STEPS - 1);
    if (settings->silent)
        return say(true, "speech: none, as configured");
    bool good =
        say(least <= 50 && most >= 200 && speech_percent(SPEECH_STEP_DEFAULT) == 100,
            "speech: %d words a minute by default, speed and volume from %d to %d %% in %d steps (50 to 200)",
            SPEECH_WORDS_A_MINUTE, least, most, SPEECH_STEPS);
    int start_ms = speech_first_sound_ms("Welkom");
    if (start_ms < 0)
        return say(true, "speech start: no voice here (libespeak-ng), so no \"Luister\"") && good;
    return say(start_ms <= SPEECH_START_MS,
               "speech start: the first sound of a sentence after %d ms (at most %d)", start_ms,
               SPEECH_START_MS) &&
           good;
}

bool check_norms(const struct settings *settings, const struct town *town)
{
    bool good = check_idle(settings, town);
    good &= check_finger();
    good &= check_motion(settings);
    good &= check_speech(settings);
    return good;
}

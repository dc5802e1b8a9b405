#include "kiosk/check_screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/measure.h"
#include "ui/paint.h"

#include "base/banned.h"

// ---- the tour: a visitor with long answers, so that what does not fit shows

static void fill_answers(const struct visit_world *world, struct booking *booking)
{
    const struct town *town = world->town;
    booking->answer_count = 0;
    for (unsigned i = 0; i < town->indicators_count && i < BOOKING_ANSWERS_MAX; i++) {
        const struct town_indicator *indicator = &town->indicators[i];
        if (!town_asks(town, indicator, booking))
            continue;
        struct booking_answer *answer = &booking->answers[booking->answer_count++];
        text_copy(answer->indicator, sizeof answer->indicator, indicator->id);
        text_copy(answer->answer, sizeof answer->answer, indicator->answers[0].id);
    }
    booking->topic_count = 0;
    for (unsigned i = 0; i < town->topics_count && booking->topic_count < town->topics_max; i++)
        if (town_offers(town, &town->topics[i], booking))
            text_copy(booking->topics[booking->topic_count++], BOOKING_WORD_SIZE, town->topics[i].id);
}

static void fill_offer(const struct visit_world *world, struct visit *visit)
{
    visit->offered = true;
    visit->offer_count = 24;
    for (unsigned i = 0; i < visit->offer_count; i++)
        visit->offer[i] = (struct slot){
            .guide = "guide",
            .start = {world->now.day + 1 + (int32_t)(i / 4), (int16_t)(9 * 60 + 30 + 90 * (int)(i % 4))},
            .minutes = 30};
}

static void fill(const struct visit_world *world, struct visit *visit)
{
    struct booking *booking = &visit->booking;
    visit_begin(visit, world, 0);
    text_copy(booking->language, sizeof booking->language, world->town->languages[0].code);
    fill_answers(world, booking);
    text_copy(booking->referred, sizeof booking->referred,
              world->town->referrers_count > 0 ? world->town->referrers[0].id : "");
    text_copy(booking->first_name, sizeof booking->first_name, "Maximiliaan");
    text_copy(booking->last_name, sizeof booking->last_name, "Van den Steenweghe");
    text_copy(booking->phone, sizeof booking->phone, "+32470123456");
    text_copy(visit->phone, sizeof visit->phone, "0470123");
    text_copy(booking->code, sizeof booking->code, "K7M4QX");
    text_copy(visit->code, sizeof visit->code, "K7M4");
    fill_offer(world, visit);
    booking->slot = visit->offer[0];
    booking->slots = 1;
    visit->leased = true;
    visit->found_start = booking->slot.start;
}

struct stop {
    const char *name;
    enum visit_screen screen;
    enum visit_overlay overlay;
    int state;  // slip or found
    bool empty; // no offer, no phone, nothing typed
};

static const struct stop stops[] = {
    {"start", SCREEN_START, 0, 0, false},
    {"checkin", SCREEN_CHECKIN, 0, FOUND_NOTHING, false},
    {"checkin-found", SCREEN_CHECKIN, 0, FOUND_TALK, false},
    {"checkin-unknown", SCREEN_CHECKIN, 0, FOUND_UNKNOWN, false},
    {"checkin-offline", SCREEN_CHECKIN, 0, FOUND_OFFLINE, false},
    {"language", SCREEN_LANGUAGE, 0, 0, false},
    {"language-2", SCREEN_LANGUAGE, 0, 1, false},
    {"explanation", SCREEN_EXPLANATION, 0, 0, false},
    {"topics", SCREEN_TOPICS, 0, 0, false},
    {"topics-empty", SCREEN_TOPICS, 0, 0, true},
    {"referred", SCREEN_REFERRED, 0, 0, false},
    {"privacy", SCREEN_PRIVACY, 0, 0, false},
    {"privacy-more", SCREEN_PRIVACY_MORE, 0, 0, false},
    {"privacy-more-2", SCREEN_PRIVACY_MORE, 0, 1, false},
    {"name", SCREEN_NAME, 0, 0, false},
    {"name-empty", SCREEN_NAME, 0, 0, true},
    {"phone", SCREEN_PHONE, 0, 0, false},
    {"phone-empty", SCREEN_PHONE, 0, 0, true},
    {"phone-check", SCREEN_PHONE_CHECK, 0, 0, false},
    {"slot", SCREEN_SLOT, 0, 0, false},
    {"slot-empty", SCREEN_SLOT, 0, 0, true},
    {"callback", SCREEN_CALLBACK, 0, 0, false},
    {"callback-empty", SCREEN_CALLBACK, 0, 0, true},
    {"check", SCREEN_CHECK, 0, 0, false},
    {"check-2", SCREEN_CHECK, 0, 1, false},
    {"slip-printing", SCREEN_SLIP, 0, SLIP_PRINTING, false},
    {"slip-printed", SCREEN_SLIP, 0, SLIP_PRINTED, false},
    {"slip-no-paper", SCREEN_SLIP, 0, SLIP_NO_PAPER, false},
    {"slip-unknown", SCREEN_SLIP, 0, SLIP_UNKNOWN, false},
    {"goodbye", SCREEN_GOODBYE, 0, 0, false},
    {"busy", SCREEN_BUSY, 0, 0, false},
    {"failed", SCREEN_FAILED, 0, 0, false},
    {"pin", SCREEN_PIN, 0, PIN_ASKED, false},
    {"pin-wrong", SCREEN_PIN, 0, PIN_WRONG, false},
    {"pin-pause", SCREEN_PIN, 0, PIN_PAUSE, true},
    {"staff", SCREEN_STAFF, 0, STAFF_SLIP_NONE, false},
    {"staff-failed", SCREEN_STAFF, 0, STAFF_SLIP_FAILED, false},
    {"status", SCREEN_STAFF_STATUS, 0, 0, false},
    {"status-2", SCREEN_STAFF_STATUS, 0, 1, false},
    {"reprint", SCREEN_REPRINT, 0, FOUND_NOTHING, false},
    {"reprint-found", SCREEN_REPRINT, 0, FOUND_TALK, false},
    {"reprint-unknown", SCREEN_REPRINT, 0, FOUND_UNKNOWN, false},
    {"idle", SCREEN_TOPICS, OVERLAY_IDLE, 0, false},
    {"help", SCREEN_TOPICS, OVERLAY_HELP, 0, false},
    {"stop", SCREEN_TOPICS, OVERLAY_STOP, 0, false},
    {"voice", SCREEN_TOPICS, OVERLAY_VOICE, 0, false},
};
#define STOPS (sizeof stops / sizeof stops[0])

static void empty(struct visit *visit)
{
    struct booking *booking = &visit->booking;
    booking->topic_count = 0;
    booking->first_name[0] = booking->last_name[0] = booking->phone[0] = visit->phone[0] = '\0';
    visit->offer_count = 0;
}

const char *tour_visit(const struct visit_world *world, unsigned index, struct visit *visit)
{
    fill(world, visit);
    if (index < world->town->indicators_count) {
        visit->screen = SCREEN_INDICATOR;
        visit->indicator = index;
        return world->town->indicators[index].id;
    }
    index -= world->town->indicators_count;
    if (index >= STOPS)
        return NULL;
    const struct stop *stop = &stops[index];
    visit->screen = stop->screen;
    visit->overlay = stop->overlay;
    visit->slip = stop->screen == SCREEN_SLIP ? (enum visit_slip)stop->state : SLIP_PRINTED;
    bool code = stop->screen == SCREEN_CHECKIN || stop->screen == SCREEN_REPRINT;
    visit->found = code ? (enum visit_found)stop->state : FOUND_NOTHING;
    visit->pin_state = stop->screen == SCREEN_PIN ? (enum visit_pin)stop->state : PIN_ASKED;
    visit->pin_wait_s = 3600;
    text_copy(visit->pin, sizeof visit->pin, stop->empty ? "" : "12345678");
    visit->staff_slip = stop->screen == SCREEN_STAFF ? (enum visit_staff_slip)stop->state : STAFF_SLIP_NONE;
    visit->page = (unsigned)stop->state;
    if (stop->empty)
        empty(visit);
    return stop->name;
}

// ---- measuring

struct tour {
    char fault_id[ELEMENT_ID_SIZE]; // of the element that did not hold
    struct visit_world world;
    struct visit visit;
    struct element_list list;
    const struct catalog *texts;
};

static void look(struct tour *tour, const struct theme *theme)
{
    const struct view view = {.world = &tour->world,
                              .visit = &tour->visit,
                              .theme = theme,
                              .texts = tour->texts,
                              .voice = true,
                              .guide_name = "Els",
                              .payload = "BEGIN:VCALENDAR"};
    screens_build(&view, &tour->list);
}

// The first screen of the tour that does not keep the norms, and why; NULL when all do.
static const char *first_fault(struct tour *tour, const struct theme *theme, const char **what,
                               char id[ELEMENT_ID_SIZE])
{
    const char *name = NULL;
    for (unsigned i = 0; (name = tour_visit(&tour->world, i, &tour->visit)) != NULL; i++) {
        struct measure one;
        look(tour, theme);
        measure_start(&one);
        measure_add(&one, &tour->list, theme);
        if (!measure_holds_step(&one, theme, what)) {
            text_copy(id, ELEMENT_ID_SIZE, one.cut_id[0] != '\0' ? one.cut_id : one.outside_id);
            return name;
        }
    }
    return NULL;
}

static bool holds(struct tour *tour, const struct theme_options *options, int text, bool reach,
                  const char **name, const char **what)
{
    struct theme theme;
    struct theme_options mode = *options;
    mode.text = (enum text_step)text;
    mode.reach = reach;
    for (int contrast = 0; contrast < 2; contrast++) { // its borders are thicker
        mode.contrast = contrast != 0;
        theme_make(&theme, &mode);
        *name = first_fault(tour, &theme, what, tour->fault_id);
        if (*name != NULL)
            return false;
    }
    return true;
}

static const char *const steps[] = {"normal", "large", "largest"};

// Why something is not offered goes to `shape`'s line when there is one.
static void find_offer(struct tour *tour, const struct theme_options *options, struct screen_offer *offer,
                       const char *shape)
{
    const char *name = NULL, *what = NULL;
    struct theme plain;
    theme_make(&plain, options);
    *offer = (struct screen_offer){.text_steps = 1};
    bool needed = theme_has_reach(&plain);
    offer->reach = needed && holds(tour, options, TEXT_NORMAL, true, &name, &what);
    if (shape != NULL && !needed)
        printf("ok      screens        %s: all of it is within reach; reach mode is not offered\n", shape);
    else if (shape != NULL && !offer->reach)
        printf("warning screens        %s: reach mode is not offered: %s: %s (\"%s\")\n", shape, name, what,
               tour->fault_id);
    for (int text = TEXT_LARGE; text < TEXT_STEPS; text++) {
        if (!holds(tour, options, text, false, &name, &what) ||
            (offer->reach && !holds(tour, options, text, true, &name, &what))) {
            if (shape != NULL)
                printf("warning screens        %s: %s letters are not offered: %s: %s (\"%s\")\n", shape,
                       steps[text], name, what, tour->fault_id);
            return;
        }
        offer->text_steps = (unsigned)text + 1;
    }
}

static struct tour *tour_new(const struct town *town, const struct catalog *texts)
{
    struct tour *tour = memory_new(1, sizeof *tour);
    tour->texts = texts;
    tour->world = (struct visit_world){.town = town,
                                       .now = {day_from_civil(2026, 11, 23), 600},
                                       .idle_ms = 60000,
                                       .countdown_ms = 20000,
                                       .printer_works = false}; // the start's sign is measured too
    return tour;
}

static void tour_free(struct tour *tour)
{
    memory_wipe(tour, sizeof *tour);
    free(tour);
}

void check_offer(const struct theme_options *options, const struct town *town, const struct catalog *texts,
                 struct screen_offer *offer)
{
    struct tour *tour = tour_new(town, texts);
    find_offer(tour, options, offer, NULL);
    tour_free(tour);
}

static bool measure_mode(struct tour *tour, const struct theme *theme, const char *mode)
{
    struct measure measure;
    measure_start(&measure);
    const char *name = NULL, *what = NULL;
    bool good = true;
    for (unsigned i = 0; (name = tour_visit(&tour->world, i, &tour->visit)) != NULL; i++) {
        struct measure one;
        look(tour, theme);
        measure_start(&one);
        measure_add(&one, &tour->list, theme);
        measure_add(&measure, &tour->list, theme);
        if (!measure_holds_step(&one, theme, &what)) {
            printf("FAULT   screens        %s, %s: %s (capital %.1f %s, outside the bar %.1f %s, target %.1f "
                   "%s, "
                   "key %.2f, gap %.1f %s, contrast %.1f %s, overlap \"%s\", cut \"%s\")\n",
                   mode, name, what, (double)one.capital_mm, one.capital_id,
                   (double)(one.outside_mm * THEME_CAPITAL), one.outside_id, (double)one.target_mm,
                   one.target_id, (double)one.key_mm, (double)one.gap_mm, one.gap_id, (double)one.contrast,
                   one.contrast_id, one.overlap_id, one.cut_id);
            good = false;
        }
    }
    if (good)
        printf("ok      screens        %s: capital %.1f mm (%s), outside the bar %.1f (%s), target %.1f mm "
               "(%s), "
               "key %.1f, gap %.1f mm (%s), contrast %.1f (%s), shapes %.1f\n",
               mode, (double)measure.capital_mm, measure.capital_id,
               (double)(measure.outside_mm * THEME_CAPITAL), measure.outside_id, (double)measure.target_mm,
               measure.target_id, (double)measure.key_mm, (double)measure.gap_mm, measure.gap_id,
               (double)measure.contrast, measure.contrast_id, (double)theme_shape_contrast(theme));
    return good;
}

static bool measure_modes(struct tour *tour, struct theme_options options, const char *shape)
{
    bool good = true;
    struct theme plain;
    struct screen_offer offer;
    theme_make(&plain, &options);
    if (plain.target < THEME_OWN_TARGET_MM)
        printf(
            "warning screens        %s: %.0f x %.0f mm is a small panel: targets go down to %.1f mm (our own "
            "least is %.0f, the norm's %.1f), and lists take more pages\n",
            shape, (double)plain.width_mm, (double)plain.height_mm, (double)plain.target,
            (double)THEME_OWN_TARGET_MM, (double)THEME_MIN_TARGET_MM);
    find_offer(tour, &options, &offer, shape);
    tour->world.text_steps = offer.text_steps;
    tour->world.no_reach = !offer.reach;
    for (unsigned text = TEXT_NORMAL; text < offer.text_steps; text++)
        for (int contrast = 0; contrast < 2; contrast++)
            for (int reach = 0; reach < (offer.reach ? 2 : 1); reach++) {
                struct theme theme;
                char mode[96];
                options.text = (enum text_step)text;
                options.contrast = contrast != 0;
                options.reach = reach != 0;
                theme_make(&theme, &options);
                text_print(mode, sizeof mode, "%s, %s letters%s%s", shape, steps[text],
                           contrast ? ", contrast" : "", reach ? ", reach" : "");
                good &= measure_mode(tour, &theme, mode);
            }
    tour->world.text_steps = 0;
    tour->world.no_reach = false;
    return good;
}

// So many pixels stand for `part` when `width_px` stand for `whole` (mm).
static int pixels(int width_px, unsigned part, unsigned whole)
{
    return (int)(((long)width_px * (long)part + (long)whole / 2) / (long)whole);
}

bool check_screens(const struct settings *settings, const struct town *town, const struct catalog *texts)
{
    struct tour *tour = tour_new(town, texts);
    tour->world.abc = settings->abc;
    struct theme_options options = {.width_mm = (float)settings->screen.width_mm,
                                    .height_mm = (float)settings->screen.height_mm,
                                    .lower_edge_mm = (float)settings->screen.lower_edge_mm,
                                    .motion = true,
                                    .text_width = paint_text_width};
    bool wide = settings->screen.width_mm > settings->screen.height_mm, good = true;
    bool known = settings->screen.width_mm > 0 && settings->screen.height_mm > 0;
    if (!known || !wide) {
        options.width_px = 1080;
        options.height_px =
            known ? pixels(1080, settings->screen.height_mm, settings->screen.width_mm) : 1920;
        good &= measure_modes(tour, options, "portrait");
    }
    if (!known || wide) {
        options.width_px = 1920;
        options.height_px =
            known ? pixels(1920, settings->screen.height_mm, settings->screen.width_mm) : 1080;
        good &= measure_modes(tour, options, "landscape");
    }
    tour_free(tour);
    return good;
}

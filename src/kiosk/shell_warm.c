// While nobody touches a screen, what the next ones will need is made ready, one element at a time: the visit
// is asked where each button leads (visit_step is pure), and the letters and pictograms of that list are
// drawn into their caches. A touch never waits for more than one element. When all is warm the loop sleeps.
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "draw/canvas.h"
#include "kiosk/check_screens.h"
#include "kiosk/shell_inner.h"
#include "ui/paint.h"

#include "base/banned.h"

#define SETTLE_MS 250    // after a change: a finger that types is faster
#define USUAL_WIDTH 1080 // pixels of the screen, as long as nobody knows
#define USUAL_HEIGHT 1920
#define SCREENS 6 // the first ways out of a screen; more would push this one out of the caches

static bool leads_on(const struct element *element)
{
    return element_touchable(element) && element->role != ROLE_KEY && strncmp(element->id, "bar.", 4) != 0;
}

// Makes the list that a touch on `id` would show; false when the screen stays.
static bool foresee(struct shell *shell, const char *id)
{
    static struct visit visit; // screen thread only; too large for a stack
    struct visit_effects effects;
    struct view view;
    visit = shell->visit;
    visit_step(&shell->world, &visit, &(struct visit_event){.kind = VISIT_TOUCH, .id = id}, clock_steady_ms(),
               &effects);
    bool other = effects.screen_changed && !effects.wipe;
    if (other) {
        shell_view(shell, &visit, &view);
        screens_build(&view, &shell->warm.list);
    }
    memory_wipe(&visit, sizeof visit);
    return other && strcmp(shell->warm.list.screen, shell->list.screen) != 0;
}

// ---- the first picture

struct shell_ahead { // the thread's own, until it has ended
    pthread_t thread,
        scene; // the picture as large as the screen has one of its own: the other has time to spare
    struct visit_world world;
    struct visit visit;
    struct theme_options options;
    struct theme theme;
    struct view view;
    struct element_list list;
};

static void warm_all(const struct shell_ahead *ahead, bool scene)
{
    struct canvas canvas;
    uint32_t none = 0;
    canvas_wrap(&canvas, &none, ahead->options.width_px, ahead->options.height_px,
                ahead->options.width_px * (int)sizeof none);
    for (unsigned i = 0; i < ahead->list.count; i++)
        if ((ahead->list.elements[i].look == LOOK_SCENE) == scene)
            paint_warm(&canvas, &ahead->list, &ahead->theme, i);
}

static void *draw_scene_ahead(void *argument)
{
    warm_all(argument, true);
    return NULL;
}

static void *draw_ahead(void *argument)
{
    struct shell_ahead *ahead = argument;
    theme_make(&ahead->theme, &ahead->options);
    screens_build(&ahead->view, &ahead->list);
    bool two = pthread_create(&ahead->scene, NULL, draw_scene_ahead, ahead) == 0;
    warm_all(ahead, false);
    if (two)
        pthread_join(ahead->scene, NULL);
    return NULL;
}

void shell_draw_ahead(struct shell *shell)
{
    struct shell_ahead *ahead = memory_new(1, sizeof *ahead);
    ahead->world = shell->world;
    ahead->visit = shell->visit;
    ahead->options = shell_theme_options(shell);
    ahead->options.width_px = shell->options->width_px > 0 ? shell->options->width_px : USUAL_WIDTH;
    ahead->options.height_px = shell->options->height_px > 0 ? shell->options->height_px : USUAL_HEIGHT;
    ahead->view = (struct view){.world = &ahead->world,
                                .visit = &ahead->visit,
                                .theme = &ahead->theme,
                                .texts = shell->options->texts,
                                .contact = shell->options->contact,
                                .voice = !shell->options->settings->silent,
                                .guide_name = "",
                                .facts = &shell->facts,
                                .disk_mb = -1,
                                .now_ms = clock_steady_ms()};
    if (pthread_create(&ahead->thread, NULL, draw_ahead, ahead) == 0)
        shell->ahead = ahead;
    else
        free(ahead);
}

void shell_drawn_ahead(struct shell *shell)
{
    if (shell->ahead == NULL)
        return;
    pthread_join(shell->ahead->thread, NULL);
    free(shell->ahead);
    shell->ahead = NULL;
}

// ---- what may be offered

struct shell_measure { // the thread's own, until it has posted
    pthread_t thread;
    struct theme_options options;
    const struct town *town;
    const struct catalog *texts;
    struct screen_offer offer;
};

static void *measure(void *argument)
{
    struct shell_measure *measure = argument;
    check_offer(&measure->options, measure->town, measure->texts, &measure->offer);
    window_post(POST_OFFER, NULL);
    return NULL;
}

void shell_measure(struct shell *shell)
{
    struct shell_measure *measured = memory_new(1, sizeof *measured);
    *measured = (struct shell_measure){
        .options = shell->theme.options, .town = shell->options->town, .texts = shell->options->texts};
    shell->measure = measured;
    bool beside = !shell->script.on && pthread_create(&measured->thread, NULL, measure, measured) == 0;
    if (beside)
        return;
    check_offer(&measured->options, measured->town, measured->texts, &measured->offer);
    measured->thread = pthread_self();
    shell_measured(shell);
}

void shell_measured(struct shell *shell)
{
    struct shell_measure *measured = shell->measure;
    if (measured == NULL)
        return;
    if (!pthread_equal(measured->thread, pthread_self()))
        pthread_join(measured->thread, NULL);
    shell->measure = NULL;
    if (measured->offer.text_steps != TEXT_STEPS || !measured->offer.reach) {
        shell->world.text_steps = measured->offer.text_steps;
        shell->world.no_reach = !measured->offer.reach;
        shell->dirty = true;
    }
    free(measured);
}

// ---- the next ones

void shell_warm_again(struct shell *shell)
{
    element_list_clear(&shell->warm.list, "");
    shell->warm = (struct shell_warm){.wanted = true, .from_ms = clock_steady_ms() + SETTLE_MS};
}

int64_t shell_warm_next_ms(const struct shell *shell)
{
    int64_t left = shell->warm.from_ms - clock_steady_ms();
    return !shell->warm.wanted ? -1 : left > 0 ? left : 0;
}

bool shell_warm_step(struct shell *shell)
{
    struct shell_warm *warm = &shell->warm;
    if (shell_warm_next_ms(shell) != 0)
        return false;
    if (warm->at < warm->list.count) {
        if (warm->list.elements[warm->at].look != LOOK_SCENE) // one is kept, and it is shown
            window_warm(shell->window, &warm->list, &shell->theme, warm->at);
        warm->at++;
        return true;
    }
    element_list_clear(&warm->list, "");
    warm->at = 0;
    while (warm->way < shell->list.count && !leads_on(&shell->list.elements[warm->way]))
        warm->way++;
    if (warm->way == shell->list.count || warm->screens == SCREENS) {
        warm->wanted = false;
        if (shell->visit.screen == SCREEN_START) // the lobby is empty most of the day
            (void)malloc_trim(0);
        return false;
    }
    if (foresee(shell, shell->list.elements[warm->way++].id))
        warm->screens++;
    else
        element_list_clear(&warm->list, "");
    return true;
}

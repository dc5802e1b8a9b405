// links: src/kiosk/check_screens.c src/kiosk/contact.c src/kiosk/screens/*.c src/kiosk/visit.c src/kiosk/visit_flow.c src/kiosk/visit_answer.c src/kiosk/visit_staff.c src/ui/element.c src/ui/layout*.c src/ui/parts.c src/ui/theme.c src/ui/measure.c src/ui/keyboard.c src/ui/paint*.c src/ui/brush.c src/draw/*.c src/booking/town.c src/booking/town_check.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/base/config.c src/base/catalog.c src/base/file.c src/base/day.c src/base/utf8.c src/base/memory.c src/base/error.c src/base/log.c src/base/clock.c
// libs: -lSDL2_ttf -lSDL2_image -lSDL2 -lfribidi -lqrencode -lcyaml -lyaml -lgettextpo -ljansson -lsodium
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "draw/canvas.h"
#include "draw/pictogram.h"
#include "kiosk/check_screens.h"
#include "kiosk/visit_flow.h"
#include "ui/measure.h"
#include "ui/paint.h"

#include "base/banned.h"

// libgettextpo keeps the name of every file but the last that it read: a few bytes, of its own.
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libgettextpo";
}

static struct town *town;
static struct catalog *texts;
static struct visit_world world;
static struct visit visit;
static struct element_list list;
static struct theme theme;

static void setup(void)
{
    struct error error = ERROR_NONE;
    ck_assert_msg(town_load(&town, "kiosk-config/town.yaml", &error) == 0, "%s", error.text);
    ck_assert_msg(catalog_open(&texts, "lang/nl.po", &error) == 0, "%s", error.text);
    world = (struct visit_world){
        .town = town, .now = {day_from_civil(2026, 11, 23), 600}, .idle_ms = 60000, .countdown_ms = 20000};
}

static void teardown(void)
{
    catalog_free(texts);
    town_free(town);
}

static void build(void)
{
    const struct view view = {.world = &world,
                              .visit = &visit,
                              .theme = &theme,
                              .texts = texts,
                              .voice = true,
                              .guide_name = "Els",
                              .payload = "BEGIN:VCALENDAR"};
    screens_build(&view, &list);
}

static void make(int width, int height, enum text_step text, bool contrast, bool reach)
{
    theme_make(&theme, &(struct theme_options){.width_px = width,
                                               .height_px = height,
                                               .text = text,
                                               .contrast = contrast,
                                               .reach = reach,
                                               .text_width = paint_text_width});
}

// The norms on each panel, by the loop's index: text step, contrast, reach.
static void norms(int width, int height)
{
    struct screen_offer offer;
    make(width, height, TEXT_NORMAL, false, false);
    check_offer(&theme.options, town, texts, &offer);
    for (int mode = 0; mode < 12; mode++) {
        make(width, height, (enum text_step)(mode / 4), mode % 2 != 0, mode % 4 > 1);
        if ((unsigned)mode / 4 >= offer.text_steps || (theme.options.reach && !offer.reach))
            continue;
        const char *name = NULL, *what = NULL;
        for (unsigned i = 0; (name = tour_visit(&world, i, &visit)) != NULL; i++) {
            struct measure measure;
            build();
            measure_start(&measure);
            measure_add(&measure, &list, &theme);
            ck_assert_msg(measure_holds_step(&measure, &theme, &what),
                          "%dx%d, mode %d, %s: %s (overlap \"%s\", cut \"%s\")", width, height, mode, name,
                          what, measure.overlap_id, measure.cut_id);
        }
    }
}

// What the README promises of each panel; the usual ones hold every letter and every mode.
START_TEST(test_check_offer_on_panels)
{
    static const struct {
        float width_mm, height_mm;
        unsigned steps; // at least
        bool reach;
    } panels[] = {{338, 600, 3, true},  {600, 338, 3, false}, {299, 531, 3, true},  {268, 476, 3, true},
                  {531, 299, 2, false}, {476, 268, 2, false}, {194, 345, 2, false}, {345, 194, 2, false},
                  {163, 261, 1, false}, {261, 163, 1, false}, {217, 136, 1, false}};
    for (size_t i = 0; i < sizeof panels / sizeof panels[0]; i++) {
        bool wide = panels[i].width_mm > panels[i].height_mm;
        int across = wide ? 1920 : 1080;
        struct theme_options options = {.width_px = across,
                                        .height_px =
                                            (int)((float)across * panels[i].height_mm / panels[i].width_mm),
                                        .width_mm = panels[i].width_mm,
                                        .text_width = paint_text_width};
        struct screen_offer offer;
        struct measure measure;
        const char *name = NULL, *what = NULL;
        check_offer(&options, town, texts, &offer);
        ck_assert_msg(offer.text_steps >= panels[i].steps && offer.reach == panels[i].reach,
                      "%.0f x %.0f mm: %u steps, reach %d", (double)panels[i].width_mm,
                      (double)panels[i].height_mm, offer.text_steps, offer.reach);
        theme_make(&theme, &options);
        for (unsigned k = 0; (name = tour_visit(&world, k, &visit)) != NULL; k++) {
            build();
            measure_start(&measure);
            measure_add(&measure, &list, &theme);
            ck_assert_msg(measure_holds_step(&measure, &theme, &what), "%.0f x %.0f mm, %s: %s",
                          (double)panels[i].width_mm, (double)panels[i].height_mm, name, what);
        }
    }
}
END_TEST

// Burn-in: where two colours meet on the start screen, they do not stay. Over a day, minute by minute, no
// pixel is on the same edge for more than ten minutes on end; even grounds may stay.
#define DAY_MINUTES 1440
#define CYCLE_MINUTES 48 // the ways of 16 and 12 minutes, together
#define EDGE_MINUTES 10

static void paint_minute(struct canvas *canvas, int64_t minute)
{
    struct paint_rect rects[PAINT_RECTS];
    const struct view view = {.world = &world,
                              .visit = &visit,
                              .theme = &theme,
                              .texts = texts,
                              .voice = true,
                              .now_ms = minute * 60000 + 1000};
    struct painter *painter = painter_new();
    screens_build(&view, &list);
    painter_paint(painter, canvas, &list, &theme, 2000, rects);
    painter_free(painter);
}

// What wanders keeps its size in pixels: the pictures that are drawn serve all day.
START_TEST(test_build_start_keeps_sizes)
{
    static int sizes[ELEMENTS_MAX][2];
    struct view view = {.world = &world, .visit = &visit, .theme = &theme, .texts = texts, .voice = true};
    theme_make(&theme,
               &(struct theme_options){
                   .width_px = 1080, .height_px = 1920, .motion = true, .text_width = paint_text_width});
    visit_begin(&visit, &world, 0);
    float k = theme.px_per_mm;
    for (int64_t minute = 0; minute < CYCLE_MINUTES; minute++) {
        view.now_ms = minute * 60000;
        screens_build(&view, &list);
        for (unsigned i = 0; i < list.count; i++) {
            const struct element *element = &list.elements[i];
            const struct box *box = &element->box;
            int width = (int)(roundf((box->x + box->width) * k) - roundf(box->x * k));
            int height = (int)(roundf((box->y + box->height) * k) - roundf(box->y * k));
            if (element->look == LOOK_SCENE)
                height -= (int)lroundf((float)element->of / 100 * k);
            if (element->look == LOOK_PANEL || element->look == LOOK_BAR)
                continue; // grounds: filled
            if (minute == 0)
                sizes[i][0] = width, sizes[i][1] = height;
            ck_assert_msg(sizes[i][0] == width && sizes[i][1] == height, "%s is %d x %d, was %d x %d",
                          element->id, width, height, sizes[i][0], sizes[i][1]);
        }
    }
}
END_TEST

START_TEST(test_build_start_does_not_burn_in)
{
    enum { WIDTH = 540, HEIGHT = 960 };
    static uint32_t pixels[WIDTH * HEIGHT];
    static uint32_t before[WIDTH * HEIGHT];
    static unsigned char run[WIDTH * HEIGHT], longest;
    struct canvas canvas;
    unsigned edges = 0;
    theme_make(&theme,
               &(struct theme_options){
                   .width_px = WIDTH, .height_px = HEIGHT, .motion = true, .text_width = paint_text_width});
    visit_begin(&visit, &world, 0);
    canvas_wrap(&canvas, pixels, WIDTH, HEIGHT, WIDTH * 4);
    for (int minute = 0; minute < 2 * CYCLE_MINUTES; minute++) {
        paint_minute(&canvas, minute);
        for (int i = 0; i < WIDTH * (HEIGHT - 1) - 1; i++) {
            int left = (int)(pixels[i] & 255), right = (int)(pixels[i + 1] & 255),
                below = (int)(pixels[i + WIDTH] & 255);
            bool edge = abs(left - right) > 60 || abs(left - below) > 60;
            edges += edge;
            run[i] = (unsigned char)(!edge ? 0 : pixels[i] == before[i] ? run[i] + 1 : 1);
            before[i] = pixels[i];
            if (run[i] > longest)
                longest = run[i];
        }
    }
    ck_assert_uint_gt(edges, 10000);
    ck_assert_msg(longest <= EDGE_MINUTES, "an edge stays for %u minutes", longest);
    // and so all day: the screen of each minute is that of its place in the cycle
    struct element_list *first = memory_new(1, sizeof *first);
    struct view view = {.world = &world, .visit = &visit, .theme = &theme, .texts = texts, .voice = true};
    for (int64_t minute = CYCLE_MINUTES; minute < DAY_MINUTES; minute++) {
        view.now_ms = minute * 60000;
        screens_build(&view, &list);
        view.now_ms = minute % CYCLE_MINUTES * 60000;
        screens_build(&view, first);
        for (unsigned i = 0; i < list.count; i++)
            ck_assert(element_equal(&list.elements[i], &first->elements[i]));
    }
    free(first);
    theme.options.motion = false; // as the configuration says
    view.now_ms = 3 * 60000;
    screens_build(&view, &list);
    struct box still = element_find(&list, "start.begin")->box;
    view.now_ms = 9 * 60000;
    screens_build(&view, &list);
    ck_assert(still.x == element_find(&list, "start.begin")->box.x &&
              still.y == element_find(&list, "start.begin")->box.y);
}
END_TEST

// A screen that holds one step of letters has no tool for them, and one within reach none for reach.
// No paper: large enough for newcomers, on a plate of its own over the picture. Little paper is for staff.
START_TEST(test_build_start_says_that_there_is_no_paper)
{
    static const int sizes[][2] = {{1080, 1920}, {1920, 1080}};
    make(sizes[_i][0], sizes[_i][1], TEXT_LARGE, false, false);
    visit_begin(&visit, &world, 0);
    build();
    const struct element *sign = element_find(&list, "start.staff"),
                         *scene = element_find(&list, "start.scene");
    ck_assert_ptr_nonnull(sign);
    ck_assert_str_eq(sign->pictogram, "printer-empty");
    ck_assert_float_ge(sign->size_mm, theme.floor);
    ck_assert_float_ge(sign->picture_mm, 2 * theme.floor);
    ck_assert_float_ge(sign->box.x, scene->box.x);
    ck_assert_float_le(sign->box.x + sign->box.width, scene->box.x + scene->box.width);
    ck_assert_float_le(sign->box.y + sign->box.height, scene->box.y + scene->box.height);
    float large = sign->box.height;
    world.printer_works = world.paper_low = true;
    build();
    sign = element_find(&list, "start.staff");
    ck_assert_ptr_nonnull(sign);
    ck_assert_float_lt(sign->box.height, large);
    world.paper_low = false;
    build();
    ck_assert_ptr_null(element_find(&list, "start.staff"));
}
END_TEST

START_TEST(test_build_offers_only_what_fits)
{
    make(1080, 1920, TEXT_NORMAL, false, false);
    (void)tour_visit(&world, 0, &visit);
    build();
    ck_assert_ptr_nonnull(element_find(&list, "bar.text"));
    ck_assert_ptr_nonnull(element_find(&list, "bar.reach"));
    world.text_steps = 1;
    world.no_reach = true;
    build();
    ck_assert_ptr_null(element_find(&list, "bar.text"));
    ck_assert_ptr_null(element_find(&list, "bar.reach"));
    ck_assert_ptr_nonnull(element_find(&list, "bar.contrast"));
}
END_TEST

START_TEST(test_build_keeps_the_norms_in_portrait)
{
    norms(1080, 1920);
}
END_TEST

START_TEST(test_build_keeps_the_norms_in_landscape)
{
    norms(1920, 1080);
}
END_TEST

START_TEST(test_build_keeps_the_norms_on_1280x800)
{
    norms(1280, 800);
}
END_TEST

START_TEST(test_build_keeps_the_norms_on_768x1366)
{
    norms(768, 1366);
}
END_TEST

// ---- help in a contact language

static const char *const contact_codes[] = {"fr", "en", "ro", "pl", "es", "pt", "tr", "ar", "uk"};
#define CONTACT_CODES (sizeof contact_codes / sizeof contact_codes[0])

// Keys of texts that only the Dutch know: the tools, what a town wrote, and lines for staff.
static bool stays_dutch(const struct element *element)
{
    return element->role == ROLE_TOOL || element->look == LOOK_STAFF || element->look == LOOK_TOWN ||
           strcmp(element->voice, "help.translated") == 0 || *element->language != '\0';
}

static bool in_contact(const struct catalog *contact, const char *dutch)
{
    char filled[ELEMENT_LABEL_SIZE];
    for (size_t i = 0; i < catalog_count(texts); i++) {
        const char *key = catalog_key(texts, i);
        catalog_fill(filled, sizeof filled, catalog_get(texts, key),
                     (const char *const[]){"max", "5", "days", "30", NULL});
        if (strcmp(filled, dutch) == 0 && catalog_has(contact, key))
            return true;
    }
    return false;
}

START_TEST(test_build_every_sentence_is_in_every_contact_language)
{
    const char *name = NULL;
    char path[64];
    struct error error = ERROR_NONE;
    struct catalog *contact = NULL;
    text_print(path, sizeof path, "lang/%s.po", contact_codes[_i]);
    ck_assert_int_eq(catalog_open(&contact, path, &error), 0);
    make(1080, 1920, TEXT_NORMAL, false, false);
    for (unsigned i = 0; (name = tour_visit(&world, i, &visit)) != NULL; i++) {
        if (staff_is(visit.screen))
            continue; // staff read Dutch
        build();
        for (unsigned k = 0; k < list.count; k++) {
            const struct element *element = &list.elements[k];
            bool own = strncmp(element->id, "privacy.", 8) == 0; // its second is the town's own text
            if (element->voice[0] == '\0' || element->look == LOOK_CODE || stays_dutch(element) ||
                element->is_private)
                continue;
            ck_assert_msg(in_contact(contact, element->label), "%s: %s: \"%s\" is missing", path, name,
                          element->label);
            ck_assert_msg(own || element->second[0] == '\0' || in_contact(contact, element->second),
                          "%s: %s: \"%s\" is missing", path, name, element->second);
        }
    }
    catalog_free(contact);
}
END_TEST

// The help of each screen, and the idle and stop questions, in a language: under the Dutch, smaller, marked
// as translated, on all panels within the norms.
static void help_in(const char *code, int width, int height, enum text_step text, bool reach)
{
    const char *name = NULL, *what = NULL;
    struct town_help help = {
        .language = (char *)code, .reason = (char *)"test", .until = (char *)"2027-06-30"};
    struct town_help *before = town->help;
    struct contact *contact = NULL;
    struct error error = ERROR_NONE;
    town->help = &help;
    town->help_count = 1;
    ck_assert_msg(contact_open(&contact, town, NULL, &error) == 0, "%s", error.text);
    make(width, height, text, false, reach);
    for (unsigned i = 0; (name = tour_visit(&world, i, &visit)) != NULL; i++) {
        if (staff_is(visit.screen))
            continue; // staff read Dutch
        const struct view view = {.world = &world,
                                  .visit = &visit,
                                  .theme = &theme,
                                  .texts = texts,
                                  .contact = contact,
                                  .voice = true,
                                  .guide_name = "Els",
                                  .payload = "BEGIN:VCALENDAR"};
        struct measure measure;
        unsigned pairs = 0;
        text_copy(visit.booking.language, sizeof visit.booking.language, code);
        if (visit.overlay != OVERLAY_IDLE && visit.overlay != OVERLAY_STOP)
            visit.overlay = OVERLAY_HELP;
        screens_build(&view, &list);
        ck_assert_msg(element_find(&list, "help.translated") != NULL, "%s: %s has no help", code, name);
        for (unsigned k = element_floor(&list); k < list.count; k++) {
            const struct element *element = &list.elements[k];
            if (element->second[0] == '\0')
                continue;
            pairs++;
            ck_assert_msg(element->second_mm < element->size_mm, "%s: %s, %s: as large as the Dutch", code,
                          name, element->id);
            ck_assert_int_eq(element->right_to_left, strcmp(code, "ar") == 0);
        }
        ck_assert_uint_gt(pairs, 0);
        measure_start(&measure);
        measure_add(&measure, &list, &theme);
        ck_assert_msg(measure_passes(&measure, &theme, &what), "%s, %s: %s (\"%s\" \"%s\")", code, name, what,
                      measure.overlap_id, measure.cut_id);
    }
    contact_free(contact);
    town->help = before;
    town->help_count = 0;
}

START_TEST(test_build_helps_in_every_contact_language)
{
    help_in(contact_codes[_i], 1080, 1920, TEXT_NORMAL, false);
    help_in(contact_codes[_i], 1920, 1080, TEXT_LARGEST, false);
    help_in(contact_codes[_i], 1080, 1920, TEXT_LARGEST, true);
}
END_TEST

// Panels of 10 and 12 inch in millimetres: never under the norm's own sizes.
static void small_panel(int width, int height, float width_mm)
{
    const char *name = NULL, *what = NULL;
    theme_make(&theme, &(struct theme_options){.width_px = width,
                                               .height_px = height,
                                               .width_mm = width_mm,
                                               .text_width = paint_text_width});
    for (unsigned i = 0; (name = tour_visit(&world, i, &visit)) != NULL; i++) {
        struct measure measure;
        build();
        measure_start(&measure);
        measure_add(&measure, &list, &theme);
        ck_assert_msg(measure_passes(&measure, &theme, &what), "%.0f mm, %s: %s (\"%s\" \"%s\")",
                      (double)width_mm, name, what, measure.overlap_id, measure.cut_id);
    }
}

START_TEST(test_build_fits_small_panels)
{
    small_panel(1024, 768, 246);
    small_panel(768, 1366, 194);
    small_panel(1280, 800, 217);
}
END_TEST

static bool looks_like_key(const char *text)
{
    return text[0] != '\0' && strchr(text, ' ') == NULL && strchr(text, '.') != NULL &&
           text[strlen(text) - 1] != '.' && text[0] >= 'a' && text[0] <= 'z' && strchr(text, '@') == NULL;
}

START_TEST(test_build_has_words_and_pictures_for_everything)
{
    const char *name = NULL;
    make(1080, 1920, TEXT_NORMAL, false, false);
    for (unsigned i = 0; (name = tour_visit(&world, i, &visit)) != NULL; i++) {
        build();
        for (unsigned k = 0; k < list.count; k++) {
            const struct element *element = &list.elements[k];
            ck_assert_msg(!looks_like_key(element->label) && !looks_like_key(element->second),
                          "%s: %s says \"%s\" \"%s\"", name, element->id, element->label, element->second);
            bool scene = element->look == LOOK_SCENE;
            ck_assert_msg(scene || element->pictogram[0] == '\0' || pictogram_exists(element->pictogram),
                          "%s: %s shows \"%s\"", name, element->id, element->pictogram);
            ck_assert_msg(strchr(element->label, '{') == NULL && strchr(element->second, '{') == NULL,
                          "%s: %s has a place that is not filled", name, element->id);
        }
    }
}
END_TEST

START_TEST(test_build_gives_each_element_its_own_id)
{
    const char *name = NULL;
    make(1920, 1080, TEXT_LARGE, false, false);
    for (unsigned i = 0; (name = tour_visit(&world, i, &visit)) != NULL; i++) {
        build();
        for (unsigned k = 0; k < list.count; k++)
            ck_assert_msg(element_find(&list, list.elements[k].id) == &list.elements[k],
                          "%s: \"%s\" is there twice", name, list.elements[k].id);
    }
}
END_TEST

// What can be touched can be heard: every such element has words of its own.
START_TEST(test_build_can_be_heard)
{
    const char *name = NULL;
    char said[600];
    make(1080, 1920, TEXT_NORMAL, false, false);
    for (unsigned i = 0; (name = tour_visit(&world, i, &visit)) != NULL; i++) {
        build();
        for (unsigned k = 0; k < list.count; k++) {
            const struct element *element = &list.elements[k];
            element_speech(element, "", true, said, sizeof said);
            ck_assert_msg(!element_touchable(element) || said[0] != '\0', "%s: %s is dumb", name,
                          element->id);
        }
    }
}
END_TEST

// Names and numbers are marked, so that neither speech nor dumps give them away.
START_TEST(test_build_marks_what_is_private)
{
    const char *name = NULL;
    make(1080, 1920, TEXT_NORMAL, false, false);
    for (unsigned i = 0; (name = tour_visit(&world, i, &visit)) != NULL; i++) {
        build();
        for (unsigned k = 0; k < list.count; k++) {
            const struct element *element = &list.elements[k];
            bool told = strstr(element->label, "Maximiliaan") != NULL ||
                        strstr(element->second, "Maximiliaan") != NULL ||
                        strstr(element->label, "0470") != NULL || strstr(element->second, "0470") != NULL;
            ck_assert_msg(!told || element->is_private, "%s: %s is not private", name, element->id);
        }
    }
}
END_TEST

static void expect(const char *id, const char *label)
{
    const struct element *element = element_find(&list, id);
    ck_assert_msg(element != NULL, "no \"%s\"", id);
    ck_assert_str_eq(element->label, label);
}

START_TEST(test_build_golden_indicator)
{
    make(1080, 1920, TEXT_NORMAL, false, false);
    tour_visit(&world, 0, &visit);
    build();
    ck_assert_str_eq(list.screen, "indicator.dutch");
    expect("question", "Spreekt u Nederlands?");
    expect("indicator.dutch.none", "Nee");
    expect("indicator.dutch.some", "Een beetje");
    expect("indicator.dutch.well", "Ja");
    expect("bar.back", "Terug");
}
END_TEST

START_TEST(test_build_slots_show_each_day_once_first)
{
    make(1080, 1920, TEXT_NORMAL, false, false);
    unsigned i = 0;
    while (strcmp(tour_visit(&world, i, &visit), "slot") != 0)
        i++;
    build();
    int32_t last = 0;
    unsigned days = 0;
    for (unsigned k = 0; k < list.count; k++)
        if (list.elements[k].look == LOOK_LEAF) {
            ck_assert_int_gt(list.elements[k].day, last);
            last = list.elements[k].day;
            days++;
        }
    ck_assert_uint_eq(days, 3);
    visit.page = 1; // every moment can be reached by turning pages
    unsigned seen = 0;
    for (visit.page = 0; visit.page < 4; visit.page++) {
        build();
        for (unsigned k = 0; k < list.count; k++)
            seen += list.elements[k].look == LOOK_SLOT;
    }
    ck_assert_uint_eq(seen, visit.offer_count);
}
END_TEST

// While the agenda is asked for a moment, that one says so by more than words, and no other can be touched.
START_TEST(test_build_slot_asked_for_is_busy)
{
    make(1080, 1920, TEXT_NORMAL, false, false);
    unsigned i = 0, busy = 0, others = 0;
    while (strcmp(tour_visit(&world, i, &visit), "slot") != 0)
        i++;
    visit.wait = WAIT_LEASE;
    visit.wanted = visit.offer[0];
    build();
    for (unsigned k = 0; k < list.count; k++) {
        const struct element *element = &list.elements[k];
        if (element->look != LOOK_SLOT)
            continue;
        busy += element->mark == MARK_BUSY && element->chosen;
        others += element->mark == MARK_NONE && element->disabled;
    }
    ck_assert_uint_eq(busy, 1);
    ck_assert_uint_ge(others, 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("screens");
    TCase *tests = tcase_create("screens");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, test_build_keeps_the_norms_in_portrait);
    tcase_add_test(tests, test_check_offer_on_panels);
    tcase_add_loop_test(tests, test_build_start_says_that_there_is_no_paper, 0, 2);
    tcase_add_test(tests, test_build_offers_only_what_fits);
    tcase_add_test(tests, test_build_start_does_not_burn_in);
    tcase_add_test(tests, test_build_start_keeps_sizes);
    tcase_add_test(tests, test_build_keeps_the_norms_in_landscape);
    tcase_add_test(tests, test_build_keeps_the_norms_on_1280x800);
    tcase_add_test(tests, test_build_keeps_the_norms_on_768x1366);
    tcase_add_loop_test(tests, test_build_every_sentence_is_in_every_contact_language, 0, CONTACT_CODES);
    tcase_add_loop_test(tests, test_build_helps_in_every_contact_language, 0, CONTACT_CODES);
    tcase_add_test(tests, test_build_fits_small_panels);
    tcase_add_test(tests, test_build_has_words_and_pictures_for_everything);
    tcase_add_test(tests, test_build_gives_each_element_its_own_id);
    tcase_add_test(tests, test_build_can_be_heard);
    tcase_add_test(tests, test_build_marks_what_is_private);
    tcase_add_test(tests, test_build_golden_indicator);
    tcase_add_test(tests, test_build_slots_show_each_day_once_first);
    tcase_add_test(tests, test_build_slot_asked_for_is_busy);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures != 0;
}

// links: src/draw/pictogram.c src/draw/canvas.c src/slip/picture.c src/slip/raster.c src/slip/page.c src/base/memory.c src/base/error.c src/base/utf8.c src/base/file.c
// libs: -lSDL2_image -lSDL2
// Pictures in (SVG) and out (PNG, pages).
#include <SDL_image.h>
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "draw/pictogram.h"
#include "slip/page.h"
#include "slip/printer_kind.h"

#define SIDE 100

static uint32_t pixels[SIDE * SIDE];
static struct canvas canvas;
static char folder[] = "/tmp/wegwijs-picture-XXXXXX";

static void put(const char *name, const char *text)
{
    char *path = file_join(folder, name);
    ck_assert_int_eq(file_write(path, text, strlen(text), 0600, NULL), 0);
    free(path);
}

static void setup(void)
{
    char *inner;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    inner = file_join(folder, "pictograms");
    ck_assert_int_eq(file_make_folder(inner, 0700, NULL), 0);
    free(inner);
    inner = file_join(folder, "scenes");
    ck_assert_int_eq(file_make_folder(inner, 0700, NULL), 0);
    free(inner);
    put("pictograms/red.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\"><rect x=\"0\" y=\"0\" "
        "width=\"96\" height=\"96\" fill=\"#FF0000\"/></svg>");
    put("pictograms/red-contrast.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\"><rect x=\"0\" "
        "y=\"0\" width=\"96\" height=\"96\" fill=\"#00FF00\"/></svg>");
    put("scenes/wide.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\"><rect x=\"0\" y=\"0\" "
        "width=\"200\" height=\"100\" fill=\"#0000FF\"/></svg>");
    put("scenes/framed.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><rect x=\"0\" y=\"0\" "
        "width=\"100\" height=\"100\" fill=\"#0000FF\"/><rect x=\"0\" y=\"0\" width=\"50\" height=\"100\" "
        "fill=\"#FF0000\"/><rect x=\"50\" y=\"50\" width=\"50\" height=\"50\" fill=\"#00FF00\" "
        "opacity=\"0.5\"/></svg>");
    put("scenes/covered.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><circle cx=\"50\" cy=\"50\" "
        "r=\"30\" fill=\"#FF0000\"/><rect x=\"0\" y=\"0\" width=\"100\" height=\"100\" "
        "fill=\"#0000FF\"/></svg>");
    put("pictograms/broken.svg", "<html>no picture</html>");
    put("pictograms/empty.svg", "");
    put("pictograms/endless.svg", "<svg viewBox=\"0 0 1e30 1\"></svg>");
    canvas_wrap(&canvas, pixels, SIDE, SIDE, SIDE * 4);
    canvas_clear(&canvas, 0xFFFFFF);
    pictogram_folder(folder);
}

static void teardown(void)
{
    char *command;
    static const char *const FILES[] = {"pictograms/red.svg",
                                        "pictograms/red-contrast.svg",
                                        "scenes/wide.svg",
                                        "scenes/framed.svg",
                                        "scenes/covered.svg",
                                        "pictograms/broken.svg",
                                        "pictograms/empty.svg",
                                        "pictograms/endless.svg",
                                        "pictograms",
                                        "scenes",
                                        "K7M4QX.png"};
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        command = file_join(folder, FILES[i]);
        remove(command);
        free(command);
    }
    rmdir(folder);
    pictogram_folder(NULL);
    scene_forget();
}

static uint32_t at(int x, int y)
{
    return pixels[y * SIDE + x] & 0xFFFFFF;
}

START_TEST(test_draw_contains_or_covers)
{
    ck_assert_int_eq(pictogram_draw(&canvas, "red", 10, 10, 60, 30, PICTOGRAM_CONTAIN, false, 255, NULL), 0);
    ck_assert_uint_eq(at(40, 25), 0xFF0000);
    ck_assert_uint_eq(at(23, 25), 0xFFFFFF); // square in the middle of its box
    ck_assert_uint_eq(at(27, 25), 0xFF0000);
    ck_assert_uint_eq(at(57, 25), 0xFFFFFF);
    ck_assert_int_eq(pictogram_draw(&canvas, "red", 10, 50, 60, 30, PICTOGRAM_COVER, false, 255, NULL), 0);
    ck_assert_uint_eq(at(11, 51), 0xFF0000);
    ck_assert_uint_eq(at(69, 79), 0xFF0000);
    ck_assert_uint_eq(at(70, 79), 0xFFFFFF); // cut to its box
    ck_assert_uint_eq(at(40, 49), 0xFFFFFF);
}
END_TEST

START_TEST(test_draw_alpha_contrast_and_clip)
{
    canvas_clip(&canvas, 0, 0, 20, SIDE);
    ck_assert_int_eq(pictogram_draw(&canvas, "red", 0, 0, 50, 50, PICTOGRAM_CONTAIN, false, 102, NULL), 0);
    ck_assert_int_le(abs((int)(at(10, 10) & 255) - 153), 2); // 40 % of red on white
    ck_assert_uint_eq(at(20, 10), 0xFFFFFF);
    ck_assert(pictogram_has_contrast("red"));
    ck_assert(!pictogram_has_contrast("broken"));
    ck_assert_int_eq(pictogram_draw(&canvas, "red", 0, 50, 50, 50, PICTOGRAM_CONTAIN, true, 255, NULL), 0);
    ck_assert_uint_eq(at(10, 60), 0x00FF00);
}
END_TEST

START_TEST(test_draw_scene_shifted)
{
    ck_assert_int_eq(scene_draw(&canvas, "wide", 10, 10, 50, 50, PICTOGRAM_COVER, 0, 0, NULL), 0);
    ck_assert_uint_eq(at(10, 10), 0x0000FF);
    ck_assert_uint_eq(at(60, 10), 0xFFFFFF);
    canvas_clear(&canvas, 0xFFFFFF);
    ck_assert_int_eq(scene_draw(&canvas, "wide", 10, 10, 50, 50, PICTOGRAM_COVER, 0, 5, NULL), 0);
    ck_assert_uint_eq(at(30, 12), 0xFFFFFF);
    ck_assert_uint_eq(at(30, 16), 0x0000FF);
}
END_TEST

// The rectangle under all is painted in another way: over it, and under it, everything is as it was drawn.
START_TEST(test_draw_scene_ground)
{
    ck_assert_int_eq(scene_draw(&canvas, "framed", 0, 0, 50, 50, PICTOGRAM_COVER, 0, 0, NULL), 0);
    ck_assert_uint_eq(at(10, 10), 0xFF0000);
    ck_assert_uint_eq(at(40, 10), 0x0000FF);
    ck_assert_int_le(abs((int)(at(40, 40) >> 8 & 255) - 127), 2); // half of green on blue
    ck_assert_int_le(abs((int)(at(40, 40) & 255) - 128), 2);
    ck_assert_int_eq(scene_draw(&canvas, "covered", 0, 0, 50, 50, PICTOGRAM_COVER, 0, 0, NULL), 0);
    ck_assert_uint_eq(at(25, 25), 0x0000FF);
}
END_TEST

START_TEST(test_draw_scene_made_ready)
{
    char *file = file_join(folder, "scenes/wide.svg");
    canvas_clip(&canvas, 0, 0, 0, 0);
    ck_assert_int_eq(scene_draw(&canvas, "wide", 10, 10, 50, 50, PICTOGRAM_COVER, 0, 0, NULL), 0);
    ck_assert_uint_eq(at(10, 10), 0xFFFFFF);
    ck_assert_int_eq(remove(file), 0); // it is not asked again
    free(file);
    canvas_clip_none(&canvas);
    ck_assert_int_eq(scene_draw(&canvas, "wide", 10, 10, 50, 50, PICTOGRAM_COVER, 3, 0, NULL), 0);
    ck_assert_uint_eq(at(20, 20), 0x0000FF);
}
END_TEST

static const char *const BAD[] = {"missing", "broken", "empty", "endless", "", "../../../etc/passwd"};

START_TEST(test_draw_bad_is_a_sentence)
{
    struct error error = ERROR_NONE;
    ck_assert_int_lt(pictogram_draw(&canvas, BAD[_i], 0, 0, 50, 50, PICTOGRAM_CONTAIN, false, 255, &error),
                     0);
    ck_assert_str_ne(error.text, "");
    ck_assert_int_lt(pictogram_check(BAD[_i], &error), 0);
    ck_assert_uint_eq(at(25, 25), 0xFFFFFF);
    ck_assert_int_lt(pictogram_draw(&canvas, "red", 0, 0, 0, -5, PICTOGRAM_CONTAIN, false, 255, &error), 0);
}
END_TEST

START_TEST(test_cache_is_bounded)
{
    for (int side = 10; side < 400; side += 2) {
        ck_assert_int_eq(
            pictogram_draw(&canvas, "red", 0, 0, side, side, PICTOGRAM_CONTAIN, false, 255, NULL), 0);
        ck_assert_uint_le(pictogram_cache_bytes(), 4U * 1024 * 1024);
    }
    ck_assert_uint_gt(pictogram_cache_bytes(), 0);
    pictogram_cache_clear();
    ck_assert_uint_eq(pictogram_cache_bytes(), 0);
}
END_TEST

static uint8_t dots[] = {0xF0, 0x80, 0x0F, 0x00, 0xAA, 0x80};
static const struct raster RASTER = {.width = 9, .height = 3, .stride = 2, .bits = dots};

START_TEST(test_picture_is_the_raster)
{
    struct printer *printer;
    struct error error = ERROR_NONE;
    struct printer made = {.ops = &PICTURE_OPS, .target = folder};
    printer = &made;
    ck_assert_int_eq(printer->ops->state(printer, &error), PRINTER_READY);
    ck_assert_int_eq(printer->ops->print(printer, &RASTER, "K7M4QX", &error), PRINTER_READY);
    char *path = file_join(folder, "K7M4QX.png");
    SDL_Surface *read = IMG_Load(path);
    ck_assert_ptr_nonnull(read);
    SDL_Surface *plain = SDL_ConvertSurfaceFormat(read, SDL_PIXELFORMAT_ARGB8888, 0);
    ck_assert_int_eq(plain->w, 9);
    ck_assert_int_eq(plain->h, 3);
    for (unsigned y = 0; y < 3; y++) {
        for (unsigned x = 0; x < 9; x++) {
            uint32_t colour = ((uint32_t *)plain->pixels)[y * (unsigned)plain->pitch / 4 + x] & 0xFFFFFF;
            ck_assert_uint_eq(colour, raster_dot(&RASTER, x, y) ? 0 : 0xFFFFFF);
        }
    }
    SDL_FreeSurface(plain);
    SDL_FreeSurface(read);
    free(path);
}
END_TEST

START_TEST(test_picture_refuses_names_and_folders)
{
    struct printer made = {.ops = &PICTURE_OPS, .target = folder};
    static const char *const NAMES[] = {"", "../x", "a/b", ".hidden"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        ck_assert_int_eq(made.ops->print(&made, &RASTER, NAMES[i], NULL), PRINTER_ERROR);
    }
    made.target = "/proc/no-such-folder";
    struct error error = ERROR_NONE;
    ck_assert_int_eq(made.ops->state(&made, &error), PRINTER_OFFLINE);
    ck_assert_ptr_nonnull(strstr(error.text, "/proc/no-such-folder"));
    ck_assert_int_eq(made.ops->print(&made, &RASTER, "K7M4QX", NULL), PRINTER_ERROR);
}
END_TEST

START_TEST(test_page_place_keeps_true_size)
{
    struct raster slip = {.width = 576, .height = 1600, .stride = 72};
    struct page a5 = {.width_um = 148000, .height_um = 210000};
    struct page a4 = {.width_um = 210000, .height_um = 297000};
    struct page card = {.width_um = 60000, .height_um = 90000};
    struct page_place place = page_place(&a5, &slip, 203);
    ck_assert_uint_eq(place.height, 200197 * 989 / 1000); // a little smaller, to keep off the edge
    place = page_place(&a4, &slip, 203);
    ck_assert_uint_gt(place.width, 72000 * 13 / 10);
    ck_assert_uint_le(place.height + place.y, 297000 - 6000);
    ck_assert_uint_eq(place.x * 2 + place.width, 210000);
    place = page_place(&card, &slip, 203);
    ck_assert_uint_le(place.height + place.y, 90000 - 6000);
}
END_TEST

START_TEST(test_page_dots_and_pdf)
{
    struct page page = {.width_um = 25400, .height_um = 12700, .dpi = 100};
    unsigned width, height;
    uint8_t *out = page_dots(&page, &RASTER, 100, &width, &height);
    ck_assert_uint_eq(width, 100);
    ck_assert_uint_eq(height, 50);
    unsigned dark = 0;
    for (unsigned i = 0; i < width * height; i++) {
        ck_assert(out[i] == 0 || out[i] == 255);
        dark += out[i] == 0;
    }
    ck_assert_uint_gt(dark, 0);
    free(out);
    struct text_buffer pdf = {0};
    page_pdf(&pdf, &page, &RASTER, 100);
    ck_assert_mem_eq(pdf.text, "%PDF-1.4\n", 9);
    const char *table = strstr(pdf.text + pdf.length - 40, "startxref\n");
    ck_assert_ptr_nonnull(table);
    size_t offset = strtoul(table + 10, NULL, 10);
    ck_assert_mem_eq(pdf.text + offset, "xref\n", 5);
    text_buffer_release(&pdf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("picture");
    TCase *tests = tcase_create("picture");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_draw_contains_or_covers);
    tcase_add_test(tests, test_draw_alpha_contrast_and_clip);
    tcase_add_test(tests, test_draw_scene_shifted);
    tcase_add_test(tests, test_draw_scene_ground);
    tcase_add_test(tests, test_draw_scene_made_ready);
    tcase_add_loop_test(tests, test_draw_bad_is_a_sentence, 0, sizeof BAD / sizeof *BAD);
    tcase_add_test(tests, test_cache_is_bounded);
    tcase_add_test(tests, test_picture_is_the_raster);
    tcase_add_test(tests, test_picture_refuses_names_and_folders);
    tcase_add_test(tests, test_page_place_keeps_true_size);
    tcase_add_test(tests, test_page_dots_and_pdf);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

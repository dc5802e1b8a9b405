#include "slip/slip.h"

#include <string.h>

#include "base/memory.h"
#include "booking/vevent.h"
#include "draw/calendar.h"
#include "draw/clockface.h"
#include "slip/parts.h"

#include "base/banned.h"

#define BLACK 0x000000
#define WHITE 0xFFFFFF
#define QR_BYTES 213 // what version 10-M (57 modules) holds in byte mode, ISO/IEC 18004 table 7
#define TEXT_SIZE 256
#define PHONE_WHOLE 18 // letters of a phone number: "+32 470 12 34 56"

static const char *get(const struct content *content, const char *key)
{
    return catalog_get(content->catalog, key);
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

// ---- sections, from above

void part_band(struct pen *pen, const struct content *content)
{
    struct text_block name;
    char broken[PEN_TEXT];
    int width = pen->width - 2 * pen->margin;
    pen_fit(pen, &name, broken, sizeof broken, or_empty(content->town->name), pen_style(pen, 38, true), width,
            2, 1.1f);
    struct text_style small = pen_style(pen, 30, false);
    int above = pen_dots(pen, 14), line = (int)((float)small.size * 1.25f);
    int height = above + name.height + line + pen_dots(pen, 14);
    int y = pen_take(pen, height);
    canvas_fill(&pen->canvas, 0, y, pen->width, height, BLACK);
    text_block_draw(&pen->canvas, &name, pen->margin, y + above, width, name.height, TEXT_CENTRE, WHITE);
    text_draw_in(&pen->canvas, get(content, "slip.print.title"), small, pen->margin, y + above + name.height,
                 width, line, TEXT_CENTRE, WHITE);
}

static void paint_week(struct pen *pen, int weekday)
{
    float unit = pen->scale * (pen->large ? 1.25f : 1);
    struct calendar_style style = {.box_width = 44 * unit,
                                   .box_height = 30 * unit,
                                   .gap = 10 * unit,
                                   .radius = 6 * unit,
                                   .border = (float)pen_dots(pen, 4),
                                   .border_today = (float)pen_dots(pen, 4),
                                   .edge = BLACK,
                                   .fill = WHITE,
                                   .weekend_fill = WHITE,
                                   .today_edge = BLACK,
                                   .today_fill = BLACK,
                                   .weekend_dotted = true};
    int y = pen_take(pen, (int)(30 * unit + 1));
    float x = ((float)pen->width - calendar_week_width(&style)) / 2;
    calendar_week_draw(&pen->canvas, x, (float)y, weekday, &style);
}

static void part_date(struct pen *pen, const struct content *content)
{
    int32_t day = content->booking->slot.start.day;
    struct civil_date date = day_civil(day);
    char text[TEXT_SIZE];
    text_print(text, sizeof text, "%s\n%d %s", catalog_getf(content->catalog, "day.%d", day_weekday(day)),
               date.day, catalog_getf(content->catalog, "month.%d", date.month));
    pen_take(pen, pen_dots(pen, 16));
    pen_centred(pen, text, 58, true, 1.1f, 2);
    pen_take(pen, pen_dots(pen, 10));
    paint_week(pen, day_weekday(day));
    pen_rule(pen, 16, 14);
}

// "negen uur dertig", as the voice says it; a minute without a word stays a number.
static void hour_words(const struct catalog *catalog, int minute, char *out, size_t size)
{
    char digits[2][8], key[24];
    const char *words[2];
    for (int i = 0; i < 2; i++) {
        int number = i == 0 ? minute / 60 : minute % 60;
        text_print(digits[i], sizeof digits[i], "%d", number);
        text_print(key, sizeof key, "number.%d", number);
        words[i] = catalog_has(catalog, key) ? catalog_get(catalog, key) : digits[i];
    }
    const char *fills[] = {"hour", words[0], "minute", words[1], NULL};
    catalog_fill(out, size, catalog_get(catalog, minute % 60 == 0 ? "spoken.time.whole" : "spoken.time.hour"),
                 fills);
}

static void part_hour(struct pen *pen, const struct content *content)
{
    int minute = content->booking->slot.start.minute, side = pen_grown(pen, 168), gap = pen_dots(pen, 26);
    char text[16], words[80], broken[PEN_TEXT];
    struct text_block hour, word;
    text_print(text, sizeof text, "%d.%02d", minute / 60, minute % 60);
    hour_words(content->catalog, minute, words, sizeof words);
    int room = pen->width - 2 * pen->margin - side - gap;
    char *last = strrchr(words, ' ');
    if (last != NULL && strchr(words, '\n') == NULL && text_width(words, pen_style(pen, 38, true)) > room) {
        *last = '\n'; // the minutes below the hour, not "uur" below its number
    }
    text_fit(&hour, text, pen_style(pen, 122, true), pen_dots(pen, 60), room, 0, 1, 0.9f);
    pen_fit(pen, &word, broken, sizeof broken, words, pen_style(pen, 38, true), room, 2, 1.15f);
    int wide = hour.width > word.width ? hour.width : word.width;
    int x = (pen->width - side - gap - wide) / 2;
    int high = (int)((float)hour.style.size * TEXT_CAPITAL), space = pen_grown(pen, 14);
    int all = high + space + word.height, tall = all + pen_dots(pen, 12), whole = tall > side ? tall : side;
    int y = pen_take(pen, whole), clock = y + (whole - side) / 2;
    clockface_draw(&pen->canvas, (float)x, (float)clock, (float)side, minute, &CLOCKFACE_BLACK);
    x += side + gap;
    y += (whole - all) / 2;
    text_draw(&pen->canvas, text, hour.style, x, y + high, TEXT_LEFT, BLACK);
    text_block_draw(&pen->canvas, &word, x, y + high + space, wide, word.height, TEXT_LEFT, BLACK);
    pen_rule(pen, 14, 0);
}

struct line {
    const char *text;
    bool strong; // the larger, bold one
};

static void fit_line(const struct pen *pen, struct text_block *block, char room[PEN_TEXT],
                     const struct line *line, int width)
{
    pen_fit(pen, block, room, PEN_TEXT, line->text, pen_style(pen, line->strong ? 36 : 30, line->strong),
            width, line->strong ? 2 : 4, 1.22f);
}

// A pictogram, and right of it two texts.
static void paint_line(struct pen *pen, const char *pictogram, const struct line lines[2])
{
    int side = pen_grown(pen, 92), gap = pen_dots(pen, 20), x = pen->margin + side + gap;
    int width = pen->width - pen->margin - x;
    struct text_block first, second;
    char broken[2][PEN_TEXT];
    fit_line(pen, &first, broken[0], &lines[0], width);
    fit_line(pen, &second, broken[1], &lines[1], width);
    int height = first.height + second.height;
    int above = pen_dots(pen, 14), whole = height > side ? height : side;
    int y = pen_take(pen, above + whole) + above;
    pen_pictogram(pen, pictogram, pen->margin, y + (whole - side) / 2, side);
    y += (whole - height) / 2;
    text_block_draw(&pen->canvas, &first, x, y, width, first.height, TEXT_LEFT, BLACK);
    text_block_draw(&pen->canvas, &second, x, y + first.height, width, second.height, TEXT_LEFT, BLACK);
}

static void add_part(char *text, size_t size, const char *separator, const char *part)
{
    size_t used = strlen(text);
    if (part != NULL && *part != '\0') {
        text_print(text + used, size - used, "%s%s", used > 0 ? separator : "", part);
    }
}

static void part_where(struct pen *pen, const struct content *content)
{
    const struct town *town = content->town;
    char place[TEXT_SIZE] = "", room[TEXT_SIZE] = "";
    add_part(room, sizeof room, ", ", town->room);
    add_part(room, sizeof room, ", ", town->floor);
    add_part(place, sizeof place, "", town->address);
    add_part(place, sizeof place, "\n", room);
    paint_line(pen, "here", (const struct line[]){{or_empty(town->building), true}, {place, false}});
}

static void part_guide(struct pen *pen, const struct content *content)
{
    char text[TEXT_SIZE];
    bool named = content->guide != NULL && *content->guide != '\0';
    const char *fills[] = {"guide", content->guide, NULL};
    catalog_fill(text, sizeof text, get(content, named ? "slip.print.with" : "slip.print.with-guide"), fills);
    paint_line(pen, "guide", (const struct line[]){{text, true}, {get(content, "slip.print.free"), false}});
}

// One size for all words: a step smaller where each then has one line. In large print rather two lines.
static struct text_style bring_style(const struct pen *pen, const struct content *content,
                                     const struct town_bring *const *list, unsigned count, int width)
{
    struct text_style usual = pen_style(pen, 30, true), style = usual;
    for (; !pen->large && style.size >= pen->text_min * 4 / 5; style.size--) {
        int widest = 0;
        for (unsigned i = 0; i < count; i++) {
            int word = text_width(catalog_getf(content->catalog, "bring.%s", list[i]->id), style);
            widest = word > widest ? word : widest;
        }
        if (widest <= width) {
            return style;
        }
    }
    return usual;
}

void part_bring(struct pen *pen, const struct content *content)
{
    const struct town_bring *list[3];
    unsigned count = 0;
    for (unsigned i = 0; i < content->town->bring_count && count < 3; i++) {
        const struct town_bring *bring = &content->town->bring[i];
        if (bring->when == NULL || town_condition_holds(bring->when, content->booking)) {
            list[count++] = bring;
        }
    }
    if (count == 0) {
        return;
    }
    if (!content->options->sheet) {
        pen_rule(pen, 16, 8);
    }
    pen_centred(pen, get(content, "slip.print.bring"), 36, true, 1.25f, 1);
    int cell = (pen->width - 2 * pen->margin) / (int)count, side = pen_grown(pen, 132);
    side = side > cell * 9 / 10 ? cell * 9 / 10 : side;
    struct text_style style = bring_style(pen, content, list, count, cell - pen_dots(pen, 8));
    int line = (int)((float)style.size * 1.3f), y = pen_take(pen, side + 2 * line);
    unsigned most = 1;
    for (unsigned i = 0; i < count; i++) {
        struct text_block word;
        int x = pen->margin + (int)i * cell;
        pen_pictogram(pen, list[i]->pictogram, x + (cell - side) / 2, y, side);
        text_fit(&word, catalog_getf(content->catalog, "bring.%s", list[i]->id), style, pen->text_min * 4 / 5,
                 cell - pen_dots(pen, 8), 0, 2, 1.3f);
        text_block_draw(&pen->canvas, &word, x, y + side, cell, word.height, TEXT_CENTRE, BLACK);
        most = word.count > most ? word.count : most;
    }
    pen->y -= most == 1 ? line : 0;
}

int part_qr(struct pen *pen, const struct content *content, struct error *error)
{
    char text[VEVENT_MAX + 1];
    int result = slip_qr_text(content->booking, content->town, content->catalog, text, sizeof text, error);
    return result == 0 ? pen_qr(pen, text, error) : result;
}

// What to do when one cannot come: the number counts, also for who reads nothing but digits. It stays whole;
// what is longer than a number breaks where it may.
static void foot_lines(const struct content *content, char *call, size_t size, struct line lines[2])
{
    const char *phone = or_empty(content->town->phone);
    bool slot = content->booking->kind == BOOKING_SLOT, whole = strlen(phone) <= PHONE_WHOLE;
    char number[TEXT_SIZE] = "", letter[2] = "";
    for (const char *from = phone; *from != '\0'; from++) {
        letter[0] = *from;
        add_part(number, sizeof number, "", *from == ' ' && whole ? "\u00a0" : letter);
    }
    const char *fills[] = {"phone", number, NULL};
    catalog_fill(call, size, get(content, "slip.print.call"), fills);
    lines[0] = (struct line){get(content, slot ? "slip.print.cannot" : "slip.print.question"), false};
    lines[1] = (struct line){call, true};
}

void part_foot(struct pen *pen, const struct content *content)
{
    char call[TEXT_SIZE];
    struct line lines[2];
    foot_lines(content, call, sizeof call, lines);
    paint_line(pen, "phone", lines);
}

void part_foot_tall(struct pen *pen, const struct content *content)
{
    struct text_block block;
    struct line lines[2];
    char call[TEXT_SIZE], broken[PEN_TEXT];
    foot_lines(content, call, sizeof call, lines);
    int side = pen_grown(pen, 92), width = pen->width - pen->margin;
    pen_pictogram(pen, "phone", 0, pen_take(pen, side + pen_dots(pen, 4)), side);
    for (int i = 0; i < 2; i++) {
        fit_line(pen, &block, broken, &lines[i], width);
        int y = pen_take(pen, block.height);
        text_block_draw(&pen->canvas, &block, 0, y, width, block.height, TEXT_LEFT, BLACK);
    }
}

void part_help(struct pen *pen, const struct content *content)
{
    if (content->options->help_text != NULL && *content->options->help_text != '\0') {
        pen_rule(pen, 14, 8);
        pen_centred(pen, content->options->help_text, 30, false, 1.25f, 6);
    }
    pen_take(pen, pen_dots(pen, 24));
}

static void part_callback(struct pen *pen, const struct content *content)
{
    int side = pen_dots(pen, 300);
    bool phone = content->booking->phone[0] != '\0';
    int y = pen_take(pen, side + pen_dots(pen, 40)) + pen_dots(pen, 20);
    pen_pictogram(pen, phone ? "callback" : "referred-counter", (pen->width - side) / 2, y, side);
    pen_centred(pen, get(content, phone ? "slip.print.callback" : "slip.print.counter"), 58, true, 1.15f, 2);
    pen_take(pen, pen_dots(pen, 6));
    pen_centred(pen, get(content, phone ? "slip.print.callback-second" : "slip.print.counter-second"), 36,
                false, 1.25f, 3);
    if (!phone) {
        pen_rule(pen, 16, 0);
        part_where(pen, content);
    }
}

int slip_qr_text(const struct booking *booking, const struct town *town, const struct catalog *catalog,
                 char *out, size_t size, struct error *error)
{
    char place[TEXT_SIZE] = "";
    if (booking->kind == BOOKING_CALLBACK) {
        return text_print(out, size, "%s", booking->code);
    }
    add_part(place, sizeof place, ", ", town->building);
    add_part(place, sizeof place, ", ", town->address);
    return vevent_write(booking, catalog_get(catalog, "slip.print.summary"), place, QR_BYTES, out, size,
                        error);
}

void part_promise(struct pen *pen, const struct content *content)
{
    if (content->booking->kind == BOOKING_CALLBACK) {
        part_callback(pen, content);
        return;
    }
    part_date(pen, content);
    part_hour(pen, content);
    part_where(pen, content);
    part_guide(pen, content);
}

static int paint_all(struct pen *pen, const struct content *content, struct error *error)
{
    part_band(pen, content);
    part_promise(pen, content);
    if (content->booking->kind != BOOKING_CALLBACK)
        part_bring(pen, content);
    pen_rule(pen, 16, 16);
    pen_code(pen, content->booking->code);
    int result = part_qr(pen, content, error);
    pen->y -= pen_dots(pen, 6); // the quiet zone is white already
    part_foot(pen, content);
    part_help(pen, content);
    pen_take(pen, (8 - pen->y % 8) % 8);
    return result;
}

int slip_paint(const struct booking *booking, const char *guide_name, const struct town *town,
               const struct catalog *catalog, const struct slip_options *options, struct raster *raster,
               struct error *error)
{
    struct content content = {booking, guide_name, town, catalog, options};
    unsigned width = options->width == 0 ? 576 : options->width, dpi = options->dpi == 0 ? 203 : options->dpi;
    struct pen pen;
    *raster = (struct raster){0};
    if (!code_valid(booking->code)) {
        return error_set(error, ERROR_INVALID, "the slip's booking has no valid code");
    }
    if (width < SLIP_DOTS_MIN || width > SLIP_DOTS_MAX) {
        return error_set(error, ERROR_INVALID, "a slip is %d to %d dots wide, not %u", SLIP_DOTS_MIN,
                         SLIP_DOTS_MAX, width);
    }
    if (options->sheet) {
        return sheet_paint(&content, raster, error);
    }
    pen_init(&pen, width, dpi, options->large);
    int result = paint_all(&pen, &content, error);
    if (result == 0) {
        raster_from_canvas(raster, &pen.canvas, (unsigned)pen.y);
    }
    pen_release(&pen);
    return result;
}

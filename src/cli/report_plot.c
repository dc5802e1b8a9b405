// People reached, a column a month, in parts by channel: a picture that goes into slides and on paper. Of
// more months than have room a column is a quarter or a year: the sum of what is shown of its months. Lengths
// are units of the viewBox; letters are estimated rather wide, whatever the font is. Colours are those of the
// kiosk's theme. Each part has a pattern of its own: legible in grey.
#include <string.h>

#include "base/utf8.h"
#include "cli/page.h"
#include "cli/report.h"

#include "base/banned.h"

enum {
    WIDTH = 720,
    LEFT = 48, // of the columns
    RIGHT = 712,
    TALL = 240, // from nought to the axis' top
    TITLE_BASE = 24,
    SPAN_BASE = 46,
    LEGEND_TOP = 60,
    LEGEND_ROW = 24,
    SWATCH = 16,
    LETTERS = 13, // size of most text
    TITLE_LETTERS = 19,
    WIDEST_COLUMN = 64,
    SMALL_LETTERS = 11,     // of what stands under and over the columns, when they are near each other
    NARROW = 32,            // from one column to the next
    COLUMNS_MAX = 61,       // five years of months, fifteen of quarters and a part
    MONTHS_IN_FULL = 60,    // beyond them a column is a quarter
    QUARTERS_IN_FULL = 180, // months; beyond them a column is a year
    GRID_LINES = 5,         // at most, but the axis
};
#define NAVY "#1B2A41"
#define EDGE "#71829A"
#define LIGHT "#DCE5EE"

// How a channel is drawn: a fill, and lines over it in a tile of 8 × 8.
struct shade {
    const char *fill, *line, *path;
};
// After the channels': what is not shown by channel, and a month that is hidden.
enum { CHANNEL_SHADES = 8, UNSEEN = CHANNEL_SHADES, FEW, SHADES };
static const struct shade shades[] = {
    {NAVY, NULL, NULL},                                                // walk-in
    {"#F2A33A", NULL, NULL},                                           // letter
    {"#0B7A75", "#FFFFFF", "M0 2H8"},                                  // kiosk
    {"#DCE5EE", NAVY, "M-2 2L2 -2M0 8L8 0M6 10L10 6"},                 // phone
    {"#7388A6", "#FFFFFF", "M2 0V8"},                                  // counter
    {"#FDEFD6", "#F2A33A", "M-2 6L2 10M0 0L8 8M6 -2L10 2"},            // partner
    {"#E1F0EE", "#0B7A75", "M2 1.5V4.5M.5 3H3.5M6 5.5V8.5M4.5 7H7.5"}, // a town's own
    {"#FFFFFF", NAVY, "M0 4H8M4 0V8"},                                 // all its others
    {"#FFFFFF", EDGE, "M3 4H5"},                                       // UNSEEN
    {"#FFFFFF", NULL, NULL},                                           // FEW
};

struct column {
    const char *first;  // month
    int64_t total;      // REPORT_HIDDEN when all that there is in it is hidden
    int64_t parts[FEW]; // by shade
};

struct plot {
    const struct cli *cli;
    const struct report_sheet *sheet;
    struct column columns[COLUMNS_MAX];
    unsigned count, months_each;
    bool used[SHADES];
    const char *names[SHADES]; // in the legend
    int top, base;             // y of the axis' top and of nought
    double step;               // from one column to the next
    int64_t most;              // at the axis' top
};

// ---- measures

static double letter_width(uint32_t letter)
{
    if (letter < 0x80 && strchr("iljtfr.,:;'|!()-", (int)letter) != NULL)
        return 0.44;
    if (letter < 0x80 && strchr("mwMW%", (int)letter) != NULL)
        return 1.0;
    return letter >= 'A' && letter <= 'Z' ? 0.75 : letter < 0x250 || letter == 0x2013 ? 0.64 : 1.0; // a dash
}

static double text_width(const char *text, double size)
{
    double width = 0;
    while (*text != 0)
        width += letter_width(utf8_next(&text));
    return width * size;
}

// 1, 2 or 5, with noughts behind.
static int64_t grid_step(int64_t most)
{
    static const int firsts[] = {1, 2, 5};
    for (int64_t ten = 1;; ten *= 10)
        for (int i = 0; i < 3; i++)
            if (firsts[i] * ten * GRID_LINES >= most)
                return firsts[i] * ten;
}

static int letters(const struct plot *plot)
{
    return plot->step < NARROW ? SMALL_LETTERS : LETTERS;
}

static double middle(const struct plot *plot, unsigned column)
{
    return LEFT + (column + 0.5) * plot->step;
}

static double column_width(const struct plot *plot)
{
    double width = plot->step * (plot->step < NARROW / 2.0 ? 0.8 : 0.66);
    return width > WIDEST_COLUMN ? WIDEST_COLUMN : width;
}

static double height_of(const struct plot *plot, int64_t count)
{
    return (double)count * TALL / (double)plot->most;
}

static int month_of(const char *month)
{
    return (month[5] - '0') * 10 + month[6] - '0';
}

// ---- parts of the picture

static void text_at(double x, double y, const char *how, const char *text)
{
    printf("<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, how);
    page_text(text);
    puts("</text>");
}

// In the middle of a column or of a year's columns.
static void text_over(const struct plot *plot, double x, double y, bool bold, const char *text)
{
    char how[96];
    text_print(how, sizeof(how), " text-anchor=\"middle\"%s%s", bold ? " font-weight=\"600\"" : "",
               letters(plot) == SMALL_LETTERS ? " font-size=\"11\"" : "");
    text_at(x, y, how, text);
}

static void box(double x, double y, double width, double height, unsigned shade)
{
    printf("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" ", x, y, width, height);
    if (shades[shade].path != NULL)
        printf("fill=\"url(#deel-%u)\"", shade);
    else
        printf("fill=\"%s\"", shades[shade].fill);
    if (shade == FEW)
        printf(" stroke=\"" EDGE "\" stroke-dasharray=\"3 2\"");
    else
        printf(" stroke=\"" NAVY "\" stroke-width=\".6\"");
    puts("/>");
}

static void patterns(const struct plot *plot)
{
    puts("<defs>");
    for (unsigned i = 0; i < SHADES; i++)
        if (plot->used[i] && shades[i].path != NULL)
            printf("<pattern id=\"deel-%u\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect "
                   "width=\"8\" "
                   "height=\"8\" fill=\"%s\"/><path d=\"%s\" stroke=\"%s\" stroke-width=\"1.6\" "
                   "fill=\"none\"/></pattern>\n",
                   i, shades[i].fill, shades[i].path, shades[i].line);
    puts("</defs>");
}

// Draws the legend, or only finds where it ends.
static int legend(const struct plot *plot, bool draws)
{
    double x = 1; // the edge of a swatch is drawn around it
    int y = LEGEND_TOP;
    for (unsigned i = 0; i < SHADES; i++) {
        if (!plot->used[i])
            continue;
        double width = SWATCH + 6 + text_width(plot->names[i], LETTERS);
        if (x > 1 && x + width > RIGHT) {
            x = 1;
            y += LEGEND_ROW;
        }
        if (draws) {
            box(x, y, SWATCH, SWATCH, i);
            text_at(x + SWATCH + 6, y + 13, "", plot->names[i]);
        }
        x += width + 18;
    }
    return y + LEGEND_ROW;
}

static void axis(const struct plot *plot)
{
    int64_t step = grid_step(plot->most);
    char text[24];
    text_at(0, plot->top - 18, " fill=\"#55657A\"", cli_text(plot->cli, "report.people"));
    for (int64_t at = 0; at <= plot->most; at += step) {
        double y = plot->base - height_of(plot, at);
        report_cell_text(at, text);
        printf("<path d=\"M%d %.1fH%d\" stroke=\"%s\"/>\n", LEFT, y, RIGHT, at == 0 ? EDGE : LIGHT);
        text_at(LEFT - 8, y + 4.5, " text-anchor=\"end\" fill=\"#55657A\"", text);
    }
}

static void draw_column(const struct plot *plot, unsigned at)
{
    const struct column *column = &plot->columns[at];
    double width = column_width(plot), x = middle(plot, at) - width / 2;
    int64_t under = 0;
    if (column->total == REPORT_HIDDEN) {
        double tall = height_of(plot, REPORT_SMALLEST - 1);
        box(x, plot->base - tall, width, tall, FEW);
        return;
    }
    for (unsigned i = 0; i < FEW; i++) {
        under += column->parts[i];
        if (column->parts[i] > 0)
            box(x, plot->base - height_of(plot, under), width, height_of(plot, column->parts[i]), i);
    }
}

static const char *number_of(const struct column *column, char out[24])
{
    if (column->total == REPORT_HIDDEN)
        text_copy(out, 24, "1–4");
    else
        report_cell_text(column->total, out);
    return out;
}

// Over all columns, or over none when one has no room.
static void numbers(const struct plot *plot)
{
    char text[24];
    for (unsigned i = 0; i < plot->count; i++)
        if (text_width(number_of(&plot->columns[i], text), letters(plot)) + 3 > plot->step)
            return;
    for (unsigned i = 0; i < plot->count; i++) {
        int64_t total = plot->columns[i].total;
        double tall = height_of(plot, total == REPORT_HIDDEN ? REPORT_SMALLEST - 1 : total);
        text_over(plot, middle(plot, i), plot->base - tall - 5, true, number_of(&plot->columns[i], text));
    }
}

// ---- below: the months in full, cut, or every third; and the years

static const char *month_text(const struct plot *plot, unsigned column, bool cut)
{
    char key[24];
    text_print(key, sizeof(key), "%s.%d", cut ? "month-short" : "month",
               month_of(plot->columns[column].first));
    return cli_text(plot->cli, key);
}

// Whether names of every `every`th month have room beside each other.
static bool fit(const struct plot *plot, bool cut, unsigned every)
{
    for (unsigned i = 0; i < plot->count; i++)
        if (text_width(month_text(plot, i, cut), letters(plot)) + 4 > plot->step * every)
            return false;
    return true;
}

static void months(const struct plot *plot)
{
    bool cut = !fit(plot, false, 1);
    int every = !cut || fit(plot, true, 1) ? 1 : 3;
    for (unsigned i = 0; i < plot->count && plot->months_each == 1; i++) {
        const char *text = month_text(plot, i, cut);
        double half = text_width(text, letters(plot)) / 2;
        if ((month_of(plot->columns[i].first) - 1) % every == 0 && middle(plot, i) + half <= WIDTH)
            text_over(plot, middle(plot, i), plot->base + 18, false, text);
    }
}

// A year stands under the middle of its columns, where it has room; else every second one.
static void years(const struct plot *plot)
{
    double room = text_width("2016", LETTERS) + 6;
    int every = plot->step * 12 / plot->months_each >= room ? 1 : 2;
    for (unsigned first = 0, next; first < plot->count; first = next) {
        char year[8];
        text_print(year, sizeof(year), "%.4s", plot->columns[first].first);
        for (next = first; next < plot->count && strncmp(plot->columns[next].first, year, 4) == 0;)
            next++;
        if (first > 0 && plot->months_each < 12)
            printf("<path d=\"M%.1f %dV%d\" stroke=\"" EDGE "\"/>\n", LEFT + first * plot->step,
                   plot->base + 24, plot->base + 40);
        if ((year[3] - '0') % every == 0 && (every > 1 || (next - first) * plot->step >= room))
            text_at(LEFT + (first + next) / 2.0 * plot->step, plot->base + 37,
                    " text-anchor=\"middle\" font-weight=\"600\"", year);
    }
}

// ---- the whole

// Which shade a channel has: a known one the same in every report; of a town's own all but the first share
// one.
static unsigned shade_of(const struct report_sheet *sheet, unsigned channel)
{
    static const char *const known[] = {"walk-in", "letter", "kiosk", "phone", "counter", "partner"};
    enum { KNOWN = sizeof(known) / sizeof(known[0]) };
    for (unsigned i = 0; i < KNOWN; i++)
        if (strcmp(sheet->channels[channel], known[i]) == 0)
            return i;
    return channel > 0 && shade_of(sheet, channel - 1) >= KNOWN ? KNOWN + 1 : KNOWN;
}

static void name_shades(struct plot *plot)
{
    const struct report_sheet *sheet = plot->sheet;
    for (unsigned c = 0; c < sheet->channel_count; c++) {
        const char **name = &plot->names[shade_of(sheet, c)];
        *name = *name == NULL ? report_channel_words(plot->cli, sheet->channels[c])
                              : cli_text(plot->cli, "report.other-channels");
    }
    plot->names[UNSEEN] = cli_text(plot->cli, "report.unseen");
    plot->names[FEW] = cli_text(plot->cli, "report.few");
}

static void add_month(struct column *column, const struct report_sheet *sheet, unsigned month)
{
    int64_t total = report_cell(sheet, month, sheet->channel_count);
    if (total == REPORT_HIDDEN) {
        column->total = column->total == 0 ? REPORT_HIDDEN : column->total;
        return;
    }
    for (unsigned c = 0; c < sheet->channel_count; c++)
        if (report_cell(sheet, month, c) > 0)
            column->parts[shade_of(sheet, c)] += report_cell(sheet, month, c);
    column->parts[UNSEEN] += report_cell_rest(sheet, month);
    if (total > 0)
        column->total = total + (column->total == REPORT_HIDDEN ? 0 : column->total);
}

static void fill_columns(struct plot *plot)
{
    const struct report_sheet *sheet = plot->sheet;
    plot->months_each = sheet->month_count <= MONTHS_IN_FULL     ? 1
                        : sheet->month_count <= QUARTERS_IN_FULL ? 3
                                                                 : 12;
    for (unsigned m = 0; m < sheet->month_count; m++) {
        if (m == 0 || (unsigned)(month_of(sheet->months[m]) - 1) % plot->months_each == 0)
            plot->columns[plot->count++].first = sheet->months[m];
        add_month(&plot->columns[plot->count - 1], sheet, m);
    }
    for (unsigned i = 0; i < plot->count; i++) {
        const struct column *column = &plot->columns[i];
        plot->most = column->total > plot->most ? column->total : plot->most;
        for (unsigned shade = 0; shade < FEW; shade++)
            plot->used[shade] = plot->used[shade] || column->parts[shade] > 0;
        plot->used[FEW] = plot->used[FEW] || column->total == REPORT_HIDDEN;
    }
}

static void begin(struct plot *plot, const struct cli *cli, const struct report_sheet *sheet)
{
    *plot = (struct plot){.cli = cli, .sheet = sheet, .most = 1};
    name_shades(plot);
    fill_columns(plot);
    if (plot->used[FEW] && plot->most < REPORT_SMALLEST)
        plot->most = REPORT_SMALLEST;
    int64_t step = grid_step(plot->most);
    plot->most = (plot->most + step - 1) / step * step;
    plot->step = (double)(RIGHT - LEFT) / plot->count;
    plot->top = legend(plot, false) + 34;
    plot->base = plot->top + TALL;
}

void report_plot(const struct cli *cli, const struct report_sheet *sheet)
{
    struct plot plot;
    char span[96];
    begin(&plot, cli, sheet);
    const char *title = cli_text(cli, plot.months_each == 1   ? "report.plot"
                                      : plot.months_each == 3 ? "report.plot-quarters"
                                                              : "report.plot-years");
    printf("<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
           "role=\"img\" "
           "aria-label=\"",
           WIDTH, plot.base + 46, WIDTH);
    page_text(title);
    printf("\" font-family=\"'Noto Sans',sans-serif\" font-size=\"%d\" fill=\"" NAVY "\">\n", LETTERS);
    patterns(&plot);
    printf("<text y=\"%d\" font-size=\"%d\" font-weight=\"600\">", TITLE_BASE, TITLE_LETTERS);
    page_text(title);
    puts("</text>");
    report_span_words(cli, sheet->months[0], sheet->months[sheet->month_count - 1], span, sizeof(span));
    text_at(0, SPAN_BASE, " fill=\"#55657A\"", span);
    legend(&plot, true);
    axis(&plot);
    for (unsigned i = 0; i < plot.count; i++)
        draw_column(&plot, i);
    numbers(&plot);
    months(&plot);
    years(&plot);
    puts("</svg>");
}

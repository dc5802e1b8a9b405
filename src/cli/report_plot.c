// People reached, a column a month, in parts by channel: a picture that goes into slides and on paper. Its
// lengths are units of its viewBox; letters are estimated rather wide, whatever the font is. Colours are
// those of the kiosk's theme. Each part has a pattern of its own: legible in grey.
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
    GRID_LINES = 5, // at most, but the axis
};
#define NAVY "#1B2A41"
#define EDGE "#71829A"
#define LIGHT "#DCE5EE"

// How a channel is drawn: a fill, and lines over it in a tile of 8 × 8.
struct shade {
    const char *fill, *line, *path;
};
enum {
    SHADES = 8,
    OTHERS = SHADES - 1,
    UNSEEN = SHADES,
    FEW
}; // beyond the channels: not shown by channel, hidden month
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

struct plot {
    const struct cli *cli;
    const struct report_sheet *sheet;
    bool used[FEW + 1];
    const char *names[FEW + 1]; // in the legend
    int top, base;              // y of the axis' top and of nought
    double step;                // from one month to the next
    int64_t most;               // at the axis' top
};

// ---- measures

static double letter_width(uint32_t letter)
{
    if (letter < 0x80 && strchr("iljtfr.,:;'|!()-", (int)letter) != NULL)
        return 0.44;
    if (letter < 0x80 && strchr("mwMW%", (int)letter) != NULL)
        return 1.0;
    return letter >= 'A' && letter <= 'Z' ? 0.75 : letter < 0x250 ? 0.64 : 1.0;
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

static double middle(const struct plot *plot, unsigned month)
{
    return LEFT + (month + 0.5) * plot->step;
}

static double column_width(const struct plot *plot)
{
    double width = plot->step * (plot->step < 12 ? 0.8 : 0.66);
    return width > WIDEST_COLUMN ? WIDEST_COLUMN : width;
}

static double height_of(const struct plot *plot, int64_t count)
{
    return (double)count * TALL / (double)plot->most;
}

static int64_t total(const struct plot *plot, unsigned month)
{
    return report_cell(plot->sheet, month, plot->sheet->channel_count);
}

// ---- parts of the picture

static void text_at(double x, double y, const char *how, const char *text)
{
    printf("<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, how);
    page_text(text);
    puts("</text>");
}

static void box(double x, double y, double width, double height, unsigned shade)
{
    printf("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" ", x, y, width, height);
    if (shades[shade].path != NULL)
        printf("fill=\"url(#deel-%u)\"", shade);
    else
        printf("fill=\"%s\"", shades[shade].fill);
    puts(shade == FEW ? " stroke=\"" EDGE "\" stroke-dasharray=\"3 2\"/>"
                      : " stroke=\"" NAVY "\" stroke-width=\".6\"/>");
}

static void patterns(const struct plot *plot)
{
    puts("<defs>");
    for (unsigned i = 0; i <= FEW; i++)
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
    for (unsigned i = 0; i <= FEW; i++) {
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

// Which shade a channel has: the same in every report.
static unsigned shade_of(const struct report_sheet *sheet, unsigned channel)
{
    static const char *const known[] = {"walk-in", "letter", "kiosk", "phone", "counter", "partner"};
    enum { KNOWN = sizeof(known) / sizeof(known[0]) };
    unsigned own = 0;
    for (unsigned i = 0; i < KNOWN; i++)
        if (strcmp(sheet->channels[channel], known[i]) == 0)
            return i;
    for (unsigned c = 0; c < channel; c++)
        if (shade_of(sheet, c) >= KNOWN)
            own = 1;
    return KNOWN + own;
}

static void column(const struct plot *plot, unsigned month)
{
    const struct report_sheet *sheet = plot->sheet;
    double width = column_width(plot), x = middle(plot, month) - width / 2;
    int64_t under = 0;
    if (total(plot, month) == REPORT_HIDDEN) {
        double tall = height_of(plot, REPORT_SMALLEST - 1);
        box(x, plot->base - tall, width, tall, FEW);
        return;
    }
    for (unsigned c = 0; c <= sheet->channel_count; c++) {
        bool unseen = c == sheet->channel_count;
        int64_t count = unseen ? report_cell_rest(sheet, month) : report_cell(sheet, month, c);
        if (count <= 0)
            continue;
        under += count;
        box(x, plot->base - height_of(plot, under), width, height_of(plot, count),
            unseen ? UNSEEN : shade_of(sheet, c));
    }
}

// Numbers over all columns, or over none when one has no room.
static void numbers(const struct plot *plot)
{
    char text[24];
    for (unsigned r = 0; r < plot->sheet->month_count; r++) {
        report_cell_text(total(plot, r), text);
        if (text_width(text, LETTERS) + 3 > plot->step)
            return;
    }
    for (unsigned r = 0; r < plot->sheet->month_count; r++) {
        bool few = total(plot, r) == REPORT_HIDDEN;
        report_cell_text(total(plot, r), text);
        text_at(middle(plot, r), plot->base - height_of(plot, few ? REPORT_SMALLEST - 1 : total(plot, r)) - 5,
                " text-anchor=\"middle\" font-weight=\"600\"", few ? "1–4" : text);
    }
}

// ---- the months below: in full, cut, every third, or only the years

static void month_text(const struct plot *plot, unsigned month, bool cut, char out[32])
{
    char key[24];
    text_print(key, sizeof(key), "%s.%d", cut ? "month-short" : "month",
               (plot->sheet->months[month][5] - '0') * 10 + plot->sheet->months[month][6] - '0');
    text_copy(out, 32, cli_text(plot->cli, key));
}

// Whether names of every `every`th month have room beside each other.
static bool fit(const struct plot *plot, bool cut, unsigned every)
{
    char text[32];
    for (unsigned r = 0; r < plot->sheet->month_count; r++) {
        month_text(plot, r, cut, text);
        if (text_width(text, LETTERS) + 4 > plot->step * every)
            return false;
    }
    return true;
}

static void months(const struct plot *plot)
{
    char text[32];
    bool cut = !fit(plot, false, 1);
    unsigned every = !cut || fit(plot, true, 1) ? 1 : fit(plot, true, 3) ? 3 : 0;
    for (unsigned r = 0; r < plot->sheet->month_count && every > 0; r++) {
        int number = (plot->sheet->months[r][5] - '0') * 10 + plot->sheet->months[r][6] - '0';
        month_text(plot, r, cut, text);
        double half = text_width(text, LETTERS) / 2;
        if ((unsigned)(number - 1) % every == 0 && middle(plot, r) + half <= WIDTH)
            text_at(middle(plot, r), plot->base + 18, " text-anchor=\"middle\"", text);
    }
}

// A year stands under the middle of its months, where it has room; else every second, fifth or tenth.
static void years(const struct plot *plot)
{
    static const int everies[] = {1, 2, 5, 10};
    const struct report_sheet *sheet = plot->sheet;
    double room = text_width("2016", LETTERS) + 6;
    int every = 0;
    for (int i = 0; i < 4 && every == 0; i++)
        if (everies[i] * 12 * plot->step >= room || i == 3)
            every = everies[i];
    for (unsigned first = 0, next; first < sheet->month_count; first = next) {
        char year[8];
        text_print(year, sizeof(year), "%.4s", sheet->months[first]);
        for (next = first; next < sheet->month_count && strncmp(sheet->months[next], year, 4) == 0;)
            next++;
        double x = LEFT + (first + next) / 2.0 * plot->step;
        if (first > 0)
            printf("<path d=\"M%.1f %dV%d\" stroke=\"" EDGE "\"/>\n", LEFT + first * plot->step, plot->base,
                   plot->base + (every == 1 ? 40 : 8));
        if ((year[3] - '0') % every == 0 && (every > 1 || (next - first) * plot->step >= room))
            text_at(x, plot->base + 37, " text-anchor=\"middle\" font-weight=\"600\"", year);
    }
}

// ---- the whole

static void begin(struct plot *plot, const struct cli *cli, const struct report_sheet *sheet)
{
    *plot = (struct plot){.cli = cli, .sheet = sheet, .most = 1};
    for (unsigned c = 0; c < sheet->channel_count; c++) {
        unsigned shade = shade_of(sheet, c);
        plot->names[shade] = plot->used[shade] ? cli_text(cli, "report.other-channels")
                                               : report_channel_words(cli, sheet->channels[c]);
        plot->used[shade] = true;
    }
    plot->names[UNSEEN] = cli_text(cli, "report.unseen");
    plot->names[FEW] = cli_text(cli, "report.few");
    for (unsigned r = 0; r < sheet->month_count; r++) {
        plot->most = total(plot, r) > plot->most ? total(plot, r) : plot->most;
        plot->used[UNSEEN] = plot->used[UNSEEN] || report_cell_rest(sheet, r) > 0;
        plot->used[FEW] = plot->used[FEW] || total(plot, r) == REPORT_HIDDEN;
    }
    if (plot->used[FEW] && plot->most < REPORT_SMALLEST)
        plot->most = REPORT_SMALLEST;
    int64_t step = grid_step(plot->most);
    plot->most = (plot->most + step - 1) / step * step;
    plot->step = (double)(RIGHT - LEFT) / sheet->month_count;
    plot->top = legend(plot, false) + 34;
    plot->base = plot->top + TALL;
}

void report_plot(const struct cli *cli, const struct report_sheet *sheet)
{
    struct plot plot;
    char span[96];
    begin(&plot, cli, sheet);
    printf("<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
           "role=\"img\" "
           "aria-label=\"",
           WIDTH, plot.base + 46, WIDTH);
    page_text(cli_text(cli, "report.plot"));
    printf("\" font-family=\"'Noto Sans',sans-serif\" font-size=\"%d\" fill=\"" NAVY "\">\n", LETTERS);
    patterns(&plot);
    printf("<text y=\"%d\" font-size=\"%d\" font-weight=\"600\">", TITLE_BASE, TITLE_LETTERS);
    page_text(cli_text(cli, "report.plot"));
    puts("</text>");
    report_span_words(cli, sheet->months[0], sheet->months[sheet->month_count - 1], span, sizeof(span));
    text_at(0, SPAN_BASE, " fill=\"#55657A\"", span);
    legend(&plot, true);
    axis(&plot);
    for (unsigned r = 0; r < sheet->month_count; r++)
        column(&plot, r);
    numbers(&plot);
    months(&plot);
    years(&plot);
    puts("</svg>");
}

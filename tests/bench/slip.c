// A slip from the confirmed booking to ESC/POS bytes, against the bare work of the same content:
// libqrencode's encode, SDL_ttf's text with the same fonts in the same sizes, SDL_image's SVG in the same
// sizes, a threshold and a copy into bands; no layout, no fitting, no shapes. Prints a JSON line as
// tests/bench/parts.c does.
//   slip [ROUNDS]      from the source tree's root
// Both begin with nothing kept from the slip before, but with the fonts open.
#include <SDL.h>
#include <SDL_image.h>
#include <SDL_ttf.h>
#include <qrencode.h>
#include <time.h>

#include "../slip_fixture.h"
#include "base/memory.h"
#include "draw/pictogram.h"
#include "draw/text.h"
#include "slip/escpos.h"

#define ROUNDS_MAX 200
#define WIDTH 576
#define FONTS "/usr/share/fonts/truetype/noto/NotoSans-"

struct word { // what stands on the slip of slip_fixture.h, in the sizes of the README; ordered so that
              // a size is set once
    const char *text;
    int size;
    bool bold;
};
static const struct word WORDS[] = {{"Onthaalgesprek", 30, false},
                                    {"Marktplein 1", 30, false},
                                    {"loket 3, gelijkvloers", 30, false},
                                    {"Het gesprek is gratis.", 30, false},
                                    {"Bel 02 555 01 00", 30, false},
                                    {"uw kaart", 30, true},
                                    {"uw brieven", 30, true},
                                    {"wie tolkt", 30, true},
                                    {"Gemeentehuis", 36, true},
                                    {"met Els", 36, true},
                                    {"Breng mee", 36, true},
                                    {"Kunt u niet komen?", 36, true},
                                    {"Sint-Pieters-Leeuw", 38, true},
                                    {"uur", 44, true},
                                    {"dinsdag", 58, true},
                                    {"24 november", 58, true},
                                    {"4", 60, true},
                                    {"2", 60, true},
                                    {"2", 60, true},
                                    {"M", 60, true},
                                    {"Z", 60, true},
                                    {"V", 60, true},
                                    {"9.30", 122, true}};
static const struct {
    const char *name;
    int side;
} SIGNS[] = {
    {"here", 92}, {"guide", 92}, {"bring-id", 132}, {"bring-letter", 132}, {"bring-interpreter", 132},
    {"phone", 92}};
static TTF_Font *fonts[2];
static struct error error;

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void stop(const char *what)
{
    fprintf(stderr, "%s: %s %s\n", what, error.text, SDL_GetError());
    exit(1);
}

static double ours(const struct slip_fixture *fixture, size_t *size, unsigned *height)
{
    text_cache_wipe();
    pictogram_cache_clear();
    double start = now_us();
    struct raster raster;
    struct text_buffer bytes = {0};
    const struct slip_options options = {.width = WIDTH, .dpi = 203};
    if (slip_paint(&fixture->booking, "Els", fixture->town, fixture->catalog, &options, &raster, &error) != 0)
        stop("slip");
    escpos_encode(&bytes, &raster, 255, true);
    double took = now_us() - start;
    *size = bytes.length;
    *height = raster.height;
    text_buffer_release(&bytes);
    raster_release(&raster);
    return took;
}

static void put(SDL_Surface *paper, SDL_Surface *piece, int *y)
{
    if (piece == NULL)
        stop("piece");
    SDL_BlitSurface(piece, NULL, paper, &(SDL_Rect){0, *y, piece->w, piece->h});
    *y = (*y + piece->h) % (paper->h - 200);
    SDL_FreeSurface(piece);
}

static void put_qr(SDL_Surface *paper, const char *text, int *y)
{
    QRcode *qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (qr == NULL)
        stop("qr");
    for (int i = 0; i < qr->width * qr->width; i++)
        if (qr->data[i] & 1)
            SDL_FillRect(paper, &(SDL_Rect){i % qr->width * 6, *y + i / qr->width * 6, 6, 6}, 0xFF000000);
    QRcode_free(qr);
}

static void put_signs(SDL_Surface *paper, int *y)
{
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        char *path = memory_format("assets/pictograms/%s.svg", SIGNS[i].name);
        SDL_RWops *file = SDL_RWFromFile(path, "rb");
        put(paper, file ? IMG_LoadSizedSVG_RW(file, SIGNS[i].side, SIGNS[i].side) : NULL, y);
        SDL_RWclose(file);
        free(path);
    }
}

// 32 bits to one, as plainly as it goes.
static void encode(const SDL_Surface *paper, struct text_buffer *out)
{
    uint8_t *bits = memory_new((size_t)WIDTH / 8 * (size_t)paper->h, 1);
    struct raster raster = {.width = WIDTH, .height = (unsigned)paper->h, .stride = WIDTH / 8, .bits = bits};
    for (int y = 0; y < paper->h; y++) {
        const uint32_t *row =
            (const uint32_t *)((const uint8_t *)paper->pixels + (size_t)y * (size_t)paper->pitch);
        for (int x = 0; x < WIDTH; x++)
            bits[y * (WIDTH / 8) + x / 8] |= (uint8_t)(((row[x] >> 8 & 255) < 143) << (7 - x % 8));
    }
    escpos_encode(out, &raster, 255, true);
    free(bits);
}

static double bare(const char *qr, unsigned height)
{
    double start = now_us();
    int y = 0;
    struct text_buffer bytes = {0};
    SDL_Surface *paper = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, (int)height, 32, SDL_PIXELFORMAT_ARGB8888);
    SDL_FillRect(paper, NULL, 0xFFFFFFFF);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        TTF_SetFontSize(fonts[WORDS[i].bold], WORDS[i].size);
        put(paper, TTF_RenderUTF8_Blended(fonts[WORDS[i].bold], WORDS[i].text, (SDL_Color){0, 0, 0, 255}),
            &y);
    }
    put_signs(paper, &y);
    put_qr(paper, qr, &y);
    encode(paper, &bytes);
    SDL_FreeSurface(paper);
    text_buffer_release(&bytes);
    return now_us() - start;
}

static void print_list(const char *name, const double *values, int count)
{
    printf(", \"%s\": [", name);
    for (int i = 0; i < count; i++)
        printf("%s%.2f", i ? ", " : "", values[i]);
    printf("]");
}

int main(int argc, char **argv)
{
    static double mine[ROUNDS_MAX], theirs[ROUNDS_MAX];
    int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 60;
    rounds = rounds < 1 || rounds > ROUNDS_MAX ? 60 : rounds;
    struct slip_fixture fixture;
    char qr[512];
    size_t size = 0;
    unsigned height = 0;
    slip_fixture_open(&fixture, "422MZV");
    if (TTF_Init() != 0 || (fonts[0] = TTF_OpenFont(FONTS "Regular.ttf", 30)) == NULL ||
        (fonts[1] = TTF_OpenFont(FONTS "Bold.ttf", 30)) == NULL)
        stop("fonts");
    if (slip_qr_text(&fixture.booking, fixture.town, fixture.catalog, qr, sizeof qr, &error) != 0)
        stop("qr");
    ours(&fixture, &size, &height);
    bare(qr, height);
    for (int i = 0; i < rounds; i++) {
        mine[i] = ours(&fixture, &size, &height);
        theirs[i] = bare(qr, height);
    }
    printf("{\"name\": \"slip\", \"unit\": \"µs\", \"note\": \"576 x %u dots, %zu bytes, nothing kept from "
           "the slip before\"",
           height, size);
    print_list("ours", mine, rounds);
    print_list("reference", theirs, rounds);
    printf("}\n");
    slip_fixture_close(&fixture);
    return 0;
}

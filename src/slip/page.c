#include "slip/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

#define MARGIN_UM 6000U  // most printers cannot print nearer to the edge
#define LARGER_MAX 1414U // thousandths: A5 → A4
#define INCH_UM 25400U

bool page_named(struct page *page, const char *name)
{
    static const struct {
        const char *name;
        struct page page;
    } PAGES[] = {{"a4", {"iso_a4_210x297mm", 210000, 297000, 300, false}},
                 {"a5", {"iso_a5_148x210mm", 148000, 210000, 300, false}}};
    for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++) {
        if (strcmp(name, PAGES[i].name) == 0) {
            *page = PAGES[i].page;
            return true;
        }
    }
    return false;
}

// All of the page, margins too; what the page is longer is shared by both ends.
static struct page_place sheet_place(const struct page *page, const struct raster *raster)
{
    struct page_place place = {.width = page->width_um, .height = page->height_um};
    uint64_t high = (uint64_t)page->width_um * raster->height / raster->width;
    if (high <= page->height_um) {
        place.height = (unsigned)high;
    } else {
        place.width = (unsigned)((uint64_t)page->height_um * raster->width / raster->height);
    }
    place.x = (page->width_um - place.width) / 2;
    place.y = (page->height_um - place.height) / 2;
    return place;
}

static bool must_turn(const struct page *page, const struct raster *raster)
{
    return raster->sheet && (raster->width > raster->height) != (page->width_um > page->height_um);
}

// A copy that is turned by a quarter to the left: printers take their paper standing.
static struct raster turned(const struct raster *raster)
{
    struct raster out = {.width = raster->height, .height = raster->width, .sheet = raster->sheet};
    out.stride = (out.width + 7) / 8;
    out.bits = memory_new((size_t)out.stride * out.height, 1);
    for (unsigned y = 0; y < out.height; y++) {
        for (unsigned x = 0; x < out.width; x++) {
            uint8_t dot = raster_dot(raster, raster->width - 1 - y, x);
            out.bits[(size_t)y * out.stride + x / 8] |= (uint8_t)(dot << (7 - x % 8));
        }
    }
    return out;
}

struct page_place page_place(const struct page *page, const struct raster *raster, unsigned slip_dpi)
{
    uint64_t wide = (uint64_t)raster->width * INCH_UM / slip_dpi;
    uint64_t high = (uint64_t)raster->height * INCH_UM / slip_dpi;
    if (raster->sheet) {
        return sheet_place(page, raster);
    }
    uint64_t room_x = page->width_um > 4 * MARGIN_UM ? page->width_um - 2 * MARGIN_UM : page->width_um;
    uint64_t room_y = page->height_um > 4 * MARGIN_UM ? page->height_um - 2 * MARGIN_UM : page->height_um;
    uint64_t scale =
        room_x * 1000 / wide < room_y * 1000 / high ? room_x * 1000 / wide : room_y * 1000 / high;
    scale = scale > LARGER_MAX ? LARGER_MAX : scale > 1000 && scale < 1200 ? 1000 : scale;
    struct page_place place = {.width = (unsigned)(wide * scale / 1000),
                               .height = (unsigned)(high * scale / 1000)};
    place.x = (page->width_um - place.width) / 2;
    place.y = (unsigned)(room_y < page->height_um ? MARGIN_UM : 0);
    return place;
}

static unsigned dots(unsigned um, unsigned dpi)
{
    return (unsigned)(((uint64_t)um * dpi + INCH_UM / 2) / INCH_UM);
}

static uint8_t *place_dots(const struct page *page, const struct raster *raster, unsigned slip_dpi,
                           unsigned *width, unsigned *height)
{
    struct page_place place = page_place(page, raster, slip_dpi);
    unsigned left = dots(place.x, page->dpi), top = dots(place.y, page->dpi);
    unsigned wide = dots(place.width, page->dpi), high = dots(place.height, page->dpi);
    *width = dots(page->width_um, page->dpi);
    *height = dots(page->height_um, page->dpi);
    uint8_t *out = memory_new((size_t)*width, *height);
    memset(out, 255, (size_t)*width * *height);
    for (unsigned y = 0; y < high && top + y < *height; y++) {
        unsigned from_y = (unsigned)((uint64_t)y * raster->height / high);
        uint8_t *row = out + (size_t)(top + y) * *width;
        for (unsigned x = 0; x < wide && left + x < *width; x++) {
            row[left + x] =
                raster_dot(raster, (unsigned)((uint64_t)x * raster->width / wide), from_y) ? 0 : 255;
        }
    }
    return out;
}

uint8_t *page_dots(const struct page *page, const struct raster *raster, unsigned slip_dpi, unsigned *width,
                   unsigned *height)
{
    if (!must_turn(page, raster)) {
        return place_dots(page, raster, slip_dpi, width, height);
    }
    struct raster standing = turned(raster);
    uint8_t *dots = place_dots(page, &standing, slip_dpi, width, height);
    raster_release(&standing);
    return dots;
}

// ---- PDF 1.4: one page, one 1-bit image

struct objects {
    size_t offsets[6];
    unsigned count;
};

static void begin_object(struct text_buffer *out, struct objects *objects)
{
    objects->offsets[objects->count++] = out->length;
    text_buffer_addf(out, "%u 0 obj\n", objects->count);
}

static double points(unsigned um)
{
    return um * 72.0 / INCH_UM;
}

static void add_image(struct text_buffer *out, struct objects *objects, const struct raster *raster)
{
    begin_object(out, objects);
    text_buffer_addf(
        out,
        "<</Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent 1/ColorSpace/DeviceGray"
        "/Decode[1 0]/Length %zu>>\nstream\n",
        raster->width, raster->height, (size_t)raster->stride * raster->height);
    text_buffer_add_bytes(out, raster->bits, (size_t)raster->stride * raster->height);
    text_buffer_add(out, "\nendstream\nendobj\n");
}

// `turn` in degrees: how a reader shows the page; printers print it as it is.
static void write_pdf(struct text_buffer *out, const struct page *page, const struct raster *raster,
                      unsigned slip_dpi, int turn)
{
    struct page_place place = page_place(page, raster, slip_dpi);
    struct objects objects = {0};
    char draw[160];
    text_print(draw, sizeof draw, "%.3f 0 0 %.3f %.3f %.3f cm /S Do", points(place.width),
               points(place.height), points(place.x), points(page->height_um - place.y - place.height));
    text_buffer_add(out, "%PDF-1.4\n");
    begin_object(out, &objects);
    text_buffer_add(out, "<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    begin_object(out, &objects);
    text_buffer_add(out, "<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n");
    begin_object(out, &objects);
    text_buffer_addf(
        out,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.3f %.3f]/Rotate %d/Contents 4 0 R/Resources<</XObject<</S "
        "5 0 R>>>>>>\nendobj\n",
        points(page->width_um), points(page->height_um), turn);
    begin_object(out, &objects);
    text_buffer_addf(out, "<</Length %zu>>\nstream\n%s\nendstream\nendobj\n", strlen(draw), draw);
    add_image(out, &objects, raster);
    size_t table = out->length;
    text_buffer_addf(out, "xref\n0 %u\n0000000000 65535 f \n", objects.count + 1);
    for (unsigned i = 0; i < objects.count; i++) {
        text_buffer_addf(out, "%010zu 00000 n \n", objects.offsets[i]);
    }
    text_buffer_addf(out, "trailer\n<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", objects.count + 1,
                     table);
}

void page_pdf(struct text_buffer *out, const struct page *page, const struct raster *raster,
              unsigned slip_dpi)
{
    if (!must_turn(page, raster)) {
        write_pdf(out, page, raster, slip_dpi, 0);
        return;
    }
    struct raster standing = turned(raster);
    write_pdf(out, page, &standing, slip_dpi, 90);
    raster_release(&standing);
}

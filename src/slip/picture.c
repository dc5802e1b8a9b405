// The printer without a printer: a PNG in a folder, or a PDF where a page is asked for, named after the code.
#include <SDL_image.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "slip/page.h"
#include "slip/printer_kind.h"

#include "base/banned.h"

#define SLIP_BYTES (256 * 1024) // more than a picture or a page takes

static void unpack(const struct raster *raster, SDL_Surface *surface)
{
    for (unsigned y = 0; y < raster->height; y++) {
        uint8_t *row = (uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch;
        for (unsigned x = 0; x < raster->width; x++) {
            row[x] = !raster_dot(raster, x, y);
        }
    }
}

int picture_encode(const struct raster *raster, void **bytes, size_t *size, struct error *error)
{
    static const SDL_Color COLOURS[] = {{0, 0, 0, 255}, {255, 255, 255, 255}};
    size_t room = (size_t)raster->width * raster->height + 65536; // more than any palette PNG of it
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, (int)raster->width, (int)raster->height, 8, SDL_PIXELFORMAT_INDEX8);
    SDL_RWops *stream = NULL;
    int result = 0;
    *bytes = NULL;
    *size = 0;
    if (surface == NULL || SDL_SetPaletteColors(surface->format->palette, COLOURS, 0, 2) != 0) {
        result = error_set(error, ERROR_UNAVAILABLE, "slip's picture cannot be made: %s", SDL_GetError());
        goto done;
    }
    unpack(raster, surface);
    *bytes = memory_new(room, 1);
    stream = SDL_RWFromMem(*bytes, (int)room);
    if (stream == NULL || IMG_SavePNG_RW(surface, stream, 0) != 0) {
        result = error_set(error, ERROR_UNAVAILABLE, "slip's picture cannot be made: %s", SDL_GetError());
        free(*bytes);
        *bytes = NULL;
        goto done;
    }
    *size = (size_t)SDL_RWtell(stream);
done:
    if (stream != NULL) {
        SDL_RWclose(stream);
    }
    SDL_FreeSurface(surface);
    return result;
}

static enum printer_state picture_state(struct printer *printer, struct error *error)
{
    if (file_make_folder(printer->target, 0700, error) != 0) {
        return PRINTER_OFFLINE;
    }
    if (access(printer->target, W_OK | X_OK) != 0) {
        error_set(error, ERROR_IO, "\"%s\" cannot be written: %s", printer->target, strerror(errno));
        return PRINTER_OFFLINE;
    }
    struct statvfs disk;
    if (statvfs(printer->target, &disk) == 0 && disk.f_bavail * disk.f_frsize < SLIP_BYTES) {
        error_set(error, ERROR_FULL, "the disk of \"%s\" is full", printer->target);
        return PRINTER_ERROR;
    }
    return PRINTER_READY;
}

// The slip as a file's bytes; the caller frees them. Returns the file's ending, NULL when it cannot be made.
static const char *encode(const struct printer *printer, const struct raster *raster, void **bytes,
                          size_t *size, struct error *error)
{
    struct page page;
    struct text_buffer out = {0};
    if (printer->page == NULL || !page_named(&page, printer->page)) {
        return picture_encode(raster, bytes, size, error) == 0 ? "png" : NULL;
    }
    page_pdf(&out, &page, raster, printer->options.dpi);
    *bytes = out.text;
    *size = out.length;
    return "pdf";
}

static enum printer_state picture_print(struct printer *printer, const struct raster *raster,
                                        const char *name, struct error *error)
{
    void *bytes;
    size_t size;
    char *file = NULL, *path = NULL;
    enum printer_state state = PRINTER_ERROR;
    if (name == NULL || *name == '\0' || *name == '.' || strchr(name, '/') != NULL) {
        error_set(error, ERROR_INVALID, "a slip's picture needs a plain name");
        return PRINTER_ERROR;
    }
    const char *ending = encode(printer, raster, &bytes, &size, error);
    if (ending == NULL) {
        return PRINTER_ERROR;
    }
    file = memory_format("%s.%s", name, ending);
    path = file_join(printer->target, file);
    if (file_make_folder(printer->target, 0700, error) == 0 &&
        file_write(path, bytes, size, 0600, error) == 0) {
        state = PRINTER_READY;
    }
    free(path);
    free(file);
    free(bytes);
    return state;
}

static bool picture_sheets(struct printer *printer)
{
    return printer->page != NULL;
}

static void picture_close(struct printer *printer)
{
    (void)printer;
}

const struct printer_ops PICTURE_OPS = {picture_state, picture_print, picture_sheets, picture_close};

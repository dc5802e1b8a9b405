// Draws one SVG with SDL2_image, as the kiosk does, on a white or black ground, into a PNG. The pictogram
// check compares it with rsvg-convert: a drawing that the two understand differently is a faulty drawing.
// usage: pictogram_render SIZE white|black IN.svg OUT.png [IN.svg OUT.png ...]
#include <SDL.h>
#include <SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

static int render(const char *in, const char *out, int size, Uint8 ground)
{
    int status = 1;
    SDL_Surface *drawing = NULL, *sheet = NULL;
    SDL_RWops *file = SDL_RWFromFile(in, "rb");
    if (file == NULL)
        goto cleanup;
    drawing = IMG_LoadSizedSVG_RW(file, size, size);
    if (drawing == NULL)
        goto cleanup;
    sheet = SDL_CreateRGBSurfaceWithFormat(0, drawing->w, drawing->h, 24, SDL_PIXELFORMAT_RGB24);
    if (sheet == NULL || SDL_FillRect(sheet, NULL, SDL_MapRGB(sheet->format, ground, ground, ground)) != 0)
        goto cleanup;
    if (SDL_BlitSurface(drawing, NULL, sheet, NULL) == 0 && IMG_SavePNG(sheet, out) == 0)
        status = 0;
cleanup:
    if (status != 0)
        fprintf(stderr, "\"%s\" cannot be drawn: %s\n", in, SDL_GetError());
    SDL_FreeSurface(sheet);
    SDL_FreeSurface(drawing);
    if (file != NULL)
        SDL_RWclose(file);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 5 || argc % 2 == 0) {
        fprintf(stderr, "usage: pictogram_render SIZE white|black IN.svg OUT.png [IN.svg OUT.png ...]\n");
        return 2;
    }
    int size = (int)strtol(argv[1], NULL, 10);
    Uint8 ground = strcmp(argv[2], "black") == 0 ? 0 : 255;
    for (int i = 3; i < argc; i += 2)
        if (render(argv[i], argv[i + 1], size, ground) != 0)
            return 1;
    return 0;
}

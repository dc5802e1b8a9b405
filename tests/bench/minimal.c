// The reference for start, memory and feedback: a minimal SDL2 + SDL2_ttf program that draws eight buttons on
// the window surface. Prints "first MS" when the first picture is shown; with an argument "wait" it then
// waits for events and, for each touch, redraws one button and prints "touch US" (event taken to pixels
// handed over).
#include <SDL.h>
#include <SDL_ttf.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static SDL_Rect button(int i, int width, int height)
{
    int w = width / 2, h = height / 4;
    return (SDL_Rect){(i % 2) * w + 8, (i / 2) * h + 8, w - 16, h - 16};
}

static void draw(SDL_Surface *screen, TTF_Font *font, int i, Uint32 colour)
{
    SDL_Rect box = button(i, screen->w, screen->h);
    SDL_FillRect(screen, &box, colour);
    SDL_Surface *word = TTF_RenderUTF8_Blended(font, "Nederlands", (SDL_Color){27, 42, 65, 255});
    SDL_Rect at = {box.x + (box.w - word->w) / 2, box.y + (box.h - word->h) / 2, 0, 0};
    SDL_BlitSurface(word, NULL, screen, &at);
    SDL_FreeSurface(word);
}

static void draw_all(SDL_Window *window, SDL_Surface *screen, TTF_Font *font)
{
    SDL_FillRect(screen, NULL, 0xFBF7F0);
    for (int i = 0; i < 8; i++)
        draw(screen, font, i, 0xFFFFFF);
    SDL_UpdateWindowSurface(window);
}

static int serve_touches(SDL_Window *window, SDL_Surface *screen, TTF_Font *font, int full)
{
    SDL_Event event;
    while (SDL_WaitEvent(&event)) {
        if (event.type == SDL_QUIT)
            return 0;
        if (event.type != SDL_MOUSEBUTTONDOWN && event.type != SDL_MOUSEBUTTONUP)
            continue;
        if (full && event.type == SDL_MOUSEBUTTONUP)
            draw_all(window, screen, font);
        for (int i = 0; !full && i < 8; i++) {
            SDL_Rect box = button(i, screen->w, screen->h);
            SDL_Point point = {event.button.x, event.button.y};
            if (!SDL_PointInRect(&point, &box))
                continue;
            draw(screen, font, i, event.type == SDL_MOUSEBUTTONDOWN ? 0xDCE5EE : 0xFFFFFF);
            SDL_UpdateWindowSurfaceRects(window, &box, 1);
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    double start = now_ms();
    int width = argc > 2 ? SDL_atoi(argv[2]) : 1080, height = argc > 3 ? SDL_atoi(argv[3]) : 1920;
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_Init(SDL_INIT_VIDEO) != 0 || TTF_Init() != 0)
        return 1;
    SDL_Window *window = SDL_CreateWindow("minimal", 0, 0, width, height, SDL_WINDOW_BORDERLESS);
    TTF_Font *font = TTF_OpenFont("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf", 38);
    SDL_Surface *screen = window ? SDL_GetWindowSurface(window) : NULL;
    if (!screen || !font)
        return 1;
    draw_all(window, screen, font);
    printf("first %.1f\n", now_ms() - start);
    fflush(stdout);
    int status = 0;
    if (argc > 1 && strcmp(argv[1], "once") != 0)
        status = serve_touches(window, screen, font, strcmp(argv[1], "full") == 0);
    TTF_CloseFont(font);
    SDL_DestroyWindow(window);
    TTF_Quit();
    SDL_Quit();
    return status;
}

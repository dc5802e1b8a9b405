// links: src/draw/canvas.c src/draw/font.c src/draw/stream.c src/draw/run.c src/draw/script.c src/draw/shape.c src/draw/text.c src/draw/wrap.c src/base/log.c src/base/clock.c src/base/day.c src/base/file.c src/base/memory.c src/base/error.c src/base/utf8.c
// libs: -lSDL2_ttf -lSDL2 -lfribidi
#include "draw/canvas.h"
#include "draw/text.h"
#include "fuzz.h"

#include "base/banned.h"

#define WIDTH 200
#define HEIGHT 120

// A town's text in any script: measured, wrapped and drawn. Lines are parts of the text, in order.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static uint32_t pixels[WIDTH * HEIGHT];
    struct canvas canvas;
    struct text_block block;
    struct text_style style = {.size = 16, .bold = size % 2 == 1};
    char *text = fuzz_text(bytes, size);
    size_t length = strlen(text);
    canvas_wrap(&canvas, pixels, WIDTH, HEIGHT, WIDTH * (int)sizeof(uint32_t));
    FUZZ_REQUIRE(text_measure(text, style).width >= 0);
    text_draw(&canvas, text, style, WIDTH / 2, 30, TEXT_CENTRE, 0);
    text_wrap(&block, text, style, WIDTH, 3, 1.2F);
    FUZZ_REQUIRE(block.count <= TEXT_LINES_MAX);
    for (unsigned i = 0; i < block.count; i++) {
        FUZZ_REQUIRE(block.starts[i] >= text && block.starts[i] + block.lengths[i] <= text + length);
        FUZZ_REQUIRE(i == 0 || block.starts[i] >= block.starts[i - 1] + block.lengths[i - 1]);
    }
    text_block_draw(&canvas, &block, 0, 0, WIDTH, HEIGHT, TEXT_LEFT, 0);
    text_fit(&block, text, style, 8, WIDTH / 2, HEIGHT, 4, 1.2F);
    text_block_draw(&canvas, &block, 0, 0, WIDTH, HEIGHT, TEXT_RIGHT, 0);
    text_cache_wipe();
    free(text);
    return 0;
}

#include "slip/escpos.h"

#include "base/banned.h"

const uint8_t ESCPOS_ASK[3][ESCPOS_ASK_SIZE] = {{0x10, 0x04, 1}, {0x10, 0x04, 2}, {0x10, 0x04, 4}};
const uint8_t ESCPOS_FENCE[3] = {0x1D, 0x72, 1};
const uint8_t ESCPOS_CANCEL[3] = {0x10, 0x05, 2};

void escpos_start(struct text_buffer *out)
{
    text_buffer_add_bytes(out, "\x1B\x40", 2);
}

void escpos_band(struct text_buffer *out, const struct raster *raster, unsigned first, unsigned rows)
{
    const uint8_t head[] = {0x1D,
                            0x76,
                            0x30,
                            0,
                            (uint8_t)(raster->stride & 255),
                            (uint8_t)(raster->stride >> 8),
                            (uint8_t)(rows & 255),
                            (uint8_t)(rows >> 8)};
    text_buffer_add_bytes(out, head, sizeof head);
    text_buffer_add_bytes(out, raster->bits + (size_t)first * raster->stride, (size_t)rows * raster->stride);
}

void escpos_end(struct text_buffer *out, bool cutter)
{
    const uint8_t cut[] = {0x1D, 0x56, 0x42, ESCPOS_FEED};
    const uint8_t feed[] = {0x1B, 0x4A, 255}; // without a cutter: 32 mm, past the tear bar
    text_buffer_add_bytes(out, cutter ? cut : feed, cutter ? sizeof cut : sizeof feed);
}

void escpos_encode(struct text_buffer *out, const struct raster *raster, unsigned band_rows, bool cutter)
{
    escpos_start(out);
    for (unsigned row = 0; row < raster->height; row += band_rows) {
        unsigned rows = raster->height - row < band_rows ? raster->height - row : band_rows;
        escpos_band(out, raster, row, rows);
    }
    escpos_end(out, cutter);
}

bool escpos_is_status(uint8_t byte)
{
    return (byte & 0x93) == 0x12;
}

bool escpos_is_fence(uint8_t byte)
{
    return (byte & 0x90) == 0;
}

enum printer_state escpos_state(const uint8_t answers[3])
{
    for (int i = 0; i < 3; i++) {
        if (!escpos_is_status(answers[i])) {
            return PRINTER_OFFLINE;
        }
    }
    if (answers[1] & 0x04) {
        return PRINTER_COVER_OPEN;
    }
    if ((answers[1] & 0x20) || (answers[2] & 0x60)) {
        return PRINTER_NO_PAPER;
    }
    if (answers[1] & 0x40) {
        return PRINTER_ERROR;
    }
    if (answers[0] & 0x08) {
        return PRINTER_OFFLINE;
    }
    return answers[2] & 0x0C ? PRINTER_PAPER_LOW : PRINTER_READY;
}

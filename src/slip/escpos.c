#include "slip/escpos.h"

#include <string.h>

#include "base/banned.h"

const uint8_t ESCPOS_ASK[ESCPOS_QUESTIONS][ESCPOS_ASK_SIZE] = {
    {0x10, 0x04, 1}, {0x10, 0x04, 2}, {0x10, 0x04, 4}, {0x10, 0x04, 3}};

#define RASTER_HEAD 8 // bytes before its dots

// bits of the answers
#define OFF_LINE 0x08      // ESCPOS_LINE
#define COVER_OPEN 0x04    // ESCPOS_CAUSE
#define STOPPED_EMPTY 0x20 //
#define ERROR_THERE 0x40   //
#define NEAR_END 0x0C      // ESCPOS_PAPER: two bits, one sensor
#define AT_END 0x60        //
#define CUTTER_STUCK 0x08  // ESCPOS_FAULT
#define UNRECOVERABLE 0x20 //
#define GOES_BY 0x40       //
const uint8_t ESCPOS_FENCE[3] = {0x1D, 0x72, 1};
const uint8_t ESCPOS_CANCEL[3] = {0x10, 0x05, 2};

void escpos_fill(struct text_buffer *out, unsigned stride, unsigned band_rows)
{
    static const uint8_t nothing[64] = {0};
    for (size_t left = RASTER_HEAD + (size_t)stride * band_rows; left > 0;) {
        size_t part = left < sizeof nothing ? left : sizeof nothing;
        text_buffer_add_bytes(out, nothing, part);
        left -= part;
    }
}

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

bool escpos_is_unasked(uint8_t byte)
{
    return (byte & 0x93) == 0x10;
}

bool escpos_has_error(uint8_t cause)
{
    return (cause & ERROR_THERE) != 0;
}

bool escpos_pauses(const uint8_t answers[ESCPOS_QUESTIONS])
{
    return escpos_has_error(answers[ESCPOS_CAUSE]) &&
           (answers[ESCPOS_FAULT] & (CUTTER_STUCK | UNRECOVERABLE | GOES_BY)) == GOES_BY;
}

enum printer_state escpos_state(const uint8_t answers[ESCPOS_QUESTIONS])
{
    for (int i = 0; i < ESCPOS_QUESTIONS; i++) {
        if (!escpos_is_status(answers[i])) {
            return PRINTER_OFFLINE;
        }
    }
    if (answers[ESCPOS_CAUSE] & COVER_OPEN) {
        return PRINTER_COVER_OPEN;
    }
    if ((answers[ESCPOS_CAUSE] & STOPPED_EMPTY) || (answers[ESCPOS_PAPER] & AT_END)) {
        return PRINTER_NO_PAPER;
    }
    bool pauses = escpos_pauses(answers);
    if (escpos_has_error(answers[ESCPOS_CAUSE]) && !pauses) {
        return answers[ESCPOS_FAULT] & CUTTER_STUCK ? PRINTER_CUTTER : PRINTER_ERROR;
    }
    if ((answers[ESCPOS_LINE] & OFF_LINE) && !pauses) {
        return PRINTER_OFFLINE;
    }
    return answers[ESCPOS_PAPER] & NEAR_END ? PRINTER_PAPER_LOW : PRINTER_READY;
}

void escpos_reasons(const uint8_t answers[ESCPOS_QUESTIONS], char *out, size_t size)
{
    const uint8_t cause = answers[ESCPOS_CAUSE], paper = answers[ESCPOS_PAPER], fault = answers[ESCPOS_FAULT];
    bool error = escpos_has_error(cause), empty = (cause & STOPPED_EMPTY) != 0 || (paper & AT_END) != 0;
    bool stuck = error && (fault & CUTTER_STUCK) != 0, broken = error && (fault & UNRECOVERABLE) != 0;
    bool hot = error && (fault & GOES_BY) != 0;
    const struct {
        bool there;
        const char *word;
    } reasons[] = {{(cause & COVER_OPEN) != 0, "cover-open"},
                   {empty, "media-empty"},
                   {!empty && (paper & NEAR_END) != 0, "media-low"},
                   {stuck, "cutter-stuck"},
                   {broken, "unrecoverable-error"},
                   {hot, "too-hot"},
                   {error && !stuck && !broken && !hot, "error"},
                   {(answers[ESCPOS_LINE] & OFF_LINE) != 0, "offline"}};
    *out = '\0';
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        size_t used = strlen(out);
        if (reasons[i].there) {
            text_print(out + used, size - used, "%s%s", used > 0 ? " " : "", reasons[i].word);
        }
    }
}

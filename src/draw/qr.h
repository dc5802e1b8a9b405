// QR codes: byte mode, error correction M (libqrencode), always in whole pixels. Pure; any thread.
#ifndef WEGWIJS_DRAW_QR_H
#define WEGWIJS_DRAW_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "draw/canvas.h"

#define QR_SIDE_MAX 177 // modules
#define QR_QUIET 4      // modules of quiet zone on each side (ISO/IEC 18004)

struct qr {
    unsigned side;                                    // modules; 0: none
    unsigned char modules[QR_SIDE_MAX * QR_SIDE_MAX]; // row by row, 1 = dark
};
// ERROR_FULL when it would need more than side_max modules, ERROR_INVALID when empty.
int qr_encode(struct qr *qr, const void *bytes, size_t size, unsigned side_max, struct error *error);
// The largest whole number of pixels a module so that code and quiet zone fit into `room`; 0: not even one.
unsigned qr_module_px(const struct qr *qr, unsigned room);
// Draws quiet zone (light) and code: side (side + 8) × module_px from x, y.
void qr_draw(struct canvas *canvas, const struct qr *qr, int x, int y, unsigned module_px, uint32_t dark,
             uint32_t light);
#endif

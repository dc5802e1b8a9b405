#include "draw/qr.h"

#include <qrencode.h>

#include "base/banned.h"

int qr_encode(struct qr *qr, const void *bytes, size_t size, unsigned side_max, struct error *error)
{
    QRcode *code;
    qr->side = 0;
    if (size == 0 || size > 2400) {
        return error_set(error, size == 0 ? ERROR_INVALID : ERROR_FULL, "a code of %zu bytes cannot be made",
                         size);
    }
    code = QRcode_encodeData((int)size, bytes, 0, QR_ECLEVEL_M);
    if (code == NULL) {
        return error_set(error, ERROR_FULL, "%zu bytes do not fit a code", size);
    }
    if ((unsigned)code->width > side_max || code->width > QR_SIDE_MAX) {
        error_set(error, ERROR_FULL, "%zu bytes need %d modules, more than %u", size, code->width, side_max);
        QRcode_free(code);
        return ERROR_FULL;
    }
    qr->side = (unsigned)code->width;
    for (unsigned i = 0; i < qr->side * qr->side; i++) {
        qr->modules[i] = code->data[i] & 1;
    }
    QRcode_free(code);
    return 0;
}

unsigned qr_module_px(const struct qr *qr, unsigned room)
{
    return qr->side == 0 ? 0 : room / (qr->side + 2 * QR_QUIET);
}

void qr_draw(struct canvas *canvas, const struct qr *qr, int x, int y, unsigned module_px, uint32_t dark,
             uint32_t light)
{
    int px = (int)module_px, whole = (int)(qr->side + 2 * QR_QUIET) * px;
    canvas_fill(canvas, x, y, whole, whole, light);
    for (unsigned row = 0; row < qr->side; row++) {
        for (unsigned column = 0; column < qr->side; column++) {
            if (qr->modules[row * qr->side + column]) {
                canvas_fill(canvas, x + (int)(column + QR_QUIET) * px, y + (int)(row + QR_QUIET) * px, px, px,
                            dark);
            }
        }
    }
}

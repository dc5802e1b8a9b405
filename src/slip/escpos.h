// ESC/POS, the bytes: pure. Commands as in the table "Printers" of Epson's reference: initialise 1B 40,
// raster 1D 76 30, feed and cut 1D 56 42, real-time status 10 04 n, sensor status in turn 1D 72 01.
#ifndef WEGWIJS_SLIP_ESCPOS_H
#define WEGWIJS_SLIP_ESCPOS_H

#include "base/memory.h"
#include "slip/printer.h"

#define ESCPOS_FEED 24 // dots after the slip, and before the cut

void escpos_start(struct text_buffer *out); // initialise, left margin 0
// `rows` rows from `first`: one raster command. rows at most 65535, the raster's stride at most 65535.
void escpos_band(struct text_buffer *out, const struct raster *raster, unsigned first, unsigned rows);
void escpos_end(struct text_buffer *out, bool cutter); // feed, and cut when there is a cutter
// The whole job: start, bands of band_rows (1 to 255), end.
void escpos_encode(struct text_buffer *out, const struct raster *raster, unsigned band_rows, bool cutter);

#define ESCPOS_ASK_SIZE 3
extern const uint8_t ESCPOS_ASK[3][ESCPOS_ASK_SIZE]; // real-time status 1, 2, 4: offline, why, paper
extern const uint8_t ESCPOS_FENCE[3];                // asks for an answer behind all that came before
extern const uint8_t ESCPOS_CANCEL[3];               // drops what the printer still holds

bool escpos_is_status(uint8_t byte); // an answer to 10 04 n
bool escpos_is_fence(uint8_t byte);  // an answer to 1D 72 01
// Answers to 1, 2, 4 → state. The worst counts; cover and paper before plain offline.
enum printer_state escpos_state(const uint8_t answers[3]);
#endif

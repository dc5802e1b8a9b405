// ESC/POS, the bytes: pure. Commands as in the table "Printers" of Epson's reference: initialise 1B 40,
// raster 1D 76 30, feed and cut 1D 56 42, real-time status 10 04 n, sensor status in turn 1D 72 01.
#ifndef WEGWIJS_SLIP_ESCPOS_H
#define WEGWIJS_SLIP_ESCPOS_H

#include "base/memory.h"
#include "slip/printer.h"

#define ESCPOS_FEED 24 // dots after the slip, and before the cut

// What ends a raster command that a job before left unfinished: white dots for it, and for nobody else a
// sign.
void escpos_fill(struct text_buffer *out, unsigned stride, unsigned band_rows);
void escpos_start(struct text_buffer *out); // initialise, left margin 0
// `rows` rows from `first`: one raster command. rows at most 65535, the raster's stride at most 65535.
void escpos_band(struct text_buffer *out, const struct raster *raster, unsigned first, unsigned rows);
void escpos_end(struct text_buffer *out, bool cutter); // feed, and cut when there is a cutter
// The whole job: start, bands of band_rows (1 to 255), end.
void escpos_encode(struct text_buffer *out, const struct raster *raster, unsigned band_rows, bool cutter);

// Real-time status 1, 2, 4 and 3: whether it is on line, why not, its paper, and which error. The last is
// asked only when the second tells of an error: some models do not know it.
enum escpos_question { ESCPOS_LINE, ESCPOS_CAUSE, ESCPOS_PAPER, ESCPOS_FAULT, ESCPOS_QUESTIONS };
#define ESCPOS_ASK_SIZE 3
#define ESCPOS_WELL 0x12 // the answer of a printer that has nothing to tell
extern const uint8_t ESCPOS_ASK[ESCPOS_QUESTIONS][ESCPOS_ASK_SIZE];
extern const uint8_t ESCPOS_FENCE[3];  // asks for an answer behind all that came before
extern const uint8_t ESCPOS_CANCEL[3]; // drops what the printer still holds

bool escpos_is_status(uint8_t byte);  // an answer to 10 04 n
bool escpos_is_fence(uint8_t byte);   // an answer to 1D 72 01
bool escpos_is_unasked(uint8_t byte); // begins what a printer sends by itself (GS a): this and 3 bytes more
#define ESCPOS_UNASKED_MORE 3
bool escpos_has_error(uint8_t cause); // the answer to ESCPOS_CAUSE tells of one: ask ESCPOS_FAULT
// Answers → state. The worst counts: cover, paper, knife and other errors before plain offline. A pause
// does not count: such a printer is well.
enum printer_state escpos_state(const uint8_t answers[ESCPOS_QUESTIONS]);
// All that the answers tell, in the words of IPP ("cover-open media-low"); "" when nothing.
void escpos_reasons(const uint8_t answers[ESCPOS_QUESTIONS], char *out, size_t size);
// An error that goes by itself: the head is too hot. It holds what it got and goes on printing.
bool escpos_pauses(const uint8_t answers[ESCPOS_QUESTIONS]);
#endif

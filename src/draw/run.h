// A line of text cut into runs of one direction, one script and one face, in the order seen on the screen
// from left to right. Needs face_lock.
#ifndef WEGWIJS_DRAW_RUN_H
#define WEGWIJS_DRAW_RUN_H

#include "draw/face.h"

#define RUN_CHARACTERS_MAX 1024 // of a line; the rest is not drawn
#define RUNS_MAX 64

struct run {
    enum face face;
    enum script script;
    unsigned char level;  // odd: right to left
    unsigned start, size; // bytes in `text`, without formats
};
struct run_line {
    struct run runs[RUNS_MAX];
    unsigned count;
    char text[RUN_CHARACTERS_MAX * 4 + RUNS_MAX]; // each run ends in a zero
};
void run_split(struct run_line *line, const char *text, bool bold);
#endif

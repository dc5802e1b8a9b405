// The parts of an element: where its picture, its words and its mark stand inside its box. Layout reserves by
// these, painting and measuring follow them: so they cannot disagree. Pure.
#ifndef WEGWIJS_UI_PARTS_H
#define WEGWIJS_UI_PARTS_H

#include "ui/element.h"
#include "ui/theme.h"

#define LINE_LABEL 1.1F // line heights, of the size
#define LINE_WORD 1.15F
#define LINE_BODY 1.25F
#define LINE_TITLE 1.14F
#define LINE_PLAIN 1.12F
#define PARTS_LOW_FACT 2.2F // width by height from which a fact's picture stands beside its words

enum part_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct parts {
    struct box picture; // square; width 0: none
    struct box field;   // mist behind the picture; width 0: none
    struct box text;    // words stand in here, centred in height
    struct box mark;    // disc; width 0: none
    enum part_align align;
    bool label_bold, second_bold;
    float label_line, second_line, second_gap; // line heights, and mm between label and second
};

void parts_of(const struct element *element, const struct theme *theme, struct parts *parts);
struct box box_inset(struct box box, float x, float y);
// Height in mm of label and second with the lines that the element keeps.
float parts_text_height(const struct element *element, const struct parts *parts);

// ---- fitting words
// The largest size from `want` down to `least` in which the text takes at most `most` lines of `width`, and
// with line height `line` at most `height` (0: any). *lines is set; 0 when it fits in no size.
struct fit {
    float want, least, width, height, line;
    unsigned most;
    bool bold;
};
float parts_fit(const struct theme *theme, const char *text, const char *script, const struct fit *fit,
                unsigned *lines);
// The same for an element's label; a word that fits at no size from fit->least up may go down to the theme's
// least. Sets size_mm and lines.
void parts_fit_label(const struct theme *theme, struct element *element, struct fit *fit);
#endif

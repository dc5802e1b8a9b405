// What a screen measures, from its real list and theme: for `--check` and the tests. Pure but for text
// widths.
#ifndef WEGWIJS_UI_MEASURE_H
#define WEGWIJS_UI_MEASURE_H

#include "ui/element.h"
#include "ui/theme.h"

struct measure {
    float capital_mm, target_mm, gap_mm, contrast; // the smallest
    char capital_id[ELEMENT_ID_SIZE], target_id[ELEMENT_ID_SIZE], gap_id[ELEMENT_ID_SIZE],
        contrast_id[ELEMENT_ID_SIZE]; // where
    float key_mm, key_gap_mm;         // of on-screen keys, which have their own norm; infinite without
    char outside_id[ELEMENT_ID_SIZE];
    float outside_mm;                 // smallest type outside the bar (em size)
    char overlap_id[ELEMENT_ID_SIZE]; // something that overlaps another target or leaves the screen; "" for
                                      // none
    char cut_id[ELEMENT_ID_SIZE];     // a text that does not fit; "" for none
    char reach_id[ELEMENT_ID_SIZE];   // reach mode: something to touch above the reach; "" for none
};

void measure_start(struct measure *measure);
void measure_add(struct measure *measure, const struct element_list *list, const struct theme *theme);
// Whether the norms of this theme are met; *what says which one is not, in English.
bool measure_passes(const struct measure *measure, const struct theme *theme, const char **what);
// The same, and all text outside of the bar is as large as the text step promises (4.8, 7.3, 9.0 mm).
bool measure_holds_step(const struct measure *measure, const struct theme *theme, const char **what);
#endif

// Shared by the files of layout, not for others.
#ifndef WEGWIJS_UI_LAYOUT_INNER_H
#define WEGWIJS_UI_LAYOUT_INNER_H

#include "ui/layout.h"

#define LEAF_EMS 6.8F      // width of a leaf with a long weekday, in its size
#define LEAF_HIGH_EMS 5.0F // and its height

bool layout_is_foot(const struct element *element);
float layout_foot_height(const struct theme *theme, bool plain); // plain: the foot has plain buttons
// Lays out the foot (chips, plain and primary buttons among elements from `first`) at the bottom of `area`,
// and takes it off the area.
void layout_foot(struct element_list *list, const struct theme *theme, unsigned first, struct box *area,
                 bool wide_primary);
// Fits label (and second) of one element into its text part; false when they go under the step's floor.
bool layout_words(struct element *element, const struct theme *theme, float want, float want_second,
                  unsigned most, unsigned most_second);
// A primary or plain button in this box, with its words.
void layout_button(struct element *button, const struct theme *theme, struct box box);
// LOOK_POINT elements from `first` on, in this area.
void layout_points_in(struct element_list *list, const struct theme *theme, unsigned first, struct box area);
void layout_leaf(struct element *element, const struct theme *theme, struct box box);
#endif

// The painting functions of the looks, gathered in one table in paint_looks.c. Only for src/ui/paint*.
#ifndef WEGWIJS_UI_PAINT_LOOKS_H
#define WEGWIJS_UI_PAINT_LOOKS_H

#include "ui/brush.h"

void paint_leaf(struct brush *brush, const struct element *element);
void paint_slot(struct brush *brush, const struct element *element);
void paint_fact(struct brush *brush, const struct element *element);
void paint_hero(struct brush *brush, const struct element *element);
void paint_line(struct brush *brush, const struct element *element);
void paint_qr(struct brush *brush, const struct element *element);
void paint_qr_card(struct brush *brush, const struct element *element);
void paint_code(struct brush *brush, const struct element *element);
void paint_scene(struct brush *brush, const struct element *element);
void paint_start_begin(struct brush *brush, const struct element *element);
void paint_start_second(struct brush *brush, const struct element *element);
void paint_welcome(struct brush *brush, const struct element *element);
void paint_staff(struct brush *brush, const struct element *element);
void paint_veil(struct brush *brush, const struct element *element);
void paint_sheet(struct brush *brush, const struct element *element);
void paint_ring(struct brush *brush, const struct element *element);
void paint_paper(struct brush *brush, const struct element *element);
void paint_card(struct brush *brush, const struct element *element);
void paint_field(struct brush *brush, const struct element *element);
void paint_digits(struct brush *brush, const struct element *element);
void paint_key(struct brush *brush, const struct element *element);
#endif

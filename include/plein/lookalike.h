/*
 * lookalike.h - short names that a reader takes for one another: 0 and o, 1
 * and l and i, rn and m, vv and w; dots and hyphens do not count. Pure.
 */
#ifndef PLEIN_LOOKALIKE_H
#define PLEIN_LOOKALIKE_H

#include <stdbool.h>

/* Two handles (plein/path.h); what is equal looks alike. */
bool
lookalike(const char *a, const char *b);

#endif

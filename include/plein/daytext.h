/*
 * daytext.h - a day as fields and tables hold it: 2026-06-01, or as people
 * type it, 1-6-2026. Days are compared as text. Pure.
 */
#ifndef PLEIN_DAYTEXT_H
#define PLEIN_DAYTEXT_H

#include <stdbool.h>
#include <stddef.h>

#define DAYTEXT_LEN 10

/* As yyyy-mm-dd into out[11]; false, and "", when it is no day. */
bool
daytext_read(const char *s, size_t len, char out[DAYTEXT_LEN + 1]);

#endif

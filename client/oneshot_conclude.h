/*
 * oneshot_conclude.h - what a round of reflection came to, as a text with lines
 * such as "## agreed".
 */
#ifndef PLEIN_ONESHOT_CONCLUDE_H
#define PLEIN_ONESHOT_CONCLUDE_H

#include <jansson.h>
#include <stdbool.h>

/* Into the parameters of round.close; false where some of the text stands below
 * no such line, and there is nowhere to put it. */
bool
conclude_read(json_t *params, const char *s);

#endif

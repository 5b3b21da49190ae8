/*
 * tell.h - how the commands on the host speak: answers on stdout, complaints
 * on stderr, an exit code.
 */
#ifndef PLEIN_SERVER_TELL_H
#define PLEIN_SERVER_TELL_H

#include <jansson.h>

#include "plein/buf.h"
#include "plein/err.h"

enum exit_code { EXIT_DONE, EXIT_PROBLEM, EXIT_USAGE };

/* On stderr; EXIT_USAGE for PLEIN_EUSAGE, else EXIT_PROBLEM. */
int
tell_error(const struct err *err);

/* How the words should have been; EXIT_USAGE. */
int
tell_usage(const char *usage);

/* On stdout; EXIT_DONE or, told on stderr, EXIT_PROBLEM. */
int
tell(const struct buf *out);

/* One problem a line on stdout; EXIT_PROBLEM when there is any. */
int
tell_problems(const json_t *result);

/* The text (NULL: nothing), as the output filter lets it pass. */
void
tell_text(struct buf *out, const char *s);

/* The text of a field, as the output filter lets it pass, and `end`. */
void
tell_field(struct buf *out, const json_t *row, const char *key, char end);

#endif

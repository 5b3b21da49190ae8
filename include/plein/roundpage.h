/*
 * roundpage.h - the page that a round becomes when it closes
 * (docs/reflection.md). Pure.
 */
#ifndef PLEIN_ROUNDPAGE_H
#define PLEIN_ROUNDPAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/round.h"
#include "plein/roundsaid.h"

/* A closed step, with what was said. */
struct round_result {
	const struct round_step *step;
	struct vec said; /* struct round_said *, shuffled */
	struct vec points; /* struct round_point * */
};

enum round_conclusion {
	ROUND_AGREED,
	ROUND_DISAGREED,
	ROUND_UNKNOWN,
	ROUND_MEANS,
	ROUND_DIFFERS,
	ROUND_CONCLUSIONS
};

struct round_page {
	const char *title, *theme, *code, *host;
	const char *previous; /* address, or NULL */
	const char *next; /* yyyy-mm-dd, or NULL */
	int64_t when; /* it closed; only its day is told */
	const char *conclusion[ROUND_CONCLUSIONS]; /* or NULL */
	bool plain; /* answers are not put under values */
	const struct round_result *results;
	size_t n;
};

/* Append the page, in Dutch or English. */
void
round_page_make(struct buf *out, const struct round_page *p, bool english);

/* Append reflecties/<day>-<slug of the title>, with -2, -3 … behind it for a
 * `nth` above 1. */
void
round_address(struct buf *out, const char *title, int64_t when, int nth);

#endif

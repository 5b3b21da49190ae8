/*
 * marks.h - two wordings of one text put together: words that went between
 * [- and -], words that came between {+ and +}, in those styles too. Pure.
 */
#ifndef PLEIN_VIEW_MARKS_H
#define PLEIN_VIEW_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/prose.h"

/* Bytes of the earlier wording that these of the later one replace. */
struct marks_range {
	size_t was, n_was;
	size_t is, n_is;
};

struct marks {
	const char *was, *is; /* both wordings, borrowed */
	size_t was_len, is_len;
	struct marks_range *list; /* in order, not touching */
	size_t n;
};

/*
 * What differs, in whole words; changes with only a blank between them are
 * one. Wordings with little in common differ as a whole; blanks and line
 * ends for other ones are no difference. *effort as for textdiff_make().
 */
void
marks_find(struct marks *m, const char *was, size_t was_len, const char *is,
	   size_t is_len, long *effort);

void
marks_release(struct marks *m);

/*
 * Bytes [from, to) of the later wording with the marks first … end-1, which
 * lie in it, appended.
 */
void
marks_write(const struct marks *m, size_t first, size_t end, size_t from,
	    size_t to, struct prose *out);

/* How the bytes of a struct marked are shown, by their mark. */
enum style
marks_style(char mark);

/* The whole later wording, against the earlier one; its last newline goes. */
void
marks_compare(struct prose *out, const char *was, size_t was_len,
	      const char *is, size_t is_len, long *effort);

#endif

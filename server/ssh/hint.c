/* Allow lists, one for each thing a peer may say. */
#include "ssh/hint.h"

#include <stddef.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

struct range {
	int low, high;
};

static const struct range cols_range = { 20, 500 };
static const struct range rows_range = { 5, 300 };

void
hints_init(struct hints *h)
{
	memset(h, 0, sizeof(*h));
	memcpy(h->term, HINT_TERM_FALLBACK, sizeof(HINT_TERM_FALLBACK));
	h->cols = HINT_COLS;
	h->rows = HINT_ROWS;
}

static bool
is_made_of(const char *s, const char *allowed, size_t max)
{
	size_t len = strspn(s, allowed);

	return s[len] == '\0' && len >= 1 && len <= max;
}

void
hint_set_term(struct hints *h, const char *term)
{
	if (!is_made_of(term, LETTERS DIGITS "+._-", HINT_TERM_MAX) ||
	    strchr("+._-", term[0]) != NULL)
		term = HINT_TERM_FALLBACK;
	memcpy(h->term, term, strlen(term) + 1);
}

static int
clamp(int v, const struct range *r)
{
	if (v < r->low)
		return r->low;
	return v > r->high ? r->high : v;
}

bool
hint_set_size(struct hints *h, int cols, int rows)
{
	if (cols <= 0 || rows <= 0)
		return false;
	h->cols = clamp(cols, &cols_range);
	h->rows = clamp(rows, &rows_range);
	return true;
}

bool
hint_set_env(struct hints *h, const char *name, const char *value)
{
	if (strcmp(name, "NO_COLOR") == 0) {
		h->nocolor = value[0] != '\0';
		return true;
	}
	return strcmp(name, "LANG") == 0 || strncmp(name, "LC_", 3) == 0;
}

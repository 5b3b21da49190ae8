/* Allow lists, one for each thing a peer may say. */
#include "ssh/hint.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

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

/* LC_ALL goes before the variable of a category, that before LANG. */
static int
rank_of(const char *name, const char *category)
{
	if (strcmp(name, "LC_ALL") == 0)
		return 3;
	if (strcmp(name, category) == 0)
		return 2;
	return strcmp(name, "LANG") == 0 ? 1 : 0;
}

/* "nl", "nl_NL", "nl.UTF-8": then what follows is not part of a word. */
static bool
is_language(const char *locale, const char *language)
{
	return strncmp(locale, language, 2) == 0 &&
	       (locale[2] == '\0' || strchr("_.@", locale[2]) != NULL);
}

static void
take_language(struct hints *h, int rank, const char *locale)
{
	static const char *const known[] = { "nl", "en" };

	if (rank == 0 || rank < h->language_rank || !*locale)
		return;
	h->language_rank = rank;
	h->language[0] = '\0';
	for (size_t i = 0; i < 2; i++)
		if (is_language(locale, known[i]))
			memcpy(h->language, known[i], 3);
}

/* A locale that names no character set says nothing about it. */
static void
take_charset(struct hints *h, int rank, const char *locale)
{
	const char *charset = strchr(locale, '.');

	if (rank == 0 || rank < h->charset_rank || !*locale)
		return;
	h->charset_rank = rank;
	h->ascii = charset && strncasecmp(charset + 1, "UTF-8", 5) != 0 &&
		   strncasecmp(charset + 1, "UTF8", 4) != 0;
}

bool
hint_set_env(struct hints *h, const char *name, const char *value)
{
	if (strcmp(name, "NO_COLOR") == 0) {
		h->nocolor = value[0] != '\0';
		return true;
	}
	if (strcmp(name, "LANG") != 0 && strncmp(name, "LC_", 3) != 0)
		return false;
	take_language(h, rank_of(name, "LC_MESSAGES"), value);
	take_charset(h, rank_of(name, "LC_CTYPE"), value);
	return true;
}

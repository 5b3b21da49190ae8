/*
 * hint.h - what the peer says about itself and its terminal: hostile text,
 * of which little is believed (docs/SECURITY.md). Pure.
 */
#ifndef PLEIN_SSH_HINT_H
#define PLEIN_SSH_HINT_H

#include <stdbool.h>

#define HINT_TERM_MAX 32
#define HINT_TERM_FALLBACK "xterm-256color"
#define HINT_COLS 80
#define HINT_ROWS 24

struct hints {
	char term[HINT_TERM_MAX + 1];
	int cols, rows;
	bool nocolor; /* NO_COLOR was set */
	char language[3]; /* "nl" or "en" of its locale, or "" */
	bool ascii; /* its locale has another character set than UTF-8 */
	int language_rank, charset_rank; /* of the variable that told */
};

void
hints_init(struct hints *h);

/* ^[A-Za-z0-9][A-Za-z0-9+._-]{0,31}$, else the fallback. */
void
hint_set_term(struct hints *h, const char *term);

/*
 * Clamp to 20–500 × 5–300. False, and nothing changes, when either is zero
 * or negative: the peer does not know.
 */
bool
hint_set_size(struct hints *h, int cols, int rows);

/*
 * A variable of the peer's environment: false when it is not one of LANG,
 * LC_*, NO_COLOR. Of a locale (POSIX 8.2) two things are believed, whatever
 * the order in which variables come: Dutch or English, for accounts that
 * chose no language, and whether its character set is UTF-8. Our own locale
 * is C.UTF-8 all the same; files of a locale are never named by the peer.
 */
bool
hint_set_env(struct hints *h, const char *name, const char *value);

#endif

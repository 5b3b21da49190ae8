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
 * LC_*, NO_COLOR. The account says the language, so LANG and LC_* are
 * allowed and mean nothing; character set and folder of a locale never come
 * from the peer.
 */
bool
hint_set_env(struct hints *h, const char *name, const char *value);

#endif

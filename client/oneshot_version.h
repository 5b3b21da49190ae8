/*
 * oneshot_version.h - what the commands share that make a version of a page.
 * All send a request id, so that a lost answer can be asked for again without
 * writing twice.
 */
#ifndef PLEIN_ONESHOT_VERSION_H
#define PLEIN_ONESHOT_VERSION_H

#include "oneshot_do.h"

/* {address, note, request}; the note is that of --note. */
json_t *
version_params(const struct oneshot *o, const char *address);

/* How a command speaks of what it did; NULL members: as a save. */
struct version_words {
	const char *done; /* msgid: what became of the page */
	const char *clash; /* msgid: others changed the same */
	/* The text that was to be written, for --json; false: there is none. */
	bool (*yours)(struct oneshot *o, const json_t *params,
		      struct buf *text);
};

/*
 * Ask the method, print the version that was made and say what it holds. On
 * a conflict with --json both texts are printed. Gives the exit code.
 */
int
version_make(struct oneshot *o, const char *method, json_t *params_take,
	     const struct version_words *words);

/* Standard input as a text, with CR LF made LF; a terminal is not waited for.
 * An exit code after it was told. */
int
oneshot_read_text(struct oneshot *o, struct buf *text);

#endif

/*
 * install.h - making a new wiki in a data folder: repository with its first
 * commit, host key, database, plein.conf; all of it on stable storage.
 */
#ifndef PLEIN_SERVER_INSTALL_H
#define PLEIN_SERVER_INSTALL_H

#include <stdbool.h>

#include "plein/err.h"

#define INSTALL_NOTHING "none"

struct install {
	const char *dir;
	/* Folder; NULL: one start page; INSTALL_NOTHING: no page at all, and
	 * a beginning so long ago that an import keeps its own dates. */
	const char *template;
	const char *domain; /* NULL: the default of plein.conf */
	const char *name; /* the same */
};

/*
 * PLEIN_EEXISTS when the folder holds a wiki, or a part of one. *as_root is
 * set when everything will belong to root. The process stays in the folder.
 */
int
install_run(const struct install *what, bool *as_root, struct err *err);

/*
 * Open the current folder as the wiki process will: the index is built,
 * damage shows.
 */
int
install_prove(struct err *err);

/*
 * As root, give the folder `data` and all in it to whom it belonged, or when
 * that is root to the user who will run it, where there is one, else *as_root
 * is set. Sync it.
 */
int
install_give_away(int data, bool *as_root, struct err *err);

#endif

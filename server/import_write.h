/*
 * import_write.h - commits of another repository, made again on main: by the
 * same rules as every edit, and never over what somebody else wrote.
 */
#ifndef PLEIN_SERVER_IMPORT_WRITE_H
#define PLEIN_SERVER_IMPORT_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "import_places.h"
#include "plein/buf.h"
#include "plein/conf.h"
#include "plein/vec.h"

struct import_write {
	struct repo *repo; /* borrowed */
	struct import_places *places;
	const struct conf *conf; /* borrowed: what may be attached */
	const char *service_mail;
	int64_t now; /* nothing is later than this */
	struct repo_id after; /* taken over before, up to this; "" = nothing */
	bool seen_last; /* that one came by */
	struct buf report; /* lines for people, to be shown and emptied */
	long n_commits, n_files, n_renamed, n_left_out;
	bool lost; /* a page could not be taken over */
};

/*
 * Make as many of the commits from *next on as fit in a moment (`ms`), as one
 * move of main; *next moves behind them. 0 when all went well, also when
 * there was nothing to make. PLEIN_EBUSY when main moved meanwhile: nothing
 * of it happened, and the places are not right any more. Errors of the store.
 */
int
import_write_round(struct import_write *w, const struct vec *commits,
		   size_t *next, int ms, struct err *err);

#endif

/*
 * oneshot_rows.h - answers that are lists. They come in parts, and each is
 * followed to its end.
 */
#ifndef PLEIN_ONESHOT_ROWS_H
#define PLEIN_ONESHOT_ROWS_H

#include "oneshot_do.h"

/* A member of a row, or null. */
json_t *
row_part(const json_t *row, const char *key);

/* A member of a row as text, or NULL. */
const char *
row_text(const json_t *row, const char *key);

json_int_t
row_number(const json_t *row, const char *key);

/* All rows of a list, collected; an array, or an exit code after it was
 * told. A list that changes meanwhile is asked anew. */
int
oneshot_ask_rows(struct oneshot *o, const char *method, json_t *params_take,
		 json_t **rows);

/* A list that is written part by part, however long it is. */
struct row_list {
	const char *method;
	const char *cursor; /* the parameter that takes `next` */
	long most; /* rows; 0: all */
	int forgive; /* an error that is only "not complete", or 0 */
	void (*add)(struct oneshot *o, const json_t *row, void *ctx);
	/* the answer that its rows come from, before those; or NULL */
	void (*begin)(struct oneshot *o, const json_t *result, void *ctx);
	void *ctx;
	/* out */
	size_t n; /* rows there were */
	bool incomplete; /* the wiki says that something was left out */
	bool more; /* there were more than `most` */
};

/* EXIT_DONE, also when there was no row, or an exit code after it was told. */
int
oneshot_each(struct oneshot *o, struct row_list *l, json_t *params_take);

/* All rows of a method without parameters of its own, and oneshot_found(). */
int
oneshot_list(struct oneshot *o, const char *method,
	     void (*add)(struct oneshot *o, const json_t *row, void *ctx));

/* Say so when old texts may hold more; with --json too, which has no row for
 * it. */
void
oneshot_tell_unsearched(struct oneshot *o, const struct row_list *l);

/* EXIT_DONE, or EXIT_NOTHING after it was told when n is 0. */
int
oneshot_found(struct oneshot *o, size_t n);

#endif

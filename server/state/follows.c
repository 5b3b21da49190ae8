/* follows.c - see follows.h. */
#include "state/follows.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "state/state_impl.h"

static const char *const words[FOLLOW_N] = {
	[FOLLOW_AUTO] = "auto",
	[FOLLOW_NO] = "no",
	[FOLLOW_YES] = "yes",
	[FOLLOW_MUTED] = "muted",
};

enum follow
follow_of(const char *word)
{
	int f = 0;

	while (f < FOLLOW_N && strcmp(words[f], word) != 0)
		f++;
	return (enum follow)f;
}

const char *
follow_word(enum follow f)
{
	return words[f];
}

void
wish_free(void *item)
{
	struct wish *w = item;

	if (w == NULL)
		return;
	free(w->what);
	free(w);
}

static int
check_room(struct state *s, const char *space, const char *handle,
	   const char *what, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int64_t n = 0;
	int rc = db_start(&s->db, &st, err,
			  "SELECT count(*) FROM follow"
			  " WHERE handle = ? AND space = ? AND what <> ?",
			  "ttt", handle, space, what);

	if (rc == 0)
		rc = db_step(&s->db, st, err);
	if (rc > 0)
		n = sqlite3_column_int64(st, 0);
	db_end(st);
	if (rc < 0)
		return rc;
	return n < FOLLOWS_MAX
		       ? 0
		       : err_rule(err, PLEIN_ERULE, "follows", FOLLOWS_MAX,
				  "nobody can say more than %d times what "
				  "they follow",
				  FOLLOWS_MAX);
}

int
follow_put(struct state *s, const char *space, const char *handle,
	   const struct wish *w, struct err *err)
{
	int rc;

	if (w->follow == FOLLOW_AUTO)
		return db_run(&s->db, err,
			      "DELETE FROM follow WHERE handle = ?"
			      " AND space = ? AND what = ?",
			      "ttt", handle, space, w->what);
	rc = check_room(s, space, handle, w->what, err);
	if (rc != 0)
		return rc;
	return db_run(&s->db, err,
		      "INSERT OR REPLACE INTO follow"
		      " (handle, space, what, follow) VALUES (?, ?, ?, ?)",
		      "tttt", handle, space, w->what, words[w->follow]);
}

static struct wish *
make_wish(sqlite3_stmt *st)
{
	struct wish *w = mem_alloc(sizeof *w);
	enum follow f = follow_of((const char *)sqlite3_column_text(st, 1));

	w->what = db_text(st, 0);
	w->follow = f < FOLLOW_N ? f : FOLLOW_AUTO;
	return w;
}

int
follow_list(struct state *s, const char *space, const char *handle,
	    struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&s->db, &st, err,
			  "SELECT what, follow FROM follow"
			  " WHERE handle = ? AND space = ? ORDER BY what",
			  "tt", handle, space);

	if (rc == 0)
		while ((rc = db_step(&s->db, st, err)) > 0)
			vec_push(out, make_wish(st));
	db_end(st);
	return rc;
}

/* fresh.c - see fresh.h. */
#include "state/fresh.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "plein/remark.h"
#include "state/index_impl.h"

/* ?2 is who asks. */
#define FRESH \
	"r.handle <> ?2 AND r.kind = 0 AND r.gone = 0" \
	" AND r.withdrawn IS NULL"
#define MENTIONS \
	"EXISTS (SELECT 1 FROM mention m" \
	" WHERE m.handle = ?2 AND m.id = r.id AND m.stands)"
/* A name is <stamp>-<handle>-<digest>; a stamp has 16 characters. */
#define ANSWERS \
	"coalesce(substr(rtrim(r.reply, '0123456789abcdef'), 18)" \
	" = ?2 || '-', 0)"

int
fresh_find(struct index *x, const char *name, int64_t *seq, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT seq FROM remark WHERE name = ?", "t", name);

	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*seq = sqlite3_column_int64(st, 0);
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such remark");
	return rc < 0 ? rc : 0;
}

/* --- by thread ------------------------------------------------------------ */

void
fresh_thread_free(void *item)
{
	struct fresh_thread *t = item;

	if (t == NULL)
		return;
	free(t->code);
	free(t->page);
	free(t->newest);
	free(t->was);
	free(t);
}

static struct fresh_thread *
make_thread(sqlite3_stmt *st)
{
	struct fresh_thread *t = mem_alloc(sizeof *t);

	t->code = db_text(st, 0);
	t->page = db_text(st, 1);
	t->newest = db_text(st, 2);
	t->was = db_text(st, 3);
	t->count.n = (long)sqlite3_column_int64(st, 4);
	return t;
}

static int
add_threads(struct index *x, sqlite3_stmt *st, struct vec *out, struct err *err)
{
	int rc;

	while ((rc = db_step(&x->db, st, err)) > 0)
		vec_push(out, make_thread(st));
	return rc;
}

static int
read_count(struct index *x, sqlite3_stmt *st, struct fresh_count *out,
	   struct err *err)
{
	int rc = db_step(&x->db, st, err);

	if (rc > 0) {
		out->n = (long)sqlite3_column_int64(st, 0);
		out->own = (long)sqlite3_column_int64(st, 1);
	}
	return rc < 0 ? rc : 0;
}

/*
 * The one min() makes r.name that of the first (SQLite, "Bare columns in an
 * aggregate query"). The index remark_said holds all that it takes; the plus
 * keeps to it.
 */
int
fresh_threads(struct index *x, int64_t after, const char *handle,
	      struct vec *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT t.code, t.page, t.newest, (SELECT v.thread"
			  "  FROM remark_version v WHERE v.name = g.name"
			  "  ORDER BY v.seq LIMIT 1), g.n FROM"
			  " (SELECT r.thread AS code, min(r.seq),"
			  "  r.name AS name, count(*) AS n FROM remark r"
			  "  WHERE r.seq > ?1 AND " FRESH
			  "  GROUP BY +r.thread) g"
			  " JOIN thread t ON t.code = g.code ORDER BY t.code",
			  "it", after, handle);

	if (rc == 0)
		rc = add_threads(x, st, out, err);
	db_end(st);
	return rc;
}

/* What is fresh in thread f, in the order in which it came. */
#define FRESH_IN_F \
	"FROM remark r WHERE r.thread = f.code AND r.seq > ?1 AND " FRESH

static int
compare_codes(const void *a, const void *b)
{
	const struct fresh_thread *x = a, *y = b;

	return strcmp(x->code, y->code);
}

/* By code, each once, those in which there is something. */
static void
take_counted(struct vec *found, struct vec *out)
{
	struct fresh_thread *t;
	size_t i, first = out->len;

	vec_sort(found, compare_codes);
	for (i = 0; i < found->len; i++) {
		t = found->items[i];
		if (t->count.n > 0 &&
		    (out->len == first ||
		     compare_codes(out->items[out->len - 1], t) != 0))
			vec_push(out, t);
		else
			fresh_thread_free(t);
	}
	vec_release(found, NULL);
}

/* The order of the joins is the order in which they are looked at. Nothing is
 * sorted or made distinct in there: that costs more than the rest. */
int
fresh_of_pages(struct index *x, const char *pages, int64_t after,
	       const char *handle, struct vec *out, struct err *err)
{
	struct vec found = VEC_INIT;
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT f.code, f.page, f.newest, (SELECT v.thread"
			  "  FROM remark_version v WHERE v.name ="
			  "   (SELECT r.name " FRESH_IN_F
			  "    ORDER BY r.seq, r.name LIMIT 1)"
			  "  ORDER BY v.seq LIMIT 1),"
			  " (SELECT count(*) " FRESH_IN_F ")"
			  " FROM json_each(?3) p CROSS JOIN thread f"
			  " ON f.page = p.value AND f.last > ?1",
			  "itt", after, handle, pages);

	if (rc == 0)
		rc = add_threads(x, st, &found, err);
	db_end(st);
	take_counted(&found, out);
	return rc;
}

int
fresh_of_page(struct index *x, const char *page, int64_t after, struct vec *out,
	      struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT code, page, newest, NULL, 0 FROM thread"
			  " WHERE page = ? AND last > ? ORDER BY code",
			  "ti", page, after);

	if (rc == 0)
		rc = add_threads(x, st, out, err);
	db_end(st);
	return rc;
}

#define COUNT(own) \
	"SELECT count(*), coalesce(sum(own), 0) FROM" \
	" (SELECT " own " AS own FROM remark r WHERE r.thread = ?1 AND " FRESH \
	"  AND r.seq > ?3 AND r.seq >= ?4" \
	"  AND (r.seq > ?4 OR r.name > ?5) LIMIT ?6)"

int
fresh_count(struct index *x, const char *code, const struct fresh_filter *f,
	    struct fresh_count *out, struct err *err)
{
	static const char *const sql[] = {
		COUNT("0"), COUNT("(" MENTIONS " OR " ANSWERS ")")
	};
	const char *name = f->read.name[0] ? f->read.name : NULL;
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err, sql[f->own], "ttiiti", code,
			  f->handle, f->after, f->read.seq, name,
			  (int64_t)FRESH_MOST);

	memset(out, 0, sizeof(*out));
	if (rc == 0)
		rc = read_count(x, st, out, err);
	db_end(st);
	return rc;
}

int
fresh_origin(struct index *x, const char *code, int64_t after,
	     const char *handle, char **out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT v.thread FROM remark_version v WHERE v.name ="
			  " (SELECT r.name FROM remark r WHERE r.thread = ?1"
			  "  AND r.seq > ?3 AND " FRESH
			  "  ORDER BY r.seq, r.name LIMIT 1)"
			  " ORDER BY v.seq LIMIT 1",
			  "tti", code, handle, after);

	*out = NULL;
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0)
		*out = db_text(st, 0);
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "nothing is fresh there");
	return rc < 0 ? rc : 0;
}

/* --- one by one ----------------------------------------------------------- */

#define EXCERPT "300" /* characters */

void
fresh_remark_free(void *item)
{
	struct fresh_remark *r = item;

	if (r == NULL)
		return;
	free(r->name);
	free(r->page);
	free(r->thread);
	free(r->handle);
	free(r);
}

static struct fresh_remark *
make_remark(sqlite3_stmt *st)
{
	struct fresh_remark *r = mem_alloc(sizeof *r);

	r->seq = sqlite3_column_int64(st, 0);
	r->when = sqlite3_column_int64(st, 1);
	r->name = db_text(st, 2);
	r->page = db_text(st, 3);
	r->thread = db_text(st, 4);
	r->handle = db_text(st, 5);
	r->mentions = sqlite3_column_int(st, 6) != 0;
	r->answers = sqlite3_column_int(st, 7) != 0;
	r->begins = sqlite3_column_int(st, 8) != 0;
	r->late = sqlite3_column_int64(st, 9);
	return r;
}

bool
fresh_place_has(const struct fresh_place *p, const struct fresh_remark *r)
{
	return r->seq < p->seq ||
	       (r->seq == p->seq &&
		(!p->name[0] || strcmp(r->name, p->name) <= 0));
}

/* m is where it names the one who asks, if it does. */
#define COLUMNS \
	"r.seq, coalesce((SELECT time FROM entry WHERE seq = m.late), " \
	"r.time)," \
	" r.name, r.page, r.thread, r.handle, m.id IS NOT NULL, " ANSWERS \
	", r.title IS NOT NULL AND r.seq =" \
	"  (SELECT first FROM thread WHERE code = r.thread)," \
	" coalesce(m.late, 0)"

static int
add_remarks(struct index *x, sqlite3_stmt *st, struct vec *out, struct err *err)
{
	int rc;

	while ((rc = db_step(&x->db, st, err)) > 0)
		vec_push(out, make_remark(st));
	return rc;
}

static int
compare_newest(const void *a, const void *b)
{
	const struct fresh_remark *x = a, *y = b;
	int order = (x->seq < y->seq) - (x->seq > y->seq);

	return order ? order : strcmp(y->name, x->name);
}

/* Which they are is seen in the index remark_said alone; only they are read. */
int
fresh_remarks(struct index *x, const struct fresh_part *part, struct vec *out,
	      struct err *err)
{
	const struct fresh_remark *behind = part->behind;
	struct vec found = VEC_INIT;
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT " COLUMNS " FROM (SELECT r.id FROM remark r"
			  "  WHERE r.seq > ?1 AND " FRESH " AND r.seq <= ?3"
			  "  AND (r.seq < ?3 OR r.name < ?4)"
			  "  ORDER BY r.seq DESC, r.name DESC LIMIT ?5) k"
			  " CROSS JOIN remark r ON r.id = k.id"
			  " LEFT JOIN mention m"
			  " ON m.handle = ?2 AND m.id = r.id AND m.stands",
			  "ititi", part->after, part->handle,
			  behind ? behind->seq : INT64_MAX,
			  behind ? behind->name : "", (int64_t)part->limit);

	if (rc == 0)
		rc = add_remarks(x, st, &found, err);
	db_end(st);
	vec_sort(&found, compare_newest);
	for (size_t i = 0; i < found.len; i++)
		vec_push(out, found.items[i]);
	vec_release(&found, NULL);
	return rc;
}

int
fresh_late(struct index *x, const struct fresh_later *l, struct vec *out,
	   struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(
		&x->db, &st, err,
		"SELECT " COLUMNS " FROM mention m JOIN remark r ON r.id = m.id"
		" WHERE m.handle = ?2 AND m.late > ?1 AND m.stands"
		" AND " FRESH " AND r.name NOT IN"
		"  (SELECT value FROM json_each(?4))"
		" ORDER BY m.late DESC, r.name DESC LIMIT ?3",
		"itit", l->after, l->handle, (int64_t)l->limit, l->without);

	if (rc == 0)
		rc = add_remarks(x, st, out, err);
	db_end(st);
	return rc;
}

/* Both in the order in which they came, so that one row of each is read. */
int
fresh_first(struct index *x, const char *handle, int64_t after, int64_t *seq,
	    int64_t *when, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT seq, time FROM entry WHERE seq ="
			  " (SELECT min(seq) FROM (SELECT * FROM"
			  "  (SELECT r.seq AS seq FROM mention m JOIN remark r"
			  "   ON r.id = m.id WHERE m.handle = ?2 AND m.stands"
			  "   AND m.late IS NULL AND r.seq > ?1 AND " FRESH
			  "   ORDER BY m.id LIMIT 1) UNION ALL SELECT * FROM"
			  "  (SELECT m.late FROM mention m JOIN remark r"
			  "   ON r.id = m.id WHERE m.handle = ?2 AND m.stands"
			  "   AND m.late > ?1 AND " FRESH
			  "   ORDER BY m.late LIMIT 1)))",
			  "it", after, handle);

	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0) {
		*seq = sqlite3_column_int64(st, 0);
		*when = sqlite3_column_int64(st, 1);
	}
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "nobody named them");
	return rc < 0 ? rc : 0;
}

int
fresh_words(struct index *x, const char *name, char **title, char **body,
	    struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT t.title, coalesce(substr(r.body, 1, " EXCERPT
			  "), '') FROM remark r"
			  " JOIN thread t ON t.code = r.thread"
			  " WHERE r.name = ?",
			  "t", name);

	*title = *body = NULL;
	if (rc == 0)
		rc = db_step(&x->db, st, err);
	if (rc > 0) {
		*title = db_text(st, 0);
		*body = db_text(st, 1);
	}
	db_end(st);
	if (rc == 0)
		return err_set(err, PLEIN_ENOTFOUND, "no such remark");
	return rc < 0 ? rc : 0;
}

/* --- what somebody did there ---------------------------------------------- */

static bool
finds(struct index *x, const char *sql, const char *a, const char *b)
{
	sqlite3_stmt *st = NULL;
	bool found = db_start(&x->db, &st, NULL, sql, "tt", a, b) == 0 &&
		     db_step(&x->db, st, NULL) > 0;

	db_end(st);
	return found;
}

bool
fresh_said_in(struct index *x, const char *code, const char *handle)
{
	return finds(x,
		     "SELECT 1 FROM remark WHERE thread = ? AND handle = ?"
		     " AND kind = 0 AND NOT gone AND withdrawn IS NULL LIMIT 1",
		     code, handle);
}

bool
fresh_wrote(struct index *x, const char *address, const char *handle)
{
	return finds(x,
		     "SELECT 1 FROM version v JOIN entry e ON e.seq = v.seq"
		     " WHERE v.page = ? AND e.handle = ? LIMIT 1",
		     address, handle);
}

/* --- events --------------------------------------------------------------- */

void
fresh_event_free(void *item)
{
	struct fresh_event *e = item;

	if (e == NULL)
		return;
	free(e->name);
	free(e->page);
	free(e->thread);
	free(e->handle);
	free(e->answers);
	vec_release(&e->mentions, free);
	vec_release(&e->named, free);
	free(e);
}

/* The handle in the name of a remark, or NULL. */
static char *
author_of(const char *name)
{
	const char *end = name ? strrchr(name, '-') : NULL;
	const char *from = name ? strchr(name, '-') : NULL;

	if (from == NULL || from >= end)
		return NULL;
	return mem_strndup(from + 1, (size_t)(end - from) - 1);
}

static const char *
action_of(int kind, bool is_new, bool is_gone)
{
	if (is_gone)
		return "gone";
	if (!is_new)
		return "changed";
	return kind == REMARK_SAID ? "said"
				   : remark_kind_state((enum remark_kind)kind);
}

/* Is it one of the words of `list`, with blanks between? */
static bool
is_listed(const char *list, const char *word)
{
	size_t len;

	for (; list && *list; list += len + (list[len] == ' ')) {
		len = strcspn(list, " ");
		if (len == strlen(word) && strncmp(list, word, len) == 0)
			return true;
	}
	return false;
}

static void
add_named(struct fresh_event *e, const char *list)
{
	size_t i;

	for (i = 0; i < e->mentions.len; i++)
		if (is_listed(list, e->mentions.items[i]))
			vec_push(&e->named, mem_strdup(e->mentions.items[i]));
}

static struct fresh_event *
make_event(sqlite3_stmt *st)
{
	struct fresh_event *e = mem_alloc(sizeof *e);
	const char *body = (const char *)sqlite3_column_text(st, 7);

	e->name = db_text(st, 0);
	e->page = db_text(st, 1);
	e->thread = db_text(st, 2);
	e->handle = db_text(st, 3);
	e->answers = author_of((const char *)sqlite3_column_text(st, 4));
	e->action = action_of(sqlite3_column_int(st, 5),
			      sqlite3_column_int(st, 6) != 0,
			      sqlite3_column_int(st, 8) != 0);
	if (body != NULL)
		remark_mentions(&e->mentions, body);
	add_named(e, (const char *)sqlite3_column_text(st, 9));
	return e;
}

int
fresh_events(struct index *x, int64_t after, long limit, struct vec *out,
	     struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = db_start(&x->db, &st, err,
			  "SELECT v.name, v.page, v.thread, r.handle, r.reply,"
			  " r.kind, r.seq = v.seq,"
			  " iif(r.withdrawn IS NULL, r.body, NULL),"
			  " v.blob IS NULL, (SELECT group_concat(m.handle, ' ')"
			  "  FROM mention m WHERE m.id = r.id"
			  "  AND coalesce(m.late, r.seq) = v.seq)"
			  " FROM remark_version v JOIN remark r"
			  " ON r.name = v.name WHERE v.seq > ?"
			  " ORDER BY v.seq, v.name LIMIT ?",
			  "ii", after, (int64_t)limit);

	if (rc == 0)
		while ((rc = db_step(&x->db, st, err)) > 0)
			vec_push(out, make_event(st));
	db_end(st);
	return rc;
}

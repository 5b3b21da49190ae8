/* overviews.c - see overviews.h. */
#include "wiki/overviews.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/progress.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/moment.h"
#include "wiki/part.h"
#include "wiki/rows.h"
#include "wiki/rowtext.h"
#include "wiki/shaping.h"
#include "wiki/unread.h"

/* --- a row ---------------------------------------------------------------- */

static bool
is_flag(const char *name)
{
	return strcmp(name, "holds") == 0 || strcmp(name, "in_force") == 0 ||
	       strcmp(name, "overdue") == 0;
}

/* A page may call itself what it likes; its address is what counts. */
static const char *
name_municipality(const struct overview_row *r, const char *title)
{
	const char *slash = strrchr(r->address, '/');
	struct buf slug = BUF_INIT;
	bool same;

	progress_slug(&slug, title);
	same = slash && strcmp(slug.ptr, slash + 1) == 0;
	buf_release(&slug);
	return same || !slash ? title : slash + 1;
}

static void
write_value(struct buf *row, const char *name, const struct overview_row *r,
	    const struct overview_value *v)
{
	if (is_flag(name)) /* or of a day that is not known */
		rowtext_flag(row, name, v->is_number && v->number);
	else if (v->is_number && strcmp(name, "stage") == 0)
		rowtext_line(row, name,
			     progress_word((enum progress_stage)v->number));
	else if (v->is_number)
		rowtext_number(row, name, v->number);
	else if (v->text && strcmp(name, "municipality") == 0)
		rowtext_line(row, name, name_municipality(r, v->text));
	else
		rowtext_line(row, name, v->text);
}

/* `fresh`: how much is unread about it, where that is told. */
static void
write_overview(struct buf *row, enum overview which,
	       const struct overview_row *r, long fresh)
{
	const char *const *names = overview_names(which);
	size_t k;

	rowtext_begin(row);
	rowtext_line(row, "address", r->address);
	for (k = 0; k < r->n && names[k]; k++)
		write_value(row, names[k], r, &r->values[k]);
	if (fresh > 0)
		rowtext_number(row, "new", fresh);
	rowtext_end(row);
}

/* --- parameters ----------------------------------------------------------- */

void
overviews_today(char out[DAYTEXT_LEN + 1])
{
	time_t now = time(NULL);
	struct tm tm;

	out[0] = '\0';
	if (localtime_r(&now, &tm))
		(void)strftime(out, DAYTEXT_LEN + 1, "%Y-%m-%d", &tm);
}

/* "<i> <address> <key>", as an answer of before told. */
static int
read_cursor(struct overviews *o, const char *after, struct err *err)
{
	char *end;
	size_t len;

	if (!after)
		return 0;
	errno = 0;
	o->filter.after_i = strtoll(after, &end, 10);
	len = *end == ' ' ? strcspn(end + 1, " ") : 0;
	if (errno || len == 0 || len > PATH_MAX_LEN || end[1 + len] != ' ')
		return err_set(err, PLEIN_EUSAGE, "no cursor of this list");
	memcpy(o->after, end + 1, len);
	o->after[len] = '\0';
	o->filter.after_address = o->after;
	o->filter.after_key = end + 2 + len;
	return 0;
}

static int
read_params(struct overviews *o, struct call *c)
{
	long limit = call_number(c, "limit", 0);
	int rc = shaping_read_day(call_text(c, "on"), o->on, &c->err);

	if (!o->on[0])
		overviews_today(o->on);
	o->filter.on = o->on;
	o->filter.limit = limit > 0 && limit < ROWS_MAX ? limit : ROWS_MAX;
	return rc ? rc : read_cursor(o, call_text(c, "after"), &c->err);
}

int
overviews_open(struct overviews *o, struct desk *d, struct call *c,
	       enum overview which)
{
	static const char *const folders[] = { "besluiten", "organisaties",
					       "themas",    "vergaderingen",
					       "voortgang", "vraagstukken",
					       NULL };
	int rc;

	memset(o, 0, sizeof(*o));
	o->which = which;
	rc = read_params(o, c);
	if (!rc)
		rc = desk_need_index(d, &c->err);
	if (!rc && json_object_get(c->params, "at"))
		rc = moment_index(d, call_number(c, "at", 0), folders,
				  &o->moment, &c->err);
	o->index = o->moment ? o->moment : d->index;
	return rc;
}

void
overviews_close(struct overviews *o)
{
	index_close(o->moment);
	o->moment = NULL;
}

/* --- answers -------------------------------------------------------------- */

/* Actions of one page often follow each other: it is named once for them. */
static json_t *
name_pages(const struct vec *rows)
{
	const struct overview_row *r, *last = NULL;
	json_t *pages = json_array();
	size_t i;

	for (i = 0; i < rows->len; i++) {
		r = rows->items[i];
		if (!last || strcmp(r->address, last->address) != 0)
			(void)json_array_append_new(pages,
						    json_string(r->address));
		last = r;
	}
	return pages;
}

/* As many as fit, each with what is unread about it. */
static void
answer_rows(const struct overviews *o, struct desk *d, struct call *c,
	    const struct vec *rows, const struct unread_rows *told)
{
	const struct overview_row *r = NULL;
	struct buf next = BUF_INIT;
	struct part part;
	size_t i;

	part_init(&part, d->part_max);
	for (i = 0; i < rows->len; i++) {
		r = rows->items[i];
		write_overview(part_row(&part), o->which, r,
			       unread_of_row(told, r->address));
		if (!part_keep(&part))
			break;
	}
	r = NULL;
	if (i > 0 && (i < rows->len || rows->len == (size_t)o->filter.limit)) {
		r = rows->items[i - 1];
		buf_printf(&next, "%lld %s %s", (long long)r->i, r->address,
			   r->key);
	}
	part_answer(&part, c, r ? next.ptr : NULL);
	buf_release(&next);
}

int
overviews_answer(struct overviews *o, struct desk *d, struct call *c)
{
	struct unread_rows told;
	struct vec rows = VEC_INIT;
	int rc = overview_list(o->index, o->which, &o->filter, &rows, &c->err);

	memset(&told, 0, sizeof(told));
	if (!rc)
		rc = unread_open_rows(&told, d, c, name_pages(&rows));
	if (!rc)
		answer_rows(o, d, c, &rows, &told);
	unread_close_rows(&told);
	vec_release(&rows, overview_row_free);
	return rc;
}

/* The value that is written there. */
static json_t *
read_row(const struct buf *text)
{
	json_t *row = json_loadb(text->ptr, text->len, 0, NULL);

	if (!row)
		die("a row of ours cannot be read");
	return row;
}

json_t *
overviews_rows(struct overviews *o, enum overview which,
	       const struct overview_filter *filter, struct err *err)
{
	struct vec rows = VEC_INIT;
	struct buf text = BUF_INIT;
	json_t *list = NULL;
	size_t i;

	if (!overview_list(o->index, which, filter, &rows, err)) {
		list = json_array();
		for (i = 0; i < rows.len; i++) {
			buf_reset(&text);
			write_overview(&text, which, rows.items[i], 0);
			(void)json_array_append_new(list, read_row(&text));
		}
	}
	buf_release(&text);
	vec_release(&rows, overview_row_free);
	return list;
}

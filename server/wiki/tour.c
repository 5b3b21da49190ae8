/* tour.c - see tour.h. */
#include "wiki/tour.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "plein/agenda.h"
#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "state/news.h"
#include "wiki/kept.h"

#define FIRST 32 /* pages that are looked at together, at first */
#define MOST 512 /* and in the end */

/* --- all pages, in their order ----------------------------------------------- */

static void
add_line(struct buf *out, const char *address)
{
	buf_str(out, address);
	buf_char(out, '\n');
}

/* A page that hangs at several places is read at the first. */
static void
write_agenda(struct buf *out, const struct agenda *a, json_t *written)
{
	const struct page_info *page;
	size_t i;

	for (i = 0; i < a->n_rows; i++) {
		page = a->rows[i].page;
		if (!page || json_object_get(written, page->address))
			continue;
		(void)json_object_set_new(written, page->address, json_true());
		add_line(out, page->address);
	}
}

static int
compare_addresses(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Also where discussions are left and no page is. */
static int
write_rest(struct desk *d, struct buf *out, const struct vec *infos,
	   const json_t *written, struct err *err)
{
	struct vec rest = VEC_INIT;
	const struct page_info *page;
	size_t i;
	int rc = news_orphaned(d->index, &rest, err);

	for (i = 0; i < infos->len; i++) {
		page = infos->items[i];
		if (!json_object_get(written, page->address))
			vec_push(&rest, mem_strdup(page->address));
	}
	vec_sort(&rest, compare_addresses);
	for (i = 0; i < rest.len; i++)
		add_line(out, rest.items[i]);
	vec_release(&rest, free);
	return rc;
}

/* A line each; behind an empty one the rest. */
static int
write_order(struct desk *d, struct buf *out, struct err *err)
{
	struct vec pages = VEC_INIT, infos = VEC_INIT;
	json_t *written = json_object();
	struct agenda agenda;
	size_t i;
	int rc = index_pages(d->index, &pages, err);

	for (i = 0; i < pages.len; i++)
		vec_push(&infos, &((struct index_page *)pages.items[i])->info);
	if (!rc) {
		agenda_build(&agenda, &infos);
		write_agenda(out, &agenda, written);
		agenda_release(&agenda);
		buf_char(out, '\n');
		rc = write_rest(d, out, &infos, written, err);
	}
	json_decref(written);
	vec_release(&infos, NULL);
	vec_release(&pages, index_page_free);
	return rc;
}

struct order {
	struct buf text;
	struct vec pages; /* char *, in the text */
	size_t rest; /* from there on they are by address */
};

static int
load_order(struct order *o, struct desk *d, struct err *err)
{
	char *line, *end;
	int rc = kept_text(d, "order", write_order, &o->text, err);

	for (line = o->text.ptr; *line; line = end + 1) {
		end = strchr(line, '\n');
		*end = '\0';
		if (*line)
			vec_push(&o->pages, line);
		else
			o->rest = o->pages.len;
		if (!end[1])
			break;
	}
	return rc;
}

/* *at: where it is, or would be; false when it is not there. */
static bool
find_place(const struct order *o, const char *address, size_t *at)
{
	for (*at = 0; *at < o->pages.len; ++*at)
		if (strcmp(o->pages.items[*at], address) == 0)
			return true;
	for (*at = o->rest; *at < o->pages.len; ++*at)
		if (strcmp(o->pages.items[*at], address) > 0)
			break;
	return false;
}

/* --- those to look at ------------------------------------------------------------ */

struct walk {
	struct tour *tour;
	struct unread *unread;
	const struct tour_stop *here;
	struct vec pages; /* const char *: from here on, round and round */
	bool back; /* the last of them is the page where one is */
	bool found, enough;
	struct err *err;
};

/* Where something came, while that is little; else NULL: anywhere. */
static int
find_touched(const struct walk *w, json_t **out)
{
	struct desk *d = w->unread->desk;
	const struct fresh_remark *r;
	struct vec pages = VEC_INIT;
	size_t i;
	int rc = news_touched(d->index, w->unread->from.after, d->much, &pages,
			      w->err);

	*out = pages.len < (size_t)d->much ? json_object() : NULL;
	for (i = 0; i < pages.len && *out; i++)
		(void)json_object_set_new(*out, pages.items[i], json_true());
	for (i = 0; i < w->unread->late.len && *out; i++) {
		r = w->unread->late.items[i];
		(void)json_object_set_new(*out, r->page, json_true());
	}
	vec_release(&pages, free);
	return rc;
}

static void
add_pages(struct walk *w, const struct order *o, size_t from, size_t to,
	  const json_t *touched)
{
	for (; from < to; from++)
		if (!touched || json_object_get(touched, o->pages.items[from]))
			vec_push(&w->pages, o->pages.items[from]);
}

/* What of the page where one is lies behind that, then all others, then what
 * lies before it. */
static void
lay_out(struct walk *w, const struct order *o, const json_t *touched)
{
	const char *address = w->here->address;
	size_t at = 0, n = o->pages.len;
	bool there = address && find_place(o, address, &at);

	add_pages(w, o, at, n, touched);
	add_pages(w, o, 0, at, touched);
	w->back = there && w->pages.len &&
		  strcmp(w->pages.items[0], address) == 0;
	if (w->back)
		vec_push(&w->pages, w->pages.items[0]);
}

/* --- looking ---------------------------------------------------------------------- */

static void
take(struct walk *w, const char *address, const char *code)
{
	struct tour *t = w->tour;

	if (!w->found) {
		t->next.address = mem_strdup(address);
		t->next.code = code ? mem_strdup(code) : NULL;
		w->found = true;
	} else if (t->left < TOUR_LEFT) {
		t->left++;
	} else {
		t->more = w->enough = true;
	}
}

/* Does it lie behind where one is on this page? */
static bool
is_behind(const struct walk *w, const char *code)
{
	return code && (!w->here->code || strcmp(code, w->here->code) > 0);
}

/* Page i, whole but where it comes twice. */
static bool
is_wanted(const struct walk *w, size_t i, const char *code)
{
	if (!w->back || (i > 0 && i + 1 < w->pages.len))
		return true;
	return is_behind(w, code) == (i == 0);
}

static void
look_at(struct walk *w, size_t i, const struct changed *changed)
{
	const struct unread *u = w->unread;
	const char *page = w->pages.items[i];
	const struct fresh_thread *t;
	size_t k;

	if (changed_has(changed, page) && is_wanted(w, i, NULL))
		take(w, page, NULL);
	for (k = unread_seek(u, page); k < u->threads.len; k++) {
		t = u->threads.items[k];
		if (strcmp(t->page, page) != 0)
			break;
		if (is_wanted(w, i, t->code))
			take(w, page, t->code);
	}
}

static int
look_at_part(struct walk *w, size_t from, size_t to)
{
	struct unread *u = w->unread;
	struct changed changed = { VEC_INIT };
	json_t *names = json_array();
	char *text;
	size_t i;
	int rc;

	for (i = from; i < to; i++)
		(void)json_array_append_new(names,
					    json_string(w->pages.items[i]));
	text = json_dumps(names, JSON_COMPACT);
	rc = unread_turn_to(u, names, w->err);
	if (!rc)
		rc = changed_load(&changed, u->desk, u->handle, u->from.after,
				  text, w->err);
	for (i = from; i < to && !rc && !w->enough; i++)
		look_at(w, i, &changed);
	changed_release(&changed);
	free(text);
	json_decref(names);
	return rc;
}

static int
look(struct walk *w)
{
	size_t at = 0, most = FIRST, end;
	int rc = 0;

	while (at < w->pages.len && !rc && !w->enough) {
		end = at + most < w->pages.len ? at + most : w->pages.len;
		rc = look_at_part(w, at, end);
		at = end;
		most = most * 2 < MOST ? most * 2 : MOST;
	}
	return rc;
}

int
tour_find(struct tour *t, struct unread *u, const struct tour_stop *here,
	  struct err *err)
{
	struct order order = { .text = BUF_INIT };
	struct walk w = { .tour = t, .unread = u, .here = here, .err = err };
	json_t *touched = NULL;
	int rc;

	memset(t, 0, sizeof(*t));
	if (!u->from.since)
		return 0;
	rc = load_order(&order, u->desk, err);
	if (!rc)
		rc = find_touched(&w, &touched);
	if (!rc) {
		lay_out(&w, &order, touched);
		rc = look(&w);
	}
	json_decref(touched);
	vec_release(&w.pages, NULL);
	vec_release(&order.pages, NULL);
	buf_release(&order.text);
	return rc;
}

void
tour_release(struct tour *t)
{
	free(t->next.address);
	free(t->next.code);
}

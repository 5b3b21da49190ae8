/* pastlinks.c - see pastlinks.h. */
#include "wiki/pastlinks.h"

#include <stdlib.h>
#include <string.h>

#include "plein/clock.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "state/past_named.h"
#include "state/timeline.h"
#include "wiki/moment.h"

void
pastlinks_release(struct pastlinks *l)
{
	vec_release(&l->rows, links_row_free);
}

/* One page of then, and the links in it. */
struct source {
	struct page_info info;
	struct buf text;
	struct frontmatter *fields;
	struct extract body;
	struct vec links; /* struct linked * */
};

/* release_source() it in any case. */
static int
read_source(struct source *s, struct desk *d, int64_t seq, const char *address,
	    struct err *err)
{
	int rc;

	*s = (struct source){ .text = BUF_INIT };
	page_info_init(&s->info);
	rc = moment_text(d, seq, address, &s->text, err);
	if (rc)
		return rc;
	page_info_read(&s->info, address, s->text.ptr, s->text.len);
	/* a broken block has no fields */
	(void)frontmatter_parse(&s->fields, s->text.ptr, s->text.len, NULL);
	extract_read(&s->body, address, s->text.ptr + s->info.body,
		     s->text.len - s->info.body);
	linked_read(&s->links, s->fields, &s->body);
	return 0;
}

static void
release_source(struct source *s)
{
	vec_release(&s->links, linked_free);
	extract_release(&s->body);
	frontmatter_free(s->fields);
	buf_release(&s->text);
	page_info_release(&s->info);
}

static struct links_row *
make_row(const struct source *s, const struct linked *l)
{
	struct links_row *r = mem_alloc(sizeof(*r));
	struct buf passage = BUF_INIT;

	if (l->in)
		extract_passage(&passage, &s->body, l->in);
	r->address = mem_strdup(s->info.address);
	r->title = mem_strdup(s->info.title);
	r->kind = mem_strdup(s->info.kind);
	r->status = mem_strdup(s->info.status);
	r->target = mem_strdup(l->target);
	r->field = l->field ? mem_strdup(l->field) : NULL;
	r->passage = buf_take(&passage);
	r->count = 1;
	return r;
}

struct telling {
	struct desk *desk;
	int64_t seq;
	const struct linked_names *names;
	bool fields;
	long skip;
	size_t most;
	struct pastlinks *out;
	struct err *err;
};

static void
add_links(struct telling *t, const struct source *s, bool field)
{
	const struct linked *l;
	size_t i;

	for (i = 0; i < s->links.len; i++) {
		l = s->links.items[i];
		if ((l->field != NULL) != field ||
		    !linked_leads_to(l, t->names))
			continue;
		if (t->skip > 0)
			t->skip--;
		else if (t->out->rows.len < t->most)
			vec_push(&t->out->rows, make_row(s, l));
		else
			t->out->more = true;
	}
}

static int
add_holder(struct telling *t, const struct past_holder *h)
{
	struct source s;
	int rc;

	if (t->skip >= h->n) {
		t->skip -= h->n;
		return 0;
	}
	rc = read_source(&s, t->desk, t->seq, h->address, t->err);
	if (!rc)
		add_links(t, &s, h->field);
	release_source(&s);
	return rc;
}

static int
tell_holders(struct telling *t, const struct vec *holders)
{
	int64_t end = clock_mono_ms() + PASTLINKS_MS;
	size_t i;
	int rc = 0;

	for (i = 0; i < holders->len && !rc && !t->out->more; i++) {
		t->out->more = t->out->rows.len == t->most ||
			       (t->out->rows.len && clock_mono_ms() > end);
		if (!t->out->more)
			rc = add_holder(t, holders->items[i]);
	}
	return rc;
}

/* --- which pages -------------------------------------------------------------- */

static int
compare_addresses(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int
compare_items(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
is_among(const struct vec *addresses, const char *address)
{
	return addresses->len &&
	       bsearch(&address, addresses->items, addresses->len,
		       sizeof(*addresses->items), compare_items);
}

/* Of these pages others than what old texts tell is true. */
static void
drop_changed(struct vec *holders, const struct vec *changed)
{
	struct past_holder *h;
	size_t i, kept = 0;

	for (i = 0; i < holders->len; i++) {
		h = holders->items[i];
		if (is_among(changed, h->address))
			past_holder_free(h);
		else
			holders->items[kept++] = h;
	}
	holders->len = kept;
}

static void
add_counted(struct vec *holders, const char *address, bool field, int64_t n)
{
	struct past_holder *h;

	if (n == 0)
		return;
	h = mem_alloc(sizeof(*h));
	h->address = mem_strdup(address);
	h->field = field;
	h->n = n;
	vec_push(holders, h);
}

/* What it names is not known yet: look. */
static int
add_changed(const struct telling *t, const char *address, struct vec *holders)
{
	struct source s;
	const struct linked *l;
	int64_t n[2] = { 0, 0 };
	size_t i;
	int rc = read_source(&s, t->desk, t->seq, address, t->err);

	for (i = 0; i < s.links.len && !rc; i++) {
		l = s.links.items[i];
		n[l->field != NULL] += linked_leads_to(l, t->names);
	}
	release_source(&s);
	if (!t->fields)
		add_counted(holders, address, false, n[0]);
	add_counted(holders, address, true, n[1]);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

static int
compare_holders(const void *x, const void *y)
{
	const struct past_holder *a = x, *b = y;
	int order = a->field - b->field;

	return order ? order : strcmp(a->address, b->address);
}

/* What old texts tell up to `reach`, and what changed from there on. */
static int
find_holders(const struct telling *t, int64_t reach, struct vec *holders)
{
	struct moment_span since = { reach, t->seq, PASTLINKS_TEXTS, true };
	struct vec changed = VEC_INIT;
	size_t i;
	int rc = 0;

	if (reach)
		rc = past_holders(t->desk->past,
				  reach < t->seq ? reach : t->seq, t->names,
				  t->fields, holders, t->err);
	if (!rc)
		rc = moment_changed(t->desk, &since, &changed, t->err);
	t->out->complete = since.whole;
	vec_sort(&changed, compare_addresses);
	drop_changed(holders, &changed);
	for (i = 0; i < changed.len && !rc; i++)
		if (strcmp(changed.items[i], t->names->page->address) != 0)
			rc = add_changed(t, changed.items[i], holders);
	vec_sort(holders, compare_holders);
	vec_release(&changed, free);
	return rc;
}

/* Of one that was not there then nothing but the address is known. */
static int
read_names(struct telling *t, const char *address, struct page_info *info,
	   struct linked_names *names)
{
	struct buf text = BUF_INIT;
	int rc = moment_text(t->desk, t->seq, address, &text, t->err);

	if (!rc)
		page_info_read(info, address, text.ptr, text.len);
	else
		info->address = mem_strdup(address);
	linked_names_init(names, info, !rc);
	t->names = names;
	buf_release(&text);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

static int
tell(struct telling *t, const char *address)
{
	struct linked_names names;
	struct vec holders = VEC_INIT;
	struct page_info info;
	int rc;

	page_info_init(&info);
	rc = read_names(t, address, &info, &names);
	if (!rc)
		rc = find_holders(t, desk_past_reach(t->desk), &holders);
	if (!rc)
		rc = tell_holders(t, &holders);
	vec_release(&holders, past_holder_free);
	linked_names_release(&names);
	page_info_release(&info);
	return rc;
}

int
pastlinks_to(struct desk *d, long when, const char *address,
	     const struct links_part *part, struct pastlinks *out,
	     struct err *err)
{
	struct telling t = { .desk = d,
			     .skip = part->skip,
			     .most = (size_t)part->limit,
			     .fields = part->fields,
			     .out = out,
			     .err = err };
	struct buf then = BUF_INIT;
	int rc = desk_need_repo(d, err);

	*out = (struct pastlinks){ .rows = VEC_INIT };
	if (!rc)
		rc = timeline_seq_at(d->index, when, &t.seq, err);
	if (!rc)
		rc = moment_address(d, t.seq, address, &then, err);
	if (!rc)
		rc = tell(&t, then.ptr);
	buf_release(&then);
	return rc;
}

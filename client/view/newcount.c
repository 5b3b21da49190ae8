/* newcount.c - see newcount.h. */
#include "view/newcount.h"

#include <string.h>

#include "plein/i18n.h"
#include "view/listing.h"
#include "view/view.h"

#define COUNT_MOST 999 /* the wiki counts no further than a thousand or so */
#define ASKED_MAX 16000 /* bytes of addresses */

void
newcount_tell(struct buf *out, const json_t *row)
{
	json_int_t n = args_number(row, "new");

	if (n == 1)
		buf_str(out, _("new"));
	else if (n > COUNT_MOST)
		buf_printf(out, _("%zu+ new"), (size_t)COUNT_MOST);
	else if (n > 1)
		buf_printf(out, _("%zu new"), (size_t)n);
}

void
newcount_show(struct listing *l, const json_t *row)
{
	struct buf text = BUF_INIT;

	newcount_tell(&text, row);
	if (text.len)
		listing_count(l, text.ptr);
	buf_release(&text);
}

/* --- asking again --- */

/* Call `visit` for each row about a page. */
static void
each_page(json_t *rows, void (*visit)(json_t *row, void *ctx), void *ctx)
{
	json_t *row, *pages;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		pages = json_object_get(row, "pages");
		if (pages)
			each_page(pages, visit, ctx);
		else if (*args_text(row, "address"))
			visit(row, ctx);
	}
}

struct asking {
	struct buf pages;
	json_t *asked; /* those that are in it, as keys */
	bool all;
};

static void
add_page(json_t *row, void *ctx)
{
	struct asking *a = ctx;
	const char *address = args_text(row, "address");

	if ((!a->all && !json_object_get(row, "new")) ||
	    json_object_get(a->asked, address) ||
	    a->pages.len + strlen(address) >= ASKED_MAX)
		return;
	buf_printf(&a->pages, "%s%s", a->pages.len ? " " : "", address);
	(void)json_object_set_new(a->asked, address, json_true());
}

/* {address: count} */
static void
put_count(json_t *row, void *ctx)
{
	json_t *counts = ctx;
	json_t *count = json_object_get(counts, args_text(row, "address"));

	if (json_is_integer(count))
		(void)json_object_set(row, "new", count);
	else if (count)
		(void)json_object_del(row, "new");
}

static void
take_counts(void *ctx, const struct rpc_msg *m)
{
	struct newcount *n = ctx;
	json_t *counts = json_object(), *rows = n->rows;
	const json_t *row, *count;
	size_t i;

	n->rows = NULL;
	json_array_foreach(json_object_get(m->result, "rows"), i, row)
	{
		count = json_object_get(row, "new");
		(void)json_object_set_new(counts, args_text(row, "address"),
					  count ? json_incref((json_t *)count)
						: json_null());
	}
	if (json_object_size(counts) > 0) {
		each_page(rows, put_count, counts);
		n->taken(n->view);
	}
	json_decref(rows);
	json_decref(counts);
}

void
newcount_ask(struct newcount *n, json_t *rows, bool all)
{
	struct asking a = { .all = all };

	newcount_release(n);
	if (n->view->ctx->at)
		return;
	a.asked = json_object();
	each_page(rows, add_page, &a);
	if (a.pages.len) {
		n->rows = json_incref(rows);
		(void)link_call(n->view->ctx->link, "unread.count",
				json_pack("{s:s}", "pages", a.pages.ptr),
				take_counts, n);
	}
	json_decref(a.asked);
	buf_release(&a.pages);
}

void
newcount_release(struct newcount *n)
{
	if (!n->rows)
		return;
	link_forget(n->view->ctx->link, n);
	json_decref(n->rows);
	n->rows = NULL;
}

/* talks.c - see talks.h. Marks of one place are one mark. */
#include "view/talks.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/talk.h"

static void
take_rows(void *ctx, const struct rpc_msg *m)
{
	struct talks *t = ctx;

	t->done = true;
	json_decref(t->rows);
	t->rows = json_incref(json_object_get(m->result, "rows"));
	t->more = json_object_get(m->result, "next") != NULL;
	if (t->changed)
		t->changed(t->page);
}

void
talks_read(struct talks *t, struct context *c, const char *address)
{
	json_t *params = json_pack("{s:s}", "address", address);

	t->ctx = c;
	link_forget(c->link, t);
	(void)link_call(c->link, "thread.list", context_params(c, params),
			take_rows, t);
}

static void
forget_marks(struct talks *t)
{
	buf_release(&t->marks);
	buf_release(&t->first);
	vec_release(&t->labels, free);
}

void
talks_skip(struct talks *t)
{
	talks_release(t);
	t->done = true;
}

void
talks_release(struct talks *t)
{
	if (t->ctx)
		link_forget(t->ctx->link, t);
	forget_marks(t);
	json_decref(t->rows);
	t->rows = NULL;
}

/* --- marks --- */

struct mark_place {
	size_t end; /* byte of the page behind the passage */
	size_t row;
};

static int
by_end(const void *a, const void *b)
{
	const struct mark_place *x = a, *y = b;

	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* Behind the passage of an open one, in the marked text; false: there is no
 * such place. */
static bool
find_end(const struct talks *t, const json_t *row, size_t *end)
{
	const json_t *passage = json_object_get(row, "passage");
	json_int_t at = args_number(passage, "at");
	json_int_t len = args_number(passage, "length");

	*end = (size_t)(at + len);
	if (!talk_is_open(row) || at < 0 || len <= 0 || *end < t->body ||
	    !json_is_true(json_object_get(passage, "found")))
		return false;
	*end -= t->body;
	return true;
}

static void
find_places(const struct talks *t, struct buf *out)
{
	const json_t *row;
	size_t i;

	json_array_foreach(t->rows, i, row)
	{
		struct mark_place one = { 0, i };

		if (find_end(t, row, &one.end))
			buf_add(out, &one, sizeof(one));
	}
	if (out->len)
		qsort(out->ptr, out->len / sizeof(struct mark_place),
		      sizeof(struct mark_place), by_end);
}

/* With blanks that do not break; for free(). */
static char *
keep_together(const char *label)
{
	struct buf out = BUF_INIT;

	for (; *label; label++)
		if (*label == ' ')
			buf_str(&out, "\xc2\xa0");
		else
			buf_char(&out, *label);
	return buf_take(&out);
}

static void
add_mark(struct talks *t, const struct mark_place *first, size_t n)
{
	struct layout_mark mark = { .at = first->end };
	struct buf label = BUF_INIT;
	char *text;

	buf_printf(&label, ngettext("{%zu discussion}", "{%zu discussions}", n),
		   n);
	text = keep_together(label.ptr);
	buf_release(&label);
	mark.label = text;
	vec_push(&t->labels, text);
	buf_add(&t->marks, &mark, sizeof(mark));
	buf_add(&t->first, &first->row, sizeof(first->row));
}

void
talks_mark(struct talks *t, size_t body)
{
	struct buf places = BUF_INIT;
	const struct mark_place *list;
	size_t i = 0, n, all;

	forget_marks(t);
	t->body = body;
	find_places(t, &places);
	list = (const void *)places.ptr;
	all = places.len / sizeof(*list);
	for (; i < all; i += n) {
		for (n = 1; i + n < all && list[i + n].end == list[i].end;)
			n++;
		add_mark(t, &list[i], n);
	}
	buf_release(&places);
}

size_t
talks_n_marks(const struct talks *t)
{
	return t->labels.len;
}

const json_t *
talks_row(const struct talks *t, int mark)
{
	const size_t *first = (const void *)t->first.ptr;

	if (mark < 0 || (size_t)mark >= talks_n_marks(t))
		return NULL;
	return json_array_get(t->rows, first[mark]);
}

bool
talks_is_alone(const struct talks *t, const json_t *row)
{
	const json_t *other;
	size_t i, end, there;

	json_array_foreach(t->rows, i, other)
	{
		if (other != row && find_end(t, row, &end) &&
		    find_end(t, other, &there) && end == there)
			return false;
	}
	return true;
}

int
talks_find(const struct talks *t, const char *code)
{
	const struct layout_mark *marks = (const void *)t->marks.ptr;
	const json_t *row;
	size_t i, end, k = 0;

	json_array_foreach(t->rows, i, row)
	{
		if (strcmp(args_text(row, "thread"), code) == 0 &&
		    find_end(t, row, &end))
			while (k < talks_n_marks(t))
				if (marks[k++].at == end)
					return (int)k - 1;
	}
	return -1;
}

/* --- in words --- */

size_t
talks_unread(const struct talks *t)
{
	const json_t *row;
	size_t i, n = 0;

	json_array_foreach(t->rows, i, row)
	{
		n += talk_unread(row);
	}
	return n;
}

void
talks_tell(const struct talks *t, struct buf *out)
{
	size_t n = json_array_size(t->rows), unread = talks_unread(t);

	if (!n)
		return;
	if (t->more)
		buf_printf(out, _("Discussion: more than %zu discussions"), n);
	else
		buf_printf(out,
			   ngettext("Discussion: %zu discussion",
				    "Discussion: %zu discussions", n),
			   n);
	if (unread)
		buf_printf(out, _(", %zu new"), unread);
	buf_str(out, " (d).");
}

/* losing.c - see losing.h. */
#include "wiki/losing.h"

#include "plein/textdiff.h"
#include "wiki/describe.h"
#include "wiki/pagetext.h"

struct losing {
	struct passages *passages;
	struct buf text; /* of the version that was read last */
	size_t bytes; /* of all that were */
};

static int
read_version(void *ctx, long n, struct anchor_text *text)
{
	struct losing *l = ctx;
	struct passages *p = l->passages;
	struct index_version *v = NULL;
	int rc = index_version(p->desk->index, p->address, n, &v, NULL);
	bool gone = !rc && v->gone;

	buf_reset(&l->text);
	if (!rc && !gone)
		rc = pagetext_load(p->desk, v, &l->text, NULL);
	*text = (struct anchor_text){ l->text.ptr, l->text.len };
	index_version_free(v);
	l->bytes += l->text.len;
	return rc || l->bytes > LOSING_BYTES ? -1 : !gone;
}

/* The version the passage was chosen in; 0: there was no such page. */
static long
find_first(struct passages *p, const char *base)
{
	struct index_version *v = NULL;
	long n = 0;

	if (!index_version_as_of(p->desk->index, p->address, base, &v, NULL))
		n = v->n;
	index_version_free(v);
	return n;
}

static long
find_version(struct passages *p, const struct index_thread *t)
{
	const struct anchor a = { t->quote, (size_t)t->nth };
	struct losing l = { .passages = p, .text = BUF_INIT };
	const struct anchor_texts texts = { read_version, &l };
	long first = find_first(p, t->base), n, effort = TEXTDIFF_EFFORT;

	if (first == 0)
		return 0;
	if (first < p->n - LOSING_VERSIONS)
		first = p->n - LOSING_VERSIONS;
	n = anchor_loser(&a, (struct anchor_text){ p->then.ptr, p->then.len },
			 first, p->n, &texts, &effort);
	buf_release(&l.text);
	return n;
}

json_t *
losing_describe(struct passages *p, const struct index_thread *t)
{
	struct index_version *v = NULL;
	json_t *row;
	long n = 0;

	if (t->base && p->n && passages_read_then(p, t->base))
		n = find_version(p, t);
	if (n == 0 || index_version(p->desk->index, p->address, n, &v, NULL))
		return json_null();
	row = json_object();
	describe_number(row, "version", v->n);
	describe_line(row, "handle", v->handle);
	describe_number(row, "time", v->when);
	(void)json_object_set_new(row, "gone", json_boolean(v->gone));
	index_version_free(v);
	return row;
}

/* discussion.c - see discussion.h. */
#include "wiki/discussion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "plein/textdiff.h"
#include "state/timeline.h"
#include "store/sha.h"
#include "store/snap.h"
#include "wiki/call.h"
#include "wiki/describe.h"
#include "wiki/moment.h"
#include "wiki/pagetext.h"
#include "wiki/present.h"

/* --- numbers ------------------------------------------------------------ */

static int
compare_names(const void *a, const void *b)
{
	const struct numbered *const *x = a, *const *y = b;

	return strcmp((*x)->remark->name, (*y)->remark->name);
}

/* All of them, to be found by name; free() it. */
static struct numbered **
sort_names(struct numbered *all, size_t n)
{
	struct numbered **sorted = mem_array(n + 1, sizeof(*sorted));
	size_t i;

	for (i = 0; i < n; i++)
		sorted[i] = &all[i];
	qsort(sorted, n, sizeof(*sorted), compare_names);
	return sorted;
}

/* The one that is answered, of those before this one; or NULL. */
static const struct numbered *
find_answered(struct numbered **sorted, size_t n, const struct numbered *this)
{
	const struct index_remark key = { .name = this->remark->is.reply };
	struct numbered like = { .remark = &key };
	struct numbered *const to = &like, **found;

	if (!key.name)
		return NULL;
	found = bsearch(&to, sorted, n, sizeof(*sorted), compare_names);
	return found && *found < this ? *found : NULL;
}

static bool
has_answers(const struct vec *remarks)
{
	const struct index_remark *r;
	size_t i;

	for (i = 0; i < remarks->len; i++) {
		r = remarks->items[i];
		if (r->is.reply)
			return true;
	}
	return false;
}

static bool
is_event(const struct index_remark *r)
{
	return r->is.kind != REMARK_SAID;
}

/* An event stands behind the last remark before it. */
static int
compare_places(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;
	int order;

	if (is_event(x->remark) || is_event(y->remark) || x->n != y->n)
		order = (x->n > y->n) - (x->n < y->n);
	else
		order = (x->m > y->m) - (x->m < y->m);
	if (!order)
		order = is_event(x->remark) - is_event(y->remark);
	if (!order)
		order = (x->remark->seq > y->remark->seq) -
			(x->remark->seq < y->remark->seq);
	return order ? order : strcmp(x->remark->name, y->remark->name);
}

/* They often are in order, as they were said. */
static void
sort_places(struct numbered *all, size_t n)
{
	size_t i = 1;

	while (i < n && compare_places(&all[i - 1], &all[i]) <= 0)
		i++;
	if (i < n)
		qsort(all, n, sizeof(*all), compare_places);
}

/* An answer counts below what it answers, all else goes on. */
static void
count_places(struct numbered *all, size_t n, struct numbered **sorted)
{
	long *answers = mem_array(n + 1, sizeof(*answers)), last = 0;
	const struct numbered *to;
	size_t i;

	for (i = 0; i < n; i++) {
		if (is_event(all[i].remark)) {
			all[i].n = last;
			continue;
		}
		to = sorted ? find_answered(sorted, n, &all[i]) : NULL;
		if (to && !is_event(to->remark)) {
			all[i].n = to->n;
			all[i].m = ++answers[to->n];
		} else {
			all[i].n = ++last;
		}
	}
	free(answers);
}

struct numbered *
discussion_number(const struct vec *remarks)
{
	struct numbered *all = mem_array(remarks->len + 1, sizeof(*all));
	struct numbered **sorted = NULL;
	size_t i;

	for (i = 0; i < remarks->len; i++)
		all[i].remark = remarks->items[i];
	if (has_answers(remarks))
		sorted = sort_names(all, remarks->len);
	count_places(all, remarks->len, sorted);
	free(sorted);
	sort_places(all, remarks->len);
	for (i = 0; i < remarks->len; i++)
		if (is_event(all[i].remark))
			all[i].n = 0;
	return all;
}

void
discussion_tell_number(struct buf *out, const struct numbered *n)
{
	if (n->m)
		buf_printf(out, "%ld.%ld", n->n, n->m);
	else if (n->n)
		buf_printf(out, "%ld", n->n);
}

bool
discussion_is_silent(const struct index_remark *r)
{
	return r->gone || r->is.withdrawn;
}

/* --- as of a moment ------------------------------------------------------- */

static int
read_words(struct desk *d, struct index_remark *r, struct err *err)
{
	struct buf text = BUF_INIT;
	struct repo_id blob;
	int rc;

	(void)snprintf(blob.hex, sizeof(blob.hex), "%s", r->blob);
	rc = snap_blob(d->repo, &blob, &text, err);
	if (!rc) {
		remark_read(&r->is, text.ptr, text.len);
		r->body = mem_strndup(text.ptr + r->is.body,
				      text.len - r->is.body);
	}
	buf_release(&text);
	return rc;
}

int
discussion_at(struct desk *d, int64_t seq, const char *page, const char *thread,
	      struct vec *out, struct err *err)
{
	struct buf address = BUF_INIT;
	struct index_remark *r;
	size_t i = out->len;
	int rc = page ? moment_address(d, seq, page, &address, err) : 0;

	if (!rc)
		rc = remarks_as_of(d->index, seq, page ? address.ptr : NULL,
				   thread, out, err);
	buf_release(&address);
	if (!rc)
		rc = desk_need_repo(d, err);
	for (; i < out->len && !rc; i++) {
		r = out->items[i];
		if (!r->body)
			rc = read_words(d, r, err);
	}
	return rc;
}

int
discussion_as_of(struct desk *d, int64_t when, const char *page,
		 const char *thread, struct vec *out, struct err *err)
{
	int64_t seq = 0;
	int rc = timeline_seq_at(d->index, when, &seq, err);

	return rc ? rc : discussion_at(d, seq, page, thread, out, err);
}

/* --- a thread as its remarks tell it -------------------------------------- */

static char *
copy(const char *s)
{
	return s ? mem_strdup(s) : NULL;
}

struct index_thread *
discussion_begin(const struct index_remark *r)
{
	struct index_thread *t = mem_alloc(sizeof(*t));
	size_t line = strcspn(r->body, "\n");

	t->code = mem_strdup(r->thread);
	t->page = mem_strdup(r->page);
	t->title = r->is.title ? mem_strdup(r->is.title)
			       : mem_strndup(r->body, line);
	t->state = mem_strdup(remark_kind_state(REMARK_REOPENED));
	t->handle = mem_strdup(r->handle);
	t->first = r->seq;
	t->quote = copy(r->is.quote);
	t->base = copy(r->is.base);
	t->nth = r->is.nth;
	return t;
}

static void
replace(char **s, const char *with)
{
	free(*s);
	*s = copy(with);
}

/* Bytes of the beginning. */
static size_t
find_excerpt(const char *body)
{
	size_t at = 0, n;

	for (n = 0; n < THREAD_EXCERPT && body[at]; n++)
		for (at++; ((unsigned char)body[at] & 0xc0) == 0x80; at++)
			;
	return at;
}

void
discussion_count(struct index_thread *t, const struct index_remark *r)
{
	if (r->is.kind != REMARK_SAID) {
		replace(&t->state, remark_kind_state(r->is.kind));
		return;
	}
	if (discussion_is_silent(r) && t->newest)
		return;
	t->remarks += !discussion_is_silent(r);
	t->last = r->seq;
	t->when = r->when;
	replace(&t->newest, r->name);
	replace(&t->newest_handle, r->handle);
	free(t->newest_body);
	t->newest_body = mem_strndup(r->body, find_excerpt(r->body));
}

static bool
lies_in(const char *address, const char *folder)
{
	size_t len = folder ? strlen(folder) : 0;

	return !folder ||
	       (strncmp(address, folder, len) == 0 && address[len] == '/');
}

void
discussion_threads(const struct vec *remarks, const char *folder,
		   struct vec *threads)
{
	json_t *known = json_object(); /* code: number in `threads` */
	const struct index_remark *r;
	const json_t *at;
	size_t i;

	for (i = 0; i < remarks->len; i++) {
		r = remarks->items[i];
		if (!lies_in(r->page, folder))
			continue;
		at = json_object_get(known, r->thread);
		if (!at) {
			at = json_integer((json_int_t)threads->len);
			(void)json_object_set_new(known, r->thread,
						  (json_t *)at);
			vec_push(threads, discussion_begin(r));
		}
		discussion_count(threads->items[json_integer_value(at)], r);
	}
	json_decref(known);
}

/* --- passages ------------------------------------------------------------- */

/* What it was as of a commit, if it had the address it has now; NULL: now. */
static int
find_bare(struct passages *p, const char *commit, struct index_version **v)
{
	struct buf path = BUF_INIT;
	int rc = path_from_address(p->address, &path, NULL);

	if (!rc)
		rc = present_version(p->desk, p->address, path.ptr, commit, v,
				     NULL);
	buf_release(&path);
	return rc;
}

/* Once. A page that is not there, or cannot be read, has no passages. */
static void
read_now(struct passages *p)
{
	struct index_version *v = NULL;
	int rc;

	if (p->is_read)
		return;
	p->is_read = true;
	if (p->bare)
		rc = find_bare(p, NULL, &v);
	else if (p->when)
		rc = moment_version(p->desk, p->when, p->address, &v, NULL);
	else
		rc = index_latest(p->desk->index, p->address, &v, NULL);
	if (!rc)
		rc = pagetext_load(p->desk, v, &p->now, NULL);
	p->gone = rc || v->gone;
	p->n = v ? v->n : 0;
	index_version_free(v);
}

void
passages_open(struct passages *p, struct desk *d, const char *address,
	      int64_t when)
{
	memset(p, 0, sizeof(*p));
	p->desk = d;
	p->address = mem_strdup(address);
	p->when = when;
	p->effort = TEXTDIFF_EFFORT;
	buf_init(&p->now);
	buf_init(&p->then);
}

void
passages_release(struct passages *p)
{
	free(p->address);
	free(p->base);
	buf_release(&p->now);
	buf_release(&p->then);
}

/* The page as it was when the passage was chosen. */
bool
passages_read_then(struct passages *p, const char *base)
{
	struct index_version *v = NULL;
	bool read;
	int rc;

	if (p->base && strcmp(p->base, base) == 0)
		return true;
	free(p->base);
	p->base = NULL;
	buf_reset(&p->then);
	rc = p->bare ? find_bare(p, base, &v)
		     : index_version_as_of(p->desk->index, p->address, base, &v,
					   NULL);
	read = !rc && !pagetext_load(p->desk, v, &p->then, NULL);
	if (read)
		p->base = mem_strdup(base);
	index_version_free(v);
	return read;
}

static bool
find(struct passages *p, const char *quote, const char *base, long nth,
     struct anchor_span *span)
{
	const struct anchor a = { quote, (size_t)nth };

	read_now(p);
	return base && !p->gone && passages_read_then(p, base) &&
	       anchor_find(&a, (struct anchor_text){ p->then.ptr, p->then.len },
			   (struct anchor_text){ p->now.ptr, p->now.len }, span,
			   &p->effort);
}

char *
passages_title(struct passages *p)
{
	struct page_info info;
	char *title;

	read_now(p);
	if (p->gone)
		return NULL;
	page_info_init(&info);
	page_info_read(&info, p->address, p->now.ptr, p->now.len);
	title = mem_strdup(info.title);
	page_info_release(&info);
	return title;
}

json_t *
passages_describe(struct passages *p, const char *quote, const char *base,
		  long nth)
{
	struct anchor_span span = { 0, 0 };
	json_t *row;
	bool found;

	/* without an index nobody knows where it was before it was moved */
	if (!quote || (p->bare && base && !passages_read_then(p, base)))
		return json_null();
	found = find(p, quote, base, nth, &span);
	row = json_object();
	describe_line(row, "quote", quote);
	describe_line(row, "commit", base);
	(void)json_object_set_new(row, "found", json_boolean(found));
	(void)json_object_set_new(row, "at",
				  found ? json_integer((json_int_t)span.at)
					: json_null());
	(void)json_object_set_new(row, "length",
				  found ? json_integer((json_int_t)span.len)
					: json_null());
	return row;
}

/* --- names ---------------------------------------------------------------- */

static void
sum_hex(struct buf *out, const char *place, const char *head, size_t head_len,
	const char *text, size_t len)
{
	unsigned char sum[SHA_LEN];
	struct sha s;
	size_t i;

	sha_init(&s);
	sha_add(&s, place, strlen(place));
	sha_add(&s, "/", 1);
	sha_add(&s, head, head_len);
	sha_add(&s, "\n", 1);
	sha_add(&s, text, len);
	sha_end(&s, sum);
	for (i = 0; i < SHA_LEN; i++)
		buf_printf(out, "%02x", sum[i]);
}

void
discussion_name(struct buf *name, struct buf *digest, const char *place,
		const char *handle, int64_t when, const struct buf *file)
{
	struct buf head = BUF_INIT, sum = BUF_INIT;

	remark_stamp(&head, when);
	buf_printf(&head, "-%s", handle);
	sum_hex(&sum, place, head.ptr, head.len, file->ptr, file->len);
	buf_add(digest, sum.ptr, DISCUSSION_CODE);
	buf_printf(name, "%s-%.*s", head.ptr, DISCUSSION_CODE, sum.ptr);
	buf_release(&head);
	buf_release(&sum);
}

bool
discussion_is_named(const char *path, const char *text, size_t len)
{
	struct path_remark at;
	struct buf sum = BUF_INIT;
	size_t n;
	bool first, named;

	path_remark_read(&at, path);
	n = strlen(at.digest);
	first = strcmp(at.thread, at.digest) == 0;
	sum_hex(&sum, first ? at.page : at.thread, at.name,
		strlen(at.name) - n - 1, text, len);
	named = n <= sum.len && strncmp(sum.ptr, at.digest, n) == 0;
	buf_release(&sum);
	return named;
}

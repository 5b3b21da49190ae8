/*
 * question.c - see question.h. Within the section `## Opvattingen` each
 * heading `###` begins a position; a line `Steun:`, `Voor:` or `Tegen:` begins
 * a list. An item may end in `(handle)`: who says it.
 */
#include "plein/question.h"

#include <stdlib.h>
#include <string.h>

#include "plein/frontmatter.h"
#include "plein/mdline.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "plein/utf8.h"

#define SECTION "Opvattingen"
#define CORE "Kernvraag"

static const char *const labels[QUESTION_LISTS] = {
	[QUESTION_SUPPORT] = "Steun:",
	[QUESTION_FOR] = "Voor:",
	[QUESTION_AGAINST] = "Tegen:",
};

static void
free_argument(void *item)
{
	struct argument *a = item;

	free(a->text);
	free(a->handle);
	free(a);
}

static void
free_position(void *item)
{
	struct position *p = item;

	free(p->title);
	free(p->text);
	vec_release(&p->lists[QUESTION_SUPPORT], free);
	vec_release(&p->lists[QUESTION_FOR], free_argument);
	vec_release(&p->lists[QUESTION_AGAINST], free_argument);
	free(p);
}

void
question_release(struct question *q)
{
	free(q->core);
	vec_release(&q->positions, free_position);
	memset(q, 0, sizeof(*q));
}

/* --- the core question ---------------------------------------------------- */

/* In a running text: from "Kernvraag: " to the end of its line. */
static void
find_in_line(struct question *q, const struct mdline *l)
{
	static const char sign[] = CORE ": ";
	const char *at = memmem(l->s, l->len, sign, strlen(sign));
	size_t len;

	if (!at || q->core)
		return;
	at += strlen(sign);
	len = l->len - (size_t)(at - l->s);
	if (len > 0)
		q->core = mem_strndup(at, len);
}

static void
read_core_field(struct question *q, const char *text, size_t len)
{
	struct frontmatter *fm;
	const char *value;

	/* a broken block has no fields */
	(void)frontmatter_parse(&fm, text, len, NULL);
	value = frontmatter_text(fm, "kernvraag");
	if (value && value[0])
		q->core = mem_strdup(value);
	frontmatter_free(fm);
}

/* --- positions ------------------------------------------------------------ */

struct reading {
	struct question *q;
	struct position *p; /* the one being read, or NULL */
	struct buf explains;
	int list; /* being read, or -1 */
	bool section, core; /* within that section */
};

static void
end_position(struct reading *r)
{
	if (!r->p)
		return;
	while (r->explains.len > 0 &&
	       r->explains.ptr[r->explains.len - 1] == '\n')
		buf_erase(&r->explains, r->explains.len - 1, 1);
	r->p->text = buf_take(&r->explains);
	vec_push(&r->q->positions, r->p);
	r->p = NULL;
}

static void
begin_position(struct reading *r, const struct mdline *l)
{
	end_position(r);
	r->p = mem_alloc(sizeof(*r->p));
	r->p->title = mem_strndup(l->s, l->len);
	r->p->end = r->q->end = l->to;
	r->list = -1;
}

/* "words (handle)": without a handle the brackets belong to the words. */
static struct argument *
read_argument(const char *s, size_t len)
{
	struct argument *a = mem_alloc(sizeof(*a));
	const char *open = memrchr(s, '(', len);
	char *handle;

	if (open && s[len - 1] == ')' && open > s) {
		handle = mem_strndup(open + 1, (size_t)(s + len - open) - 2);
		if (handle_is_valid(handle)) {
			a->handle = handle;
			len = (size_t)(open - s);
			while (len > 0 && s[len - 1] == ' ')
				len--;
		} else {
			free(handle);
		}
	}
	a->text = mem_strndup(s, len);
	return a;
}

static void
add_item(struct reading *r, const struct mdline *l, const char *s, size_t len)
{
	struct vec *list = &r->p->lists[r->list];

	r->p->ends[r->list] = l->to;
	if (r->list == QUESTION_SUPPORT)
		vec_push(list, mem_strndup(s, len));
	else
		vec_push(list, read_argument(s, len));
}

/* A line below an item, indented, goes on with it. */
static bool
goes_on(struct reading *r, const struct mdline *l)
{
	struct vec *list =
		r->list > QUESTION_SUPPORT ? &r->p->lists[r->list] : NULL;
	size_t blanks = strspn(l->s, " ");
	struct argument *a;
	struct buf whole = BUF_INIT;

	if (!list || list->len == 0 || blanks == 0)
		return false;
	a = list->items[list->len - 1];
	buf_printf(&whole, "%s %.*s", a->text, (int)(l->len - blanks),
		   l->s + blanks);
	free(a->text);
	a->text = buf_take(&whole);
	r->p->ends[r->list] = l->to;
	return true;
}

static int
find_label(const struct mdline *l)
{
	int k;

	for (k = 0; k < QUESTION_LISTS; k++)
		if (mdline_says(l, labels[k]))
			return k;
	return -1;
}

/* A line of a position that is no heading. */
static void
read_line(struct reading *r, const struct mdline *l)
{
	int label = l->code ? -1 : find_label(l);
	const char *s;
	size_t len;

	if (!mdline_is_blank(l))
		r->p->end = r->q->end = l->to;
	if (label >= 0) {
		r->list = label;
		r->p->ends[label] = l->to;
		if (label == QUESTION_SUPPORT)
			r->p->supporters = l->from;
		return;
	}
	if (r->list >= 0 && mdline_item(l, &s, &len)) {
		add_item(r, l, s, len);
		return;
	}
	if (r->list >= 0 && (mdline_is_blank(l) || goes_on(r, l)))
		return;
	r->list = -1;
	if (r->explains.len > 0 || !mdline_is_blank(l))
		buf_printf(&r->explains, "%.*s\n", (int)l->len, l->s);
}

static void
read_heading(struct reading *r, const struct mdline *l)
{
	if (l->level > 2) {
		if (r->section && l->level == 3)
			begin_position(r, l);
		else if (r->p)
			read_line(r, l);
		return;
	}
	end_position(r);
	r->core = mdline_says(l, CORE);
	r->section = mdline_says(l, SECTION);
	if (r->section)
		r->q->end = l->to;
}

void
question_read(struct question *q, const char *text, size_t len)
{
	struct reading r = { .q = q, .explains = BUF_INIT, .list = -1 };
	struct mdscan m;
	struct mdline l;

	memset(q, 0, sizeof(*q));
	read_core_field(q, text, len);
	mdscan_begin(&m, text, len);
	while (mdscan_next(&m, &l)) {
		if (l.level > 0)
			read_heading(&r, &l);
		else if (r.p)
			read_line(&r, &l);
		else if (r.core && l.len > 0 && !q->core)
			q->core = mem_strndup(l.s, l.len);
		else if (!l.code)
			find_in_line(q, &l);
	}
	end_position(&r);
	buf_release(&r.explains);
}

const struct position *
question_find(const struct question *q, const char *title)
{
	const struct position *p;
	struct mdline l = { 0 };
	size_t i;

	for (i = 0; i < q->positions.len; i++) {
		p = q->positions.items[i];
		l.s = p->title;
		l.len = strlen(p->title);
		if (mdline_says(&l, title))
			return p;
	}
	return NULL;
}

bool
position_is_supported(const struct position *p, const char *handle)
{
	const struct vec *list = &p->lists[QUESTION_SUPPORT];
	size_t i;

	for (i = 0; i < list->len; i++)
		if (strcmp(list->items[i], handle) == 0)
			return true;
	return false;
}

/* --- changing the text ---------------------------------------------------- */

/* Where the text does not end a line, it is ended. */
static void
end_line(struct buf *text)
{
	if (text->len > 0 && text->ptr[text->len - 1] != '\n')
		buf_char(text, '\n');
}

int
question_add(struct buf *text, const char *title, const char *explains,
	     struct err *err)
{
	struct buf words = BUF_INIT;
	struct question q;
	size_t at;

	if (explains && explains[0] && !mdline_fits_below(explains, 3))
		return err_rule(err, PLEIN_ERULE, "passage", 0,
				"what explains a position holds no heading of "
				"the page");
	end_line(text);
	question_read(&q, text->ptr, text->len);
	if (question_find(&q, title)) {
		question_release(&q);
		return err_rule(err, PLEIN_EEXISTS, "position-there", 0,
				"there is a position of that title");
	}
	at = q.end ? q.end : text->len;
	if (!q.end)
		buf_str(&words, "\n## " SECTION "\n");
	buf_printf(&words, "\n### %s\n", title);
	if (explains && explains[0])
		buf_printf(&words, "\n%s\n", explains);
	buf_insert(text, at, words.ptr, words.len);
	buf_release(&words);
	question_release(&q);
	return 0;
}

static int
refuse_unknown(struct err *err)
{
	return err_rule(err, PLEIN_ENOTFOUND, "position-none", 0,
			"there is no position of that title");
}

/* Where a list that is not there yet begins: behind those before it. */
static size_t
find_place(const struct position *p, enum question_list which)
{
	int k;

	for (k = which; k-- > 0;)
		if (p->ends[k])
			return p->ends[k];
	return p->end;
}

static void
add_to_list(struct buf *text, const struct position *p,
	    enum question_list which, const char *item)
{
	struct buf words = BUF_INIT;
	size_t at = p->ends[which];

	if (!at) {
		at = find_place(p, which);
		buf_printf(&words, "\n%s\n\n", labels[which]);
	} else if (p->lists[which].len == 0) {
		buf_char(&words, '\n');
	}
	buf_printf(&words, "- %s\n", item);
	buf_insert(text, at, words.ptr, words.len);
	buf_release(&words);
}

int
question_argue(struct buf *text, const char *title, bool against,
	       const struct argument *a, struct err *err)
{
	const struct position *p;
	struct buf item = BUF_INIT;
	struct question q;
	int rc = 0;

	end_line(text);
	question_read(&q, text->ptr, text->len);
	p = question_find(&q, title);
	buf_str(&item, a->text);
	if (a->handle)
		buf_printf(&item, " (%s)", a->handle);
	if (p)
		add_to_list(text, p, against ? QUESTION_AGAINST : QUESTION_FOR,
			    item.ptr);
	else
		rc = refuse_unknown(err);
	buf_release(&item);
	question_release(&q);
	return rc;
}

/*
 * The item of this handle, or (not `exact`) the one it comes before; 0 when
 * there is none. Handles stand in their order, so that two who come at once
 * come at different places.
 */
static size_t
find_item(const struct buf *text, const struct position *p, const char *handle,
	  bool exact, size_t *to)
{
	struct mdscan m = { .text = text->ptr,
			    .len = p->ends[QUESTION_SUPPORT],
			    .at = p->supporters };
	struct mdline l;
	const char *s;
	size_t len, at = 0;
	char *name;
	int order;

	while (!at && mdscan_next(&m, &l)) {
		if (!mdline_item(&l, &s, &len))
			continue;
		name = mem_strndup(s, len);
		order = strcmp(handle, name);
		if (exact ? order == 0 : order < 0) {
			at = l.from;
			*to = l.to;
		}
		free(name);
	}
	return at;
}

static void
add_supporter(struct buf *text, const struct position *p, const char *handle)
{
	struct buf item = BUF_INIT;
	size_t at = 0, to;

	if (p->lists[QUESTION_SUPPORT].len > 0)
		at = find_item(text, p, handle, false, &to);
	if (at) {
		buf_printf(&item, "- %s\n", handle);
		buf_insert(text, at, item.ptr, item.len);
	} else {
		add_to_list(text, p, QUESTION_SUPPORT, handle);
	}
	buf_release(&item);
}

/* With the last one the list goes too. */
static void
drop_supporter(struct buf *text, const struct position *p, const char *handle)
{
	size_t to = 0, at = find_item(text, p, handle, true, &to);

	if (p->lists[QUESTION_SUPPORT].len == 1) {
		at = p->supporters;
		if (at > 1 && text->ptr[at - 1] == '\n' &&
		    text->ptr[at - 2] == '\n')
			at--;
	}
	buf_erase(text, at, to - at);
}

int
question_support(struct buf *text, const char *title, const char *handle,
		 bool support, struct err *err)
{
	const struct position *p;
	struct question q;
	int rc = 0;

	end_line(text);
	question_read(&q, text->ptr, text->len);
	p = question_find(&q, title);
	if (!p)
		rc = refuse_unknown(err);
	else if (position_is_supported(p, handle) == support)
		rc = err_set(err, PLEIN_ESAME, "that is so already");
	if (rc == 0 && support)
		add_supporter(text, p, handle);
	else if (rc == 0)
		drop_supporter(text, p, handle);
	question_release(&q);
	return rc;
}

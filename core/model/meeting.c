/*
 * meeting.c - see meeting.h. Every heading `##` is an item, but for the tables
 * of actions and undertakings.
 */
#include "plein/meeting.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plein/frontmatter.h"
#include "plein/mdline.h"
#include "plein/mem.h"

static void
free_item(void *item)
{
	struct meeting_item *i = item;

	free(i->number);
	free(i->title);
	free(i->purpose);
	free(i->notes);
	free(i);
}

void
meeting_release(struct meeting *m)
{
	free(m->begins);
	free(m->ends);
	free(m->place);
	free(m->body);
	free(m->present);
	free(m->absent);
	free(m->adopted_by);
	vec_release(&m->items, free_item);
	memset(m, 0, sizeof(*m));
}

/* --- fields --------------------------------------------------------------- */

/* A list reads as its values with commas. */
static char *
copy_field(const struct frontmatter *fm, const char *key)
{
	struct buf all = BUF_INIT;
	const char *value;
	char *copy;
	size_t i;

	for (i = 0; (value = frontmatter_item(fm, key, i)); i++)
		if (frontmatter_is_filled(value))
			buf_printf(&all, "%s%s", all.len ? ", " : "", value);
	copy = all.len ? mem_strdup(all.ptr) : NULL;
	buf_release(&all);
	return copy;
}

static void
read_day(const struct frontmatter *fm, const char *key,
	 char out[DAYTEXT_LEN + 1])
{
	const char *value = frontmatter_text(fm, key);

	(void)daytext_read(value, value ? strlen(value) : 0, out); /* or "" */
}

static void
read_fields(struct meeting *m, const struct frontmatter *fm)
{
	const char *status = frontmatter_text(fm, "status");

	read_day(fm, "datum", m->date);
	m->begins = copy_field(fm, "begin");
	m->ends = copy_field(fm, "eind");
	m->place = copy_field(fm, "plaats");
	m->body = copy_field(fm, "gremium");
	m->present = copy_field(fm, "aanwezig");
	m->absent = copy_field(fm, "verhinderd");
	if (!status || strcmp(status, "vastgesteld") != 0)
		return;
	read_day(fm, "vastgesteld_op", m->adopted);
	m->adopted_by = copy_field(fm, "vastgesteld_door");
}

/* --- items ---------------------------------------------------------------- */

/* "3. Title (ter besluitvorming)" */
static struct meeting_item *
make_item(const struct mdline *l)
{
	struct meeting_item *i = mem_alloc(sizeof(*i));
	const char *s = l->s, *open;
	size_t len = l->len, digits = 0;

	while (digits < len && isdigit((unsigned char)s[digits]))
		digits++;
	if (digits > 0 && digits < len && s[digits] == '.') {
		i->number = mem_strndup(s, digits);
		for (digits++; digits < len && s[digits] == ' ';)
			digits++;
		s += digits;
		len -= digits;
	}
	open = len > 0 && s[len - 1] == ')' ? memrchr(s, '(', len) : NULL;
	if (open && open > s) {
		i->purpose =
			mem_strndup(open + 1, (size_t)(s + len - open) - 2);
		for (len = (size_t)(open - s); len > 0 && s[len - 1] == ' ';)
			len--;
	}
	i->title = mem_strndup(s, len);
	i->end = l->to;
	return i;
}

static bool
is_table(const struct mdline *l)
{
	return mdline_says(l, "Acties") || mdline_says(l, "Toezeggingen");
}

static void
end_item(struct meeting *m, struct meeting_item *i, struct buf *notes)
{
	if (!i)
		return;
	while (notes->len > 0 && notes->ptr[notes->len - 1] == '\n')
		buf_erase(notes, notes->len - 1, 1);
	i->notes = buf_take(notes);
	vec_push(&m->items, i);
}

static void
read_items(struct meeting *m, const char *text, size_t len)
{
	struct meeting_item *i = NULL;
	struct buf notes = BUF_INIT;
	struct mdscan scan;
	struct mdline l;

	mdscan_begin(&scan, text, len);
	while (mdscan_next(&scan, &l)) {
		if (l.level > 0 && l.level <= 2) {
			end_item(m, i, &notes);
			i = l.level == 2 && !is_table(&l) ? make_item(&l)
							  : NULL;
			continue;
		}
		if (!i || (mdline_is_blank(&l) && notes.len == 0))
			continue;
		buf_add(&notes, text + l.from, l.to - l.from);
		if (!mdline_is_blank(&l))
			i->end = l.to;
	}
	end_item(m, i, &notes);
	buf_release(&notes);
}

void
meeting_read(struct meeting *m, const char *text, size_t len)
{
	struct frontmatter *fm;

	memset(m, 0, sizeof(*m));
	/* a broken block has no fields */
	(void)frontmatter_parse(&fm, text, len, NULL);
	read_fields(m, fm);
	frontmatter_free(fm);
	read_items(m, text, len);
}

bool
meeting_is_adopted(const char *text, size_t len)
{
	struct meeting m = { .items = VEC_INIT };
	struct frontmatter *fm;
	const char *kind;
	bool adopted;

	/* a broken block has no fields */
	(void)frontmatter_parse(&fm, text, len, NULL);
	kind = frontmatter_text(fm, "type");
	read_fields(&m, fm);
	adopted = kind && strcmp(kind, "vergadering") == 0 && m.adopted[0] &&
		  m.adopted_by;
	frontmatter_free(fm);
	meeting_release(&m);
	return adopted;
}

const struct meeting_item *
meeting_find(const struct meeting *m, const char *name)
{
	const struct meeting_item *i;
	struct mdline l = { 0 };
	size_t k;

	for (k = 0; k < m->items.len; k++) {
		i = m->items.items[k];
		if (i->number && strcmp(i->number, name) == 0)
			return i;
		l.s = i->title;
		l.len = strlen(i->title);
		if (mdline_says(&l, name))
			return i;
	}
	return NULL;
}

int
meeting_note(struct buf *text, const char *item, const char *words,
	     struct err *err)
{
	const struct meeting_item *i;
	struct buf note = BUF_INIT;
	struct meeting m;
	int rc = 0;

	if (!mdline_fits_below(words, 2))
		return err_rule(err, PLEIN_ERULE, "passage", 0,
				"a note says something, and holds no heading "
				"of the page");
	if (text->len > 0 && text->ptr[text->len - 1] != '\n')
		buf_char(text, '\n');
	meeting_read(&m, text->ptr, text->len);
	i = meeting_find(&m, item);
	if (i) {
		buf_printf(&note, "\n%s%s", words,
			   words[strlen(words) - 1] == '\n' ? "" : "\n");
		buf_insert(text, i->end, note.ptr, note.len);
	} else {
		rc = err_rule(err, PLEIN_ENOTFOUND, "item-none", 0,
			      "the meeting has no such item");
	}
	buf_release(&note);
	meeting_release(&m);
	return rc;
}

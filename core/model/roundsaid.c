/* roundsaid.c - see roundsaid.h. */
#include "plein/roundsaid.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"

/* --- how people are shown --------------------------------------------------- */

/* "beleid" of beleid.duinstad, if the other word is the municipality. */
static bool
add_office(struct buf *out, const char *handle, const char *organisation)
{
	const char *dot = strrchr(handle, '.');
	struct buf slug = BUF_INIT;
	bool fits;

	slug_from_title(&slug, organisation);
	fits = dot && slug.len > 0 && strcmp(dot + 1, slug.ptr) == 0;
	if (fits)
		buf_add(out, handle, (size_t)(dot - handle));
	buf_release(&slug);
	return fits;
}

void
round_role(struct buf *out, const char *handle, const char *organisation,
	   enum role role)
{
	if (!organisation)
		organisation = "";
	if (!add_office(out, handle, organisation))
		buf_str(out, role_name(role));
	if (organisation[0])
		buf_printf(out, ", %s", organisation);
}

void
round_said_free(void *said)
{
	struct round_said *s = said;

	if (!s)
		return;
	free(s->handle);
	free(s->who);
	free(s->text);
	free(s->more);
	free(s);
}

/* --- under values ----------------------------------------------------------- */

void
round_group_free(void *group)
{
	struct round_group *g = group;
	size_t i;

	if (!g)
		return;
	for (i = 0; i < g->pieces.len; i++)
		free(((struct round_piece *)g->pieces.items[i])->text);
	vec_release(&g->pieces, free);
	free(g->value);
	free(g);
}

/* Are these the same value? Capitals, accents and signs make no difference. */
static bool
is_same_value(const char *a, const char *b)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	bool same;

	if (!a || !b)
		return a == b;
	slug_from_title(&x, a);
	slug_from_title(&y, b);
	same = strcmp(x.ptr, y.ptr) == 0;
	buf_release(&x);
	buf_release(&y);
	return same;
}

static struct round_group *
find_group(struct vec *groups, size_t from, const char *value)
{
	struct round_group *g;
	size_t i;

	for (i = from; i < groups->len; i++) {
		g = groups->items[i];
		if (is_same_value(g->value, value))
			return g;
	}
	g = mem_alloc(sizeof(*g));
	g->value = value ? mem_strdup(value) : NULL;
	vec_push(groups, g);
	return g;
}

static struct round_piece *
new_piece(const struct round_said *said, const char *text, size_t len)
{
	struct round_piece *p = mem_alloc(sizeof(*p));

	p->said = said;
	p->first = text == said->text + strspn(said->text, "\n");
	p->text = mem_strndup(text, len);
	return p;
}

static size_t
count_characters(const char *s, size_t len)
{
	size_t n = 0, i;

	for (i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

/*
 * The value a paragraph is about, for free(), and where its words begin; NULL
 * when it names none. An address (https:) is no value.
 */
static char *
find_value(const char *s, size_t len, size_t *words)
{
	const char *colon = memchr(s, ':', len);
	size_t n = colon ? (size_t)(colon - s) : 0;
	struct buf slug = BUF_INIT;
	char *value;

	if (n == 0 || n + 1 >= len || !strchr(" \n", colon[1]) ||
	    count_characters(s, n) > ROUND_VALUE_MAX || memchr(s, '\n', n))
		return NULL;
	value = mem_strndup(s, n);
	slug_from_title(&slug, value);
	if (slug.len == 0) {
		free(value);
		value = NULL;
	}
	buf_release(&slug);
	if (value)
		*words = n + 1 + strspn(colon + 1, " \n");
	return value;
}

static void
add_paragraph(struct vec *groups, size_t from, const struct round_said *said,
	      const char *s, size_t len)
{
	size_t words = 0;
	char *value = find_value(s, len, &words);
	struct round_group *g = find_group(groups, from, value);
	struct round_piece *p;

	p = new_piece(said, s, len);
	memmove(p->text, p->text + words, len - words + 1);
	vec_push(&g->pieces, p);
	free(value);
}

/* Each paragraph of one answer goes where it belongs. */
static void
take_apart(struct vec *groups, size_t from, const struct round_said *said)
{
	const char *s = said->text, *end;

	while (*(s += strspn(s, "\n"))) {
		end = strstr(s, "\n\n");
		if (!end)
			end = s + strlen(s);
		add_paragraph(groups, from, said, s, (size_t)(end - s));
		s = end;
	}
}

/* Most first; what is under no value behind all. */
static int
compare_groups(const void *a, const void *b)
{
	const struct round_group *x = a, *y = b;

	if (!x->value != !y->value)
		return !x->value - !y->value;
	if (x->pieces.len != y->pieces.len)
		return x->pieces.len < y->pieces.len ? 1 : -1;
	return x->value ? strcmp(x->value, y->value) : 0;
}

void
round_group(struct vec *groups, const struct vec *all, bool grouped)
{
	size_t i, from = groups->len;
	const struct round_said *said;
	struct round_piece *p;

	for (i = 0; i < all->len; i++) {
		said = all->items[i];
		if (grouped) {
			take_apart(groups, from, said);
			continue;
		}
		p = new_piece(said, said->text, strlen(said->text));
		p->first = true;
		vec_push(&find_group(groups, from, NULL)->pieces, p);
	}
	vec_sort(groups, compare_groups);
}

/* --- agreement -------------------------------------------------------------- */

void
round_stand_free(void *stand)
{
	struct round_stand *s = stand;

	if (!s)
		return;
	free(s->handle);
	free(s->who);
	free(s->reason);
	free(s);
}

void
round_point_free(void *point)
{
	struct round_point *p = point;

	if (!p)
		return;
	free(p->text);
	vec_release(&p->stands, round_stand_free);
	free(p);
}

long
round_count(const struct round_point *p, bool agrees)
{
	const struct round_stand *s;
	long n = 0;
	size_t i;

	for (i = 0; i < p->stands.len; i++) {
		s = p->stands.items[i];
		n += s->agrees == agrees;
	}
	return n;
}

/* tree.c - see tree.h. */
#include "view/tree.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/utf8.h"

#define LOOSE_PAGES "-" /* no page has this address */

/* What is kept of a row as text, in this order. */
enum { ADDRESS, TITLE, KIND, STATE, STATUS, N_TEXTS };

static const char *
text_of(const json_t *row, int which)
{
	static const char *const keys[N_TEXTS] = {
		[ADDRESS] = "address", [TITLE] = "title",   [KIND] = "kind",
		[STATE] = "state",     [STATUS] = "status",
	};

	return json_string_value(json_object_get(row, keys[which]));
}

/* Copied to *end, which moves on; NULL stays NULL. */
static const char *
keep_text(const char *text, char **end)
{
	const char *kept = *end;

	if (!text)
		return NULL;
	*end = stpcpy(*end, text) + 1;
	return kept;
}

/* The JSON of a row takes ten times as much memory. */
static size_t
measure_texts(const json_t *rows)
{
	size_t len = 0;

	for (size_t i = 0; i < json_array_size(rows); i++)
		for (int which = 0; which < N_TEXTS; which++) {
			const char *text =
				text_of(json_array_get(rows, i), which);

			len += text ? strlen(text) + 1 : 0;
		}
	return len;
}

static size_t
number_of(const json_t *row, const char *key)
{
	json_int_t n = json_integer_value(json_object_get(row, key));

	return n > 0 ? (size_t)n : 0;
}

/* What a row is called where it is told which are open. */
static const char *
word_of(const struct tree_row *r)
{
	return r->address ? r->address : LOOSE_PAGES;
}

static bool
begins_open(const struct tree *t, const struct tree_row *r)
{
	if (t->left)
		return json_object_get(t->left, word_of(r)) != NULL;
	return r->depth == 0 && r->address;
}

static void
read_row(const struct tree *t, struct tree_row *r, const json_t *json,
	 char **end)
{
	const char *state = text_of(json, STATE);

	r->address = keep_text(text_of(json, ADDRESS), end);
	r->title = keep_text(text_of(json, TITLE), end);
	r->kind = keep_text(text_of(json, KIND), end);
	r->status = keep_text(state ? state : text_of(json, STATUS), end);
	if (!r->kind)
		r->kind = "";
	if (!r->status)
		r->status = "";
	r->depth = number_of(json, "depth");
	r->below = number_of(json, "below");
	r->open = begins_open(t, r);
}

/* A row below the end would make the walk run past it. */
static void
clip_below(struct tree *t)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (t->rows[i].below >= t->n_rows - i)
			t->rows[i].below = t->n_rows - i - 1;
}

static void
find_seen(struct tree *t)
{
	size_t i = 0;

	t->n_seen = 0;
	while (i < t->n_rows) {
		const struct tree_row *r = &t->rows[i];
		bool shown = !t->narrowed || r->kept;

		if (shown)
			t->seen[t->n_seen++] = i;
		i += shown && r->open ? 1 : r->below + 1;
	}
}

static bool
is_same_row(const struct tree_row *a, const struct tree_row *b)
{
	if (a->depth != b->depth || !a->address != !b->address)
		return false;
	return !a->address || strcmp(a->address, b->address) == 0;
}

/* Both are in preorder: what is new only shifts the rest. */
static void
keep_open(struct tree *t, const struct tree *before)
{
	size_t from = 0;

	for (size_t i = 0; i < t->n_rows; i++) {
		for (size_t j = from; j < before->n_rows; j++) {
			if (!is_same_row(&t->rows[i], &before->rows[j]))
				continue;
			t->rows[i].open = before->narrowed
						  ? before->rows[j].was_open
						  : before->rows[j].open;
			from = j + 1;
			break;
		}
	}
}

void
tree_load(struct tree *t, const json_t *rows)
{
	struct tree before = *t;
	size_t n = json_array_size(rows);
	char *end;

	memset(t, 0, sizeof(*t));
	t->left = json_incref(before.left);
	end = t->names = mem_alloc(measure_texts(rows) + 1);
	t->rows = mem_array(n, sizeof(*t->rows));
	t->seen = mem_array(n, sizeof(*t->seen));
	for (size_t i = 0; i < n; i++)
		if (json_is_object(json_array_get(rows, i)))
			read_row(t, &t->rows[t->n_rows++],
				 json_array_get(rows, i), &end);
	clip_below(t);
	keep_open(t, &before);
	find_seen(t);
	tree_release(&before);
}

void
tree_release(struct tree *t)
{
	free(t->names);
	json_decref(t->left);
	free(t->rows);
	free(t->seen);
	memset(t, 0, sizeof(*t));
}

/* --- as a person left it --- */

void
tree_restore(struct tree *t, const char *open)
{
	json_decref(t->left);
	t->left = json_object();
	while (*open) {
		size_t len = strcspn(open, " ");
		char *word = mem_strndup(open, len);

		(void)json_object_set_new(t->left, word, json_true());
		free(word);
		open += len + (open[len] == ' ');
	}
	for (size_t i = 0; i < t->n_rows; i++) {
		struct tree_row *r = &t->rows[i];

		*(t->narrowed ? &r->was_open : &r->open) = begins_open(t, r);
	}
	find_seen(t);
}

void
tree_tell_open(const struct tree *t, struct buf *out)
{
	json_t *told = json_object();
	size_t begin = out->len;

	for (size_t i = 0; i < t->n_rows; i++) {
		const struct tree_row *r = &t->rows[i];
		const char *word = word_of(r);
		bool open = t->narrowed ? r->was_open : r->open;

		if (!open || !r->below || json_object_get(told, word))
			continue;
		if (out->len - begin + strlen(word) + 1 > TREE_LEFT_MAX)
			break;
		(void)json_object_set_new(told, word, json_true());
		buf_printf(out, "%s%s", out->len > begin ? " " : "", word);
	}
	json_decref(told);
}

/* A row of the tree, and which of the pages that count it shows. */
struct hit {
	size_t id, row;
	size_t n; /* what is new there */
};

static int
compare_hits(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* How much a row of news.list tells of. */
static size_t
weigh(const json_t *row)
{
	const json_t *remarks = json_object_get(row, "remarks");

	return remarks ? (size_t)json_integer_value(remarks) : 1;
}

/* {address: [id, how much is new]} */
static json_t *
weigh_pages(const json_t *rows)
{
	json_t *pages = json_object(), *page;

	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		const char *address = text_of(row, ADDRESS);
		json_int_t n = (json_int_t)weigh(row);

		page = address ? json_object_get(pages, address) : NULL;
		if (page)
			n += json_integer_value(json_array_get(page, 1));
		if (address)
			(void)json_object_set_new(
				pages, address,
				json_pack("[I, I]", (json_int_t)i + 1, n));
	}
	return pages;
}

/* Rows that show a page of `rows`, by page; *n of them. */
static struct hit *
find_hits(const struct tree *t, const json_t *rows, size_t *n)
{
	struct hit *hits = mem_array(t->n_rows + 1, sizeof(*hits));
	json_t *pages = weigh_pages(rows);

	*n = 0;
	for (size_t i = 0; i < t->n_rows; i++) {
		const char *address = t->rows[i].address;
		const json_t *page =
			address ? json_object_get(pages, address) : NULL;

		if (page)
			hits[(*n)++] = (struct hit){
				(size_t)json_integer_value(
					json_array_get(page, 0)),
				i,
				(size_t)json_integer_value(
					json_array_get(page, 1))
			};
	}
	json_decref(pages);
	qsort(hits, *n, sizeof(*hits), compare_hits);
	return hits;
}

/* For each row the row it hangs under, or itself. */
static size_t *
find_parents(const struct tree *t)
{
	size_t *parents = mem_array(t->n_rows + 1, sizeof(*parents));

	for (size_t i = 0; i < t->n_rows; i++) {
		size_t up = i ? i - 1 : 0;

		while (up && t->rows[up].depth >= t->rows[i].depth)
			up = parents[up] == up ? 0 : parents[up];
		parents[i] = t->rows[up].depth < t->rows[i].depth ? up : i;
	}
	return parents;
}

void
tree_count(struct tree *t, const json_t *rows)
{
	size_t n, *parents = find_parents(t);
	size_t *stamps = mem_array(t->n_rows + 1, sizeof(*stamps));
	struct hit *hits = find_hits(t, rows, &n);

	for (size_t i = 0; i < t->n_rows; i++)
		t->rows[i].n_new = 0;
	for (size_t i = 0; i < n; i++) {
		size_t row = hits[i].row;

		while (stamps[row] != hits[i].id) {
			stamps[row] = hits[i].id;
			t->rows[row].n_new += hits[i].n;
			row = parents[row];
		}
	}
	free(hits);
	free(stamps);
	free(parents);
}

const struct tree_row *
tree_seen(const struct tree *t, size_t i)
{
	return &t->rows[t->seen[i]];
}

void
tree_fold(struct tree *t, size_t i, bool open)
{
	struct tree_row *r = &t->rows[t->seen[i]];

	if (!tree_has_below(t, i))
		return;
	r->open = open;
	find_seen(t);
}

/* --- only some rows --- */

static void
keep_matches(struct tree *t, const char *kind, const char *status)
{
	size_t *parents = find_parents(t);

	for (size_t i = 0; i < t->n_rows; i++)
		t->rows[i].kept = t->rows[i].open = false;
	for (size_t i = t->n_rows; i-- > 0;) {
		struct tree_row *r = &t->rows[i];
		bool fits = r->address &&
			    (!*kind || strcmp(r->kind, kind) == 0) &&
			    (!*status || strcmp(r->status, status) == 0);

		r->kept = r->kept || fits;
		if (r->kept && parents[i] != i)
			t->rows[parents[i]].kept = t->rows[parents[i]].open =
				true;
	}
	free(parents);
}

void
tree_narrow(struct tree *t, const char *kind, const char *status)
{
	bool narrow = *kind || *status;

	for (size_t i = 0; i < t->n_rows; i++) {
		struct tree_row *r = &t->rows[i];

		if (t->narrowed)
			r->open = r->was_open;
		r->was_open = r->open;
	}
	t->narrowed = narrow;
	if (narrow)
		keep_matches(t, kind, status);
	find_seen(t);
}

bool
tree_has_below(const struct tree *t, size_t i)
{
	return tree_children(t, i) > 0;
}

size_t
tree_seek(const struct tree *t, const char *address)
{
	size_t i = 0;

	for (; i < t->n_seen; i++) {
		const char *other = tree_seen(t, i)->address;

		if (address && other && strcmp(address, other) == 0)
			break;
	}
	return i;
}

/* --- finding a title --- */

static bool
has_words(const struct tree *t, size_t i, const char *words)
{
	const struct tree_row *r = &t->rows[i];
	struct buf folded = BUF_INIT;
	bool has;

	if (!r->title || (t->narrowed && !r->kept))
		return false;
	utf8_fold(&folded, r->title, strlen(r->title));
	has = strstr(folded.ptr, words) != NULL;
	buf_release(&folded);
	return has;
}

/* Open all that row i hangs under; where it is then to be seen. */
static size_t
reveal(struct tree *t, size_t i)
{
	size_t *parents = find_parents(t), at = 0;

	for (size_t up = i; parents[up] != up; up = parents[up])
		t->rows[parents[up]].open = true;
	free(parents);
	find_seen(t);
	while (t->seen[at] != i)
		at++;
	return at;
}

bool
tree_find(struct tree *t, const char *words, int by, struct tree_place *place)
{
	bool begun = place->at < t->n_seen;
	size_t from = begun ? t->seen[place->at] : 0, first = 0, last = 0;
	size_t near = t->n_rows, near_n = 0;
	struct buf folded = BUF_INIT;

	utf8_fold(&folded, words, strlen(words));
	place->all = 0;
	for (size_t i = 0; folded.len && i < t->n_rows; i++) {
		if (!has_words(t, i, folded.ptr))
			continue;
		if (!place->all++)
			first = i;
		last = i;
		if (by < 0 ? begun && i < from
			   : near == t->n_rows && (!begun || i > from)) {
			near = i;
			near_n = place->all;
		}
	}
	buf_release(&folded);
	if (!place->all)
		return false;
	if (near == t->n_rows) {
		near = by < 0 ? last : first;
		near_n = by < 0 ? place->all : 1;
	}
	place->n = near_n;
	place->at = reveal(t, near);
	return true;
}

size_t
tree_children(const struct tree *t, size_t i)
{
	size_t row = t->seen[i], n = 0;

	for (size_t j = row + 1; j <= row + t->rows[row].below; j++)
		if (t->rows[j].depth == t->rows[row].depth + 1 &&
		    (!t->narrowed || t->rows[j].kept))
			n++;
	return n;
}

size_t
tree_parent(const struct tree *t, size_t i)
{
	size_t depth = tree_seen(t, i)->depth;

	for (size_t j = i; j-- > 0;)
		if (tree_seen(t, j)->depth < depth)
			return j;
	return i;
}

/*
 * ledger.c - see ledger.h. A token is "@" and six digits and a dot; where it
 * stands says what its edit did, also when that came by a push.
 */
#include "ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/mem.h"

#define TOKEN_LEN 8 /* "@000123." */
#define LINE_LEN 9 /* "Regel 03:" */
#define INSERTED "Erbij"
#define WITH_MAX 50 /* versions an answer names */

void
ledger_release(struct ledger *l)
{
	vec_release(&l->edits, free);
}

void
ledger_address(const struct ledger *l, int page, char out[48])
{
	(void)snprintf(out, 48, "%s/bladzijde-%d", l->folder, page);
}

void
ledger_text(int page, struct buf *out)
{
	int i;

	buf_printf(out, "---\ntitel: Bladzijde %d\ntype: thema\n---\n", page);
	for (i = 0; i < LEDGER_LINES; i++)
		buf_printf(out, "Regel %02d:\n\n", i);
}

void
ledger_enter(struct ledger *l, struct edit *e_take)
{
	vec_push(&l->edits, e_take);
}

/* --- a text ------------------------------------------------------------- */

/* The end of this line of the text, before its newline. */
static char *
find_line_end(const char *text, int line)
{
	char label[16];
	char *at;

	(void)snprintf(label, sizeof(label), "Regel %02d:", line);
	at = strstr(text, label);
	if (!at)
		fail_msg("%s is gone from:\n%s", label, text);
	return at + strcspn(at, "\n");
}

long
ledger_seen(const char *text, int line)
{
	const char *end = find_line_end(text, line);

	if (end[-1] != '.')
		return 0;
	return strtol(end - TOKEN_LEN + 1, NULL, 10);
}

static void
take_out(struct edit *e, struct buf *text)
{
	char token[16];
	char *at;

	(void)snprintf(token, sizeof(token), " @%06ld.", e->removes);
	at = strstr(text->ptr, token);
	if (at)
		buf_erase(text, (size_t)(at - text->ptr), strlen(token));
	else
		e->removes = 0;
}

void
ledger_apply(struct edit *e, struct buf *text)
{
	char words[32];
	size_t at;

	if (e->removes)
		take_out(e, text);
	(void)snprintf(words, sizeof(words),
		       e->inserts ? "\n" INSERTED " @%06ld." : " @%06ld.",
		       e->token);
	at = (size_t)(find_line_end(text->ptr, e->line) - text->ptr);
	buf_insert(text, at, words, strlen(words));
}

/* --- the check ---------------------------------------------------------- */

/* What the history shows of a token. */
struct trace {
	const struct edit *edit; /* acknowledged, or NULL */
	int page;
	int line;
	bool inserts;
	size_t born, gone; /* versions; 0 = not (yet) */
	size_t last; /* version it was seen in last */
};

struct audit {
	const struct ledger *ledger;
	const struct chronicle *chronicle;
	struct trace *traces; /* by token */
	int page; /* being read … */
	char address[48];
	size_t version; /* … and which version */
	long *came, *went; /* by version: the token, 0 = none */
};

static void
note_edits(struct audit *a)
{
	const struct edit *e;
	size_t i;

	for (i = 0; i < a->ledger->edits.len; i++) {
		e = a->ledger->edits.items[i];
		if (a->traces[e->token].edit)
			fail_msg("@%06ld was acknowledged twice", e->token);
		a->traces[e->token].edit = e;
	}
}

static void
see_birth(struct audit *a, long token, int line, bool inserts)
{
	struct trace *t = &a->traces[token];

	if (a->came[a->version])
		fail_msg("%s version %zu holds two edits", a->address,
			 a->version);
	a->came[a->version] = token;
	t->page = a->page;
	t->line = line;
	t->inserts = inserts;
	t->born = a->version;
}

static void
see_token(struct audit *a, long token, int line, bool inserts)
{
	struct trace *t = &a->traces[token];

	if (t->last == a->version && t->page == a->page && t->born)
		fail_msg("%s version %zu: @%06ld is there twice", a->address,
			 a->version, token);
	if (!t->born)
		see_birth(a, token, line, inserts);
	else if (t->page != a->page || t->gone)
		fail_msg("%s version %zu: @%06ld came a second time",
			 a->address, a->version, token);
	t->last = a->version;
}

/* Where the line at `at` stands; the place before when it is none of ours. */
static int
place_line(const char *at, const char *end, int line, bool *inserts)
{
	*inserts = false;
	if ((size_t)(end - at) >= LINE_LEN && memcmp(at, "Regel ", 6) == 0)
		return (int)strtol(at + 6, NULL, 10);
	*inserts = true;
	return line;
}

static void
see_text(struct audit *a, const struct chronicle_version *v)
{
	const char *at = v->text, *end = v->text + v->len, *eol;
	int line = -1, before;
	bool inserts;

	for (; at < end; at = eol + 1) {
		eol = memchr(at, '\n', (size_t)(end - at));
		if (!eol)
			eol = end;
		before = line;
		line = place_line(at, eol, line, &inserts);
		if (!inserts && line != before + 1)
			fail_msg("%s version %zu: line %d after %d", a->address,
				 a->version, line, before);
		while ((at = memchr(at, '@', (size_t)(eol - at))))
			see_token(a, strtol(++at, NULL, 10), line, inserts);
	}
	assert_int_equal(line, LEDGER_LINES - 1);
}

/* What was there a version ago and is not now. */
static void
see_losses(struct audit *a)
{
	long came = a->came[a->version], removes = 0, token;
	size_t i;

	if (came && a->traces[came].edit)
		removes = a->traces[came].edit->removes;
	for (i = 1; i < a->version; i++) {
		token = a->came[i];
		if (!token || a->traces[token].gone ||
		    a->traces[token].last == a->version)
			continue;
		if (token != removes)
			fail_msg("%s version %zu: @%06ld of version %zu is "
				 "lost",
				 a->address, a->version, token, i);
		a->traces[token].gone = a->version;
		a->went[a->version] = token;
	}
	if (removes && a->went[a->version] != removes)
		fail_msg("%s version %zu: @%06ld was taken out and is there",
			 a->address, a->version, removes);
}

static void
check_answer(const struct audit *a, const struct chronicle_version *v)
{
	long token = a->came[a->version];
	const struct edit *e = token ? a->traces[token].edit : NULL;
	const struct chronicle_commit *commit =
		chronicle_commit_of(a->chronicle, v);

	if (token >= LEDGER_PUSHED || (!token && a->version == 1))
		return;
	if (!e)
		fail_msg("%s version %zu: @%06ld was never acknowledged",
			 a->address, a->version, token);
	if (e->version != (long)a->version ||
	    strcmp(e->commit, commit->id) != 0 || !commit->request ||
	    strcmp(e->request, commit->request) != 0)
		fail_msg("%s: told version %ld %s for %s, git has version %zu "
			 "%s for %s",
			 a->address, e->version, e->commit, e->request,
			 a->version, commit->id, commit->request);
}

/*
 * The version since the base that changed the place of this edit, or 0. What
 * was put in after a line that was changed too is a part of that change, and
 * what stands beside a change may be joined with it (plein/diff3.h).
 */
static long
find_clash(const struct audit *a, const struct edit *e)
{
	const struct trace *t;
	long v, in = 0, after = 0;

	for (v = e->base + 1; v < e->version; v++) {
		t = &a->traces[a->came[v]];
		if (t->line == e->line && t->inserts)
			after = v;
		else if (t->line == e->line)
			in = v;
	}
	if (!e->inserts)
		return in;
	return in ? 0 : after;
}

/* Was the maker told of what lies between the base and this? */
static void
check_joining(const struct audit *a, const struct edit *e)
{
	long clash = find_clash(a, e);

	if (e->joined != (e->version > e->base + 1))
		fail_msg("%s version %ld on base %ld: joined is %d", a->address,
			 e->version, e->base, e->joined);
	if (e->joined && (e->with_last != e->version - 1 ||
			  (e->with_first > e->base + 1 &&
			   e->with_last - e->with_first < WITH_MAX - 1)))
		fail_msg("%s version %ld on base %ld: told of %ld to %ld",
			 a->address, e->version, e->base, e->with_first,
			 e->with_last);
	if (clash)
		fail_msg("%s version %ld on base %ld: version %ld changed the "
			 "same place, %s line %d",
			 a->address, e->version, e->base, clash,
			 e->inserts ? "after" : "in", e->line);
}

static void
check_page(struct audit *a)
{
	const struct vec *versions;
	struct buf path = BUF_INIT;
	const struct trace *t;
	size_t i;

	ledger_address(a->ledger, a->page, a->address);
	buf_printf(&path, "%s.md", a->address);
	versions = chronicle_page(a->chronicle, path.ptr);
	buf_release(&path);
	a->came = mem_array(versions->len + 1, sizeof(*a->came));
	a->went = mem_array(versions->len + 1, sizeof(*a->went));
	for (i = 0; i < versions->len; i++) {
		a->version = i + 1;
		see_text(a, versions->items[i]);
		see_losses(a);
		check_answer(a, versions->items[i]);
	}
	for (i = 1; i <= versions->len; i++) {
		t = &a->traces[a->came[i]];
		if (a->came[i] && t->edit)
			check_joining(a, t->edit);
	}
	free(a->came);
	free(a->went);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
check_requests(const struct chronicle *c)
{
	const struct chronicle_commit *commit;
	struct vec all = VEC_INIT;
	size_t i;

	for (i = 0; i < c->commits.len; i++) {
		commit = c->commits.items[i];
		if (commit->request)
			vec_push(&all, commit->request);
	}
	vec_sort(&all, compare_texts);
	for (i = 1; i < all.len; i++)
		if (strcmp(all.items[i - 1], all.items[i]) == 0)
			fail_msg("request %s made two commits",
				 (char *)all.items[i]);
	vec_release(&all, NULL);
}

void
ledger_check(const struct ledger *l, const struct chronicle *c)
{
	struct audit a = { .ledger = l, .chronicle = c };
	const struct edit *e;
	size_t i;

	a.traces = mem_array(LEDGER_TOKENS, sizeof(*a.traces));
	note_edits(&a);
	for (a.page = 0; a.page < l->n_pages; a.page++)
		check_page(&a);
	for (i = 0; i < l->edits.len; i++) {
		e = l->edits.items[i];
		if (!a.traces[e->token].born)
			fail_msg("@%06ld was acknowledged and is nowhere",
				 e->token);
	}
	free(a.traces);
	check_requests(c);
}

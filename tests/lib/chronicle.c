/* chronicle.c - see chronicle.h. The grammar is that of git-fast-import(1). */
#include "chronicle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plein/mem.h"
#include "proc.h"

#define PATIENCE_MS 600000
#define REQUEST "\nPlein-Request: "

struct chronicle_page {
	char *path;
	struct vec versions;
};

struct blob {
	const char *data;
	size_t len;
};

/* Where the stream is being read. */
struct reader {
	const char *at, *end;
	size_t mark; /* of the blob or commit that is read */
	bool in_commit;
};

static bool
take_word(struct reader *r, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
		return false;
	r->at += len;
	return true;
}

static void
skip_line(struct reader *r)
{
	const char *eol = memchr(r->at, '\n', (size_t)(r->end - r->at));

	r->at = eol ? eol + 1 : r->end;
}

/* "data LEN\n" was begun; what it announces. */
static struct blob
take_data(struct reader *r)
{
	struct blob b;

	b.len = (size_t)strtoul(r->at, NULL, 10);
	skip_line(r);
	b.data = r->at;
	assert_true((size_t)(r->end - r->at) >= b.len);
	r->at += b.len;
	return b;
}

static void
note_blob(struct chronicle *c, size_t mark, struct blob b)
{
	struct blob *copy = mem_alloc(sizeof(*copy));

	*copy = b;
	while (c->blobs.len <= mark)
		vec_push(&c->blobs, NULL);
	c->blobs.items[mark] = copy;
}

static void
note_message(struct chronicle_commit *commit, struct blob message)
{
	const char *at =
		memmem(message.data, message.len, REQUEST, sizeof(REQUEST) - 1);
	const char *end = message.data + message.len;
	size_t n = 0;

	if (!at)
		return;
	at += sizeof(REQUEST) - 1;
	while (at + n < end && at[n] != '\n')
		n++;
	commit->request = mem_strndup(at, n);
}

static struct chronicle_page *
find_page(const struct chronicle *c, const char *path, size_t len)
{
	struct chronicle_page *p;
	size_t i;

	for (i = 0; i < c->pages.len; i++) {
		p = c->pages.items[i];
		if (strncmp(p->path, path, len) == 0 && p->path[len] == '\0')
			return p;
	}
	return NULL;
}

static void
note_version(struct chronicle *c, struct reader *r, const struct blob *b)
{
	struct chronicle_version *v = mem_alloc(sizeof(*v));
	const char *path = r->at;
	struct chronicle_page *p;

	skip_line(r);
	p = find_page(c, path, (size_t)(r->at - path - 1));
	if (!p) {
		p = mem_alloc(sizeof(*p));
		p->path = mem_strndup(path, (size_t)(r->at - path - 1));
		vec_push(&c->pages, p);
	}
	v->commit = c->commits.len - 1;
	v->text = b ? b->data : NULL;
	v->len = b ? b->len : 0;
	vec_push(&p->versions, v);
}

/* "M 100644 :MARK PATH" */
static void
take_change(struct chronicle *c, struct reader *r)
{
	size_t mark;
	char *end;

	assert_true(take_word(r, "100644 :"));
	mark = (size_t)strtoul(r->at, &end, 10);
	r->at = end + 1;
	assert_true(mark < c->blobs.len);
	note_version(c, r, c->blobs.items[mark]);
}

static void
begin_commit(struct chronicle *c, struct reader *r)
{
	r->in_commit = true;
	vec_push(&c->commits, mem_alloc(sizeof(struct chronicle_commit)));
}

static void
take_id(struct chronicle *c, struct reader *r)
{
	struct chronicle_commit *commit;

	if (r->in_commit) {
		commit = c->commits.items[c->commits.len - 1];
		memcpy(commit->id, r->at, 40);
	}
	skip_line(r);
}

static void
take_contents(struct chronicle *c, struct reader *r)
{
	struct blob data = take_data(r);

	if (r->in_commit)
		note_message(c->commits.items[c->commits.len - 1], data);
	else
		note_blob(c, r->mark, data);
}

static void
take_other(struct chronicle *c, struct reader *r)
{
	if (take_word(r, "mark :"))
		r->mark = (size_t)strtoul(r->at, NULL, 10);
	else if (take_word(r, "blob"))
		r->in_commit = false;
	else if (take_word(r, "commit "))
		begin_commit(c, r);
	skip_line(r);
}

static void
take_stream(struct chronicle *c, struct reader *r)
{
	while (r->at < r->end) {
		if (take_word(r, "data "))
			take_contents(c, r);
		else if (take_word(r, "original-oid "))
			take_id(c, r);
		else if (take_word(r, "M "))
			take_change(c, r);
		else if (take_word(r, "D "))
			note_version(c, r, NULL);
		else
			take_other(c, r);
	}
}

void
chronicle_read(struct chronicle *c, const char *repo)
{
	const char *argv[] = { "git",
			       "-C",
			       repo,
			       "fast-export",
			       "--show-original-ids",
			       "--signed-tags=strip",
			       "main",
			       NULL };
	struct proc_result r;
	struct reader reader = { 0 };

	memset(c, 0, sizeof(*c));
	proc_run(&r, argv, NULL, NULL, PATIENCE_MS);
	if (r.status != 0)
		fail_msg("git fast-export: %d %s", r.status, r.err.ptr);
	c->stream = r.out;
	buf_release(&r.err);
	reader.at = c->stream.ptr;
	reader.end = c->stream.ptr + c->stream.len;
	take_stream(c, &reader);
}

static void
free_commit(void *item)
{
	free(((struct chronicle_commit *)item)->request);
	free(item);
}

static void
free_page(void *item)
{
	struct chronicle_page *p = item;

	vec_release(&p->versions, free);
	free(p->path);
	free(p);
}

void
chronicle_release(struct chronicle *c)
{
	vec_release(&c->commits, free_commit);
	vec_release(&c->pages, free_page);
	vec_release(&c->blobs, free);
	buf_release(&c->stream);
}

const struct vec *
chronicle_page(const struct chronicle *c, const char *path)
{
	static const struct vec none = VEC_INIT;
	const struct chronicle_page *p = find_page(c, path, strlen(path));

	return p ? &p->versions : &none;
}

const struct chronicle_commit *
chronicle_commit_of(const struct chronicle *c,
		    const struct chronicle_version *v)
{
	return c->commits.items[v->commit];
}

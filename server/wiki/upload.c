/* upload.c - see upload.h. */
#include "wiki/upload.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/vec.h"

struct upload {
	char *who, *path;
	size_t total;
	struct buf bytes;
	int64_t touched;
};

struct uploads {
	struct vec all; /* struct upload * */
	size_t most;
};

struct uploads *
uploads_new(size_t bytes)
{
	struct uploads *u = mem_alloc(sizeof(*u));

	u->most = bytes;
	return u;
}

static void
upload_free(void *item)
{
	struct upload *one = item;

	free(one->who);
	free(one->path);
	buf_release(&one->bytes);
	free(one);
}

void
uploads_free(struct uploads *u)
{
	if (!u)
		return;
	vec_release(&u->all, upload_free);
	free(u);
}

static void
drop_at(struct uploads *u, size_t i)
{
	upload_free(vec_remove(&u->all, i));
}

static struct upload *
find_upload(struct uploads *u, const char *who)
{
	size_t i;

	for (i = 0; i < u->all.len; i++) {
		struct upload *one = u->all.items[i];

		if (strcmp(one->who, who) == 0)
			return one;
	}
	return NULL;
}

static void
drop_of(struct uploads *u, const char *who)
{
	size_t i;

	for (i = u->all.len; i-- > 0;)
		if (strcmp(((struct upload *)u->all.items[i])->who, who) == 0)
			drop_at(u, i);
}

static void
drop_idle(struct uploads *u, int64_t now)
{
	const struct upload *one;
	size_t i;

	for (i = u->all.len; i-- > 0;) {
		one = u->all.items[i];
		if (now - one->touched > UPLOAD_IDLE_MS)
			drop_at(u, i);
	}
}

/* What is promised, whether it came or not. */
static size_t
count_bytes(const struct uploads *u)
{
	size_t n = 0, i;

	for (i = 0; i < u->all.len; i++)
		n += ((const struct upload *)u->all.items[i])->total;
	return n;
}

static int
begin(struct uploads *u, const struct upload_piece *p, struct err *err)
{
	struct upload *one;

	drop_of(u, p->who);
	if (p->total > u->most || count_bytes(u) > u->most - p->total)
		drop_idle(u, p->now);
	if (p->total > u->most || count_bytes(u) > u->most - p->total)
		return err_set(err, PLEIN_EBUSY,
			       "too many attachments are on their way");
	one = mem_alloc(sizeof(*one));
	one->who = mem_strdup(p->who);
	one->path = mem_strdup(p->path);
	one->total = p->total;
	buf_init(&one->bytes);
	vec_push(&u->all, one);
	return 0;
}

/* Is it what `one` waits for, or the last piece once more? */
static bool
fits(const struct upload *one, const struct upload_piece *p, bool *again)
{
	*again = false;
	if (!one || one->total != p->total || strcmp(one->path, p->path) != 0)
		return false;
	*again = p->len > 0 && p->offset + p->len == one->bytes.len &&
		 memcmp(one->bytes.ptr + p->offset, p->bytes, p->len) == 0;
	return *again || p->offset == one->bytes.len;
}

int
uploads_add(struct uploads *u, const struct upload_piece *p,
	    const struct buf **whole, size_t *have, struct err *err)
{
	struct upload *one = find_upload(u, p->who);
	bool again;
	int rc = 0;

	*whole = NULL;
	*have = 0;
	if (p->offset > p->total || p->len > p->total - p->offset)
		return err_set(err, PLEIN_ERULE, "more bytes than announced");
	if (p->offset == 0 && !(fits(one, p, &again) && again)) {
		rc = begin(u, p, err);
		one = find_upload(u, p->who);
	}
	if (rc)
		return rc;
	if (!fits(one, p, &again)) {
		*have = one && strcmp(one->path, p->path) == 0 ? one->bytes.len
							       : 0;
		return err_set(err, PLEIN_ECONFLICT, "%zu bytes are there",
			       *have);
	}
	if (!again)
		buf_add(&one->bytes, p->bytes, p->len);
	one->touched = p->now;
	*have = one->bytes.len;
	if (*have == one->total)
		*whole = &one->bytes;
	return 0;
}

void
uploads_settle(struct uploads *u)
{
	const struct upload *one;
	size_t i;

	for (i = u ? u->all.len : 0; i-- > 0;) {
		one = u->all.items[i];
		if (one->bytes.len == one->total)
			drop_at(u, i);
	}
}

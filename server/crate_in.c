/*
 * crate_in.c - verifying and unpacking a crate.h. Headers are read by
 * plein/tar.h, which takes only what it writes; what fills a block must be
 * zero; the manifest is made again from what was found and must be the same,
 * letter by letter; and the file ends where the archive does.
 */
#include "crate.h"

#include <errno.h>
#include <sys/types.h>

#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/mem.h"
#include "plein/tar.h"
#include "plein/vec.h"

#define READ_BYTES 65536

struct crate_in {
	int fd;
	int64_t at;
	struct buf facts; /* lines */
	struct buf manifest; /* as it is in the file */
	struct vec members; /* without the manifest */
};

static int
fail(struct err *err, const char *why)
{
	return err_set(err, PLEIN_ECORRUPT,
		       "this is no whole, unchanged backup: %s", why);
}

static int
read_at(int fd, int64_t at, void *data, size_t len, struct err *err)
{
	char *p = data;
	ssize_t n;

	while (len > 0) {
		n = pread(fd, p, len, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set_errno(err, errno, "read");
		if (n == 0)
			return fail(err, "it is cut off");
		p += n;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The next bytes. */
static int
take(struct crate_in *c, void *data, size_t len, struct err *err)
{
	int rc = read_at(c->fd, c->at, data, len, err);

	c->at += (int64_t)len;
	return rc;
}

/* --- members ------------------------------------------------------------ */

static int
expect_zeros(struct crate_in *c, size_t len, struct err *err)
{
	char data[TAR_BLOCK];
	size_t i;
	int rc = take(c, data, len, err);

	for (i = 0; i < len && rc == 0; i++)
		if (data[i] != '\0')
			rc = fail(err, "rubbish between two members");
	return rc;
}

/* Read the bytes of a member; `keep` (may be NULL) gets them. */
static int
sum_member(struct crate_in *c, struct crate_member *m, struct buf *keep,
	   struct err *err)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	char data[READ_BYTES];
	int64_t left = m->size;
	SHA2_CTX sum;
	size_t n, i;
	int rc = 0;

	SHA256Init(&sum);
	for (; left > 0 && rc == 0; left -= (int64_t)n) {
		n = left < READ_BYTES ? (size_t)left : READ_BYTES;
		rc = take(c, data, n, err);
		if (rc == 0)
			SHA256Update(&sum, (const uint8_t *)data, n);
		if (rc == 0 && keep)
			buf_add(keep, data, n);
	}
	SHA256Final(digest, &sum);
	for (i = 0; i < sizeof(digest); i++)
		(void)snprintf(m->sum + 2 * i, 3, "%02x", digest[i]);
	if (rc == 0 && m->size % TAR_BLOCK)
		rc = expect_zeros(c, TAR_BLOCK - (size_t)(m->size % TAR_BLOCK),
				  err);
	return rc;
}

static int
take_manifest(struct crate_in *c, const struct tar_entry *e, struct err *err)
{
	struct crate_member m = { .size = e->size };

	if (e->size > (int64_t)CRATE_MANIFEST_MAX)
		return fail(err, "its manifest is too long");
	return sum_member(c, &m, &c->manifest, err);
}

static int
take_member(struct crate_in *c, const struct tar_entry *e, const char *name,
	    struct err *err)
{
	struct crate_member *m = mem_alloc(sizeof(*m));

	m->name = mem_strdup(name);
	m->size = e->size;
	m->at = c->at;
	vec_push(&c->members, m);
	return sum_member(c, m, NULL, err);
}

/* All members, the manifest as the last one. */
static int
take_members(struct crate_in *c, struct err *err)
{
	const size_t root = strlen(CRATE_ROOT);
	char block[TAR_BLOCK];
	struct tar_entry e;
	int rc = 0;

	while (rc == 0 && c->manifest.len == 0) {
		rc = take(c, block, sizeof(block), err);
		if (rc == 0)
			rc = tar_parse(block, &e, err);
		if (rc == 0)
			return fail(err, "it has no manifest");
		if (rc < 0 || strncmp(e.name, CRATE_ROOT, root) != 0)
			return rc == PLEIN_EIO ? rc
					       : fail(err, "a damaged header");
		if (strcmp(e.name + root, CRATE_MANIFEST) == 0)
			rc = take_manifest(c, &e, err);
		else
			rc = take_member(c, &e, e.name + root, err);
	}
	return rc;
}

static int
expect_end(struct crate_in *c, struct err *err)
{
	char more;
	int rc = expect_zeros(c, TAR_BLOCK, err);

	if (rc == 0)
		rc = expect_zeros(c, TAR_BLOCK, err);
	if (rc == 0 && pread(c->fd, &more, 1, c->at) != 0)
		rc = fail(err, "something follows its end");
	return rc;
}

/* --- the manifest ------------------------------------------------------- */

/* The lines between the first one and the first member. */
static void
find_facts(struct crate_in *c)
{
	const char *from = strchr(c->manifest.ptr, '\n');
	const char *to = strstr(c->manifest.ptr, "\nfile ");

	if (from && to && to > from)
		buf_add(&c->facts, from + 1, (size_t)(to - from));
}

static int
check_manifest(struct crate_in *c, struct err *err)
{
	struct buf again = BUF_INIT;
	int rc = 0;

	find_facts(c);
	crate_manifest(&again, c->facts.ptr, &c->members);
	if (again.len != c->manifest.len ||
	    memcmp(again.ptr, c->manifest.ptr, again.len) != 0)
		rc = fail(err, "its manifest tells of something else");
	buf_release(&again);
	return rc;
}

int
crate_open(struct crate_in **out, int fd, struct err *err)
{
	struct crate_in *c = mem_alloc(sizeof(*c));
	int rc;

	c->fd = fd;
	buf_init(&c->facts);
	buf_init(&c->manifest);
	rc = take_members(c, err);
	if (rc == 0)
		rc = expect_end(c, err);
	if (rc == 0)
		rc = check_manifest(c, err);
	if (rc != 0) {
		crate_release(c);
		c = NULL;
	}
	*out = c;
	return rc;
}

void
crate_release(struct crate_in *c)
{
	if (!c)
		return;
	vec_release(&c->members, crate_member_free);
	buf_release(&c->facts);
	buf_release(&c->manifest);
	free(c);
}

const struct crate_member *
crate_find(const struct crate_in *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->members.len; i++) {
		const struct crate_member *m = c->members.items[i];

		if (strcmp(m->name, name) == 0)
			return m;
	}
	return NULL;
}

int
crate_read(const struct crate_in *c, const struct crate_member *m, int64_t pos,
	   void *data, size_t len, struct err *err)
{
	if (pos < 0 || (int64_t)len > m->size - pos)
		return fail(err, "a member is too short");
	return read_at(c->fd, m->at + pos, data, len, err);
}

bool
crate_said(const struct crate_in *c, const char *key, struct buf *value)
{
	return crate_said_nth(c, key, 0, value);
}

bool
crate_said_nth(const struct crate_in *c, const char *key, size_t n,
	       struct buf *value)
{
	size_t len = strlen(key);
	const char *line = c->facts.ptr;

	for (; *line; line += strcspn(line, "\n") + 1) {
		if (strncmp(line, key, len) != 0 || line[len] != ' ' || n-- > 0)
			continue;
		line += len + 1;
		buf_add(value, line, strcspn(line, "\n"));
		return true;
	}
	return false;
}

/*
 * crate.h - the file of a backup: a plain tar archive below `plein/`, whose
 * last member, MANIFEST, tells what is in it.
 *
 *	plein-backup 1
 *	program 0.1.0                   facts, as who packs it wants
 *	file SHA256 BYTES NAME          each member, in order
 *	sum SHA256                      of the lines above
 *
 * Written in one go, so it may be a pipe. Read twice: first all of it is
 * verified - every byte of the file counts -, then members are taken out.
 */
#ifndef PLEIN_SERVER_CRATE_H
#define PLEIN_SERVER_CRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"

#define CRATE_SUM 65 /* SHA-256 in hexadecimal digits, and a NUL */

struct crate_member {
	char *name; /* without plein/ */
	int64_t size;
	int64_t at; /* where its bytes begin */
	char sum[CRATE_SUM];
};

/* --- packing ------------------------------------------------------------ */

struct crate_out;

/* Write to `fd`, which stays the caller's. */
struct crate_out *
crate_new(int fd);

/* NULL is allowed. */
void
crate_free(struct crate_out *c);

/* A line of the manifest; before the first member or after it. */
void
crate_fact(struct crate_out *c, const char *key, const char *value);

int
crate_put(struct crate_out *c, const char *name, const void *data, size_t len,
	  struct err *err);

/* The whole file behind a descriptor; PLEIN_EIO when it changes its size. */
int
crate_copy(struct crate_out *c, const char *name, int from, struct err *err);

/* The manifest and the end. */
int
crate_close(struct crate_out *c, struct err *err);

/* --- unpacking ---------------------------------------------------------- */

struct crate_in;

/*
 * Verify all of it. PLEIN_ECORRUPT for what is no backup, is cut off or
 * differs in a bit from what was written. `fd` stays the caller's and in use.
 */
int
crate_open(struct crate_in **out, int fd, struct err *err);

/* NULL is allowed. */
void
crate_release(struct crate_in *c);

/* NULL when there is none. */
const struct crate_member *
crate_find(const struct crate_in *c, const char *name);

/* The value of a fact, appended; false when there is none of that name. */
bool
crate_said(const struct crate_in *c, const char *key, struct buf *value);

/* The same for the n-th of those of one name, from 0. */
bool
crate_said_nth(const struct crate_in *c, const char *key, size_t n,
	       struct buf *value);

/* `len` bytes at `pos` of a member. */
int
crate_read(const struct crate_in *c, const struct crate_member *m, int64_t pos,
	   void *data, size_t len, struct err *err);

/* --- both --------------------------------------------------------------- */

struct vec;

/* The manifest of these facts (lines) and struct crate_member *, appended. */
void
crate_manifest(struct buf *out, const char *facts, const struct vec *members);

void
crate_member_free(void *m);

#define CRATE_ROOT "plein/"
#define CRATE_MANIFEST "MANIFEST"
#define CRATE_MANIFEST_MAX (4UL * 1024 * 1024) /* bytes */

#endif

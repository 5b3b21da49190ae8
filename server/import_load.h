/*
 * import_load.h - commits of another repository as they come out of the pipe
 * (import_read.h), so many at a time that memory stays bounded. A commit with
 * very much in it comes in pieces.
 */
#ifndef PLEIN_SERVER_IMPORT_LOAD_H
#define PLEIN_SERVER_IMPORT_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "parcel.h"
#include "plein/vec.h"
#include "store/incoming.h"

#define IMPORT_ROUND_COMMITS 100
#define IMPORT_ROUND_BYTES (16UL * 1024 * 1024)

struct import_file {
	char *path;
	char *from; /* where it was until now, or "" */
	enum incoming_kind kind;
	struct repo_id blob;
	size_t size;
	struct buf text;
};

struct import_commit {
	struct repo_id id;
	char *author, *mail, *message;
	int64_t author_when, when;
	struct vec files; /* struct import_file * */
	bool more; /* of it comes in the next one */
};

struct import_load {
	int fd;
	struct parcel parcel;
	struct import_commit *next; /* read, not yet handed out */
	bool ended;
};

void
import_load_init(struct import_load *l, int fd);

void
import_load_release(struct import_load *l);

/* The first parcel: does it go on after what was asked for? */
int
import_load_begin(struct import_load *l, bool *goes_on, struct err *err);

/*
 * Append the next commits (import_commit_free()); none when all were read.
 * PLEIN_EPROTO; PLEIN_ENOTFOUND and so on as the reader had it.
 */
int
import_load_round(struct import_load *l, struct vec *commits, struct err *err);

void
import_commit_free(void *commit);

#endif

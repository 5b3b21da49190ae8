/*
 * upload.h - attachments on their way: the pieces that people have sent so
 * far, in memory, one file a person. Whoever sends nothing more makes room
 * for others after a while.
 */
#ifndef PLEIN_WIKI_UPLOAD_H
#define PLEIN_WIKI_UPLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"

#define UPLOADS_BYTES (32UL * 1024 * 1024) /* of all people together */
#define UPLOAD_PIECE ((size_t)1024 * 1024)
#define UPLOAD_IDLE_MS 60000 /* then others may have the room */

struct uploads;

struct uploads *
uploads_new(size_t bytes);

/* NULL is allowed. */
void
uploads_free(struct uploads *u);

/* A piece as it comes. */
struct upload_piece {
	const char *who; /* handle */
	const char *path; /* of the attachment */
	size_t offset, total; /* bytes; offset 0 begins anew */
	const char *bytes;
	size_t len;
	int64_t now; /* clock_mono_ms() */
};

/*
 * Take a piece. *whole (borrowed until uploads_settle()) is the file once all
 * of it is there, else NULL; *have is how much is there. The last piece may
 * come again. PLEIN_ECONFLICT when the piece does not follow on *have bytes,
 * PLEIN_ERULE when it goes beyond the total, PLEIN_EBUSY when there is no
 * room now.
 */
int
uploads_add(struct uploads *u, const struct upload_piece *p,
	    const struct buf **whole, size_t *have, struct err *err);

/* Drop the files that are whole: their batch has ended. NULL is allowed. */
void
uploads_settle(struct uploads *u);

#endif

/*
 * import_read.h - the half of an import that reads the other repository: a
 * process of its own, with the rights of whoever asked, which the one that
 * writes has given up. It sends parcels:
 *
 *   BEGIN  whether it goes on after what was asked for (else from the start)
 *   COMMIT id, author, address, message, when written, when stored
 *   FILE   kind (enum incoming_kind), path, blob, size, text (files only),
 *          the path it came from when it moved (that one is not sent)
 *   …      the other files of that commit, and the next commit
 *   END    or FAILED with a line for people
 */
#ifndef PLEIN_SERVER_IMPORT_READ_H
#define PLEIN_SERVER_IMPORT_READ_H

enum import_parcel {
	IMPORT_BEGIN = 1,
	IMPORT_COMMIT,
	IMPORT_FILE,
	IMPORT_END,
	IMPORT_FAILED
};

#define IMPORT_TEXT_MAX (16UL * 1024 * 1024) /* larger: the size alone */

/*
 * Take from `in` the id of the last commit that was taken over ("" = none),
 * then send to `out` all along the first parents of what is checked out at
 * `path`, oldest first. The exit code.
 */
int
import_read(const char *path, int in, int out);

#endif

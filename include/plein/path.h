/*
 * path.h - the one validator of names: what may be a path in the repository,
 * a page address, a handle, a space. docs/ARCHITECTURE.md, Content.
 *
 * A path is where a file lies (`themas/common-ground.md`); an address is how
 * people name the page (`themas/common-ground`). Addresses hold no `.md` and
 * no `/index`; the start page is `index`.
 */
#ifndef PLEIN_PATH_H
#define PLEIN_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"

#define PATH_PART_MAX 120 /* bytes */
#define PATH_PARTS_MAX 8
#define PATH_MAX_LEN 512 /* bytes of a whole path */
#define SLUG_MAX 60 /* bytes */
#define HANDLE_MAX 32 /* bytes */
#define SPACE_MAX 32 /* bytes */

enum path_kind {
	PATH_BAD, /* may not be in the repository at all */
	PATH_PAGE, /* index.md, <folder>/<slug>.md, … */
	PATH_ATTACHMENT, /* bijlagen/<page address>/<slug>.<ext> */
	PATH_REMARK, /* bespreking/<page address>/<thread>/<x>.md */
	PATH_ROOT_FILE /* bronnen.yml README.md .mailmap */
};

/*
 * Names that are safe on every file system: NFC, allow-listed characters,
 * ≤ 120 bytes a part, ≤ 8 parts, no `.git*`, no Windows device names, no
 * trailing dot or blank, no leading `-`, no `.` or `..`. On refusal
 * PLEIN_ERULE and the reason.
 */
int
path_check(const char *path, size_t len, struct err *err);

/* What the grammar makes of it; PATH_BAD when path_check() refuses too. */
enum path_kind
path_kind_of(const char *path);

/*
 * Address → path, strictly: `themas/x` → `themas/x.md`, `index` →
 * `index.md`, `vergaderingen/2026/x` → `vergaderingen/2026/x/index.md`.
 * PLEIN_ERULE when it is not an address. Accepts a trailing `.md` too.
 */
int
path_from_address(const char *address, struct buf *path, struct err *err);

/* An attachment or a remark, and not of the page at this address? What is of
 * themas/2026/x lies below what is of themas/2026. */
bool
path_is_of_another(const char *path, const char *address);

/* The handle in the name of a remark, appended. The path must be PATH_REMARK. */
void
path_remark_author(const char *path, struct buf *handle);

#define REMARK_STAMP_LEN 16 /* yyyymmddThhmmssZ, in UTC */
#define REMARK_DIGEST_MAX 64
#define REMARK_NAME_MAX (REMARK_STAMP_LEN + HANDLE_MAX + REMARK_DIGEST_MAX + 2)
#define THREAD_CODE_MAX 64

/*
 * What the path of a remark says. The name is that of the file without `.md`,
 * <stamp>-<handle>-<digest>: it stays when the remark moves.
 */
struct path_remark {
	char page[PATH_MAX_LEN]; /* the address */
	char thread[THREAD_CODE_MAX + 1];
	char name[REMARK_NAME_MAX + 1];
	char handle[HANDLE_MAX + 1];
	char digest[REMARK_DIGEST_MAX + 1];
	int64_t when; /* of the stamp, seconds since 1970 */
};

/* The path must be PATH_REMARK. */
void
path_remark_read(struct path_remark *r, const char *path);

/* [a-z0-9]+(-[a-z0-9]+)*, ≤ 64 */
bool
thread_code_is_valid(const char *s);

/* Page path → address, appended. The path must be PATH_PAGE. */
void
path_to_address(const char *path, struct buf *address);

/*
 * [a-z0-9]+(-[a-z0-9]+)*, ≤ 60, no device name, none of the reserved
 * `index`, `bijlagen`, `sjablonen`.
 */
bool
slug_is_valid(const char *s, size_t len);

/*
 * Title → slug (é→e, apostrophe gone, & → en), appended; empty when nothing
 * is left. The result may be a reserved word: ask slug_is_valid().
 */
void
slug_from_title(struct buf *out, const char *title);

/* [a-z0-9]+([.-][a-z0-9]+)*, ≤ 32, not reserved (gast guest nieuw new …) */
bool
handle_is_valid(const char *s);

/* [a-z0-9]+(-[a-z0-9]+)*, ≤ 32 */
bool
space_is_valid(const char *s);

/* The page folders, NULL-terminated: "agendas", "doelstellingen", … */
extern const char *const path_folders[];

#endif

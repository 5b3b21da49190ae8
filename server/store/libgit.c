/*
 * libgit.c - libgit2's habits, in one place.
 *
 * It syncs nothing unless told to, reads the configuration of the user and
 * of the machine, and tells of a full disk in words only. The options below
 * hold for the process, so they are set once, before the first handle.
 */
#include "store/libgit.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "plein/mem.h"

static void
set_options(void)
{
	static const int levels[] = { GIT_CONFIG_LEVEL_PROGRAMDATA,
				      GIT_CONFIG_LEVEL_SYSTEM,
				      GIT_CONFIG_LEVEL_XDG,
				      GIT_CONFIG_LEVEL_GLOBAL };
	int rc;
	size_t i;

	if (git_libgit2_init() < 0)
		die("libgit2 does not start");
	rc = git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	rc |= git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	rc |= git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
	rc |= git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 1);
	for (i = 0; i < sizeof levels / sizeof levels[0]; i++)
		rc |= git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
	if (rc != 0)
		die("libgit2 refuses an option");
}

void
libgit_start(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	if (pthread_once(&once, set_options) != 0)
		die("pthread_once failed");
}

static bool
says_full(const char *text, int errnum)
{
	static const int full[] = { ENOSPC, EDQUOT, EFBIG };
	size_t i;

	for (i = 0; i < sizeof full / sizeof full[0]; i++)
		if (errnum == full[i] || strstr(text, strerror(full[i])))
			return true;
	return false;
}

static int
code_of(int rc)
{
	static const struct {
		int rc;
		int code;
	} codes[] = {
		{ GIT_ENOTFOUND, PLEIN_ENOTFOUND },
		{ GIT_EEXISTS, PLEIN_EEXISTS },
		{ GIT_ELOCKED, PLEIN_EBUSY },
		{ GIT_EMODIFIED, PLEIN_EBUSY },
		{ GIT_EOWNER, PLEIN_EDENIED },
		{ GIT_EINVALIDSPEC, PLEIN_ERULE },
	};
	size_t i;

	for (i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (codes[i].rc == rc)
			return codes[i].code;
	return PLEIN_ECORRUPT;
}

int
libgit_fail(struct err *err, int rc, const char *fmt, ...)
{
	int errnum = errno;
	const git_error *e = git_error_last();
	const char *text = e && e->message ? e->message : "no reason given";
	bool os = e && (e->klass == GIT_ERROR_OS ||
			e->klass == GIT_ERROR_FILESYSTEM);
	int code = code_of(rc);
	char what[120];
	va_list ap;

	if (e && e->klass == GIT_ERROR_NOMEMORY)
		die("out of memory in libgit2");
	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof what, fmt, ap); /* may be cut off */
	va_end(ap);
	if (code == PLEIN_ECORRUPT && says_full(text, os ? errnum : 0))
		code = PLEIN_ENOSPACE;
	else if (code == PLEIN_ECORRUPT && os)
		code = PLEIN_EIO;
	return err_set(err, code, "%s: %s", what, text);
}

int
libgit_oid(git_oid *out, const struct repo_id *id, struct err *err)
{
	if (strnlen(id->hex, sizeof id->hex) == REPO_ID_LEN &&
	    git_oid_fromstr(out, id->hex) == 0)
		return 0;
	return err_set(err, PLEIN_ENOTFOUND, "no commit or file has this id");
}

void
libgit_id(struct repo_id *out, const git_oid *oid)
{
	(void)git_oid_tostr(out->hex, sizeof out->hex, oid);
}

int
libgit_commit(git_commit **out, struct repo *r, const struct repo_id *id,
	      struct err *err)
{
	git_oid oid;
	int rc = libgit_oid(&oid, id, err);

	if (rc != 0)
		return rc;
	rc = git_commit_lookup(out, r->git, &oid);
	return rc == 0 ? 0 : libgit_fail(err, rc, "commit %s", id->hex);
}

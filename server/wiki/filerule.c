/* filerule.c - see filerule.h. */
#include "wiki/filerule.h"

#include <string.h>
#include <strings.h>

#include "plein/filter.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "plein/remark.h"

static const enum fault_rule faults_of_kind[] = {
	[INCOMING_GONE] = FAULT_N,	    [INCOMING_FILE] = FAULT_N,
	[INCOMING_PROGRAM] = FAULT_PROGRAM, [INCOMING_LINK] = FAULT_LINK,
	[INCOMING_MODULE] = FAULT_MODULE,   [INCOMING_ODD] = FAULT_MODE,
};

static bool
belongs_to_git(const char *path)
{
	return strncasecmp(path, ".git", 4) == 0 ||
	       strcasestr(path, "/.git") != NULL;
}

static size_t
most_bytes(const struct filerule *r, const char *path)
{
	return path_kind_of(path) == PATH_ATTACHMENT ? r->attachment : r->page;
}

/* What is wrong with a file that is there now, or FAULT_N. */
static enum fault_rule
find_fault(const struct filerule *r, const struct incoming_file *f)
{
	if (faults_of_kind[f->kind] != FAULT_N)
		return faults_of_kind[f->kind];
	if (belongs_to_git(f->path))
		return FAULT_GIT;
	if (path_kind_of(f->path) == PATH_BAD)
		return FAULT_PATH;
	if (path_kind_of(f->path) == PATH_ATTACHMENT && r->kinds &&
	    !attachment_is_kind(r->kinds, f->path))
		return FAULT_KIND;
	return f->size > most_bytes(r, f->path) ? FAULT_SIZE : FAULT_N;
}

bool
filerule_entry(const struct filerule *r, const struct incoming_file *f,
	       struct fault *fault)
{
	memset(fault, 0, sizeof(*fault));
	fault->rule = f->kind == INCOMING_GONE ? FAULT_N : find_fault(r, f);
	if (fault->rule == FAULT_N &&
	    !policy_allows(r->role, policy_right_of(f->path)))
		fault->rule = FAULT_RIGHT;
	if (fault->rule == FAULT_N &&
	    !policy_speaks_for(policy_allows(r->role, RIGHT_MODERATE),
			       r->organisation, f->path))
		fault->rule = FAULT_MUNICIPALITY;
	fault->path = (char *)f->path;
	if (fault->rule == FAULT_KIND)
		fault->detail = (char *)r->kinds;
	if (fault->rule == FAULT_SIZE) {
		fault->number = (long)f->size;
		fault->most = (long)most_bytes(r, f->path);
	}
	return fault->rule == FAULT_N;
}

bool
filerule_has_text(const char *path)
{
	enum path_kind kind = path_kind_of(path);

	return kind == PATH_PAGE || kind == PATH_REMARK ||
	       kind == PATH_ROOT_FILE;
}

static long
line_of(const char *text, size_t pos)
{
	long line = 1;
	size_t i;

	for (i = 0; i < pos; i++)
		line += text[i] == '\n';
	return line;
}

bool
filerule_bytes(const char *path, const char *bytes, size_t len,
	       struct fault *fault)
{
	memset(fault, 0, sizeof(*fault));
	fault->path = (char *)path;
	fault->rule = FAULT_BYTES;
	return attachment_fits(attachment_name(path), bytes, len);
}

static bool
check_remark(const char *text, size_t len, struct fault *fault)
{
	struct err err = ERR_INIT;
	int rc = remark_check(text, len, &err);

	if (rc == PLEIN_ETOOBIG) {
		fault->rule = FAULT_SIZE;
		fault->number = (long)len;
		fault->most = REMARK_MAX;
	} else if (rc && err.rule && strcmp(err.rule, "remark-empty") == 0) {
		fault->rule = FAULT_EMPTY;
	} else if (rc) {
		fault->rule = FAULT_FIELDS;
		fault->detail = mem_strdup(err.msg);
	}
	return rc == 0;
}

bool
filerule_text(const char *path, const char *text, size_t len,
	      struct fault *fault)
{
	struct err err = ERR_INIT;
	size_t pos;

	memset(fault, 0, sizeof(*fault));
	fault->path = (char *)path;
	if (!filter_accepts(text, len, &pos)) {
		fault->rule = FAULT_TEXT;
		fault->number = line_of(text, pos);
		return false;
	}
	if (path_kind_of(path) == PATH_REMARK)
		return check_remark(text, len, fault);
	if (path_kind_of(path) == PATH_ROOT_FILE ||
	    page_check(text, len, &err) == 0)
		return true;
	fault->rule = FAULT_FIELDS;
	fault->detail = mem_strdup(err.msg);
	return false;
}

/*
 * policy.c - roles, in the wiki and in a space, hold each other: who may more, may all that others may.
 * Some rights are no part of that: signing in is for those who have not, and
 * what is one's own is of people, not of guests or the host.
 */
#include "plein/policy.h"

#include <stddef.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/path.h"
#include "plein/progress.h"

#define TEMPLATES "sjablonen/"
#define ATTACHMENTS "bijlagen/"

static const char *const role_names[] = {
	[ROLE_NONE] = "none",		[ROLE_BLOCKED] = "blocked",
	[ROLE_APPLICANT] = "applicant", [ROLE_NEW] = "new",
	[ROLE_SETUP] = "setup",		[ROLE_GAST] = "gast",
	[ROLE_WAITING] = "waiting",	[ROLE_LEZER] = "lezer",
	[ROLE_BIJDRAGER] = "bijdrager", [ROLE_REDACTEUR] = "redacteur",
	[ROLE_BEHEERDER] = "beheerder", [ROLE_HOST] = "host",
};

static const struct {
	const char *name;
	enum role least;
	bool of_space; /* it goes by the role there */
} rights[] = {
	[RIGHT_SIGN_IN] = { "sign-in", ROLE_NONE, false },
	[RIGHT_KNOW] = { "know", ROLE_BLOCKED, false },
	[RIGHT_REGISTER] = { "register", ROLE_APPLICANT, false },
	[RIGHT_PROVE] = { "prove", ROLE_SETUP, false },
	[RIGHT_OWN] = { "own", ROLE_LEZER, false },
	[RIGHT_PROFILE] = { "profile", ROLE_WAITING, false },
	[RIGHT_READ] = { "read", ROLE_GAST, true },
	[RIGHT_WRITE] = { "write", ROLE_BIJDRAGER, true },
	[RIGHT_ROOT_FILES] = { "root-files", ROLE_REDACTEUR, true },
	[RIGHT_MODERATE] = { "moderate", ROLE_REDACTEUR, true },
	[RIGHT_STEWARD] = { "steward", ROLE_BEHEERDER, true },
	[RIGHT_ADMIN] = { "admin", ROLE_BEHEERDER, false },
	[RIGHT_HOST] = { "host", ROLE_HOST, false },
};

bool
policy_allows(enum role role, enum right right)
{
	if (right == RIGHT_SIGN_IN)
		return role == ROLE_NONE;
	if (right == RIGHT_REGISTER)
		return role == ROLE_APPLICANT || role == ROLE_NEW ||
		       role == ROLE_GAST || role == ROLE_WAITING;
	if (right == RIGHT_PROVE && role == ROLE_WAITING)
		return false;
	if (right == RIGHT_PROVE || right == RIGHT_OWN ||
	    right == RIGHT_PROFILE)
		return role >= rights[right].least && role != ROLE_GAST &&
		       role != ROLE_HOST;
	return role >= rights[right].least;
}

enum role
policy_role_in(enum role wiki, enum role given, bool closed)
{
	/* not let in yet, or above all of it */
	if (wiki < ROLE_GAST || wiki == ROLE_HOST)
		return wiki;
	if (wiki >= ROLE_LEZER && given >= ROLE_LEZER)
		return given;
	if (closed)
		return ROLE_NONE;
	return wiki < ROLE_LEZER ? wiki : ROLE_LEZER;
}

bool
policy_may(enum role wiki, enum role here, enum right right)
{
	if (right == RIGHT_STEWARD && policy_allows(wiki, RIGHT_ADMIN))
		return true;
	return policy_allows(rights[right].of_space ? here : wiki, right);
}

bool
policy_may_clone(enum role role, bool guests)
{
	bool member = role != ROLE_GAST && role != ROLE_WAITING;

	return policy_allows(role, RIGHT_READ) && (member || guests);
}

bool
policy_needs_code(enum role role, enum role from)
{
	return from != ROLE_NONE && role >= from && role >= ROLE_LEZER &&
	       role <= ROLE_BEHEERDER;
}

enum role
role_of(const char *name)
{
	enum role r;

	for (r = ROLE_BLOCKED; r <= ROLE_BEHEERDER; r++)
		if (strcmp(name, role_names[r]) == 0)
			return r;
	return ROLE_NONE;
}

const char *
role_name(enum role role)
{
	return role_names[role];
}

const char *
right_name(enum right right)
{
	return rights[right].name;
}

/* The name of the page in the folder of progress, up to a `/` or a dot. */
static const char *
find_municipality(const char *path, size_t *len)
{
	static const char files[] = "bijlagen/";
	static const char folder[] = PROGRESS_FOLDER "/";

	if (strncmp(path, files, strlen(files)) == 0)
		path += strlen(files);
	if (strncmp(path, folder, strlen(folder)) != 0)
		return NULL;
	path += strlen(folder);
	*len = strcspn(path, "/.");
	return path;
}

bool
policy_speaks_for(bool editor, const char *organisation, const char *path)
{
	struct buf own = BUF_INIT;
	size_t len = 0;
	const char *name = find_municipality(path, &len);
	bool speaks = editor || !name;

	if (!speaks && organisation) {
		progress_slug(&own, organisation);
		speaks = own.len > 0 && own.len == len &&
			 memcmp(own.ptr, name, len) == 0;
	}
	buf_release(&own);
	return speaks;
}

enum right
policy_right_of(const char *path)
{
	if (path_kind_of(path) == PATH_ROOT_FILE)
		return RIGHT_ROOT_FILES;
	if (strncmp(path, ATTACHMENTS, strlen(ATTACHMENTS)) == 0)
		path += strlen(ATTACHMENTS); /* as their page */
	if (strncmp(path, TEMPLATES, strlen(TEMPLATES)) == 0)
		return RIGHT_ROOT_FILES;
	return RIGHT_WRITE;
}

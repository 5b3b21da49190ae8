/* policy.c - roles hold each other: who may more, may all that others may. */
#include "plein/policy.h"

#include <stddef.h>
#include <string.h>

#include "plein/path.h"

#define TEMPLATES "sjablonen/"

static const char *const role_names[] = {
	[ROLE_NONE] = "none",		[ROLE_LEZER] = "lezer",
	[ROLE_BIJDRAGER] = "bijdrager", [ROLE_REDACTEUR] = "redacteur",
	[ROLE_BEHEERDER] = "beheerder", [ROLE_HOST] = "host",
};

static const struct {
	const char *name;
	enum role least;
} rights[] = {
	[RIGHT_SIGN_IN] = { "sign-in", ROLE_NONE },
	[RIGHT_READ] = { "read", ROLE_LEZER },
	[RIGHT_WRITE] = { "write", ROLE_BIJDRAGER },
	[RIGHT_ROOT_FILES] = { "root-files", ROLE_REDACTEUR },
	[RIGHT_ADMIN] = { "admin", ROLE_BEHEERDER },
	[RIGHT_HOST] = { "host", ROLE_HOST },
};

bool
policy_allows(enum role role, enum right right)
{
	if (right == RIGHT_SIGN_IN)
		return role == ROLE_NONE;
	return role >= rights[right].least;
}

enum role
role_of(const char *name)
{
	enum role r;

	for (r = ROLE_LEZER; r <= ROLE_BEHEERDER; r++)
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

enum right
policy_right_of(const char *path)
{
	if (strncmp(path, TEMPLATES, strlen(TEMPLATES)) == 0 ||
	    path_kind_of(path) == PATH_ROOT_FILE)
		return RIGHT_ROOT_FILES;
	return RIGHT_WRITE;
}

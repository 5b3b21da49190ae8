/* What a peer asks of the session channel, and says of its terminal. */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "plein/utf8.h"
#include "ssh/hint.h"
#include "ssh/route.h"
#include "ssh/username.h"

static bool
begins_with_git(const char *line)
{
	return strncmp(line, "git", 3) == 0 &&
	       (line[3] == '\0' || strchr("- \t", line[3]));
}

static void
check_route(const char *exec, bool terminal)
{
	struct route r;
	size_t len = strlen(exec);

	route_decide(&r, terminal, exec);
	assert((r.reason != NULL) ==
	       (r.kind == ROUTE_REFUSE || r.kind == ROUTE_BAD));
	if (r.kind == ROUTE_BAD) {
		assert(len > ROUTE_LINE_MAX || !utf8_is_valid(exec, len));
		return;
	}
	assert(len <= ROUTE_LINE_MAX && utf8_is_valid(exec, len));
	assert(r.line >= exec && r.line <= exec + len);
	assert(begins_with_git(r.line) ==
	       (r.kind == ROUTE_UPLOAD || r.kind == ROUTE_RECEIVE ||
		r.kind == ROUTE_REFUSE));
	if (r.kind == ROUTE_UPLOAD || r.kind == ROUTE_RECEIVE)
		assert(!terminal && space_is_valid(r.space) &&
		       strstr(r.line, r.space));
	else
		assert(r.space[0] == '\0');
}

static void
check_hints(const char *s)
{
	struct hints h;
	int n = (int)(unsigned char)s[0] * 40 - 100;

	hints_init(&h);
	hint_set_term(&h, s);
	assert(h.term[0] && !strpbrk(h.term, "/ \n\033;$`"));
	if (hint_set_size(&h, n, 2 * n))
		assert(n > 0);
	assert(h.cols >= 20 && h.cols <= 500 && h.rows >= 5 && h.rows <= 300);
	if (!hint_set_env(&h, s, s))
		assert(!h.nocolor);
}

static void
check_username(const char *s)
{
	struct username u;

	username_read(&u, s);
	assert(!u.refused || !u.used[0]);
	assert(strspn(u.used, "abcdefghijklmnopqrstuvwxyz0123456789._@-") ==
	       strlen(u.used));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = mem_strndup((const char *)data, size);

	check_route(s, false);
	check_route(s, true);
	check_hints(s);
	check_username(s);
	free(s);
	return 0;
}

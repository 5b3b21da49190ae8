/* claim.c - see claim.h. One function a rule, in the order they are told. */
#include "plein/claim.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "plein/filter.h"
#include "plein/path.h"

#define CO_AUTHOR "Co-authored-by:"

bool
claim_is_service(const char *mail)
{
	size_t len = strlen(CLAIM_SERVICE);

	return strncasecmp(mail, CLAIM_SERVICE, len) == 0 && mail[len] == '@';
}

/* The handle in `handle@domain`; false when it is no address of ours. */
static bool
take_handle(const char *mail, size_t len, const char *domain,
	    char handle[HANDLE_MAX + 1])
{
	const char *at = memchr(mail, '@', len);
	size_t n = at ? (size_t)(at - mail) : 0, rest = len - n;

	if (!at || n > HANDLE_MAX || rest - 1 != strlen(domain) ||
	    strncasecmp(at + 1, domain, rest - 1) != 0)
		return false;
	memcpy(handle, mail, n);
	handle[n] = '\0';
	return handle_is_valid(handle);
}

static size_t
line_len(const char *s)
{
	return strcspn(s, "\n");
}

/* Does this line name just this address as an author? */
static bool
names_author(const char *line, const char *mail)
{
	size_t len = line_len(line), n = strlen(mail);
	const char *open;

	while (len > 0 && strchr(" \t\r", line[len - 1]))
		len--;
	if (len < strlen(CO_AUTHOR) + n + 2 ||
	    strncasecmp(line, CO_AUTHOR, strlen(CO_AUTHOR)) != 0)
		return false;
	open = line + len - n - 2;
	return open[0] == '<' && memcmp(open + 1, mail, n) == 0 &&
	       line[len - 1] == '>';
}

/* In the last paragraph, as git counts trailers. */
static bool
has_co_author(const char *message, const char *mail)
{
	const char *line = message;
	bool found = false;

	while (*line) {
		if (line_len(line) == 0)
			found = false;
		else if (names_author(line, mail))
			found = true;
		line += line_len(line);
		line += *line == '\n';
		if (*line == '\n' && line[strspn(line, "\n")] == '\0')
			break; /* empty lines at the end */
	}
	return found;
}

static bool
is_author_theirs(const struct claim *c, const struct claim_rules *r)
{
	char handle[HANDLE_MAX + 1];

	if (!take_handle(c->author_mail, strlen(c->author_mail), r->domain,
			 handle))
		return false;
	if (strcmp(handle, r->handle) == 0)
		return true;
	return has_co_author(c->message, c->author_mail) &&
	       r->is_account(r->ctx, handle);
}

static bool
is_line(const char *s)
{
	size_t len = strnlen(s, CLAIM_NAME_MAX + 1), pos;

	return len <= CLAIM_NAME_MAX && filter_accepts(s, len, &pos) &&
	       !strpbrk(s, "\t\r\n");
}

static bool
are_names_fit(const struct claim *c)
{
	return c->author[0] && is_line(c->author) && is_line(c->author_mail) &&
	       is_line(c->committer) && is_line(c->committer_mail);
}

static bool
is_message_fit(const char *message)
{
	size_t len = strnlen(message, CLAIM_MESSAGE_MAX + 1), pos;

	return len <= CLAIM_MESSAGE_MAX && filter_accepts(message, len, &pos);
}

enum claim_fault
claim_check(const struct claim *c, const struct claim_rules *r)
{
	if (!are_names_fit(c))
		return CLAIM_NAME;
	if (!is_message_fit(c->message))
		return CLAIM_TEXT;
	if (!is_author_theirs(c, r))
		return CLAIM_AUTHOR;
	if (claim_is_service(c->committer_mail))
		return CLAIM_COMMITTER;
	if (c->when > r->now + CLAIM_AHEAD ||
	    c->author_when > r->now + CLAIM_AHEAD)
		return CLAIM_FUTURE;
	return c->when < r->parent_when ? CLAIM_ORDER : CLAIM_FINE;
}

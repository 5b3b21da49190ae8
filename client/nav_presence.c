/* nav_presence.c - see nav_presence.h. */
#include "nav_presence.h"

#include <stdlib.h>
#include <string.h>

#include "nav.h"
#include "plein/mem.h"
#include "plein/policy.h"
#include "plein/utf8.h"

#define PAUSE_MS 500 /* after it became so: who walks through is nowhere */
#define UNDER_MS 10000 /* from one heading to the next, at least */
#define UNDER_MAX 200 /* bytes: as the wiki takes it */

static bool
is_person(const struct nav *n)
{
	return role_of(context_session(&n->ctx, "role")) >= ROLE_LEZER;
}

/* The page; a remark is written in the same editor, but under no heading. */
static bool
is_writing(const struct nav *n)
{
	const struct view_ops *ops = nav_base(n)->ops;

	return ops->place == PLACE_EDITOR && ops->under;
}

static const char *
page_shown(const struct nav *n)
{
	const struct view *v = nav_base(n);
	json_int_t version;

	return v->ops->page ? v->ops->page(v, &version) : NULL;
}

static bool
is_other(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) != 0 : a != b;
}

/* NULL without a heading; yours. */
static char *
heading_written(const struct nav *n)
{
	const struct view *v = nav_base(n);
	struct buf out = BUF_INIT;
	char *heading;

	if (is_writing(n) && v->ops->under)
		v->ops->under(v, &out);
	heading = out.len ? mem_strndup(out.ptr, utf8_fit(out.ptr, out.len,
							  UNDER_MAX / UTF8_MAX))
			  : NULL;
	buf_release(&out);
	return heading;
}

static void
say(struct nav *n, int64_t now)
{
	struct nav_presence *p = &n->presence;
	const char *address = page_shown(n);

	free(p->address);
	free(p->under);
	p->address = address ? mem_strdup(address) : NULL;
	p->under = heading_written(n);
	p->writing = is_writing(n);
	p->said = true;
	p->told = now;
	p->due = 0;
	(void)link_call(n->ctx.link, "presence.set",
			json_pack("{s:s*, s:b, s:s*}", "address", p->address,
				  "writing", p->writing, "under", p->under),
			NULL, NULL);
}

static bool
is_otherwise(const struct nav *n)
{
	const struct nav_presence *p = &n->presence;

	return !p->said || p->writing != is_writing(n) ||
	       is_other(p->address, page_shown(n));
}

/* Finding the heading reads the text up to there: not at every key. */
static bool
is_under_another(struct nav *n, int64_t now)
{
	struct nav_presence *p = &n->presence;
	char *heading;
	bool other;

	if (!p->writing || now - p->told < UNDER_MS)
		return false;
	heading = heading_written(n);
	other = is_other(p->under, heading);
	free(heading);
	p->told = now;
	return other;
}

int64_t
nav_presence_due(const struct nav *n)
{
	return n->presence.due;
}

void
nav_presence_tick(struct nav *n, int64_t now)
{
	struct nav_presence *p = &n->presence;

	if (!is_person(n) || !link_is_up(n->ctx.link))
		p->due = 0;
	else if (p->due && p->due <= now)
		say(n, now);
	else if (!p->due && (is_otherwise(n) || is_under_another(n, now)))
		p->due = now + PAUSE_MS;
}

void
nav_presence_forget(struct nav *n)
{
	free(n->presence.address);
	free(n->presence.under);
	memset(&n->presence, 0, sizeof(n->presence));
}

/* tries.c - see tries.h. */
#include "wiki/tries.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>

#include "plein/clock.h"
#include "wiki/attempts.h"

#define WHAT_MAX 96
#define MINUTE_MS 60000

static const char *
name_it(char out[WHAT_MAX], const char *way, const char *handle)
{
	(void)snprintf(out, WHAT_MAX, "%s of %s", way, handle);
	return out;
}

/* Of an address that many share only the accounts count. */
static struct conf_tries
read_rule(const struct desk *d, const char *peer)
{
	struct conf_tries rule = conf_tries(d->conf);

	if (conf_exempts(d->conf, peer))
		rule.address = LONG_MAX;
	return rule;
}

int
tries_begin(struct desk *d, struct call *c, const char *way, const char *handle)
{
	struct conf_tries rule = read_rule(d, c->caller->peer);
	char what[WHAT_MAX];
	int64_t wait =
		attempts_begin(d->attempts, &rule, name_it(what, way, handle),
			       c->caller->peer, clock_mono_ms());
	long minutes = (long)((wait + MINUTE_MS - 1) / MINUTE_MS);

	if (wait == 0)
		return 0;
	return err_rule(&c->err, PLEIN_EBUSY, "wait", minutes,
			"too many attempts, wait %ld minutes", minutes);
}

void
tries_right(struct desk *d, const struct call *c, const char *way,
	    const char *handle)
{
	char what[WHAT_MAX];

	attempts_right(d->attempts, name_it(what, way, handle),
		       c->caller->peer);
}

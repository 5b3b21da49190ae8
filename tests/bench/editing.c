/* editing.c - see editing.h. */
#include "editing.h"

#include <stdio.h>
#include <string.h>

#include "plein/mem.h"
#include "prose.h"

#define QUIET_MS 2

static void
write_page(const struct fixture *f, const char *address, const struct buf *body)
{
	struct proc_result r;
	char command[128];

	(void)snprintf(command, sizeof(command),
		       "create %s --soort thema --titel Toets", address);
	fixture_ssh(f, command, body->ptr, &r);
	if (r.status != 0)
		die("no page: %s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
}

static void
write_file(const struct fixture *f, const struct buf *body)
{
	char path[96];
	FILE *out;

	(void)snprintf(path, sizeof(path), "%s/" EDITING_FILE, f->dir);
	out = fopen(path, "we");
	if (!out)
		die("%s", path);
	(void)fputs(body->ptr, out);
	if (fclose(out) != 0)
		die("%s", path);
}

void
editing_make(const struct side *ours, const char *address, size_t len)
{
	struct buf body = BUF_INIT;

	prose_paragraph(&body, 0);
	buf_str(&body, EDITING_PASSAGE " ");
	for (int i = 1; body.len < len; i++)
		prose_paragraph(&body, i);
	write_page(ours->at, address, &body);
	write_file(ours->at, &body);
	buf_release(&body);
}

static struct screen *
open_ours(const struct side *ours, const char *address)
{
	const struct side side = { ours->at, address, "? Hulp", 0 };
	struct screen *s = side_open(&side);

	if (!screen_wait(s, side.complete))
		die("no page");
	screen_type(s, "b");
	if (!screen_wait(s, "Ctrl-S"))
		die("no editor");
	return s;
}

static struct screen *
open_peer(const struct side *peer)
{
	char line[128];
	const struct side nano = { peer->at, line, "Go To Line", 0 };
	struct screen *s;

	(void)snprintf(line, sizeof(line), "nano -I %s/" EDITING_FILE,
		       peer->at->dir);
	s = side_open(&nano);
	if (!screen_wait(s, nano.complete))
		die("no nano");
	return s;
}

void
editing_open(struct editing *e, const struct side *ours,
	     const struct side *peer, const char *address)
{
	e->ours = open_ours(ours, address);
	e->peer = open_peer(peer);
	editing_settle(e->ours);
	editing_settle(e->peer);
}

void
editing_close(struct editing *e)
{
	screen_abandon(e->ours);
	screen_abandon(e->peer);
}

void
editing_settle(struct screen *s)
{
	while (screen_step(s, QUIET_MS))
		;
}

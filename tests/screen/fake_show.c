/* fake_show.c - see fake_show.h. */
#include "fake_show.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "app.h"
#include "fake_wiki.h"

#define NO_DRAFTS 3600000

struct teller {
	struct terminal base;
	struct terminal_ops ops;
	struct terminal *real;
	int fd;
	size_t keys; /* that the client took */
	bool rests; /* as the last that was told */
};

static struct teller *
teller_of(struct terminal *t)
{
	return (struct teller *)t;
}

static void
teller_tell(struct teller *t, const struct canvas *c)
{
	struct buf frame = BUF_INIT;

	t->rests = false;
	canvas_dump(c, &frame);
	if (dprintf(t->fd, "%zu %zu %d %d\n%s", frame.len, t->keys,
		    canvas_rows(c), canvas_cols(c), frame.ptr) < 0)
		_exit(3);
	buf_release(&frame);
}

static void
teller_show(struct terminal *t, const struct canvas *c)
{
	teller_of(t)->real->ops->show(teller_of(t)->real, c);
	teller_tell(teller_of(t), c);
}

static void
teller_redraw(struct terminal *t, const struct canvas *c)
{
	teller_of(t)->real->ops->redraw(teller_of(t)->real, c);
	teller_tell(teller_of(t), c);
}

static void
teller_size(struct terminal *t, int *rows, int *cols)
{
	teller_of(t)->real->ops->size(teller_of(t)->real, rows, cols);
}

static void
teller_title(struct terminal *t, const char *text)
{
	teller_of(t)->real->ops->title(teller_of(t)->real, text);
}

static int
teller_fd(struct terminal *t)
{
	return teller_of(t)->real->ops->fd(teller_of(t)->real);
}

static bool
teller_read(struct terminal *t)
{
	return teller_of(t)->real->ops->read(teller_of(t)->real);
}

static bool
teller_key(struct terminal *t, bool idle, struct key *out)
{
	bool came = teller_of(t)->real->ops->key(teller_of(t)->real, idle, out);

	if (came && out->code != KEY_WINDOW)
		teller_of(t)->keys++;
	if (came)
		teller_of(t)->rests = false;
	return came;
}

static bool
teller_pending(struct terminal *t)
{
	return teller_of(t)->real->ops->pending(teller_of(t)->real);
}

static void
teller_adapt(struct terminal *t, const struct display *d)
{
	teller_of(t)->real->ops->adapt(teller_of(t)->real, d);
}

static void
teller_copy(struct terminal *t, const char *text, size_t len)
{
	teller_of(t)->real->ops->copy(teller_of(t)->real, text, len);
}

static void
teller_rest(struct terminal *base)
{
	struct teller *t = teller_of(base);

	if (!t->rests && dprintf(t->fd, "0 %zu 0 0\n", t->keys) < 0)
		_exit(3);
	t->rests = true;
}

static const struct terminal_ops teller_ops = {
	.rest = teller_rest,
	.size = teller_size,
	.show = teller_show,
	.redraw = teller_redraw,
	.title = teller_title,
	.fd = teller_fd,
	.read = teller_read,
	.key = teller_key,
	.pending = teller_pending,
	.adapt = teller_adapt,
	.copy = teller_copy,
};

/* Of a page that two people changed, and what one of them had in mind. */
static json_t *
texts(void)
{
	static const char yours[] =
		"Mijn \x1b[31mzin\x1b[0m, \xe6\xbc\xa2\xe5\xad\x97, "
		"e\xcc\x81\xe2\x80\xae en "
		"eenwoorddatlangerisdanhetkleinstevensterbreedisenverdergaat.\n"
		"\nEn nog een alinea.\n";

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "was",
			 "Een zin.\n", "is", yours, "text", yours, "base",
			 "Een zin.\n", "yours", yours, "saved", "Hun zin.\n",
			 "handle", "griffie.waterdam", "where",
			 "Plaats 1 van 1", "draft_base", 1);
}

json_t *
fake_arguments(void)
{
	json_t *args = json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:b, s:i, s:i}",
		"address", "themas/common-ground", "title", "Common Ground",
		"summary", "3 woorden erbij.", "note", "een toelichting",
		"words", "inclusie", "place", (int)PLACE_PAGE, "from", 1, "to",
		2, "version", 2, "first", 1, "round", 3, "step", 2);

	(void)json_object_update_new(args, texts());
	(void)json_object_update_new(
		args,
		json_pack("{s:s, s:s, s:{s:s, s:s, s:s, s:i, s:s}}", "thread",
			  "3f2a9c01b7de", "remark",
			  "20250312T104000Z-beleid.duinstad-11aa22bb33cc",
			  "answers", "number", "2.1", "kind", "said", "handle",
			  "ciso.veenhoek", "time", 1742194920, "text",
			  "Mijn \x1b[31mzin\x1b[0m, \xe6\xbc\xa2."));
	return args;
}

int
fake_show(const char *screen, const char *mood, const char *fd)
{
	const char *role = getenv("FAKE_ROLE");
	struct app_options o = { .keep_ms = NO_DRAFTS, .signals = true };
	struct teller t = { .base = { &teller_ops } };
	struct err err = ERR_INIT;
	struct fake_wiki wiki;
	bool fell_back;
	json_t *args;

	(void)fake_wiki_speak_dutch(NULL);
	fake_wiki_start_in(&wiki, role ? role : "redacteur",
			   (enum fake_mood)strtol(mood, NULL, 10));
	if (terminal_curses_open(&t.real, terminal_curses_type(&fell_back),
				 NULL, &err) < 0)
		return 2;
	t.fd = (int)strtol(fd, NULL, 10);
	args = fake_arguments();
	o.control = wiki.control;
	o.first = (enum screen)strtol(screen, NULL, 10);
	o.args = args;
	(void)app_run(app_begin(&o), &t.base, NULL);
	json_decref(args);
	t.real->ops->close(t.real);
	fake_wiki_stop(&wiki);
	return 0;
}

/* import_load.c - see import_load.h. */
#include "import_load.h"

#include <stdlib.h>
#include <string.h>

#include "import_read.h"
#include "plein/mem.h"

static void
free_file(void *item)
{
	struct import_file *f = item;

	free(f->path);
	free(f->from);
	buf_release(&f->text);
	free(f);
}

void
import_commit_free(void *commit)
{
	struct import_commit *c = commit;

	if (!c)
		return;
	free(c->author);
	free(c->mail);
	free(c->message);
	vec_release(&c->files, free_file);
	free(c);
}

void
import_load_init(struct import_load *l, int fd)
{
	memset(l, 0, sizeof(*l));
	l->fd = fd;
	buf_init(&l->parcel.data);
}

void
import_load_release(struct import_load *l)
{
	import_commit_free(l->next);
	parcel_release(&l->parcel);
	l->next = NULL;
}

static int
fail_protocol(struct err *err)
{
	return err_set(err, PLEIN_EPROTO, "the reader of the import broke off");
}

/* The kind of the next parcel, or negative. */
static int
receive(struct import_load *l, struct err *err)
{
	int rc = parcel_receive(&l->parcel, l->fd, err), kind;

	if (rc <= 0)
		return rc < 0 ? rc : fail_protocol(err);
	kind = (int)parcel_number(&l->parcel);
	if (kind == IMPORT_FAILED)
		return err_set(err, PLEIN_ENOTFOUND, "%s",
			       parcel_text(&l->parcel, NULL));
	return kind > 0 ? kind : fail_protocol(err);
}

int
import_load_begin(struct import_load *l, bool *goes_on, struct err *err)
{
	int kind = receive(l, err);

	if (kind < 0)
		return kind;
	*goes_on = parcel_number(&l->parcel) != 0;
	return kind == IMPORT_BEGIN ? 0 : fail_protocol(err);
}

static void
take_id(struct parcel *p, struct repo_id *id)
{
	size_t len;
	const char *s = parcel_text(p, &len);

	if (len == REPO_ID_LEN)
		memcpy(id->hex, s, len + 1);
}

static struct import_commit *
take_commit(struct parcel *p)
{
	struct import_commit *c = mem_alloc(sizeof(*c));

	take_id(p, &c->id);
	c->author = mem_strdup(parcel_text(p, NULL));
	c->mail = mem_strdup(parcel_text(p, NULL));
	c->message = mem_strdup(parcel_text(p, NULL));
	c->author_when = parcel_number(p);
	c->when = parcel_number(p);
	return c;
}

/* Another piece of the same commit. */
static struct import_commit *
repeat_commit(const struct import_commit *of)
{
	struct import_commit *c = mem_alloc(sizeof(*c));

	c->id = of->id;
	c->author = mem_strdup(of->author);
	c->mail = mem_strdup(of->mail);
	c->message = mem_strdup(of->message);
	c->author_when = of->author_when;
	c->when = of->when;
	return c;
}

static size_t
take_file(struct parcel *p, struct import_commit *c)
{
	struct import_file *f = mem_alloc(sizeof(*f));
	const char *text;
	size_t len;

	f->kind = (enum incoming_kind)parcel_number(p);
	f->path = mem_strdup(parcel_text(p, NULL));
	take_id(p, &f->blob);
	f->size = (size_t)parcel_number(p);
	text = parcel_text(p, &len);
	buf_init(&f->text);
	buf_add(&f->text, text, len);
	f->from = mem_strdup(parcel_text(p, NULL));
	vec_push(&c->files, f);
	return len;
}

struct round {
	struct vec *commits;
	size_t bytes;
};

static void
hand_out(struct import_load *l, struct round *r)
{
	if (l->next)
		vec_push(r->commits, l->next);
	l->next = NULL;
}

/* One parcel further. */
static int
take_parcel(struct import_load *l, struct round *r, struct err *err)
{
	int kind = receive(l, err);

	if (kind < 0)
		return kind;
	if (kind == IMPORT_FILE && l->next) {
		r->bytes += take_file(&l->parcel, l->next);
	} else if (kind == IMPORT_COMMIT) {
		hand_out(l, r);
		l->next = take_commit(&l->parcel);
	} else if (kind == IMPORT_END) {
		hand_out(l, r);
		l->ended = true;
	} else {
		return fail_protocol(err);
	}
	return parcel_is_whole(&l->parcel) ? 0 : fail_protocol(err);
}

int
import_load_round(struct import_load *l, struct vec *commits, struct err *err)
{
	struct round r = { commits, 0 };
	struct import_commit *piece;
	int rc = 0;

	while (!rc && !l->ended && r.bytes < IMPORT_ROUND_BYTES &&
	       commits->len < IMPORT_ROUND_COMMITS)
		rc = take_parcel(l, &r, err);
	if (rc || l->ended || r.bytes < IMPORT_ROUND_BYTES || !l->next)
		return rc;
	piece = l->next;
	piece->more = true;
	hand_out(l, &r);
	l->next = repeat_commit(piece);
	return 0;
}

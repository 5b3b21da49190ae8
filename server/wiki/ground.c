/* ground.c - see ground.h. */
#include "wiki/ground.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/frontmatter.h"
#include "plein/fs.h"
#include "plein/message.h"
#include "store/repo.h"
#include "store/snap.h"
#include "store/txn.h"

#define TEMPLATES "sjablonen"
#define FIRST_PAGE "index.md"

/* --- making --------------------------------------------------------------- */

struct copying {
	struct repo *from;
	struct txn *to;
	struct err *err;
};

static int
copy_file(void *ctx, const char *path, const struct repo_id *blob)
{
	struct copying *k = ctx;
	struct buf text = BUF_INIT;
	int rc = snap_blob(k->from, blob, &text, k->err);

	if (!rc)
		rc = txn_stage(k->to, path, text.ptr, text.len, k->err);
	buf_release(&text);
	return rc;
}

/* As they are in the default space now; a wiki can do without. */
static int
copy_templates(struct desk *d, struct txn *t, struct err *err)
{
	struct desk *first = desk_nth(d, 0);
	struct copying k = { NULL, t, err };
	struct repo_id tip;
	int rc = desk_need_repo(first, err);

	if (!rc)
		rc = repo_ref_read(first->repo, &tip, err);
	if (rc)
		return rc;
	k.from = first->repo;
	rc = snap_walk_folder(first->repo, &tip, TEMPLATES, copy_file, &k, err);
	return rc == PLEIN_ENOTFOUND ? 0 : rc;
}

static int
commit_first(struct desk *d, struct txn *t, const char *title, struct err *err)
{
	bool english = strcmp(d->conf->language, "en") == 0;
	struct message trailers = { .action = (char *)"init" };
	struct buf text = BUF_INIT, message = BUF_INIT, mail = BUF_INIT;
	struct edit e = { .path = FIRST_PAGE, .author_name = "Plein" };
	struct repo_id commit;
	int rc;

	frontmatter_make(&text, title, "start", NULL);
	message_format(&message, "",
		       english ? "The space begins" : "Begin van de ruimte",
		       &trailers);
	buf_printf(&mail, "plein@%s", d->conf->domain);
	e.text = text.ptr;
	e.len = text.len;
	e.author_mail = e.service_mail = mail.ptr;
	e.when = clock_wall();
	e.message = message.ptr;
	rc = txn_edit(t, &e, &commit, err);
	buf_release(&text);
	buf_release(&message);
	buf_release(&mail);
	return rc;
}

static int
fill(struct desk *d, struct repo *r, const char *title, struct err *err)
{
	struct txn *t;
	int rc = txn_begin(&t, r, err);

	if (rc)
		return rc;
	rc = copy_templates(d, t, err);
	if (!rc)
		rc = commit_first(d, t, title, err);
	if (!rc)
		return txn_commit(t, err);
	txn_abort(t);
	return rc;
}

int
ground_make(struct desk *d, const char *name, const char *title,
	    struct err *err)
{
	struct space *s = space_new(name);
	struct repo_id tip = { "" };
	struct repo *r = NULL;
	int rc = 0;

	if (access(s->repo, F_OK) != 0)
		rc = repo_create(s->repo, err);
	if (!rc)
		rc = repo_open(&r, s->repo, err);
	if (!rc)
		rc = repo_ref_read(r, &tip, err);
	if (!rc && !tip.hex[0])
		rc = fill(d, r, title && *title ? title : name, err);
	repo_close(r);
	space_free(s);
	if (!rc && desk_list(d))
		(void)desk_at(d, spacelist_add(desk_list(d), name));
	return rc;
}

/* --- putting aside -------------------------------------------------------- */

static int
name_aside(const struct space *s, struct buf *out, struct err *err)
{
	time_t now = (time_t)clock_wall();
	struct tm tm;
	char stamp[32];

	if (mkdir(GROUND_ASIDE, 0700) < 0 && errno != EEXIST)
		return err_set_errno(err, errno, GROUND_ASIDE);
	(void)gmtime_r(&now, &tm);
	(void)strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
	buf_printf(out, GROUND_ASIDE "/%s-%s.git", s->name, stamp);
	return 0;
}

static int
sync_names(struct err *err)
{
	int fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;

	if (fd < 0)
		return err_set_errno(err, errno, "the data folder");
	rc = fs_sync_fs(fd, err);
	(void)close(fd); /* only read */
	return rc;
}

int
ground_put_aside(struct space *s, struct buf *aside, struct err *err)
{
	int rc = name_aside(s, aside, err);

	if (rc)
		return rc;
	atomic_store(&s->gone, true);
	if (rename(s->repo, aside->ptr) < 0) {
		rc = err_set_errno(err, errno, "%s", s->repo);
		atomic_store(&s->gone, false);
		return rc;
	}
	index_remove(s->index);
	index_remove(s->past);
	return sync_names(err);
}

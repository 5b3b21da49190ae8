/*
 * erase.c - see erase.h. Preparing is done here, beside the wiki; then a fresh
 * wiki process (or, where none runs, this one) puts it in place
 * (wiki/erasing.h); then the proof. Cut off anywhere, a second run goes on.
 */
#include "erase.h"

#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "args.h"
#include "ask.h"
#include "child.h"
#include "erase_proof.h"
#include "needles.h"
#include "plein/clock.h"
#include "plein/filter.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "plein/wire.h"
#include "store/exchange.h"
#include "task.h"
#include "tell.h"
#include "wiki/desk.h"
#include "wiki/erasing.h"
#include "wiki/pushes.h"
#include "wiki/renaming.h"
#include "wiki/tombstone.h"

#define USAGE \
	"erase DIR [PAGE] [--version N | --text WORDS | --address NEW]\n" \
	"                    --reason T [--space S]\n" \
	"       pleind erase DIR [--space S] (to finish one that was cut off)"
#define ANSWER_MS 10000
#define LOOK_MS 200
#define RENEW_MS 5000 /* then it is asked again */
#define PATIENCE_MS 120000

struct erase {
	const char *dir, *page, *version, *words, *address, *reason;
	int data, git, lock; /* the lock when no wiki runs, else -1 */
	const char *space_name;
	struct space *space;
	struct erasing at;
	struct desk desk;
	struct erasure what;
};

/* --- what is to go -------------------------------------------------------- */

static void
add_scope(struct vec *scope, const char *folder, const char *address)
{
	struct buf path = BUF_INIT;

	buf_printf(&path, "%s/%s/", folder, address);
	vec_push(scope, buf_take(&path));
}

/* A page wherever it was, with its remarks and attachments. */
static int
add_page(struct erasure *e, const char *address, struct err *err)
{
	struct buf path = BUF_INIT;
	int rc = path_from_address(address, &path, err);

	if (!rc && (e->scope.len == 0 || !erasure_covers(e, path.ptr))) {
		vec_push(&e->scope, mem_strdup(path.ptr));
		add_scope(&e->scope, "bespreking", address);
		add_scope(&e->scope, "bijlagen", address);
		vec_push(&e->addresses, mem_strdup(address));
	}
	buf_release(&path);
	return rc;
}

static int
add_versions(struct erase *x, const struct vec *log, struct err *err)
{
	struct erasure *e = &x->what;
	long n = x->version ? strtol(x->version, NULL, 10) : 0;
	size_t i;
	int rc = 0;

	for (i = 0; i < log->len && !rc; i++) {
		const struct index_version *v = log->items[i];

		rc = add_page(e, v->address, err);
		if (v->n == n && v->blob)
			e->version = mem_strdup(v->blob);
	}
	if (!rc && x->version && !e->version)
		rc = err_set(err, PLEIN_ENOTFOUND,
			     "there is no text in "
			     "version %s",
			     x->version);
	return rc;
}

static int
choose_page(struct erase *x, struct err *err)
{
	struct vec log = VEC_INIT;
	int rc = desk_need_index(&x->desk, err);

	if (!rc)
		rc = index_log(x->desk.index, x->page, 0, 0, &log, err);
	if (!rc && log.len == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "there never was a page %s",
			     x->page);
	if (!rc)
		rc = add_versions(x, &log, err);
	vec_release(&log, index_version_free);
	return rc;
}

static int
count_versions(struct erase *x, const char *address, size_t *n, struct err *err)
{
	struct vec log = VEC_INIT;
	int rc = index_log(x->desk.index, address, 0, 0, &log, err);

	*n = log.len;
	vec_release(&log, index_version_free);
	return rc;
}

/* Not the page: what it is called. */
static int
choose_address(struct erase *x, struct err *err)
{
	struct erasure *e = &x->what;
	size_t n = 0, others = 0;
	int rc = desk_need_index(&x->desk, err);

	if (!rc)
		rc = count_versions(x, x->page, &n, err);
	if (!rc && n == 0)
		rc = err_set(err, PLEIN_ENOTFOUND, "there never was a page %s",
			     x->page);
	if (!rc)
		rc = count_versions(x, x->address, &others, err);
	if (!rc && others > 0)
		rc = err_set(err, PLEIN_EEXISTS,
			     "there is or was a page %s already", x->address);
	e->address = mem_strdup(x->page);
	e->becomes = mem_strdup(x->address);
	vec_push(&e->lines, mem_strdup(x->page));
	return rc;
}

static const char *
find_who(void)
{
	const char *sudo = getenv("SUDO_USER");
	const struct passwd *pw = getpwuid(getuid());

	if (sudo && *sudo)
		return sudo;
	return pw ? pw->pw_name : "host";
}

static int
check_address(const struct erase *x, struct err *err)
{
	const struct renaming r = { x->page, x->address };

	if (!x->page || x->words || x->version)
		return err_set(err, PLEIN_EUSAGE,
			       "--address is of a page, and goes without "
			       "--text and --version");
	if (strstr(x->reason,
		   strrchr(x->page, '/') ? strrchr(x->page, '/') + 1 : x->page))
		return err_set(err, PLEIN_EUSAGE,
			       "the reason holds what is to be erased");
	return renaming_check(&r, err);
}

static int
check_words(const struct erase *x, struct err *err)
{
	int rc = 0;

	if (!x->reason)
		return err_set(err, PLEIN_EUSAGE, "usage: pleind " USAGE);
	if (x->address)
		rc = check_address(x, err);
	if (rc)
		return rc;
	if (x->words && strlen(x->words) < NEEDLES_MIN)
		return err_set(err, PLEIN_EUSAGE,
			       "--text takes %d bytes at "
			       "least",
			       NEEDLES_MIN);
	if (x->words && strstr(x->reason, x->words))
		return err_set(err, PLEIN_EUSAGE,
			       "the reason holds what is to "
			       "be erased");
	if (x->words && strpbrk(x->words, "\r\n"))
		return err_set(err, PLEIN_EUSAGE,
			       "--text takes words of one "
			       "line");
	if (x->version && (x->words || !x->page))
		return err_set(err, PLEIN_EUSAGE,
			       "--version is of a page, and "
			       "goes without --text");
	if (!x->page && !x->words)
		return err_set(err, PLEIN_EUSAGE, "name a page or --text");
	return tombstone_check(x->reason, err);
}

static int
choose(struct erase *x, struct err *err)
{
	struct erasure *e = &x->what;
	char key[PUSHES_TICKET + 1];

	pushes_make_ticket(key);
	e->key = mem_strdup(key);
	e->reason = mem_strdup(x->reason);
	e->time = clock_wall();
	e->dutch = strcmp(x->desk.conf->language, "en") != 0;
	if (x->words) {
		e->words = mem_strdup(x->words);
		vec_push(&e->lines, mem_strdup(x->words));
	}
	if (x->address)
		return choose_address(x, err);
	return x->page ? choose_page(x, err) : 0;
}

/* --- the wiki ------------------------------------------------------------- */

static bool
wiki_runs(void)
{
	struct wire w;

	if (ask_connect(&w, NULL))
		return false;
	wire_release(&w);
	return true;
}

/* Beside a running wiki, or alone under the lock. */
static int
find_wiki(struct erase *x, struct err *err)
{
	int64_t end = clock_mono_ms() + PATIENCE_MS;

	while (!wiki_runs()) {
		x->lock = fs_lock_at(x->data, DATA_LOCK, err);
		if (x->lock != PLEIN_EBUSY)
			return x->lock < 0 ? x->lock : 0;
		if (clock_mono_ms() > end)
			return x->lock;
		(void)poll(NULL, 0, LOOK_MS); /* it starts: nothing tells */
	}
	return 0;
}

static int
open_desk(struct erase *x, struct err *err)
{
	const struct desk_setup setup = { .writer = x->lock >= 0,
					  .space = x->space };
	struct err trouble = ERR_INIT;
	int rc = desk_open(&x->desk, &setup, &trouble, err);

	if (!rc && trouble.code) {
		*err = trouble;
		return trouble.code;
	}
	return rc ? rc : desk_need_repo(&x->desk, err);
}

static int
run_git(struct erase *x, const char *task, struct err *err)
{
	struct program p;

	(void)program_host(&p, task, x->at.name); /* it is in the table */
	return task_run(x->git, &p, task, err);
}

static int
prepare(struct erase *x, struct err *err)
{
	int rc = open_desk(x, err);

	if (!rc)
		rc = choose(x, err);
	if (!rc)
		rc = erasing_prepare(&x->at, &x->what, x->desk.repo, err);
	if (!rc)
		rc = run_git(x, "gather", err);
	if (!rc)
		rc = erasing_part(&x->at, err);
	if (!rc)
		rc = run_git(x, "graph", err);
	if (!rc)
		rc = erasing_seal(&x->at, &x->what, err);
	desk_close(&x->desk);
	return rc;
}

/* Does a fresh process serve, with the erasure in place? */
static bool
is_settled(const struct erase *x)
{
	json_t *health = NULL;
	int rc = erasing_is_due(&x->at) ? PLEIN_EBUSY
					: ask_running("wiki.health", NULL,
						      ANSWER_MS, &health, NULL);

	json_decref(health);
	return rc == 0;
}

static int
settle_by_wiki(const struct erase *x, struct err *err)
{
	int64_t end = clock_mono_ms() + PATIENCE_MS, again = 0;
	json_t *result = NULL;

	while (!is_settled(x)) {
		if (clock_mono_ms() > end)
			return err_set(err, PLEIN_EBUSY,
				       "the wiki did not put it in place; is a "
				       "backup or a check running? its log "
				       "says why. pleind erase DIR goes on");
		if (erasing_is_due(&x->at) && clock_mono_ms() > again) {
			again = clock_mono_ms() + RENEW_MS;
			(void)ask_running(
				"wiki.erase",
				json_pack("{s:s}", "space", x->space_name),
				ANSWER_MS, &result, NULL); /* or it died */
			json_decref(result);
			result = NULL;
		}
		(void)poll(NULL, 0, LOOK_MS); /* nothing tells when */
	}
	return 0;
}

static int
prove(const struct erase *x, struct err *err)
{
	struct erasure e;
	struct buf report = BUF_INIT;
	bool clean = false;
	int rc;

	erasure_init(&e);
	rc = erasure_read(&e, x->at.in_place, err);
	if (!rc) {
		buf_printf(&report, "main was made anew: it is %s\n", e.to.hex);
		rc = erase_proof(&e, &x->at, &report, &clean, err);
	}
	if (!rc && tell(&report) != EXIT_DONE)
		rc = err_set(err, PLEIN_EIO, "the proof cannot be written");
	if (!rc && unlink(x->at.in_place) != 0)
		rc = err_set_errno(err, errno, ERASING_NOTE);
	if (!rc && !clean)
		rc = err_set(err, PLEIN_ERULE, "not all is gone");
	buf_release(&report);
	erasure_release(&e);
	return rc;
}

static int
finish(struct erase *x, struct err *err)
{
	int rc = x->lock < 0 ? settle_by_wiki(x, err)
			     : erasing_settle(&x->at, err);

	return rc ? rc : prove(x, err);
}

/* Only one at a time. */
static int
be_alone(int data, struct err *err)
{
	if (flock(data, LOCK_EX | LOCK_NB) == 0)
		return 0;
	return err_set(err, PLEIN_EBUSY, "another erasure is under way");
}

static int
erase(struct erase *x, struct err *err)
{
	int rc = be_alone(x->data, err);
	bool open;

	if (!rc)
		rc = find_wiki(x, err);
	open = !rc && erasing_is_open(&x->at);
	if (!rc && open)
		rc = finish(x, err);
	if (rc || (!x->page && !x->words))
		return rc || open ? rc
				  : err_set(err, PLEIN_EUSAGE,
					    "there is none to finish");
	rc = prepare(x, err);
	if (rc)
		(void)exchange_remove(x->at.made, NULL);
	return rc ? rc : finish(x, err);
}

/* --- the command ---------------------------------------------------------- */

static int
enter(struct erase *x, struct err *err)
{
	struct users users;
	int rc;

	if (!space_is_valid(x->space_name))
		return err_set(err, PLEIN_EUSAGE, "no name of a space");
	x->space = space_new(x->space_name);
	erasing_init(&x->at, x->space);
	x->what.who = mem_strdup(find_who());
	x->git = task_open_git(err);
	if (x->git < 0)
		return x->git;
	x->data = ask_open(x->dir, &users, err);
	if (x->data < 0)
		return x->data;
	if (users.switches) {
		child_reach_here(&users.owner); /* for git */
		rc = users_become(&users.owner, err);
		if (rc)
			return rc;
	}
	if (access(x->space->repo, F_OK) != 0)
		return err_set(err, PLEIN_ENOTFOUND, "there is no space %s",
			       x->space_name);
	return 0;
}

int
erase_main(int argc, char **argv)
{
	struct erase x = {
		.data = -1, .git = -1, .lock = -1, .space_name = SPACE_DEFAULT
	};
	const char *words[2] = { NULL, NULL };
	const struct args_option options[] = {
		{ "--version", &x.version },  { "--text", &x.words },
		{ "--address", &x.address },  { "--reason", &x.reason },
		{ "--space", &x.space_name }, { NULL, NULL },
	};
	struct err err = ERR_INIT;
	int n = args_sort(argc - 2, argv + 2, options, words, 2, &err), rc = 0;

	if (n < 0)
		return tell_error(&err);
	if (n < 1)
		return tell_usage(USAGE);
	x.dir = words[0];
	x.page = words[1];
	if (x.page || x.words || x.reason || x.version || x.address)
		rc = check_words(&x, &err);
	if (!rc)
		rc = enter(&x, &err);
	if (!rc)
		rc = erase(&x, &err);
	erasure_release(&x.what);
	free(x.space);
	if (x.lock >= 0)
		(void)close(x.lock); /* nothing was written to it */
	if (x.data >= 0)
		(void)close(x.data); /* a folder */
	err.code = rc;
	return rc ? tell_error(&err) : EXIT_DONE;
}

/*
 * inspect.c - see inspect.h. The index is compared with one that is made for
 * the purpose, from git alone, up to the commit it claims to be at: whatever
 * grew wrong in it shows, and saves may go on meanwhile.
 */
#include "wiki/inspect.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "state/audit.h"
#include "state/past.h"
#include "store/history.h"
#include "wiki/desks.h"
#include "wiki/indexer.h"
#include "wiki/space.h"

/* Seconds after which a lock or a temporary file belongs to nobody. */
#define STALE_LOCK 60
#define STALE_TEMPORARY 3600

static void
add_line(struct vec *problems, const char *where, const char *what)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%s: %s", where, what);
	vec_push(problems, buf_take(&line));
}

static void
add_problem(struct vec *problems, const char *where, const struct err *err)
{
	add_line(problems, where, err->msg);
}

/* --- secrets and leftovers ------------------------------------------------ */

static void
inspect_modes(struct vec *problems)
{
	static const char *const secrets[] = { DATA_HOSTKEY, DATA_STATE,
					       DATA_STATE "-wal",
					       DATA_STATE "-shm" };
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (stat(secrets[i], &st) == 0 && (st.st_mode & 077) != 0)
			add_line(problems, secrets[i],
				 "others may read or write it (chmod 600)");
	if (stat(".", &st) == 0 && (st.st_mode & 022) != 0)
		add_line(problems, "the data folder",
			 "others may write in it (chmod go-w)");
}

static bool
is_temporary(const char *name)
{
	size_t len = strlen(name);

	return (len > 4 && strcmp(name + len - 4, ".tmp") == 0) ||
	       strstr(name, ".check-");
}

static void
inspect_folder(const char *folder, struct vec *problems)
{
	struct vec names = VEC_INIT;
	time_t before = time(NULL) - STALE_TEMPORARY;
	struct buf path = BUF_INIT;
	struct stat st;
	size_t i;

	/* a folder that cannot be read is told of elsewhere */
	(void)fs_list_at(AT_FDCWD, folder, &names, NULL);
	for (i = 0; i < names.len; i++) {
		buf_reset(&path);
		buf_printf(&path, "%s/%s", folder, (char *)names.items[i]);
		if (is_temporary(names.items[i]) && stat(path.ptr, &st) == 0 &&
		    st.st_mtime < before)
			add_line(problems, path.ptr,
				 "left by a command that was killed; it may "
				 "be removed");
	}
	buf_release(&path);
	vec_release(&names, free);
}

static void
inspect_locks(const struct desk *d, struct vec *problems)
{
	struct vec found = VEC_INIT;
	struct err err = ERR_INIT;
	size_t i;

	if (repo_find_locks(d->space->repo, STALE_LOCK, &found, &err))
		add_problem(problems, d->space->repo, &err);
	for (i = 0; i < found.len; i++)
		add_line(problems, found.items[i],
			 "a lock left in the repository; starting the wiki "
			 "anew clears it");
	vec_release(&found, free);
}

/* --- the index ------------------------------------------------------------ */

static void
add_index_problems(const struct desk *d, struct vec *problems,
		   const struct vec *found)
{
	size_t i;

	for (i = 0; i < found->len; i++)
		add_line(problems, d->space->index, found->items[i]);
	if (found->len > 0)
		add_line(problems, d->space->index,
			 "it does not say what the content says; pleind "
			 "reindex makes it anew");
}

/* `head` is where the index, which stands still, claims to be. */
static int
compare_with_git(struct desk *d, const struct repo_id *head, const char *file,
		 struct vec *problems, struct err *err)
{
	struct vec found = VEC_INIT;
	struct index *truth;
	int rc = index_create(&truth, file, err);

	if (rc)
		return rc;
	rc = indexer_run_to(truth, d->repo, head, err);
	if (!rc)
		rc = index_compare(d->index, truth, &found, err);
	index_close(truth);
	if (!rc)
		add_index_problems(d, problems, &found);
	vec_release(&found, free);
	return rc;
}

static int
inspect_index(struct desk *d, struct vec *problems, struct err *err)
{
	struct repo_id head = { "" }, tip = { "" };
	char file[SPACE_PATH + 48];
	size_t behind;
	int rc = desk_need_index(d, err);

	if (!rc)
		rc = index_freeze(d->index, head.hex, err);
	if (!rc)
		rc = repo_ref_read(d->repo, &tip, err);
	if (!rc && tip.hex[0] && !head.hex[0])
		rc = err_set(err, PLEIN_ECORRUPT, "it is empty");
	else if (!rc && tip.hex[0])
		rc = history_count(d->repo, &head, &tip, &behind, err);
	(void)snprintf(file, sizeof(file), "%s.check-%ld-%lx", d->space->index,
		       (long)getpid(), (unsigned long)(uintptr_t)d);
	if (!rc)
		rc = compare_with_git(d, &head, file, problems, err);
	index_remove(file);
	index_abort(d->index);
	return rc;
}

/* None yet is no problem; one that is made anew comes by itself. */
static int
inspect_past(struct desk *d, struct vec *problems, struct err *err)
{
	struct vec found = VEC_INIT;
	struct past *past = NULL;
	size_t i;
	int rc = past_open(&past, d->space->past, false, err);

	if (rc)
		return rc == PLEIN_ENOTFOUND ? 0 : rc;
	rc = past_check(past, d->index, &found, err);
	past_close(past);
	for (i = 0; i < found.len; i++)
		add_line(problems, d->space->past, found.items[i]);
	if (found.len > 0)
		add_line(problems, d->space->past,
			 "stop the wiki and remove this file; it is made anew");
	vec_release(&found, free);
	return rc;
}

static void
inspect_audit(struct desk *d, struct vec *problems)
{
	struct audit_verdict v;
	struct err err = ERR_INIT;

	if (audit_verify(d->state, NULL, &v, &err))
		add_problem(problems, "the audit log", &err);
	else if (v.what != AUDIT_SOUND)
		add_line(problems, "the audit log",
			 "records were altered or removed (pleind audit "
			 "verify)");
}

static void
inspect_conf(const struct desk *d, struct vec *problems)
{
	struct vec lines = VEC_INIT;

	conf_find_odd(d->conf, &lines);
	for (size_t i = 0; i < lines.len; i++)
		add_line(problems, DATA_CONF, lines.items[i]);
	vec_release(&lines, free);
}

/* The content of one space. */
static void
inspect_space(struct desk *d, struct vec *problems)
{
	struct err err = ERR_INIT;

	if (desk_need_repo(d, &err)) {
		add_problem(problems, d->space->repo, &err);
		return;
	}
	inspect_locks(d, problems);
	if (history_verify(d->repo, problems, &err))
		add_problem(problems, d->space->repo, &err);
	if (inspect_index(d, problems, &err))
		add_problem(problems, d->space->index, &err);
	else if (inspect_past(d, problems, &err))
		add_problem(problems, d->space->past, &err);
}

void
inspect_all(struct desk *d, struct vec *problems)
{
	struct err err = ERR_INIT;

	if (desk_need_state(d, &err) || state_check(d->state, &err))
		add_problem(problems, DATA_STATE, &err);
	else
		inspect_audit(d, problems);
	if (!d->host_fingerprint[0]) {
		(void)err_set(&err, PLEIN_ENOTFOUND, "no readable host key");
		add_problem(problems, DATA_HOSTKEY ".pub", &err);
	}
	inspect_conf(d, problems);
	inspect_modes(problems);
	inspect_folder(".", problems);
	inspect_folder(DATA_SPACES, problems);
	if (d->office)
		desks_open_all(d->office);
	for (size_t i = 0; desk_nth(d, i); i++)
		if (!atomic_load(&desk_nth(d, i)->space->gone))
			inspect_space(desk_nth(d, i), problems);
}

/*
 * install.c - see install.h. What can be refused is refused before anything
 * is made; plein.conf comes last, so a folder with it holds a whole wiki.
 */
#include "install.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/conf.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "ssh/hostkey.h"
#include "state/state.h"
#include "store/txn.h"
#include "template.h"
#include "wiki/desk.h"

#define SERVICE_USER "plein"
#define DOMAIN_MAX 253

static bool
is_domain(const char *s)
{
	size_t len = strlen(s), i;

	if (len == 0 || len > DOMAIN_MAX || !isalnum((unsigned char)s[0]))
		return false;
	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '.' && s[i] != '-')
			return false;
	return true;
}

/* What is written must be what is read. */
static int
check_conf(const struct conf *conf, const struct buf *text, struct err *err)
{
	struct conf again;
	int rc;

	if (!is_domain(conf->domain))
		return err_set(err, PLEIN_ERULE, "%s is no host name",
			       conf->domain);
	conf_init(&again);
	rc = conf_parse(&again, text->ptr, err);
	if (!rc && strcmp(again.name, conf->name) != 0)
		rc = err_set(err, PLEIN_ERULE, "this name cannot be");
	conf_release(&again);
	return rc;
}

static void
replace_text(char **field, const char *value)
{
	if (!value)
		return;
	free(*field);
	*field = mem_strdup(value);
}

static int
prepare_conf(const struct install *what, struct conf *conf, struct buf *text,
	     struct err *err)
{
	replace_text(&conf->domain, what->domain);
	replace_text(&conf->name, what->name);
	conf_format(conf, text);
	return check_conf(conf, text, err);
}

static int
refuse_existing(const char *dir, struct err *err)
{
	static const char *const parts[] = { DATA_SPACES, DATA_STATE,
					     DATA_HOSTKEY };
	size_t i;

	if (access(DATA_CONF, F_OK) == 0)
		return err_set(err, PLEIN_EEXISTS, "%s already holds a wiki",
			       dir);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (access(parts[i], F_OK) == 0)
			return err_set(err, PLEIN_EEXISTS,
				       "%s holds part of a wiki (%s), from "
				       "an init that did not finish; remove "
				       "it first",
				       dir, parts[i]);
	return 0;
}

/* The folder, made when missing; and into it. */
static int
enter_folder(const char *dir, struct err *err)
{
	int data, rc;

	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return err_set_errno(err, errno, "%s", dir);
	data = fs_open_dir(dir, err);
	if (data < 0)
		return data;
	rc = fchdir(data) < 0 ? err_set_errno(err, errno, "%s", dir) : 0;
	if (!rc)
		rc = refuse_existing(dir, err);
	if (rc) {
		(void)close(data); /* only read */
		return rc;
	}
	return data;
}

static int
commit_files(struct txn *t, const struct vec *files, const struct conf *conf,
	     struct err *err)
{
	struct message trailers = { .action = (char *)"init" };
	struct template_file *last = files->items[files->len - 1];
	struct buf message = BUF_INIT, mail = BUF_INIT;
	struct repo_id commit;
	struct edit e = { 0 };
	int rc;

	message_format(&message, "",
		       strcmp(conf->language, "en") == 0 ? "The wiki begins"
							 : "Begin van de wiki",
		       &trailers);
	buf_printf(&mail, "plein@%s", conf->domain);
	e.path = last->path;
	e.text = last->text.ptr;
	e.len = last->text.len;
	e.author_name = "Plein";
	e.author_mail = e.service_mail = mail.ptr;
	e.when = last->when ? last->when : clock_wall();
	e.message = message.ptr;
	rc = txn_edit(t, &e, &commit, err);
	buf_release(&message);
	buf_release(&mail);
	return rc;
}

/* All files as one commit. */
static int
fill_repo(struct repo *r, const struct vec *files, const struct conf *conf,
	  struct err *err)
{
	struct txn *t;
	size_t i;
	int rc = txn_begin(&t, r, err);

	if (rc)
		return rc;
	for (i = 0; i + 1 < files->len && !rc; i++) {
		const struct template_file *f = files->items[i];

		rc = txn_stage(t, f->path, f->text.ptr, f->text.len, err);
	}
	if (!rc)
		rc = commit_files(t, files, conf, err);
	if (!rc)
		return txn_commit(t, err);
	txn_abort(t);
	return rc;
}

static int
make_repo(const struct vec *files, const struct conf *conf, struct err *err)
{
	struct repo *r = NULL;
	int rc;

	if (mkdir(DATA_SPACES, 0700) < 0)
		return err_set_errno(err, errno, DATA_SPACES);
	rc = repo_create(DATA_REPO, err);
	if (!rc)
		rc = repo_open(&r, DATA_REPO, err);
	if (!rc)
		rc = fill_repo(r, files, conf, err);
	repo_close(r);
	return rc;
}

static int
make_state(struct err *err)
{
	struct state *s = NULL;
	int rc = state_open(&s, DATA_STATE, 1, err);

	state_close(s);
	return rc;
}

int
install_prove(struct err *err)
{
	struct err trouble;
	struct desk desk;
	int rc = desk_open(&desk, &desk_writer, &trouble, err);

	desk_close(&desk);
	if (!rc && trouble.code) {
		*err = trouble;
		rc = trouble.code;
	}
	return rc;
}

static int
give_entry(int dir, const char *name, uid_t uid, gid_t gid, struct err *err);

static int
give_folder(int dir, const char *name, uid_t uid, gid_t gid, struct err *err)
{
	struct vec names = VEC_INIT;
	size_t i;
	int fd = openat(dir, name,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	int rc;

	if (fd < 0)
		return err_set_errno(err, errno, "%s", name);
	rc = fs_list_at(fd, ".", &names, err);
	for (i = 0; i < names.len && !rc; i++)
		rc = give_entry(fd, names.items[i], uid, gid, err);
	(void)close(fd); /* only read */
	vec_release(&names, free);
	return rc;
}

static int
give_entry(int dir, const char *name, uid_t uid, gid_t gid, struct err *err)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
	    fchownat(dir, name, uid, gid, AT_SYMLINK_NOFOLLOW) < 0)
		return err_set_errno(err, errno, "%s", name);
	if (!S_ISDIR(st.st_mode))
		return 0;
	return give_folder(dir, name, uid, gid, err);
}

/* Whom a folder that root filled is for: whose it was, or the user who is there
 * to run it; root when there is neither. */
static int
find_heir(int data, uid_t *uid, gid_t *gid, struct err *err)
{
	const struct passwd *pw = getpwnam(SERVICE_USER);
	struct stat st;

	if (fstat(data, &st) < 0)
		return err_set_errno(err, errno, "data folder");
	*uid = st.st_uid;
	*gid = st.st_gid;
	if (*uid == 0 && pw) {
		*uid = pw->pw_uid;
		*gid = pw->pw_gid;
	}
	return 0;
}

static int
give_away(int data, bool *as_root, struct err *err)
{
	uid_t uid = 0;
	gid_t gid = 0;
	int rc;

	*as_root = false;
	if (geteuid() != 0)
		return 0;
	rc = find_heir(data, &uid, &gid, err);
	if (rc)
		return rc;
	*as_root = uid == 0;
	return uid == 0 ? 0 : give_entry(data, ".", uid, gid, err);
}

int
install_give_away(int data, bool *as_root, struct err *err)
{
	int rc = give_away(data, as_root, err);

	return rc ? rc : fs_sync_fs(data, err);
}

static int
make_all(int data, const struct vec *files, const struct conf *conf,
	 const struct buf *conf_text, struct err *err)
{
	int rc = make_repo(files, conf, err);

	if (!rc)
		rc = make_state(err);
	if (!rc)
		rc = hostkey_create(data, err);
	if (!rc)
		rc = fs_replace_at(data, DATA_CONF, conf_text->ptr,
				   conf_text->len, 0600, err);
	return rc ? rc : install_prove(err);
}

static int
install_into(int data, const struct vec *files, const struct conf *conf,
	     const struct buf *conf_text, bool *as_root, struct err *err)
{
	int lock = fs_lock_at(data, DATA_LOCK, err), rc;

	if (lock < 0)
		return lock;
	rc = make_all(data, files, conf, conf_text, err);
	if (!rc)
		rc = install_give_away(data, as_root, err);
	(void)close(lock); /* nothing was written to it */
	return rc;
}

int
install_run(const struct install *what, bool *as_root, struct err *err)
{
	struct vec files = VEC_INIT;
	struct buf conf_text = BUF_INIT;
	struct conf conf;
	int data = -1, rc;

	conf_init(&conf);
	rc = prepare_conf(what, &conf, &conf_text, err);
	if (rc)
		goto out;
	if (setenv("TZ", conf.zone, 1) == 0)
		tzset(); /* for the date of the first commit */
	if (what->template && strcmp(what->template, INSTALL_NOTHING) == 0)
		template_nothing(&files);
	else if (what->template)
		rc = template_read(&files, what->template, err);
	else
		template_default(&files, conf.name);
	if (rc)
		goto out;
	data = enter_folder(what->dir, err);
	rc = data < 0 ? data : 0;
	if (!rc)
		rc = install_into(data, &files, &conf, &conf_text, as_root,
				  err);
out:
	if (data >= 0)
		(void)close(data); /* synced before */
	vec_release(&files, template_file_free);
	buf_release(&conf_text);
	conf_release(&conf);
	return rc;
}

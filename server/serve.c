/*
 * serve.c - open, in order, everything that serving needs. After this the
 * supervisor opens nothing more by name but pseudo-terminals, plein.conf and
 * the list of spaces.
 */
#include "serve.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "frontproc.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "ssh/hostkey.h"
#include "supervisor.h"

#define GIT_PROGRAM "/usr/bin/git"

static int
add_listen(struct serve_options *o, const char *text, struct err *err)
{
	if (!text)
		return err_set(err, PLEIN_EUSAGE, "--listen needs an address");
	if (o->n_listen == HOUSE_LISTENERS)
		return err_set(err, PLEIN_EUSAGE, "at most %d addresses",
			       HOUSE_LISTENERS);
	return address_parse(&o->listen[o->n_listen++], text, err);
}

static int
set_front(struct serve_options *o, const char *path, struct err *err)
{
	if (!path || path[0] != '/')
		return err_set(err, PLEIN_EUSAGE,
			       "--front needs a path from the root");
	o->front = path;
	return 0;
}

int
serve_parse(struct serve_options *o, int argc, char **argv, struct err *err)
{
	int rc = 0;

	memset(o, 0, sizeof(*o));
	for (int i = 1; rc == 0 && i < argc; i++) {
		if (strcmp(argv[i], "--listen") == 0)
			rc = add_listen(o, argv[++i], err);
		else if (strncmp(argv[i], "--listen=", 9) == 0)
			rc = add_listen(o, argv[i] + 9, err);
		else if (strcmp(argv[i], "--front") == 0)
			rc = set_front(o, argv[++i], err);
		else if (strncmp(argv[i], "--front=", 8) == 0)
			rc = set_front(o, argv[i] + 8, err);
		else if (argv[i][0] == '-')
			rc = err_set(err, PLEIN_EUSAGE, "unknown option %.80s",
				     argv[i]);
		else if (o->dir)
			rc = err_set(err, PLEIN_EUSAGE,
				     "one data folder, please");
		else
			o->dir = argv[i];
	}
	if (rc == 0 && !o->dir)
		return err_set(err, PLEIN_EUSAGE, "which data folder?");
	return rc;
}

static int
listen_as_configured(struct serve_options *o, const struct conf *c,
		     struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && o->n_listen == 0 && i < c->listen.len;
	     i++)
		rc = add_listen(o, c->listen.items[i], err);
	return rc;
}

static int
open_data(struct house *h, const char *dir, struct err *err)
{
	h->data = fs_open_dir(dir, err);
	if (h->data < 0)
		return h->data;
	if (fchdir(h->data) < 0)
		return err_set_errno(err, errno, "%s", dir);
	return users_find(&h->users, h->data, err);
}

static int
read_conf(struct house *h, const char *dir, struct err *err)
{
	int rc = house_read_conf(h, err);

	if (rc != PLEIN_ENOTFOUND)
		return rc;
	return err_set(err, rc, "%s holds no wiki (pleind init %s makes one)",
		       dir, dir);
}

/* Held from here to the end, also by every wiki process. */
static int
take_lock(struct house *h, const char *dir, struct err *err)
{
	h->lock = fs_lock_at(h->data, "lock", err);
	if (h->lock == PLEIN_EBUSY)
		return err_set(err, PLEIN_EBUSY,
			       "%s is in use: a wiki runs there already, or "
			       "pleind works on it",
			       dir);
	if (h->lock < 0)
		return h->lock;
	/* Made by root, it must stay usable for the owner. */
	if (h->users.switches &&
	    fchown(h->lock, h->users.owner.uid, h->users.owner.gid) < 0)
		return err_set_errno(err, errno, "lock");
	return 0;
}

/* Sockets of systemd stand in place of all that we were told. */
static int
open_listeners(struct house *h, const struct serve_options *o, struct err *err)
{
	int rc = listener_adopt(h->listeners, HOUSE_LISTENERS, err);

	if (rc > 0)
		h->n_listeners = rc;
	if (rc != 0)
		return rc < 0 ? rc : 0;
	for (int i = 0; rc == 0 && i < o->n_listen; i++) {
		rc = listener_open(&h->listeners[i], &o->listen[i], err);
		h->n_listeners += rc == 0;
	}
	if (rc == 0 && h->n_listeners == 0)
		rc = err_set(err, PLEIN_EUSAGE, "no address to listen on");
	return rc;
}

/* The folder our own program lies in. */
static int
open_own_folder(struct err *err)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (len < 0)
		return err_set_errno(err, errno, "/proc/self/exe");
	path[len] = '\0';
	slash = strrchr(path, '/');
	if (slash)
		*slash = '\0';
	return fs_open_dir(path[0] ? path : "/", err);
}

static int
open_programs(struct house *h, struct err *err)
{
	const int how = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int own = open_own_folder(err);

	if (own < 0)
		return own;
	h->program = openat(own, "plein", O_PATH | O_CLOEXEC);
	if (h->program < 0) {
		err_set_errno(err, errno, "the program plein");
		(void)close(own);
		return PLEIN_EIO;
	}
	/* Without catalogues people get English, without git no clones. */
	h->locale = openat(own, "locale", how);
	if (h->locale < 0)
		h->locale = openat(own, "../share/plein", how);
	h->git = open(GIT_PROGRAM, O_PATH | O_CLOEXEC);
	h->self = open("/proc/self/exe", O_PATH | O_CLOEXEC);
	(void)close(own);
	return h->self < 0 ? err_set_errno(err, errno, "/proc/self/exe") : 0;
}

static bool
is_open_to_others(const struct house *h)
{
	for (int i = 0; i < h->n_listeners; i++)
		if (!address_is_loopback(&h->listeners[i].at))
			return true;
	return false;
}

static void
log_start(const struct house *h, const char *dir)
{
	struct buf at = BUF_INIT;

	log_event("start", LOG_TEXT("version", PLEIN_VERSION),
		  LOG_TEXT("data", dir));
	for (int i = 0; i < h->n_listeners; i++) {
		buf_reset(&at);
		address_format(&h->listeners[i].at, &at);
		log_event(
			"listening", LOG_TEXT("address", at.ptr),
			LOG_NUMBER("port", address_port(&h->listeners[i].at)));
	}
	buf_release(&at);
	if (h->users.switches && h->users.root_owned)
		log_event("warning",
			  LOG_TEXT("reason",
				   "the data folder belongs to root, so the "
				   "wiki process runs as root; give it to a "
				   "user of its own with chown -R"));
	if (is_open_to_others(h) &&
	    !policy_needs_code(ROLE_BEHEERDER, conf_code_from(&h->conf)))
		log_event("warning",
			  LOG_TEXT("reason",
				   "other machines can reach this wiki and its "
				   "administrators need no code: in plein.conf "
				   "set code_vanaf = beheerder"));
	if (h->git < 0)
		log_event("warning", LOG_TEXT("reason", GIT_PROGRAM
					      " is missing: no "
					      "clone, fetch or push"));
}

/* A terminal or a pipe we were started with is no business of children. */
static int
detach_input(struct err *err)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	int rc = 0;

	if (fd < 0 || dup2(fd, STDIN_FILENO) < 0 || dup2(fd, STDOUT_FILENO) < 0)
		rc = err_set_errno(err, errno, "/dev/null");
	if (fd > STDERR_FILENO)
		(void)close(fd);
	return rc;
}

/* Started with any of 0, 1, 2 closed, a socket of ours would become it. */
static int
fill_standard(struct err *err)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd < 0)
		return err_set_errno(err, errno, "/dev/null");
	(void)close(fd);
	return 0;
}

static int
open_all(struct house *h, struct serve_options *o, struct err *err)
{
	int rc = fill_standard(err);

	if (rc == 0)
		rc = open_data(h, o->dir, err);
	if (rc == 0)
		rc = read_conf(h, o->dir, err);
	if (rc == 0)
		rc = take_lock(h, o->dir, err);
	if (rc == 0)
		rc = house_read_spaces(h, err);
	if (rc == 0)
		rc = listen_as_configured(o, &h->conf, err);
	if (rc == 0)
		rc = open_listeners(h, o, err);
	if (rc == 0 && o->front)
		rc = frontproc_open(h, o->front, err);
	if (rc == 0)
		rc = open_programs(h, err);
	if (rc == 0)
		rc = hostkey_load(&h->key, h->data, err);
	if (rc == 0)
		h->fingerprint = hostkey_fingerprint(h->key);
	if (rc == 0)
		rc = supervisor_prepare(h, err);
	if (rc == 0)
		rc = hostkey_warm_up(h->key, err);
	if (rc == 0)
		rc = detach_input(err);
	return rc;
}

int
serve_main(int argc, char **argv)
{
	struct serve_options o;
	struct house h;
	struct err err = ERR_INIT;
	int status = 1;

	if (serve_parse(&o, argc, argv, &err) < 0) {
		(void)fprintf(stderr, "pleind serve: %s\n", err.msg);
		return 2;
	}
	house_init(&h);
	log_set_process("supervisor");
	if (open_all(&h, &o, &err) < 0) {
		(void)fprintf(stderr, "pleind serve: %s\n", err.msg);
	} else {
		log_start(&h, o.dir);
		status = supervisor_run(&h);
	}
	house_release(&h);
	return status;
}

/*
 * house.h - all that the supervisor holds while it serves, and the parts it
 * is made of: the wiki process (wikiproc.c), connections (connproc.c), the
 * programs started for them (clientproc.c), and the loop (supervisor.c).
 */
#ifndef PLEIN_SERVER_HOUSE_H
#define PLEIN_SERVER_HOUSE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "listener.h"
#include "plein/conf.h"
#include "penalty.h"
#include "plein/vec.h"
#include "restart.h"
#include "roster.h"
#include "throttle.h"
#include "turnaway.h"
#include "users.h"

#define HOUSE_LISTENERS 8
#define HOUSE_SESSIONS 1000 /* signed in at the same time */
#define HOUSE_GUESTS 250 /* of those, without an account */
#define HOUSE_GUESTS_FROM 20 /* from one address */
#define HOUSE_PUSHES 8 /* at the same time */
#define HOUSE_CLONES 64 /* and fetches, at the same time */
#define HOUSE_STOP_MS 5000 /* from being told to end to being killed */
#define HOUSE_SLACK_MS 2000 /* before who should have signed in is killed */
#define HOUSE_CONF_MAX 65536 /* bytes of plein.conf */

#define HOUSE_TASK_MAX 16 /* bytes of a task's name */
#define HOUSE_SPACE_MAX 48 /* bytes of a space's name */

struct hostkey;
struct conn_args;

/* What the kinds of forked processes do; their exit codes. */
struct house_jobs {
	int (*wiki)(int data, int lock, int control);
	int (*connection)(const struct conn_args *args);
	int (*spell)(int fd);
};

/* What a descriptor is for. */
enum watch {
	WATCH_SIGNALS,
	WATCH_LISTENER,
	WATCH_WIKI,
	WATCH_MEMBER,
	WATCH_FRONT
};

struct ready {
	enum watch what;
	long which; /* index of a listener, id of a member */
	bool writable;
};

/* The git of a connection is gone. */
struct git_over {
	long conn;
	int status; /* exit status; -1: a signal ended it */
	bool ended; /* by us, not by its person */
	json_t *begin; /* the wiki is told first that it began */
};

struct wiki_child {
	pid_t pid; /* 0 = not running */
	int control; /* socket to it, -1 = closed */
	bool ready; /* it serves */
	bool was_ready; /* some wiki process served once */
	bool blocked; /* its queue is full: wait until it takes more */
	bool reload_due, stop_due;
	bool told; /* that it is to stop */
	struct vec over; /* struct git_over *: git that ended, to be told */
	struct restart restart;
	int64_t start_at; /* when to start the next; 0 = not waiting */
};

/* One task of maintaining a space (program.h). */
struct chore_task {
	char name[HOUSE_TASK_MAX]; /* "": none */
	char space[HOUSE_SPACE_MAX];
};

/* Git at work on a repository, asked for by the wiki process. */
struct chore {
	pid_t pid; /* 0 = none runs */
	int report; /* what it says, a memfd; -1 = none */
	int64_t since;
	struct chore_task now; /* while pid > 0 */
	struct chore_task next; /* asked for meanwhile */
	struct chore_task ended; /* the last one */
	int status; /* of that */
	bool told_due; /* that it ended */
};

/* The process that spells, asked for by the wiki process. */
struct spell_child {
	pid_t pid; /* 0 = none runs */
	int64_t since; /* when the last one was started, or 0 */
};

/* Where sshd's forced commands come in (frontproc.h). */
struct front {
	int fd; /* -1: OpenSSH is not in front */
	bool has_user; /* plein-ssh exists, and is `user` */
	uid_t user;
};

struct house {
	int data; /* the data folder, also the current one */
	int lock; /* its flock, held until the end */
	int program; /* plein, to be executed */
	int self; /* our own program: the hook of a push */
	int git; /* git, to be executed, or -1 */
	int locale; /* folder of message catalogues, or -1 */
	int reserve; /* given up when there are no descriptors left */
	int epoll, signals;
	struct conf conf;
	struct hostkey *key;
	const char *fingerprint; /* of that key */
	const struct house_jobs *jobs;
	struct users users;
	struct vec spaces; /* char * */
	struct listener listeners[HOUSE_LISTENERS];
	int n_listeners;
	struct front front;
	struct throttle throttle;
	struct penalty penalty;
	struct turnaway turned; /* away, for the audit log */
	bool strict; /* for tests: this machine itself is penalised too */
	struct roster roster;
	struct wiki_child wiki;
	struct chore chore;
	struct spell_child spell;
	bool stopping;
	int64_t stop_at; /* then everything is killed */
	int exit_code;
};

/* Empty: no descriptor open, nothing running; jobs as in real life. */
void
house_init(struct house *h);

void
git_over_free(void *o);

/* Close and free all of it. */
void
house_release(struct house *h);

/* Read plein.conf (and live in its time zone, and by its limits), the list of
 * spaces. The old ones stay on failure. */
int
house_read_conf(struct house *h, struct err *err);

int
house_read_spaces(struct house *h, struct err *err);

/* Watch `fd` for input from now on. PLEIN_EIO. */
int
house_watch(struct house *h, int fd, enum watch what, long which,
	    struct err *err);

/* Watch the wiki process for room in its queue too, or no longer. */
void
house_watch_room(struct house *h, bool on);

/* Close a watched descriptor, which becomes -1. */
void
house_unwatch(struct house *h, int *fd);

/*
 * Wait at most `ms` (-1: for ever) for descriptors; fills at most `max`,
 * returns how many. A signal we do not handle ends the wait with 0.
 */
int
house_wait(struct house *h, int ms, struct ready *out, int max);

/* The user for the wiki process and git, for connections and clients; NULL
 * when nobody switches. */
const struct user *
house_owner(const struct house *h);

const struct user *
house_login(const struct house *h);

#endif

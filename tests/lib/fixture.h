/*
 * fixture.h - a whole wiki for one test: a data folder under TMPDIR made
 * from repo-template/, one account with a key, `pleind serve` on a free port
 * of 127.0.0.1. The programs are those of the variant the test was built in.
 */
#ifndef PLEIN_TEST_FIXTURE_H
#define PLEIN_TEST_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "plein/buf.h"
#include "proc.h"

#define FIXTURE_ARGS 40

struct fixture {
	char dir[64]; /* everything of this test */
	char data[80]; /* DATA */
	char key[80]; /* private key of account `tester` */
	char port[8];
	char front[96]; /* socket for OpenSSH in front; "": none */
	const char *option; /* one more of ssh -o, or NULL */
	pid_t pid; /* of the supervisor */
	int log; /* its stderr */
	struct buf seen; /* what came from it so far */
};

/* Path of pleind or plein of this variant, in a static array. */
const char *
fixture_program(const char *name);

/* init, key, user add, serve; any failure fails the test. */
void
fixture_start(struct fixture *f);

/* The parts, for tests that need something between them. */
void
fixture_init(struct fixture *f);

void
fixture_serve(struct fixture *f);

/* SIGTERM and wait; the exit status. Then fixture_remove(). */
int
fixture_stop(struct fixture *f);

void
fixture_remove(struct fixture *f);

/* Make a key pair `name` in the fixture's folder; returns its path. */
void
fixture_make_key(struct fixture *f, const char *name, char path[80]);

/* One more account, with a key of that name: `pleind user add`; it fails the
 * test. */
void
fixture_add_person(struct fixture *f, const char *handle, const char *name,
		   const char *role, char key[80]);

/*
 * argv of the stock ssh client with this fixture's key, port and known
 * hosts, then `extra` (NULL-terminated); returns how many.
 */
int
fixture_ssh_argv(const struct fixture *f, const char *key,
		 const char *const extra[], const char *argv[FIXTURE_ARGS]);

/* `ssh host LINE` with `input`; release the result. */
void
fixture_ssh(const struct fixture *f, const char *line, const char *input,
	    struct proc_result *r);

/* Append lines to plein.conf of a wiki that runs, and have it read: of two with
 * one key the last counts. */
void
fixture_configure(struct fixture *f, const char *lines);

/* Wait until the log holds `text` (at most 15 s); false if it never does. */
bool
fixture_log_wait(struct fixture *f, const char *text);

/* Does the log hold `text` by now? */
bool
fixture_log_holds(struct fixture *f, const char *text);

/* git with the fixture's ssh command in GIT_SSH_COMMAND. */
void
fixture_git(const struct fixture *f, const char *const args[],
	    struct proc_result *r);

/* `pleind check` finds nothing wrong; else the test fails with what it says. */
void
fixture_expect_whole(const struct fixture *f);

/* Pid of the newest process below the supervisor whose title holds this. */
pid_t
fixture_find(const struct fixture *f, const char *title);

#endif

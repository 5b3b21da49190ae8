/*
 * One repository of 200 MB, cloned through us and through sshd, by the same
 * client with the same cipher (peer.c); stock git serves both.
 */
#include <stdio.h>

#include "figure.h"
#include "peer.h"
#include "plein/mem.h"
#include "shell.h"

static double
clone_seconds(const struct fixture *f, const char *path)
{
	char url[200];
	const char *const args[] = {
		"clone", "-q", "--bare", url, "kloon", NULL
	};
	struct proc_result r;
	double begun, took;

	(void)snprintf(url, sizeof(url), "ssh://127.0.0.1:%s%s", f->port, path);
	begun = measure_now();
	fixture_git(f, args, &r);
	took = measure_now() - begun;
	if (r.status != 0)
		die("clone: %s", r.err.ptr);
	proc_result_release(&r);
	shell_run(f->dir, "rm -rf kloon");
	return took;
}

/* 200 MB that does not compress, as attachments, in one pack. */
static void
fill_repository(const struct fixture *f)
{
	shell_run(
		f->dir,
		"git clone -q data/spaces/agenda.git vol; cd vol; mkdir -p "
		"bijlagen/index; i=0; while [ $i -lt 200 ]; do head -c 1048576 "
		"/dev/urandom > bijlagen/index/b$i.bin; i=$((i+1)); done; git "
		"add .; git -c user.name=x -c user.email=x@x commit -qm groot; "
		"git push -q origin HEAD:main; git -C "
		"../data/spaces/agenda.git "
		"repack -adq; cd ..; rm -rf vol");
}

struct comparison
figure_clone(const struct side *ours, const struct side *peer)
{
	enum { TURNS = 5 };
	double x[TURNS], y[TURNS];
	struct fixture f;
	struct peer sshd;
	char path[128];

	(void)ours;
	(void)peer;
	fixture_init(&f);
	fill_repository(&f);
	fixture_serve(&f);
	peer_start(&sshd, &f, NULL);
	(void)snprintf(path, sizeof(path), "%s/spaces/agenda.git", f.data);
	for (int i = 0; i < TURNS; i++) {
		x[i] = clone_seconds(&f, "/agenda");
		y[i] = clone_seconds(&sshd.as, path);
	}
	peer_stop(&sshd);
	(void)fixture_stop(&f);
	fixture_remove(&f);
	return measure_turns(x, y, TURNS);
}

/*
 * make bench: each figure of docs/performance.md, ours and a peer's, in the
 * same run on the same machine. Ratios are what counts: shared machines make
 * absolute times mean little. Runs alternate between the two sides.
 *
 * usage: bench [NAME…]   only the figures whose name holds NAME
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <jansson.h>

#include "fixture.h"
#include "measure.h"
#include "peer.h"
#include "plein/clock.h"
#include "plein/mem.h"
#include "screen.h"

#define SESSIONS 100
#define PAGES 10000
#define SAVES 100
#define CLONE_FILES 200
#define CLONE_FILE_BYTES (1024 * 1024)

struct side {
	const struct fixture *at;
	const char *line; /* what ssh runs */
	const char *complete; /* last words of a complete first screen */
	pid_t server;
};

struct figure {
	const char *name;
	const char *unit;
	const char *reach;
	double limit; /* ratio, or value where there is no peer */
	int at_least; /* the ratio must be at least `limit` */
	void (*measure)(const struct side *ours, const struct side *peer,
			double *a, double *b);
};

static struct screen *
open_screen(const struct side *s)
{
	const char *const extra[] = { s->line, NULL };

	return screen_open(s->at, 24, 80, NULL, extra);
}

static double
first_screen_ms(const struct side *s)
{
	double begun = measure_now(), took;
	struct screen *screen = open_screen(s);

	if (!screen_wait(screen, s->complete))
		die("no first screen with \"%s\"", s->complete);
	took = (measure_now() - begun) * 1000;
	screen_abandon(screen);
	return took;
}

static void
bench_first_screen(const struct side *ours, const struct side *peer, double *a,
		   double *b)
{
	enum { RUNS = 15 };
	double x[RUNS], y[RUNS];
	int i;

	for (i = 0; i < RUNS; i++) {
		x[i] = first_screen_ms(ours);
		y[i] = first_screen_ms(peer);
	}
	*a = measure_median(x, RUNS);
	*b = measure_median(y, RUNS);
}

/* Logins of one client until `end`; writes the count to `fd`. */
static void
login_until(const struct side *s, const char *line, double end, int fd)
{
	const char *const extra[] = { "-T", "127.0.0.1", line, NULL };
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;
	int n = 0;

	(void)fixture_ssh_argv(s->at, s->at->key, extra, argv);
	while (measure_now() < end) {
		proc_run_text(&r, argv, "", 0);
		if (r.status != 0)
			die("login: %d %s%s", r.status, r.out.ptr, r.err.ptr);
		proc_result_release(&r);
		n++;
	}
	if (write(fd, &n, sizeof(n)) != sizeof(n))
		die("count lost");
}

static double
logins_per_second(const struct side *s, const char *line)
{
	const double seconds = 5;
	double begun = measure_now();
	int fds[2], i, n, total = 0, status;

	if (pipe(fds) < 0)
		die("pipe");
	for (i = 0; i < 2; i++) {
		if (fork() == 0) {
			login_until(s, line, begun + seconds, fds[1]);
			_exit(0);
		}
	}
	for (i = 0; i < 2; i++) {
		if (read(fds[0], &n, sizeof(n)) != sizeof(n))
			die("count lost");
		total += n;
	}
	while (wait(&status) > 0 && total < 0)
		;
	(void)close(fds[0]);
	(void)close(fds[1]);
	return total / (measure_now() - begun);
}

static void
bench_logins(const struct side *ours, const struct side *peer, double *a,
	     double *b)
{
	*a = logins_per_second(ours, "whoami");
	*b = logins_per_second(peer, "true");
}

static void
open_sessions(const struct side *s, struct screen **screens)
{
	int i;

	for (i = 0; i < SESSIONS; i++) {
		screens[i] = open_screen(s);
		if (!screen_wait(screens[i], s->complete))
			die("session %d did not open", i);
	}
}

static void
close_sessions(struct screen **screens)
{
	int i;

	for (i = 0; i < SESSIONS; i++)
		screen_abandon(screens[i]);
}

static double
session_kb(const struct side *s)
{
	static struct screen *screens[SESSIONS];
	double kb;

	open_sessions(s, screens);
	kb = measure_pss(s->server) / SESSIONS;
	close_sessions(screens);
	return kb;
}

static void
bench_memory(const struct side *ours, const struct side *peer, double *a,
	     double *b)
{
	*a = session_kb(ours);
	*b = session_kb(peer);
}

static void
bench_wakeups(const struct side *ours, const struct side *peer, double *a,
	      double *b)
{
	static struct screen *screens[SESSIONS];
	const int ms = 10000;
	double before;

	(void)peer;
	open_sessions(ours, screens);
	(void)poll(NULL, 0, 1000);
	before = measure_wakeups(ours->server);
	(void)poll(NULL, 0, ms);
	*a = (measure_wakeups(ours->server) - before) * 1000 / ms;
	*b = 0;
	close_sessions(screens);
}

/* Median µs from a key to the first byte of what it changed. */
static double
keystroke_us(struct screen *s)
{
	enum { KEYS = 200 };
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz ";
	double t[KEYS], begun;
	char key[2] = "a";
	int i;

	for (i = 0; i < KEYS; i++) {
		key[0] = letters[i % 27];
		while (screen_step(s, 2))
			;
		begun = measure_now();
		screen_type(s, key);
		if (!screen_step(s, 2000))
			die("a key without an answer");
		t[i] = (measure_now() - begun) * 1e6;
	}
	return measure_median(t, KEYS);
}

static void
bench_keystroke(const struct side *ours, const struct side *peer, double *a,
		double *b)
{
	enum { RUNS = 5 };
	const struct side page = { ours->at, "themas/common-ground", "? Hulp",
				   0 };
	struct screen *x = open_screen(&page), *y = open_screen(peer);
	double u[RUNS], v[RUNS];
	int i;

	if (!screen_wait(x, "? Hulp"))
		die("no page");
	screen_type(x, "b");
	if (!screen_wait(x, "Ctrl-S") || !screen_wait(y, peer->complete))
		die("no editor");
	for (i = 0; i < RUNS; i++) {
		u[i] = keystroke_us(x);
		v[i] = keystroke_us(y);
	}
	*a = measure_median(u, RUNS);
	*b = measure_median(v, RUNS);
	screen_abandon(x);
	screen_abandon(y);
}

static void
shell(const char *dir, const char *script)
{
	const char *argv[] = { "sh", "-ec", script, NULL };
	struct proc_result r;

	proc_run(&r, argv, dir, NULL, 300000);
	if (r.status != 0)
		die("%s: %s", script, r.err.ptr);
	proc_result_release(&r);
}

/* A wiki with PAGES pages in one folder. */
static void
start_big_wiki(struct fixture *big)
{
	static const char make[] =
		"mkdir -p groot/themas; cd groot; i=0; while [ $i -lt 10000 ];"
		"do printf -- '---\\ntitel: \"Pagina %d\"\\ntype: thema\\n"
		"status: concept\\n---\\n' $i > themas/p$i.md;"
		"head -c 2900 ../tekst >> themas/p$i.md; i=$((i+1)); done";
	const char *argv[] = { fixture_program("pleind"),
			       "init",
			       NULL,
			       "--template",
			       NULL,
			       "--host",
			       "example.nl",
			       NULL };
	char template[96], data[96];
	struct proc_result r;

	fixture_init(big);
	shell(big->dir, "i=0; while [ $i -lt 100 ]; do echo \"Regel $i van een "
			"gewone pagina met gewone woorden.\"; i=$((i+1)); "
			"done > tekst");
	shell(big->dir, make);
	(void)snprintf(template, sizeof(template), "%s/groot", big->dir);
	(void)snprintf(data, sizeof(data), "%s/data2", big->dir);
	argv[2] = data;
	argv[4] = template;
	proc_run(&r, argv, NULL, NULL, 120000);
	if (r.status != 0)
		die("init: %s", r.err.ptr);
	proc_result_release(&r);
	shell(big->dir, "cp data/state.db* data2/; rm -r data; mv data2 data");
	fixture_serve(big);
}

struct api {
	int to, from;
	pid_t pid;
	FILE *lines;
};

static void
open_api(struct api *api, const struct fixture *f)
{
	const char *const extra[] = { "-T", "127.0.0.1", "api", NULL };
	const char *argv[FIXTURE_ARGS];
	int in[2], out[2];

	(void)fixture_ssh_argv(f, f->key, extra, argv);
	if (pipe(in) < 0 || pipe(out) < 0)
		die("pipe");
	api->pid = fork();
	if (api->pid == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)close(in[1]);
		(void)close(out[0]);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	api->to = in[1];
	api->lines = fdopen(out[0], "r");
}

static void
close_api(struct api *api)
{
	int status;

	(void)close(api->to);
	(void)fclose(api->lines);
	(void)waitpid(api->pid, &status, 0);
}

/* One save of page `i` through the protocol; ends the program on an error. */
static void
save_page(struct api *api, int i, int base, int round)
{
	char text[256], address[32];
	json_t *m;
	char *line, *answer = NULL;
	size_t size = 0;

	(void)snprintf(address, sizeof(address), "themas/p%d", i);
	(void)snprintf(text, sizeof(text),
		       "---\ntitel: \"Pagina %d\"\ntype: thema\nstatus: "
		       "concept\n---\nRonde %d.\n",
		       i, round);
	m = json_pack("{s:s,s:i,s:s,s:{s:s,s:i,s:s}}", "jsonrpc", "2.0", "id",
		      i, "method", "page.save", "params", "address", address,
		      "base", base, "text", text);
	line = json_dumps(m, JSON_COMPACT);
	if (dprintf(api->to, "%s\n", line) < 0 ||
	    getline(&answer, &size, api->lines) < 0 ||
	    !strstr(answer, "\"result\""))
		die("save: %s", answer ? answer : "no answer");
	free(answer);
	free(line);
	json_decref(m);
}

static void
bench_save(const struct side *ours, const struct side *peer, double *a,
	   double *b)
{
	static const char clone[] =
		"git clone -q data/spaces/agenda.git werk; cd werk; git config "
		"user.name x; git config user.email x@x";
	static const char one[] =
		"cd werk; echo Regel >> themas/p%d.md; git commit -qam x";
	double x[SAVES], y[SAVES], begun;
	struct fixture big;
	struct api api;
	char script[128];
	int i;

	(void)ours;
	(void)peer;
	start_big_wiki(&big);
	shell(big.dir, clone);
	open_api(&api, &big);
	save_page(&api, PAGES - 1, 1, 0);
	for (i = 0; i < SAVES; i++) {
		begun = measure_now();
		save_page(&api, i, 1, 1);
		x[i] = (measure_now() - begun) * 1000;
		(void)snprintf(script, sizeof(script), one, i);
		begun = measure_now();
		shell(big.dir, script);
		y[i] = (measure_now() - begun) * 1000;
	}
	close_api(&api);
	*a = measure_median(x, SAVES);
	*b = measure_median(y, SAVES);
	(void)fixture_stop(&big);
	fixture_remove(&big);
}

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
	shell(f->dir, "rm -rf kloon");
	return took;
}

/* 200 MB that does not compress, as attachments, in one pack. */
static void
fill_repository(const struct fixture *f)
{
	shell(f->dir,
	      "git clone -q data/spaces/agenda.git vol; cd vol; mkdir -p "
	      "bijlagen/index; i=0; while [ $i -lt 200 ]; do head -c 1048576 "
	      "/dev/urandom > bijlagen/index/b$i.bin; i=$((i+1)); done; git "
	      "add .; git -c user.name=x -c user.email=x@x commit -qm groot; "
	      "git push -q origin HEAD:main; git -C ../data/spaces/agenda.git "
	      "repack -adq; cd ..; rm -rf vol");
}

static void
bench_clone(const struct side *ours, const struct side *peer, double *a,
	    double *b)
{
	enum { RUNS = 5 };
	double x[RUNS], y[RUNS];
	struct fixture f;
	struct peer sshd;
	char path[128];
	int i;

	(void)ours;
	(void)peer;
	fixture_init(&f);
	fill_repository(&f);
	fixture_serve(&f);
	peer_start(&sshd, &f);
	(void)snprintf(path, sizeof(path), "%s/spaces/agenda.git", f.data);
	for (i = 0; i < RUNS; i++) {
		x[i] = clone_seconds(&f, "/agenda");
		y[i] = clone_seconds(&sshd.as, path);
	}
	*a = measure_median(x, RUNS);
	*b = measure_median(y, RUNS);
	peer_stop(&sshd);
	(void)fixture_stop(&f);
	fixture_remove(&f);
}

static const struct figure figures[] = {
	{ "first screen", "ms", "<= 0.25 x", 0.25, 0, bench_first_screen },
	{ "logins, 2 clients", "/s", ">= 4 x", 4, 1, bench_logins },
	{ "PSS per idle session at 100", "kB", "<= 0.5 x", 0.5, 0,
	  bench_memory },
	{ "keystroke to bytes", "us", "<= 1.1 x", 1.1, 0, bench_keystroke },
	{ "durable save, 10,000 pages", "ms", "<= 0.2 x", 0.2, 0, bench_save },
	{ "clone of 200 MB", "s", "<= 1.05 x", 1.05, 0, bench_clone },
	{ "wake-ups of 100 idle sessions", "/s", "0", 0, 0, bench_wakeups },
};

static void
print_row(const struct figure *f, double a, double b)
{
	double value = b > 0 ? a / b : a;
	int reached = f->at_least ? value >= f->limit : value <= f->limit;

	(void)printf(
		"| %-29s | %9.2f %-2s | %9.2f %-2s | %6.2f | %-9s | %-3s |\n",
		f->name, a, f->unit, b, f->unit, value, f->reach,
		reached ? "yes" : "no");
	(void)fflush(stdout);
}

static int
is_wanted(const struct figure *f, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (strstr(f->name, argv[i]))
			return 1;
	return argc < 2;
}

int
main(int argc, char **argv)
{
	struct fixture wiki;
	struct peer sshd;
	struct side ours = { &wiki, NULL, "? Hulp", 0 };
	struct side peer = { &sshd.as, "nano -I tekst.md", "Go To Line", 0 };
	double a, b;
	size_t i;

	fixture_start(&wiki);
	peer_start(&sshd, &wiki);
	ours.server = wiki.pid;
	peer.server = sshd.pid;
	(void)printf("| %-29s | %-12s | %-12s | %6s | %-9s | %-3s |\n", "what",
		     "Plein", "peer", "ratio", "reach", "ok");
	(void)printf("| --- | --- | --- | --- | --- | --- |\n");
	for (i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
		if (!is_wanted(&figures[i], argc, argv))
			continue;
		figures[i].measure(&ours, &peer, &a, &b);
		print_row(&figures[i], a, b);
	}
	peer_stop(&sshd);
	(void)fixture_stop(&wiki);
	fixture_remove(&wiki);
	return 0;
}

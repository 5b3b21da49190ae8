/*
 * forced.c - a connection process without SSH: sshd has spoken with the
 * person and proved their key; from there on everything is asked for as a
 * connection process does, by the same state machine and the same table. The
 * program the supervisor starts gets our descriptors 0, 1 and 2, so nothing
 * is pumped; we stay to tell it of a new window and to pass on its end.
 */
#include "forced.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "args.h"
#include "knock.h"
#include "plein/clock.h"
#include "plein/log.h"
#include "ssh/auth.h"
#include "ssh/monitor.h"
#include "tell.h"

#define EXIT_NOT_ALLOWED 3
#define EXIT_AWAY 7 /* "busy or away, try later" */

struct forced {
	const char *words[1]; /* FRONT */
	const char *account, *kind, *blob;
	const char *peer;
	bool terminal;
	int monitor; /* -1: not connected */
	int signals; /* tells of a new window, or -1 */
	struct termios before; /* of the terminal */
	bool raw; /* it was changed */
	struct hints hints;
	struct route route;
	struct meter meter;
	struct ask ask;
	struct auth auth;
};

static int
complain(const char *text, int code)
{
	(void)fprintf(stderr, "%s\n", text);
	return code;
}

/* --- what the person asked for ------------------------------------------ */

static void
read_environment(struct forced *f)
{
	const char *term = getenv("TERM"), *equals;
	char name[64];

	hints_init(&f->hints);
	if (term)
		hint_set_term(&f->hints, term);
	for (char **e = environ; *e; e++) {
		equals = strchr(*e, '=');
		if (!equals || (size_t)(equals - *e) >= sizeof(name))
			continue;
		memcpy(name, *e, (size_t)(equals - *e));
		name[equals - *e] = '\0';
		(void)hint_set_env(&f->hints, name, equals + 1);
	}
}

/* The first word of SSH_CONNECTION (ssh(1), Environment). */
static void
read_peer(char out[64])
{
	const char *text = getenv("SSH_CONNECTION");

	(void)snprintf(out, 64, "%.*s", text ? (int)strcspn(text, " ") : 0,
		       text ? text : "");
}

/* --- signing in ---------------------------------------------------------- */

/* A line that is typed, within `deadline`. False when none comes. */
static bool
read_line(char *out, size_t size, int64_t deadline)
{
	struct pollfd p = { STDIN_FILENO, POLLIN, 0 };
	int64_t left = deadline - clock_mono_ms();
	ssize_t n;

	if (left <= 0 || poll(&p, 1, (int)left) != 1)
		return false;
	n = read(STDIN_FILENO, out, size - 1);
	if (n <= 0)
		return false;
	out[n] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
	return true;
}

/* Of a code: one prompt, shown as it is typed. */
static bool
ask_person(struct forced *f, char *answer, size_t size, int64_t deadline)
{
	const struct words_about about = { f->auth.wiki, f->auth.language,
					   &f->auth.offers, f->auth.minutes,
					   f->auth.who };
	struct words_question q;
	bool answered = true;

	words_ask(&q, &f->auth.interact, &about);
	(void)fputs(q.instruction.ptr, stderr);
	answer[0] = '\0';
	if (q.n > 0) {
		(void)fputs(q.prompts[0].ptr, stderr);
		(void)fflush(stderr);
		answered = read_line(answer, size, deadline);
	}
	words_release(&q);
	return answered;
}

static enum interact_step
talk(struct forced *f)
{
	struct interact *i = &f->auth.interact;
	int64_t deadline = clock_mono_ms() + conn_limits_default.talk_ms;
	char answer[INTERACT_ANSWER + 2];
	const char *answers[INTERACT_PROMPTS] = { answer, "" };
	const struct auth_said said = { .code = answer };
	enum interact_step step;

	step = auth_carry(&f->auth, interact_request(i, ""), &said);
	while (step == INTERACT_ASK) {
		if (!ask_person(f, answer, sizeof(answer), deadline))
			break;
		step = auth_carry(&f->auth,
				  interact_answers(i, answers,
						   interact_prompts(i->asking)),
				  &said);
	}
	explicit_bzero(answer, sizeof(answer));
	return step;
}

static const char no_terminal[] =
	"plein: bij dit profiel hoort een code. Log in met een terminal: ssh "
	"-t\n"
	"plein: this profile needs a code. Sign in with a terminal: ssh -t";
static const char not_in[] = "plein: aanmelden is niet gelukt\n"
			     "plein: signing in failed";
static const char away[] =
	"plein: de wiki is er even niet. Probeer het over een minuut opnieuw.\n"
	"plein: the wiki is away. Try again in a minute.";
static const char bad_line[] =
	"plein: een opdracht is UTF-8, hoogstens 1024 bytes\n"
	"plein: a command is UTF-8 of at most 1024 bytes";

/* 0, or an exit code when it was said what is wrong. */
static int
sign_in(struct forced *f)
{
	const struct auth_said said = { .kind = f->kind, .blob = f->blob };
	enum interact_step step;

	f->auth = (struct auth){ .ask = &f->ask,
				 .limits = &conn_limits_default,
				 .meter = &f->meter,
				 .peer = f->peer };
	interact_init(&f->auth.interact, conn_limits_default.failures);
	step = auth_carry(&f->auth, interact_key(&f->auth.interact, ""), &said);
	if (step == INTERACT_PARTIAL && !f->terminal)
		return complain(no_terminal, EXIT_NOT_ALLOWED);
	if (step == INTERACT_PARTIAL)
		step = talk(f);
	if (step != INTERACT_SUCCESS)
		return complain(not_in, EXIT_NOT_ALLOWED);
	/* The key went to somebody else since sshd asked. */
	if (strcmp(f->auth.who, f->account) != 0)
		return complain(not_in, EXIT_NOT_ALLOWED);
	ask_release(&f->ask);
	return 0;
}

/* --- the terminal -------------------------------------------------------- */

/* In bounds, as sizes are everywhere; a terminal without one gets one. */
static void
settle_window(struct forced *f)
{
	struct winsize now, size;

	if (!f->terminal || ioctl(STDIN_FILENO, TIOCGWINSZ, &now) < 0)
		return;
	(void)hint_set_size(&f->hints, now.ws_col, now.ws_row);
	size = now;
	size.ws_col = (unsigned short)f->hints.cols;
	size.ws_row = (unsigned short)f->hints.rows;
	if (size.ws_col != now.ws_col || size.ws_row != now.ws_row)
		(void)ioctl(STDIN_FILENO, TIOCSWINSZ, &size);
}

/* What is typed before the program set its own mode must not show. */
static void
set_raw(struct forced *f)
{
	struct termios tio;

	if (!f->terminal || tcgetattr(STDIN_FILENO, &f->before) < 0)
		return;
	tio = f->before;
	cfmakeraw(&tio);
	tio.c_oflag |= OPOST | ONLCR;
	tio.c_iflag |= IUTF8;
	f->raw = tcsetattr(STDIN_FILENO, TCSANOW, &tio) == 0;
}

static int
watch_window(struct err *err)
{
	sigset_t set;
	int fd;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGWINCH);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return fd < 0 ? err_set_errno(err, errno, "signals") : fd;
}

static void
take_window(struct forced *f)
{
	struct signalfd_siginfo info;

	while (read(f->signals, &info, sizeof(info)) == sizeof(info))
		;
	settle_window(f);
	(void)monitor_resize(f->monitor, NULL); /* gone: it shows elsewhere */
}

/* --- the program --------------------------------------------------------- */

/* As a shell says it, which is what people look for. */
static int
code_of_signal(const char *name)
{
	const char *known;

	for (int sig = 1; sig < NSIG; sig++) {
		known = sigabbrev_np(sig);
		if (known && strcmp(known, name) == 0)
			return 128 + sig;
	}
	return EXIT_PROBLEM;
}

/* Its exit code, or -1: it goes on. */
static int
take_notice(struct notice *n)
{
	switch (n->op) {
	case NOTICE_REFUSED:
		return complain(n->text, EXIT_AWAY);
	case NOTICE_SAY:
		(void)complain(n->text, 0);
		return -1;
	case NOTICE_EXIT:
		return n->status >= 0 ? n->status : code_of_signal(n->text);
	case NOTICE_GONE:
		return complain(away, EXIT_AWAY);
	case NOTICE_NONE:
	case NOTICE_WIKI:
	case NOTICE_SPAWNED:
	case NOTICE_STOP: /* the program was told as well */
	default:
		notice_drop(n);
		return -1;
	}
}

static int
wait_for_end(struct forced *f)
{
	struct pollfd p[2] = { { f->monitor, POLLIN, 0 },
			       { f->signals, POLLIN, 0 } };
	struct notice n;
	int code = -1;

	while (code < 0) {
		(void)poll(p, 2, -1);
		if (p[1].revents)
			take_window(f);
		do {
			monitor_next(f->monitor, &n);
			code = take_notice(&n);
		} while (code < 0 && n.op != NOTICE_NONE);
	}
	return code;
}

static int
run_program(struct forced *f)
{
	const int std[3] = { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO };
	int code = EXIT_AWAY;

	settle_window(f);
	set_raw(f);
	if (monitor_spawn(f->monitor, &f->route, &f->hints, std, NULL) == 0)
		code = wait_for_end(f);
	else
		(void)complain(away, code);
	if (f->raw)
		(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &f->before);
	return code;
}

static int
serve_person(struct forced *f, struct err *err)
{
	int code;

	f->signals = watch_window(err);
	if (f->signals < 0)
		return tell_error(err);
	f->monitor = knock_front(f->words[0], f->peer, err);
	if (f->monitor < 0) {
		(void)tell_error(err);
		return complain(away, EXIT_AWAY);
	}
	ask_init(&f->ask, f->monitor);
	code = sign_in(f);
	if (code == 0)
		code = run_program(f);
	ask_release(&f->ask);
	(void)close(f->monitor); /* nothing waits to be written */
	return code;
}

int
forced_main(int argc, char **argv)
{
	struct forced f = { .monitor = -1, .signals = -1 };
	const struct args_option options[] = { { "--account", &f.account },
					       { "--type", &f.kind },
					       { "--key", &f.blob },
					       { NULL, NULL } };
	struct err err = ERR_INIT;
	char peer[64];
	int n;

	log_enable(0); /* the person reads stderr here */
	(void)signal(SIGPIPE, SIG_IGN);
	n = args_sort(argc - 2, argv + 2, options, f.words, 1, &err);
	if (n < 0)
		return tell_error(&err);
	if (n != 1 || !f.account || !f.kind || !f.blob)
		return tell_usage("session FRONT --account H --type T --key K");
	read_environment(&f);
	read_peer(peer);
	f.peer = peer;
	f.terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	route_decide(&f.route, f.terminal, getenv("SSH_ORIGINAL_COMMAND"));
	if (f.route.kind == ROUTE_BAD)
		return complain(bad_line, EXIT_USAGE);
	return serve_person(&f, &err);
}

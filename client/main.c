/*
 * main.c - plein, the program of one login. The supervisor starts it with a
 * terminal (`plein screen [LINE]`) or pipes (`plein command LINE`) on 0, 1
 * and 2, the control socket on 3 and the message catalogues on 4. Without a
 * line there is no command but line mode.
 *
 * Catalogues, time zone and terminal description are read first; then, before
 * a byte of input or of an answer, the sandbox is closed. What the first screen
 * needs is asked for before: the wiki looks it up meanwhile.
 */
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "app.h"
#include "idle.h"
#include "linemode.h"
#include "oneshot.h"
#include "plein/buf.h"
#include "plein/control.h"
#include "plein/display.h"
#include "plein/i18n.h"
#include "plein/jsontext.h"
#include "plein/mem.h"
#include "plein/sandbox.h"
#include "ui/terminal.h"

#define EXIT_USAGE 2
#define EXIT_UNSAFE 7 /* as when the wiki is away */
#define EXIT_IDLE 9
#define LINE_COLS_MIN 20 /* narrower windows are not believed */

/* What is shown first. */
struct door {
	enum screen screen;
	json_t *args; /* of it, or NULL */
};

/* A line for people where there is no screen (any more). */
static void
say(const char *sentence)
{
	(void)dprintf(STDOUT_FILENO, "%s\n", sentence);
}

/* An exit code, or 0. Without the sandbox nothing is read. */
static int
close_sandbox(void)
{
	struct err err = ERR_INIT;

	json_object_seed(0); /* read from a file, if not now then never */
	if (sandbox_close(SANDBOX_CLIENT, &err) == 0)
		return 0;
	terminal_curses_restore();
	say(_("The wiki cannot be shown safely on this server. Tell its "
	      "administrator."));
	say(err.msg);
	return EXIT_UNSAFE;
}

static void
describe_terminal(struct buf *out)
{
	const char *term = getenv("TERM");

	buf_printf(out,
		   _("We do not know your terminal \"%s\". It is treated as "
		     "an ordinary one."),
		   term ? term : "");
}

/* Returns the exit code. */
static int
say_goodbye(enum app_end end)
{
	const char *words = end_words(end);

	if (words)
		say(words);
	return end == APP_IDLE ? EXIT_IDLE : 0;
}

/* Lines are read as lines, with what the terminal does to them: echo, erase,
 * Ctrl-C. The screen's own mode was set before. */
static int
set_line_mode(void)
{
	struct termios tio;
	struct winsize size = { 0 };

	if (tcgetattr(STDIN_FILENO, &tio) < 0)
		return 0;
	tio.c_iflag |= ICRNL;
	tio.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ISIG;
	if (tcsetattr(STDIN_FILENO, TCSANOW, &tio) < 0 ||
	    ioctl(STDIN_FILENO, TIOCGWINSZ, &size) < 0)
		return 0;
	return size.ws_col > LINE_COLS_MIN ? size.ws_col - 1 : 0;
}

static int
run_lines(const struct door *door)
{
	struct linemode_options o = { .in = STDIN_FILENO,
				      .out = STDOUT_FILENO,
				      .control = CLIENT_CONTROL_FD,
				      .width = set_line_mode(),
				      .terminal = isatty(STDIN_FILENO) == 1,
				      .idle_ms = idle_setting(),
				      .signals = true };
	int status = close_sandbox();
	enum app_end end;

	if (status)
		return status;
	o.first = door->screen;
	o.args = door->args;
	end = linemode_run(&o);
	return say_goodbye(end);
}

/* Until the terminal is handed back. */
static int
show_app(struct app *app, const char *type, const struct display *display,
	 const char *message)
{
	struct terminal *terminal;
	struct err err = ERR_INIT;
	enum app_end end;
	int status;

	if (terminal_curses_open(&terminal, type, display, &err) < 0)
		die("%s", err.msg);
	die_set_hook(terminal_curses_restore);
	status = close_sandbox();
	if (status)
		return status;
	end = app_run(app, terminal, message);
	terminal->ops->close(terminal);
	return say_goodbye(end);
}

static int
run_screen(const struct door *door, const struct display *display)
{
	struct app_options o = { .control = CLIENT_CONTROL_FD,
				 .display = display,
				 .idle_ms = idle_setting(),
				 .signals = true };
	struct buf message = BUF_INIT;
	bool fell_back = false;
	const char *type = terminal_curses_type(&fell_back);
	int status;

	if (!type)
		return run_lines(door);
	if (fell_back)
		describe_terminal(&message);
	o.first = door->screen;
	o.args = door->args;
	status = show_app(app_begin(&o), type, display,
			  fell_back ? message.ptr : NULL);
	buf_release(&message);
	return status;
}

static int
run_command(const char *line)
{
	int status;

	(void)set_line_mode(); /* some commands ask */
	status = close_sandbox();
	return status ? status : oneshot_run(line, CLIENT_CONTROL_FD);
}

/* Line mode, at what they see first; a few of those are a command only. */
static int
start_lines(void)
{
	const char *first = getenv(CLIENT_FIRST_ENV);
	struct door door = { SCREEN_START, NULL };
	int status;

	if (first && !oneshot_wants_screen(first, &door.screen, &door.args))
		return run_command(first);
	status = run_lines(&door);
	json_decref(door.args);
	return status;
}

static int
start_command(const char *line)
{
	return oneshot_wants_lines(line) ? start_lines() : run_command(line);
}

static int
start_screen(const char *line)
{
	struct display display;
	struct door door;
	int status;

	display_read(&display, getenv(DISPLAY_ENV));
	if (!oneshot_wants_screen(line, &door.screen, &door.args))
		status = start_command(line);
	else if (display.value[DISPLAY_VIEW] == VIEW_LINES &&
		 !oneshot_names_screen(line))
		status = run_lines(&door);
	else
		status = run_screen(&door, &display);
	json_decref(door.args);
	return status;
}

static int
explain_usage(void)
{
	(void)fprintf(stderr, "usage: plein screen [LINE]\n"
			      "       plein command LINE\n"
			      "       plein --version\n"
			      "pleind starts this program at a login.\n");
	return EXIT_USAGE;
}

static int
show_version(void)
{
	return printf("plein %s\n", PLEIN_VERSION) < 0;
}

/* What they see first, if there is such a thing, comes in place of a screen; in
 * place of line mode only where nobody asked for that. */
static const char *
choose_line(const char *line, bool screen)
{
	const char *first = getenv(CLIENT_FIRST_ENV);

	if (!first || (!screen && *line) || oneshot_names_lines(line))
		return line;
	return first;
}

/* Descriptors 3 and 4 must be there before anything is opened. */
static bool
has_descriptors(void)
{
	return fcntl(CLIENT_CONTROL_FD, F_GETFD) >= 0 &&
	       fcntl(CLIENT_LOCALE_FD, F_GETFD) >= 0;
}

static int
start(int argc, char **argv)
{
	bool screen = strcmp(argv[1], "screen") == 0;
	const char *line;
	char catalogues[32];

	if (!has_descriptors())
		return explain_usage();
	line = choose_line(argc > 2 ? argv[2] : "", screen);
	(void)snprintf(catalogues, sizeof(catalogues), "/proc/self/fd/%d",
		       CLIENT_LOCALE_FD);
	jsontext_wipe();
	mem_return_big();
	language_open(catalogues);
	tzset();
	(void)signal(SIGPIPE, SIG_IGN);
	return screen ? start_screen(line) : start_command(line);
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return show_version();
	if (argc < 2 || argc > 3 ||
	    (strcmp(argv[1], "screen") != 0 && strcmp(argv[1], "command") != 0))
		return explain_usage();
	/* Not exit(): nothing is left in a buffer, and what a sanitizer does
	 * then (it traces us) cannot be done in the sandbox. */
	_exit(start(argc, argv));
}

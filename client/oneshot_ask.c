/* oneshot_ask.c - questions to who runs a command, at a terminal or a pipe. */
#include "oneshot_do.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

#include "plein/i18n.h"

int
oneshot_say(struct oneshot *o, const char *line)
{
	buf_printf(&o->out, "%s\n", line);
	return oneshot_flush(o);
}

/* Until something was typed; meanwhile the wiki may say that it ends. */
static void
await_input(struct oneshot *o)
{
	struct pollfd fds[3] = { { .fd = STDIN_FILENO, .events = POLLIN } };
	int n;

	while (!fds[0].revents) {
		n = link_poll(o->link, fds + 1);
		if (poll(fds, (nfds_t)n + 1, -1) < 0 && errno != EINTR)
			return;
		if (n > 0)
			link_step(o->link);
	}
}

/* A line without its end; false at the end of the input. */
static bool
read_line(char line[ONESHOT_LINE])
{
	size_t n = 0;
	char c = 0;

	while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n')
		if (c != '\r' && n < ONESHOT_LINE - 1)
			line[n++] = c;
	line[n] = '\0';
	return c == '\n' || n > 0;
}

bool
oneshot_ask_line(struct oneshot *o, const char *prompt, bool hidden,
		 char line[ONESHOT_LINE])
{
	struct termios before, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &before) == 0, good;

	if (terminal && hidden) { /* before somebody begins to type */
		quiet = before;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet);
	}
	buf_printf(&o->out, terminal ? "%s" : "%s\n", prompt);
	(void)oneshot_flush(o); /* reading shows that it is gone */
	await_input(o);
	good = read_line(line);
	if (terminal && hidden) {
		(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
		(void)oneshot_say(o, "");
	}
	return good;
}

bool
oneshot_ask_password(struct oneshot *o, char password[ONESHOT_LINE], bool *same)
{
	char again[ONESHOT_LINE];

	*same = true;
	if (!oneshot_ask_line(o, _("New password, at least 10 characters: "),
			      true, password))
		return false;
	if (!isatty(STDIN_FILENO))
		return true;
	if (!oneshot_ask_line(o, _("The same once more: "), true, again))
		return false;
	*same = strcmp(password, again) == 0;
	explicit_bzero(again, sizeof(again));
	return true;
}

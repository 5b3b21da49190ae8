/*
 * Return values are libssh's: 0 grants, anything else refuses. Requests
 * without a callback here (subsystem, X11, agent, break) fall to the
 * session's message callback, which refuses them.
 *
 * The data callback takes nothing: bytes stay with libssh until the child
 * has room, which is what closes the peer's window.
 */
#include "ssh/chan.h"

#include <string.h>

static int
refuse(struct chan *c)
{
	c->meter->refusals++;
	return 1;
}

/* NOLINTBEGIN(readability-function-size): the parameters are libssh's */
static int
grant_pty(ssh_session s, ssh_channel ch, const char *term, int cols, int rows,
	  int xpixel, int ypixel, void *data)
{
	struct chan *c = data;

	(void)s;
	(void)ch;
	(void)xpixel;
	(void)ypixel;
	if (c->terminal || c->started)
		return refuse(c);
	c->terminal = true;
	hint_set_term(&c->hints, term);
	(void)hint_set_size(&c->hints, cols, rows);
	return 0;
}

static int
note_size(ssh_session s, ssh_channel ch, int cols, int rows, int xpixel,
	  int ypixel, void *data)
{
	struct chan *c = data;

	(void)s;
	(void)ch;
	(void)xpixel;
	(void)ypixel;
	if (c->terminal && hint_set_size(&c->hints, cols, rows))
		c->resized = true;
	return 0;
}

/* NOLINTEND(readability-function-size) */

static int
note_env(ssh_session s, ssh_channel ch, const char *name, const char *value,
	 void *data)
{
	struct chan *c = data;

	(void)s;
	(void)ch;
	if (c->started || !hint_set_env(&c->hints, name, value))
		return refuse(c);
	return 0;
}

static int
grant_shell(ssh_session s, ssh_channel ch, void *data)
{
	struct chan *c = data;

	(void)s;
	(void)ch;
	if (c->started)
		return refuse(c);
	c->started = true;
	route_decide(&c->route, c->terminal, NULL);
	return 0;
}

static int
grant_exec(ssh_session s, ssh_channel ch, const char *line, void *data)
{
	struct chan *c = data;

	(void)s;
	(void)ch;
	if (c->started)
		return refuse(c);
	c->started = true;
	(void)strlcpy(c->line, line, sizeof(c->line));
	route_decide(&c->route, c->terminal, c->line);
	return 0;
}

static int
note_data(ssh_session s, ssh_channel ch, void *bytes, uint32_t len,
	  int is_stderr, void *data)
{
	struct chan *c = data;

	(void)s;
	(void)ch;
	(void)bytes;
	if (is_stderr)
		return (int)len; /* means nothing in this direction */
	c->input = len;
	return 0;
}

static void
note_eof(ssh_session s, ssh_channel ch, void *data)
{
	(void)s;
	(void)ch;
	((struct chan *)data)->eof = true;
}

static void
note_close(ssh_session s, ssh_channel ch, void *data)
{
	(void)s;
	(void)ch;
	((struct chan *)data)->closed = true;
}

void
chan_init(struct chan *c, struct meter *meter)
{
	memset(c, 0, sizeof(*c));
	c->meter = meter;
	hints_init(&c->hints);
	c->callbacks.userdata = c;
	c->callbacks.channel_data_function = note_data;
	c->callbacks.channel_eof_function = note_eof;
	c->callbacks.channel_close_function = note_close;
	c->callbacks.channel_pty_request_function = grant_pty;
	c->callbacks.channel_pty_window_change_function = note_size;
	c->callbacks.channel_env_request_function = note_env;
	c->callbacks.channel_shell_request_function = grant_shell;
	c->callbacks.channel_exec_request_function = grant_exec;
	ssh_callbacks_init(&c->callbacks);
}

ssh_channel
chan_open(struct chan *c, ssh_session session)
{
	if (c->channel != NULL) {
		(void)refuse(c);
		return NULL;
	}
	c->channel = ssh_channel_new(session);
	if (c->channel != NULL &&
	    ssh_set_channel_callbacks(c->channel, &c->callbacks) != SSH_OK) {
		ssh_channel_free(c->channel);
		c->channel = NULL;
	}
	return c->channel;
}

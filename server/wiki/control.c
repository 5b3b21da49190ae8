/* control.c - see control.h. */
#include "wiki/control.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/log.h"
#include "plein/passfd.h"

int
control_tell(struct control *c, json_t *msg_take, struct err *err)
{
	char *text = json_dumps(msg_take, JSON_COMPACT);
	int rc = passfd_send(c->fd, text, strlen(text), NULL, 0, err);

	json_decref(msg_take);
	free(text);
	return rc;
}

void
control_tell_op(struct control *c, const char *op)
{
	struct err err = ERR_INIT;

	if (control_tell(c, json_pack("{s:s}", "op", op), &err))
		log_event("control.failed", LOG_TEXT("op", op),
			  LOG_TEXT("why", err.msg));
}

static void
take_instruction(struct control *c, const char *data, size_t len,
		 const int *fds, int n_fds)
{
	struct instruction in;
	struct err err = ERR_INIT;
	int i;

	if (!instruction_parse(&in, data, len, n_fds, &err)) {
		c->obey(c->ctx, &in, n_fds > 0 ? fds[0] : -1);
	} else {
		log_event("control.refused", LOG_TEXT("why", err.msg));
		for (i = 0; i < n_fds; i++)
			(void)close(fds[i]); /* nothing was written to it */
	}
	instruction_release(&in);
}

static void
on_control(uv_poll_t *poll, int status, int events)
{
	struct control *c = poll->data;
	struct err err = ERR_INIT;
	char data[PASSFD_BYTES];
	int fds[PASSFD_MAX], n_fds = 0;
	ssize_t n;

	(void)status; /* receiving says it better */
	(void)events;
	n = passfd_recv(c->fd, data, fds, &n_fds, &err);
	if (n == PLEIN_EBUSY)
		return;
	if (n > 0) {
		take_instruction(c, data, (size_t)n, fds, n_fds);
		return;
	}
	if (n < 0)
		log_event("control.failed", LOG_TEXT("why", err.msg));
	if (n == PLEIN_EPROTO)
		return;
	(void)uv_poll_stop(&c->poll); /* always 0 */
	c->lost(c->ctx);
}

int
control_open(struct control *c, uv_loop_t *uv, struct err *err)
{
	int rc = fs_set_nonblock(c->fd, true, err);

	if (rc)
		return rc;
	c->poll.data = c;
	rc = uv_poll_init(uv, &c->poll, c->fd);
	if (!rc)
		rc = uv_poll_start(&c->poll, UV_READABLE, on_control);
	return rc ? err_set(err, PLEIN_EIO, "poll: %s", uv_strerror(rc)) : 0;
}

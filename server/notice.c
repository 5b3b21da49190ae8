/* notice.c - see notice.h. */
#include "notice.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/mem.h"

int
notice_send(int sock, json_t *msg_take, const int *fds, int n_fds,
	    struct err *err)
{
	char *text = msg_take ? json_dumps(msg_take, JSON_COMPACT) : NULL;
	int rc;

	json_decref(msg_take);
	if (!text)
		die("out of memory");
	rc = passfd_send(sock, text, strlen(text), fds, n_fds, err);
	free(text);
	return rc;
}

int
notice_recv_fds(int sock, json_t **msg, int fds[PASSFD_MAX], int *n_fds,
		struct err *err)
{
	char data[PASSFD_BYTES];
	ssize_t len;

	*msg = NULL;
	*n_fds = 0;
	len = passfd_recv(sock, data, fds, n_fds, err);
	if (len < 0)
		return (int)len;
	if (len == 0)
		return err_set(err, PLEIN_ECLOSED, "the process is gone");
	*msg = json_loadb(data, (size_t)len, 0, NULL);
	if (json_is_object(*msg))
		return 0;
	json_decref(*msg);
	*msg = NULL;
	return err_set(err, PLEIN_EPROTO, "a message that is no object");
}

int
notice_recv(int sock, json_t **msg, struct err *err)
{
	int fds[PASSFD_MAX], n_fds;
	int rc = notice_recv_fds(sock, msg, fds, &n_fds, err);

	for (int i = 0; i < n_fds; i++)
		(void)close(fds[i]);
	return rc;
}

json_t *
notice_stop(int seconds)
{
	return json_pack("{s:s,s:i}", "op", "stop", "seconds", seconds);
}

const char *
notice_text(const json_t *msg, const char *field)
{
	return json_string_value(json_object_get(msg, field));
}

/* notice.c - see notice.h. */
#include "base/notice.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "plein/control.h"

/* False when it is nothing we know. The descriptor is taken out of fds. */
static bool
read_message(struct notice *n, const json_t *root, int *fds, int n_fds)
{
	const char *op = json_string_value(json_object_get(root, "op"));

	if (op && strcmp(op, "wiki") == 0 && n_fds == 1) {
		n->op = NOTICE_WIKI;
		n->fd = fds[0];
		fds[0] = -1;
	} else if (op && strcmp(op, "stop") == 0) {
		n->op = NOTICE_STOP;
		n->seconds = (int)json_integer_value(
			json_object_get(root, "seconds"));
	}
	return n->op != NOTICE_NONE;
}

void
notice_next(int control, struct notice *n)
{
	char data[PASSFD_BYTES];
	int fds[PASSFD_MAX], n_fds;
	bool known = false;
	ssize_t len;
	json_t *root;

	*n = (struct notice){ NOTICE_NONE, -1, 0 };
	while (!known) {
		len = passfd_recv(control, data, fds, &n_fds, NULL);
		if (len <= 0) {
			n->op = len == PLEIN_EBUSY ? NOTICE_NONE : NOTICE_GONE;
			return;
		}
		root = json_loadb(data, (size_t)len, 0, NULL);
		known = read_message(n, root, fds, n_fds);
		json_decref(root);
		for (int i = 0; i < n_fds; i++)
			if (fds[i] >= 0)
				(void)close(fds[i]); /* not ours to judge */
	}
}

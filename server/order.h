/*
 * order.h - what a connection asks to be started for it ({"op":"spawn"} of
 * plein/control.h), read from untrusted JSON into values that are safe to
 * use. Pure.
 */
#ifndef PLEIN_SERVER_ORDER_H
#define PLEIN_SERVER_ORDER_H

#include <jansson.h>
#include <stdbool.h>

#include "plein/err.h"

#define ORDER_LINE_MAX 1024 /* bytes */
#define ORDER_TERM_MAX 32
#define ORDER_SPACE_MAX 32
#define ORDER_TERM_DEFAULT "xterm-256color"

enum order_kind {
	ORDER_SCREEN,
	ORDER_COMMAND,
	ORDER_UPLOAD,
	ORDER_RECEIVE,
	ORDER_REFUSE
};

struct order {
	enum order_kind kind;
	const char *line; /* borrowed from the message, or NULL */
	const char *first; /* CLIENT_FIRST_ENV, or NULL; not of the message */
	const char *space; /* the same */
	char term[ORDER_TERM_MAX + 1];
	int cols, rows; /* 20–500 × 5–300 */
	bool no_color;
	bool ascii; /* only that can be shown */
	char language[3]; /* of the peer: "nl", "en" or "" */
};

/*
 * PLEIN_EPROTO when the kind is unknown or what the kind needs is missing or
 * too long. A TERM that cannot be one becomes the default, sizes are
 * clamped; both happen to honest people too.
 */
int
order_read(struct order *out, const json_t *msg, struct err *err);

/* "screen", "command" and so on, as in plein/control.h. */
const char *
order_kind_name(enum order_kind kind);

#endif

/* order.c - a table of kinds, and a reader that trusts nothing. */
#include "order.h"

#include <stdio.h>
#include <string.h>

#include "notice.h"

#define TERM_FIRST \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
#define TERM_MORE TERM_FIRST "+._-"

static const struct kind_row {
	const char *name;
	bool needs_line, needs_space;
} kinds[] = {
	[ORDER_SCREEN] = { "screen", false, false },
	[ORDER_COMMAND] = { "command", true, false },
	[ORDER_UPLOAD] = { "upload", false, true },
	[ORDER_RECEIVE] = { "receive", true, true },
	[ORDER_REFUSE] = { "refuse", true, false },
};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

const char *
order_kind_name(enum order_kind kind)
{
	return kinds[kind].name;
}

static bool
find_kind(enum order_kind *out, const char *name)
{
	for (size_t i = 0; name && i < N_KINDS; i++) {
		if (strcmp(kinds[i].name, name) == 0) {
			*out = (enum order_kind)i;
			return true;
		}
	}
	return false;
}

static bool
is_term(const char *s)
{
	size_t len = strlen(s);

	return len >= 1 && len <= ORDER_TERM_MAX && strchr(TERM_FIRST, s[0]) &&
	       strspn(s, TERM_MORE) == len;
}

static void
read_term(struct order *o, const json_t *msg)
{
	const char *term = notice_text(msg, "term");

	if (!term || !is_term(term))
		term = ORDER_TERM_DEFAULT;
	(void)snprintf(o->term, sizeof(o->term), "%s", term);
}

/* 0 and less is what clients say that do not know: `unknown` then. */
static int
read_size(const json_t *value, int unknown, int least, int most)
{
	json_int_t n = json_integer_value(value);

	if (n <= 0)
		return unknown;
	if (n < least)
		return least;
	return n > most ? most : (int)n;
}

static void
read_language(struct order *o, const json_t *msg)
{
	const char *language = notice_text(msg, "language");

	if (language &&
	    (strcmp(language, "nl") == 0 || strcmp(language, "en") == 0))
		memcpy(o->language, language, sizeof(o->language));
}

static int
check_texts(const struct order *o, struct err *err)
{
	const struct kind_row *row = &kinds[o->kind];

	if ((row->needs_line && !o->line) || (row->needs_space && !o->space))
		return err_set(err, PLEIN_EPROTO, "spawn %s lacks a field",
			       row->name);
	if (o->line && strlen(o->line) > ORDER_LINE_MAX)
		return err_set(err, PLEIN_EPROTO, "spawn line is too long");
	if (o->space && strlen(o->space) > ORDER_SPACE_MAX)
		return err_set(err, PLEIN_EPROTO, "spawn space is too long");
	return 0;
}

int
order_read(struct order *out, const json_t *msg, struct err *err)
{
	memset(out, 0, sizeof(*out));
	if (!find_kind(&out->kind, notice_text(msg, "kind")))
		return err_set(err, PLEIN_EPROTO, "spawn of an unknown kind");
	out->line = notice_text(msg, "line");
	out->space = notice_text(msg, "space");
	read_term(out, msg);
	out->cols = read_size(json_object_get(msg, "cols"), 80, 20, 500);
	out->rows = read_size(json_object_get(msg, "rows"), 24, 5, 300);
	out->no_color = json_is_true(json_object_get(msg, "nocolor"));
	out->ascii = json_is_true(json_object_get(msg, "ascii"));
	read_language(out, msg);
	return check_texts(out, err);
}

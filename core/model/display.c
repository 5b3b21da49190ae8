/* display.c - see display.h. */
#include "plein/display.h"

#include <stdlib.h>
#include <string.h>

#define VALUE_MAX 32 /* bytes of one value in a line */

static const struct {
	const char *name;
	const char *words[4]; /* none: a number */
} rows[DISPLAY_N] = {
	[DISPLAY_VIEW] = { "view", { "screen", "column", "lines" } },
	[DISPLAY_COLOUR] = { "colour", { "automatic", "none", "contrast" } },
	[DISPLAY_SIGNS] = { "signs", { "normal", "ascii" } },
	[DISPLAY_MOUSE] = { "mouse", { "off", "on" } },
	[DISPLAY_CLIPBOARD] = { "clipboard", { "off", "on" } },
	[DISPLAY_ESC] = { "esc", { NULL } },
};

void
display_init(struct display *d)
{
	memset(d, 0, sizeof(*d));
	d->value[DISPLAY_ESC] = DISPLAY_ESC_MIN;
}

const char *
display_name(enum display_setting s)
{
	return rows[s].name;
}

enum display_setting
display_find(const char *name)
{
	int s = 0;

	while (s < DISPLAY_N && strcmp(rows[s].name, name) != 0)
		s++;
	return (enum display_setting)s;
}

const char *
display_word(enum display_setting s, size_t i)
{
	return i < 4 ? rows[s].words[i] : NULL;
}

static int
set_number(struct display *d, enum display_setting s, const char *value,
	   struct err *err)
{
	size_t len = strlen(value);
	long n = len <= 3 ? strtol(value, NULL, 10) : 0;

	if (strspn(value, "0123456789") != len || n < DISPLAY_ESC_MIN ||
	    n > DISPLAY_ESC_MAX)
		return err_rule(err, PLEIN_ERULE, "setting-esc", 0,
				"%s must be a number from %d to %d",
				rows[s].name, DISPLAY_ESC_MIN, DISPLAY_ESC_MAX);
	d->value[s] = (int)n;
	return 0;
}

int
display_set(struct display *d, enum display_setting s, const char *value,
	    struct err *err)
{
	const char *word;

	if (!rows[s].words[0])
		return set_number(d, s, value, err);
	for (size_t i = 0; (word = display_word(s, i)); i++)
		if (strcmp(word, value) == 0) {
			d->value[s] = (int)i;
			return 0;
		}
	return err_rule(err, PLEIN_ERULE, "setting", 0, "%s cannot be that",
			rows[s].name);
}

void
display_tell(const struct display *d, enum display_setting s, struct buf *out)
{
	if (rows[s].words[0])
		buf_str(out, rows[s].words[d->value[s]]);
	else
		buf_printf(out, "%d", d->value[s]);
}

void
display_write(const struct display *d, struct buf *out)
{
	for (int s = 0; s < DISPLAY_N; s++) {
		buf_printf(out, "%s%s=", s ? " " : "", rows[s].name);
		display_tell(d, (enum display_setting)s, out);
	}
}

/* "name=value", not ended. */
static void
read_one(struct display *d, const char *s, size_t len)
{
	for (int i = 0; i < DISPLAY_N; i++) {
		size_t n = strlen(rows[i].name);
		char value[VALUE_MAX];

		if (len <= n + 1 || len - n > VALUE_MAX || s[n] != '=' ||
		    memcmp(s, rows[i].name, n) != 0)
			continue;
		memcpy(value, s + n + 1, len - n - 1);
		value[len - n - 1] = '\0';
		/* one that cannot be stays as it was */
		(void)display_set(d, (enum display_setting)i, value, NULL);
	}
}

void
display_read(struct display *d, const char *line)
{
	display_init(d);
	while (line && *line) {
		size_t len = strcspn(line, " ");

		read_one(d, line, len);
		line += len;
		line += strspn(line, " ");
	}
}

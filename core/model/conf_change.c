/* conf_change.c - one line of plein.conf anew; the rest is the person's. */
#include "plein/conf.h"

#include <string.h>

#define BLANKS " \t"

/* The value in the line [s, end) when it is of this setting, or NULL. */
static const char *
find_value(const char *s, const char *end, const char *name)
{
	size_t len = strlen(name);

	s += strspn(s, BLANKS);
	if ((size_t)(end - s) < len || memcmp(s, name, len) != 0)
		return NULL;
	s += len;
	s += strspn(s, BLANKS);
	if (s >= end || *s != '=')
		return NULL;
	s++;
	s += strspn(s, BLANKS);
	return s < end ? s : end;
}

static const char *
end_of_line(const char *s)
{
	return s + strcspn(s, "\n");
}

/* Where the value of the last line of it begins, or NULL. */
static const char *
find_last(const char *text, const char *name)
{
	const char *found = NULL, *end, *value;

	for (; *text; text = *end ? end + 1 : end) {
		end = end_of_line(text);
		value = find_value(text, end, name);
		if (value)
			found = value;
	}
	return found;
}

static bool
is_setting(const char *name, struct conf_setting *out)
{
	struct conf c;
	bool found = false;

	conf_init(&c);
	for (size_t i = 0; !found && conf_setting(&c, i, out); i++)
		found = strcmp(out->name, name) == 0;
	conf_release(&c); /* what is left of *out are constants */
	return found;
}

static void
replace(const char *text, const char *at, const char *value, struct buf *out)
{
	const char *end = end_of_line(at);

	if (end > at && end[-1] == '\r')
		end--;
	buf_add(out, text, (size_t)(at - text));
	buf_str(out, value);
	buf_str(out, end);
}

static void
append(const char *text, const struct conf_setting *s, const char *value,
       struct buf *out)
{
	size_t len = strlen(text);

	buf_str(out, text);
	if (len && text[len - 1] != '\n')
		buf_char(out, '\n');
	buf_printf(out, "\n# %s\n%s = %s\n", s->means, s->name, value);
}

static int
check(const char *text, struct err *err)
{
	struct conf c;
	int rc;

	conf_init(&c);
	rc = conf_parse(&c, text, err);
	conf_release(&c);
	return rc;
}

int
conf_change(const char *text, const char *name, const char *value,
	    struct buf *out, struct err *err)
{
	struct buf fresh = BUF_INIT;
	struct conf_setting setting;
	const char *at;
	int rc;

	if (!is_setting(name, &setting))
		return err_rule(err, PLEIN_ENOTFOUND, "setting-name", 0,
				"there is no such setting");
	if (strpbrk(value, "\r\n"))
		return err_rule(err, PLEIN_ERULE, "setting-line", 0,
				"a value is one line");
	at = find_last(text, name);
	if (at)
		replace(text, at, value, &fresh);
	else
		append(text, &setting, value, &fresh);
	rc = check(fresh.ptr, err);
	if (rc == 0)
		buf_add(out, fresh.ptr, fresh.len);
	buf_release(&fresh);
	return rc;
}

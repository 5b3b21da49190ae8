/* where.c - see where.h. */
#include "view/where.h"

#include <string.h>

#include "plein/i18n.h"

#define HEADING_LEVELS 6

void
where_init(struct where *w)
{
	memset(w, 0, sizeof(*w));
	buf_init(&w->heading);
}

void
where_release(struct where *w)
{
	buf_release(&w->heading);
}

/* Without its newline and the blanks around. */
static size_t
trim(const struct textrow *lines, size_t line, const char **s)
{
	size_t len = textrow_len(lines, line, 1);

	*s = textrow_ptr(lines, line);
	while (len && strchr(" \t\r\n", (*s)[len - 1]))
		len--;
	while (len && (**s == ' ' || **s == '\t')) {
		(*s)++;
		len--;
	}
	return len;
}

/* "## Text ##" */
static bool
take_heading(struct where *w, const char *s, size_t len)
{
	size_t level = 0;

	while (level < len && s[level] == '#')
		level++;
	if (!level || level > HEADING_LEVELS || level == len || s[level] != ' ')
		return false;
	while (level < len && s[level] == ' ')
		level++;
	while (len > level && (s[len - 1] == '#' || s[len - 1] == ' '))
		len--;
	buf_reset(&w->heading);
	buf_add(&w->heading, s + level, len - level);
	return true;
}

static bool
is_fence(const char *s, size_t len)
{
	return len >= 3 &&
	       (memcmp(s, "```", 3) == 0 || memcmp(s, "~~~", 3) == 0);
}

static void
walk(struct where *w, const struct textrow *lines)
{
	const char *s;
	size_t len = trim(lines, w->next, &s);

	if (is_fence(s, len))
		w->fenced = !w->fenced;
	else if (!w->fenced && take_heading(w, s, len))
		len = 0;
	if (len && !w->inside)
		w->paragraph++;
	w->inside = len > 0;
	w->next++;
}

bool
where_is_blank(const struct textrow *lines, size_t line)
{
	const char *s;

	return trim(lines, line, &s) == 0;
}

void
where_tell(struct where *w, const struct textrow *lines, size_t line,
	   struct buf *out)
{
	static const char *const ordinals[] = {
		N_("in the first paragraph"),
		N_("in the second paragraph"),
		N_("in the third paragraph"),
	};
	size_t before;

	while (w->next <= line && w->next < lines->n)
		walk(w, lines);
	before = w->paragraph ? w->paragraph - 1 : 0;
	if (w->heading.len)
		buf_printf(out, _("under %s"), w->heading.ptr);
	else if (before < sizeof(ordinals) / sizeof(ordinals[0]))
		buf_str(out, gettext(ordinals[before]));
	else
		buf_printf(out, _("in paragraph %zu"), w->paragraph);
}

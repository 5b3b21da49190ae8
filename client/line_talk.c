/*
 * line_talk.c - see line_talk.h. The keys are those of the screen, so that
 * drafts, and what is said when something is wrong, are what they are there.
 */
#include "line_talk.h"

#include <string.h>

#include "line_edit.h"
#include "linemode_impl.h"
#include "plein/i18n.h"
#include "view/remark_view.h"

bool
line_talk_is_due(const struct linemode *l)
{
	return remark_view_is(nav_top(&l->nav));
}

/* Behind what stands there, or instead of it. */
static void
ask_text(struct linemode *l, bool anew)
{
	struct buf text = BUF_INIT, before = BUF_INIT;

	remark_view_text(nav_top(&l->nav), &before);
	linemode_say(l, "%s", _("Type your comment."));
	if (linemode_ask_text(l, &text)) {
		if (anew)
			linemode_key(l, "Ctrl-A");
		else if (before.len && before.ptr[before.len - 1] != ' ')
			linemode_type(l, "\n", 1);
		while (text.len && text.ptr[text.len - 1] == '\n')
			buf_erase(&text, text.len - 1, 1);
		linemode_type(l, text.ptr, text.len);
	}
	buf_release(&text);
	buf_release(&before);
}

/* Lines that were typed before are known; what was begun is shown. */
static bool
is_begun(const struct linemode *l)
{
	const struct view *v = nav_top(&l->nav);

	return v->ops->is_dirty(v) || remark_view_changes(v);
}

static void
show(struct linemode *l)
{
	struct buf text = BUF_INIT;

	remark_view_text(nav_top(&l->nav), &text);
	line_wrap_text(text.ptr, l->width, &l->out);
	buf_release(&text);
}

static bool
is_word(const char *line, const char *nl, const char *en)
{
	return strcmp(line, nl) == 0 || strcmp(line, en) == 0;
}

/* False: it is neither of the answers. */
static bool
answer(struct linemode *l, const char *line)
{
	if (is_word(line, "toon", "show"))
		show(l);
	else if (is_word(line, "verder", "more"))
		ask_text(l, false);
	else if (is_word(line, "herschrijf", "rewrite"))
		ask_text(l, true);
	else if (line_is_yes(line))
		linemode_key(l, "Ctrl-S");
	else if (line_is_no(line))
		(void)line_edit_act(l, "stop", "");
	else
		return false;
	return true;
}

bool
line_talk(struct linemode *l)
{
	const struct view *v = nav_top(&l->nav);
	struct buf line = BUF_INIT, prompt = BUF_INIT;
	bool said;

	if (l->remark != v && is_begun(l))
		show(l);
	else if (l->remark != v)
		ask_text(l, false);
	l->remark = v;
	buf_printf(&prompt, "%s ", _("Post? yes, no, more, rewrite or show."));
	said = linemode_ask(l, prompt.ptr, &line);
	if (said && !answer(l, line.ptr))
		linemode_say(l, _("I do not know that: %s."), line.ptr);
	if (nav_top(&l->nav) != v)
		l->remark = NULL;
	buf_release(&prompt);
	buf_release(&line);
	return said;
}

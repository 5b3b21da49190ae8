/* line_prompt.c - where one is, in front of each line. */
#include "linemode_impl.h"

#include <string.h>

#include "plein/i18n.h"

static const struct view *
top_of(const struct linemode *l)
{
	return nav_top(&l->nav);
}

static bool
is_at(const struct linemode *l, unsigned places)
{
	return ((unsigned)top_of(l)->ops->place & places) != 0;
}

/* Places that a page alone does not name. */
static const struct {
	enum place place;
	const char *name;
} place_names[] = {
	{ PLACE_START, N_("start") },
	{ PLACE_EDITOR, N_("edit") },
	{ PLACE_HELP, N_("help") },
	{ PLACE_QUESTION, N_("answer") },
	{ PLACE_MENU, N_("menu") },
	{ PLACE_HISTORY, N_("history") },
	{ PLACE_COMPARE, N_("difference") },
	{ PLACE_BLAME, N_("who wrote") },
	{ PLACE_CHANGES, N_("changes") },
	{ PLACE_NEWS, N_("news") },
	{ PLACE_BACKLINKS, N_("links here") },
	{ PLACE_SEARCH, N_("search") },
	{ PLACE_PAGES, N_("list") },
	{ PLACE_CONFLICT, N_("conflict") },
	{ PLACE_FORM, N_("form") },
	{ PLACE_PREVIEW, N_("preview") },
	{ PLACE_FILE, N_("attachment") },
	{ PLACE_WAITING, N_("application") },
	{ PLACE_REQUESTS, N_("requests") },
	{ PLACE_MEMBERS, N_("members") },
	{ PLACE_MEMBER, N_("member") },
	{ PLACE_ADMIN, N_("administration") },
	{ PLACE_ACCOUNT, N_("profile") },
	{ PLACE_THREADS, N_("discussions") },
	{ PLACE_THREAD, N_("discussion") },
	{ PLACE_CHAIN, N_("decisions") },
	{ PLACE_ROUND, N_("reflection") },
};

static const char *
name_place(enum place place)
{
	for (size_t i = 0; i < sizeof(place_names) / sizeof(place_names[0]);
	     i++)
		if (place_names[i].place == place)
			return gettext(place_names[i].name);
	return "";
}

/* Address of the page that the views are about, or NULL. */
static const char *
find_page(const struct linemode *l)
{
	json_int_t version;

	for (size_t i = l->nav.views.len; i-- > 0;) {
		const struct view *v = l->nav.views.items[i];
		const char *page =
			v->ops->page ? v->ops->page(v, &version) : NULL;

		if (page)
			return page;
	}
	return NULL;
}

void
line_end_label(struct buf *label)
{
	bool ends = label->len && strchr("?.", label->ptr[label->len - 1]);

	buf_str(label, ends ? " " : ": ");
}

void
line_prompt(const struct linemode *l, struct buf *out)
{
	const char *page = find_page(l), *slash, *name;

	if (is_at(l, PLACE_FIELD | PLACE_FIND)) {
		top_of(l)->ops->where(top_of(l), out);
		line_end_label(out);
		return;
	}
	if (is_at(l, PLACE_SAVE)) {
		buf_printf(out, "%s ", _("Save? yes or no."));
		return;
	}
	slash = page ? strrchr(page, '/') : NULL;
	name = name_place(top_of(l)->ops->place);
	if (page &&
	    !is_at(l, PLACE_START | PLACE_NEWS | PLACE_CHANGES | PLACE_SEARCH))
		buf_str(out, slash ? slash + 1 : page);
	if (out->len && *name)
		buf_char(out, ' ');
	buf_printf(out, "%s> ", name);
}

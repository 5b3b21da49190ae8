/* following.c - see following.h. Headings are compared as slugs. */
#include "view/following.h"

#include <stdlib.h>
#include <string.h>

#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/path.h"
#include "plein/reference.h"
#include "view/fetching.h"

#define TALK "bespreking/"

/* --- where it leads --- */

/* The whole address alone on its lines, to click or to copy. */
static struct request
show_address(const struct layout_link *link)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(_("This link leads outside the wiki:"),
				  link->target);
	question_add(r.question, _("Back to the page"), CMD_N, NULL);
	return r;
}

/* "#heading" of a target, yours; NULL when it names none. */
static char *
copy_fragment(const char *target)
{
	const char *hash = strchr(target, '#');
	size_t len = hash ? strlen(hash) : 0;

	if (strncmp(target, "[[", 2) == 0 && len >= 2)
		len -= 2;
	return len > 1 ? mem_strndup(hash, len) : NULL;
}

static bool
stays_here(const char *target)
{
	return target[0] == '#' || strncmp(target, "[[#", 3) == 0;
}

/* Should it be missing, it may be made. */
static struct request
open_page(const struct layout_link *link, const char *name, const char *from)
{
	struct request r = request_text(REQUEST_FIND_PAGE, name);

	if (!strchr(name, '#'))
		r.more = copy_fragment(link->target);
	r.args = json_pack("{s:s, s:s, s:s}", "address", from, "title",
			   link->label, "link", name);
	return r;
}

/*
 * bespreking/<page>/<thread>/<remark>, or without the remark; false when it is
 * another name.
 */
static bool
open_talk(const char *name, struct request *out)
{
	char *path = mem_strdup(name), *last = strrchr(path, '/'), *code = last;
	bool remark = last && !thread_code_is_valid(last + 1);
	bool is_talk = false;

	if (last && strncmp(name, TALK, strlen(TALK)) == 0) {
		if (remark) {
			*last = '\0';
			code = strrchr(path, '/');
		}
		is_talk = code && thread_code_is_valid(code + 1);
	}
	if (is_talk)
		*out = request_show(SCREEN_THREAD,
				    json_pack("{s:s, s:s*}", "thread", code + 1,
					      "remark",
					      remark ? last + 1 : NULL));
	free(path);
	return is_talk;
}

struct request
following_open(struct reading *r, struct context *c, const char *from)
{
	const struct layout_link *link = reader_link_here(&r->reader);
	struct request request = request_of(REQUEST_NONE);
	struct buf name = BUF_INIT;
	char *fragment;

	if (!link) {
		context_say(c, "%s",
			    _("There is no link on this line. "
			      "Tab goes to the next one."));
	} else if (stays_here(link->target)) {
		fragment = copy_fragment(link->target);
		following_arrive(r, c, from, fragment ? fragment : "#");
		free(fragment);
	} else if (link->outside ||
		   !reference_resolve(&name, from, link->target)) {
		request = show_address(link);
	} else if (fetching_is_attachment(name.ptr)) {
		request = fetching_open(c, name.ptr);
	} else if (!open_talk(name.ptr, &request)) {
		request = open_page(link, name.ptr, from);
	}
	buf_release(&name);
	return request;
}

/* --- where it was meant --- */

static bool
is_heading(const struct reader *r, size_t line, const struct buf *slug)
{
	struct buf text = BUF_INIT, other = BUF_INIT;
	bool same;

	reader_heading_text(r, line, &text);
	slug_from_title(&other, text.ptr);
	same = strcmp(other.ptr, slug->ptr) == 0;
	buf_release(&text);
	buf_release(&other);
	return same;
}

static void
go_to_heading(struct reading *r, struct context *c, const char *name)
{
	struct buf slug = BUF_INIT;
	size_t at = 0;

	slug_from_title(&slug, name);
	while ((at = reader_next_heading(&r->reader, at + 1)))
		if (is_heading(&r->reader, at, &slug))
			break;
	if (at) {
		reading_jump(r, c, at);
	} else {
		context_say(c, _("There is no heading \"%s\" on this page."),
			    name);
	}
	buf_release(&slug);
}

static bool
leads_to(const struct context *c, const char *from,
	 const struct layout_link *link, const char *address)
{
	struct buf name = BUF_INIT;
	const char *found;
	bool same = reference_resolve(&name, from, link->target) &&
		    context_find(c, name.ptr, &found) &&
		    strcmp(found, address) == 0;

	buf_release(&name);
	return same;
}

/* "before|words" */
static void
go_to_words(struct reading *r, struct context *c, const char *place)
{
	const char *words = strchr(place, '|');
	char *before = mem_strndup(place, words ? (size_t)(words - place) : 0);

	(void)reading_seek(r, c, words ? words + 1 : place, before);
	free(before);
}

void
following_arrive(struct reading *r, struct context *c, const char *from,
		 const char *at)
{
	const struct layout *l = &r->reader.layout;

	if (*at == '#') {
		go_to_heading(r, c, at + 1);
		return;
	}
	if (*at == '?') {
		go_to_words(r, c, at + 1);
		return;
	}
	for (size_t i = 0; i < l->n_links; i++) {
		if (l->links[i].outside || l->links[i].missing ||
		    !leads_to(c, from, &l->links[i], at))
			continue;
		reading_focus_link(r, c, (int)i);
		return;
	}
}

/* lead.c - see lead.h. */
#include "view/lead.h"

#include <string.h>

#include "base/newsline.h"
#include "base/sentence.h"
#include "plein/i18n.h"
#include "view/asked.h"

void
lead_release(struct lead *l)
{
	json_decref(l->news);
	json_decref(l->asked);
	json_decref(l->drafts);
	memset(l, 0, sizeof(*l));
}

void
lead_take_drafts(struct lead *l, const json_t *result)
{
	json_decref(l->drafts);
	l->drafts = json_incref(json_object_get(result, "rows"));
}

void
lead_take_session(struct lead *l, const json_t *session)
{
	l->n_requests = (size_t)json_integer_value(
		json_object_get(session, "requests"));
}

void
lead_take_news(struct lead *l, const json_t *result, const json_t *read)
{
	json_t *rows = json_object_get(result, "rows");

	json_decref(l->asked);
	l->asked = json_incref(json_object_get(result, "asked"));
	json_decref(l->news);
	l->news = json_array();
	for (size_t i = 0; i < json_array_size(rows); i++) {
		json_t *row = json_array_get(rows, i);

		if (json_is_object(row) && !newsline_is_old(row, read))
			(void)json_array_append(l->news, row);
	}
}

/* What is new, in numbers. */
struct tally {
	size_t pages, remarks, mentions;
};

static struct tally
count_news(const struct lead *l)
{
	struct tally t = { 0, 0, 0 };
	const json_t *row;
	size_t i;

	json_array_foreach(l->news, i, row)
	{
		const char *what =
			json_string_value(json_object_get(row, "what"));

		if (!newsline_is_said(row))
			t.pages++;
		else if (what && strcmp(what, "mention") == 0)
			t.mentions++;
		else
			t.remarks += (size_t)json_integer_value(
				json_object_get(row, "remarks"));
	}
	return t;
}

size_t
lead_n_news(const struct lead *l)
{
	struct tally t = count_news(l);

	return t.pages + t.remarks + t.mentions;
}

const json_t *
lead_first_new(const struct lead *l, const json_t *read, size_t *left)
{
	const json_t *row, *first = NULL;
	size_t i;

	*left = 0;
	json_array_foreach(l->news, i, row)
	{
		if (newsline_is_old(row, read))
			continue;
		if (first)
			++*left;
		else
			first = row;
	}
	return first;
}

void
lead_pass(struct lead *l, const json_t *row)
{
	for (size_t i = json_array_size(l->news); i-- > 0;)
		if (json_array_get(l->news, i) == row && newsline_is_said(row))
			(void)json_array_remove(l->news, i);
}

size_t
lead_n_drafts(const struct lead *l)
{
	return json_array_size(l->drafts);
}

size_t
lead_lines(const struct lead *l)
{
	size_t n = l->applies + (lead_n_news(l) > 0) + (lead_n_drafts(l) > 0) +
		   (json_array_size(l->asked) > 0) + (l->n_requests > 0);

	return n ? n + 1 : 0;
}

enum lead_kind
lead_kind_of(const struct lead *l, size_t line)
{
	const bool there[] = {
		[LEAD_APPLY] = l->applies,
		[LEAD_NEWS] = lead_n_news(l) > 0,
		[LEAD_DRAFTS] = lead_n_drafts(l) > 0,
		[LEAD_ASKED] = json_array_size(l->asked) > 0,
		[LEAD_REQUESTS] = l->n_requests > 0,
	};

	for (int kind = LEAD_APPLY; kind < LEAD_BLANK; kind++)
		if (there[kind] && line-- == 0)
			return (enum lead_kind)kind;
	return LEAD_BLANK;
}

const char *
lead_draft(const struct lead *l, size_t i, struct buf *out)
{
	const json_t *row = json_array_get(l->drafts, i);
	const char *address =
		json_string_value(json_object_get(row, "address"));
	const char *title = json_string_value(json_object_get(row, "title"));
	struct buf moment = BUF_INIT;

	if (!address)
		return NULL;
	sentence_moment(&moment,
			json_integer_value(json_object_get(row, "time")));
	buf_printf(out, _("%s, draft of %s"), title ? title : address,
		   moment.ptr);
	buf_release(&moment);
	return address;
}

/* "New for you: 4 pages, 2 remarks, mentioned once". */
static void
tell_news(const struct lead *l, struct buf *out)
{
	struct tally t = count_news(l);
	const char *sign = " ";

	buf_str(out, _("New for you:"));
	if (t.pages) {
		buf_str(out, sign);
		buf_printf(out, ngettext("%zu page", "%zu pages", t.pages),
			   t.pages);
		sign = ", ";
	}
	if (t.remarks) {
		buf_str(out, sign);
		buf_printf(out,
			   ngettext("%zu remark", "%zu remarks", t.remarks),
			   t.remarks);
		sign = ", ";
	}
	if (!t.mentions)
		return;
	buf_str(out, sign);
	buf_printf(out,
		   ngettext("mentioned %zu time", "mentioned %zu times",
			    t.mentions),
		   t.mentions);
}

void
lead_text(const struct lead *l, size_t line, struct buf *out)
{
	enum lead_kind kind = lead_kind_of(l, line);
	struct buf draft = BUF_INIT;

	if (kind == LEAD_APPLY)
		buf_str(out, _("No profile? Register here"));
	if (kind == LEAD_NEWS)
		tell_news(l, out);
	if (kind == LEAD_REQUESTS)
		buf_str(out, _("Administration: requests"));
	if (kind == LEAD_ASKED) {
		buf_printf(out, "%s ", _("Asked of you:"));
		asked_count(out, l->asked);
	}
	if (kind != LEAD_DRAFTS)
		return;
	(void)lead_draft(l, 0, &draft); /* the newest */
	buf_printf(out, _("Go on writing: %s"), draft.ptr);
	buf_release(&draft);
}

void
lead_count(const struct lead *l, size_t line, struct buf *out)
{
	enum lead_kind kind = lead_kind_of(l, line);
	size_t n = lead_n_drafts(l);

	if (kind == LEAD_NEWS)
		buf_printf(out, _("%zu new"), lead_n_news(l));
	if (kind == LEAD_ASKED)
		buf_printf(out,
			   ngettext("%zu open", "%zu open",
				    json_array_size(l->asked)),
			   json_array_size(l->asked));
	if (kind == LEAD_REQUESTS)
		buf_printf(out,
			   ngettext("%zu waits", "%zu wait", l->n_requests),
			   l->n_requests);
	if (kind == LEAD_DRAFTS)
		buf_printf(out, ngettext("%zu draft", "%zu drafts", n), n);
}

void
lead_say_visit(const json_t *session, bool guest, bool news, struct buf *out)
{
	const json_t *visit = json_object_get(session, "visit");
	struct buf moment = BUF_INIT;

	if (json_is_integer(visit)) {
		sentence_moment(&moment, json_integer_value(visit));
		buf_printf(out, _("Last visit: %s"), moment.ptr);
		buf_release(&moment);
	} else if (visit && !guest && news) {
		buf_str(out, _("Your first visit."));
	} else if (visit && !guest) {
		buf_str(out, _("Your first visit. All is new; counting begins "
			       "now."));
	}
}

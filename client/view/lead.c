/* lead.c - see lead.h. */
#include "view/lead.h"

#include <string.h>

#include "base/i18n.h"
#include "base/sentence.h"

void
lead_release(struct lead *l)
{
	json_decref(l->drafts);
	memset(l, 0, sizeof(*l));
}

void
lead_take_drafts(struct lead *l, const json_t *result)
{
	json_decref(l->drafts);
	l->drafts = json_incref(json_object_get(result, "rows"));
}

size_t
lead_n_drafts(const struct lead *l)
{
	return json_array_size(l->drafts);
}

size_t
lead_lines(const struct lead *l)
{
	return lead_n_drafts(l) ? 2 : 0;
}

enum lead_kind
lead_kind_of(const struct lead *l, size_t line)
{
	return line + 1 < lead_lines(l) ? LEAD_DRAFTS : LEAD_BLANK;
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

void
lead_text(const struct lead *l, size_t line, struct buf *out)
{
	struct buf draft = BUF_INIT;

	if (lead_kind_of(l, line) != LEAD_DRAFTS)
		return;
	(void)lead_draft(l, 0, &draft); /* the newest */
	buf_printf(out, _("Go on writing: %s"), draft.ptr);
	buf_release(&draft);
}

void
lead_count(const struct lead *l, size_t line, struct buf *out)
{
	size_t n = lead_n_drafts(l);

	if (lead_kind_of(l, line) == LEAD_DRAFTS)
		buf_printf(out, ngettext("%zu draft", "%zu drafts", n), n);
}

/* resuming.c - see resuming.h. */
#include "view/resuming.h"

#include "plein/i18n.h"
#include "view/asked.h"

static struct request
choose_draft(const struct lead *l)
{
	struct request r = request_of(REQUEST_ASK);
	size_t n = lead_n_drafts(l);
	struct buf line = BUF_INIT;

	r.question = question_new(_("Question: go on with which draft?"), NULL);
	for (size_t i = 0; i < n && i < QUESTION_ANSWERS; i++) {
		const char *address;

		buf_reset(&line);
		address = lead_draft(l, i, &line);
		if (address)
			question_add(r.question, line.ptr, CMD_RESUME, address);
	}
	buf_release(&line);
	return r;
}

static struct request
open_draft(const struct lead *l)
{
	struct request r;
	struct buf line = BUF_INIT;
	const char *address;

	if (lead_n_drafts(l) > 1)
		return choose_draft(l);
	address = lead_draft(l, 0, &line);
	r = address ? request_text(REQUEST_RESUME, address)
		    : request_of(REQUEST_NONE);
	buf_release(&line);
	return r;
}

struct request
resuming_open(const struct lead *l, size_t line)
{
	enum lead_kind kind = lead_kind_of(l, line);

	if (kind == LEAD_NEWS)
		return request_show(SCREEN_NEWS, NULL);
	if (kind == LEAD_ASKED)
		return json_array_size(l->asked) == 1
			       ? asked_open(json_array_get(l->asked, 0))
			       : request_show(SCREEN_NEWS, NULL);
	if (kind == LEAD_APPLY)
		return request_show(SCREEN_REGISTER, NULL);
	if (kind == LEAD_REQUESTS)
		return request_show(SCREEN_REQUESTS, NULL);
	return open_draft(l);
}

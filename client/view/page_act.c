/* page_act.c - see page_impl.h. */
#include "view/page_impl.h"

#include "plein/i18n.h"
#include "view/fetching.h"
#include "view/following.h"

static struct request
edit(struct page *p)
{
	if (page_is_old(p)) {
		context_say(p->view.ctx, "%s",
			    _("This is an old version. It can be read, not "
			      "changed; Esc goes back."));
		return request_of(REQUEST_NONE);
	}
	return request_text(REQUEST_EDIT, p->address);
}

/* Screens about this page, by what opens them. */
static const struct {
	enum command cmd;
	enum screen screen;
} screens[] = {
	{ CMD_BACKLINKS, SCREEN_BACKLINKS },
	{ CMD_ATTACHMENTS, SCREEN_ATTACHMENTS },
	{ CMD_HISTORY, SCREEN_HISTORY },
	{ CMD_STORY, SCREEN_STORY },
	{ CMD_BLAME, SCREEN_BLAME },
};

static struct request
show_about(const struct page *p, enum screen screen)
{
	json_int_t version = p->view.ctx->at ? page_version(p) : p->version;
	struct buf line = BUF_INIT;
	json_t *args;

	reader_line(&p->reading.reader, &line);
	args = json_pack("{s:s, s:I, s:s, s:O*}", "address", p->address,
			 "version", version, "text", line.ptr, "parents",
			 json_object_get(p->data, "parents"));
	buf_release(&line);
	return request_show(screen, args);
}

/* What was known before with what is shown, or that with what there is now. */
static struct request
compare(struct page *p)
{
	json_int_t from = p->since.from, version = page_version(p);
	json_int_t latest = args_number(p->data, "latest");

	return request_show(SCREEN_COMPARE,
			    json_pack("{s:s, s:I, s:I}", "address", p->address,
				      "from", from ? from : version, "to",
				      from ? version : latest));
}

bool
page_act(struct page *p, enum command cmd, struct request *out)
{
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++)
		if (screens[i].cmd == cmd) {
			*out = show_about(p, screens[i].screen);
			return true;
		}
	if (cmd == CMD_EDIT)
		*out = edit(p);
	else if (cmd == CMD_COMPARE)
		*out = compare(p);
	else if (cmd == CMD_PERMALINK)
		*out = fetching_permanent(p->view.ctx, p->address, p->version);
	else
		return false;
	return true;
}

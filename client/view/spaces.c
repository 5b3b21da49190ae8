/* spaces.c - see spaces.h. */
#include "view/spaces.h"

#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/listview.h"

#define JOIN ((size_t)-1) /* the item behind the spaces */

struct spaces {
	struct listview base;
	bool joins; /* a code is to be asked for at once */
};

static bool
is_here(const struct listview *s, const json_t *row)
{
	return strcmp(args_text(row, "name"),
		      context_session(s->view.ctx, "space")) == 0;
}

static struct request
ask_code(void)
{
	struct request r =
		request_text(REQUEST_FIELD, _("Invite code to another space"));

	r.command = CMD_JOIN_NOW;
	return r;
}

static void
add_row(struct listview *s, size_t i, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { NULL };
	const char *role = args_text(row, "role");

	cells[0] = args_text(row, "name");
	cells[1] = *role ? role : _("no role");
	listing_add(&s->list, i, args_text(row, "title"), cells);
	if (is_here(s, row))
		listing_detail(&s->list, _("You are here."), 1);
	else if (json_is_true(json_object_get(row, "private")))
		listing_detail(&s->list, _("Only members know of this space."),
			       1);
}

/* Behind them is what leads to another one. */
static void
fill_list(struct view *v)
{
	static const char *const cells[LISTING_COLUMNS] = { NULL };
	struct spaces *s = (struct spaces *)v;

	listview_fill(v, add_row, _("There is no space for you."));
	(void)json_object_set_new(
		v->ctx->session, "spaces",
		json_integer((json_int_t)feed_size(&s->base.feed)));
	if (!context_allows(v->ctx, CMD_JOIN))
		return;
	listing_add(&s->base.list, JOIN, _("Use an invite code"), cells);
	listing_gap(&s->base.list);
	if (s->joins)
		view_post(v, ask_code());
	s->joins = false;
}

static void
fill_head(const struct view *v, struct head *h)
{
	size_t n = feed_size(&((const struct listview *)v)->feed);

	buf_str(&h->title, _("Spaces"));
	buf_printf(&h->state, ngettext("%zu space", "%zu spaces", n), n);
	buf_str(&h->place, _("Each has its own pages and its own roles"));
}

static void
take_joined(void *ctx, const struct rpc_msg *m)
{
	struct view *v = ctx;
	struct request r = request_of(REQUEST_ASK);
	const char *space = args_text(m->result, "space");
	struct buf line = BUF_INIT;

	if (m->kind != RPC_RESULT) {
		context_say_error(v->ctx, m);
		return;
	}
	listview_reload(v);
	buf_printf(&line, _("You take part in the space %s, as %s."), space,
		   sentence_role(args_text(m->result, "role")));
	r.question =
		question_new(_("Question: go to that space now?"), line.ptr);
	question_add(r.question, _("No, stay here"), CMD_N, NULL);
	question_add(r.question, _("Yes, go there"), CMD_ENTER_SPACE, space);
	context_say(v->ctx, "%s", line.ptr);
	view_post(v, r);
	buf_release(&line);
}

static struct request
enter(const struct listview *s)
{
	const json_t *row = listview_row(s);
	size_t value;

	if (listing_focus(&s->list, &value) && value == JOIN)
		return ask_code();
	if (!row)
		return request_of(REQUEST_NONE);
	if (is_here(s, row))
		return request_of(REQUEST_START);
	return request_text(REQUEST_SPACE, args_text(row, "name"));
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct request r;

	if (cmd == CMD_JOIN_NOW && text) {
		(void)link_call(v->ctx->link, "invite.use",
				json_pack("{s:s}", "code", text), take_joined,
				v);
		return request_of(REQUEST_NONE);
	}
	if (cmd == CMD_ENTER_SPACE && text)
		return request_text(REQUEST_SPACE, text);
	if (listview_run(v, cmd, text, &r))
		return r;
	return cmd == CMD_OPEN ? enter((const struct listview *)v) : r;
}

static const struct view_ops ops = {
	LISTVIEW_ROWS,
	.place = PLACE_PAGES,
	.head = fill_head,
	.run = run,
	.allows = listview_allows,
	.bar = listview_bar,
	.reload = listview_reload,
	.returned = listview_reload,
	.free = listview_free,
};

struct view *
spaces_view_new(struct context *c, const json_t *args)
{
	static const struct listing_column columns[LISTING_COLUMNS] = {
		{ .at = 40, .width = 22, .from = 60 },
		{ .at = 64, .width = 15, .from = 80 },
	};
	struct spaces *s = mem_alloc(sizeof(*s));

	s->joins = *args_text(args, "act") != '\0';
	listview_init(&s->base, &ops, c, columns);
	listview_feed(&s->base, "space.list", NULL, fill_list);
	listview_reload(&s->base.view);
	return &s->base.view;
}

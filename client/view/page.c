/*
 * page.c - reading. The text is the newest version; coming back from the
 * editor or from a lost connection reads it anew, with the cursor kept.
 */
#include "view/page.h"
#include "view/page_impl.h"

#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/frontmatter.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "base/sentence.h"
#include "base/titles.h"
#include "view/about.h"
#include "view/absent.h"
#include "view/following.h"
#include "view/naming.h"
#include "view/outline.h"
#include "view/paragraph.h"
#include "view/talk.h"

#define COLS 80 /* of a window that nobody has */

static struct page *
page_of(struct view *v)
{
	return (struct page *)v;
}

static const struct page *
const_page(const struct view *v)
{
	return (const struct page *)v;
}

const char *
page_text(const struct page *p, const char *key)
{
	const char *s = json_string_value(json_object_get(p->data, key));

	return s ? s : "";
}

json_int_t
page_version(const struct page *p)
{
	return args_number(p->data, "version");
}

static json_int_t
latest_of(const struct page *p)
{
	return args_number(p->data, "latest");
}

bool
page_is_old(const struct page *p)
{
	return p->version && page_version(p) != latest_of(p);
}

/* --- data --- */

static void
find_body(struct page *p)
{
	const json_t *json = json_object_get(p->data, "text");
	const char *text = page_text(p, "text");
	size_t len = json_string_length(json);
	size_t start;

	frontmatter_free(p->fields);
	/* Fields that cannot be read are shown: the text is all body then. */
	(void)frontmatter_parse(&p->fields, text, len, NULL);
	start = frontmatter_body(p->fields);
	p->body = text + start;
	p->body_len = len - start;
	if (p->extent == EXTENT_ALL)
		p->n_headings = layout_count_headings(p->body, p->body_len);
	else
		p->n_headings = (size_t)json_integer_value(
			json_object_get(p->data, "headings"));
}

static void
note_redirect(struct page *p)
{
	const char *address = page_text(p, "address");

	if (!*address || strcmp(address, p->address) == 0)
		return;
	context_say(p->view.ctx, _("Redirected from %s."), p->address);
	free(p->address);
	p->address = mem_strdup(address);
}

/* Nobody can save such a page here; it came in by another way. */
static void
note_marks(struct page *p)
{
	size_t at;

	p->checked = true;
	if (!filter_accepts(p->body, p->body_len, &at))
		context_say(p->view.ctx, "%s",
			    _("This page holds characters that cannot be "
			      "shown, such as <1B>."));
}

/* What was read before is of another time. */
static void
take_absence(void *ctx, const struct rpc_msg *m)
{
	struct page *p = ctx;

	json_decref(p->data);
	p->data = absent_page(p->view.ctx, p->address, m);
	p->extent = EXTENT_ALL;
	p->loaded = true;
	p->laid_out = false;
	find_body(p);
}

static void
take_page(void *ctx, const struct rpc_msg *m)
{
	struct page *p = ctx;

	p->loaded = true;
	p->laid_out = false;
	if (m->code == PLEIN_ENOTFOUND && p->view.ctx->at) {
		p->loaded = false;
		absent_ask(p->view.ctx, p->address, take_absence, p);
		return;
	}
	if (m->kind == RPC_ERROR) {
		context_say_error(p->view.ctx, m);
		return;
	}
	json_decref(p->data);
	p->data = context_page(p->view.ctx, m->result);
	p->extent = json_object_get(p->data, "size") ? EXTENT_BEGINNING
						     : EXTENT_ALL;
	if (json_is_true(json_object_get(p->data, "gone")))
		context_say(p->view.ctx, "%s", _("This page does not exist."));
	else if (!page_is_old(p) && !p->view.ctx->at)
		context_note_shown(p->view.ctx, p->data);
	note_redirect(p);
	find_body(p);
	p->checked = false;
}

static const char *
shown_page(const struct view *v, json_int_t *version)
{
	const struct page *p = const_page(v);

	*version = page_version(p);
	return p->address;
}

static json_t *
read_params(const struct page *p)
{
	json_t *params = json_pack("{s:s}", "address", p->address);

	if (!p->version)
		return context_params(p->view.ctx, params);
	(void)json_object_set_new(params, "version", json_integer(p->version));
	return params;
}

/* Does the first screen show no more than that, and nobody a later one? */
static bool
begins_at_top(const struct page *p)
{
	const struct context *c = p->view.ctx;
	const struct reader *r = &p->reading.reader;

	return !p->at && !p->since.handle && !c->in_lines &&
	       c->cols < OUTLINE_COLS && !r->layout.n_lines && !r->rested &&
	       !r->scroll.at;
}

static void
reload(struct view *v)
{
	struct page *p = page_of(v);
	json_t *params = read_params(p);

	if (begins_at_top(p))
		(void)json_object_set_new(params, "opening", json_true());
	p->loaded = false;
	link_forget(v->ctx->link, v);
	if (p->version || v->ctx->at)
		linking_skip(&p->linking);
	else
		linking_read(&p->linking, v->ctx->link, p->address);
	if (p->version)
		talks_skip(&p->talks);
	else
		talks_read(&p->talks, v->ctx, p->address);
	since_ask(&p->since, v->ctx->link, p->address);
	(void)link_call(v->ctx->link, "page.read", params, take_page, p);
}

static bool
is_ready(const struct view *v)
{
	const struct page *p = const_page(v);

	return p->loaded && p->linking.done && p->talks.done &&
	       !p->since.waiting && v->ctx->titles;
}

/* --- showing --- */

/* What stands in place of a text that there is not. */
static const char *
describe_emptiness(const struct page *p)
{
	for (size_t i = 0; i < p->body_len; i++)
		if (!strchr(" \t\r\n", p->body[i]))
			return NULL;
	return view_allows(&p->view, CMD_EDIT)
		       ? _("This page has no text yet. b begins.")
		       : _("This page has no text yet.");
}

/* What lays out the text of a page with what stands around it. */
typedef void
use_text(void *ctx, const struct layout_text *text,
	 const struct layout_wiki *wiki);

/* What stands below comes with the end of it. */
static void
give_text(const struct page *p, use_text *use, void *ctx)
{
	struct naming names;
	struct about about = {
		.fields = p->fields,
		.page = p->data,
		.links = p->linking.rows,
		.more_links = p->linking.more,
		.n_headings = p->n_headings,
		.hint = describe_emptiness(p),
		.titles = p->view.ctx->titles,
		.at = p->view.ctx->at,
	};
	struct notes above, below;
	struct buf talks = BUF_INIT;
	struct layout_text text = {
		.markdown = p->body,
		.len = p->body_len,
		.above = &above,
		.below = &below,
		.marks = (const void *)p->talks.marks.ptr,
		.n_marks = talks_n_marks(&p->talks),
	};

	talks_tell(&p->talks, &talks);
	about.talks = talks.ptr;
	naming_init(&names, p->view.ctx, p->address);
	notes_init(&above);
	notes_init(&below);
	about_above(&above, &about);
	if (p->extent == EXTENT_ALL)
		about_below(&below, &about);
	use(ctx, &text, &names.wiki);
	notes_release(&above);
	notes_release(&below);
	buf_release(&talks);
	naming_release(&names);
}

static void
set_reader(void *ctx, const struct layout_text *text,
	   const struct layout_wiki *wiki)
{
	struct page *p = ctx;

	reader_set_around(&p->reading.reader, text, p->cols, wiki);
}

static void
lay_out(struct page *p)
{
	talks_mark(&p->talks, (size_t)(p->body - page_text(p, "text")));
	give_text(p, set_reader, p);
	if (p->extent == EXTENT_ALL && !p->checked)
		note_marks(p);
}

/* Once: from then on the reader goes where they want. */
static void
arrive(struct page *p)
{
	if (p->at && p->at[0] == '!')
		page_arrive_at_talk(p, p->at + 1);
	else if (p->at)
		following_arrive(&p->reading, p->view.ctx, p->address, p->at);
	free(p->at);
	p->at = NULL;
	since_arrive(&p->since, &p->reading, p->view.ctx, p->data);
}

static void
recalc(struct view *v, int rows, int cols)
{
	struct page *p = page_of(v);

	if (p->data && (cols != p->cols || !p->laid_out)) {
		p->cols = cols;
		lay_out(p);
		p->laid_out = is_ready(v);
	}
	p->reading.reader.scroll.rows = rows;
	scroll_fit(&p->reading.reader.scroll);
	if (p->laid_out)
		arrive(p);
}

static const char *
status_of(const struct page *p)
{
	const char *state = page_text(p, "state");

	return *state ? state : page_text(p, "status");
}

static void
fill_state(const struct page *p, struct buf *out)
{
	struct buf day = BUF_INIT;

	if (page_is_old(p)) {
		sentence_day(&day, args_number(p->data, "time"));
		buf_printf(out, _("version of %s"), day.ptr);
		buf_release(&day);
	} else if (!context_may_change(p->view.ctx, p->address)) {
		buf_str(out, _("read only"));
	} else if (talks_unread(&p->talks)) {
		buf_printf(out, _("%zu new"), talks_unread(&p->talks));
	}
}

/* Who made it what it is, and when; without an index nobody knows. */
static void
fill_fact(const struct page *p, struct buf *out)
{
	json_int_t when = args_number(p->data, "time");

	if (!when)
		return;
	buf_printf(out, "%s, ", page_text(p, "handle"));
	sentence_day(out, when);
}

static void
fill_head(const struct view *v, struct head *h)
{
	const struct page *p = const_page(v);

	if (!json_object_get(p->data, "version")) {
		buf_str(&h->title, p->address);
		return;
	}
	buf_str(&h->title, page_text(p, "title"));
	fill_state(p, &h->state);
	about_place(p->data, p->address, &h->place);
	if (p->view.ctx->at) { /* the date stands before the title */
		buf_printf(&h->fact, _("version %lld, now version %lld"),
			   (long long)page_version(p), (long long)latest_of(p));
		return;
	}
	buf_printf(&h->title, " - %s, %s", sentence_kind(page_text(p, "kind")),
		   sentence_status(status_of(p)));
	fill_fact(p, &h->fact);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	const struct page *p = const_page(v);

	if (!p->loaded || p->data) {
		reader_paint(&p->reading.reader, c, top, rows);
		outline_paint(&p->reading.reader, c, top, rows);
		return;
	}
	(void)paragraph_paint(c, top + READER_LEAD, 2, rows - READER_LEAD,
			      STYLE_PLAIN, _("This page cannot be shown."));
	(void)canvas_text(c, top + READER_LEAD, 0, 1, STYLE_PLAIN, ">");
	canvas_cursor(c, top + READER_LEAD, 0);
}

static bool
has_more(const struct view *v)
{
	return scroll_has_more(&const_page(v)->reading.reader.scroll);
}

static void
tell_where(const struct view *v, struct buf *out)
{
	const struct page *p = const_page(v);

	buf_printf(out, "%s, %s, %s: ", page_text(p, "title"),
		   sentence_kind(page_text(p, "kind")),
		   sentence_status(status_of(p)));
	reading_where(&p->reading, out);
	buf_printf(out, _(", version %lld."), (long long)page_version(p));
}

static void
tell_text(void *ctx, const struct layout_text *text,
	  const struct layout_wiki *wiki)
{
	struct layout l;

	layout_make_around(&l, text, LAYOUT_UNWRAPPED, wiki);
	reading_tell(&l, ctx);
	layout_release(&l);
}

static void
tell(const struct view *v, struct telling *t)
{
	const struct page *p = const_page(v);

	if (p->data)
		give_text(p, tell_text, t);
	else
		telling_add(t, TELLING_TEXT, _("This page cannot be shown."),
			    0);
}

/* Where nothing was painted there is no width yet, and any will do. */
static bool
pick(struct view *v, size_t value)
{
	struct page *p = page_of(v);

	if (p->data && !p->reading.reader.layout.n_lines) {
		p->cols = p->cols ? p->cols : COLS;
		lay_out(p);
	}
	return reading_pick(&p->reading, value);
}

/* --- acting --- */

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct page *p = page_of(v);
	struct request r;

	if (reading_run(&p->reading, v->ctx, cmd, text, &r) ||
	    page_act(p, cmd, &r) || page_talk(p, cmd, text, &r))
		return r;
	return request_of(cmd == CMD_BACK ? REQUEST_BACK : REQUEST_NONE);
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct page *p = const_page(v);
	bool other =
		p->data && (p->since.from || page_version(p) < latest_of(p));

	if (cmd == CMD_COMPARE)
		return other;
	if (cmd == CMD_WATCH || cmd == CMD_MUTE)
		return *page_text(p, "follow") != '\0' && !page_is_old(p);
	if (cmd == CMD_DISCUSS)
		return p->data && !page_is_old(p);
	return !view_writes(cmd) || (p->data && !page_is_old(p));
}

/* --- a big page --- */

/* Its first lines are those that are shown; a key may come before a screen. */
static void
take_rest(void *ctx, const struct rpc_msg *m)
{
	struct page *p = ctx;

	p->extent = m->kind == RPC_ERROR ? EXTENT_FAILED : EXTENT_ALL;
	if (m->kind == RPC_ERROR) {
		context_say_error(p->view.ctx, m);
		return;
	}
	json_decref(p->data);
	p->data = context_page(p->view.ctx, m->result);
	find_body(p);
	p->laid_out = false;
	if (!p->reading.reader.layout.n_lines)
		return;
	reader_extend(&p->reading.reader);
	recalc(&p->view, p->reading.reader.scroll.rows, p->cols);
}

/* As soon as its first screen is shown. */
static int64_t
due(const struct view *v)
{
	return const_page(v)->extent == EXTENT_BEGINNING ? 1 : 0;
}

/* Of the same version, whatever was saved meanwhile. */
static void
tick(struct view *v, bool ends)
{
	struct page *p = page_of(v);
	json_t *params;

	if (ends || !due(v))
		return;
	params = read_params(p);
	if (!p->version && !v->ctx->at)
		(void)json_object_set(params, "commit",
				      json_object_get(p->data, "commit"));
	p->extent = EXTENT_ASKED;
	(void)link_call(v->ctx->link, "page.read", params, take_rest, p);
}

static bool
waits(const struct view *v)
{
	enum extent extent = const_page(v)->extent;

	return extent == EXTENT_BEGINNING || extent == EXTENT_ASKED;
}

/* --- covered by another screen --- */

static void
rest(struct view *v)
{
	struct page *p = page_of(v);

	reader_rest(&p->reading.reader);
	p->laid_out = false;
}

static void
take_talks(void *page)
{
	((struct page *)page)->laid_out = false;
}

/* Before it is shown a key may come. */
static void
returned(struct view *v)
{
	struct page *p = page_of(v);

	if (p->cols)
		recalc(v, p->reading.reader.scroll.rows, p->cols);
	if (p->discussed)
		talks_read(&p->talks, v->ctx, p->address);
	p->discussed = false;
}

static const enum command *
bar(const struct view *v)
{
	static const enum command list[] = {
		CMD_EDIT,      CMD_DISCUSS, CMD_HISTORY,  CMD_COMPARE, CMD_NEXT,
		CMD_BACKLINKS, CMD_FOLLOW,  CMD_CONTENTS, CMD_BACK,    CMD_GOTO,
		CMD_HOME,      CMD_WHERE,   CMD_MENU,	  CMD_HELP,    CMD_N
	};
	static const enum command past[] = { CMD_TIME, CMD_COMPARE, CMD_DISCUSS,
					     CMD_BACK, CMD_NEXT,    CMD_FOLLOW,
					     CMD_GOTO, CMD_HOME,    CMD_MENU,
					     CMD_HELP, CMD_N };

	return v->ctx->at ? past : list;
}

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)key;
	if (cmd == CMD_COMPARE)
		buf_str(word, const_page(v)->since.from
				      ? _("Difference since then")
				      : _("Difference with now"));
	else if (cmd == CMD_TIME && v->ctx->at)
		buf_str(word, _("Other date"));
	else if (cmd == CMD_DISCUSS && v->ctx->at)
		buf_str(word, _("Discussions"));
	else
		talk_name_follow(page_text(const_page(v), "follow"), cmd, word);
}

static void
destroy(struct view *v)
{
	struct page *p = page_of(v);

	link_forget(v->ctx->link, v);
	linking_release(&p->linking);
	talks_release(&p->talks);
	json_decref(p->about);
	link_forget(v->ctx->link, &p->since);
	since_release(&p->since);
	frontmatter_free(p->fields);
	reading_release(&p->reading);
	json_decref(p->data);
	free(p->address);
	free(p->at);
	free(p);
}

static const struct view_ops ops = {
	.place = PLACE_PAGE,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = has_more,
	.run = run,
	.allows = allows,
	.bar_now = bar,
	.name = name,
	.where = tell_where,
	.tell = tell,
	.pick = pick,
	.page = shown_page,
	.reload = reload,
	.waits = waits,
	.due = due,
	.tick = tick,
	.rest = rest,
	.returned = returned,
	.free = destroy,
};

struct view *
page_view_new(struct context *c, const json_t *args)
{
	struct page *p = mem_alloc(sizeof(*p));

	p->view.ops = &ops;
	p->view.ctx = c;
	p->address = mem_strdup(args_text(args, "address"));
	p->version = args_number(args, "version");
	if (*args_text(args, "at"))
		p->at = mem_strdup(args_text(args, "at"));
	p->talks.changed = take_talks;
	p->talks.page = p;
	since_init(&p->since, args);
	reading_init(&p->reading);
	reload(&p->view);
	return &p->view;
}

/* chain.c - see chain.h. */
#include "view/chain.h"

#include <stdlib.h>
#include <string.h>

#include "base/titles.h"
#include "plein/extract.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "view/fetching.h"

static struct chain *
chain_of(struct view *v)
{
	return (struct chain *)v;
}

static const struct chain *
const_chain(const struct view *v)
{
	return (const struct chain *)v;
}

/* --- for the kinds ---------------------------------------------------------- */

bool
chain_focus(const struct chain *c, size_t group, size_t *i)
{
	size_t value;

	if (!listing_focus(&c->base.list, &value) ||
	    value / CHAIN_GROUP != group)
		return false;
	*i = value % CHAIN_GROUP;
	return true;
}

const json_t *
chain_part(const struct chain *c, const char *list, size_t i)
{
	return json_array_get(json_object_get(c->data, list), i);
}

const char *
chain_text(const struct chain *c, const char *key)
{
	return args_text(c->data, key);
}

struct request
chain_ask(struct chain *c, size_t asked, const char *question, enum command cmd)
{
	struct request r = request_text(REQUEST_FIELD, question);

	c->asked = asked;
	r.command = cmd;
	return r;
}

json_t *
chain_params(const struct chain *c)
{
	return json_pack("{s:s}", "address", c->address);
}

/* A link that says only where it leads says the title of that page. */
static void
call_links(const struct chain *c, struct extract *x)
{
	const struct extract_link *l;
	const char *title, *address;
	struct titles_index titles;
	size_t i = x->links.len;

	titles_index_init(&titles, c->base.view.ctx->titles);
	while (i-- > 0) {
		l = x->links.items[i];
		if (l->len != strlen(l->target) ||
		    memcmp(x->text.ptr + l->at, l->target, l->len) != 0)
			continue;
		title = titles_index_find(&titles, l->target, &address);
		if (!title)
			continue;
		buf_erase(&x->text, l->at, l->len);
		buf_insert(&x->text, l->at, title, strlen(title));
	}
	titles_index_release(&titles);
}

void
chain_plain(const struct chain *c, const char *markdown, struct buf *out)
{
	struct extract x;

	extract_read(&x, c->address, markdown, strlen(markdown));
	call_links(c, &x);
	buf_add(out, x.text.ptr, x.text.len);
	extract_release(&x);
}

void
chain_say_text(struct chain *c, const char *markdown)
{
	struct buf text = BUF_INIT;
	char *line, *rest = NULL;

	chain_plain(c, markdown, &text);
	for (line = strtok_r(text.ptr, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		listing_say(&c->base.list, line);
		listing_gap(&c->base.list);
	}
	buf_release(&text);
}

/* --- data ------------------------------------------------------------------- */

static void
take(void *ctx, const struct rpc_msg *m)
{
	struct chain *c = ctx;

	c->loaded = true;
	if (m->kind == RPC_ERROR) {
		context_say_error(c->base.view.ctx, m);
		if (!c->data)
			listing_say(&c->base.list,
				    _("This could not be read."));
		return;
	}
	json_decref(c->data);
	c->data = json_incref(m->result);
	listing_clear(&c->base.list);
	c->kind->fill(c);
	if (!c->base.view.ctx->at)
		context_note_shown(c->base.view.ctx, c->data);
}

/* The answer to who was asked for before is not waited for. */
static void
ask_people(struct chain *c)
{
	if (!c->kind->people)
		return;
	others_ask(&c->others, c->base.view.ctx->link, NULL);
	others_ask_lately(&c->others, c->base.view.ctx->link);
}

static void
reload(struct view *v)
{
	struct chain *c = chain_of(v);

	ask_people(c);
	link_forget(v->ctx->link, v);
	(void)link_call(v->ctx->link, c->kind->method,
			context_params(v->ctx, chain_params(c)), take, c);
}

static bool
is_ready(const struct view *v)
{
	return const_chain(v)->loaded && v->ctx->titles;
}

static const char *
shown_page(const struct view *v, json_int_t *version)
{
	const struct chain *c = const_chain(v);

	*version = json_integer_value(json_object_get(c->data, "version"));
	return c->address;
}

/* --- showing ---------------------------------------------------------------- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct chain *c = const_chain(v);

	if (c->data)
		c->kind->head(c, h);
	else
		buf_str(&h->title, c->address);
}

/* --- acting ----------------------------------------------------------------- */

static struct request
show_about(const struct chain *c, enum screen screen)
{
	return request_show(screen, chain_params(c));
}

/* What all of them do alike; false: another command. */
static bool
run_common(struct chain *c, enum command cmd, struct request *r)
{
	if (cmd == CMD_EDIT)
		*r = request_text(REQUEST_EDIT, c->address);
	else if (cmd == CMD_HISTORY)
		*r = show_about(c, SCREEN_HISTORY);
	else if (cmd == CMD_BACKLINKS)
		*r = show_about(c, SCREEN_BACKLINKS);
	else if (cmd == CMD_PERMALINK)
		*r = fetching_permanent(c->base.view.ctx, c->address, 0);
	else
		return false;
	return true;
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct chain *c = chain_of(v);
	struct request r;

	if (!text)
		c->asked = 0;
	if (!text && listview_run(v, cmd, text, &r))
		return r;
	if (!c->data)
		return request_of(REQUEST_NONE);
	if (run_common(c, cmd, &r))
		return r;
	if (cmd == CMD_ADD && !text)
		ask_people(c); /* they are here before it is asked who */
	r = c->kind->run(c, cmd, text);
	if (r.kind == REQUEST_NONE && cmd == CMD_OPEN && !text)
		r = request_show(SCREEN_PAGE, chain_params(c));
	return r;
}

static bool
allows(const struct view *v, enum command cmd)
{
	const struct chain *c = const_chain(v);

	if (cmd == CMD_FILTER)
		return false;
	if (cmd == CMD_ADD || cmd == CMD_COMPLETE || cmd == CMD_RESPOND ||
	    cmd == CMD_SUPPORT)
		return c->data && c->kind->allows(c, cmd);
	return !view_writes(cmd) || c->data;
}

static const enum command *
bar(const struct view *v)
{
	return const_chain(v)->kind->bar;
}

static void
name(const struct view *v, enum command cmd, struct buf *key, struct buf *word)
{
	(void)key;
	if (const_chain(v)->kind->name)
		const_chain(v)->kind->name(const_chain(v), cmd, word);
}

static void
destroy(struct view *v)
{
	struct chain *c = chain_of(v);

	shaper_release(&c->shaper);
	listview_release(&c->base);
	others_release(&c->others, v->ctx->link);
	json_decref(c->data);
	free(c->address);
	free(c->kept);
	free(c);
}

static const struct view_ops ops = {
	LISTVIEW_SHOWN,
	.place = PLACE_CHAIN,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = listview_recalc,
	.run = run,
	.allows = allows,
	.bar_now = bar,
	.name = name,
	.page = shown_page,
	.reload = reload,
	.free = destroy,
};

struct view *
chain_new(struct context *c, const struct chain_kind *kind, const char *address)
{
	struct chain *p = mem_alloc(sizeof(*p));

	listview_init(&p->base, &ops, c, kind->columns);
	p->kind = kind;
	p->address = mem_strdup(address);
	shaper_init(&p->shaper, &p->base.view);
	reload(&p->base.view);
	return &p->base.view;
}

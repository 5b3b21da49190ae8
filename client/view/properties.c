/*
 * properties.c - see properties.h. The form has the fields every page may
 * have, those of its kind, and whatever else stands in its front matter. Only
 * those that were changed are sent, so that what others change meanwhile
 * stays.
 */
#include "view/properties.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/fieldspan.h"
#include "plein/frontmatter.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/message.h"
#include "view/form_view.h"
#include "view/wayback.h"

#define VALUE_MAX 1000 /* bytes */
#define NOTE (FORM_FIELDS + 1000)

/* A field of the form; its id is FORM_FIELDS and its place in the list. */
struct field {
	char *key;
	char *was; /* as the form shows it */
	bool list;
	const char *const *words; /* what may be chosen, or NULL */
};

struct properties {
	struct form_view form;
	char *address, *title;
	struct vec fields; /* struct field * */
	bool loaded;
};

static const char *const statuses[] = { "concept",     "ter-bespreking",
					"vastgesteld", "vervallen",
					"vervangen",   NULL };
static const char *const states[] = { "open", "in-bespreking", "beantwoord",
				      NULL };

/* Fields with a name of their own in people's language; a kind of NULL: of
 * every page. */
static const struct {
	const char *key, *label, *kind;
	const char *const *words;
	bool list;
} known[] = {
	{ "titel", N_("Title"), NULL, NULL, false },
	{ "status", N_("Status:"), NULL, statuses, false },
	{ "stand", N_("State:"), "vraagstuk", states, false },
	{ "hoort_bij", N_("Belongs to: addresses of pages"), NULL, NULL, true },
	{ "trefwoorden", N_("Keywords"), NULL, NULL, true },
	{ "eigenaar", N_("Owner"), NULL, NULL, false },
	{ "herzien_op", N_("Review date, such as 2027-01-31"), NULL, NULL,
	  false },
	{ "datum", N_("Date"), "besluit", NULL, false },
	{ "uitkomst", N_("Outcome"), "besluit", NULL, false },
	{ "gremium", N_("Body: address of an organisation"), "besluit", NULL,
	  false },
	{ "datum", N_("Date"), "vergadering", NULL, false },
	{ "begin", N_("Begins at"), "vergadering", NULL, false },
	{ "eind", N_("Ends at"), "vergadering", NULL, false },
	{ "plaats", N_("Place"), "vergadering", NULL, false },
};

static struct properties *
properties_of(struct view *v)
{
	return (struct properties *)v;
}

static const struct properties *
const_properties(const struct view *v)
{
	return (const struct properties *)v;
}

/* --- the fields --- */

static void
free_field(void *item)
{
	struct field *f = item;

	free(f->key);
	free(f->was);
	free(f);
}

static bool
has_field(const struct properties *p, const char *key)
{
	for (size_t i = 0; i < p->fields.len; i++)
		if (strcmp(((struct field *)p->fields.items[i])->key, key) == 0)
			return true;
	return false;
}

/* "a, b" of a list, else the value; "" without one. */
static char *
show_value(const struct frontmatter *fm, const char *key)
{
	struct buf out = BUF_INIT;
	const char *item;

	for (size_t i = 0; (item = frontmatter_item(fm, key, i)); i++)
		buf_printf(&out, "%s%s", i ? ", " : "", item);
	return buf_take(&out);
}

static void
add_choice(struct form *form, int id, const char *label, const struct field *f)
{
	bool found = false;

	form_add_choice(form, id, label);
	for (size_t i = 0; f->words[i]; i++)
		found |= strcmp(f->words[i], f->was) == 0;
	if (!found)
		form_add_option(form, *f->was ? f->was : _("none"), true);
	for (size_t i = 0; f->words[i]; i++)
		form_add_option(form, sentence_status(f->words[i]),
				strcmp(f->words[i], f->was) == 0);
}

static void
add_field(struct properties *p, const struct frontmatter *fm, const char *key,
	  const char *label, const char *const *words, bool list)
{
	int id = FORM_FIELDS + (int)p->fields.len;
	struct field *f = mem_alloc(sizeof(*f));

	f->key = mem_strdup(key);
	f->was = show_value(fm, key);
	f->words = words;
	f->list = list;
	vec_push(&p->fields, f);
	if (words) {
		add_choice(&p->form.form, id, label, f);
		return;
	}
	form_add_line(&p->form.form, id, label, f->was, VALUE_MAX, 0);
	if (strcmp(key, "titel") == 0)
		form_require(&p->form.form);
	if (list)
		form_explain(&p->form.form, _("With commas between them."));
}

static void
add_known(struct properties *p, const struct frontmatter *fm, const char *kind)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (known[i].kind && strcmp(known[i].kind, kind) != 0)
			continue;
		if (!has_field(p, known[i].key))
			add_field(p, fm, known[i].key, gettext(known[i].label),
				  known[i].words, known[i].list);
	}
}

/* Does it stand there as a list, on one line or on several? */
static bool
is_list(const char *text, const struct fieldspan *span)
{
	const char *value =
		memchr(text + span->from, ':', span->to - span->from);

	if (!value)
		return false;
	value++;
	value += strspn(value, " ");
	return *value == '[' || *value == '\n';
}

/* Whatever else is there; moving keeps `aliassen`, the folder says `type`. */
static void
add_others(struct properties *p, const struct frontmatter *fm, const char *text,
	   size_t len)
{
	struct fieldspans spans;

	(void)fieldspan_read(&spans, text, len, NULL);
	for (size_t i = 0; i < spans.n; i++) {
		const char *key = spans.items[i].key;

		if (strcmp(key, "type") == 0 || strcmp(key, "aliassen") == 0 ||
		    has_field(p, key))
			continue;
		add_field(p, fm, key, key, NULL,
			  is_list(text, &spans.items[i]));
	}
	fieldspan_release(&spans);
}

static void
take_page(void *ctx, const struct rpc_msg *m)
{
	struct properties *p = ctx;
	const json_t *text = json_object_get(m->result, "text");
	const char *kind =
		json_string_value(json_object_get(m->result, "kind"));
	const char *title =
		json_string_value(json_object_get(m->result, "title"));
	struct frontmatter *fm;

	if (m->kind == RPC_ERROR) {
		context_say_error(p->form.view.ctx, m);
		view_post(&p->form.view, request_of(REQUEST_BACK));
		return;
	}
	p->title = mem_strdup(title ? title : p->address);
	(void)frontmatter_parse(&fm, json_string_value(text),
				json_string_length(text), NULL);
	add_known(p, fm, kind ? kind : "");
	add_others(p, fm, json_string_value(text), json_string_length(text));
	frontmatter_free(fm);
	form_add_line(&p->form.form, NOTE, _("Why? May be left empty."), "",
		      NOTE_MAX, 0);
	form_view_begin(&p->form, _("Save"));
	p->loaded = true;
}

/* --- what was changed --- */

/* What the form holds now, as it is shown; `out` is replaced. */
static void
read_value(const struct properties *p, size_t i, struct buf *out)
{
	const struct field *f = p->fields.items[i];
	int id = FORM_FIELDS + (int)i;
	size_t chosen, k = 0;

	buf_reset(out);
	if (!f->words) {
		buf_str(out, form_text(&p->form.form, id));
		return;
	}
	chosen = form_chosen(&p->form.form, id);
	while (f->words[k] && strcmp(f->words[k], f->was) != 0)
		k++;
	if (!f->words[k] && chosen == 0) /* the one that is none of ours */
		buf_str(out, f->was);
	else
		buf_str(out, f->words[chosen - !f->words[k]]);
}

static void
collect_changes(const struct properties *p, struct buf *out)
{
	struct buf value = BUF_INIT;

	for (size_t i = 0; i < p->fields.len; i++) {
		const struct field *f = p->fields.items[i];

		read_value(p, i, &value);
		if (strcmp(value.ptr, f->was) == 0)
			continue;
		if (out->len)
			buf_char(out, '\n');
		if (f->list && value.len)
			buf_printf(out, "%s=[%s]", f->key, value.ptr);
		else
			buf_printf(out, "%s=%s", f->key, value.ptr);
	}
	buf_release(&value);
}

static void
take_saved(void *ctx, const struct rpc_msg *m)
{
	struct properties *p = ctx;
	struct request r = request_of(REQUEST_SAVED);
	struct buf line = BUF_INIT;

	if (m->kind == RPC_ERROR) {
		form_view_fail(&p->form, m);
		return;
	}
	sentence_saved(&line, m->result);
	buf_printf(&line, " %s", _("u takes it back."));
	wayback_add_version(p->form.view.ctx, p->address, m->result);
	r.text = buf_take(&line);
	view_post(&p->form.view, r);
}

static void
send(struct properties *p)
{
	struct buf fields = BUF_INIT;

	collect_changes(p, &fields);
	if (fields.len)
		form_view_send(&p->form, "page.set",
			       json_pack("{s:s, s:s, s:s}", "address",
					 p->address, "fields", fields.ptr,
					 "note",
					 form_text(&p->form.form, NOTE)),
			       take_saved);
	else
		context_say(p->form.view.ctx, "%s",
			    _("Nothing was changed. No new version was made."));
	buf_release(&fields);
}

/* --- the view --- */

static void
fill_head(const struct view *v, struct head *h)
{
	const struct properties *p = const_properties(v);

	buf_printf(&h->title, _("Properties: %s"),
		   p->title ? p->title : p->address);
	buf_str(&h->place, p->address);
}

static bool
is_ready(const struct view *v)
{
	return const_properties(v)->loaded;
}

static void
recalc(struct view *v, int rows, int cols)
{
	if (properties_of(v)->loaded)
		form_view_recalc(v, rows, cols);
}

static void
paint(const struct view *v, struct canvas *c, int top, int rows)
{
	canvas_cursor(c, top, 0);
	if (const_properties(v)->loaded)
		form_view_paint(v, c, top, rows);
}

static bool
take_key(struct view *v, const struct key *k, struct request *r)
{
	return properties_of(v)->loaded && form_view_key(v, k, r);
}

static struct request
run(struct view *v, enum command cmd, const char *text)
{
	struct properties *p = properties_of(v);
	struct request r;
	bool now;

	(void)text;
	if (!p->loaded)
		return request_of(cmd == CMD_CLOSE ? REQUEST_BACK
						   : REQUEST_NONE);
	r = form_view_run(&p->form, cmd, &now);
	if (now)
		send(p);
	return r;
}

static void
tell_where(const struct view *v, struct buf *out)
{
	if (const_properties(v)->loaded)
		form_view_where(v, out);
}

static void
destroy(struct view *v)
{
	struct properties *p = properties_of(v);

	form_view_release(&p->form);
	vec_release(&p->fields, free_field);
	free(p->address);
	free(p->title);
	free(p);
}

static const struct view_ops ops = {
	.place = PLACE_FORM,
	.is_ready = is_ready,
	.head = fill_head,
	.recalc = recalc,
	.paint = paint,
	.has_more = form_view_has_more,
	.key = take_key,
	.run = run,
	.bar = form_view_bar,
	.where = tell_where,
	.tell = form_view_tell,
	.pick = form_view_pick,
	.is_dirty = form_view_is_dirty,
	.free = destroy,
};

struct view *
properties_view_new(struct context *c, const json_t *args)
{
	struct properties *p = mem_alloc(sizeof(*p));

	form_view_init(&p->form, c, &ops);
	p->address = mem_strdup(args_text(args, "address"));
	(void)link_call(c->link, "page.read",
			json_pack("{s:s}", "address", p->address), take_page,
			p);
	return &p->form.view;
}

/* nav_clash.c - see nav_clash.h. Three texts are read, then it opens. */
#include "nav_clash.h"

#include "plein/i18n.h"
#include "view/clash.h"

void
nav_clash_release(struct nav *n)
{
	for (int i = 0; i < NAV_TEXTS; i++) {
		json_decref(n->clash[i]);
		n->clash[i] = NULL;
	}
	json_decref(n->clashed);
	n->clashed = NULL;
}

/* What the person gave as reason, else that it is undone. */
static json_t *
tell_about(const struct nav *n)
{
	const char *note = args_text(n->clashed, "note");

	if (*note)
		return json_string(note);
	return json_sprintf(_("version %lld undone"),
			    (long long)json_integer_value(
				    json_object_get(n->clashed, "version")));
}

static json_t *
member(const struct nav *n, enum nav_text text, const char *key)
{
	return json_object_get(n->clash[text], key);
}

static struct merge_text
text_of(const struct nav *n, enum nav_text text)
{
	const json_t *s = member(n, text, "text");

	return (struct merge_text){ json_string_value(s),
				    json_string_length(s) };
}

/* The newest version may be another one than the one that clashed. */
static bool
has_places(const struct nav *n)
{
	const struct merge_text texts[DIFF3_N] = {
		[DIFF3_BASE] = text_of(n, NAV_UNDONE),
		[DIFF3_YOURS] = text_of(n, NAV_BEFORE),
		[DIFF3_SAVED] = text_of(n, NAV_SAVED),
	};
	struct clash clash;
	bool some;

	clash_init(&clash, texts);
	some = clash.places.len > 0;
	clash_release(&clash);
	return some;
}

static void
show_clash(struct nav *n)
{
	json_t *args = json_pack(
		"{s:b, s:O, s:O, s:O, s:O, s:O, s:O, s:O*, s:O, s:O, s:O, "
		"s:O, s:o}",
		"undo", 1, "address", member(n, NAV_SAVED, "address"), "title",
		member(n, NAV_SAVED, "title"), "base",
		member(n, NAV_UNDONE, "text"), "yours",
		member(n, NAV_BEFORE, "text"), "saved",
		member(n, NAV_SAVED, "text"), "version",
		member(n, NAV_SAVED, "version"), "commit",
		member(n, NAV_SAVED, "commit"), "handle",
		member(n, NAV_SAVED, "handle"), "time",
		member(n, NAV_SAVED, "time"), "note",
		member(n, NAV_SAVED, "note"), "draft_base",
		member(n, NAV_UNDONE, "version"), "about", tell_about(n));

	if (args)
		nav_perform(n, request_show(SCREEN_CONFLICT, args));
	nav_clash_release(n);
}

static void
take_text(struct nav *n, enum nav_text text, const struct rpc_msg *m)
{
	if (m->kind == RPC_ERROR) {
		context_say_error(&n->ctx, m);
		return;
	}
	json_decref(n->clash[text]);
	n->clash[text] = json_incref(m->result);
	for (int i = 0; i < NAV_TEXTS; i++)
		if (!n->clash[i])
			return;
	if (has_places(n))
		show_clash(n);
	else
		context_say(&n->ctx, "%s",
			    _("It was changed meanwhile. Try again."));
}

static void
take_undone(void *ctx, const struct rpc_msg *m)
{
	take_text(ctx, NAV_UNDONE, m);
}

static void
take_before(void *ctx, const struct rpc_msg *m)
{
	take_text(ctx, NAV_BEFORE, m);
}

static void
take_saved(void *ctx, const struct rpc_msg *m)
{
	take_text(ctx, NAV_SAVED, m);
}

static void
read_text(struct nav *n, json_int_t version, link_reply *reply)
{
	json_t *params = json_pack("{s:O}", "address",
				   json_object_get(n->clashed, "address"));

	if (version)
		(void)json_object_set_new(params, "version",
					  json_integer(version));
	(void)link_call(n->ctx.link, "page.read", params, reply, n);
}

void
nav_clash(struct nav *n, const json_t *params)
{
	json_int_t version =
		json_integer_value(json_object_get(params, "version"));

	nav_clash_release(n);
	n->clashed = json_copy((json_t *)params);
	context_say(&n->ctx, "%s",
		    _("This was changed later. Choose per place."));
	read_text(n, version, take_undone);
	read_text(n, version - 1, take_before);
	read_text(n, 0, take_saved);
}

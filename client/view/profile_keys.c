/* profile_keys.c - the keys of a profile: rows of its form, and what is done
 * with them. */
#include "view/profile_impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/sentence.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/utf8.h"

#define USED_AT 50 /* column where a row tells when the key was used */
#define KEY_BEGIN 7 /* letters of its fingerprint */

static const json_t *
key_at(const struct profile *p, size_t i)
{
	return json_array_get(json_object_get(p->data, "keys"), i);
}

json_int_t
profile_last_key(const struct profile *p, size_t *number)
{
	json_int_t last = 0;

	for (size_t i = 0; key_at(p, i); i++)
		if (args_number(key_at(p, i), "used") > last) {
			last = args_number(key_at(p, i), "used");
			*number = i + 1;
		}
	return last;
}

/* --- rows --- */

/* "ed25519 SHA256:Zk3vQ8x...9fQ" */
static void
name_key(const json_t *key, struct buf *out)
{
	buf_printf(out, "%s ", args_text(key, "kind"));
	sentence_key(out, args_text(key, "fingerprint"), KEY_BEGIN);
}

/* Its label, as much of it as there is room for, and blanks up to `col`. */
static void
add_label(struct buf *out, const char *label, int col)
{
	int used = utf8_width(out->ptr, out->len) + 2;
	int room = col - 2 - used;

	buf_str(out, "  ");
	if (utf8_width(label, strlen(label)) > room && room > 1)
		buf_printf(out, "%.*s…",
			   (int)utf8_fit(label, strlen(label), room - 1),
			   label);
	else
		buf_str(out, label);
	do
		buf_char(out, ' ');
	while (utf8_width(out->ptr, out->len) < col);
}

static void
add_used(const json_t *key, struct buf *out)
{
	if (!args_number(key, "used")) {
		buf_str(out, _("not used yet"));
		return;
	}
	buf_str(out, _("used: "));
	sentence_recently(out, args_number(key, "used"));
}

static void
add_row(struct form *f, const json_t *key, size_t i)
{
	struct buf text = BUF_INIT, help = BUF_INIT;

	buf_printf(&text, "%zu ", i + 1);
	name_key(key, &text);
	add_label(&text, args_text(key, "label"), USED_AT);
	add_used(key, &text);
	buf_printf(&help, _("Key %zu: Enter to name it or take it away."),
		   i + 1);
	form_add_row(f, PROFILE_KEYS + (int)i, text.ptr);
	form_explain(f, help.ptr);
	buf_release(&text);
	buf_release(&help);
}

void
profile_add_keys(struct profile *p)
{
	struct form *f = &p->form.form;

	form_say(f, _("Keys and signing in"));
	form_part(f);
	for (size_t i = 0; key_at(p, i); i++)
		add_row(f, key_at(p, i), i);
	form_add_button(f, PROFILE_ADD, _("Add a key"));
	form_add_button(f, PROFILE_PASSWORD, _("Password"));
	form_join(f);
}

/* --- asking --- */

/* The row's: which, and since when. */
static struct request
ask_what(const json_t *key, size_t i)
{
	struct request r = request_of(REQUEST_ASK);
	const char *print = args_text(key, "fingerprint");
	struct buf line = BUF_INIT, about = BUF_INIT;

	buf_printf(&line, _("Question: what about key %zu?"), i + 1);
	name_key(key, &about);
	buf_printf(&about, " %s\n", args_text(key, "label"));
	buf_str(&about, _("Added on "));
	sentence_year(&about, args_number(key, "added"));
	buf_str(&about, ", ");
	add_used(key, &about);
	buf_char(&about, '.');
	r.question = question_new(line.ptr, about.ptr);
	question_add(r.question, _("Nothing, back"), CMD_N, NULL);
	question_add(r.question, _("Give it a name"), CMD_KEY_NAME, print);
	question_add(r.question, _("Take it away"), CMD_KEY_REMOVE, print);
	buf_release(&line);
	buf_release(&about);
	return r;
}

static struct request
ask_for(const char *what, enum command cmd)
{
	struct request r = request_text(REQUEST_FIELD, what);

	r.command = cmd;
	return r;
}

struct request
profile_press_key(const struct profile *p)
{
	int id = form_focus(&p->form.form);

	if (id == PROFILE_ADD)
		return ask_for(
			_("Paste your public key, or several. Each begins "
			  "with ssh- or ecdsa-."),
			CMD_KEY_ADD);
	return ask_what(key_at(p, (size_t)(id - PROFILE_KEYS)),
			(size_t)(id - PROFILE_KEYS));
}

static struct request
ask_remove(const char *print)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(
		_("Question: take this key away?"),
		_("From your next sign-in on it opens nothing any more. Who is "
		  "signed in with it now stays so until they leave. You can "
		  "add "
		  "the key again."));
	question_add(r.question, _("No"), CMD_N, NULL);
	question_add(r.question, _("Yes, take it away"), CMD_KEY_REMOVE_NOW,
		     print);
	return r;
}

/* --- doing --- */

static void
take_added(void *ctx, const struct rpc_msg *m)
{
	(void)profile_take(ctx, m, _("Added. You can sign in with it now."));
}

static void
take_named(void *ctx, const struct rpc_msg *m)
{
	(void)profile_take(ctx, m, _("Saved."));
}

static void
take_removed(void *ctx, const struct rpc_msg *m)
{
	(void)profile_take(ctx, m,
			   _("Taken away. It opens nothing any more from the "
			     "next sign-in on."));
}

/* Does a public key begin here, behind a blank? */
static bool
is_key(const char *s)
{
	size_t len = strcspn(s, " ");

	return (strncmp(s, "ssh-", 4) == 0 || strncmp(s, "sk-", 3) == 0 ||
		strncmp(s, "ecdsa-", 6) == 0) &&
	       strncmp(s + len, " AAAA", 5) == 0;
}

/* What was pasted became one line; each key is one again. */
static void
add_keys(struct profile *p, const char *text)
{
	struct buf lines = BUF_INIT;

	for (const char *s = text; *s; s++)
		buf_char(&lines, *s == ' ' && is_key(s + 1) ? '\n' : *s);
	(void)link_call(p->form.view.ctx->link, "key.add",
			json_pack("{s:s}", "keys", lines.ptr), take_added, p);
	buf_release(&lines);
}

static void
name_it(struct profile *p, const char *label)
{
	(void)link_call(
		p->form.view.ctx->link, "key.rename",
		json_pack("{s:s, s:s}", "fingerprint", p->key, "label", label),
		take_named, p);
}

bool
profile_run_key(struct profile *p, enum command cmd, const char *text,
		struct request *r)
{
	switch ((int)cmd) {
	case CMD_KEY_ADD:
		add_keys(p, text);
		return true;
	case CMD_KEY_NAME:
		free(p->key);
		p->key = mem_strdup(text);
		*r = ask_for(_("How do you call this key? At most 40 "
			       "characters."),
			     CMD_KEY_NAMED);
		return true;
	case CMD_KEY_NAMED:
		name_it(p, text);
		return true;
	case CMD_KEY_REMOVE:
		*r = ask_remove(text);
		return true;
	case CMD_KEY_REMOVE_NOW:
		(void)link_call(p->form.view.ctx->link, "key.remove",
				json_pack("{s:s}", "fingerprint", text),
				take_removed, p);
		return true;
	default:
		return false;
	}
}

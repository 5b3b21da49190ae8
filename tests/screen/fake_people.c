/* fake_people.c - drafts, marks, news and busy colleagues: see fake_wiki.h. */
#include "fake_impl.h"

#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

/* Of words with "qq" in them nobody knows what they mean, but for one. */
struct reply
fake_spell_check(struct fake *f, const json_t *params)
{
	const char *words = param(params, "words");
	json_t *unknown = json_array();

	(void)f;
	while (*words) {
		size_t len = strcspn(words, "\n");

		if (memmem(words, len, "qq", 2))
			(void)json_array_append_new(unknown,
						    json_stringn(words, len));
		words += len + (words[len] == '\n');
	}
	return answer(json_pack("{s:o}", "unknown", unknown));
}

struct reply
fake_spell_suggest(struct fake *f, const json_t *params)
{
	(void)f;
	if (strcmp(param(params, "word"), "gemeenqqte") == 0)
		return answer(json_pack("{s:[s, s]}", "words", "gemeente",
					"gemeenten"));
	return answer(json_pack("{s:[]}", "words"));
}

void
fake_free_draft(void *item)
{
	struct fake_draft *d = item;

	free(d->address);
	free(d->text);
	free(d->note);
	free(d);
}

static struct fake_draft *
find_draft(const struct fake *f, const char *address)
{
	for (size_t i = 0; i < f->drafts.len; i++) {
		struct fake_draft *d = f->drafts.items[i];

		if (strcmp(d->address, address) == 0)
			return d;
	}
	return NULL;
}

bool
fake_drop_draft(struct fake *f, const char *address)
{
	for (size_t i = 0; i < f->drafts.len; i++) {
		struct fake_draft *d = f->drafts.items[i];

		if (strcmp(d->address, address) != 0)
			continue;
		fake_free_draft(vec_remove(&f->drafts, i));
		return true;
	}
	return false;
}

static void
add_draft(struct fake *f, const json_t *params)
{
	const char *address = param(params, "address");
	struct fake_draft *d = mem_alloc(sizeof(*d));

	(void)fake_drop_draft(f, address);
	d->address = mem_strdup(address);
	d->text = mem_strdup(param(params, "text"));
	d->note = mem_strdup(param(params, "note"));
	d->base = json_integer_value(json_object_get(params, "base"));
	vec_insert(&f->drafts, 0, d);
}

static json_t *
describe_draft(struct fake *f, const struct fake_draft *d)
{
	const struct fake_page *p = fake_find_page(f, d->address);
	const char *title = p ? p->info.title : fake_talk_title(f, d->address);

	return json_pack("{s:s, s:s?, s:I, s:i}", "address", d->address,
			 "title", title, "base", d->base, "time", WHEN);
}

struct reply
fake_draft_put(struct fake *f, const json_t *params)
{
	if (strstr(param(params, "text"), "[vol]"))
		return refuse(PLEIN_ENOSPACE);
	add_draft(f, params);
	return answer(json_object());
}

struct reply
fake_draft_list(struct fake *f, const json_t *params)
{
	json_t *rows = json_array();

	(void)params;
	for (size_t i = 0; i < f->drafts.len; i++)
		json_array_append_new(rows,
				      describe_draft(f, f->drafts.items[i]));
	return answer(json_pack("{s:o}", "rows", rows));
}

struct reply
fake_draft_read(struct fake *f, const json_t *params)
{
	const struct fake_draft *d = find_draft(f, param(params, "address"));
	json_t *result;

	if (!d)
		return refuse(PLEIN_ENOTFOUND);
	result = describe_draft(f, d);
	json_object_set_new(result, "text", json_string(d->text));
	json_object_set_new(result, "note",
			    *d->note ? json_string(d->note) : json_null());
	return answer(result);
}

struct reply
fake_draft_drop(struct fake *f, const json_t *params)
{
	if (!fake_drop_draft(f, param(params, "address")))
		return refuse(PLEIN_ENOTFOUND);
	return answer(json_object());
}

struct reply
fake_take_note(struct fake *f, const json_t *params)
{
	(void)f;
	(void)params;
	return answer(json_object());
}

/* What is asked to be put back is where counting began before. */
struct reply
fake_mark_all(struct fake *f, const json_t *params)
{
	f->all_read = !json_object_get(params, "since");
	return answer(json_pack("{s:i, s:s}", "since", WHEN, "head", ""));
}

static void
add_news(struct fake *f, json_t *rows, const char *address, int from,
	 int version)
{
	const struct fake_page *p = fake_find_page(f, address);

	(void)json_array_append_new(
		rows,
		json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:s, s:i, s:s}",
			  "address", address, "title", p->info.title, "kind",
			  p->info.kind, "state", from ? "changed" : "new",
			  "version", version ? version : p->version, "from",
			  from, "seen", 0, "handle", "griffie.waterdam", "time",
			  WHEN, "note", "een\ttab"));
}

static void
add_said(json_t *rows, const char *what, const char *concern, int remarks)
{
	(void)json_array_append_new(
		rows,
		json_pack("{s:s, s:s, s:b, s:s, s:s, s:s, s:s, s:s, s:s, s:i, "
			  "s:s, s:i}",
			  "what", what, "concern", concern, "unread", 1,
			  "thread", "3f2a9c01b7de", "address",
			  "themas/common-ground", "title", "Wat nu?", "page",
			  "Common Ground", "remark",
			  "20250317T100000Z-griffie.waterdam-3f2a9c01b7de",
			  "handle", "griffie.waterdam", "time", WHEN, "text",
			  "Weet @lezer\ndat?", "remarks", remarks));
}

/* Something of each kind for who only reads. */
static void
add_all(struct fake *f, json_t *rows)
{
	add_said(rows, "mention", "me", 1);
	add_said(rows, "reply", "me", 1);
	add_said(rows, "remark", "followed", 3);
	add_news(f, rows, "themas/digitale-toegang", 1, 0);
	add_said(rows, "thread", "other", 2);
}

#define ROUND_ENDS 1774000000 /* 20 March 2026 */

/* One of each kind, where there are discussions, for who can do them. */
static json_t *
make_asked(const struct fake *f)
{
	if (strcmp(f->role, "bijdrager") != 0 || !getenv("FAKE_TALK"))
		return json_array();
	return json_pack("[{s:s, s:s, s:i, s:s, s:s, s:s, s:i, s:s, s:i, s:i},"
			 " {s:s, s:s, s:s, s:s, s:s, s:s},"
			 " {s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}]",
			 "what", "round", "concern", "me", "round", 7, "title",
			 "Waarden van Common Ground", "address",
			 "themas/common-ground", "page", "Common Ground",
			 "step", 1, "text", "Welke waarden raakt dit?", "steps",
			 2, "until", ROUND_ENDS, "what", "review", "concern",
			 "me", "address", "besluiten/2021-02-12-resolutie",
			 "title", "Resolutie Digitale Veiligheid", "body",
			 "De commissie", "due", "2026-02-01", "what", "action",
			 "concern", "me", "address",
			 "vergaderingen/2026/2026-03-19-commissie", "title",
			 "Commissie Informatiesamenleving", "number", "a1",
			 "kind", "actie", "text", "Voorbeelden verzamelen",
			 "owner", "secretaris", "due", "2026-03-01");
}

static bool
is_asked(const json_t *row, const json_t *params)
{
	const char *only = param(params, "only"), *by = param(params, "handle");
	const char *folder = param(params, "folder");
	bool said = *param(row, "thread") != '\0';

	return json_integer_value(json_object_get(row, "time")) >=
		       json_integer_value(json_object_get(params, "since")) &&
	       (!*only || said == (strcmp(only, "said") == 0)) &&
	       (!*by || strcmp(param(row, "handle"), by) == 0) &&
	       strncmp(param(row, "address"), folder, strlen(folder)) == 0;
}

static void
narrow_news(json_t *rows, const json_t *params)
{
	for (size_t i = json_array_size(rows); i-- > 0;)
		if (!is_asked(json_array_get(rows, i), params))
			(void)json_array_remove(rows, i);
}

struct reply
fake_news_list(struct fake *f, const json_t *params)
{
	json_t *rows = json_array(), *result;

	if (strcmp(f->role, "lezer") == 0 && !f->all_read &&
	    json_is_true(json_object_get(params, "said")))
		add_all(f, rows);
	if (strcmp(f->role, "redacteur") == 0 && !f->all_read) {
		add_news(f, rows, "themas/common-ground", 0, 0);
		add_news(f, rows, "hoofdonderwerpen/publieke-waarden", 6, 0);
	}
	if (strcmp(f->role, "beheerder") == 0 && !f->all_read)
		add_news(f, rows, "themas/common-ground", 11, 14);
	narrow_news(rows, params);
	result = json_pack("{s:o, s:i, s:b}", "rows", rows, "since", WHEN,
			   "more", 0);
	if (json_is_true(json_object_get(params, "said")))
		(void)json_object_set_new(result, "asked", make_asked(f));
	return answer(result);
}

static void
add_person(json_t *rows, const json_t *params, const char *handle,
	   const char *address)
{
	const char *only = param(params, "address");
	bool writing = address && strcmp(address, "themas/common-ground") == 0;

	if (*only && (!address || strcmp(only, address) != 0))
		return;
	json_array_append_new(rows,
			      json_pack("{s:s, s:s, s:s?, s:b, s:s?}", "handle",
					handle, "name", "Gert Griffie",
					"address", address, "writing", writing,
					"under", writing ? "Bronnen" : NULL));
}

/* Two people, one of them in two windows, where a lezer is signed in; and who
 * comes in once the first was put down as present at a meeting. */
struct reply
fake_presence_list(struct fake *f, const json_t *params)
{
	json_t *rows = json_array();

	if (strcmp(f->role, "lezer") == 0) {
		add_person(rows, params, "griffie.waterdam",
			   "themas/common-ground");
		add_person(rows, params, "ciso.veenhoek",
			   "hoofdonderwerpen/publieke-waarden");
		add_person(rows, params, "griffie.waterdam", NULL);
	}
	if (f->attended)
		add_person(rows, params, "raadslid.veenhoek", NULL);
	return answer(json_pack("{s:o}", "rows", rows));
}

static void
send_event(struct fake *f, const char *address, const char *handle)
{
	const struct fake_page *p = fake_find_page(f, address);
	struct buf out = BUF_INIT;

	rpc_notify(&out, "event.page",
		   json_pack("{s:s, s:i, s:s, s:s}", "address", address,
			     "version", p->version + 1, "handle", handle,
			     "action", "changed"));
	rpc_notify(&out, "event.tree", json_object());
	(void)wire_send(&f->wire, out.ptr, out.len, NULL);
	buf_release(&out);
}

struct said {
	const char *handle, *answers, *mention;
	bool again; /* it mentioned them before */
};

static void
send_remarks(struct fake *f, const char *action, const struct said *table,
	     size_t n)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		rpc_notify(&out, "event.remark",
			   json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:[s],"
				     " s:[s*]}",
				     "address", "themas/common-ground",
				     "thread", "3f2a9c01b7de", "remark", "x",
				     "handle", table[i].handle, "action",
				     action, "answers", table[i].answers,
				     "mentions", table[i].mention, "named",
				     table[i].again ? NULL : table[i].mention));
	(void)wire_send(&f->wire, out.ptr, out.len, NULL);
	buf_release(&out);
}

#define N(table) (sizeof(table) / sizeof(table[0]))

/* Of what somebody says and what they change only the first is for who is
 * there. */
static void
be_mentioned(struct fake *f, const char *address)
{
	static const struct said said[] = {
		{ "griffie.waterdam", "ciso.veenhoek", "beleid.duinstad", 0 },
		{ "beleid.duinstad", "beleid.duinstad", "beleid.duinstad", 0 },
		{ "griffie.waterdam", "ciso.veenhoek", "ciso.veenhoek", 0 },
	};
	static const struct said changed[] = {
		{ "ciso.veenhoek", "griffie.waterdam", "beleid.duinstad", 0 },
		{ "griffie.waterdam", "beleid.duinstad", "beleid.duinstad", 1 },
		{ "beleid.duinstad", "beleid.duinstad", "beleid.duinstad", 0 },
	};

	if (strcmp(address, "hoofdonderwerpen/publieke-waarden") == 0)
		send_remarks(f, "said", said, N(said));
	if (strcmp(address, "doelstellingen/duiden-en-reflecteren") == 0)
		send_remarks(f, "changed", changed, N(changed));
}

static void
send_writing(struct fake *f, const char *address, const char *handle)
{
	struct buf out = BUF_INIT;

	rpc_notify(&out, "event.writing",
		   json_pack("{s:s, s:s, s:n, s:s}", "address", address,
			     "handle", handle, "name", "under", "Bronnen"));
	(void)wire_send(&f->wire, out.ptr, out.len, NULL);
	buf_release(&out);
}

void
fake_be_busy(struct fake *f, const struct rpc_msg *m)
{
	static const char question[] = "vraagstukken/digitale-soevereiniteit";
	static const char decision[] = "besluiten/2021-02-12-resolutie";
	const char *address = param(m->params, "address");

	fake_decide(f, m);
	if (strcmp(m->method, "presence.set") == 0 &&
	    strcmp(address, "themas/digitale-toegang") == 0 &&
	    strcmp(f->role, "lezer") == 0)
		send_writing(f, address, "griffie.waterdam");
	/* only who says to show it hears of it */
	if (strcmp(m->method, "events.subscribe") == 0 &&
	    strcmp(param(m->params, "pages"), question) == 0)
		send_event(f, question, "griffie.waterdam");
	if (strcmp(m->method, "page.read") == 0 &&
	    strcmp(f->role, "lezer") == 0)
		be_mentioned(f, address);
	if (strcmp(m->method, "draft.read") != 0 ||
	    strcmp(address, decision) != 0)
		return;
	send_event(f, decision, "ciso.veenhoek");
	send_event(f, decision, "beleid.duinstad"); /* ourselves */
	send_event(f, decision, "griffie.waterdam");
}

void
fake_leave_draft(struct fake *f)
{
	struct fake_page *p = fake_find_page(f, "themas/digitale-toegang");
	struct buf text = BUF_INIT;
	json_t *params;

	buf_add(&text, p->text.ptr, p->text.len);
	buf_str(&text, "\nEen zin uit het klad.\n");
	params = json_pack("{s:s, s:s, s:i}", "address", p->info.address,
			   "text", text.ptr, "base", p->version++);
	add_draft(f, params);
	json_decref(params);
	fake_find_page(f, "hoofdonderwerpen/publieke-waarden")->version = 7;
	buf_release(&text);
}

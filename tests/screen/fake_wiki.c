/* fake_wiki.c - see fake_wiki.h. */
#include "fake_wiki.h"
#include "fake_impl.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <signal.h>
#include <cmocka.h>

#include "plein/agenda.h"
#include "plein/control.h"
#include "plein/fs.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/page.h"
#include "plein/path.h"
#include "plein/policy.h"
#include "plein/rpc.h"
#include "plein/wire.h"

#define PAGES "tests/screen/wiki"
#define STARTER "repo-template" /* where answers are told */
#define LATER "tests/screen/mockups/wiki" /* and what was written since */
#define PART_ROWS 3 /* of one answer */
#define QUEUE ((size_t)8 << 20)

static void
free_page(void *item)
{
	struct fake_page *p = item;

	page_info_release(&p->info);
	buf_release(&p->text);
	buf_release(&p->before);
	free(p);
}

/* Or add it, where there is none at its address. */
static void
replace_page(struct fake *f, struct fake_page *p)
{
	for (size_t i = 0; i < f->pages.len; i++) {
		struct fake_page *there = f->pages.items[i];

		if (strcmp(there->info.address, p->info.address) != 0)
			continue;
		free_page(there);
		f->pages.items[i] = p;
		return;
	}
	vec_push(&f->pages, p);
}

static void
add_page(struct fake *f, int dir, const char *path)
{
	struct fake_page *p = mem_alloc(sizeof(*p));
	struct buf address = BUF_INIT;

	buf_init(&p->text);
	buf_init(&p->before);
	if (fs_read_at(dir, path, &p->text, PAGE_MAX, NULL) < 0)
		_exit(2);
	path_to_address(path, &address);
	page_info_init(&p->info);
	page_info_read(&p->info, address.ptr, p->text.ptr, p->text.len);
	p->version = 1;
	replace_page(f, p);
	buf_release(&address);
}

static void
add_folder(struct fake *f, int dir, const char *folder)
{
	struct vec names = VEC_INIT;
	struct buf path = BUF_INIT;

	if (fs_list_at(dir, folder, &names, NULL) < 0)
		return;
	for (size_t i = 0; i < names.len; i++) {
		buf_reset(&path);
		buf_printf(&path, "%s/%s", folder, (char *)names.items[i]);
		add_page(f, dir, path.ptr);
	}
	vec_release(&names, free);
	buf_release(&path);
}

static void
read_pages(struct fake *f, const char *root)
{
	int dir = fs_open_dir(root, NULL);

	if (dir < 0)
		_exit(2);
	if (faccessat(dir, "index.md", R_OK, 0) == 0)
		add_page(f, dir, "index.md");
	for (size_t i = 0; path_folders[i]; i++)
		add_folder(f, dir, path_folders[i]);
	(void)close(dir);
}

struct fake_page *
fake_find_page(struct fake *f, const char *name)
{
	for (size_t i = 0; i < f->pages.len; i++) {
		struct fake_page *p = f->pages.items[i];

		if (strcmp(p->info.address, name) == 0 ||
		    strcasecmp(p->info.title, name) == 0)
			return p;
		for (size_t j = 0; j < p->info.aliases.len; j++)
			if (strcmp(p->info.aliases.items[j], name) == 0)
				return p;
	}
	return NULL;
}

/* --- methods --- */

/* In parts of a few rows, so that every test asks for the next. */
static struct reply
answer_part(json_t *rows_take, const json_t *params)
{
	size_t at = strtoul(param(params, "after"), NULL, 10), i;
	json_t *part = json_array(), *result;
	char next[16];

	for (i = at; i < json_array_size(rows_take) && i < at + PART_ROWS; i++)
		json_array_append(part, json_array_get(rows_take, i));
	(void)snprintf(next, sizeof(next), "%zu", i);
	result = json_pack("{s:o, s:s*}", "rows", part, "next",
			   i < json_array_size(rows_take) ? next : NULL);
	json_decref(rows_take);
	return answer(result);
}

static struct reply
agenda_tree(struct fake *f, const json_t *params)
{
	struct vec infos = VEC_INIT;
	struct agenda a;
	json_t *rows = json_array();

	if (json_object_get(params, "at") && !f->past && !f->told) {
		json_decref(rows);
		return refuse(PLEIN_ENOTFOUND);
	}
	for (size_t i = 0; i < f->pages.len; i++)
		vec_push(&infos,
			 &((struct fake_page *)f->pages.items[i])->info);
	agenda_build(&a, &infos);
	for (size_t i = 0; i < a.n_rows; i++) {
		const struct page_info *p = a.rows[i].page;

		json_array_append_new(
			rows,
			json_pack("{s:s?, s:s?, s:s?, s:s?, s:s?, s:i, s:i}",
				  "address", p ? p->address : NULL, "title",
				  p ? p->title : NULL, "kind",
				  p ? p->kind : NULL, "status",
				  p ? p->status : NULL, "state",
				  p ? p->state : NULL, "depth", a.rows[i].depth,
				  "below", (int)a.rows[i].n_below));
	}
	agenda_release(&a);
	vec_release(&infos, NULL);
	return answer_part(rows, params);
}

static struct reply
page_list(struct fake *f, const json_t *params)
{
	const char *folder = param(params, "folder");
	json_t *rows = json_array();

	for (size_t i = 0; i < f->pages.len; i++) {
		const struct fake_page *p = f->pages.items[i];

		if (strncmp(p->info.address, folder, strlen(folder)) != 0)
			continue;
		json_array_append_new(
			rows, json_pack("{s:s, s:s, s:s, s:s, s:s?, s:i}",
					"address", p->info.address, "title",
					p->info.title, "kind", p->info.kind,
					"status", p->info.status, "state",
					p->info.state, "version", p->version));
	}
	return answer_part(rows, params);
}

static struct reply
page_titles(struct fake *f, const json_t *params)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < f->pages.len; i++) {
		const struct fake_page *p = f->pages.items[i];

		json_array_append_new(rows, json_pack("{s:s, s:s}", "address",
						      p->info.address, "title",
						      p->info.title));
	}
	return answer_part(rows, params);
}

static struct reply
page_resolve(struct fake *f, const json_t *params)
{
	const char *name = param(params, "name");
	const struct fake_page *p = fake_find_page(f, name);

	if (!p)
		return refuse(PLEIN_ENOTFOUND);
	return answer(json_pack(
		"{s:s, s:b}", "address", p->info.address, "moved",
		strchr(name, '/') && strcmp(name, p->info.address) != 0));
}

static json_t *
place_of(struct fake *f, const struct fake_page *p)
{
	json_t *list = json_array();

	while (p && p->info.parents.len) {
		p = fake_find_page(f, p->info.parents.items[0]);
		if (p)
			json_array_insert_new(list, 0,
					      json_pack("{s:s, s:s}", "address",
							p->info.address,
							"title",
							p->info.title));
	}
	return list;
}

static json_t *
parents_of(struct fake *f, const struct fake_page *p)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->info.parents.len; i++) {
		const char *address = p->info.parents.items[i];
		const struct fake_page *above = fake_find_page(f, address);

		json_array_append_new(
			list,
			json_pack("{s:s, s:s?}", "address", address, "title",
				  above ? above->info.title : NULL));
	}
	return list;
}

static struct reply
page_read(struct fake *f, const json_t *params)
{
	const struct fake_page *p = fake_find_page(f, param(params, "address"));
	json_int_t version =
		json_integer_value(json_object_get(params, "version"));
	const struct buf *text;

	if (!p ||
	    (json_integer_value(json_object_get(params, "at")) > 0 &&
	     !(f->past && strcmp(p->info.address, "begrippen/leeg") == 0)))
		return refuse(PLEIN_ENOTFOUND);
	text = fake_text_of(p, version);
	return answer(json_pack(
		"{s:s, s:s, s:s, s:s, s:s?, s:i, s:s, s:s, s:i, s:s, s:s%, "
		"s:o, s:o, s:b}",
		"address", p->info.address, "title", p->info.title, "kind",
		p->info.kind, "status", p->info.status, "state", p->info.state,
		"version", p->version, "author", "Gert Griffie", "handle",
		"griffie.waterdam", "time", WHEN, "note",
		p->before.len ? "afspraken genoemd" : "", "text", text->ptr,
		text->len, "place", place_of(f, p), "parents", parents_of(f, p),
		"gone", 0));
}

static const struct {
	const char *name;
	struct reply (*run)(struct fake *f, const json_t *params);
} methods[] = {
	{ "agenda.tree", agenda_tree },
	{ "agenda.keep", fake_take_note },
	{ "page.list", page_list },
	{ "page.titles", page_titles },
	{ "page.resolve", page_resolve },
	{ "page.read", page_read },
	{ "page.history", fake_page_history },
	{ "page.log", fake_page_log },
	{ "story.read", fake_story },
	{ "page.save", fake_page_save },
	{ "page.create", fake_page_create },
	{ "page.set", fake_page_set },
	{ "search.pages", fake_search_pages },
	{ "page.backlinks", fake_page_backlinks },
	{ "file.list", fake_file_list },
	{ "file.get", fake_file_get },
	{ "changes.list", fake_changes_list },
	{ "page.diff", fake_page_diff },
	{ "page.blame", fake_page_blame },
	{ "page.rename", fake_page_rename },
	{ "page.delete", fake_page_delete },
	{ "page.restore", fake_page_restore },
	{ "page.revert", fake_page_revert },
	{ "page.undo", fake_page_undo },
	{ "thread.list", fake_thread_list },
	{ "thread.read", fake_thread_read },
	{ "remark.log", fake_remark_log },
	{ "thread.start", fake_thread_start },
	{ "remark.add", fake_remark_add },
	{ "remark.edit", fake_remark_edit },
	{ "remark.withdraw", fake_remark_withdraw },
	{ "remark.restore", fake_remark_restore },
	{ "thread.resolve", fake_thread_resolve },
	{ "thread.reopen", fake_thread_reopen },
	{ "thread.move", fake_thread_move },
	{ "thread.split", fake_thread_split },
	{ "thread.join", fake_thread_join },
	{ "follow.set", fake_follow_set },
	{ "thread.seen", fake_note_read },
	{ "unread.count", fake_unread_count },
	{ "profile.get", fake_profile_get },
	{ "profile.set", fake_profile_set },
	{ "password.set", fake_password_set },
	{ "password.clear", fake_password_clear },
	{ "key.add", fake_key_add },
	{ "key.rename", fake_key_rename },
	{ "key.remove", fake_key_remove },
	{ "register.status", fake_register_status },
	{ "register.submit", fake_register_submit },
	{ "register.change", fake_register_change },
	{ "register.invite", fake_register_invite },
	{ "register.withdraw", fake_register_withdraw },
	{ "spell.check", fake_spell_check },
	{ "spell.suggest", fake_spell_suggest },
	{ "draft.put", fake_draft_put },
	{ "draft.list", fake_draft_list },
	{ "draft.read", fake_draft_read },
	{ "draft.drop", fake_draft_drop },
	{ "mark.read", fake_note_read },
	{ "mark.visit", fake_take_note },
	{ "mark.all", fake_mark_all },
	{ "news.list", fake_news_list },
	{ "events.subscribe", fake_take_note },
	{ "presence.set", fake_take_note },
	{ "presence.list", fake_presence_list },
};

/* --- the stream --- */

static void
send_stream(struct fake *f)
{
	static const char notice[] = "{\"op\":\"wiki\"}";
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		_exit(2);
	/* A command that needs no wiki may have ended already. */
	if (passfd_send(f->control, notice, strlen(notice), &pair[1], 1, NULL) <
	    0)
		_exit(0);
	(void)close(pair[1]);
	wire_init(&f->wire, pair[0], pair[0], RPC_LINE_MAX, QUEUE);
}

/* What the wiki would refuse, and write down that it did. Here a search makes
 * somebody another (fake_search_pages()), and one more may be under way. */
static bool
is_refused(const struct fake *f, const char *method)
{
	enum role role = role_of(f->role);

	if (policy_allows(role, RIGHT_READ))
		return role == ROLE_GAST && strcmp(method, "mark.visit") == 0;
	return strcmp(method, "search.pages") != 0 &&
	       strncmp(method, "session.", strlen("session.")) != 0 &&
	       strncmp(method, "register.", strlen("register.")) != 0;
}

/* What is asked again after a break must not be written twice. */
static bool
lacks_request(const struct rpc_msg *m)
{
	static const char *const writes[] = { "page.delete", "page.restore",
					      "page.rename" };

	for (size_t i = 0; i < sizeof(writes) / sizeof(writes[0]); i++)
		if (strcmp(m->method, writes[i]) == 0)
			return !*param(m->params, "request");
	return false;
}

static struct reply
call(struct fake *f, const struct rpc_msg *m)
{
	struct reply r;

	if (is_refused(f, m->method) || lacks_request(m))
		_exit(2);
	if (fake_tell(f, m->method, m->params, &r) ||
	    fake_recall(f, m->method, m->params, &r) ||
	    fake_chain(f, m->method, m->params, &r) ||
	    (!fake_is_own(m->method, m->params) &&
	     fake_office(f, m->method, m->params, &r)))
		return r;
	if (fake_session(f, m->method, &r) ||
	    fake_round(f, m->method, m->params, &r) ||
	    fake_account(f, m->method, m->params, &r)) {
		fake_tell_more(f, m->method, m->params, &r);
		return r;
	}
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		if (strcmp(methods[i].name, m->method) != 0)
			continue;
		r = methods[i].run(f, m->params);
		fake_tell_more(f, m->method, m->params, &r);
		return r;
	}
	return refuse(RPC_NO_METHOD);
}

/* The stream breaks in or behind a save; a fresh one may follow. */
static void
break_stream(struct fake *f, const struct rpc_msg *m)
{
	const char *note = param(m->params, "note");

	wire_release(&f->wire);
	if (strcmp(note, "die") == 0 || strcmp(note, "doubt") == 0)
		send_stream(f);
}

static void
handle(struct fake *f, const char *line, size_t len)
{
	struct buf out = BUF_INIT;
	struct rpc_msg m;
	struct reply r;
	int code;

	if (rpc_parse(&m, line, len, &code, NULL) < 0 || m.kind != RPC_REQUEST)
		_exit(2);
	r = call(f, &m);
	if (r.result)
		fake_count_unread(f, m.method, &r);
	if (r.result)
		fake_change_mood(f->mood, m.method, r.result);
	if (r.code == PLEIN_ECLOSED) {
		break_stream(f, &m);
	} else {
		if (r.code)
			rpc_error(&out, m.id, r.code, "no", r.args);
		else
			rpc_result(&out, m.id, r.result);
		(void)wire_send(&f->wire, out.ptr, out.len, NULL);
		fake_be_busy(f, &m);
		if (r.code == PLEIN_EUNKNOWN &&
		    strcmp(param(m.params, "note"), "doubt") == 0 &&
		    wire_flush(&f->wire, NULL) == 0)
			break_stream(f, &m);
	}
	buf_release(&out);
	rpc_msg_release(&m);
}

/* Until the client is gone, which the control socket tells. */
static void
serve(struct fake *f)
{
	for (;;) {
		struct pollfd fds[2] = { { f->control, POLLIN, 0 },
					 { f->wire.in, POLLIN, 0 } };
		size_t len;
		int broken;
		char *line;

		if (wire_wants_write(&f->wire))
			fds[1].events |= POLLOUT;
		if (poll(fds, 2, -1) < 0 || fds[0].revents)
			return;
		if (f->wire.in < 0)
			continue;
		(void)wire_read(&f->wire, NULL);
		while (f->wire.in >= 0 &&
		       (line = wire_line(&f->wire, &len, &broken)))
			handle(f, line, len);
		if (f->wire.in >= 0 && wire_flush(&f->wire, NULL) < 0)
			return;
	}
}

static void
begin(struct fake *f)
{
	fake_enter(f);
	fake_apply_before(f);
	if (f->told) {
		read_pages(f, STARTER);
		read_pages(f, LATER);
		return;
	}
	read_pages(f, PAGES);
	if (strcmp(f->role, "redacteur") == 0)
		fake_leave_draft(f);
	if (f->old || strcmp(f->role, "beheerder") == 0)
		fake_remember(f);
}

static _Noreturn void
run_child(struct fake f)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGPIPE, SIG_IGN);
	begin(&f);
	send_stream(&f);
	serve(&f);
	wire_release(&f.wire);
	vec_release(&f.pages, free_page);
	vec_release(&f.gone, free_page);
	json_decref(f.read);
	vec_release(&f.drafts, fake_free_draft);
	free(f.lost);
	json_decref(f.profile);
	json_decref(f.past);
	json_decref(f.application);
	json_decref(f.office);
	json_decref(f.talk);
	json_decref(f.round);
	_exit(0);
}

static void
start(struct fake_wiki *w, struct fake f)
{
	int pair[2];

	assert_int_equal(passfd_pair(pair, NULL), 0);
	w->pid = fork();
	assert_true(w->pid >= 0);
	if (w->pid == 0) {
		(void)close(pair[0]);
		f.control = pair[1];
		run_child(f);
	}
	(void)close(pair[1]);
	w->control = pair[0];
}

void
fake_wiki_start(struct fake_wiki *w, const char *role)
{
	start(w, (struct fake){ .role = role });
}

void
fake_wiki_start_in(struct fake_wiki *w, const char *role, enum fake_mood mood)
{
	start(w, (struct fake){ .role = role, .mood = mood });
}

void
fake_wiki_start_old(struct fake_wiki *w, const char *role)
{
	start(w, (struct fake){ .role = role, .old = true });
}

void
fake_wiki_start_told(struct fake_wiki *w, const char *role, const json_t *told)
{
	start(w, (struct fake){ .role = role, .told = told });
}

void
fake_wiki_stop(struct fake_wiki *w)
{
	int status;

	assert_int_equal(waitpid(w->pid, &status, 0), w->pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
fake_wiki_speak_dutch(void **state)
{
	char path[512], dir[600];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	(void)state;
	assert_true(n > 0);
	path[n] = '\0';
	for (int i = 0; i < 3; i++) {
		slash = strrchr(path, '/');
		assert_non_null(slash);
		*slash = '\0';
	}
	(void)snprintf(dir, sizeof(dir), "%s/locale", path);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	(void)setenv("LANGUAGE", "nl", 1);
	(void)setenv("TZ", "UTC", 1);
	tzset();
	language_open(dir);
	assert_string_equal(gettext("Help"), "Hulp");
	return 0;
}

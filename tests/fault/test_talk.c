/*
 * Thirty people discuss five pages at once, while clones push what was written
 * without a connection; afterwards everybody sees the same, which is what they
 * were told, in the same order, and so does git.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "dialog.h"
#include "fixture.h"
#include "plein/clock.h"
#include "plein/err.h"
#include "plein/mem.h"
#include "plein/rpc.h"
#include "plein/vec.h"
#include "script.h"

#define PEOPLE 30
#define CLONES 2
#define STEPS 20 /* of each */
#define LONG_STEPS 400
#define ONE_IN 8 /* requests are sent twice */
#define PATIENCE_MS 60000
#define INDEX_MS 300000
#define LOOK_MS 50

static const char *const pages[] = { "themas/common-ground",
				     "themas/data-voor-opgaven",
				     "themas/digitale-inclusie",
				     "themas/platformeconomie",
				     "themas/digitale-democratie" };

#define PAGES (sizeof(pages) / sizeof(pages[0]))

/* Something that was said, and acknowledged. */
struct said {
	char *name, *thread;
	char *text; /* as acknowledged last; NULL: withdrawn, or an event */
	int by;
};

struct talker {
	struct dialog line;
	char handle[24], key[80];
	int id; /* of the request on its way */
	int copies; /* of it, not answered */
	int left;
	const char *method; /* static */
	json_t *params;
	struct said *about; /* that is edited or withdrawn */
	char *text; /* on its way */
	bool told; /* a copy was answered well */
};

static struct fixture wiki;
static struct talker talkers[PEOPLE];
static struct vec all_said; /* struct said * */
static unsigned seed = 1;
static int requests, repeats, refusals;

static unsigned
choose(unsigned n)
{
	seed = seed * 1103515245U + 12345U;
	return (seed >> 8) % n;
}

static void
said_free(void *p)
{
	struct said *s = p;

	free(s->name);
	free(s->thread);
	free(s->text);
	free(s);
}

static int
start_wiki(void **state)
{
	struct talker *t;

	(void)state;
	fixture_init(&wiki);
	for (int i = 0; i < PEOPLE; i++) {
		t = &talkers[i];
		(void)snprintf(t->handle, sizeof(t->handle), "prater%d", i);
		fixture_add_person(&wiki, t->handle, t->handle, "bijdrager",
				   t->key);
	}
	fixture_serve(&wiki);
	for (int i = 0; i < PEOPLE; i++)
		dialog_api(&talkers[i].line, &wiki, talkers[i].key);
	return 0;
}

static int
stop_wiki(void **state)
{
	(void)state;
	for (int i = 0; i < PEOPLE; i++) {
		(void)dialog_end(&talkers[i].line);
		json_decref(talkers[i].params);
		free(talkers[i].text);
	}
	vec_release(&all_said, said_free);
	assert_int_equal(fixture_stop(&wiki), 0);
	fixture_remove(&wiki);
	return 0;
}

/* --- what somebody does ----------------------------------------------------- */

static void
put(struct talker *t)
{
	t->copies++;
	dialog_ask(&t->line, ++t->id, t->method, json_incref(t->params));
}

static void
ask(struct talker *t, const char *method, json_t *params_take)
{
	char request[32];

	(void)snprintf(request, sizeof(request), "7a1c%06x", ++requests);
	json_decref(t->params);
	(void)json_object_set_new(params_take, "request", json_string(request));
	t->method = method;
	t->params = params_take;
	t->told = false;
	put(t);
	if (choose(ONE_IN) == 0) {
		repeats++;
		put(t);
	}
}

static const char *
word(struct talker *t)
{
	char text[64];

	free(t->text);
	(void)snprintf(text, sizeof(text), "Woord %d van %s.", requests,
		       t->handle);
	t->text = mem_strdup(text);
	return t->text;
}

/* Any remark that stands; of this person only, or of anybody (-1). */
static struct said *
choose_said(int by)
{
	struct said *s;
	unsigned i, tries;

	for (tries = 0; tries < 200 && all_said.len; tries++) {
		i = choose((unsigned)all_said.len);
		s = all_said.items[i];
		if (s->text && (by < 0 || s->by == by))
			return s;
	}
	return NULL;
}

static void
begin_thread(struct talker *t)
{
	ask(t, "thread.start",
	    json_pack("{s:s, s:s, s:s}", "address", pages[choose(PAGES)],
		      "title", "Wat vinden we hiervan?", "text", word(t)));
}

static void
add_remark(struct talker *t, const struct said *to)
{
	json_t *params =
		json_pack("{s:s, s:s}", "thread", to->thread, "text", word(t));

	if (choose(2))
		(void)json_object_set_new(params, "reply",
					  json_string(to->name));
	ask(t, "remark.add", params);
}

static void
take_step(struct talker *t)
{
	struct said *any = choose_said(-1);
	struct said *own = choose_said((int)(t - talkers));
	unsigned dice = choose(10);

	if (t->left-- <= 0)
		return;
	t->about = NULL;
	if (!any || dice == 0) {
		begin_thread(t);
	} else if (!own || dice < 6) {
		add_remark(t, any);
	} else if (dice < 8) {
		t->about = own;
		ask(t, "remark.edit",
		    json_pack("{s:s, s:s}", "remark", own->name, "text",
			      word(t)));
	} else if (dice == 8) {
		ask(t, choose(2) ? "thread.resolve" : "thread.reopen",
		    json_pack("{s:s, s:s}", "thread", own->thread, "reason",
			      "zo is het"));
	} else {
		t->about = own;
		ask(t, "remark.withdraw",
		    json_pack("{s:s, s:s}", "remark", own->name, "reason", ""));
	}
}

/* --- answers ------------------------------------------------------------------ */

static char *
copy_of(const json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));

	return s ? mem_strdup(s) : NULL;
}

static void
note_new(const struct talker *t, const json_t *result)
{
	struct said *s = mem_alloc(sizeof(*s));
	bool event = strncmp(t->method, "thread.re", 9) == 0;

	s->name = copy_of(result, "remark");
	s->thread = copy_of(result, "thread");
	s->text = event ? NULL : mem_strdup(t->text);
	s->by = (int)(t - talkers);
	vec_push(&all_said, s);
}

static void
note_answer(struct talker *t, const json_t *result)
{
	if (t->told)
		return; /* the same, sent twice */
	t->told = true;
	if (!t->about) {
		note_new(t, result);
	} else {
		assert_string_equal(
			json_string_value(json_object_get(result, "remark")),
			t->about->name);
		free(t->about->text);
		t->about->text = strcmp(t->method, "remark.edit") == 0
					 ? mem_strdup(t->text)
					 : NULL;
	}
}

/* Who began a thread resolves it, only one that is open, and then nobody says
 * anything in it any more. */
static void
note_refusal(const struct talker *t, const struct rpc_msg *m)
{
	bool event = strncmp(t->method, "thread.re", 9) == 0;
	bool add = strcmp(t->method, "remark.add") == 0;

	if (!(event && (m->code == PLEIN_EDENIED || m->code == PLEIN_ESAME)) &&
	    !(add && m->code == PLEIN_ERULE))
		fail_msg("%s of %s: %d %s", t->method, t->handle, m->code,
			 m->message);
	refusals++;
}

static void
hear(struct talker *t)
{
	struct rpc_msg m;
	char *line;
	int code;

	if (!dialog_read(&t->line))
		fail_msg("%s: the connection ended", t->handle);
	while ((line = dialog_take(&t->line))) {
		assert_int_equal(rpc_parse(&m, line, strlen(line), &code, NULL),
				 0);
		t->copies--;
		if (m.kind == RPC_RESULT)
			note_answer(t, m.result);
		else if (!t->told)
			note_refusal(t, &m);
		rpc_msg_release(&m);
		free(line);
		if (t->copies == 0)
			take_step(t);
	}
}

static void
talk(int steps)
{
	int64_t end = clock_mono_ms() + PATIENCE_MS;
	struct pollfd fds[PEOPLE];
	int i, waiting = 1;

	for (i = 0; i < PEOPLE; i++) {
		fds[i] = (struct pollfd){ talkers[i].line.out, POLLIN, 0 };
		talkers[i].left = steps;
		take_step(&talkers[i]);
	}
	while (waiting) {
		if (poll(fds, PEOPLE, 1000) > 0)
			end = clock_mono_ms() + PATIENCE_MS;
		else if (clock_mono_ms() > end)
			fail_msg("%s", "the talk is stuck");
		for (waiting = i = 0; i < PEOPLE; i++) {
			if (fds[i].revents)
				hear(&talkers[i]);
			waiting += talkers[i].copies;
		}
	}
}

/* --- clones ------------------------------------------------------------------- */

/* As docs/discussions.md tells: three at a time, in a thread that is there
 * and a new one; then they are pushed, rebased as often as it takes. */
static const char pushing[] =
	"git clone -q $URL kloon$N && cd kloon$N || exit 1\n"
	"say() { f=$(mktemp); printf -- \"$2\" > $f\n"
	"  s=$(date -u +%Y%m%dT%H%M%SZ)\n"
	"  d=$({ printf '%s/%s-%s\\n' \"$1\" $s tester; cat $f; } | sha1sum |"
	" cut -c 1-12)\n"
	"  case $1 in */*) to=bespreking/$1/$d ;;\n"
	"    *) to=$(echo bespreking/*/*/$1) ;; esac\n"
	"  mkdir -p $to && mv $f $to/$s-tester-$d.md && git add -A &&\n"
	"  git commit -qm 'van thuis' && echo $s-tester-$d >> ../said$N; }\n"
	"n=0; while [ ! -e ../stop ] || [ $n -lt 3 ]; do n=$((n+1))\n"
	"  say themas/common-ground \"---\\ntitel: Thuis "
	"$N.$n\\n---\\nEen.\\n\""
	" || exit 2\n"
	"  git pull -q --rebase || exit 3\n"
	"  t=$(ls bespreking/themas/common-ground | head -$n | tail -1)\n"
	"  say $t \"Kloon $N, keer $n.\\n\" || exit 4\n"
	"  say $t \"Nog eens: kloon $N, keer $n.\\n\" || exit 5\n"
	"  tries=0; until git push -q origin main; do\n"
	"    tries=$((tries+1)); [ $tries -lt 100 ] || exit 6\n"
	"    git pull -q --rebase || exit 7\n"
	"  done\n"
	"done\n";

static void
start_clones(pid_t pids[CLONES])
{
	char log[24];

	for (int i = 0; i < CLONES; i++) {
		struct buf script = BUF_INIT;

		(void)snprintf(log, sizeof(log), "push%d.log", i);
		buf_printf(&script, "N=%d\n%s", i, pushing);
		pids[i] = script_start(&wiki, script.ptr, log);
		buf_release(&script);
	}
}

static void
stop_clones(const pid_t pids[CLONES])
{
	char *out;
	int status;

	free(script_run_well(&wiki, "touch stop"));
	for (int i = 0; i < CLONES; i++) {
		status = script_wait(pids[i]);
		if (status == 0)
			continue;
		out = script_run_well(&wiki, "tail push?.log");
		fail_msg("clone %d: %d\n%s", i, status, out);
	}
}

/* --- afterwards ----------------------------------------------------------------- */

static json_t *
call(struct talker *t, const char *method, json_t *params_take)
{
	struct rpc_msg m;
	json_t *result;
	char *line;
	int code;

	dialog_ask(&t->line, ++t->id, method, params_take);
	line = dialog_line(&t->line);
	assert_int_equal(rpc_parse(&m, line, strlen(line), &code, NULL), 0);
	if (m.kind != RPC_RESULT)
		fail_msg("%s: %d %s", method, m.code, m.message);
	result = json_incref(m.result);
	rpc_msg_release(&m);
	free(line);
	return result;
}

static void
tell_remarks(struct talker *t, const char *thread, struct buf *out)
{
	json_t *answer = NULL, *row;
	json_int_t after = 0;
	size_t i;

	do {
		json_decref(answer);
		answer = call(t, "thread.read",
			      json_pack("{s:s, s:I}", "thread", thread, "after",
					after));
		json_array_foreach(json_object_get(answer, "rows"), i, row)
		{
			const char *number, *name, *text;

			number = json_string_value(
				json_object_get(row, "number"));
			name = json_string_value(
				json_object_get(row, "remark"));
			text = json_string_value(json_object_get(row, "text"));
			buf_printf(out, "%s %s %s %s", thread,
				   number ? number : "-", name, text);
			if (out->ptr[out->len - 1] != '\n')
				buf_str(out, "\n");
		}
		after = json_integer_value(json_object_get(answer, "next"));
	} while (after);
	json_decref(answer);
}

/* All that is said, as this person is told: a line each, thread by thread. */
static void
tell_all(struct talker *t, struct buf *out)
{
	json_t *answer, *row;
	size_t i, p;

	for (p = 0; p < PAGES; p++) {
		answer = call(t, "thread.list",
			      json_pack("{s:s}", "address", pages[p]));
		assert_true(json_is_null(json_object_get(answer, "next")) ||
			    !json_object_get(answer, "next"));
		json_array_foreach(json_object_get(answer, "rows"), i, row)
		{
			tell_remarks(t,
				     json_string_value(
					     json_object_get(row, "thread")),
				     out);
		}
		json_decref(answer);
	}
}

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

static void
expect_what_was_told(const char *told)
{
	const struct said *s;
	char want[256];
	size_t i;

	for (i = 0; i < all_said.len; i++) {
		s = all_said.items[i];
		(void)snprintf(want, sizeof(want), " %s ", s->name);
		if (count(told, want) != 1)
			fail_msg("%s is there %zu times", s->name,
				 count(told, want));
		(void)snprintf(want, sizeof(want), " %s %s\n", s->name,
			       s->text ? s->text : "");
		if (s->text && !strstr(told, want))
			fail_msg("not there:%s", want);
	}
}

/* What was said by clones is there too, and no more than all of it. */
static void
expect_pushed(const char *told)
{
	char *out = script_run_well(&wiki, "cat said?"), *line, *end;
	char want[80];
	size_t n = 0;

	for (line = out; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		(void)snprintf(want, sizeof(want), " %s ", line);
		if (count(told, want) != 1)
			fail_msg("%s is there %zu times", line,
				 count(told, want));
		n++;
	}
	print_message("%zu remarks, edits not counted; %zu pushed, %d sent "
		      "twice, %d refused\n",
		      all_said.len, n, repeats, refusals);
	assert_true(n >= 9 && repeats > 0);
	assert_int_equal(count(told, "\n"), all_said.len + n);
	free(out);
}

/* A file each in main, and one commit for each request. */
static void
expect_git(size_t remarks)
{
	char want[32];
	char *out = script_run_well(
		&wiki,
		"cd $DATA/spaces/agenda.git; git ls-tree -r --name-only main"
		" bespreking | wc -l; git log --format='%(trailers:key="
		"Plein-Request,valueonly)' main | grep . | sort | uniq -d;"
		" git fsck --strict --full --no-progress 2>&1 |"
		" grep -v dangling; true");

	(void)snprintf(want, sizeof(want), "%zu\n", remarks);
	assert_string_equal(out, want);
	free(out);
}

static bool
is_indexing(struct dialog *host, int id)
{
	struct rpc_msg m;
	char *line;
	bool active;
	int code;

	dialog_ask(host, id, "wiki.health", json_object());
	line = dialog_line(host);
	assert_int_equal(rpc_parse(&m, line, strlen(line), &code, NULL), 0);
	assert_int_equal(m.kind, RPC_RESULT);
	active = json_is_true(json_object_get(
		json_object_get(m.result, "rebuild"), "active"));
	rpc_msg_release(&m);
	free(line);
	return active;
}

/* Of ten thousand remarks that takes a while. */
static void
await_index(void)
{
	int64_t end = clock_mono_ms() + INDEX_MS;
	struct dialog host;

	dialog_api(&host, &wiki, wiki.key);
	for (int id = 1; is_indexing(&host, id); id++) {
		if (clock_mono_ms() > end)
			fail_msg("the index is not made");
		(void)poll(NULL, 0, LOOK_MS); /* nothing tells when */
	}
	assert_int_equal(dialog_end(&host), 0);
}

/* The index is made anew. */
static void
read_from_git_alone(void)
{
	for (int i = 0; i < PEOPLE; i++)
		(void)dialog_end(&talkers[i].line);
	assert_int_equal(fixture_stop(&wiki), 0);
	free(script_run_well(&wiki, "rm $DATA/spaces/agenda.index.db*"));
	fixture_serve(&wiki);
	for (int i = 0; i < PEOPLE; i++)
		dialog_api(&talkers[i].line, &wiki, talkers[i].key);
	await_index();
	fixture_expect_whole(&wiki);
}

static void
test_talk__all_there_none_doubled_one_order(void **state)
{
	struct buf one = BUF_INIT, other = BUF_INIT, anew = BUF_INIT;
	pid_t clones[CLONES];

	(void)state;
	start_clones(clones);
	talk(getenv("PLEIN_LONG") ? LONG_STEPS : STEPS);
	stop_clones(clones);
	tell_all(&talkers[0], &one);
	tell_all(&talkers[PEOPLE - 1], &other);
	assert_string_equal(one.ptr, other.ptr);
	expect_what_was_told(one.ptr);
	expect_pushed(one.ptr);
	expect_git(count(one.ptr, "\n"));
	fixture_expect_whole(&wiki);
	read_from_git_alone();
	tell_all(&talkers[1], &anew);
	assert_string_equal(one.ptr, anew.ptr);
	buf_release(&anew);
	buf_release(&one);
	buf_release(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_talk__all_there_none_doubled_one_order),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}

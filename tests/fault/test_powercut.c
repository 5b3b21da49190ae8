/*
 * The power goes while something is written. From a trace of the calls follows
 * what a disk may hold at each moment: what was synced, and of the rest any
 * part. Each such state is made, and served. In `make check` for a save, in
 * `make check-long` for everything that writes.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "fixture.h"
#include "plein/buf.h"
#include "plein/mem.h"
#include "plein/vec.h"
#include "script.h"
#include "trace.h"

#define FILES 16 /* that one act makes, most */
#define NAME 160 /* bytes of a path below the repository */
#define TRIES 20 /* to have several saves in one batch */
#define REPO "spaces/agenda.git"

/* Something that moves main once. */
struct act {
	const char *name;
	const char *before; /* script that makes it possible */
	const char *script;
	bool by_git; /* else by the wiki process */
	bool is_one_batch; /* tried until it is */
};

/* The first also in `make check`. */
#define SSH "$SSH -T 127.0.0.1 "
#define SAVE(page, text) \
	"V=$(" SSH "log " page " | head -n 1 | cut -f 1); echo '" text \
	"' | " SSH "save " page " --base $V"

#define PAGE "themas/common-ground"

/* Who pushes while everything is slow is told to come again. */
#define PUSH(clone) \
	"for i in 1 2 3 4 5 6 7 8; do git -C " clone \
	" push -q $URL HEAD:main && exit 0; done; exit 1"

static const struct act acts[] = {
	{ "save", SAVE(PAGE, "Twee."), SAVE(PAGE, "Drie."), false, false },
	{ "create", "true",
	  "echo Nieuw. | " SSH "create themas/nieuw --kind thema --title Nieuw",
	  false, false },
	{ "attach", "printf '\\211PNG\\r\\n\\032\\n' >foto.png",
	  SSH "attach themas/nieuw foto.png <foto.png", false, false },
	{ "rename", "true", SSH "rename themas/nieuw begrippen/nieuw", false,
	  false },
	{ "delete", "true", SSH "delete begrippen/nieuw", false, false },
	{ "restore", "true", SSH "restore begrippen/nieuw", false, false },
	{ "undo", SAVE("begrippen/nieuw", "Anders."),
	  SSH "undo begrippen/nieuw 5", false, false },
	{ "batch",
	  "for i in 1 2 3; do " SSH
	  "log themas/samen-$i >/dev/null || echo x |" SSH
	  "create themas/samen-$i --kind thema --title S || exit 1; done",
	  "V=$(" SSH "log themas/samen-1 | head -n 1 | cut -f 1)\n"
	  "for i in 1 2 3; do printf '{\"jsonrpc\":\"2.0\",\"id\":%d,"
	  "\"method\":\"page.save\",\"params\":{\"address\":\"themas/samen-%d\""
	  ",\"base\":%d,\"text\":\"samen %d\\\\n\"}}\\n' $i $i $V $V; done "
	  "|" SSH "api >said && [ $(grep -c commit said) = 3 ]",
	  false, true },
	{ "push",
	  "git clone -q $URL een && cd een && echo Meer. >>themas/"
	  "connectiviteit.md && git commit -qam meer",
	  PUSH("een"), true, false },
	{ "push of a pack",
	  "git clone -q $URL veel && cd veel && for i in $(seq 40); do "
	  "echo $i >themas/p$i.md; git add . && git commit -qm $i; done",
	  PUSH("veel"), true, false },
};

#define ACTS (sizeof(acts) / sizeof(acts[0]))

/* A file of it, from its first byte until its name is durable. */
struct file {
	char path[NAME]; /* below the repository, in the end */
	char temporary[NAME]; /* and until it has that name */
	const struct trace_call *written, *synced, *named, *durable;
};

/* One act that was traced. What was there before and after lies in folders. */
struct story {
	const struct act *act;
	struct trace trace;
	struct file files[FILES];
	int n_files, ref; /* the place of main among them */
	char before[48], after[48]; /* commits */
	size_t answered; /* place in the trace */
	struct vec known; /* char *: states that were tried */
};

enum name { ABSENT, TEMPORARY, FINAL, NAMES };
enum content { EMPTY, HALF, ZEROS, FULL, CONTENTS };

static const char *const contents[CONTENTS] = { "empty", "half", "zeros",
						"full" };

struct state {
	enum name names[FILES];
	enum content contents[FILES];
};

/* Of the index; it is derived, so it may be any. */
static const char *const indexes[] = { "true",
				       "cp $AFTER/spaces/*.db* $DATA/spaces",
				       "rm -f $DATA/spaces/*.db*" };

#define INDEXES 3

static struct fixture wiki;
static int tried;
static pid_t serving; /* 0: nobody */

static bool
is_long(void)
{
	return getenv("PLEIN_LONG") != NULL;
}

static int
start_wiki(void **state)
{
	(void)state;
	/* a process with a leak checker in it cannot be traced */
	(void)setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
	fixture_start(&wiki);
	serving = wiki.pid;
	return 0;
}

static int
remove_wiki(void **state)
{
	(void)state;
	if (serving) /* a test failed */
		(void)kill(serving, SIGTERM);
	fixture_remove(&wiki);
	return 0;
}

static void
run(const struct fixture *f, const char *script)
{
	free(script_run_well(f, script));
}

/* What a script says, in one line. */
static void
ask(const char *script, char *out, size_t size)
{
	char *said = script_run_well(&wiki, script);

	said[strcspn(said, "\n")] = '\0';
	(void)snprintf(out, size, "%s", said);
	free(said);
}

/* --- the act ------------------------------------------------------------ */

#define TIP "git --git-dir=$DATA/" REPO " rev-parse main"

static void
run_traced(struct story *s, const char *file)
{
	const char *const options[] = {
		"-f",
		"-y",
		"-s",
		"400",
		"-o",
		file,
		"-e",
		"trace=write,fsync,syncfs,rename,renameat,renameat2,link,"
		"linkat,sendto,sendmsg",
		NULL
	};
	pid_t strace = trace_attach(
		s->act->by_git ? wiki.pid : fixture_find(&wiki, "pleind: wiki"),
		options);

	run(&wiki, s->act->script);
	/* whoever is traced has told of it */
	run(&wiki, SSH "whoami");
	trace_detach(strace);
	trace_read(&s->trace, file);
}

static void
run_act(struct story *s, size_t number)
{
	char file[96], script[128];

	(void)snprintf(file, sizeof(file), "%.60s/trace%zu", wiki.dir, number);
	run(&wiki, s->act->before);
	ask(TIP, s->before, sizeof(s->before));
	(void)snprintf(script, sizeof(script),
		       "rm -rf before%zu after%zu; cp -a $DATA before%zu",
		       number, number, number);
	run(&wiki, script);
	run_traced(s, file);
	ask(TIP, s->after, sizeof(s->after));
	(void)snprintf(script, sizeof(script), "cp -a $DATA after%zu", number);
	run(&wiki, script);
}

/* --- its files ---------------------------------------------------------- */

static bool
ends_in(const char *s, const char *tail)
{
	size_t len = strlen(s), n = strlen(tail);

	return len >= n && strcmp(s + len - n, tail) == 0;
}

/* The last two words in quotes: from, to. False when there are not two. */
static bool
read_names(const struct trace_call *c, char from[NAME], char to[NAME])
{
	const char *at = c->text, *end;
	int n = 0;

	while ((at = strchr(at, '"')) && (end = strchr(at + 1, '"'))) {
		(void)snprintf(from, NAME, "%s", to);
		(void)snprintf(to, NAME, "%.*s", (int)(end - at - 1), at + 1);
		at = end + 1;
		n++;
	}
	return n == 2;
}

static bool
gives_name(const struct trace_call *c)
{
	return !c->failed && (strncmp(c->name, "rename", 6) == 0 ||
			      strncmp(c->name, "link", 4) == 0);
}

/* The call that gives a file this name; it may be said in several ways. */
static const struct trace_call *
find_naming(const struct trace *t, const char *path, char from[NAME])
{
	const struct trace_call *c;
	char to[NAME] = "", plain[NAME + 1];
	size_t i;

	for (i = 0; i < t->calls.len; i++) {
		c = t->calls.items[i];
		if (!gives_name(c) || !read_names(c, from, to))
			continue;
		(void)snprintf(plain, sizeof(plain), "/%s",
			       strncmp(to, "./", 2) == 0 ? to + 2 : to);
		if (strcmp(plain + 1, path) == 0 || ends_in(path, plain) ||
		    (to[0] == '/' && ends_in(to, path)))
			return c;
	}
	return NULL;
}

static const struct trace_call *
find_on_file(const struct story *s, const char *call, const char *name)
{
	const char *slash = strrchr(name, '/');
	char part[NAME + 3];

	(void)snprintf(part, sizeof(part), "/%s>", slash ? slash + 1 : name);
	return trace_find(&s->trace, NULL, call, part);
}

/* Its folder is synced, or everything is. */
static const struct trace_call *
find_durable(const struct story *s, const struct file *f)
{
	const struct trace_call *c;
	char folder[NAME + 3];
	size_t i;

	(void)snprintf(folder, sizeof(folder), "/%.*s>",
		       (int)(strrchr(f->path, '/') - f->path), f->path);
	for (i = 0; i < s->trace.calls.len; i++) {
		c = s->trace.calls.items[i];
		if (c->failed || c->begin <= f->named->end)
			continue;
		if (strcmp(c->name, "syncfs") == 0 ||
		    (strcmp(c->name, "fsync") == 0 && strstr(c->text, folder)))
			return c;
	}
	fail_msg("%s: %s is never synced", s->act->name, folder);
	return NULL;
}

/* Back from its name to what it was called when it was written. */
static void
follow_file(struct story *s, struct file *f)
{
	const struct trace_call *earlier;
	char from[NAME], first[NAME];
	const char *at;

	f->named = find_naming(&s->trace, f->path, first);
	if (!f->named)
		fail_msg("%s: nothing is called %s", s->act->name, f->path);
	while ((earlier = find_naming(&s->trace,
				      first + 2 * !strncmp(first, "./", 2),
				      from)) &&
	       earlier->begin < f->named->begin)
		(void)snprintf(first, sizeof(first), "%s", from);
	f->written = find_on_file(s, "write", first);
	f->synced = find_on_file(s, "fsync", first);
	f->durable = find_durable(s, f);
	at = strstr(f->written->text, "/agenda.git/");
	assert_non_null(at);
	at += strlen("/agenda.git/");
	(void)snprintf(f->temporary, NAME, "%.*s", (int)strcspn(at, ">"), at);
}

/* What is there afterwards and was not, or was something else. */
static void
find_files(struct story *s, size_t number)
{
	char script[400], *said, *save = NULL, *line;

	(void)snprintf(script, sizeof(script),
		       "cd after%zu/" REPO " && find objects refs -type f |"
		       "while read f; do cmp -s $f ../../../before%zu/" REPO
		       "/$f || echo $f; done",
		       number, number);
	said = script_run_well(&wiki, script);
	s->n_files = 0;
	for (line = strtok_r(said, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		assert_true(s->n_files < FILES);
		if (strcmp(line, "refs/heads/main") == 0)
			s->ref = s->n_files;
		(void)snprintf(s->files[s->n_files++].path, NAME, "%s", line);
	}
	free(said);
	assert_true(s->n_files > 2);
}

/* Is one of these commits, one a line, told to somebody? */
static bool
tells_one(const struct trace_call *c, const char *ids)
{
	char id[41];

	if (strncmp(c->name, "send", 4) != 0)
		return false;
	for (; strlen(ids) > 40; ids += 41) {
		(void)snprintf(id, sizeof(id), "%.40s", ids);
		if (strstr(c->text, id))
			return true;
	}
	return false;
}

/* The first word to anybody of a commit that is new. */
static size_t
find_answer(const struct story *s)
{
	char script[160], *ids;
	size_t i, found = 0;

	if (s->act->by_git)
		return trace_find(&s->trace, NULL, "write",
				  "ok refs/heads/main")
			->begin;
	(void)snprintf(script, sizeof(script),
		       "git --git-dir=$DATA/" REPO " rev-list %s..%s",
		       s->before, s->after);
	ids = script_run_well(&wiki, script);
	for (i = 0; i < s->trace.calls.len && !found; i++)
		if (tells_one(s->trace.calls.items[i], ids))
			found = ((const struct trace_call *)
					 s->trace.calls.items[i])
					->begin;
	free(ids);
	if (!found)
		fail_msg("%s: nobody is told", s->act->name);
	return found;
}

static void
tell_story(struct story *s, size_t number)
{
	int tries = 0, i;

	do {
		trace_release(&s->trace);
		run_act(s, number);
		find_files(s, number);
	} while (s->act->is_one_batch && s->n_files != 3 && ++tries < TRIES);
	if (s->act->is_one_batch)
		assert_int_equal(s->n_files, 3);
	for (i = 0; i < s->n_files; i++)
		follow_file(s, &s->files[i]);
	s->answered = find_answer(s);
}

/* --- what a disk may hold ----------------------------------------------- */

static bool
may_hold(const struct file *f, size_t cut, enum name name, enum content content)
{
	if (name == ABSENT)
		return content == EMPTY && cut < f->durable->end;
	if (cut < f->written->begin)
		return false;
	if (content != FULL && cut >= f->synced->end)
		return false;
	if (name == FINAL)
		return cut >= f->named->begin;
	return cut < f->durable->end;
}

static void
word_state(struct buf *out, const struct story *s, const struct state *st)
{
	const struct file *f;
	int i;

	for (i = 0; i < s->n_files; i++) {
		f = &s->files[i];
		if (st->names[i] != ABSENT)
			buf_printf(out, "put %s %s %s\n", f->path,
				   st->names[i] == FINAL ? f->path
							 : f->temporary,
				   contents[st->contents[i]]);
	}
}

static void
make_state(const struct fixture *f, size_t number, const char *words,
	   const char *index)
{
	struct buf script = BUF_INIT;

	buf_printf(&script,
		   "rm -rf $DATA; cp -a before%zu $DATA; AFTER=after%zu\n"
		   "put() { from=$AFTER/" REPO "/$1; to=$DATA/" REPO "/$2\n"
		   "n=$(wc -c <$from); mkdir -p ${to%%/*}; rm -f $to\n"
		   "case $3 in full) cp $from $to;; empty) : >$to;;\n"
		   "zeros) head -c $n /dev/zero >$to;;\n"
		   "half) head -c $((n / 2)) $from >$to;; esac; }\n%s\n%s",
		   number, number, words, index);
	run(f, script.ptr);
	buf_release(&script);
}

/* It is served as it was or as it should be, and goes on from there. */
static void
serve_state(struct fixture *f, const struct story *s, const char *words,
	    bool moved)
{
	struct buf script = BUF_INIT;

	fixture_serve(f);
	serving = f->pid;
	/* the state in front, to be told when something fails */
	buf_printf(&script,
		   ": '\n%s'\nR=$DATA/" REPO "; export GIT_DIR=$R\n"
		   "[ $(git rev-parse main) = %s ] || exit 90\n"
		   "(unset GIT_DIR; %s) || exit 91\n",
		   words, moved ? s->after : s->before,
		   moved ? "true" : s->act->script);
	buf_printf(&script,
		   "[ $(git rev-parse main^{tree}) = $(git "
		   "--git-dir=after%zu/" REPO
		   " rev-parse %s^{tree}) ] || exit 92\n",
		   (size_t)(s->act - acts), s->after);
	buf_printf(&script,
		   "%s || exit 93\n"
		   "[ $(git show main:%s.md) = Later. ] || exit 94\n"
		   "! find $DATA/spaces -name '*.lock' -o -name '*.tmp' -o "
		   "-name 'tmp_*' | grep .",
		   SAVE(PAGE, "Later."), PAGE);
	run(f, script.ptr);
	fixture_expect_whole(f);
	serving = 0;
	assert_int_equal(fixture_stop(f), 0);
	buf_release(&script);
}

static bool
is_new(struct story *s, const char *words, bool acknowledged)
{
	struct buf key = BUF_INIT;
	size_t i;

	buf_printf(&key, "%d %s", acknowledged, words);
	for (i = 0; i < s->known.len; i++)
		if (strcmp(s->known.items[i], key.ptr) == 0)
			break;
	if (i < s->known.len) {
		buf_release(&key);
		return false;
	}
	vec_push(&s->known, buf_take(&key));
	return true;
}

static void
try_index(const struct story *s, size_t number, const char *words, bool moved,
	  const char *index)
{
	struct fixture cut = wiki;

	(void)snprintf(cut.data, sizeof(cut.data), "%.60s/cut", wiki.dir);
	buf_init(&cut.seen);
	make_state(&cut, number, words, index);
	serve_state(&cut, s, words, moved);
	buf_release(&cut.seen);
	tried++;
}

static void
try_state(struct story *s, const struct state *st, size_t cut)
{
	struct buf words = BUF_INIT;
	bool moved = st->names[s->ref] == FINAL;
	size_t number = (size_t)(s->act - acts);
	int i;

	word_state(&words, s, st);
	if (cut >= s->answered && !moved)
		fail_msg("%s: acknowledged and lost:\n%s", s->act->name,
			 words.ptr);
	if (is_new(s, words.ptr, cut >= s->answered)) {
		if (!is_long())
			try_index(s, number, words.ptr, moved,
				  indexes[tried % INDEXES]);
		for (i = 0; is_long() && i < INDEXES; i++)
			try_index(s, number, words.ptr, moved, indexes[i]);
	}
	buf_release(&words);
}

/* All that may be of the files from `i` on. */
static void
try_files(struct story *s, struct state *st, int i, size_t cut)
{
	int name, content;

	if (i == s->n_files) {
		try_state(s, st, cut);
		return;
	}
	for (name = 0; name < NAMES; name++)
		for (content = 0; content < CONTENTS; content++) {
			st->names[i] = (enum name)name;
			st->contents[i] = (enum content)content;
			if (may_hold(&s->files[i], cut, st->names[i],
				     st->contents[i]))
				try_files(s, st, i + 1, cut);
		}
}

static void
try_story(struct story *s)
{
	const struct trace_call *c;
	struct state st;
	int before = tried;
	size_t i;

	for (i = 0; i < s->trace.calls.len; i++) {
		c = s->trace.calls.items[i];
		try_files(s, &st, 0, c->begin);
		try_files(s, &st, 0, c->end);
	}
	print_message("%s: %d files, %d states a disk may be left in\n",
		      s->act->name, s->n_files, tried - before);
	assert_true(tried - before > 10);
}

static void
test_powercut__leaves_all_of_it_or_nothing(void **state)
{
	size_t n = is_long() ? ACTS : 1, i;
	struct story stories[ACTS];

	(void)state;
	if (!trace_possible())
		skip();
	memset(stories, 0, sizeof(stories));
	for (i = 0; i < n; i++) {
		stories[i].act = &acts[i];
		tell_story(&stories[i], i);
	}
	serving = 0;
	assert_int_equal(fixture_stop(&wiki), 0);
	for (i = 0; i < n; i++) {
		try_story(&stories[i]);
		vec_release(&stories[i].known, free);
		trace_release(&stories[i].trace);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_powercut__leaves_all_of_it_or_nothing),
	};

	return cmocka_run_group_tests(tests, start_wiki, remove_wiki);
}

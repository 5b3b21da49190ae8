/* Discussions by commands and by git, with stock clients. */
#include "asking.h"

#include <fcntl.h>

#define PAGE "themas/common-ground"

/* The code of a new discussion, for free(). */
static char *
begin(const char *options)
{
	struct buf line = BUF_INIT;
	char *out;

	buf_printf(&line, "reageer " PAGE " --titel Wat nu? %s", options);
	out = ask(line.ptr, "Moeten we dit niet vragen?\r\n", 0);
	assert_non_null(strstr(out, "\t1\n"));
	*strchr(out, '\t') = '\0';
	buf_release(&line);
	return out;
}

/* The line of a command: `before`, the code, `behind`; free() it. */
static char *
line_of(const char *before, const char *code, const char *behind)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%s %s %s", before, code, behind);
	return buf_take(&line);
}

static char *
about(const char *before, const char *code, const char *behind,
      const char *input)
{
	char *line = line_of(before, code, behind), *out;

	out = ask(line, input, 0);
	free(line);
	return out;
}

static void
refuse(const char *before, const char *code, const char *behind,
       const char *input, int status)
{
	char *line = line_of(before, code, behind);

	free(complain(line, input, status));
	free(line);
}

/* Prints the code and this number. */
static void
say(const char *before, const char *code, const char *behind, const char *input,
    const char *number)
{
	char *out = about(before, code, behind, input);

	assert_string_equal(strchr(out, '\t') + 1, number);
	free(out);
}

static void
test_discussions__a_talk_from_begin_to_end(void **state)
{
	char *code = begin(""), *out;
	const char *row;

	(void)state;
	say("comment", code, "1", "Ja, @tester.\n", "1.1\n");
	say("comment", code, "", "En bewaren?\n", "2\n");
	say("comment edit", code, "2", "En hoe bewaren we het?\n", "2\n");
	say("reageer trek-in", code, "1.1 --reden dubbel", NULL, "1.1\n");
	refuse("comment", code, "9", "x\n", 4);
	refuse("comment", code, "", " \n", 6);
	say("resolve", code, "--reason Besproken op 19 maart", NULL, "\n");
	refuse("comment", code, "", "Toch nog iets.\n", 6);
	refuse("resolve", code, "", NULL, 1);
	out = about("thread", code, "", NULL);
	row = strstr(out, "1.1\ttester\t");
	assert_non_null(row);
	assert_non_null(strstr(row, "\twithdrawn\tdubbel\n2\ttester\t"));
	assert_non_null(strstr(row, "\tedited\tEn hoe bewaren we het?\n"));
	assert_non_null(strstr(row, "\nresolved\ttester\t"));
	free(out);
	say("heropenen", code, "", NULL, "\n");
	out = about("gesprek geschiedenis", code, "2", NULL);
	assert_non_null(strstr(out, "\ttester\tEn bewaren?\n"));
	free(out);
	expect("gesprekken " PAGE, 0, "\topen\t2\t" PAGE "\tWat nu?\n");
	free(code);
}

/* Fails with `status` as of a day long ago; as of one to come it holds what
 * there is by now. */
static void
expect_days(const char *list, int status, const char *text)
{
	char *line = line_of(list, "@2001-01-01", "");

	free(complain(line, NULL, status));
	free(line);
	line = line_of(list, "@2099-01-01", "");
	expect(line, 0, text);
	free(line);
}

static void
test_discussions__as_of_a_day(void **state)
{
	char *code = begin("");
	struct buf line = BUF_INIT;

	(void)state;
	buf_printf(&line, "thread %s@2001-01-01", code);
	free(complain(line.ptr, NULL, 4));
	buf_reset(&line);
	buf_printf(&line, "gesprek %s@2099-01-01", code);
	expect(line.ptr, 0, "\ttester\t");
	buf_reset(&line);
	buf_printf(&line, "thread %s@1", code);
	free(complain(line.ptr, NULL, 2));
	buf_release(&line);
	expect_days("threads", 1, code);
	expect_days("tree", 1, "\n    " PAGE "\t");
	expect_days("lijst", 1, PAGE "\tthema\t");
	expect_days("vraagstukken", 1, "vraagstukken/");
	expect_days("decisions", 1, "besluiten/");
	expect("list themas/@2099-01-01", 0, PAGE);
	free(complain("list @1", NULL, 2));
	free(complain("meetings @2099-01-01", NULL, 1));
	free(complain("acties @2099-01-01", NULL, 1));
	free(complain("progress @2099-01-01", NULL, 1));
	free(code);
}

static void
test_discussions__about_a_passage(void **state)
{
	char *source = ask("read " PAGE " --source", NULL, 0), *code;
	struct buf options = BUF_INIT;
	const char *words = strstr(strstr(source, "\n---\n") + 5, "Common");

	(void)state;
	buf_printf(&options, "--bij \"%.20s\"", words);
	code = begin(options.ptr);
	expect("threads " PAGE " --json", 0, "\"passage\":\"Common");
	free(complain("reageer " PAGE " --titel T --bij staat er niet", "x\n",
		      6));
	buf_release(&options);
	free(source);
	free(code);
}

/* Not the sentence about a page that is too big. */
static void
test_discussions__a_title_that_is_too_long(void **state)
{
	struct buf line = BUF_INIT;
	char *said;

	(void)state;
	buf_printf(&line, "reageer " PAGE " --titel %0201d", 0);
	said = complain(line.ptr, "x\n", 6);
	assert_non_null(strstr(said, "200"));
	free(said);
	buf_release(&line);
}

static void
test_discussions__moved_and_split(void **state)
{
	char *code = begin(""), *out;

	(void)state;
	say("comment", code, "", "En bewaren?\n", "2\n");
	out = about("gesprek splits", code, "2 --titel Bewaren", NULL);
	refuse("gesprek splits", code, "1 --titel Bewaren", NULL, 6);
	free(about("thread move", code, "index", NULL));
	expect("threads index", 0, code);
	expect("gesprekken " PAGE, 0, "\t1\t" PAGE "\tBewaren\n");
	free(out);
	free(code);
}

/* What somebody wrote stays theirs: quoted, and no heading of the report. */
static void
test_discussions__are_part_of_the_story(void **state)
{
	char *code = begin(""), *out;

	(void)state;
	say("comment", code, "", "# Kop\nTweede regel.\n", "2\n");
	say("resolve", code, "--reason Klaar.", NULL, "\n");
	out = ask("verhaal " PAGE, NULL, 0);
	assert_non_null(strstr(out, PAGE "\t1\tnew\t"));
	assert_non_null(strstr(out, PAGE "\t2\tsaid\t"));
	assert_non_null(strstr(out, ": reactie 2 in Wat nu?: # Kop\n"));
	assert_non_null(strstr(out, ": afgehandeld: Wat nu?: Klaar.\n"));
	free(out);
	out = ask("story " PAGE " --md", NULL, 0);
	assert_int_equal(strncmp(out, "# Common Ground", 15), 0);
	assert_non_null(strstr(out, "\n  > # Kop\n  > Tweede regel.\n"));
	free(out);
	expect("story " PAGE " --json", 0, "\"what\":\"resolved\"");
	free(code);
}

/* --- as docs/discussions.md tells ----------------------------------------- */

/* The lines of its recipe, of a person and a page of the test. */
static void
read_recipe(struct buf *script)
{
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	const char *begin_at, *end;

	if (fs_read_at(AT_FDCWD, "docs/discussions.md", &text, 1 << 20, &err))
		fail_msg("%s", err.msg);
	begin_at = strstr(text.ptr, "```sh\n") + strlen("```sh\n");
	begin_at = strchr(begin_at, '\n') + 1; /* page and handle */
	end = strstr(begin_at, "```");
	buf_str(script, "set -e\npage=" PAGE " handle=tester\n");
	buf_add(script, begin_at, (size_t)(end - begin_at));
	buf_str(script, "git add -A\ngit commit -qm 'van thuis'\n");
	buf_release(&text);
}

static void
git(const char *const args[], int status)
{
	struct proc_result r;

	fixture_git(&wiki, args, &r);
	if (r.status != status)
		fail_msg("git %s: %d\n%s%s", args[0], r.status, r.out.ptr,
			 r.err.ptr);
	proc_result_release(&r);
}

static void
test_discussions__written_in_a_clone(void **state)
{
	struct buf clone = BUF_INIT, url = BUF_INIT, script = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct proc_result r;

	(void)state;
	buf_printf(&clone, "%s/thuis", wiki.dir);
	buf_printf(&url, "ssh://tester@127.0.0.1:%s/agenda", wiki.port);
	git((const char *const[]){ "clone", "-q", url.ptr, clone.ptr, NULL },
	    0);
	buf_str(&script, "git config user.name Tester\n"
			 "git config user.email tester@agenda.example.nl\n");
	read_recipe(&script);
	argv[2] = script.ptr;
	proc_run(&r, argv, clone.ptr, NULL, 20000);
	if (r.status)
		fail_msg("%s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
	git((const char *const[]){ "-C", clone.ptr, "push", "-q", NULL }, 0);
	expect("gesprekken " PAGE, 0, "\tWat vragen we van leveranciers?\n");
	buf_release(&clone);
	buf_release(&url);
	buf_release(&script);
}

/* As somebody else. */
static void
ask_as(const char *key, const char *line, const char *input, int status,
       const char *part)
{
	const char *argv[FIXTURE_ARGS];
	struct proc_result r;

	(void)fixture_ssh_argv(&wiki, key,
			       (const char *const[]){ "127.0.0.1", line, NULL },
			       argv);
	proc_run_text(&r, argv, input, 0);
	if (r.status != status || !strstr(r.out.ptr, part))
		fail_msg("%s: %d\nout: %s\nerr: %s", line, r.status, r.out.ptr,
			 r.err.ptr);
	proc_result_release(&r);
}

/* What is new for who was mentioned, until they have read it. */
static void
test_discussions__tell_who_is_named(void **state)
{
	char *code, *line, key[80];

	(void)state;
	fixture_add_person(&wiki, "vera", "Vera", "lezer", key);
	ask_as(key, "news", "", 1, "");
	code = begin("");
	line = line_of("comment", code, "");
	free(ask(line, "Weet @vera het?\n", 0));
	free(line);
	ask_as(key, "news", "", 0, "\tmention\t1\t");
	ask_as(key, "overzicht", "", 0, "Genoemd en gevraagd\n- Genoemd: ");
	ask_as(key, "digest --json", "", 0, "\"part\":\"me\"");
	line = line_of("follow mute", code, "");
	ask_as(key, line, "", 0, "");
	ask_as(key, line, "", 1, "");
	free(line);
	ask_as(key, "follow", "", 0, "\tmuted\t");
	ask_as(key, "news", "", 0, "\tmention\t");
	line = line_of("seen", code, "");
	ask_as(key, line, "", 0, "");
	free(line);
	ask_as(key, "digest", "", 1, "");
	ask_as(key, "digest --since 2020-01-01", "", 0, "- Genoemd: ");
	free(code);
}

/* The file of the remark in which "Weet jij het?" was said, from a clone. */
#define NAME_IN_CLONE \
	"set -e\nfile=$(git grep -l 'Weet jij het' bespreking)\n" \
	"echo 'Of weet @wim het?' >> \"$file\"\n" \
	"git commit -qam 'Wim erbij'\n"

/* Wherever the remark was changed, and though they had read it. */
static void
test_discussions__tell_who_is_named_by_a_change(void **state)
{
	const char *argv[] = { "sh", "-c", NAME_IN_CLONE, NULL };
	struct buf clone = BUF_INIT, line = BUF_INIT;
	struct proc_result r;
	char *code, *seen, key[80];

	(void)state;
	fixture_add_person(&wiki, "wim", "Wim", "lezer", key);
	code = begin("");
	say("comment", code, "", "Weet jij het?\n", "2\n");
	ask_as(key, "news", "", 1, "");
	buf_printf(&clone, "%s/thuis", wiki.dir);
	git((const char *const[]){ "-C", clone.ptr, "pull", "-q", NULL }, 0);
	proc_run(&r, argv, clone.ptr, NULL, 20000);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	git((const char *const[]){ "-C", clone.ptr, "push", "-q", NULL }, 0);
	ask_as(key, "news", "", 0, "\tmention\t1\t");
	ask_as(key, "digest", "", 0, "Of weet @wim het?");
	seen = line_of("seen", code, "");
	ask_as(key, seen, "", 0, "");
	ask_as(key, "news", "", 1, "");
	buf_printf(&line, "comment edit %s 1", code);
	free(ask(line.ptr, "Of toch @wim?\n", 0));
	ask_as(key, "news", "", 0, "\tmention\t1\t");
	free(seen);
	free(code);
	buf_release(&line);
	buf_release(&clone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_discussions__a_talk_from_begin_to_end),
		cmocka_unit_test(test_discussions__as_of_a_day),
		cmocka_unit_test(test_discussions__about_a_passage),
		cmocka_unit_test(test_discussions__a_title_that_is_too_long),
		cmocka_unit_test(test_discussions__moved_and_split),
		cmocka_unit_test(test_discussions__are_part_of_the_story),
		cmocka_unit_test(test_discussions__written_in_a_clone),
		cmocka_unit_test(test_discussions__tell_who_is_named),
		cmocka_unit_test(
			test_discussions__tell_who_is_named_by_a_change),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}

/* Dictionaries of a few words, made here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "plein/buf.h"
#include "scratch.h"
#include "spell/dictionary.h"
#include "spell/spell.h"

static char folder[SCRATCH_MAX];

static void
write_file(const char *name, const char *text)
{
	struct buf path = BUF_INIT;
	FILE *f;

	buf_printf(&path, "%s/%s", folder, name);
	f = fopen(path.ptr, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	buf_release(&path);
}

static int
set_up(void **state)
{
	(void)state;
	if (scratch_make(folder))
		return -1;
	write_file("nl.aff", "SET UTF-8\nTRY enaridtlogukpswbzmvcjhf\n");
	write_file("nl.dic", "3\ngemeente\nco\xc3\xb6rdinatie\nfiets\n");
	write_file("en_US.aff", "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n");
	write_file("en_US.dic", "2\ncity\nbicycle\n");
	write_file("old.aff", "SET ISO8859-1\n");
	write_file("old.dic", "1\nfiets\n");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	return scratch_remove(folder);
}

static void
expect(const struct spell *s, const char *question, const char *answer)
{
	json_t *q = json_loads(question, 0, NULL);
	json_t *a = spell_answer(s, q);
	char *text = json_dumps(a, JSON_COMPACT);

	assert_string_equal(text, answer);
	free(text);
	json_decref(a);
	json_decref(q);
}

static void
test_spell__a_word_may_be_of_any_language(void **state)
{
	struct spell *s;

	(void)state;
	assert_int_equal(spell_open(&s, folder, NULL), 0);
	expect(s,
	       "{\"check\":\"gemeente\\ncity\\nstadt\\n\\nFiets\\n"
	       "co\xc3\xb6rdinatie\"}",
	       "{\"unknown\":[\"stadt\"]}");
	expect(s, "{\"check\":\"\"}", "{\"unknown\":[]}");
	spell_close(s);
}

static void
test_spell__suggests_what_may_be_meant(void **state)
{
	struct spell *s;

	(void)state;
	assert_int_equal(spell_open(&s, folder, NULL), 0);
	expect(s, "{\"suggest\":\"gemeentte\",\"language\":\"nl\"}",
	       "{\"words\":[\"gemeente\"]}");
	expect(s, "{\"suggest\":\"citty\",\"language\":\"en\"}",
	       "{\"words\":[\"city\"]}");
	expect(s, "{\"suggest\":\"qqqqqqqqqqqq\"}", "{\"words\":[]}");
	expect(s, "{\"sing\":\"a song\"}", "{}");
	spell_close(s);
}

static void
test_spell__long_words_are_nobodys_mistake(void **state)
{
	char question[DICTIONARY_WORD_MAX + 40] = "{\"check\":\"";
	struct spell *s;

	(void)state;
	memset(question + strlen(question), 'x', DICTIONARY_WORD_MAX + 1);
	memcpy(question + strlen(question), "\"}", 3);
	assert_int_equal(spell_open(&s, folder, NULL), 0);
	expect(s, question, "{\"unknown\":[]}");
	spell_close(s);
}

static void
test_spell__needs_a_dictionary(void **state)
{
	struct dictionary *d;
	struct spell *s;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(spell_open(&s, "/nowhere", &err), PLEIN_ENOTFOUND);
	assert_null(s);
	assert_int_equal(dictionary_open(&d, folder, "old", &err), PLEIN_ERULE);
	assert_null(d);
	assert_int_equal(dictionary_open(&d, folder, "fr", &err),
			 PLEIN_ENOTFOUND);
}

/* With the dictionaries of the machine, shut in, as it runs in life. */
static void
test_spell__serves_on_a_stream_until_it_closes(void **state)
{
	static const char question[] = "{\"check\":\"gemeente\\nqqgemeente\"}\n"
				       "nonsense\n";
	char answer[200] = "";
	int pair[2], status;
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)close(pair[0]);
		_exit(spell_run(pair[1]));
	}
	(void)close(pair[1]);
	assert_int_equal(write(pair[0], question, strlen(question)),
			 strlen(question));
	assert_int_equal(shutdown(pair[0], SHUT_WR), 0);
	while ((n = read(pair[0], answer + len, sizeof(answer) - len - 1)) > 0)
		len += (size_t)n;
	assert_string_equal(answer, "{\"unknown\":[\"qqgemeente\"]}\n{}\n");
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	(void)close(pair[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spell__a_word_may_be_of_any_language),
		cmocka_unit_test(test_spell__suggests_what_may_be_meant),
		cmocka_unit_test(test_spell__long_words_are_nobodys_mistake),
		cmocka_unit_test(test_spell__needs_a_dictionary),
		cmocka_unit_test(
			test_spell__serves_on_a_stream_until_it_closes),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

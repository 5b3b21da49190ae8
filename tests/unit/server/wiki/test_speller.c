#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "wiki/speller.h"

#define PATIENCE_MS 200

/* The supervisor: each time one is wanted, a stream with an answer on it. */
struct house {
	struct speller *speller;
	const char *answers[4]; /* NULL: it ends at once, "": says nothing */
	int n; /* how many were wanted */
	int ends[4]; /* of the process's side */
};

static void
provide(void *ctx)
{
	struct house *h = ctx;
	const char *answer = h->answers[h->n];
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	if (answer && *answer)
		assert_int_equal(write(pair[1], answer, strlen(answer)),
				 strlen(answer));
	if (!answer)
		(void)close(pair[1]);
	h->ends[h->n++] = answer ? pair[1] : -1;
	speller_give(h->speller, pair[0]);
}

static void
provide_nobody(void *ctx)
{
	struct house *h = ctx;

	h->n++;
}

static void
close_house(struct house *h)
{
	speller_free(h->speller);
	for (int i = 0; i < h->n; i++)
		if (h->ends[i] > 0)
			(void)close(h->ends[i]);
}

static int
ask(struct house *h, const char *word)
{
	json_t *question = json_pack("{s:s}", "check", word), *answer;
	int rc = speller_ask(h->speller, question, &answer, NULL);

	assert_int_equal(answer != NULL, rc == 0);
	if (rc == 0)
		assert_non_null(json_object_get(answer, "unknown"));
	json_decref(question);
	json_decref(answer);
	return rc;
}

static void
test_speller__asks_for_a_process_once(void **state)
{
	struct house h = { .answers = { "{\"unknown\":[]}\n" } };
	char text[100] = "";

	(void)state;
	h.speller = speller_new(provide, &h, PATIENCE_MS);
	assert_int_equal(h.n, 0);
	assert_int_equal(ask(&h, "een"), 0);
	assert_true(read(h.ends[0], text, sizeof(text) - 1) > 0);
	assert_string_equal(text, "{\"check\":\"een\"}\n");
	assert_int_equal(write(h.ends[0], "{\"unknown\":[]}\n", 15), 15);
	assert_int_equal(ask(&h, "twee"), 0);
	assert_int_equal(h.n, 1);
	close_house(&h);
}

static void
test_speller__asks_for_another_when_it_was_lost(void **state)
{
	struct house h = { .answers = { "{\"unknown\":[]}\n",
					"{\"unknown\":[]}\n" } };

	(void)state;
	h.speller = speller_new(provide, &h, PATIENCE_MS);
	assert_int_equal(ask(&h, "een"), 0);
	(void)close(h.ends[0]);
	h.ends[0] = -1;
	assert_int_equal(ask(&h, "twee"), 0);
	assert_int_equal(h.n, 2);
	close_house(&h);
}

static void
test_speller__says_so_when_none_answers(void **state)
{
	struct house h = { .answers = { NULL, "", "nonsense\n" } };

	(void)state;
	h.speller = speller_new(provide, &h, PATIENCE_MS);
	assert_int_equal(ask(&h, "een"), PLEIN_EBUSY);
	assert_int_equal(ask(&h, "een"), PLEIN_EBUSY);
	assert_int_equal(ask(&h, "een"), PLEIN_EBUSY);
	assert_int_equal(h.n, 3);
	close_house(&h);
}

static void
test_speller__does_not_wait_for_ever_for_a_process(void **state)
{
	struct house h = { .n = 0 };

	(void)state;
	h.speller = speller_new(provide_nobody, &h, PATIENCE_MS);
	assert_int_equal(ask(&h, "een"), PLEIN_EBUSY);
	assert_int_equal(h.n, 1);
	h.n = 0;
	close_house(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_speller__asks_for_a_process_once),
		cmocka_unit_test(
			test_speller__asks_for_another_when_it_was_lost),
		cmocka_unit_test(test_speller__says_so_when_none_answers),
		cmocka_unit_test(
			test_speller__does_not_wait_for_ever_for_a_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Which page a name means, and reading which there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/titles.h"
#include "plein/passfd.h"

static json_t *titles;

static int
make_titles(void **state)
{
	(void)state;
	titles = json_pack("{s:s, s:s, s:s}", "themas/common-ground",
			   "Common Ground", "index", "Werkwiki",
			   "besluiten/ideeen", "Ideeën over data");
	return 0;
}

static int
drop_titles(void **state)
{
	(void)state;
	json_decref(titles);
	return 0;
}

static void
expect_found(const char *title, const char *found, const char *address)
{
	if (!address) {
		assert_null(title);
		return;
	}
	assert_non_null(title);
	assert_string_equal(found, address);
	assert_ptr_equal(title,
			 json_string_value(json_object_get(titles, address)));
}

/* Alone, and as one of many. */
static void
expect(const char *name, const char *address)
{
	const char *found, *title = titles_find(titles, name, &found);
	struct titles_index index;

	expect_found(title, found, address);
	titles_index_init(&index, titles);
	for (int i = 0; i < 20; i++) {
		title = titles_index_find(&index, name, &found);
		expect_found(title, found, address);
	}
	titles_index_release(&index);
}

static void
test_titles__find_by_address_slug_and_title(void **state)
{
	(void)state;
	expect("themas/common-ground", "themas/common-ground");
	expect("common-ground", "themas/common-ground");
	expect("common ground", "themas/common-ground");
	expect("COMMON GROUND", "themas/common-ground");
	expect("ideeen over data", "besluiten/ideeen");
	expect("index", "index");
}

static void
test_titles__do_not_guess(void **state)
{
	const char *found;

	(void)state;
	expect("ground", NULL);
	expect("", NULL);
	expect("themas/", NULL);
	assert_null(titles_find(NULL, "index", &found));
}

/* The wiki process, played by the test, and who waits for the titles. */
struct ends {
	int control, wiki;
	struct titles_reader reader;
	json_t *got;
	int n_done;
};

static void
take_titles(void *ctx, json_t *titles_take)
{
	struct ends *t = ctx;

	json_decref(t->got);
	t->got = titles_take;
	t->n_done++;
}

static void
open_ends(struct ends *t)
{
	int control[2], stream[2];

	memset(t, 0, sizeof(*t));
	assert_int_equal(passfd_pair(control, NULL), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, stream), 0);
	t->control = control[0];
	t->wiki = stream[0];
	t->reader = (struct titles_reader){ .link = link_new(control[1], NULL,
							     NULL),
					    .done = take_titles,
					    .ctx = t };
	assert_int_equal(passfd_send(t->control, "{\"op\":\"wiki\"}", 13,
				     &stream[1], 1, NULL),
			 0);
	(void)close(stream[1]);
	link_step(t->reader.link);
}

static void
close_ends(struct ends *t)
{
	titles_stop(&t->reader);
	link_free(t->reader.link);
	json_decref(t->got);
	(void)close(t->control);
	(void)close(t->wiki);
}

static void
answer(struct ends *t, int id, const char *rest)
{
	char line[256];
	int len = snprintf(line, sizeof(line),
			   "{\"jsonrpc\":\"2.0\",\"id\":%d,%s}\n", id, rest);

	assert_int_equal(write(t->wiki, line, (size_t)len), len);
	link_step(t->reader.link);
}

#define PART(address, more) \
	"\"result\":{\"rows\":[{\"address\":\"" address \
	"\",\"title\":\"T\"}]" more "}"
#define NEXT ",\"next\":\"a\""

static void
test_titles__come_in_parts(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	titles_read(&t.reader);
	answer(&t, 1, PART("a", NEXT));
	assert_int_equal(t.n_done, 0);
	answer(&t, 2, PART("b", ""));
	assert_int_equal(t.n_done, 1);
	assert_int_equal(json_object_size(t.got), 2);
	assert_string_equal(json_string_value(json_object_get(t.got, "b")),
			    "T");
	close_ends(&t);
}

/* An answer to the reading before must not be taken for one of these. */
static void
test_titles__can_be_read_again_at_any_time(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	titles_read(&t.reader);
	answer(&t, 1, PART("a", NEXT));
	titles_read(&t.reader);
	answer(&t, 2, PART("b", ""));
	assert_int_equal(t.n_done, 0);
	answer(&t, 3, PART("c", ""));
	assert_int_equal(t.n_done, 1);
	assert_int_equal(json_object_size(t.got), 1);
	close_ends(&t);
}

static void
test_titles__that_cannot_be_read_are_none(void **state)
{
	struct ends t;

	(void)state;
	open_ends(&t);
	titles_read(&t.reader);
	answer(&t, 1, "\"error\":{\"code\":13,\"message\":\"damaged\"}");
	assert_int_equal(t.n_done, 1);
	assert_null(t.got);
	close_ends(&t);
}

static void
test_titles__of_templates_are_of_no_pages(void **state)
{
	json_t *all = json_pack("{s:s, s:s, s:s}", "sjablonen/thema", "Thema",
				"themas/sjablonen", "Sjablonen", "index", "I");

	(void)state;
	assert_int_equal(titles_pages(all), 2);
	assert_int_equal(titles_pages(NULL), 0);
	json_decref(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_titles__find_by_address_slug_and_title),
		cmocka_unit_test(test_titles__do_not_guess),
		cmocka_unit_test(test_titles__come_in_parts),
		cmocka_unit_test(test_titles__can_be_read_again_at_any_time),
		cmocka_unit_test(test_titles__that_cannot_be_read_are_none),
		cmocka_unit_test(test_titles__of_templates_are_of_no_pages),
	};

	return cmocka_run_group_tests(tests, make_titles, drop_titles);
}

/* A text on its way into the wiki. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "view/draft.h"

static struct draft draft;

static int
load(void **state)
{
	json_t *page = json_pack("{s:s, s:s, s:i, s:s}", "address", "themas/x",
				 "title", "X", "version", 14, "text",
				 "---\ntitel: X\n---\nbegin\n");

	(void)state;
	draft_init(&draft, "themas/x");
	draft_load(&draft, page);
	json_decref(page);
	return 0;
}

static int
drop(void **state)
{
	(void)state;
	draft_release(&draft);
	return 0;
}

/* Parameters of a save as one text; *request is copied out. */
static void
send_body(const char *body, const char *note, char request[64])
{
	struct buf text = BUF_INIT;
	json_t *params;

	buf_str(&text, body);
	params = draft_send(&draft, &text, note);
	assert_non_null(params);
	(void)strlcpy(request,
		      json_string_value(json_object_get(params, "request")),
		      64);
	buf_release(&text);
	json_decref(params);
}

static void
test_draft__keeps_the_fields_byte_for_byte(void **state)
{
	struct buf body = BUF_INIT;
	json_t *params;

	(void)state;
	assert_string_equal(draft.saved.ptr, "begin\n");
	buf_str(&body, "ander begin\n");
	params = draft_send(&draft, &body, "waarom");
	assert_string_equal(json_string_value(json_object_get(params, "text")),
			    "---\ntitel: X\n---\nander begin\n");
	assert_string_equal(json_string_value(json_object_get(params, "note")),
			    "waarom");
	assert_int_equal(json_integer_value(json_object_get(params, "base")),
			 14);
	json_decref(params);
	buf_release(&body);
}

static void
test_draft__the_same_save_has_the_same_request(void **state)
{
	char first[64], again[64], other[64];

	(void)state;
	send_body("a", "n", first);
	assert_int_equal(strlen(first), DRAFT_REQUEST);
	send_body("a", "n", again);
	assert_string_equal(first, again);
	send_body("b", "n", other);
	assert_string_not_equal(first, other);
	send_body("b", "m", again);
	assert_string_not_equal(other, again);
}

static json_t *
send_now(void)
{
	struct buf body = BUF_INIT;
	json_t *params;

	buf_str(&body, "x\n");
	params = draft_send(&draft, &body, "n");
	buf_release(&body);
	return params;
}

static void
assert_base(json_int_t base, const char *commit)
{
	json_t *params = send_now();
	const json_t *b = json_object_get(params, "base");
	const char *c =
		json_string_value(json_object_get(params, "base_commit"));

	assert_int_equal(b ? json_integer_value(b) : 0, base);
	assert_true(base > 0 || !commit == (b != NULL));
	if (commit)
		assert_string_equal(c, commit);
	else
		assert_null(c);
	json_decref(params);
}

static void
load_version(int version, const char *commit)
{
	json_t *page = json_pack("{s:i, s:s, s:s}", "version", version, "text",
				 "begin\n", "commit", commit);

	draft_load(&draft, page);
	json_decref(page);
}

static void
test_draft__names_its_base_by_commit_where_it_can(void **state)
{
	(void)state;
	assert_base(14, NULL);
	load_version(15, "abc");
	assert_base(15, "abc");
	draft_take_version(&draft, 16, NULL);
	assert_base(16, NULL);
	draft_take_version(&draft, 17, "cde");
	assert_base(17, "cde");
	/* the wiki cannot number for now */
	load_version(0, "def");
	assert_base(0, "def");
	draft_take_version(&draft, 0, "fed");
	assert_base(0, "fed");
}

static void
test_draft__what_was_joined_leaves_the_base(void **state)
{
	char first[64], again[64];

	(void)state;
	send_body("a", "n", first);
	draft_take_joined(&draft);
	assert_string_equal(draft.note, "");
	assert_int_equal(draft.base, 14);
	send_body("a", "n", again);
	assert_string_not_equal(first, again);
}

static void
test_draft__a_saved_text_is_the_next_base(void **state)
{
	char first[64], again[64];

	(void)state;
	send_body("a", "n", first);
	draft_take_version(&draft, 15, NULL);
	assert_int_equal(draft.base, 15);
	assert_string_equal(draft.saved.ptr, "a");
	assert_string_equal(draft.note, "");
	send_body("a", "n", again);
	assert_string_not_equal(first, again);
}

static void
test_draft__goes_on_with_what_was_kept(void **state)
{
	json_t *stored = json_pack("{s:i, s:s}", "base", 12, "text",
				   "---\ntitel: Y\n---\nhalf\n");
	json_t *base = json_pack("{s:i, s:s}", "version", 12, "text",
				 "---\ntitel: Y\n---\noud\n");
	struct buf body = BUF_INIT;
	json_t *params;

	(void)state;
	draft_resume(&draft, stored, &body);
	assert_string_equal(body.ptr, "half\n");
	assert_int_equal(draft.base, 12);
	draft_take_base(&draft, base);
	assert_string_equal(draft.saved.ptr, "oud\n");
	params = draft_keep(&draft, &body);
	assert_string_equal(json_string_value(json_object_get(params, "text")),
			    "---\ntitel: Y\n---\nhalf\n");
	assert_int_equal(json_integer_value(json_object_get(params, "base")),
			 12);
	assert_string_equal(
		json_string_value(json_object_get(params, "address")),
		"themas/x");
	json_decref(params);
	json_decref(stored);
	json_decref(base);
	buf_release(&body);
}

/* A number does not say of before or after an erasure; the commit does. */
static void
test_draft__goes_on_from_the_commit_it_began_as(void **state)
{
	json_t *stored = json_pack("{s:i, s:s, s:s}", "base", 12, "commit",
				   "1111111111111111111111111111111111111111",
				   "text", "half\n");
	struct buf body = BUF_INIT;
	json_t *params;

	(void)state;
	draft_resume(&draft, stored, &body);
	params = draft_keep(&draft, &body);
	assert_string_equal(
		json_string_value(json_object_get(params, "base_commit")),
		"1111111111111111111111111111111111111111");
	assert_int_equal(json_integer_value(json_object_get(params, "base")),
			 12);
	json_decref(params);
	json_decref(stored);
	buf_release(&body);
}

/* What the wiki answered is no draft: nothing changes. */
static void
test_draft__survives_a_draft_without_text(void **state)
{
	json_t *stored = json_object();
	struct buf body = BUF_INIT;

	(void)state;
	draft_resume(&draft, stored, &body);
	assert_int_equal(body.len, 0);
	assert_string_equal(draft.saved.ptr, "begin\n");
	json_decref(stored);
	buf_release(&body);
}

static void
test_draft__an_adopted_page_is_opened_again(void **state)
{
	json_t *page = json_pack(
		"{s:s, s:s}", "text",
		"---\ntitel: X # zo\nstatus: vastgesteld\neigenaar: ik\n---\n"
		"begin\n",
		"title", "X");
	char first[64], second[64];

	(void)state;
	assert_false(draft_is_adopted(&draft));
	draft_reopen(&draft); /* it has no status */
	assert_string_equal(draft.fields.ptr, "---\ntitel: X\n---\n");
	draft_load(&draft, page);
	assert_true(draft_is_adopted(&draft));
	send_body("meer", "", first);
	draft_reopen(&draft);
	assert_false(draft_is_adopted(&draft));
	assert_string_equal(draft.fields.ptr, "---\ntitel: X # zo\nstatus: "
					      "concept\neigenaar: ik\n---\n");
	send_body("meer", "", second);
	assert_string_not_equal(first, second);
	json_decref(page);
}

static void
test_draft__follows_what_was_saved_meanwhile(void **state)
{
	json_t *told = json_pack("{s:s, s:s, s:i, s:s}", "text",
				 "---\ntitel: Y\n---\nsamen\n", "saved",
				 "---\ntitel: Y\n---\nhun\n", "version", 15,
				 "commit", "");
	struct buf body = BUF_INIT;

	(void)state;
	draft_copy_body(told, &body);
	draft_take_fields(&draft, told);
	draft_follow(&draft, told);
	assert_string_equal(body.ptr, "samen\n");
	assert_string_equal(draft.saved.ptr, "hun\n");
	assert_string_equal(draft.fields.ptr, "---\ntitel: Y\n---\n");
	assert_int_equal(draft.base, 15);
	json_decref(told);
	buf_release(&body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_draft__keeps_the_fields_byte_for_byte, load, drop),
		cmocka_unit_test_setup_teardown(
			test_draft__the_same_save_has_the_same_request, load,
			drop),
		cmocka_unit_test_setup_teardown(
			test_draft__names_its_base_by_commit_where_it_can, load,
			drop),
		cmocka_unit_test_setup_teardown(
			test_draft__what_was_joined_leaves_the_base, load,
			drop),
		cmocka_unit_test_setup_teardown(
			test_draft__a_saved_text_is_the_next_base, load, drop),
		cmocka_unit_test_setup_teardown(
			test_draft__goes_on_with_what_was_kept, load, drop),
		cmocka_unit_test_setup_teardown(
			test_draft__goes_on_from_the_commit_it_began_as, load,
			drop),
		cmocka_unit_test_setup_teardown(
			test_draft__an_adopted_page_is_opened_again, load,
			drop),
		cmocka_unit_test_setup_teardown(
			test_draft__follows_what_was_saved_meanwhile, load,
			drop),
		cmocka_unit_test_setup_teardown(
			test_draft__survives_a_draft_without_text, load, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

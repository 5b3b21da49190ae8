/* From a backup comes the same wiki, or nothing at all. */
#include "host.h"

static void
back_up(struct host *h)
{
	HOST_DO(h, "backup", "data", "b.tar");
}

static void
test_restore__makes_the_same_wiki(void **state)
{
	struct host *h = *state;
	struct buf before = BUF_INIT, after = BUF_INIT;
	struct repo_id was, is;
	struct repo *r;
	struct stat st;

	back_up(h);
	HOST_DO(h, "restore", "b.tar", "nieuw");
	assert_ptr_equal(strstr(h->out.ptr, "restored as of 20"), h->out.ptr);
	HOST_DO(h, "check", "nieuw");
	HOST_DO(h, "user", "list", "nieuw");
	assert_non_null(strstr(h->out.ptr, "toos\tredacteur"));
	assert_int_equal(repo_open(&r, "data/" DATA_REPO, NULL), 0);
	assert_int_equal(repo_ref_read(r, &was, NULL), 0);
	repo_close(r);
	assert_int_equal(repo_open(&r, "nieuw/" DATA_REPO, NULL), 0);
	assert_int_equal(repo_ref_read(r, &is, NULL), 0);
	repo_close(r);
	assert_string_equal(was.hex, is.hex);
	host_read("data/" DATA_HOSTKEY, &before);
	host_read("nieuw/" DATA_HOSTKEY, &after);
	assert_string_equal(before.ptr, after.ptr);
	host_read("data/" DATA_CONF, &before);
	host_read("nieuw/" DATA_CONF, &after);
	assert_string_equal(before.ptr, after.ptr);
	assert_int_equal(stat("nieuw", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat("nieuw/" DATA_STATE, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat("nieuw/" DATA_HOSTKEY, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	buf_release(&before);
	buf_release(&after);
	/* and it goes on living */
	HOST_DO(h, "user", "add", "nieuw", "piet", "--name", "Piet", "--role",
		"lezer");
}

static void
test_restore__only_into_an_empty_folder(void **state)
{
	struct host *h = *state;

	back_up(h);
	assert_int_equal(HOST_RUN(h, "restore", "b.tar", "data"), 1);
	assert_non_null(strstr(h->err.ptr, "not empty"));
	HOST_DO(h, "check", "data");
	assert_int_equal(mkdir("leeg", 0755), 0);
	HOST_DO(h, "restore", "b.tar", "leeg");
	HOST_DO(h, "check", "leeg");
	assert_int_equal(HOST_RUN(h, "restore", "b.tar", "weg/weg"), 1);
	assert_int_equal(HOST_RUN(h, "restore", "b.tar"), 2);
	assert_int_equal(HOST_RUN(h, "restore", "nergens.tar", "nieuw"), 1);
	assert_int_equal(access("nieuw", F_OK), -1);
}

static void
expect_refusal(struct host *h, const struct buf *file, size_t len, size_t at)
{
	host_write("kapot.tar", file->ptr, len);
	if (HOST_RUN(h, "restore", "kapot.tar", "nieuw") != 1)
		fail_msg("taken, %zu bytes, changed at %zu", len, at);
	assert_int_equal(access("nieuw", F_OK), -1);
}

/* Any one bit, any length. */
static void
test_restore__refuses_what_was_changed_or_cut(void **state)
{
	struct host *h = *state;
	struct buf file = BUF_INIT;
	unsigned seed = 20261125;
	size_t at, i;
	char bit;

	back_up(h);
	host_read("b.tar", &file);
	for (i = 0; i < 50; i++) {
		seed = seed * 1103515245u + 12345u;
		at = (seed >> 8) % file.len;
		bit = (char)(1 << seed / 7 % 8);
		file.ptr[at] ^= bit;
		expect_refusal(h, &file, file.len, at);
		file.ptr[at] ^= bit;
		if (i % 5 == 0)
			expect_refusal(h, &file, at, at);
	}
	/* the very last byte, and one too many */
	file.ptr[file.len - 1] ^= 1;
	expect_refusal(h, &file, file.len, file.len - 1);
	file.ptr[file.len - 1] ^= 1;
	expect_refusal(h, &file, file.len - 1, file.len - 1);
	buf_char(&file, '\0');
	expect_refusal(h, &file, file.len, file.len);
	expect_refusal(h, &file, 0, 0);
	host_write("b.tar", file.ptr, file.len - 1);
	HOST_DO(h, "restore", "b.tar", "nieuw");
	buf_release(&file);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, host_setup, host_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_restore__makes_the_same_wiki),
		TEST(test_restore__only_into_an_empty_folder),
		TEST(test_restore__refuses_what_was_changed_or_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

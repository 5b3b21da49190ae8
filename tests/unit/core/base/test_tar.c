/* What we write is what tar reads; what differs by a bit is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "plein/tar.h"
#include "scratch.h"

static struct tar_entry
entry(const char *name, int64_t size)
{
	struct tar_entry e = { .size = size, .time = 1700000000, .mode = 0644 };

	(void)snprintf(e.name, sizeof(e.name), "%s", name);
	return e;
}

static void
add_file(struct buf *out, const char *name, const char *text)
{
	struct tar_entry e = entry(name, (int64_t)strlen(text));
	struct err err = ERR_INIT;

	if (tar_header(out, &e, &err))
		fail_msg("%s", err.msg);
	buf_str(out, text);
	tar_pad(out, e.size);
}

static void
test_tar__says_again_what_was_said(void **state)
{
	static const int64_t sizes[] = { 0, 1, 511, 512, TAR_SIZE_MAX };
	struct tar_entry e, back;
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		e = entry("themas/common-ground.md", sizes[i]);
		buf_reset(&out);
		assert_int_equal(tar_header(&out, &e, NULL), 0);
		assert_int_equal(out.len, TAR_BLOCK);
		assert_int_equal(tar_parse(out.ptr, &back, NULL), 1);
		assert_string_equal(back.name, e.name);
		assert_int_equal(back.size, e.size);
		assert_int_equal(back.time, e.time);
		assert_int_equal(back.mode, e.mode);
	}
	buf_reset(&out);
	tar_end(&out);
	assert_int_equal(out.len, 2 * TAR_BLOCK);
	assert_int_equal(tar_parse(out.ptr, &back, NULL), 0);
	buf_release(&out);
}

static void
test_tar__pads_to_whole_blocks(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	tar_pad(&out, 0);
	tar_pad(&out, 1024);
	assert_int_equal(out.len, 0);
	tar_pad(&out, 1);
	assert_int_equal(out.len, 511);
	tar_pad(&out, 1023);
	assert_int_equal(out.len, 512);
	buf_release(&out);
}

static void
test_tar__long_names_are_split_or_refused(void **state)
{
	char name[TAR_NAME_MAX];
	struct tar_entry e, back;
	struct buf out = BUF_INIT;

	(void)state;
	/* 120 + 1 + 90 */
	memset(name, 'a', sizeof(name));
	name[120] = '/';
	name[211] = '\0';
	e = entry(name, 3);
	assert_int_equal(tar_header(&out, &e, NULL), 0);
	assert_int_equal(tar_parse(out.ptr, &back, NULL), 1);
	assert_string_equal(back.name, name);
	name[120] = 'a';
	e = entry(name, 3);
	assert_int_equal(tar_header(&out, &e, NULL), PLEIN_ETOOBIG);
	name[220] = '\0';
	name[210] = '/';
	e = entry(name, 3);
	assert_int_equal(tar_header(&out, &e, NULL), PLEIN_ETOOBIG);
	e = entry("", 3);
	assert_int_equal(tar_header(&out, &e, NULL), PLEIN_ETOOBIG);
	e = entry("x", TAR_SIZE_MAX + 1);
	assert_int_equal(tar_header(&out, &e, NULL), PLEIN_ETOOBIG);
	e = entry("x", -1);
	assert_int_equal(tar_header(&out, &e, NULL), PLEIN_ETOOBIG);
	buf_release(&out);
}

static void
test_tar__every_bit_counts(void **state)
{
	struct tar_entry e = entry("plein/state.db", 81920), back;
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	assert_int_equal(tar_header(&out, &e, NULL), 0);
	for (i = 0; i < 8 * (size_t)TAR_BLOCK; i++) {
		out.ptr[i / 8] ^= (char)(1 << i % 8);
		assert_int_equal(tar_parse(out.ptr, &back, NULL),
				 PLEIN_ECORRUPT);
		out.ptr[i / 8] ^= (char)(1 << i % 8);
	}
	memset(out.ptr, 0xff, TAR_BLOCK);
	assert_int_equal(tar_parse(out.ptr, &back, NULL), PLEIN_ECORRUPT);
	memset(out.ptr, 'a', TAR_BLOCK);
	assert_int_equal(tar_parse(out.ptr, &back, NULL), PLEIN_ECORRUPT);
	buf_release(&out);
}

static int
run_tar(const char *dir, const char *file)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execlp("tar", "tar", "-C", dir, "-xf", file, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
expect_file(const char *dir, const char *name, const char *text)
{
	char path[SCRATCH_MAX + 300], got[2048] = "";
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fread(got, 1, sizeof(got) - 1, f), strlen(text));
	assert_string_equal(got, text);
	(void)fclose(f);
}

static void
test_tar__is_what_tar_reads(void **state)
{
	char dir[SCRATCH_MAX], path[SCRATCH_MAX + 16], name[200];
	struct buf out = BUF_INIT, big = BUF_INIT;
	FILE *f;

	(void)state;
	assert_int_equal(scratch_make(dir), 0);
	memset(name, 'b', sizeof(name));
	name[120] = '/';
	name[199] = '\0';
	while (big.len < 1500)
		buf_str(&big, "regel\n");
	add_file(&out, "index.md", "Begin.\n");
	add_file(&out, "themas/leeg.md", "");
	add_file(&out, "themas/lang.md", big.ptr);
	add_file(&out, name, "ver weg\n");
	tar_end(&out);
	(void)snprintf(path, sizeof(path), "%s/a.tar", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(out.ptr, 1, out.len, f), out.len);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(run_tar(dir, path), 0);
	expect_file(dir, "index.md", "Begin.\n");
	expect_file(dir, "themas/leeg.md", "");
	expect_file(dir, "themas/lang.md", big.ptr);
	expect_file(dir, name, "ver weg\n");
	assert_int_equal(scratch_remove(dir), 0);
	buf_release(&out);
	buf_release(&big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tar__says_again_what_was_said),
		cmocka_unit_test(test_tar__pads_to_whole_blocks),
		cmocka_unit_test(test_tar__long_names_are_split_or_refused),
		cmocka_unit_test(test_tar__every_bit_counts),
		cmocka_unit_test(test_tar__is_what_tar_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

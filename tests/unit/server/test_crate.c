/* What is packed is unpacked; what is no crate is refused. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "crate.h"
#include "plein/fs.h"
#include "plein/tar.h"
#include "plein/vec.h"

static int
memory(void)
{
	int fd = memfd_create("crate", MFD_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

/* A crate with two members. */
static int
pack(void)
{
	int fd = memory(), from = memory();
	struct crate_out *c = crate_new(fd);
	struct err err = ERR_INIT;

	assert_int_equal(write(from, "van elders", 10), 10);
	assert_int_equal(lseek(from, 0, SEEK_SET), 0);
	crate_fact(c, "program", "0.1.0");
	assert_int_equal(crate_put(c, "een", "1234567", 7, &err), 0);
	assert_int_equal(crate_copy(c, "map/twee", from, &err), 0);
	crate_fact(c, "later", "met een spatie");
	assert_int_equal(crate_close(c, &err), 0);
	crate_free(c);
	(void)close(from);
	return fd;
}

static void
test_crate__gives_back_what_went_in(void **state)
{
	struct err err = ERR_INIT;
	const struct crate_member *m;
	struct buf said = BUF_INIT;
	char data[16] = "";
	struct crate_in *c;
	int fd = pack();

	(void)state;
	if (crate_open(&c, fd, &err))
		fail_msg("%s", err.msg);
	m = crate_find(c, "een");
	assert_non_null(m);
	assert_int_equal(m->size, 7);
	assert_int_equal(crate_read(c, m, 0, data, 7, &err), 0);
	assert_string_equal(data, "1234567");
	m = crate_find(c, "map/twee");
	assert_non_null(m);
	assert_int_equal(crate_read(c, m, 4, data, 6, &err), 0);
	assert_memory_equal(data, "elders", 6);
	assert_int_equal(crate_read(c, m, 4, data, 7, &err), PLEIN_ECORRUPT);
	assert_int_equal(crate_read(c, m, -1, data, 1, &err), PLEIN_ECORRUPT);
	assert_null(crate_find(c, "drie"));
	assert_null(crate_find(c, CRATE_MANIFEST));
	assert_true(crate_said(c, "program", &said));
	assert_true(crate_said(c, "later", &said));
	assert_string_equal(said.ptr, "0.1.0met een spatie");
	assert_false(crate_said(c, "prog", &said));
	buf_release(&said);
	crate_release(c);
	crate_release(NULL);
	(void)close(fd);
}

static void
read_all(int fd, struct buf *out)
{
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(fs_read_fd(fd, out, 1 << 20, NULL), 0);
}

static int
open_bytes(const char *data, size_t len)
{
	struct err err = ERR_INIT;
	struct crate_in *c;
	int fd = memory(), rc;

	assert_int_equal(write(fd, data, len), len);
	rc = crate_open(&c, fd, &err);
	assert_true((rc == 0) == (c != NULL));
	crate_release(c);
	(void)close(fd);
	return rc;
}

static void
test_crate__every_bit_of_the_file_counts(void **state)
{
	struct buf all = BUF_INIT;
	size_t i;
	int fd = pack();

	(void)state;
	read_all(fd, &all);
	assert_int_equal(open_bytes(all.ptr, all.len), 0);
	for (i = 0; i < all.len; i++) {
		all.ptr[i] ^= (char)(1 << i % 8);
		assert_int_equal(open_bytes(all.ptr, all.len), PLEIN_ECORRUPT);
		all.ptr[i] ^= (char)(1 << i % 8);
	}
	for (i = 0; i < all.len; i += 101)
		assert_int_equal(open_bytes(all.ptr, i), PLEIN_ECORRUPT);
	buf_release(&all);
	(void)close(fd);
}

/* The manifest must name each member, in order, and none besides. */
static void
test_crate__members_are_those_of_the_manifest(void **state)
{
	struct buf all = BUF_INIT, other = BUF_INIT;
	int fd = pack();

	(void)state;
	read_all(fd, &all);
	/* the first member is a header and a block */
	buf_add(&other, all.ptr + 2 * TAR_BLOCK, all.len - 2 * TAR_BLOCK);
	assert_int_equal(open_bytes(other.ptr, other.len), PLEIN_ECORRUPT);
	buf_reset(&other);
	buf_add(&other, all.ptr, 2 * TAR_BLOCK);
	buf_add(&other, all.ptr, all.len);
	assert_int_equal(open_bytes(other.ptr, other.len), PLEIN_ECORRUPT);
	buf_reset(&other);
	buf_add(&other, all.ptr + 2 * TAR_BLOCK, 2 * TAR_BLOCK);
	buf_add(&other, all.ptr, 2 * TAR_BLOCK);
	buf_add(&other, all.ptr + 4 * TAR_BLOCK, all.len - 4 * TAR_BLOCK);
	assert_int_equal(open_bytes(other.ptr, other.len), PLEIN_ECORRUPT);
	buf_release(&all);
	buf_release(&other);
	(void)close(fd);
}

static void
test_crate__a_pipe_that_closes_is_an_error(void **state)
{
	struct err err = ERR_INIT;
	struct crate_out *c;
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	c = crate_new(full);
	assert_int_equal(crate_put(c, "een", "1", 1, &err), PLEIN_ENOSPACE);
	crate_free(c);
	crate_free(NULL);
	(void)close(full);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_crate__gives_back_what_went_in),
		cmocka_unit_test(test_crate__every_bit_of_the_file_counts),
		cmocka_unit_test(test_crate__members_are_those_of_the_manifest),
		cmocka_unit_test(test_crate__a_pipe_that_closes_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

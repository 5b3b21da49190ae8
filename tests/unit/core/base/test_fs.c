#include "plein/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct folder {
	char path[256];
	int fd;
};

static int
set_up(void **state)
{
	struct folder *f = calloc(1, sizeof(*f));
	const char *tmp = getenv("TMPDIR");

	assert_non_null(f);
	(void)snprintf(f->path, sizeof(f->path), "%s/plein-fs-XXXXXX",
		       tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(f->path));
	f->fd = fs_open_dir(f->path, NULL);
	assert_true(f->fd >= 0);
	*state = f;
	return 0;
}

static void
empty_folder(int dir)
{
	struct vec names = VEC_INIT;

	assert_int_equal(fs_list_at(dir, ".", &names, NULL), 0);
	for (size_t i = 0; i < names.len; i++)
		if (unlinkat(dir, names.items[i], 0) < 0)
			(void)unlinkat(dir, names.items[i], AT_REMOVEDIR);
	vec_release(&names, free);
}

static int
tear_down(void **state)
{
	struct folder *f = *state;

	empty_folder(f->fd);
	(void)close(f->fd);
	assert_int_equal(rmdir(f->path), 0);
	free(f);
	return 0;
}

static void
assert_file(int dir, const char *name, const void *data, size_t len)
{
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(fs_read_at(dir, name, &out, 1 << 20, &err), 0);
	assert_int_equal(out.len, len);
	assert_memory_equal(out.ptr, data, len);
	assert_int_equal(out.ptr[out.len], 0);
	buf_release(&out);
}

static void
test_fs__replace_makes_and_replaces_whole_files(void **state)
{
	struct folder *f = *state;
	struct vec names = VEC_INIT;
	struct stat st;

	assert_int_equal(fs_replace_at(f->fd, "a", "one", 3, 0640, NULL), 0);
	assert_file(f->fd, "a", "one", 3);
	assert_int_equal(fs_replace_at(f->fd, "a", "x\0y", 3, 0600, NULL), 0);
	assert_file(f->fd, "a", "x\0y", 3);
	assert_int_equal(fs_replace_at(f->fd, "a", "", 0, 0444, NULL), 0);
	assert_file(f->fd, "a", "", 0);
	assert_int_equal(fstatat(f->fd, "a", &st, 0), 0);
	assert_int_equal(st.st_mode & 07777, 0444);
	assert_int_equal(fs_list_at(f->fd, ".", &names, NULL), 0);
	assert_int_equal(names.len, 1); /* no temporary stays */
	vec_release(&names, free);
}

static void
test_fs__replace_works_in_a_folder_below(void **state)
{
	struct folder *f = *state;

	assert_int_equal(mkdirat(f->fd, "sub", 0700), 0);
	assert_int_equal(fs_replace_at(f->fd, "sub/a", "deep", 4, 0600, NULL),
			 0);
	assert_file(f->fd, "sub/a", "deep", 4);
	assert_int_equal(unlinkat(f->fd, "sub/a", 0), 0);
}

static void
test_fs__replace_that_fails_leaves_nothing_behind(void **state)
{
	struct folder *f = *state;
	struct vec names = VEC_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(fs_replace_at(f->fd, "no/a", "x", 1, 0600, &err),
			 PLEIN_ENOTFOUND);
	assert_non_null(strstr(err.msg, "no/a"));
	assert_int_equal(mkdirat(f->fd, "dir", 0700), 0);
	assert_int_equal(fs_replace_at(f->fd, "dir", "x", 1, 0600, &err),
			 PLEIN_EIO);
	assert_int_equal(fs_list_at(f->fd, ".", &names, NULL), 0);
	assert_int_equal(names.len, 1);
	vec_release(&names, free);
}

static void
test_fs__read_stops_at_the_limit(void **state)
{
	static char big[20000];
	struct folder *f = *state;
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;

	memset(big, 'b', sizeof(big));
	assert_int_equal(
		fs_replace_at(f->fd, "big", big, sizeof(big), 0600, NULL), 0);
	assert_int_equal(fs_read_at(f->fd, "big", &out, sizeof(big), &err), 0);
	assert_int_equal(out.len, sizeof(big));
	buf_reset(&out);
	assert_int_equal(fs_read_at(f->fd, "big", &out, sizeof(big) - 1, &err),
			 PLEIN_ETOOBIG);
	assert_non_null(strstr(err.msg, "big"));
	assert_int_equal(out.ptr[out.len], 0);
	buf_release(&out);
}

static void
test_fs__read_appends(void **state)
{
	struct folder *f = *state;
	struct buf out = BUF_INIT;

	assert_int_equal(fs_replace_at(f->fd, "a", "tail", 4, 0600, NULL), 0);
	buf_str(&out, "head ");
	assert_int_equal(fs_read_at(f->fd, "a", &out, 4, NULL), 0);
	assert_string_equal(out.ptr, "head tail");
	buf_release(&out);
}

static void
test_fs__failures_name_the_file_and_the_kind(void **state)
{
	struct folder *f = *state;
	struct buf out = BUF_INIT;
	struct vec names = VEC_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(fs_read_at(f->fd, "gone", &out, 9, &err),
			 PLEIN_ENOTFOUND);
	assert_non_null(strstr(err.msg, "gone"));
	assert_int_equal(fs_read_at(f->fd, ".", &out, 9, &err), PLEIN_EIO);
	assert_int_equal(fs_list_at(f->fd, "none", &names, &err),
			 PLEIN_ENOTFOUND);
	assert_int_equal(fs_open_dir("/nonexistent/x", &err), PLEIN_ENOTFOUND);
	assert_non_null(strstr(err.msg, "/nonexistent/x"));
	assert_int_equal(fs_sync_fs(-1, &err), PLEIN_EIO);
	assert_int_equal(fs_close(-1, &err), PLEIN_EIO);
	assert_int_equal(fs_set_nonblock(-1, true, &err), PLEIN_EIO);
	assert_int_equal(fs_write_fd(-1, "x", 1, &err), PLEIN_EIO);
	buf_release(&out);
}

static void
test_fs__a_full_disk_is_told_as_such(void **state)
{
	struct err err = ERR_INIT;
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	if (fd < 0)
		skip();
	assert_int_equal(fs_write_fd(fd, "x", 1, &err), PLEIN_ENOSPACE);
	assert_int_equal(fs_close(fd, &err), 0);
}

static void
test_fs__list_is_sorted_and_without_dots(void **state)
{
	struct folder *f = *state;
	struct vec names = VEC_INIT;
	static const char *const make[] = { "b", "a", "c", ".hidden" };
	static const char *const expect[] = { ".hidden", "a", "b", "c" };

	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
			fs_replace_at(f->fd, make[i], "", 0, 0600, NULL), 0);
	assert_int_equal(fs_list_at(f->fd, ".", &names, NULL), 0);
	assert_int_equal(names.len, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(names.items[i], expect[i]);
	vec_release(&names, free);
}

static int
lock_in_a_child(int dir)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		int fd = fs_lock_at(dir, "lock", NULL);

		_exit(fd >= 0 ? 0 : -fd);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return -WEXITSTATUS(status);
}

static void
test_fs__lock_keeps_others_out_until_closed(void **state)
{
	struct folder *f = *state;
	struct err err = ERR_INIT;
	int fd = fs_lock_at(f->fd, "lock", &err);

	assert_true(fd >= 0);
	assert_int_equal(lock_in_a_child(f->fd), PLEIN_EBUSY);
	assert_int_equal(fs_close(fd, NULL), 0);
	assert_int_equal(lock_in_a_child(f->fd), 0);
	assert_int_equal(fs_lock_at(f->fd, "none/lock", &err), PLEIN_ENOTFOUND);
}

static void
test_fs__nonblock_is_set_and_cleared(void **state)
{
	int fds[2];
	char byte;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(fs_set_nonblock(fds[0], true, NULL), 0);
	assert_int_equal(read(fds[0], &byte, 1), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(fs_set_nonblock(fds[0], false, NULL), 0);
	assert_int_equal(fcntl(fds[0], F_GETFL) & O_NONBLOCK, 0);
	(void)close(fds[0]);
	(void)close(fds[1]);
}

static void
test_fs__sync_fs_accepts_a_folder(void **state)
{
	struct folder *f = *state;

	assert_int_equal(fs_sync_fs(f->fd, NULL), 0);
}

static void
test_fs__room_is_what_the_file_system_has(void **state)
{
	struct folder *f = *state;
	int64_t room = -1;

	assert_int_equal(fs_room_at(f->fd, ".", &room, NULL), 0);
	assert_true(room > 0);
	assert_int_equal(fs_room_at(f->fd, "nergens", &room, NULL),
			 PLEIN_ENOTFOUND);
}

#define fs_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		fs_test(test_fs__replace_makes_and_replaces_whole_files),
		fs_test(test_fs__replace_works_in_a_folder_below),
		fs_test(test_fs__replace_that_fails_leaves_nothing_behind),
		fs_test(test_fs__read_stops_at_the_limit),
		fs_test(test_fs__read_appends),
		fs_test(test_fs__failures_name_the_file_and_the_kind),
		fs_test(test_fs__a_full_disk_is_told_as_such),
		fs_test(test_fs__list_is_sorted_and_without_dots),
		fs_test(test_fs__lock_keeps_others_out_until_closed),
		fs_test(test_fs__nonblock_is_set_and_cleared),
		fs_test(test_fs__sync_fs_accepts_a_folder),
		fs_test(test_fs__room_is_what_the_file_system_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

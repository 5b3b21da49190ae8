/* Commits out of a pipe: complete, in order, and not too many at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "import_load.h"
#include "import_read.h"
#include "plein/mem.h"

#define ID "0123456789012345678901234567890123456789"

static void
add_text(struct parcel *p, const char *s)
{
	parcel_add_text(p, s, strlen(s));
}

static void
send_kind(int fd, enum import_parcel kind, const char *text)
{
	struct parcel p = PARCEL_INIT;

	parcel_add_number(&p, kind);
	if (text)
		add_text(&p, text);
	if (parcel_send(&p, fd, NULL) != 0)
		_exit(1);
	parcel_release(&p);
}

static void
send_begin(int fd)
{
	struct parcel p = PARCEL_INIT;

	parcel_add_number(&p, IMPORT_BEGIN);
	parcel_add_number(&p, 1);
	if (parcel_send(&p, fd, NULL) != 0)
		_exit(1);
	parcel_release(&p);
}

static void
send_commit(int fd, const char *message)
{
	struct parcel p = PARCEL_INIT;

	parcel_add_number(&p, IMPORT_COMMIT);
	add_text(&p, ID);
	add_text(&p, "Jan");
	add_text(&p, "jan@x");
	add_text(&p, message);
	parcel_add_number(&p, 1);
	parcel_add_number(&p, 2);
	if (parcel_send(&p, fd, NULL) != 0)
		_exit(1);
	parcel_release(&p);
}

static void
send_file(int fd, const char *path, size_t len)
{
	struct parcel p = PARCEL_INIT;
	char *text = mem_alloc(len + 1);

	memset(text, 'x', len);
	parcel_add_number(&p, IMPORT_FILE);
	parcel_add_number(&p, INCOMING_FILE);
	add_text(&p, path);
	add_text(&p, ID);
	parcel_add_number(&p, (int64_t)len);
	parcel_add_text(&p, text, len);
	add_text(&p, "");
	if (parcel_send(&p, fd, NULL) != 0)
		_exit(1);
	free(text);
	parcel_release(&p);
}

/* What `tell` sends, in a process of its own, comes out of the result. */
static int
start(pid_t *pid, void (*tell)(int fd))
{
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	*pid = fork();
	assert_true(*pid >= 0);
	if (*pid == 0) {
		(void)close(fds[0]);
		tell(fds[1]);
		_exit(0);
	}
	(void)close(fds[1]);
	return fds[0];
}

static void
finish(struct import_load *l, pid_t pid)
{
	int status;

	(void)close(l->fd);
	import_load_release(l);
	assert_int_equal(waitpid(pid, &status, 0), pid);
}

static void
tell_three(int fd)
{
	send_begin(fd);
	send_commit(fd, "een");
	send_file(fd, "a.md", 3);
	send_file(fd, "b.md", 0);
	send_commit(fd, "twee");
	send_commit(fd, "drie");
	send_file(fd, "a.md", 5);
	send_kind(fd, IMPORT_END, NULL);
}

static void
test_import_load__commits_have_their_files(void **state)
{
	struct import_load l;
	struct vec commits = VEC_INIT;
	const struct import_commit *c;
	const struct import_file *f;
	bool goes_on = false;
	pid_t pid;

	(void)state;
	import_load_init(&l, start(&pid, tell_three));
	assert_int_equal(import_load_begin(&l, &goes_on, NULL), 0);
	assert_true(goes_on);
	assert_int_equal(import_load_round(&l, &commits, NULL), 0);
	assert_int_equal(commits.len, 3);
	c = commits.items[0];
	assert_string_equal(c->message, "een");
	assert_string_equal(c->id.hex, ID);
	assert_string_equal(c->mail, "jan@x");
	assert_int_equal(c->author_when, 1);
	assert_int_equal(c->when, 2);
	assert_int_equal(c->files.len, 2);
	f = c->files.items[0];
	assert_string_equal(f->path, "a.md");
	assert_string_equal(f->text.ptr, "xxx");
	assert_int_equal(f->size, 3);
	c = commits.items[1];
	assert_int_equal(c->files.len, 0);
	c = commits.items[2];
	assert_int_equal(c->files.len, 1);
	vec_release(&commits, import_commit_free);
	assert_int_equal(import_load_round(&l, &commits, NULL), 0);
	assert_int_equal(commits.len, 0);
	finish(&l, pid);
}

static void
tell_much(int fd)
{
	int i;

	send_begin(fd);
	send_commit(fd, "groot");
	for (i = 0; i < 40; i++)
		send_file(fd, "a.md", 1024 * 1024);
	for (i = 0; i < IMPORT_ROUND_COMMITS + 10; i++)
		send_commit(fd, "klein");
	send_kind(fd, IMPORT_END, NULL);
}

static void
test_import_load__much_comes_in_pieces(void **state)
{
	struct import_load l;
	struct vec commits = VEC_INIT;
	const struct import_commit *c;
	size_t files = 0, small = 0, pieces = 0, i;
	bool goes_on;
	pid_t pid;

	(void)state;
	import_load_init(&l, start(&pid, tell_much));
	assert_int_equal(import_load_begin(&l, &goes_on, NULL), 0);
	do {
		vec_release(&commits, import_commit_free);
		assert_int_equal(import_load_round(&l, &commits, NULL), 0);
		assert_true(commits.len <= IMPORT_ROUND_COMMITS + 1);
		for (i = 0; i < commits.len; i++) {
			c = commits.items[i];
			assert_true(c->files.len <= 17);
			files += c->files.len;
			small += strcmp(c->message, "klein") == 0;
			pieces += c->more;
		}
	} while (commits.len > 0);
	assert_int_equal(files, 40);
	assert_int_equal(small, IMPORT_ROUND_COMMITS + 10);
	assert_int_equal(pieces, 2);
	finish(&l, pid);
}

static void
tell_failure(int fd)
{
	send_begin(fd);
	send_commit(fd, "een");
	send_kind(fd, IMPORT_FAILED, "kapot");
}

static void
tell_half(int fd)
{
	send_begin(fd);
	send_commit(fd, "een");
}

static void
tell_nonsense(int fd)
{
	send_begin(fd);
	send_file(fd, "zonder.md", 1);
}

static void
test_import_load__what_goes_wrong_there_is_told_here(void **state)
{
	static const struct {
		void (*tell)(int fd);
		int code;
	} rows[] = { { tell_failure, PLEIN_ENOTFOUND },
		     { tell_half, PLEIN_EPROTO },
		     { tell_nonsense, PLEIN_EPROTO } };
	struct import_load l;
	struct vec commits = VEC_INIT;
	struct err err = ERR_INIT;
	bool goes_on;
	pid_t pid;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		import_load_init(&l, start(&pid, rows[i].tell));
		assert_int_equal(import_load_begin(&l, &goes_on, &err), 0);
		assert_int_equal(import_load_round(&l, &commits, &err),
				 rows[i].code);
		vec_release(&commits, import_commit_free);
		finish(&l, pid);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import_load__commits_have_their_files),
		cmocka_unit_test(test_import_load__much_comes_in_pieces),
		cmocka_unit_test(
			test_import_load__what_goes_wrong_there_is_told_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

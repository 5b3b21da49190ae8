/* fake_scripts.c - see fake_scripts.h. */
#include "fake_scripts.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"

#define TEXT_MAX (1 << 20)

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
list_scripts(struct vec *names, const char *folder, int argc, char **argv)
{
	DIR *dir = argc < 2 ? opendir(folder) : NULL;
	const struct dirent *e;

	for (int i = 1; i < argc; i++)
		vec_push(names, mem_strdup(argv[i]));
	if (!dir)
		return;
	while ((e = readdir(dir)) != NULL) {
		const char *end = strstr(e->d_name, ".txt");

		if (end)
			vec_push(names, mem_strndup(e->d_name,
						    (size_t)(end - e->d_name)));
	}
	(void)closedir(dir);
	qsort(names->items, names->len, sizeof(*names->items), by_name);
}

void
fake_read_file(const char *folder, const char *name, const char *ending,
	       struct buf *out)
{
	int dir = fs_open_dir(folder, NULL);
	char file[80];

	assert_true(dir >= 0);
	(void)snprintf(file, sizeof(file), "%s%s", name, ending);
	(void)fs_read_at(dir, file, out, TEXT_MAX, NULL);
	(void)close(dir);
}

void
fake_read_script(const char *folder, const char *name, struct buf *out)
{
	fake_read_file(folder, name, ".txt", out);
}

int
fake_run_scripts(const char *folder, CMUnitTestFunction test,
		 const struct CMUnitTest *last, CMFixtureFunction setup,
		 int argc, char **argv)
{
	struct vec names = VEC_INIT;
	struct CMUnitTest *tests;
	int failed;

	list_scripts(&names, folder, argc, argv);
	tests = mem_alloc((names.len + 1) * sizeof(*tests));
	if (last)
		tests[names.len] = *last;
	for (size_t i = 0; i < names.len; i++) {
		tests[i].name = names.items[i];
		tests[i].test_func = test;
		tests[i].initial_state = names.items[i];
	}
	failed = _cmocka_run_group_tests(
		folder, tests, names.len + (last && argc < 2), setup, NULL);
	if (!names.len)
		failed = 1;
	free(tests);
	vec_release(&names, free);
	return failed;
}

static void
write_golden(const char *folder, const char *name, const struct buf *text)
{
	int dir = fs_open_dir(folder, NULL);
	char file[80];

	assert_true(dir >= 0);
	(void)snprintf(file, sizeof(file), "%s.txt", name);
	assert_int_equal(
		fs_replace_at(dir, file, text->ptr, text->len, 0644, NULL), 0);
	(void)close(dir);
}

void
fake_read_scene(const char *script, const char *word, char *out, size_t size)
{
	char line[200] = "", *at, *rest = NULL;

	*out = '\0';
	(void)snprintf(line, sizeof(line), "%.*s", (int)strcspn(script, "\n"),
		       script);
	for (at = strtok_r(line, " ", &rest); at;
	     at = strtok_r(NULL, " ", &rest))
		if (strcmp(at, word) == 0) {
			at = strtok_r(NULL, " ", &rest);
			assert_non_null(at);
			(void)snprintf(out, size, "%s", at);
		}
}

/* A whole transcript is longer than a message of cmocka may be. */
static void
tell_difference(const char *name, const char *golden, const char *text)
{
	int line = 1;

	while (*golden && *golden == *text) {
		line += *text++ == '\n';
		golden++;
	}
	fail_msg("%s: not the golden text from line %d on: \"%.300s\" instead "
		 "of \"%.300s\"",
		 name, line, text, golden);
}

void
fake_expect_golden(const char *folder, const char *name, const struct buf *text)
{
	struct buf golden = BUF_INIT;

	if (getenv("PLEIN_GOLDEN"))
		write_golden(folder, name, text);
	fake_read_script(folder, name, &golden);
	if (strcmp(text->ptr, golden.ptr) != 0)
		tell_difference(name, golden.ptr, text->ptr);
	buf_release(&golden);
}

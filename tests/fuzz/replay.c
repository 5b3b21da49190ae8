/*
 * replay.c - run a target over its corpus: fuzz_conf over the files of
 * tests/fuzz/corpus/conf, whole and cut short at several places. It speaks
 * like cmocka, so that tests/lib/run_units counts it; a broken assertion
 * ends the program.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/fs.h"
#include "plein/mem.h"
#include "plein/vec.h"

#define CUTS 16
#define FILE_MAX (64 * 1024)

/* On memory of the exact size, so that reading beyond it is noticed. */
static void
run_prefix(const struct buf *bytes, size_t len)
{
	uint8_t *exact = mem_alloc(len);

	memcpy(exact, bytes->ptr, len);
	(void)LLVMFuzzerTestOneInput(exact, len); /* 0 by contract */
	free(exact);
}

static int
replay_file(int dir, const char *name, struct err *err)
{
	struct buf bytes = BUF_INIT;
	int rc = fs_read_at(dir, name, &bytes, FILE_MAX, err);

	for (size_t i = 0; i <= CUTS && rc == 0; i++)
		run_prefix(&bytes, bytes.len * i / CUTS);
	buf_release(&bytes);
	return rc;
}

static int
replay_folder(const char *path, struct err *err)
{
	struct vec names = VEC_INIT;
	int dir = fs_open_dir(path, err), rc;
	size_t n = 0;

	if (dir < 0)
		return dir;
	rc = fs_list_at(dir, ".", &names, err);
	for (; rc == 0 && n < names.len; n++)
		rc = replay_file(dir, names.items[n], err);
	if (rc == 0)
		(void)printf("[  PASSED  ] %zu test(s).\n", n);
	vec_release(&names, free);
	(void)fs_close(dir, NULL); /* only read */
	return rc;
}

int
main(int argc, char **argv)
{
	const char *name = argc > 0 ? strrchr(argv[0], '/') : NULL;
	struct buf path = BUF_INIT;
	struct err err = ERR_INIT;
	int rc;

	if (!name || strncmp(name, "/fuzz_", 6) != 0) {
		(void)fprintf(stderr, "to be called as …/fuzz_<parser>\n");
		return EXIT_FAILURE;
	}
	buf_printf(&path, "tests/fuzz/corpus/%s", name + 6);
	rc = replay_folder(path.ptr, &err);
	if (rc < 0)
		(void)fprintf(stderr, "%s: %s\n", path.ptr, err.msg);
	buf_release(&path);
	return rc < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

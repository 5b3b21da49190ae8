/* The file of a backup: whatever the bytes, verified or refused. */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "crate.h"
#include "plein/tar.h"

/* A header that is taken is the one we would write. */
static void
check_blocks(const uint8_t *data, size_t size)
{
	struct buf again = BUF_INIT;
	struct tar_entry e;
	size_t at;

	for (at = 0; at + TAR_BLOCK <= size; at += TAR_BLOCK) {
		if (tar_parse((const char *)data + at, &e, NULL) != 1)
			continue;
		buf_reset(&again);
		assert(tar_header(&again, &e, NULL) == 0);
		assert(memcmp(again.ptr, data + at, TAR_BLOCK) == 0);
	}
	buf_release(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("crate", MFD_CLOEXEC);
	struct crate_in *c = NULL;
	struct err err = ERR_INIT;
	struct buf said = BUF_INIT;

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	check_blocks(data, size);
	if (crate_open(&c, fd, &err) == 0)
		(void)crate_said(c, "program", &said);
	else
		assert(c == NULL && err.msg[0] != '\0');
	crate_release(c);
	buf_release(&said);
	(void)close(fd);
	return 0;
}

/* Names: what one function of path.h accepts, the others understand. */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/path.h"
#include "plein/utf8.h"

static void
check_address(const char *s)
{
	struct buf path = BUF_INIT, address = BUF_INIT, again = BUF_INIT;
	struct err err = ERR_INIT;

	if (path_from_address(s, &path, &err) < 0) {
		assert(err.code == PLEIN_ERULE && path.len == 0);
		assert(utf8_is_valid(err.msg, strlen(err.msg)));
	} else {
		assert(path_kind_of(path.ptr) == PATH_PAGE);
		path_to_address(path.ptr, &address);
		assert(strncmp(s, address.ptr, address.len) == 0);
		assert(path_from_address(address.ptr, &again, NULL) == 0);
		assert(strcmp(path.ptr, again.ptr) == 0);
	}
	buf_release(&path);
	buf_release(&address);
	buf_release(&again);
}

static void
check_page(const char *s)
{
	struct buf address = BUF_INIT, path = BUF_INIT;

	if (path_kind_of(s) == PATH_PAGE) {
		path_to_address(s, &address);
		assert(path_from_address(address.ptr, &path, NULL) == 0);
		assert(path_kind_of(path.ptr) == PATH_PAGE);
	}
	buf_release(&address);
	buf_release(&path);
}

/* Nothing that a file system or git gives a meaning gets through. */
static void
check_path(const char *s)
{
	size_t len = strlen(s);

	if (path_check(s, len, NULL) < 0) {
		assert(path_kind_of(s) == PATH_BAD);
		return;
	}
	assert(len > 0 && len <= PATH_MAX_LEN);
	assert(utf8_is_nfc(s, len));
	assert(s[0] != '/' && s[0] != '-' && s[len - 1] != '/');
	assert(!strstr(s, "//") && !strpbrk(s, "\\:*?\"<>|\n\033"));
	assert(!strstr(s, "./") && !strcasestr(s, "/.git"));
}

static void
check_slug(const char *s)
{
	struct buf slug = BUF_INIT, again = BUF_INIT;

	slug_from_title(&slug, s);
	assert(slug.len <= SLUG_MAX);
	assert(strspn(slug.ptr, "abcdefghijklmnopqrstuvwxyz0123456789-") ==
	       slug.len);
	slug_from_title(&again, slug.ptr);
	assert(strcmp(slug.ptr, again.ptr) == 0);
	buf_release(&slug);
	buf_release(&again);
}

static void
check_names(const char *s)
{
	if (handle_is_valid(s) || space_is_valid(s)) {
		assert(strlen(s) <= HANDLE_MAX && s[0] != '-' && s[0] != '.');
		assert(path_check(s, strlen(s), NULL) == 0 ||
		       !space_is_valid(s));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = mem_strndup((const char *)data, size);

	check_address(s);
	check_page(s);
	check_path(s);
	check_slug(s);
	check_names(s);
	(void)path_check((const char *)data, size, NULL); /* with NULs */
	free(s);
	return 0;
}

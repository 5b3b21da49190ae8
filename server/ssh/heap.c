/*
 * A program that defines malloc() replaces the C library's for all its
 * shared libraries too (glibc manual, Replacing malloc). These pass every
 * call on to glibc's own and only look at the answer. Other processes of
 * this program are not strict: the wiki process may meet a damaged object
 * that claims to be enormous, and that is only an error.
 *
 * The sanitizers replace malloc() themselves and end the process.
 */
#include "ssh/heap.h"

#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#define EXIT_NO_MEMORY 70 /* as die() of plein/mem.h */

static bool heap_is_strict;

void
heap_be_strict(void)
{
	heap_is_strict = true;
}

#ifndef __SANITIZE_ADDRESS__

extern void *
__libc_malloc(size_t size);
extern void *
__libc_calloc(size_t n, size_t size);
extern void *
__libc_realloc(void *ptr, size_t size);

void *
malloc(size_t size);
void *
calloc(size_t n, size_t size);
void *
realloc(void *ptr, size_t size);

static void *
check(void *ptr, bool wanted)
{
	static const char text[] = "connection: out of memory\n";

	if (ptr == NULL && wanted && heap_is_strict) {
		if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
			_exit(EXIT_NO_MEMORY);
		_exit(EXIT_NO_MEMORY);
	}
	return ptr;
}

void *
malloc(size_t size)
{
	return check(__libc_malloc(size), true);
}

void *
calloc(size_t n, size_t size)
{
	return check(__libc_calloc(n, size), true);
}

/* realloc(p, 0) frees and answers NULL. */
void *
realloc(void *ptr, size_t size)
{
	return check(__libc_realloc(ptr, size), size > 0);
}

#endif

/*
 * mem.c - allocation that succeeds or ends the process.
 */
#include "plein/mem.h"

#include <errno.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_DEAD 70 /* EX_SOFTWARE of sysexits.h */
#define BIG (128 * 1024) /* bytes; what the C library begins with */
#define SPARE (32 * 1024) /* at the end of the heap; there it is BIG, too */

static void (*die_hook)(void);

static void *
require_memory(void *ptr, size_t size)
{
	if (ptr == NULL)
		die("out of memory (%zu bytes)", size);
	return ptr;
}

void *
mem_alloc(size_t size)
{
	return mem_array(1, size);
}

void *
mem_array(size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		die("array too large (%zu of %zu bytes)", n, size);
	if (n == 0 || size == 0)
		n = size = 1;
	return require_memory(calloc(n, size), n * size);
}

void *
mem_realloc(void *ptr, size_t size)
{
	if (size == 0)
		size = 1;
	return require_memory(realloc(ptr, size), size);
}

char *
mem_strdup(const char *s)
{
	return mem_strndup(s, strlen(s));
}

char *
mem_strndup(const char *s, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		die("string too large");
	copy = require_memory(malloc(len + 1), len + 1);
	if (len > 0)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

void
mem_trim(void)
{
	(void)malloc_trim(0); /* says whether there was anything */
}

void
mem_return_big(void)
{
	(void)mallopt(M_MMAP_THRESHOLD, BIG); /* else it adapts itself */
	(void)mallopt(M_TRIM_THRESHOLD, SPARE);
	(void)mallopt(M_TOP_PAD, SPARE);
}

void
die(const char *fmt, ...)
{
	void (*hook)(void) = die_hook;
	char line[512];
	va_list ap;

	/* A hook that dies itself must not run again. */
	die_hook = NULL;
	if (hook != NULL)
		hook();
	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	(void)dprintf(STDERR_FILENO, "%s: %s\n", program_invocation_short_name,
		      line);
	_exit(EXIT_DEAD);
}

void
die_set_hook(void (*hook)(void))
{
	die_hook = hook;
}

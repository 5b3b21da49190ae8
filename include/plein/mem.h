/*
 * mem.h - memory that is there, or the process ends.
 *
 * Sizes that come from outside are bounded before they get here, so a failed
 * allocation means that the machine is out of memory: the process ends
 * through die() and its parent starts a new one.
 */
#ifndef PLEIN_MEM_H
#define PLEIN_MEM_H

#include <stddef.h>

/* Zeroed; free() it. */
void *
mem_alloc(size_t size);

/* `n` elements of `size`, zeroed; an overflowing product ends the process. */
void *
mem_array(size_t n, size_t size);

void *
mem_realloc(void *ptr, size_t size);

char *
mem_strdup(const char *s);

/* The first `len` bytes of `s`, with a NUL behind them. */
char *
mem_strndup(const char *s, size_t len);

/* Give pages nobody uses back to the system: for who is about to be idle. */
void
mem_trim(void);

/*
 * From now on what is big goes back to the system as soon as it is freed,
 * whatever was freed before, and less is kept in reserve; for a program that
 * lives long and rarely needs much.
 */
void
mem_return_big(void);

/*
 * End the process with one line on stderr and exit code 70. `die_hook`, when
 * set, runs first (the client restores the terminal there).
 */
void
die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

void
die_set_hook(void (*hook)(void));

#endif

/*
 * screen.h - the real ssh client in a pty, with libvterm reading what it
 * draws, as a person at a terminal would.
 */
#ifndef PLEIN_TEST_SCREEN_H
#define PLEIN_TEST_SCREEN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "fixture.h"
#include "plein/buf.h"

#define SCREEN_CHARS 6

struct screen;

/*
 * `ssh -tt host EXTRA…` in a window of this size. `term` is TERM (NULL:
 * xterm-256color).
 */
struct screen *
screen_open(const struct fixture *f, int rows, int cols, const char *term,
	    const char *const extra[]);

/* Any program in a pty (argv), for peers in benchmarks. */
struct screen *
screen_run(int rows, int cols, const char *term, const char *const argv[]);

/* Bytes as if typed. */
void
screen_type(struct screen *s, const char *bytes);

/* Until the screen holds `text` (true), or 15 s passed. */
bool
screen_wait(struct screen *s, const char *text);

/* Until it no longer holds it. */
bool
screen_wait_gone(struct screen *s, const char *text);

/* The screen as text, lines without trailing blanks; appended. */
void
screen_text(struct screen *s, struct buf *out);

void
screen_cursor(struct screen *s, int *row, int *col);

/* The character there, 0 for a blank that nothing was written on. */
uint32_t
screen_char(const struct screen *s, int row, int col);

/* Is this cell shown in reverse? */
bool
screen_is_reverse(struct screen *s, int row, int col);

/* All that is seen of a cell; to be compared as bytes. */
struct screen_look {
	uint32_t chars[SCREEN_CHARS]; /* until a 0; (uint32_t)-1: right half */
	uint8_t bold, underline, reverse;
	uint8_t colour; /* of the palette of 256; 0 without has_colour */
	uint32_t has_colour;
};

void
screen_look(const struct screen *s, int row, int col, struct screen_look *out);

/* Was anything written on this cell since screen_forget_written()? */
bool
screen_was_written(const struct screen *s, int row, int col);

void
screen_forget_written(struct screen *s);

void
screen_resize(struct screen *s, int rows, int cols);

/* Wait for the program to end (15 s, then killed: -1); frees. */
int
screen_close(struct screen *s);

/* As screen_close(), but hangs up first. */
void
screen_abandon(struct screen *s);

pid_t
screen_pid(const struct screen *s);

/* The pty, for who polls by himself; and the bytes it gave so far. */
int
screen_fd(const struct screen *s);

size_t
screen_bytes(const struct screen *s);

/* Keep a copy of all bytes that come from now on; NULL: not any more. */
void
screen_record(struct screen *s, struct buf *bytes);

/* Read what is there within `ms`; false at the end or when nothing came. */
bool
screen_step(struct screen *s, int ms);

#endif

/*
 * sequence.h - one escape sequence, as the terminals of SSH users send them:
 * xterm, VT220, rxvt, PuTTY, the Linux console. Pure; keys.c feeds it.
 */
#ifndef PLEIN_UI_SEQUENCE_H
#define PLEIN_UI_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/key.h"

/* Longest CSI sequence, from the ESC on, that can be a key. */
#define SEQUENCE_MAX 64

enum sequence_kind {
	SEQUENCE_PART, /* more bytes must come */
	SEQUENCE_KEY, /* *key is set */
	SEQUENCE_MOUSE, /* the same: a click, a turn of the wheel */
	SEQUENCE_PASTE, /* bracketed paste begins */
	SEQUENCE_STRING, /* OSC, DCS, …: skip until its end */
	SEQUENCE_LONG, /* CSI beyond SEQUENCE_MAX: skip to its end */
	SEQUENCE_NOISE /* nothing we asked for: drop */
};

/*
 * Read ESC [ …, ESC O … or the introducer of a string at `s`. *taken becomes
 * its length in bytes (0 for SEQUENCE_PART). `digits`: the numeric keypad is
 * known to be in application mode, so ESC O w is 7 and not rxvt's End.
 */
enum sequence_kind
sequence_read(const char *s, size_t len, bool digits, struct key *key,
	      size_t *taken);

/* Does ESC and this byte begin one of those? */
bool
sequence_begins(char second);

/* Is this ESC O and a key of the numeric keypad other than w? */
bool
sequence_is_keypad(const char *s, size_t len);

#endif

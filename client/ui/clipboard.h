/*
 * clipboard.h - a text for the clipboard of whoever sits at the terminal:
 * OSC 52 of xterm, as base64, so that no text can end the sequence or begin
 * another. Pure.
 */
#ifndef PLEIN_UI_CLIPBOARD_H
#define PLEIN_UI_CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

#include "plein/buf.h"

/* Bytes of text that go there: terminals take 100 kB of base64. */
#define CLIPBOARD_MAX ((size_t)75000)

/* Appended; false, and nothing is, for none or more than that. */
bool
clipboard_bytes(const char *text, size_t len, struct buf *out);

#endif

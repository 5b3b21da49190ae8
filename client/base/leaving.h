/* leaving.h - what closing one's profile means, in words. */
#ifndef PLEIN_BASE_LEAVING_H
#define PLEIN_BASE_LEAVING_H

#include "plein/buf.h"

/* Paragraphs with a newline between, none at the end; appended. */
void
leaving_explain(struct buf *out);

#endif

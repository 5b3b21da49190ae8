/* qr.h - a text as a QR code: rows of dark and light. */
#ifndef PLEIN_PROOF_QR_H
#define PLEIN_PROOF_QR_H

#include "plein/buf.h"
#include "plein/err.h"

/*
 * Append one line a row, `#` dark and `.` light, without the light border
 * that a reader wants around it. PLEIN_ETOOBIG when the text does not fit.
 */
int
qr_rows(struct buf *out, const char *text, struct err *err);

#endif

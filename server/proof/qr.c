/* qr.c - see qr.h. */
#include "proof/qr.h"

#include <qrencode.h>

int
qr_rows(struct buf *out, const char *text, struct err *err)
{
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
	const unsigned char *cell;

	if (!code)
		return err_set(err, PLEIN_ETOOBIG, "too long for a QR code");
	cell = code->data;
	for (int y = 0; y < code->width; y++) {
		for (int x = 0; x < code->width; x++)
			buf_char(out, *cell++ & 1 ? '#' : '.');
		buf_char(out, '\n');
	}
	QRcode_free(code);
	return 0;
}

/* clipboard.c - see clipboard.h. */
#include "ui/clipboard.h"

#include "plein/base64.h"

#define COPY_BEGIN "\x1b]52;c;"
#define COPY_END "\x07"

bool
clipboard_bytes(const char *text, size_t len, struct buf *out)
{
	if (len == 0 || len > CLIPBOARD_MAX)
		return false;
	buf_str(out, COPY_BEGIN);
	base64_encode(out, text, len);
	buf_str(out, COPY_END);
	return true;
}

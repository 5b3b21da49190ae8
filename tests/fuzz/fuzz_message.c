/* A note never becomes a trailer; any message can be read. */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"
#include "plein/message.h"

static void
check_foreign(const char *text)
{
	struct message m;

	message_parse(&m, text);
	assert(m.subject && !strchr(m.subject, '\n'));
	assert(!m.page || !strchr(m.page, '\n'));
	message_release(&m);
}

static void
check_note(const char *note, const struct message *trailers)
{
	struct buf out = BUF_INIT;
	struct message m;

	message_format(&out, note, "fallback", trailers);
	assert(out.len > 0 && out.ptr[0] != '\n');
	message_parse(&m, out.ptr);
	assert(!m.page == !trailers->page);
	assert(!m.page || strcmp(m.page, trailers->page) == 0);
	assert(!m.action && !m.request);
	message_release(&m);
	buf_release(&out);
}

/* Neither does the value of one trailer become another one. */
static void
check_value(char *value)
{
	struct message trailers = { .page = value }, m;
	struct buf out = BUF_INIT;

	message_format(&out, "note", "fallback", &trailers);
	message_parse(&m, out.ptr);
	assert(!m.action && !m.request);
	assert(!m.page || strncmp(m.page, value, strlen(m.page)) == 0);
	message_release(&m);
	buf_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct message none = { 0 };
	char page[] = "themas/x", *s = mem_strndup((const char *)data, size);
	const struct message some = { .page = page };

	check_foreign(s);
	check_note(s, &none);
	check_note(s, &some);
	check_value(s);
	free(s);
	return 0;
}

/*
 * Lines of a stream, however it is cut into pieces: the first byte says how
 * many bytes arrive at once.
 */
#include "fuzz.h"

#include <assert.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plein/wire.h"

#define LINE 32
#define STREAM_MAX 8192

/* The lines that were taken so far are those of the bytes sent so far. */
struct reader {
	struct wire wire;
	const char *expected; /* rest of the stream */
	size_t left;
	int code;
};

static void
take_lines(struct reader *r)
{
	size_t len;
	char *line;

	while (r->code == 0 &&
	       (line = wire_line(&r->wire, &len, &r->code)) != NULL) {
		assert(len <= LINE && len < r->left);
		assert(memcmp(line, r->expected, len) == 0);
		assert(r->expected[len] == '\n' && line[len] == '\0');
		assert(!memchr(line, '\n', len));
		r->expected += len + 1;
		r->left -= len + 1;
	}
}

/* Until nothing more comes. */
static void
read_all(struct reader *r)
{
	size_t before;

	do {
		before = r->left;
		(void)wire_read(&r->wire, NULL); /* the end is told below */
		take_lines(r);
	} while (r->code == 0 && r->left < before);
}

static void
check_rest(const struct reader *r)
{
	const char *newline = memchr(r->expected, '\n', r->left);

	if (r->code == PLEIN_ETOOBIG)
		assert(!newline || newline - r->expected > LINE);
	else
		assert(!newline && r->left <= LINE);
}

static void
check_reading(const char *s, size_t len, size_t piece)
{
	struct reader r = { .expected = s, .left = len };
	int ends[2];
	size_t n;

	assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	wire_init(&r.wire, ends[0], ends[0], LINE, LINE);
	for (size_t at = 0; at < len && r.code == 0; at += n) {
		n = len - at < piece ? len - at : piece;
		assert(write(ends[1], s + at, n) == (ssize_t)n);
		read_all(&r);
	}
	check_rest(&r);
	(void)close(ends[1]); /* nobody reads what is left */
	wire_release(&r.wire);
}

/* What is sent arrives, or is refused whole. */
static void
check_sending(const char *s, size_t len, size_t piece)
{
	char got[STREAM_MAX];
	struct wire w;
	int ends[2];
	ssize_t n;

	assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	wire_init(&w, ends[0], ends[0], LINE, piece);
	for (size_t at = 0; at < len; at += piece) {
		size_t want = len - at < piece ? len - at : piece;

		assert(wire_send(&w, s + at, want + piece, NULL) ==
		       PLEIN_EBUSY);
		assert(wire_send(&w, s + at, want, NULL) == 0);
		n = read(ends[1], got, sizeof(got));
		assert(n == (ssize_t)want && memcmp(got, s + at, want) == 0);
	}
	wire_release(&w);
	(void)close(ends[1]); /* all was read */
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2 || size > STREAM_MAX)
		return 0;
	check_reading((const char *)data + 1, size - 1, data[0] + 1u);
	check_sending((const char *)data + 1, size - 1, data[0] + 1u);
	return 0;
}

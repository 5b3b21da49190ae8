/*
 * log.c - one JSON record a line on stderr.
 *
 * A record is built whole and written with one call, so that lines of
 * several processes on one stderr stay apart. The rate is counted in windows
 * of a second; what was dropped is told by the first record of a later
 * window. A mutex guards the window: writers are in several threads.
 *
 * Whoever reads the log may stall; nobody in the wiki waits for that. A
 * record that would have to wait is dropped and counted.
 */
#include "plein/log.h"

#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/err.h"
#include "plein/filter.h"
#include "plein/fs.h"
#include "plein/utf8.h"

#define TEXT_MAX 1024 /* bytes of one value */
#define WINDOW_MS 1000

static struct {
	pthread_mutex_t lock;
	const char *process;
	bool off;
	int64_t window; /* start, monotonic ms */
	int n_written; /* in this window */
	int64_t n_dropped; /* not yet told */
} state = { .lock = PTHREAD_MUTEX_INITIALIZER, .process = "plein" };

void
log_set_process(const char *name)
{
	state.process = name;
}

void
log_enable(int on)
{
	state.off = !on;
}

static void
add_escaped(struct buf *out, uint32_t cp)
{
	if (cp == UINT32_MAX)
		cp = 0xfffd;
	if (cp < 0x10000) {
		buf_printf(out, "\\u%04x", cp);
		return;
	}
	cp -= 0x10000;
	buf_printf(out, "\\u%04x\\u%04x", 0xd800 + (cp >> 10),
		   0xdc00 + (cp & 0x3ff));
}

/* A JSON string (RFC 8259 §7) that a terminal can show as well. */
static void
add_string(struct buf *out, const char *s)
{
	size_t len = strnlen(s, TEXT_MAX), n;
	uint32_t cp;

	buf_char(out, '"');
	for (size_t pos = 0; pos < len; pos += n) {
		n = utf8_decode(s + pos, len - pos, &cp);
		if (cp == '"' || cp == '\\')
			buf_char(out, '\\');
		if (filter_allows(cp))
			buf_add(out, s + pos, n);
		else
			add_escaped(out, cp);
	}
	if (s[len] != '\0')
		buf_str(out, "...");
	buf_char(out, '"');
}

static void
add_field(struct buf *out, const struct log_field *field)
{
	buf_char(out, ',');
	add_string(out, field->key);
	buf_char(out, ':');
	if (field->text != NULL)
		add_string(out, field->text);
	else
		buf_printf(out, "%" PRId64, field->number);
}

static bool
would_wait(void)
{
	struct pollfd p = { STDERR_FILENO, POLLOUT, 0 };

	return poll(&p, 1, 0) == 0;
}

static void
write_record(const char *event, const struct log_field *fields)
{
	struct buf out = BUF_INIT;

	buf_str(&out, "{\"time\":\"");
	clock_iso(&out, clock_wall());
	buf_str(&out, "\",\"process\":");
	add_string(&out, state.process);
	buf_printf(&out, ",\"pid\":%ld,\"event\":", (long)getpid());
	add_string(&out, event);
	for (; fields->key != NULL; fields++)
		add_field(&out, fields);
	buf_str(&out, "}\n");
	/* There is nobody to tell that the log itself fails. */
	(void)fs_write_fd(STDERR_FILENO, out.ptr, out.len, NULL);
	buf_release(&out);
}

/* Opens a new window when its time has come; returns the drops to tell. */
static int64_t
open_window(int64_t now)
{
	int64_t dropped;

	if (now - state.window < WINDOW_MS)
		return 0;
	state.window = now;
	state.n_written = 0;
	dropped = state.n_dropped;
	state.n_dropped = 0;
	return dropped;
}

void
log_write(const char *event, const struct log_field *fields)
{
	int64_t dropped;
	bool full;

	if (state.off)
		return;
	(void)pthread_mutex_lock(&state.lock); /* cannot fail: never nested */
	dropped = open_window(clock_mono_ms());
	full = state.n_written >= LOG_PER_SECOND || would_wait();
	if (full)
		state.n_dropped += dropped + 1;
	else
		state.n_written++;
	if (dropped > 0 && !full)
		write_record(
			"log.dropped",
			(const struct log_field[]){
				LOG_NUMBER("count", dropped), { 0, 0, 0 } });
	if (!full)
		write_record(event, fields);
	(void)pthread_mutex_unlock(&state.lock);
}

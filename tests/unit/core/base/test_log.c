#include "plein/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "plein/buf.h"
#include "plein/clock.h"
#include "plein/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Catch what the log writes while `act` runs. */
static void
catch_log(struct buf *out, void (*act)(void))
{
	FILE *file = tmpfile();
	int saved = dup(STDERR_FILENO);

	assert_non_null(file);
	assert_true(saved >= 0);
	assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
	act();
	assert_true(dup2(saved, STDERR_FILENO) >= 0);
	(void)close(saved);
	rewind(file);
	assert_int_equal(fs_read_fd(fileno(file), out, 1 << 20, NULL), 0);
	(void)fclose(file);
}

/* The next record of `*at`, which moves behind it; NULL at the end. */
static json_t *
next_record(const char **at)
{
	const char *end = strchr(*at, '\n');
	json_error_t why;
	json_t *record;

	if (end == NULL)
		return NULL;
	record = json_loadb(*at, (size_t)(end - *at), 0, &why);
	if (record == NULL)
		fail_msg("%s: %s", why.text, *at);
	*at = end + 1;
	return record;
}

static const char *
text_of(const json_t *record, const char *key)
{
	return json_string_value(json_object_get(record, key));
}

static void
write_simple(void)
{
	log_set_process("wiki");
	log_event("page.save", LOG_TEXT("who", "jan"),
		  LOG_NUMBER("n", INT64_MIN));
}

static void
test_log__a_record_is_one_json_line(void **state)
{
	struct buf out = BUF_INIT;
	const char *at;
	json_t *record;

	(void)state;
	catch_log(&out, write_simple);
	at = out.ptr;
	record = next_record(&at);
	assert_non_null(record);
	assert_int_equal(*at, '\0');
	assert_string_equal(text_of(record, "process"), "wiki");
	assert_string_equal(text_of(record, "event"), "page.save");
	assert_string_equal(text_of(record, "who"), "jan");
	assert_int_equal(strlen(text_of(record, "time")), 25);
	assert_int_equal(json_integer_value(json_object_get(record, "pid")),
			 getpid());
	assert_true(json_integer_value(json_object_get(record, "n")) ==
		    INT64_MIN);
	json_decref(record);
	buf_release(&out);
}

#define HOSTILE "a\"b\\c\n\033[2J\x7f\xff\xe2\x80\xae\xf3\xa0\x81\xa7\xc3\xa9"

static void
write_hostile(void)
{
	log_event("x", LOG_TEXT("user", HOSTILE));
}

static void
test_log__hostile_values_are_escaped(void **state)
{
	struct buf out = BUF_INIT;
	const char *at;
	json_t *record;

	(void)state;
	catch_log(&out, write_hostile);
	assert_null(strchr(out.ptr, '\033'));
	assert_null(strchr(out.ptr, '\x7f'));
	assert_null(strstr(out.ptr, "\xe2\x80\xae"));
	assert_ptr_equal(strchr(out.ptr, '\n'), out.ptr + out.len - 1);
	at = out.ptr;
	record = next_record(&at);
	assert_string_equal(text_of(record, "user"),
			    "a\"b\\c\n\033[2J\x7f\xef\xbf\xbd\xe2\x80\xae"
			    "\xf3\xa0\x81\xa7\xc3\xa9");
	json_decref(record);
	buf_release(&out);
}

static void
write_long(void)
{
	char *text = calloc(1, 100001);

	assert_non_null(text);
	memset(text, 'x', 100000);
	log_event("x", LOG_TEXT("v", text));
	free(text);
}

static void
test_log__long_values_are_cut(void **state)
{
	struct buf out = BUF_INIT;
	const char *at;
	json_t *record;

	(void)state;
	catch_log(&out, write_long);
	assert_true(out.len < 2000);
	at = out.ptr;
	record = next_record(&at);
	assert_memory_equal(text_of(record, "v"), "xxxx", 4);
	json_decref(record);
	buf_release(&out);
}

static void
write_while_off(void)
{
	log_enable(0);
	log_event("silent", LOG_NUMBER("n", 1));
	log_enable(1);
	log_event("loud", LOG_NUMBER("n", 2));
}

static void
test_log__nothing_is_written_while_off(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	catch_log(&out, write_while_off);
	assert_null(strstr(out.ptr, "silent"));
	assert_non_null(strstr(out.ptr, "loud"));
	buf_release(&out);
}

#define FLOOD (3 * LOG_PER_SECOND)

static int n_told; /* records the last flood test wrote on purpose */

static off_t
size_of_log(void)
{
	struct stat st;

	assert_int_equal(fstat(STDERR_FILENO, &st), 0);
	return st.st_size;
}

/* Flood, and go on with single records until one is written again. */
static void
write_flood(void)
{
	int64_t deadline = clock_mono_ms() + 10000;
	off_t full;

	for (n_told = 0; n_told < FLOOD; n_told++)
		log_event("flood", LOG_NUMBER("i", n_told));
	full = size_of_log();
	while (size_of_log() == full && clock_mono_ms() < deadline)
		log_event("flood", LOG_NUMBER("i", n_told++));
}

static void
test_log__floods_are_limited_and_drops_are_counted(void **state)
{
	struct buf out = BUF_INIT;
	int64_t n_records = 0, n_dropped = 0;
	const char *at;
	json_t *record;

	(void)state;
	catch_log(&out, write_flood);
	at = out.ptr;
	while ((record = next_record(&at)) != NULL) {
		if (strcmp(text_of(record, "event"), "log.dropped") == 0)
			n_dropped += json_integer_value(
				json_object_get(record, "count"));
		else
			n_records++;
		json_decref(record);
	}
	assert_true(n_dropped > 0);
	assert_true(n_records > LOG_PER_SECOND / 2);
	assert_true(n_records <= 2 * LOG_PER_SECOND);
	assert_true(n_records + n_dropped == n_told);
	buf_release(&out);
}

/* Would hang here, were the log waited for. */
static void
test_log__a_reader_that_stalls_is_not_waited_for(void **state)
{
	static char filler[4096];
	int fds[2], saved = dup(STDERR_FILENO);

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(fs_set_nonblock(fds[1], true, NULL), 0);
	while (write(fds[1], filler, sizeof(filler)) > 0)
		;
	assert_int_equal(fs_set_nonblock(fds[1], false, NULL), 0);
	assert_true(dup2(fds[1], STDERR_FILENO) >= 0);
	log_event("stalled", LOG_NUMBER("n", 1));
	assert_true(dup2(saved, STDERR_FILENO) >= 0);
	(void)close(saved);
	(void)close(fds[0]);
	(void)close(fds[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_log__a_record_is_one_json_line),
		cmocka_unit_test(test_log__hostile_values_are_escaped),
		cmocka_unit_test(test_log__long_values_are_cut),
		cmocka_unit_test(test_log__nothing_is_written_while_off),
		cmocka_unit_test(
			test_log__floods_are_limited_and_drops_are_counted),
		cmocka_unit_test(
			test_log__a_reader_that_stalls_is_not_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

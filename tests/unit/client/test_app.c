/* The screen program before it has a screen; the test plays the supervisor
 * and the wiki process. */
#include "app.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "plein/passfd.h"

#define WIKI_SAID_MAX 4096

struct ends {
	int control; /* of the supervisor */
	int wiki; /* of the wiki process */
	struct app_options o;
};

static void
make_ends(struct ends *e, int stream[2])
{
	int pair[2];

	assert_int_equal(passfd_pair(pair, NULL), 0);
	assert_int_equal(
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, stream), 0);
	e->control = pair[0];
	e->wiki = stream[0];
	e->o = (struct app_options){ .control = pair[1] };
}

static void
send_stream(const struct ends *e, int stream)
{
	static const char notice[] = "{\"op\":\"wiki\"}";

	assert_int_equal(passfd_send(e->control, notice, strlen(notice),
				     &stream, 1, NULL),
			 0);
	assert_int_equal(close(stream), 0);
}

/* What has been asked by now. */
static void
take_questions(const struct ends *e, char said[WIKI_SAID_MAX])
{
	ssize_t n = recv(e->wiki, said, WIKI_SAID_MAX - 1, MSG_DONTWAIT);

	said[n > 0 ? n : 0] = '\0';
}

/* The supervisor goes, and with it the program. */
static void
run_to_end(struct ends *e, struct app *app)
{
	struct buf log = BUF_INIT;
	struct terminal *t;
	struct err err = ERR_INIT;

	if (terminal_script_open(&t, "", &log, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(close(e->control), 0);
	assert_int_equal(close(e->wiki), 0);
	assert_int_equal(app_run(app, t, "Dag."), APP_HUNG_UP);
	t->ops->close(t);
	buf_release(&log);
}

static void
test_app__asks_before_there_is_a_terminal(void **state)
{
	json_t *args = json_pack("{s:s}", "address", "themas/x");
	char said[WIKI_SAID_MAX];
	struct ends e;
	struct app *app;
	int stream[2];

	(void)state;
	make_ends(&e, stream);
	send_stream(&e, stream[1]);
	e.o.first = SCREEN_PAGE;
	e.o.args = args;
	app = app_begin(&e.o);
	take_questions(&e, said);
	assert_non_null(strstr(said, "\"session.info\""));
	assert_non_null(strstr(said, "\"page.read\""));
	assert_non_null(strstr(said, "themas/x"));
	run_to_end(&e, app);
	json_decref(args);
}

static void
test_app__does_not_wait_for_a_stream(void **state)
{
	char said[WIKI_SAID_MAX];
	struct ends e;
	struct app *app;
	int stream[2];

	(void)state;
	make_ends(&e, stream);
	app = app_begin(&e.o);
	take_questions(&e, said);
	assert_string_equal(said, "");
	send_stream(&e, stream[1]);
	run_to_end(&e, app);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_app__asks_before_there_is_a_terminal),
		cmocka_unit_test(test_app__does_not_wait_for_a_stream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Who tells others where they are; the test plays the supervisor and the wiki
 * process. */
#include "nav_presence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "nav.h"
#include "plein/passfd.h"

#define SAID_MAX 1024
#define SOON 1000 /* ms: when one stays somewhere that long it is told */

static void
ignore_event(void *ctx, enum link_event e)
{
	(void)ctx;
	(void)e;
}

/* Of which `wiki` becomes the other end. */
static struct link *
open_link(int *supervisor, int *wiki)
{
	static const char notice[] = "{\"op\":\"wiki\"}";
	int control[2], stream[2];
	struct link *l;

	assert_int_equal(passfd_pair(control, NULL), 0);
	assert_int_equal(
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, stream), 0);
	assert_int_equal(passfd_send(control[0], notice, strlen(notice),
				     &stream[1], 1, NULL),
			 0);
	assert_int_equal(close(stream[1]), 0);
	l = link_new(control[1], ignore_event, NULL);
	link_step(l);
	assert_true(link_is_up(l));
	*supervisor = control[0];
	*wiki = stream[0];
	return l;
}

/* Somebody looks at a screen for a while: what the wiki hears. */
static void
stay_at(const struct view_ops *ops, const char *handle, const char *role,
	char said[SAID_MAX])
{
	struct view view = { .ops = ops };
	int supervisor, wiki;
	struct nav n = { .ctx = { .link = open_link(&supervisor, &wiki),
				  .session =
					  json_pack("{s:s, s:s}", "handle",
						    handle, "role", role) } };
	ssize_t len;

	vec_push(&n.views, &view);
	nav_presence_tick(&n, 1);
	nav_presence_tick(&n, nav_presence_due(&n) + SOON);
	assert_int_equal(nav_presence_due(&n), 0);
	link_step(n.ctx.link);
	len = recv(wiki, said, SAID_MAX - 1, MSG_DONTWAIT);
	said[len > 0 ? len : 0] = '\0';
	nav_presence_forget(&n);
	vec_release(&n.views, NULL);
	json_decref(n.ctx.session);
	link_free(n.ctx.link);
	assert_int_equal(close(supervisor), 0);
	assert_int_equal(close(wiki), 0);
}

static void
stay(const char *handle, const char *role, char said[SAID_MAX])
{
	static const struct view_ops ops = { .place = PLACE_START };

	stay_at(&ops, handle, role, said);
}

static void
add_no_heading(const struct view *v, struct buf *out)
{
	(void)v;
	(void)out;
}

/* A remark is written in the same editor, but is not the page. */
static void
test_nav_presence__who_writes_a_remark_does_not_write_the_page(void **state)
{
	static const struct view_ops remark = { .place = PLACE_EDITOR },
				     page = { .place = PLACE_EDITOR,
					      .under = add_no_heading };
	char said[SAID_MAX];

	(void)state;
	stay_at(&page, "an", "bijdrager", said);
	assert_non_null(strstr(said, "\"writing\":true"));
	stay_at(&remark, "an", "bijdrager", said);
	assert_non_null(strstr(said, "\"writing\":false"));
}

/* The wiki would refuse it, and write down that it did. */
static void
test_nav_presence__only_people_with_an_account_say_where_they_are(void **state)
{
	static const char *const others[][2] = { { "", "gast" },
						 { "an", "waiting" },
						 { "", "host" } };
	char said[SAID_MAX];

	(void)state;
	stay("an", "lezer", said);
	assert_non_null(strstr(said, "\"presence.set\""));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		stay(others[i][0], others[i][1], said);
		assert_string_equal(said, "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_nav_presence__only_people_with_an_account_say_where_they_are),
		cmocka_unit_test(
			test_nav_presence__who_writes_a_remark_does_not_write_the_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

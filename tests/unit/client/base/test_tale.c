/* What happened, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/tale.h"

#define ADDRESS "themas/x"

typedef void
tale(struct buf *out, const json_t *row);

static void
talk(struct buf *out, const json_t *row)
{
	tale_talk(out, row, ADDRESS);
}

static void
expect(tale *tell, const char *row, const char *want)
{
	json_t *j = json_loads(row, 0, NULL);
	struct buf out = BUF_INIT;

	assert_non_null(j);
	tell(&out, j);
	assert_string_equal(out.ptr, want);
	buf_release(&out);
	json_decref(j);
}

#define ROW(what, more) \
	"{\"what\":\"" what "\",\"thread\":\"abc\",\"thread_title\":\"Who?\"," \
	"\"remark\":\"20260101T000000Z-ada-abc\"" more "}"
#define LATER ",\"remark\":\"20260101T000000Z-ada-def\""

static void
test_tale__of_what_happened_in_discussions(void **state)
{
	(void)state;
	expect(talk, ROW("said", ""), "discussion: Who?");
	expect(talk, ROW("said", LATER), "remark in Who?");
	expect(talk, ROW("edited", LATER), "remark changed in Who?");
	expect(talk, ROW("withdrawn", ""), "remark withdrawn in Who?");
	expect(talk, ROW("gone", ""), "remark taken out of Who?");
	expect(talk, ROW("resolved", LATER), "resolved: Who?");
	expect(talk, ROW("reopened", LATER), "reopened: Who?");
	expect(talk, ROW("split", ""), "discussion split off: Who?");
	expect(talk, ROW("moved", ",\"from\":\"" ADDRESS "\""),
	       "discussion moved to another page: Who?");
	expect(talk, ROW("moved", ",\"from\":\"themas/y\""),
	       "discussion moved here: Who?");
	expect(talk, "{\"what\":\"gone\",\"thread\":\"abc\"}",
	       "remark taken out of abc");
}

#define ACTION(what, kind, more) \
	"{\"what\":\"" what \
	"\",\"action\":{\"number\":\"a1\",\"kind\":\"" kind \
	"\",\"text\":\"Plan\"" more "}"

static void
test_tale__of_actions(void **state)
{
	(void)state;
	expect(tale_event,
	       ACTION("action", "actie",
		      ",\"owner\":\"ciso\",\"due\":\"2026-04-01\"") "}",
	       "action a1: Plan (ciso, due 1 April 2026)");
	expect(tale_event, ACTION("action", "toezegging", "") "}",
	       "undertaking a1: Plan");
	expect(tale_event, ACTION("action-gone", "actie", "") "}",
	       "action a1: Plan (taken out)");
	expect(tale_event,
	       ACTION("action-changed", "actie", "") ",\"turns\":[{\"field\":"
						     "\"stand\",\"from\":"
						     "\"open\",\"to\":\"gereed "
						     "2026-03-30\"}]}",
	       "action a1: Plan; stand: open → gereed 2026-03-30");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tale__of_what_happened_in_discussions),
		cmocka_unit_test(test_tale__of_actions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

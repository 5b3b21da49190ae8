/* Remarks are their authors', and move along with a page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "plein/buf.h"
#include "wiki/remarkrule.h"

#define A "bespreking/themas/a/k3f/"
#define B "bespreking/themas/b/k3f/"
#define JAN "20260317T092600Z-jan-0a1b.md"
#define TOOS "20260317T092600Z-toos-0a1b.md"

struct step {
	const char *path, *old, *now; /* contents; "" = none */
};

static void
expect(const struct step *steps, bool editor, const char *refused)
{
	struct remarkrule r = { VEC_INIT };
	struct vec paths = VEC_INIT;
	struct buf seen = BUF_INIT;

	for (; steps->path; steps++) {
		struct incoming_file f = { .path = steps->path };

		(void)snprintf(f.old.hex, sizeof(f.old.hex), "%s", steps->old);
		(void)snprintf(f.blob.hex, sizeof(f.blob.hex), "%s",
			       steps->now);
		remarkrule_add(&r, &f);
	}
	remarkrule_check(&r, "jan", editor, &paths);
	for (size_t i = 0; i < paths.len; i++)
		buf_printf(&seen, "%s\n", (char *)paths.items[i]);
	assert_string_equal(seen.ptr, refused);
	vec_release(&paths, NULL);
	remarkrule_release(&r);
	buf_release(&seen);
}

static void
test_remarkrule__everybody_touches_their_own(void **state)
{
	static const struct step steps[] = { { A JAN, "", "1" },
					     { B JAN, "1", "2" },
					     { A TOOS, "", "1" },
					     { B TOOS, "1", "2" },
					     { NULL, NULL, NULL } };
	static const struct step gone[] = { { A TOOS, "1", "" },
					    { NULL, NULL, NULL } };

	(void)state;
	expect(steps, false, A TOOS "\n" B TOOS "\n");
	expect(steps, true, A TOOS "\n"); /* none in another's name */
	expect(gone, false, A TOOS "\n");
	expect(gone, true, "");
}

static void
test_remarkrule__what_moves_unchanged_is_nobodys_change(void **state)
{
	static const struct step moved[] = { { A TOOS, "1", "" },
					     { B TOOS, "", "1" },
					     { NULL, NULL, NULL } };
	static const struct step changed[] = { { A TOOS, "1", "" },
					       { B TOOS, "", "2" },
					       { NULL, NULL, NULL } };
	static const struct step doubled[] = {
		{ A TOOS, "1", "" },
		{ B TOOS, "", "1" },
		{ "bespreking/themas/c/k3f/" TOOS, "", "1" },
		{ NULL, NULL, NULL }
	};

	(void)state;
	expect(moved, false, "");
	expect(changed, false, A TOOS "\n" B TOOS "\n");
	expect(doubled, false, "bespreking/themas/c/k3f/" TOOS "\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_remarkrule__everybody_touches_their_own),
		cmocka_unit_test(
			test_remarkrule__what_moves_unchanged_is_nobodys_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

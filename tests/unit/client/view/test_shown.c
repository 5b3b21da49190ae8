/* A place where two versions differ, as the page shows it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "view/shown.h"

static const char *
find_title(void *ctx, const char *address)
{
	(void)ctx;
	if (strcmp(address, "themas/dt") == 0)
		return "Digitale toegang";
	return strcmp(address, "themas/een") == 0 ||
			       strcmp(address, "themas/twee") == 0
		       ? "Gelijk"
		       : NULL;
}

static const struct layout_wiki wiki = { "themas/x", find_title, NULL };

/* The marks of a text in which they stand as brackets. */
static void
read_marked(struct marked *m, const char *s)
{
	enum mark mark = MARK_BOTH;

	for (; *s; s++) {
		if (strncmp(s, "[-", 2) == 0 || strncmp(s, "{+", 2) == 0) {
			mark = *s == '[' ? MARK_GONE : MARK_NEW;
			marked_add(m, s, 2,
				   *s == '[' ? MARK_GONE_SIGN : MARK_NEW_SIGN);
			s++;
		} else if ((mark == MARK_GONE && strncmp(s, "-]", 2) == 0) ||
			   (mark == MARK_NEW && strncmp(s, "+}", 2) == 0)) {
			marked_add(m, s, 2,
				   mark == MARK_GONE ? MARK_GONE_SIGN
						     : MARK_NEW_SIGN);
			mark = MARK_BOTH;
			s++;
		} else {
			marked_add(m, s, 1, mark);
		}
	}
}

/* NULL: it cannot be shown. */
static void
expect(bool whole, const char *written, const char *want)
{
	struct marked m, out;

	marked_init(&m);
	marked_init(&out);
	read_marked(&m, written);
	assert_int_equal(shown_make(&out, &m, whole, &wiki), want != NULL);
	assert_string_equal(out.text.ptr, want ? want : "");
	marked_release(&m);
	marked_release(&out);
}

static void
test_shown__links_read_as_on_the_page(void **state)
{
	(void)state;
	expect(false, "Dat is zo{+, zie [[open]] en [[themas/dt]]+}.",
	       "Dat is zo{+, zie [Open?] en [Digitale toegang]+}.");
	expect(false, "- [ ] kosten [-noemen bij-]{+opnemen in+} de inkoop",
	       "- [ ] kosten [-noemen bij-]{+opnemen in+} de inkoop");
	expect(false, "Zie [de [-oude-]{+nieuwe+} kaart](https://a.nl/k).",
	       "Zie [de [-oude-]{+nieuwe+} kaart, a.nl].");
	expect(false, "{+## Een kop+}", "{+Een kop+}");
}

static void
test_shown__a_link_that_leads_elsewhere_says_where(void **state)
{
	(void)state;
	expect(false, "Zie [hier]([-een-]{+dt+}).",
	       "Zie [hier] ([-een-]{+dt+}).");
	expect(false, "Zie [[themas/[-een-]{+twee+}]]{+ nu+}.",
	       "Zie [Gelijk] (themas/[-een-]{+twee+}){+ nu+}.");
	expect(false, "Zie [hier](https://a.nl/[-een-]{+dt+}).",
	       "Zie [hier, a.nl] (https://a.nl/[-een-]{+dt+}).");
	/* where it is on is seen already */
	expect(false, "Zie [hier](https://[-a-]{+b+}.nl/x).",
	       "Zie [hier, [-a-]{+b+}.nl].");
	/* the same link once more is no other */
	expect(false, "[a](een) en [b](een){+ en [a](een) nu+}",
	       "[a] en [b]{+ en [a] nu+}");
}

static void
test_shown__what_no_page_shows_is_left_as_it_is_written(void **state)
{
	(void)state;
	expect(false, "Een {+**+}woord{+**+} vet.", NULL);
	expect(false, "[-##-]{+###+} Kop", NULL);
	expect(false, "{+[bron]: https://a.nl+}", NULL);
}

static void
test_shown__whole_lines_stand_below_each_other(void **state)
{
	(void)state;
	expect(true, "[-- [Oud](a)-]\n{+- [Nieuw](b)+}",
	       "[-- [Oud?]-]\n{+- [Nieuw?]+}");
	expect(true, "[-een-]\n[-twee-]\n{+- drie+}",
	       "[-een twee-]\n{+- drie+}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shown__links_read_as_on_the_page),
		cmocka_unit_test(
			test_shown__a_link_that_leads_elsewhere_says_where),
		cmocka_unit_test(
			test_shown__what_no_page_shows_is_left_as_it_is_written),
		cmocka_unit_test(
			test_shown__whole_lines_stand_below_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

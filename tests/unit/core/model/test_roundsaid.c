/* test_roundsaid.c - how people are shown, and answers under values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plein/roundsaid.h"

static void
expect_role(const char *handle, const char *organisation, const char *want)
{
	struct buf out = BUF_INIT;

	round_role(&out, handle, organisation, ROLE_BIJDRAGER);
	assert_string_equal(out.ptr, want);
	buf_release(&out);
}

static void
test_roundsaid__a_role_never_holds_a_name(void **state)
{
	(void)state;
	expect_role("beleid.duinstad", "Duinstad", "beleid, Duinstad");
	expect_role("ciso.veen-hoek", "Veen Hoek", "ciso, Veen Hoek");
	expect_role("jan.jansen", "Duinstad", "bijdrager, Duinstad");
	expect_role("jan", "Duinstad", "bijdrager, Duinstad");
	expect_role("jan.jansen", "", "bijdrager");
	expect_role("jan.jansen", NULL, "bijdrager");
}

/* Groups as lines: the value, and each piece behind it. */
static void
tell(struct buf *out, const struct vec *groups)
{
	const struct round_group *g;
	const struct round_piece *p;
	size_t i, k;

	for (i = 0; i < groups->len; i++) {
		g = groups->items[i];
		buf_printf(out, "%s", g->value ? g->value : "-");
		for (k = 0; k < g->pieces.len; k++) {
			p = g->pieces.items[k];
			buf_printf(out, "|%s%s:%s", p->first ? "*" : "",
				   p->said->who, p->text);
		}
		buf_char(out, '\n');
	}
}

static void
expect_groups(char *texts[], size_t n, bool grouped, const char *want)
{
	struct round_said said[8];
	static char *names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
	struct vec all = VEC_INIT, groups = VEC_INIT;
	struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i < n; i++) {
		said[i] = (struct round_said){ .who = names[i],
					       .text = texts[i] };
		vec_push(&all, &said[i]);
	}
	round_group(&groups, &all, grouped);
	tell(&out, &groups);
	assert_string_equal(out.ptr, want);
	buf_release(&out);
	vec_release(&groups, round_group_free);
	vec_release(&all, NULL);
}

static void
test_roundsaid__paragraphs_go_under_their_value(void **state)
{
	char *texts[] = {
		"Veiligheid: drukte.\n\nAutonomie: geen keuze.",
		"Ik weet het niet.\n\nautonomie:\nlater\nvergeten.",
		"Privacy: meten.",
		"AUTONOMIE: bord.",
	};

	(void)state;
	expect_groups(texts, 4, true,
		      "Autonomie|a:geen keuze.|b:later\nvergeten.|*d:bord.\n"
		      "Privacy|*c:meten.\n"
		      "Veiligheid|*a:drukte.\n"
		      "-|*b:Ik weet het niet.\n");
	expect_groups(texts + 2, 2, false,
		      "-|*a:Privacy: meten.|*b:AUTONOMIE: bord.\n");
	expect_groups(texts, 0, true, "");
}

static void
test_roundsaid__what_looks_like_a_value_and_is_none(void **state)
{
	char *texts[] = {
		"https://voorbeeld.nl is een bron.",
		"Dit is een heel lange zin die ergens een dubbele punt: heeft.",
		": niets.",
		"Waarde:",
		"?!: niets.",
	};

	(void)state;
	expect_groups(texts, 5, true,
		      "-|*a:https://voorbeeld.nl is een bron."
		      "|*b:Dit is een heel lange zin die ergens een dubbele "
		      "punt: heeft.|*c:: niets.|*d:Waarde:|*e:?!: niets.\n");
}

static void
test_roundsaid__counts_who_agrees(void **state)
{
	struct round_stand yes = { .agrees = true }, no = { .agrees = false };
	struct round_point p = { .stands = VEC_INIT };

	(void)state;
	assert_int_equal(round_count(&p, true), 0);
	vec_push(&p.stands, &yes);
	vec_push(&p.stands, &no);
	vec_push(&p.stands, &no);
	assert_int_equal(round_count(&p, true), 1);
	assert_int_equal(round_count(&p, false), 2);
	vec_release(&p.stands, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roundsaid__a_role_never_holds_a_name),
		cmocka_unit_test(
			test_roundsaid__paragraphs_go_under_their_value),
		cmocka_unit_test(
			test_roundsaid__what_looks_like_a_value_and_is_none),
		cmocka_unit_test(test_roundsaid__counts_who_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

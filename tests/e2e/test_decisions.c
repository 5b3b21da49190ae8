/* Questions, decisions, actions and meetings by commands and by git. */
#include "asking.h"

#include <fcntl.h>

#define QUESTION "vraagstukken/digitale-soevereiniteit"
#define DECISION "besluiten/2021-02-12-resolutie-digitale-veiligheid"
#define MEETING "vergaderingen/2026/2026-03-19-commissie"

static void
test_decisions__a_question_and_its_positions(void **state)
{
	(void)state;
	expect("questions", 0, QUESTION "\topen\t0\t0\t");
	free(ask("vraagstukken erbij " QUESTION " --titel Nooit afhankelijk",
		 "Alles zelf doen.\n", 0));
	free(complain("questions add " QUESTION " --title nooit afhankelijk",
		      NULL, 6));
	free(ask("questions for " QUESTION " --title Nooit afhankelijk",
		 "Dan beslissen we zelf.\n", 0));
	free(ask("questions support " QUESTION " --title Nooit afhankelijk",
		 NULL, 0));
	free(complain("questions support " QUESTION
		      " --title Nooit afhankelijk",
		      NULL, 1));
	free(complain("questions support " QUESTION " --title Iets", NULL, 4));
	expect("questions " QUESTION, 0,
	       "position\ttester\tNooit afhankelijk\n"
	       "for\ttester\tDan beslissen we zelf.\n");
	expect("questions " QUESTION " --json", 0, "\"support\":[\"tester\"]");
	free(ask("zet " QUESTION " stand=beantwoord", NULL, 0));
	expect("questions --all", 0, QUESTION "\tbeantwoord\t1\t0\t");
}

static void
test_decisions__in_force_and_as_a_list(void **state)
{
	(void)state;
	expect("besluiten --open", 0, DECISION "\t2021-02-12\tin-force\t");
	free(complain("decisions --open --until 2021-02-11", NULL, 1));
	expect("decisions --md", 0,
	       "## 2021-02-12, Buitengewone ledenvergadering VNG\n\n"
	       "- Resolutie Digitale Veiligheid: kerntaak voor gemeenten: "
	       "aangenomen ([[" DECISION "]])\n");
	expect("decisions " DECISION, 0, "outcome\taangenomen\n");
	free(complain("decisions --status onzin", NULL, 2));
}

static void
test_decisions__actions(void **state)
{
	char *out;

	(void)state;
	out = ask("acties erbij " DECISION " eigenaar=de ciso gereed=1-4-2026",
		  "Plan bijwerken\n", 0);
	assert_int_equal(strncmp(out, "a1\t", 3), 0);
	free(out);
	expect("actions --status overdue --until 2026-04-02", 0,
	       DECISION "\ta1\t2026-04-01\toverdue\tde ciso\tPlan bijwerken\n");
	expect("acties " DECISION " --van de ciso", 0, "\ta1\t");
	free(ask("actions done " DECISION " a1 --reason Vastgelegd", NULL, 0));
	expect("acties --json", 0, "\"result\":\"Vastgelegd\"");
	free(complain("actions done " DECISION " a9", NULL, 4));
	free(complain("actions --open", NULL, 1));
	free(complain("actions add themas/common-ground", "x\n", 4));
	free(complain("actions add " DECISION " kleur=rood", "x\n", 2));
}

static void
test_decisions__progress(void **state)
{
	(void)state;
	free(complain("progress say themas/common-ground stage=verkennen", NULL,
		      6));
	free(ask("profile organisation=Gemeente Duinstad", NULL, 0));
	free(ask("voortgang zeg themas/common-ground stand=in-uitvoering "
		 "vraagt=hulp bij de inkoop",
		 NULL, 0));
	expect("progress themas/common-ground", 0,
	       "themas/common-ground\tDuinstad\tin uitvoering\t");
	expect("progress --json", 0, "\"needs\":\"hulp bij de inkoop\"");
}

/* --- as docs/decisions.md tells -------------------------------------------- */

static void
read_recipe(struct buf *script)
{
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	const char *begin_at, *end;

	if (fs_read_at(AT_FDCWD, "docs/decisions.md", &text, 1 << 20, &err))
		fail_msg("%s", err.msg);
	begin_at = strstr(text.ptr, "```sh\n") + strlen("```sh\n");
	end = strstr(begin_at, "```");
	buf_str(script, "set -e\n");
	buf_add(script, begin_at, (size_t)(end - begin_at));
	buf_str(script, "git add -A\ngit commit -qm 'van thuis'\n");
	buf_release(&text);
}

static void
git(const char *const args[])
{
	struct proc_result r;

	fixture_git(&wiki, args, &r);
	if (r.status)
		fail_msg("git %s: %d\n%s%s", args[0], r.status, r.out.ptr,
			 r.err.ptr);
	proc_result_release(&r);
}

static void
test_decisions__written_in_a_clone(void **state)
{
	struct buf clone = BUF_INIT, url = BUF_INIT, script = BUF_INIT;
	const char *argv[] = { "sh", "-c", NULL, NULL };
	struct proc_result r;

	(void)state;
	buf_printf(&clone, "%s/thuis", wiki.dir);
	buf_printf(&url, "ssh://tester@127.0.0.1:%s/agenda", wiki.port);
	git((const char *const[]){ "clone", "-q", url.ptr, clone.ptr, NULL });
	buf_str(&script, "git config user.name Tester\n"
			 "git config user.email tester@agenda.example.nl\n");
	read_recipe(&script);
	argv[2] = script.ptr;
	proc_run(&r, argv, clone.ptr, NULL, 20000);
	if (r.status)
		fail_msg("%s%s", r.out.ptr, r.err.ptr);
	proc_result_release(&r);
	git((const char *const[]){ "-C", clone.ptr, "push", "-q", NULL });
	expect("meetings", 0, MEETING "\t2026-03-19\tconcept\t");
	expect("meetings " MEETING, 0, "item\t2\tResponsplan\n");
	expect("decisions --status review --until 2027-03-01", 0,
	       "besluiten/2026-03-19-responsplan\t");
	expect("actions besluiten/2026-03-19-responsplan", 0,
	       MEETING "\ta1\t2026-04-01\t");
	buf_release(&clone);
	buf_release(&url);
	buf_release(&script);
}

static void
test_decisions__of_a_meeting(void **state)
{
	char *meeting;

	(void)state;
	free(ask("meetings note " MEETING " 1", "De voorzitter opent.\n", 0));
	expect("vergaderingen " MEETING, 0, "notes\t1\tDe voorzitter opent.\n");
	expect("vergaderingen besluit " MEETING
	       " 2 uitkomst=ingestemd --titel Wij oefenen elk jaar",
	       0, "besluiten/2026-03-19-wij-oefenen-elk-jaar\t");
	expect("decisions --json", 0, "\"meeting\":\"" MEETING "\"");
	expect("meetings attend " MEETING " griffie.waterdam", 0, "\n");
	expect("vergaderingen aanwezig " MEETING " Mevrouw De Wit, wethouder",
	       0, "\n");
	expect("meetings attend " MEETING " ciso stand=verhinderd", 0, "\n");
	expect("meetings " MEETING, 0,
	       "present\t\tgriffie.waterdam, Mevrouw De Wit, wethouder\n");
	expect("meetings " MEETING, 0, "absent\t\tciso\n");
	expect("vergaderingen aanwezig " MEETING " ciso stand=geen", 0, "\n");
	meeting = ask("meetings " MEETING, NULL, 0);
	assert_null(strstr(meeting, "ciso\n"));
	free(meeting);
	free(complain("meetings attend " MEETING " ciso state=soms", NULL, 2));
	free(complain("meetings attend", NULL, 2));
	free(complain("meetings note " MEETING " 9", "x\n", 4));
	free(complain("meetings note " MEETING " 1", "## Kop\n", 6));
	expect("changes --since vorige-vergadering", 0,
	       "wij-oefenen-elk-jaar\t");
	free(complain("changes --until " MEETING, NULL, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decisions__a_question_and_its_positions),
		cmocka_unit_test(test_decisions__in_force_and_as_a_list),
		cmocka_unit_test(test_decisions__actions),
		cmocka_unit_test(test_decisions__progress),
		cmocka_unit_test(test_decisions__written_in_a_clone),
		cmocka_unit_test(test_decisions__of_a_meeting),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}

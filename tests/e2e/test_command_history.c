/* Commands about versions: compare, find, take back, put back. */
#include "asking.h"

/* Text between what read --source gives and `more`; free it. */
static char *
lengthen(const char *address, const char *more)
{
	struct buf line = BUF_INIT, text = BUF_INIT;
	char *source;

	buf_printf(&line, "read %s --source", address);
	source = ask(line.ptr, NULL, 0);
	buf_printf(&text, "%s%s", source, more);
	free(source);
	buf_release(&line);
	return buf_take(&text);
}

/* Versions 2 and 3 of a page, each a line longer. */
static void
make_versions(const char *address)
{
	static const char *const lines[] = { "\nEen eerste zin.\n",
					     "Een tweede zin erbij.\n" };
	struct buf line = BUF_INIT;

	for (int i = 0; i < 2; i++) {
		char *text = lengthen(address, lines[i]);

		buf_reset(&line);
		buf_printf(&line, "save %s --base %d --note stap %d", address,
			   i + 1, i + 1);
		free(ask(line.ptr, text, 0));
		free(text);
	}
	buf_release(&line);
}

static void
test_command_history__compare_and_take_back(void **state)
{
	static const char page[] = "themas/robotisering";
	char *one, *out;

	(void)state;
	free(ask("create themas/robotisering --kind thema --title Robots",
		 "Begin.\n", 0));
	one = ask("read themas/robotisering --source", NULL, 0);
	make_versions(page);
	expect("verschil themas/robotisering 1 2", 0, "{+Een eerste zin.+}\n");
	expect("diff robots 2 --lines", 0, "\n+Een tweede zin erbij.\n");
	free(ask("diff themas/robotisering 2 2", NULL, 1));
	expect("wie-schreef themas/robotisering", 0, "\n3\ttester\t20");
	free(complain("undo themas/robotisering 1", NULL, 6));
	out = ask("ongedaan themas/robotisering 3 --toelichting toch niet",
		  NULL, 0);
	assert_string_equal(out, "4\n");
	free(out);
	expect("log themas/robotisering -n 1", 0,
	       "\ttester\tversie 3 ongedaan gemaakt: toch niet\n");
	out = ask("revert themas/robotisering 1 --stil", NULL, 0);
	assert_string_equal(out, "5\n");
	free(out);
	out = ask("read themas/robotisering --source", NULL, 0);
	assert_string_equal(out, one);
	free(out);
	free(complain("revert themas/robotisering 1", NULL, 1));
	free(complain("revert themas/robotisering 99", NULL, 4));
	free(one);
}

/* What --lines gives, as a patch of the file `strook`. */
static void
make_patch(struct buf *patch)
{
	char *out = ask("diff begrippen/strook 1 3 --lines", NULL, 0);
	const char *hunks = strstr(out, "\n@@ ");

	assert_non_null(hunks);
	assert_ptr_equal(strstr(out, "--- begrippen/strook@1\n"
				     "+++ begrippen/strook@3\n@@ "),
			 out);
	buf_printf(patch, "--- a/strook\n+++ b/strook%s", hunks);
	free(out);
}

static void
test_command_history__diff_by_line_is_a_patch(void **state)
{
	const char *argv[] = { "git", "apply", "-", NULL };
	struct buf patch = BUF_INIT, made = BUF_INIT;
	int dir = fs_open_dir(wiki.dir, NULL);
	struct proc_result r;
	char *one, *newest;

	(void)state;
	assert_true(dir >= 0);
	free(ask("create begrippen/strook --kind begrip --title Strook",
		 "Begin.\n", 0));
	make_versions("begrippen/strook");
	one = ask("read begrippen/strook@1 --source", NULL, 0);
	newest = ask("read begrippen/strook --source", NULL, 0);
	make_patch(&patch);
	assert_int_equal(
		fs_replace_at(dir, "strook", one, strlen(one), 0600, NULL), 0);
	proc_run(&r, argv, wiki.dir, &patch, 20000);
	if (r.status)
		fail_msg("%s\n%s", r.err.ptr, patch.ptr);
	assert_int_equal(fs_read_at(dir, "strook", &made, 100000, NULL), 0);
	assert_string_equal(made.ptr, newest);
	proc_result_release(&r);
	(void)close(dir);
	free(one);
	free(newest);
	buf_release(&patch);
	buf_release(&made);
}

static void
test_command_history__find(void **state)
{
	char *out;

	(void)state;
	free(ask("create themas/zoekplaatje --kind thema --title Zoekplaatje",
		 "Een kwikstaartje, zie [Common Ground]"
		 "(common-ground.md).\n",
		 0));
	expect("zoek kwikstaart", 0,
	       "themas/zoekplaatje\tthema\tZoekplaatje\tEen *kwikstaartje*");
	expect("search \"een kwikstaartje\" type:thema --json", 0,
	       "{\"path\":\"themas/zoekplaatje\",");
	free(complain("search \"kwikstaart\" --in pages", NULL, 1));
	free(complain("search kwikstaart --since 2099-01-01", NULL, 1));
	free(complain("search kwikstaart --in gesprekken", NULL, 1));
	free(complain("search kwikstaart --in onzin", NULL, 2));
	out = complain("zoek a b c d e f g h i j k l m n o p q", NULL, 2);
	assert_non_null(strstr(out, "1 tot 16 woorden"));
	free(out);
	expect("hierheen common ground", 0,
	       "themas/zoekplaatje\tZoekplaatje\t");
	free(complain("backlinks themas/zoekplaatje", NULL, 1));
	free(complain("backlinks common ground@2000-01-01", NULL, 1));
	out = complain("backlinks common ground@1", NULL, 2);
	assert_non_null(strstr(out, "Zoals het op een dag was"));
	free(out);
}

/* An old text is found by the version that held it, once it was read. */
static void
test_command_history__find_in_old_versions(void **state)
{
	struct proc_result r;
	int n = 0;
	bool found, complete;

	(void)state;
	free(ask("create themas/vroeger --kind thema --title Vroeger",
		 "Over de hagedis.\n", 0));
	free(ask("save themas/vroeger --base 1", "Over niets.\n", 0));
	do {
		fixture_ssh(&wiki, "zoek hagedis", NULL, &r);
		found = strstr(r.out.ptr, "themas/vroeger@1\t") != NULL;
		complete = !strstr(r.err.ptr, "Nog niet alle oude versies");
		proc_result_release(&r);
	} while (!(found && complete) && ++n < 300);
	assert_true(found && complete);
	expect("lees themas/vroeger@1", 0, "hagedis");
}

static void
test_command_history__list_changes(void **state)
{
	char *out;

	(void)state;
	free(ask("create begrippen/nieuwtje --kind begrip --title Nieuwtje "
		 "--note voor de lijst",
		 "Iets.\n", 0));
	out = ask("wijzigingen --door tester --map begrippen", NULL, 0);
	assert_ptr_equal(strstr(out, "1\tbegrippen/nieuwtje\t20"), out);
	assert_non_null(strstr(out, "\ttester\tvoor de lijst\n"));
	assert_null(strstr(out, "themas/"));
	free(out);
	expect("changes --json", 0, "\"action\":\"new\",");
	free(complain("changes --since 2099-01-01", NULL, 1));
	free(complain("changes --until 2001-01-01", NULL, 1));
	free(complain("changes --by niemand", NULL, 1));
	free(complain("changes --since nooit", NULL, 2));
}

static void
test_command_history__move_delete_and_restore(void **state)
{
	char *out;

	(void)state;
	free(ask("create themas/hier --kind thema --title Hier", "Tekst.\n",
		 0));
	out = ask("hernoem themas/hier begrippen/daar --json", NULL, 0);
	assert_ptr_equal(strstr(out, "{\"path\":\"begrippen/daar\","
				     "\"version\":2,\"commit\":\""),
			 out);
	assert_non_null(strstr(out, "\",\"from\":\"themas/hier\"}\n"));
	free(out);
	expect("read themas/hier", 0, "Tekst.");
	expect("log begrippen/daar", 0, "\n1\t");
	free(complain("rename begrippen/daar themas/common-ground", NULL, 6));
	free(complain("rename begrippen/daar Daar/Niet", NULL, 6));
	free(complain("verwijder index", NULL, 6));
	expect("verwijder begrippen/daar --toelichting dubbel", 0, "3\n");
	out = complain("read begrippen/daar", NULL, 4);
	assert_non_null(strstr(out, "verwijderd (versie 3)"));
	free(out);
	expect("read begrippen/daar@2", 0, "Tekst.");
	expect("log begrippen/daar -n 1", 0, "\tdubbel\n");
	free(complain("delete begrippen/daar", NULL, 4));
	expect("terugplaatsen begrippen/daar", 0, "4\n");
	expect("read begrippen/daar", 0, "Tekst.");
	free(complain("restore begrippen/daar", NULL, 6));
}

static void
test_command_history__read_as_of_a_date(void **state)
{
	(void)state;
	expect("read themas/common-ground@2099-01-01", 0, "visie");
	free(complain("read themas/common-ground@2001-01-01", NULL, 4));
	expect("tree doelstellingen/mogelijk-maken@2099-01-01 --depth 1", 0,
	       "doelstellingen/mogelijk-maken\t");
	free(complain("tree doelstellingen/mogelijk-maken@2001-01-01", NULL,
		      4));
	free(complain("tree doelstellingen/mogelijk-maken@1", NULL, 2));
}

/* What does not touch is joined; what does comes back with both texts. */
static void
test_command_history__save_joins_or_shows_both_texts(void **state)
{
	static const char base[] = "Boven.\n\nMidden.\n\nOnder.\n";
	struct proc_result r;
	json_t *j;

	(void)state;
	free(ask("create themas/samen --kind thema --title Samen", base, 0));
	free(ask("save themas/samen --base 1",
		 "---\ntitel: Samen\ntype: thema\n---\n"
		 "Boven A.\n\nMidden.\n\nOnder.\n",
		 0));
	fixture_ssh(&wiki, "save themas/samen --base 2 --minor",
		    "---\ntitel: Samen\ntype: thema\n---\n"
		    "Boven A.\n\nMidden.\n\nOnder B.\n",
		    &r);
	assert_int_equal(r.status, 0);
	proc_result_release(&r);
	fixture_ssh(&wiki, "save themas/samen --base 2",
		    "---\ntitel: Samen\ntype: thema\n---\n"
		    "Boven C.\n\nMidden.\n\nOnder.\n",
		    &r);
	assert_int_equal(r.status, 0);
	assert_string_equal(r.out.ptr, "4\n");
	assert_non_null(strstr(r.err.ptr, "is meegenomen"));
	proc_result_release(&r);
	expect("read themas/samen --source", 0,
	       "Boven C.\n\nMidden.\n\nOnder B.\n");
	j = ask_json("save themas/samen --base 2 --json",
		     "---\ntitel: Samen\ntype: thema\n---\n"
		     "Boven D.\n\nMidden.\n\nOnder.\n",
		     5);
	assert_non_null(strstr(text_of(j, "text"), "Boven C."));
	assert_non_null(strstr(text_of(j, "yours"), "Boven D."));
	assert_int_equal(json_integer_value(json_object_get(j, "version")), 4);
	json_decref(j);
	j = ask_json("undo themas/samen 2 --json", NULL, 5);
	assert_non_null(strstr(text_of(j, "text"), "Boven C."));
	assert_non_null(strstr(text_of(j, "yours"), "Boven.\n"));
	json_decref(j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command_history__compare_and_take_back),
		cmocka_unit_test(test_command_history__diff_by_line_is_a_patch),
		cmocka_unit_test(test_command_history__find),
		cmocka_unit_test(test_command_history__find_in_old_versions),
		cmocka_unit_test(test_command_history__list_changes),
		cmocka_unit_test(test_command_history__move_delete_and_restore),
		cmocka_unit_test(test_command_history__read_as_of_a_date),
		cmocka_unit_test(
			test_command_history__save_joins_or_shows_both_texts),
	};

	return cmocka_run_group_tests(tests, start_wiki, stop_wiki);
}

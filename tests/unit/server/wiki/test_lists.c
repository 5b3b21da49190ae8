/* Lists in parts: those of a small wiki cut small, and 30,000 pages. */
#include "town.h"

#include "plein/rpc.h"
#include "state/index.h"
#include "wiki/part.h"

#define MANY 30000
#define MOST_PARTS 100

struct harvest {
	json_t *rows; /* of all parts */
	size_t biggest; /* bytes of the biggest part's rows */
	int n_parts;
};

static bool
ask_part(struct town *t, const char *method, const char *params,
	 struct harvest *h, char after[512])
{
	char text[1024];
	json_t *answer, *rows;
	const char *next;
	size_t size;

	(void)snprintf(text, sizeof(text), "{%s%s%s%s%s}", params,
		       *params && *after ? "," : "", *after ? "'after':'" : "",
		       after, *after ? "'" : "");
	answer = town_get(t, ROLE_LEZER, method, text);
	rows = json_object_get(answer, "rows");
	next = json_string_value(json_object_get(answer, "next"));
	size = json_dumpb(rows, NULL, 0, JSON_COMPACT);
	(void)json_array_extend(h->rows, rows);
	if (size > h->biggest)
		h->biggest = size;
	(void)snprintf(after, 512, "%s", next ? next : "");
	json_decref(answer);
	return *after;
}

/* `params` without its braces. */
static struct harvest
ask_all(struct town *t, const char *method, const char *params)
{
	struct harvest h = { json_array(), 0, 1 };
	char after[512] = "";

	while (ask_part(t, method, params, &h, after))
		if (h.n_parts++ == MOST_PARTS)
			fail_msg("%s: no end of it", method);
	return h;
}

static void
test_lists__are_whole_when_their_parts_are_joined(void **state)
{
	static const char *const rows[][2] = {
		{ "page.list", "" },
		{ "page.list", "'folder':'themas'" },
		{ "page.list", "'status':'concept'" },
		{ "page.titles", "" },
		{ "agenda.tree", "" },
		{ "agenda.tree", "'depth':2" },
		{ "agenda.tree", "'address':'hoofdonderwerpen/data'" },
	};
	struct town *t = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct harvest whole, cut;

		t->desk.part_max = PART_MAX;
		whole = ask_all(t, rows[i][0], rows[i][1]);
		assert_int_equal(whole.n_parts, 1);
		t->desk.part_max = 1; /* one row a part */
		cut = ask_all(t, rows[i][0], rows[i][1]);
		assert_int_equal(cut.n_parts, json_array_size(whole.rows));
		assert_true(json_equal(cut.rows, whole.rows));
		json_decref(whole.rows);
		json_decref(cut.rows);
	}
}

static void
test_lists__parts_of_a_tree_belong_together(void **state)
{
	struct town *t = *state;
	struct harvest h = { json_array(), 0, 0 };
	char after[512] = "", params[600];

	t->desk.part_max = 1;
	assert_true(ask_part(t, "agenda.tree", "", &h, after));
	json_decref(h.rows);
	(void)snprintf(params, sizeof(params), "{'after':'%s'}", after);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.save",
			     "{'address':'index','base':1,'text':'Nieuw\\n'}"));
	assert_int_equal(town_ask(t, ROLE_LEZER, "agenda.tree", params, NULL),
			 0);
	json_decref(town_get(t, ROLE_BIJDRAGER, "page.create",
			     "{'address':'themas/nieuw','kind':'thema',"
			     "'title':'Nieuw','text':'x'}"));
	assert_int_equal(town_ask(t, ROLE_LEZER, "agenda.tree", params, NULL),
			 PLEIN_ECONFLICT);
}

static void
test_lists__know_their_own_cursors(void **state)
{
	static const struct {
		const char *method, *params;
		int code;
	} rows[] = {
		{ "agenda.tree", "{'after':'onzin'}", PLEIN_EUSAGE },
		{ "agenda.tree", "{'after':'1-0000000000000000'}",
		  PLEIN_ECONFLICT },
		{ "page.list", "{'after':'zzz'}", 0 },
		{ "page.list", "{'after':7}", RPC_PARAMS },
	};
	struct town *t = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(town_ask(t, ROLE_LEZER, rows[i].method,
					  rows[i].params, NULL),
				 rows[i].code);
}

/* Straight into the index: git is not asked for lists. */
static void
add_page(struct index *x, const struct index_entry *e, int i)
{
	struct index_content now = {
		.blob = "0123456789012345678901234567890123456789",
		.text = "tekst",
		.len = 5,
	};
	struct page_info info;
	char address[64], title[128];

	(void)snprintf(address, sizeof(address), "vraagstukken/vraagstuk-%05d",
		       i);
	(void)snprintf(title, sizeof(title),
		       "Hoe maken gemeenten samen vraagstuk %d \"op orde\"?",
		       i);
	page_info_init(&info);
	info.title = mem_strdup(title);
	info.kind = mem_strdup("vraagstuk");
	info.status = mem_strdup("concept");
	info.state = mem_strdup("open");
	if (i % 2)
		vec_push(&info.parents, mem_strdup(TOWN_HERE));
	now.info = &info;
	assert_int_equal(index_add(x, e, address, &now, NULL, NULL), 0);
	page_info_release(&info);
}

static void
add_many_pages(struct town *t)
{
	char commit[41];
	struct index_entry e = {
		.commit = commit,
		.when = 1700000000,
		.author = "Ada de Vries",
		.handle = "ada.de.vries",
		.note = "veel",
	};
	struct index *x = t->desk.index;

	(void)snprintf(commit, sizeof(commit), "%040x", 7);
	assert_int_equal(index_begin(x, NULL), 0);
	assert_int_equal(index_add_entry(x, &e, NULL), 0);
	for (int i = 0; i < MANY; i++)
		add_page(x, &e, i);
	assert_int_equal(index_commit(x, commit, NULL), 0);
}

static void
check_harvest(const char *method, struct harvest h, size_t n)
{
	assert_int_equal(json_array_size(h.rows), n);
	if (h.n_parts < 3 || h.biggest > PART_MAX + 2)
		fail_msg("%s: %d parts of at most %zu bytes", method, h.n_parts,
			 h.biggest);
	json_decref(h.rows);
}

static void
test_lists__of_thirty_thousand_pages_fit_in_messages(void **state)
{
	struct town *t = *state;

	add_many_pages(t);
	check_harvest("page.list", ask_all(t, "page.list", ""),
		      MANY + TOWN_FILES);
	check_harvest("page.titles", ask_all(t, "page.titles", ""),
		      MANY + TOWN_FILES);
	/* With the heading, without the start page and the template. */
	check_harvest("agenda.tree", ask_all(t, "agenda.tree", ""),
		      MANY + TOWN_FILES - 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, town_setup, town_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lists__are_whole_when_their_parts_are_joined),
		TEST(test_lists__parts_of_a_tree_belong_together),
		TEST(test_lists__know_their_own_cursors),
		TEST(test_lists__of_thirty_thousand_pages_fit_in_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

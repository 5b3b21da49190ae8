/*
 * Where one goes on reading, against all that is unread in order: pages that
 * come, change, move and vanish, discussions on them, and reading some of it.
 */
#include "talk.h"

#include "plein/agenda.h"
#include "plein/page.h"
#include "state/news.h"
#include "state/remarks.h"
#include "wiki/kept.h"
#include "wiki/tour.h"

#define PAGES 45 /* more than are looked at together at first */
#define STEPS 240
#define ROUNDS 8

static void
do_or_not(struct town *t, enum role role, const char *method,
	  const char *format, ...)
{
	struct buf params = BUF_INIT;
	json_t *answer = NULL;
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&params, format, ap);
	va_end(ap);
	(void)town_ask(t, role, method, params.ptr, &answer);
	json_decref(answer);
	buf_release(&params);
}

/* --- a wiki -------------------------------------------------------------------- */

static void
name_page(char address[40], int i)
{
	static const char *const folders[] = { "themas", "vraagstukken",
					       "begrippen", "besluiten",
					       "sjablonen" };

	static const char *const others[] = { "index",
					      "doelstellingen/kansen" };

	if (i > 1)
		(void)snprintf(address, 40, "%s/p%d", folders[i % 5], i);
	else
		(void)snprintf(address, 40, "%s", others[i]);
}

static void
put_page(struct town *t, int i, unsigned *seed, const char *by)
{
	char address[40], path[48], above[40];
	struct buf text = BUF_INIT;
	struct edit e = { .path = path,
			  .author_name = "Iemand",
			  .author_mail = by,
			  .service_mail = "plein@stad.example",
			  .when = time(NULL),
			  .message = "Stap\n" };
	struct repo_id id;
	struct txn *txn;

	name_page(address, i);
	(void)snprintf(path, sizeof(path), "%s.md", address);
	name_page(above, rand_r(seed) % PAGES / 5 * 5);
	buf_printf(&text,
		   "---\ntitel: T%d\nvolgorde: %d\nhoort_bij: "
		   "[hoofdonderwerpen/data, %s]\n---\n%u\n",
		   rand_r(seed) % 9, rand_r(seed) % 3, above,
		   (unsigned)rand_r(seed));
	e.text = text.ptr;
	e.len = text.len;
	if (txn_begin(&txn, t->desk.repo, &t->err) ||
	    txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s: %s", path, t->err.msg);
	buf_release(&text);
}

/* Codes of all threads there are: struct index_thread * appended. */
static void
list_threads(struct town *t, struct vec *out)
{
	int64_t seq;

	assert_int_equal(index_last(t->desk.index, &seq, &t->err), 0);
	assert_int_equal(threads_as_of(t->desk.index, seq, NULL, out, &t->err),
			 0);
}

static const char *
any_thread(const struct vec *threads, unsigned *seed)
{
	const struct index_thread *t =
		threads->items[(size_t)rand_r(seed) % threads->len];

	return t->code;
}

/* A remark is changed to name who reads. */
static void
name_reader(struct town *t, const char *code, unsigned *seed)
{
	struct vec remarks = VEC_INIT;
	const struct index_remark *r;

	assert_int_equal(
		remarks_of_thread(t->desk.index, code, &remarks, &t->err), 0);
	r = remarks.items[(size_t)rand_r(seed) % remarks.len];
	do_or_not(t, ROLE_BIJDRAGER, "remark.edit",
		  "{'remark':'%s','text':'@lezer %u'}", r->name,
		  (unsigned)rand_r(seed));
	vec_release(&remarks, index_remark_free);
}

/* Something that others do, or the one who reads. */
static void
make_step(struct town *t, unsigned *seed)
{
	struct vec threads = VEC_INIT;
	int i = rand_r(seed) % PAGES;
	const char *code;
	char page[40];

	name_page(page, i);
	list_threads(t, &threads);
	code = any_thread(&threads, seed);
	switch (rand_r(seed) % 12) {
	case 0:
	case 1:
	case 8:
	case 9:
		do_or_not(t, ROLE_BIJDRAGER, "thread.start",
			  "{'address':'%s','title':'T','text':'%u'}", page,
			  (unsigned)rand_r(seed));
		break;
	case 2:
		do_or_not(t, ROLE_BIJDRAGER, "remark.add",
			  "{'thread':'%s','text':'%s %u'}", code,
			  rand_r(seed) % 2 ? "@lezer" : "x",
			  (unsigned)rand_r(seed));
		break;
	case 10:
		name_reader(t, code, seed);
		break;
	case 3:
		do_or_not(t, ROLE_LEZER, "thread.seen", "{'thread':'%s'}",
			  code);
		break;
	case 4:
		do_or_not(t, ROLE_LEZER, "follow.set",
			  "{'thread':'%s','follow':'muted'}", code);
		break;
	case 5:
		do_or_not(t, ROLE_REDACTEUR, "page.delete", "{'address':'%s'}",
			  page);
		break;
	case 6:
		do_or_not(t, ROLE_LEZER, "mark.read",
			  "{'address':'%s','version':1}", page);
		break;
	default:
		put_page(t, i, seed, "git.zelf@stad.example");
		assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	}
	vec_release(&threads, index_thread_free);
}

/* --- all that is unread ---------------------------------------------------------- */

struct stop {
	size_t order;
	const char *address, *code;
};

static int
compare_stops(const void *a, const void *b)
{
	const struct stop *x = a, *y = b;
	int order = (x->order > y->order) - (x->order < y->order);

	if (!order)
		order = strcmp(x->address, y->address);
	if (order || !x->code || !y->code)
		return order ? order : (x->code != NULL) - (y->code != NULL);
	return strcmp(x->code, y->code);
}

struct all {
	struct unread unread;
	struct changed changed;
	struct vec pages, infos;
	struct agenda agenda;
	struct stop *stops;
	size_t n;
};

static size_t
order_of(const struct all *a, const char *address)
{
	size_t i;

	for (i = 0; i < a->agenda.n_rows; i++)
		if (a->agenda.rows[i].page &&
		    strcmp(a->agenda.rows[i].page->address, address) == 0)
			break;
	return i;
}

static void
add_stop(struct all *a, const char *address, const char *code)
{
	a->stops[a->n++] = (struct stop){ order_of(a, address), address, code };
}

static void
read_all(struct town *t, struct all *a)
{
	size_t i;

	memset(a, 0, sizeof(*a));
	assert_int_equal(unread_load_marks(&a->unread, &t->desk,
					   t->roles[ROLE_LEZER], &t->err),
			 0);
	assert_int_equal(unread_turn_to(&a->unread, NULL, &t->err), 0);
	assert_int_equal(changed_load(&a->changed, &t->desk, "lezer",
				      a->unread.from.after, NULL, &t->err),
			 0);
	assert_int_equal(index_pages(t->desk.index, &a->pages, &t->err), 0);
	for (i = 0; i < a->pages.len; i++)
		vec_push(&a->infos,
			 &((struct index_page *)a->pages.items[i])->info);
	agenda_build(&a->agenda, &a->infos);
	a->stops = mem_array(a->changed.pages.len + a->unread.threads.len + 1,
			     sizeof(*a->stops));
	for (i = 0; i < a->changed.pages.len; i++)
		add_stop(a,
			 ((struct news_page *)a->changed.pages.items[i])
				 ->address,
			 NULL);
	for (i = 0; i < a->unread.threads.len; i++) {
		const struct fresh_thread *f = a->unread.threads.items[i];

		add_stop(a, f->page, f->code);
	}
	qsort(a->stops, a->n, sizeof(*a->stops), compare_stops);
}

static void
release_all(struct all *a)
{
	free(a->stops);
	agenda_release(&a->agenda);
	vec_release(&a->infos, NULL);
	vec_release(&a->pages, index_page_free);
	changed_release(&a->changed);
	unread_release(&a->unread);
}

/* "address code left", of the first behind it. */
static void
write_want(const struct all *a, const struct tour_stop *here, struct buf *out)
{
	struct stop at = { 0, here->address, here->code };
	size_t i = 0;

	if (here->address) {
		at.order = order_of(a, here->address);
		while (i < a->n && compare_stops(&a->stops[i], &at) <= 0)
			i++;
	}
	i = i < a->n ? i : 0;
	if (a->n)
		buf_printf(out, "%s %s %zu", a->stops[i].address,
			   a->stops[i].code ? a->stops[i].code : "-", a->n - 1);
}

static void
write_found(struct town *t, const struct tour_stop *here, struct buf *out)
{
	struct tour tour;
	struct unread u;

	assert_int_equal(
		unread_load_marks(&u, &t->desk, t->roles[ROLE_LEZER], &t->err),
		0);
	assert_int_equal(tour_find(&tour, &u, here, &t->err), 0);
	assert_false(tour.more);
	if (tour.next.address)
		buf_printf(out, "%s %s %ld", tour.next.address,
			   tour.next.code ? tour.next.code : "-", tour.left);
	tour_release(&tour);
	unread_release(&u);
}

static void
compare_from(struct town *t, const struct all *a, const char *address,
	     const char *code)
{
	const struct tour_stop here = { (char *)address, (char *)code };
	struct buf want = BUF_INIT, found = BUF_INIT;

	write_want(a, &here, &want);
	write_found(t, &here, &found);
	if (strcmp(want.ptr, found.ptr) != 0)
		fail_msg("from %s %s: %s instead of %s",
			 address ? address : "-", code ? code : "-", found.ptr,
			 want.ptr);
	buf_release(&want);
	buf_release(&found);
}

/* From nowhere, from each page and discussion, from none that is there. */
static void
compare_all(struct town *t)
{
	struct all a;
	struct vec threads = VEC_INIT;
	const struct index_thread *thread;
	char page[40];
	size_t i;

	read_all(t, &a);
	list_threads(t, &threads);
	compare_from(t, &a, NULL, NULL);
	compare_from(t, &a, "index", NULL);
	compare_from(t, &a, "nergens/x", NULL);
	compare_from(t, &a, "aan/kop", "000000000000");
	for (i = 0; i < PAGES; i++) {
		name_page(page, (int)i);
		compare_from(t, &a, page, NULL);
	}
	for (i = 0; i < threads.len; i++) {
		thread = threads.items[i];
		compare_from(t, &a, thread->page, thread->code);
	}
	vec_release(&threads, index_thread_free);
	release_all(&a);
}

/* Where little came and where much did, with an order that is kept or not. */
static void
test_tour__goes_through_all_that_is_unread_in_order(void **state)
{
	struct town *t = *state;
	unsigned seed = 3;
	char page[40];
	int round, i;

	for (i = 0; i < PAGES; i++)
		put_page(t, i, &seed, "lezer@stad.example");
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	for (i = 0; i < PAGES; i += 3) {
		name_page(page, i);
		json_decref(get(t, ROLE_BIJDRAGER, "thread.start",
				"{'address':'%s','title':'T','text':'x'}",
				page));
	}
	json_decref(town_get(t, ROLE_LEZER, "mark.visit", "{}"));
	json_decref(town_get(t, ROLE_LEZER, "mark.all", "{}"));
	t->desk.kept = kept_new();
	for (round = 0; round < ROUNDS; round++) {
		for (i = 0; i < STEPS / ROUNDS; i++)
			make_step(t, &seed);
		t->desk.much = round % 2 ? 1 : 10000;
		compare_all(t);
	}
	kept_free(t->desk.kept);
	t->desk.kept = NULL;
	compare_all(t);
}

/* No more are counted than anybody wants to know. */
static void
test_tour__ends_counting_where_there_is_much(void **state)
{
	struct town *t = *state;
	struct edit e = { .author_name = "Git Zelf",
			  .author_mail = "git.zelf@stad.example",
			  .service_mail = "plein@stad.example",
			  .when = time(NULL),
			  .message = "Veel\n" };
	struct repo_id id;
	struct txn *txn;
	char path[40];
	json_t *answer;
	int i;

	json_decref(town_get(t, ROLE_LEZER, "mark.visit", "{}"));
	assert_int_equal(txn_begin(&txn, t->desk.repo, &t->err), 0);
	for (i = 0; i < TOUR_LEFT + 2; i++) {
		(void)snprintf(path, sizeof(path), "begrippen/b%04d.md", i);
		assert_int_equal(txn_stage(txn, path, "x\n", 2, &t->err), 0);
	}
	if (txn_edit(txn, &e, &id, &t->err) || txn_commit(txn, &t->err))
		fail_msg("%s", t->err.msg);
	assert_int_equal(desk_catch_up(&t->desk, &t->err), 0);
	answer = town_get(t, ROLE_LEZER, "unread.next", "{}");
	assert_string_equal(town_text(answer, "address"), "begrippen/b0000");
	assert_int_equal(town_number(answer, "left"), TOUR_LEFT);
	assert_true(json_is_true(json_object_get(answer, "more")));
	json_decref(answer);
	do_or_not(t, ROLE_LEZER, "mark.read",
		  "{'address':'begrippen/b0000','version':1}");
	answer = town_get(t, ROLE_LEZER, "unread.next", "{}");
	assert_int_equal(town_number(answer, "left"), TOUR_LEFT);
	assert_true(json_is_false(json_object_get(answer, "more")));
	json_decref(answer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_tour__goes_through_all_that_is_unread_in_order,
			town_setup, town_teardown),
		cmocka_unit_test_setup_teardown(
			test_tour__ends_counting_where_there_is_much,
			town_setup, town_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

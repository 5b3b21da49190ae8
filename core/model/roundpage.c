/* roundpage.c - see roundpage.h. */
#include "plein/roundpage.h"

#include <string.h>
#include <time.h>

#include "plein/frontmatter.h"
#include "plein/path.h"

struct making {
	struct buf *out;
	const struct round_page *page;
	bool english;
};

static const char *
say(const struct making *m, const char *nl, const char *en)
{
	return m->english ? en : nl;
}

static void
add_day(struct buf *out, int64_t when)
{
	time_t t = (time_t)when;
	struct tm tm;
	char day[16];

	if (gmtime_r(&t, &tm) && strftime(day, sizeof(day), "%Y-%m-%d", &tm))
		buf_str(out, day);
}

void
round_address(struct buf *out, const char *title, int64_t when, int nth)
{
	struct buf slug = BUF_INIT, day = BUF_INIT;
	size_t room = SLUG_MAX - strlen("2026-01-01-") - (nth > 1 ? 4 : 0);

	add_day(&day, when);
	slug_from_title(&slug, title);
	if (slug.len > room)
		buf_erase(&slug, room, slug.len - room);
	while (slug.len > 0 && slug.ptr[slug.len - 1] == '-')
		buf_erase(&slug, slug.len - 1, 1);
	buf_printf(out, "reflecties/%s%s%s", day.ptr, slug.len ? "-" : "",
		   slug.ptr);
	if (nth > 1)
		buf_printf(out, "-%d", nth);
	buf_release(&slug);
	buf_release(&day);
}

/* --- fields ----------------------------------------------------------------- */

static void
add_field(struct buf *out, const char *key, const char *value)
{
	if (!value || !value[0])
		return;
	buf_printf(out, "%s: ", key);
	frontmatter_quote(out, value);
	buf_char(out, '\n');
}

static void
add_values_of(struct buf *out, const struct round_result *r)
{
	struct vec groups = VEC_INIT;
	const struct round_group *g;
	size_t i;

	round_group(&groups, &r->said, true);
	for (i = 0; i < groups.len; i++) {
		g = groups.items[i];
		if (!g->value)
			continue;
		buf_str(out, out->len ? ", " : "");
		frontmatter_quote(out, g->value);
	}
	vec_release(&groups, round_group_free);
}

static bool
is_shown(const struct round_result *r)
{
	return r->step->names != ROUND_NOBODY || r->said.len >= ROUND_FEW;
}

/* The values of all steps that put answers under them. */
static void
add_values(const struct making *m)
{
	struct buf values = BUF_INIT;
	size_t i;

	for (i = 0; i < m->page->n && !m->page->plain; i++)
		if (m->page->results[i].step->grouped &&
		    is_shown(&m->page->results[i]))
			add_values_of(&values, &m->page->results[i]);
	buf_printf(m->out, "waarden: [%s]\n", values.ptr);
	buf_release(&values);
}

static void
add_fields(const struct making *m)
{
	const struct round_page *p = m->page;
	struct buf day = BUF_INIT;

	add_day(&day, p->when);
	buf_str(m->out, "---\n");
	add_field(m->out, "titel", p->title);
	buf_str(m->out, "type: reflectie\nstatus: concept\n");
	add_field(m->out, "datum", day.ptr);
	buf_printf(m->out, "hoort_bij: [%s]\n", p->theme);
	add_values(m);
	add_field(m->out, "ronde", p->code);
	add_field(m->out, "begeleider", p->host);
	add_field(m->out, "vorige_ronde", p->previous);
	add_field(m->out, "herzien_voor", p->next);
	buf_str(m->out, "---\n");
	buf_release(&day);
}

/* --- what was concluded ----------------------------------------------------- */

static const char *
name_conclusion(const struct making *m, enum round_conclusion c)
{
	switch (c) {
	case ROUND_AGREED:
		return say(m, "Waar zijn we het over eens?",
			   "What do we agree about?");
	case ROUND_DISAGREED:
		return say(m, "Waar zijn we het niet over eens, en waarom?",
			   "What do we not agree about, and why?");
	case ROUND_UNKNOWN:
		return say(m, "Wat weten we nog niet?",
			   "What do we not know yet?");
	case ROUND_MEANS:
		return say(m, "Wat betekent dit voor ons standpunt?",
			   "What does this mean for our position?");
	case ROUND_DIFFERS:
	case ROUND_CONCLUSIONS:
		break;
	}
	return say(m, "Wat is anders dan in de vorige ronde?",
		   "What differs from the round before?");
}

static void
add_conclusions(const struct making *m)
{
	const char *text;
	int c;

	for (c = 0; c < ROUND_CONCLUSIONS; c++) {
		if (c == ROUND_DIFFERS && !m->page->previous)
			continue;
		text = m->page->conclusion[c];
		buf_printf(m->out, "\n## %s\n\n%s\n",
			   name_conclusion(m, (enum round_conclusion)c),
			   text && text[0] ? text
					   : say(m, "Niet ingevuld.",
						 "Not filled in."));
	}
	if (m->page->previous)
		buf_printf(m->out, "\n%s: [[%s]]\n",
			   say(m, "Vorige ronde", "Round before"),
			   m->page->previous);
}

/* --- what was said ---------------------------------------------------------- */

/* Each line behind a mark, so that nothing in it is a heading of the page. */
static void
add_quoted(struct buf *out, const char *text)
{
	size_t n;

	while (*text) {
		n = strcspn(text, "\n");
		buf_str(out, n ? "> " : ">");
		buf_add(out, text, n);
		buf_char(out, '\n');
		text += n + (text[n] == '\n');
	}
}

static void
add_who(const struct making *m, const struct round_said *said)
{
	if (said->who)
		buf_printf(m->out, "**%s**%s\n\n", said->who,
			   said->late ? say(m, " (nakomer)", " (late)") : "");
}

static void
add_piece(const struct making *m, const struct round_piece *p)
{
	buf_char(m->out, '\n');
	add_who(m, p->said);
	add_quoted(m->out, p->text);
	if (!p->first || !p->said->more)
		return;
	buf_printf(m->out, "\n%s:\n\n",
		   say(m, "Later toegevoegd", "Added later"));
	add_quoted(m->out, p->said->more);
}

static void
add_group(const struct making *m, const struct round_group *g, bool named)
{
	size_t i;

	if (g->value)
		buf_printf(m->out, "\n### %s (%zu)\n", g->value, g->pieces.len);
	else if (named)
		buf_printf(m->out, "\n### %s\n",
			   say(m, "Bij geen waarde", "Under no value"));
	for (i = 0; i < g->pieces.len; i++) {
		if (i > 0 &&
		    !((struct round_piece *)g->pieces.items[i])->said->who)
			buf_str(m->out, "\n---\n");
		add_piece(m, g->pieces.items[i]);
	}
}

static void
add_answers(const struct making *m, const struct round_result *r)
{
	struct vec groups = VEC_INIT;
	size_t i;

	round_group(&groups, &r->said, r->step->grouped && !m->page->plain);
	for (i = 0; i < groups.len; i++)
		add_group(m, groups.items[i], groups.len > 1);
	vec_release(&groups, round_group_free);
}

static void
add_reasons(const struct making *m, const struct round_point *p)
{
	const struct round_stand *s;
	size_t i;

	for (i = 0; i < p->stands.len; i++) {
		s = p->stands.items[i];
		if (s->reason && s->reason[0])
			buf_printf(m->out, "  - %s%s%s: %s\n",
				   s->who ? s->who : "", s->who ? ", " : "",
				   s->agrees ? say(m, "eens", "agrees")
					     : say(m, "oneens", "disagrees"),
				   s->reason);
	}
}

/* Nobody against: agreed. */
static void
add_points(const struct making *m, const struct round_result *r)
{
	const struct round_point *p;
	size_t i;

	if (r->points.len > 0)
		buf_printf(
			m->out, "\n### %s\n\n",
			say(m, "Eens en oneens", "Agreement and disagreement"));
	for (i = 0; i < r->points.len; i++) {
		p = r->points.items[i];
		buf_printf(m->out, "- %s: %s %s: %ld. %s: %ld.\n",
			   round_count(p, false)
				   ? say(m, "Oneens", "Disagreement")
				   : say(m, "Eens", "Agreement"),
			   p->text, say(m, "Voor", "For"), round_count(p, true),
			   say(m, "Tegen", "Against"), round_count(p, false));
		add_reasons(m, p);
	}
}

static const char *
name_names(const struct making *m, enum round_names names)
{
	if (names == ROUND_NAME)
		return say(m, "Met naam.", "With names.");
	if (names == ROUND_ROLE)
		return say(m, "Met rol en gemeente, zonder naam.",
			   "With role and municipality, without a name.");
	return say(m, "Zonder naam.", "Without a name.");
}

static void
add_result(const struct making *m, const struct round_result *r)
{
	buf_printf(m->out, "\n## %s %ld: %s\n", say(m, "Stap", "Step"),
		   r->step->n, r->step->title);
	if (r->step->question[0])
		buf_printf(m->out, "\n%s\n", r->step->question);
	buf_printf(m->out, "\n%s ", name_names(m, r->step->names));
	buf_printf(m->out, "%zu %s.\n", r->said.len,
		   r->said.len == 1 ? say(m, "antwoord", "answer")
				    : say(m, "antwoorden", "answers"));
	if (is_shown(r))
		add_answers(m, r);
	else if (r->said.len > 0)
		buf_printf(m->out, "\n%s\n",
			   say(m,
			       "De antwoorden staan hier niet: het waren er "
			       "minder dan vijf, en dan is te raden wie wat "
			       "schreef.",
			       "The answers are not here: they were fewer than "
			       "five, and then one could guess who wrote "
			       "what."));
	add_points(m, r);
}

void
round_page_make(struct buf *out, const struct round_page *p, bool english)
{
	const struct making m = { out, p, english };
	size_t i;

	add_fields(&m);
	add_conclusions(&m);
	for (i = 0; i < p->n; i++)
		add_result(&m, &p->results[i]);
}

/* round.c - see round.h. */
#include "plein/round.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plein/filter.h"
#include "plein/frontmatter.h"
#include "plein/mem.h"

static const char *const names_words[] = {
	[ROUND_NAME] = "naam",
	[ROUND_ROLE] = "rol",
	[ROUND_NOBODY] = "anoniem",
};

const char *
round_names_word(enum round_names names)
{
	return names_words[names];
}

bool
round_names_of(const char *word, enum round_names *names)
{
	size_t i;

	for (i = 0; i < sizeof(names_words) / sizeof(names_words[0]); i++)
		if (strcmp(word, names_words[i]) == 0) {
			*names = (enum round_names)i;
			return true;
		}
	return false;
}

void
round_step_free(void *step)
{
	struct round_step *s = step;

	if (!s)
		return;
	free(s->title);
	free(s->question);
	free(s);
}

/* --- a script --------------------------------------------------------------- */

struct line {
	const char *s;
	size_t len; /* without blanks around it */
};

struct reading {
	struct vec *steps;
	struct round_step *step; /* the last of them, or NULL */
	struct buf question;
	bool at_head; /* nothing but its settings stood below the heading */
	long number; /* of the line */
};

static struct line
trim(const char *s, size_t len)
{
	while (len > 0 && isspace((unsigned char)*s)) {
		s++;
		len--;
	}
	while (len > 0 && isspace((unsigned char)s[len - 1]))
		len--;
	return (struct line){ s, len };
}

static int
refuse(const struct reading *r, struct err *err, const char *why)
{
	return err_rule(err, PLEIN_ERULE, "script", r->number, "%s", why);
}

static void
end_step(struct reading *r)
{
	struct line question = trim(r->question.ptr, r->question.len);

	if (r->step) {
		free(r->step->question);
		r->step->question = mem_strndup(question.s, question.len);
	}
	buf_reset(&r->question);
}

static int
begin_step(struct reading *r, struct line title, struct err *err)
{
	struct round_step *s;

	end_step(r);
	if (title.len == 0 || title.len > ROUND_TITLE_MAX)
		return refuse(r, err, "a step needs a short title");
	if (r->steps->len >= ROUND_STEPS_MAX)
		return refuse(r, err, "there are too many steps");
	s = mem_alloc(sizeof(*s));
	s->n = (long)r->steps->len + 1;
	s->title = mem_strndup(title.s, title.len);
	s->question = mem_strdup("");
	s->names = ROUND_NAME;
	vec_push(r->steps, s);
	r->step = s;
	r->at_head = true;
	return 0;
}

/* What stands behind `key` and a colon; s NULL: the line is another one. */
static struct line
value_of(struct line line, const char *key)
{
	size_t len = strlen(key);

	if (line.len <= len || strncmp(line.s, key, len) != 0 ||
	    line.s[len] != ':')
		return (struct line){ NULL, 0 };
	return trim(line.s + len + 1, line.len - len - 1);
}

static int
set_names(struct reading *r, struct line value, struct err *err)
{
	char *word = mem_strndup(value.s, value.len);
	bool known = round_names_of(word, &r->step->names);

	free(word);
	return known ? 0 : refuse(r, err, "zichtbaar is naam, rol or anoniem");
}

static int
set_days(struct reading *r, struct line value, struct err *err)
{
	char *word = mem_strndup(value.s, value.len), *end;

	r->step->days = strtol(word, &end, 10);
	if (end == word || *end || r->step->days < 1 ||
	    r->step->days > ROUND_DAYS_MAX)
		r->step->days = 0;
	free(word);
	return r->step->days ? 0
			     : refuse(r, err, "dagen is a number up to 365");
}

/* A setting of the step; *taken: it was one. */
static int
read_setting(struct reading *r, struct line line, bool *taken, struct err *err)
{
	struct line names = value_of(line, "zichtbaar");
	struct line days = value_of(line, "dagen");
	struct line grouped = value_of(line, "groepeer");

	*taken = names.s || days.s || grouped.s;
	if (names.s)
		return set_names(r, names, err);
	if (days.s)
		return set_days(r, days, err);
	if (grouped.s)
		r->step->grouped =
			grouped.len == strlen("waarden") &&
			memcmp(grouped.s, "waarden", grouped.len) == 0;
	return grouped.s && !r->step->grouped
		       ? refuse(r, err, "groepeer is waarden")
		       : 0;
}

static int
read_line(struct reading *r, const char *s, size_t len, struct err *err)
{
	struct line line = trim(s, len);
	bool taken = false;
	int rc = 0;

	r->number++;
	if (len >= 3 && memcmp(s, "## ", 3) == 0)
		return begin_step(r, trim(s + 3, len - 3), err);
	if (!r->step)
		return 0; /* what a script is for stands above its steps */
	if (r->at_head && line.len > 0)
		rc = read_setting(r, line, &taken, err);
	if (taken || (r->at_head && line.len == 0))
		return rc;
	r->at_head = false;
	buf_add(&r->question, s, len);
	buf_char(&r->question, '\n');
	return rc;
}

static long
count_lines(const char *text, size_t len)
{
	long n = 0;

	while (len-- > 0)
		n += *text++ == '\n';
	return n;
}

int
round_script_read(struct vec *steps, const char *text, size_t len,
		  struct err *err)
{
	struct reading r = { .steps = steps, .question = BUF_INIT };
	size_t begin, end, at = 0, n, bad;
	const char *nl;
	int rc = 0;

	if (!filter_accepts(text, len, &bad))
		return err_rule(err, PLEIN_ERULE, "script",
				1 + count_lines(text, bad),
				"it holds a character that may not be stored");
	if (!frontmatter_find(text, len, &begin, &end, &at))
		at = 0;
	r.number = count_lines(text, at);
	for (; at < len && !rc; at += n + 1) {
		nl = memchr(text + at, '\n', len - at);
		n = nl ? (size_t)(nl - text) - at : len - at;
		rc = read_line(&r, text + at, n, err);
	}
	end_step(&r);
	if (!rc && steps->len == 0)
		rc = refuse(&r, err, "there is no step: a line with ## ");
	buf_release(&r.question);
	return rc;
}

/* --- who may see what ------------------------------------------------------- */

bool
round_is_open(const struct round_step *step, int64_t now)
{
	return !step->closed && now < step->until;
}

enum round_sight
round_sight(const struct round_step *step, int64_t now, bool takes_part,
	    bool answered)
{
	bool open = round_is_open(step, now);

	if (!takes_part)
		return ROUND_OUTSIDE;
	if (step->names == ROUND_NOBODY && open)
		return ROUND_LATER;
	if (step->names == ROUND_NOBODY && step->answers < ROUND_FEW)
		return ROUND_TOO_FEW;
	return open && !answered ? ROUND_FIRST : ROUND_SEEN;
}

const char *
round_sight_word(enum round_sight sight)
{
	static const char *const words[] = {
		[ROUND_SEEN] = "seen",	 [ROUND_OUTSIDE] = "outside",
		[ROUND_FIRST] = "first", [ROUND_LATER] = "later",
		[ROUND_TOO_FEW] = "few",
	};

	return words[sight];
}

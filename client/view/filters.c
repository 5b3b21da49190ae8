/* filters.c - see filters.h. */
#include "view/filters.h"

#include <string.h>

#include "base/sentence.h"
#include "base/when.h"
#include "plein/clock.h"
#include "plein/i18n.h"

void
filters_init(struct filters *f, json_t *values_take)
{
	f->values = values_take ? values_take : json_object();
	f->asking = NULL;
}

void
filters_release(struct filters *f)
{
	json_decref(f->values);
	f->values = NULL;
}

/* --- in words --- */

static bool
is_moment(const struct filter *row)
{
	return row->kind == FILTER_SINCE || row->kind == FILTER_UNTIL;
}

static void
tell_value(const struct filter *row, const json_t *value, struct buf *out)
{
	if (row->kind == FILTER_FIXED &&
	    strcmp(json_string_value(value), row->question) != 0)
		return;
	buf_printf(out, "%s%s", out->len ? ", " : "", gettext(row->word));
	if (row->kind == FILTER_FIXED)
		return;
	buf_char(out, ' ');
	if (is_moment(row))
		sentence_day(out, json_integer_value(value));
	else
		buf_str(out, json_string_value(value));
}

void
filters_tell(const struct filters *f, struct buf *out)
{
	const json_t *value;

	for (size_t i = 0; i < f->n_rows; i++) {
		value = json_object_get(f->values, f->rows[i].key);
		if (value)
			tell_value(&f->rows[i], value, out);
	}
}

/* --- asking --- */

static struct request
ask_which(const struct filters *f)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(gettext(f->question), NULL);
	question_add(r.question, _("Leave it as it is"), CMD_N, NULL);
	for (size_t i = 0; i < f->n_rows; i++)
		question_add(r.question, gettext(f->rows[i].label), CMD_FILTER,
			     f->rows[i].label);
	question_add(r.question, gettext(f->all), CMD_FILTER, "");
	return r;
}

static struct request
ask_value(const struct filter *row)
{
	struct request r = request_text(REQUEST_FIELD, gettext(row->question));

	r.command = CMD_FILTER;
	return r;
}

static const struct filter *
find_row(const struct filters *f, const char *label)
{
	for (size_t i = 0; i < f->n_rows; i++)
		if (strcmp(f->rows[i].label, label) == 0)
			return &f->rows[i];
	return NULL;
}

static json_t *
read_value(const struct filter *row, const char *text)
{
	int64_t begin, end;

	if (!is_moment(row))
		return json_string(text);
	if (!when_read(text, clock_wall(), &begin, &end))
		return NULL;
	return json_integer(row->kind == FILTER_SINCE ? begin : end);
}

static bool
set_value(struct filters *f, struct context *c, const struct filter *row,
	  const char *text)
{
	json_t *value = read_value(row, text);

	if (!value) {
		context_say(c,
			    _("%s is no date we know. Type it as "
			      "1-2-2026."),
			    text);
		return false;
	}
	(void)json_object_set_new(f->values, row->key, value);
	if (row->excludes)
		(void)json_object_del(f->values, row->excludes);
	return true;
}

/* Nothing: ask what; a label: ask its value, or take it; else the value. */
bool
filters_run(struct filters *f, struct context *c, const char *text,
	    struct request *out)
{
	const struct filter *row = f->asking;

	*out = request_of(REQUEST_NONE);
	f->asking = NULL;
	if (!text) {
		*out = ask_which(f);
		return false;
	}
	if (row)
		return set_value(f, c, row, text);
	row = find_row(f, text);
	if (!row) {
		(void)json_object_clear(f->values);
		return true;
	}
	if (row->kind == FILTER_FIXED)
		return set_value(f, c, row, row->question);
	f->asking = row;
	*out = ask_value(row);
	return false;
}

/* filters.c - see filters.h. */
#include "view/filters.h"

#include <ctype.h>
#include <string.h>

#include "base/days.h"
#include "base/lastmeeting.h"
#include "base/sentence.h"
#include "base/when.h"
#include "plein/clock.h"
#include "plein/i18n.h"

/* --- how a row reads --- */

static const struct filter usual[FILTER_FLAG + 1] = {
	[FILTER_PERSON] = { .label = N_("Of one person"),
			    .word = N_("by"),
			    .question = N_("Of whom? Type the name to sign in "
					   "with") },
	[FILTER_FOLDER] = { .label = N_("In one folder"),
			    .word = N_("in folder"),
			    .question = N_("Which folder? As themas") },
	[FILTER_SINCE] = { .label = N_("Since a date"),
			   .word = N_("since"),
			   .question = N_("Since when? As 1-2-2026, yesterday "
					  "or previous meeting") },
};

static const char *
label_of(const struct filter *row)
{
	return row->label ? row->label : usual[row->kind].label;
}

static const char *
word_of(const struct filter *row)
{
	return row->word ? row->word : usual[row->kind].word;
}

/* NULL: nothing is asked. */
static const char *
question_of(const struct filter *row)
{
	return row->question ? row->question : usual[row->kind].question;
}

void
filters_init(struct filters *f, const struct filter_set *set, struct view *v,
	     json_t *values_take)
{
	*f = (struct filters){
		.set = set,
		.view = v,
		.values = values_take ? values_take : json_object(),
	};
}

void
filters_release(struct filters *f)
{
	link_forget(f->view->ctx->link, f);
	json_decref(f->values);
	f->values = NULL;
}

/* --- in words --- */

/* A bound in time, a day or a moment. */
static bool
is_moment(const struct filter *row)
{
	return row->kind == FILTER_SINCE || row->kind == FILTER_UNTIL ||
	       row->kind == FILTER_DAY;
}

/* Of a key with several fixed values: is it another one's? */
static bool
is_of_another(const struct filter *row, const json_t *value)
{
	return row->kind == FILTER_FIXED &&
	       strcmp(json_string_value(value), row->value) != 0;
}

static void
tell_value(const struct filter *row, const json_t *value, struct buf *out)
{
	if (is_of_another(row, value))
		return;
	if (out->len)
		buf_str(out, ", ");
	if (*word_of(row))
		buf_str(out, gettext(word_of(row)));
	if (row->kind == FILTER_FIXED || row->kind == FILTER_FLAG)
		return;
	if (*word_of(row))
		buf_char(out, ' ');
	if (row->kind == FILTER_DAY)
		days_say(out, json_string_value(value));
	else if (row->kind == FILTER_SINCE)
		sentence_since(out, json_integer_value(value));
	else if (row->kind == FILTER_UNTIL)
		sentence_until(out, json_integer_value(value));
	else if (row->kind == FILTER_LIST)
		buf_str(out, row->name(json_string_value(value)));
	else
		buf_str(out, json_string_value(value));
}

bool
filters_narrow(const struct filters *f)
{
	return json_object_size(f->values) > 0;
}

void
filters_tell(const struct filters *f, struct buf *out)
{
	const struct filter_set *set = f->set;
	const json_t *value;

	for (size_t i = 0; i < set->n_rows; i++) {
		value = json_object_get(f->values, set->rows[i].key);
		if (value)
			tell_value(&set->rows[i], value, out);
	}
}

bool
filters_only(const struct filters *f, struct head *h)
{
	filters_tell(f, &h->only);
	if (!h->only.len)
		return false;
	buf_insert(&h->only, 0, _("Only: "), strlen(_("Only: ")));
	buf_printf(&h->place, "%s. %s", h->only.ptr, _("f narrows."));
	return true;
}

void
filters_place(const struct filters *f, const char *all, struct head *h)
{
	filters_tell(f, &h->only);
	if (!h->only.len) {
		buf_printf(&h->place, "%s, %s", _("Newest first"), all);
		return;
	}
	buf_printf(&h->place, "%s. %s", h->only.ptr, _("f narrows."));
	*h->place.ptr = (char)toupper((unsigned char)*h->place.ptr);
}

/* --- values --- */

static void
set_value(struct filters *f, const struct filter *row, json_t *value_take)
{
	if (f->set->single)
		(void)json_object_clear(f->values);
	(void)json_object_set_new(f->values, row->key, value_take);
	if (row->excludes)
		(void)json_object_del(f->values, row->excludes);
	f->set->changed(f->view);
}

static json_t *
value_of(const struct filter *row, int64_t begin, int64_t end)
{
	char day[DAYTEXT_LEN + 1];

	if (row->kind != FILTER_DAY)
		return json_integer(row->kind == FILTER_SINCE ? begin : end);
	(void)days_at(begin, day); /* else it is no day, as the wiki says */
	return json_string(day);
}

static void
take_meeting(void *ctx, const struct rpc_msg *m)
{
	struct filters *f = ctx;
	int64_t at;

	if (m->kind == RPC_ERROR)
		context_say_error(f->view->ctx, m);
	else if (lastmeeting_end(m->result, &at))
		set_value(f, f->meeting, value_of(f->meeting, at, at));
	else
		context_say(f->view->ctx, "%s",
			    _("There was no meeting before today."));
}

static void
set_moment(struct filters *f, const struct filter *row, const char *text)
{
	int64_t begin, end;

	if (when_is_last_meeting(text)) {
		f->meeting = row;
		(void)link_call(f->view->ctx->link, "meeting.list",
				lastmeeting_params(), take_meeting, f);
	} else if (when_read(text, clock_wall(), &begin, &end)) {
		set_value(f, row, value_of(row, begin, end));
	} else {
		context_say(f->view->ctx,
			    _("%s is no date we know. Type it as "
			      "1-2-2026."),
			    text);
	}
}

/* --- asking --- */

static struct request
ask_which(const struct filter_set *set)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(gettext(set->question), NULL);
	question_add(r.question, _("Leave it as it is"), CMD_N, NULL);
	for (size_t i = 0; i < set->n_rows; i++)
		question_add(r.question, gettext(label_of(&set->rows[i])),
			     CMD_FILTER, label_of(&set->rows[i]));
	question_add(r.question, gettext(set->all), CMD_FILTER, "");
	return r;
}

static struct request
ask_value(const struct filter *row)
{
	struct request r =
		request_text(REQUEST_FIELD, gettext(question_of(row)));

	r.command = CMD_FILTER;
	return r;
}

static struct request
ask_choice(const struct filter *row)
{
	struct request r = request_of(REQUEST_ASK);

	r.question = question_new(gettext(question_of(row)), NULL);
	question_add(r.question, _("Leave it as it is"), CMD_N, NULL);
	for (size_t i = 0; row->values[i]; i++)
		question_add(r.question, row->name(row->values[i]), CMD_FILTER,
			     row->values[i]);
	return r;
}

static const struct filter *
find_row(const struct filter_set *set, const char *label)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (strcmp(label_of(&set->rows[i]), label) == 0)
			return &set->rows[i];
	return NULL;
}

static void
take_typed(struct filters *f, const struct filter *row, const char *text)
{
	if (is_moment(row))
		set_moment(f, row, text);
	else
		set_value(f, row, json_string(text));
}

/* A label: take what it says, or ask for its value; none: all of it. */
static struct request
choose(struct filters *f, const char *label)
{
	const struct filter *row = find_row(f->set, label);

	if (row && question_of(row)) {
		f->asking = row;
		return row->values ? ask_choice(row) : ask_value(row);
	}
	if (row) {
		set_value(f, row,
			  row->kind == FILTER_FLAG ? json_true()
						   : json_string(row->value));
	} else {
		(void)json_object_clear(f->values);
		f->set->changed(f->view);
	}
	return request_of(REQUEST_NONE);
}

struct request
filters_run(struct filters *f, const char *text)
{
	const struct filter *row = f->asking;

	f->asking = NULL;
	if (!text)
		return ask_which(f->set);
	if (!row)
		return choose(f, text);
	take_typed(f, row, text);
	return request_of(REQUEST_NONE);
}

/* asked.c - see asked.h. */
#include "view/asked.h"

#include <string.h>

#include "base/newsline.h"
#include "plein/i18n.h"
#include "view/aspect.h"

/* On which page it stands, where the line does not say. */
static const char *
home_of(const json_t *row)
{
	if (strcmp(args_text(row, "what"), "round") == 0)
		return args_text(row, "page");
	return strcmp(args_text(row, "what"), "action") == 0
		       ? args_text(row, "title")
		       : args_text(row, "body");
}

void
asked_add(struct listing *l, size_t value, const json_t *row)
{
	const char *cells[LISTING_COLUMNS] = { args_text(row, "owner") };
	struct buf line = BUF_INIT, day = BUF_INIT;

	newsline_tell(&line, row);
	newsline_day(&day, row);
	cells[1] = day.ptr;
	listing_add(l, value, line.ptr, cells);
	buf_reset(&line);
	if (*home_of(row))
		buf_printf(&line, "%s, ", home_of(row));
	newsline_due(&line, row);
	listing_detail(l, line.ptr, 1);
	buf_release(&line);
	buf_release(&day);
}

struct request
asked_open(const json_t *row)
{
	const char *what = args_text(row, "what");

	if (strcmp(what, "round") == 0)
		return request_show(SCREEN_ROUND,
				    json_pack("{s:I, s:I}", "round",
					      args_number(row, "round"), "step",
					      args_number(row, "step")));
	return aspect_open(args_text(row, "address"));
}

static size_t
count(const json_t *rows, const char *what)
{
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(rows); i++)
		n += strcmp(args_text(json_array_get(rows, i), "what"), what) ==
		     0;
	return n;
}

void
asked_count(struct buf *out, const json_t *rows)
{
	size_t rounds = count(rows, "round"), reviews = count(rows, "review");
	size_t actions = count(rows, "action");
	const char *sign = "";

	if (rounds) {
		buf_printf(out, ngettext("%zu round", "%zu rounds", rounds),
			   rounds);
		sign = ", ";
	}
	if (reviews) {
		buf_str(out, sign);
		buf_printf(out,
			   ngettext("%zu decision to review",
				    "%zu decisions to review", reviews),
			   reviews);
		sign = ", ";
	}
	if (!actions)
		return;
	buf_str(out, sign);
	buf_printf(out,
		   ngettext("%zu action too late", "%zu actions too late",
			    actions),
		   actions);
}

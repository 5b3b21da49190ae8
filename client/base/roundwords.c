/* roundwords.c - see roundwords.h. */
#include "base/roundwords.h"

#include <string.h>

#include "plein/i18n.h"
#include "plein/round.h"

const char *
roundwords_names(const char *names)
{
	enum round_names n = ROUND_NOBODY;

	if (!names || !round_names_of(names, &n))
		n = ROUND_NOBODY;
	if (n == ROUND_NAME)
		return _("Others see your short name with your answer.");
	if (n == ROUND_ROLE)
		return _("Others see your role and municipality, not your "
			 "name. In a small group they may guess who you are.");
	return _("Your name is not with your answer. Who manages the server "
		 "can see that you took part, and with effort what you wrote, "
		 "until the round is closed. Sent is sent: the wiki does not "
		 "know whose it is.");
}

void
roundwords_sight(struct buf *out, const char *sight, long answers)
{
	if (strcmp(sight, "first") == 0)
		buf_str(out, _("What others wrote you see after your own "
			       "answer."));
	else if (strcmp(sight, "later") == 0)
		buf_str(out, _("What others wrote you see when this step is "
			       "closed."));
	else if (strcmp(sight, "few") == 0)
		buf_printf(out,
			   _("Too few answers to show (%ld of %d): one could "
			     "guess who wrote what."),
			   answers, ROUND_FEW);
	else if (strcmp(sight, "outside") == 0)
		buf_str(out, _("You do not take part in this round. You can "
			       "read it when it is closed."));
}

void
roundwords_count(struct buf *out, long answers, long asked)
{
	if (asked > 0)
		buf_printf(out, _("So far %ld of %ld participants answered."),
			   answers, asked);
	else
		buf_printf(out,
			   ngettext("So far %ld participant answered.",
				    "So far %ld participants answered.",
				    (unsigned long)answers),
			   answers);
}

/* screens.c - see screens.h. */
#include "screens.h"

#include "view/admin.h"
#include "view/attached.h"
#include "view/attachments.h"
#include "view/backlinks.h"
#include "view/blame.h"
#include "view/changes.h"
#include "view/compare.h"
#include "view/conflict.h"
#include "view/decision.h"
#include "view/deleted.h"
#include "view/drafts.h"
#include "view/editor_view.h"
#include "view/enrol.h"
#include "view/going.h"
#include "view/help.h"
#include "view/here.h"
#include "view/history.h"
#include "view/invite.h"
#include "view/meeting.h"
#include "view/member.h"
#include "view/members.h"
#include "view/messages.h"
#include "view/newpage.h"
#include "view/news.h"
#include "view/own.h"
#include "view/overview.h"
#include "view/page.h"
#include "view/plain.h"
#include "view/properties.h"
#include "view/records.h"
#include "view/register.h"
#include "view/remark_view.h"
#include "view/rename.h"
#include "view/requests.h"
#include "view/preview.h"
#include "view/profile.h"
#include "view/round.h"
#include "view/rounds.h"
#include "view/save.h"
#include "view/search.h"
#include "view/seek.h"
#include "view/settings.h"
#include "view/spaces.h"
#include "view/start.h"
#include "view/story.h"
#include "view/thread.h"
#include "view/threads.h"
#include "view/viewpoints.h"
#include "view/waiting.h"
#include "view/wording.h"
#include "view/wordings.h"

struct view *
screens_open(enum screen screen, struct context *c, const json_t *args)
{
	static struct view *(*const table[])(struct context *,
					     const json_t *) = {
#define S(id, open) [SCREEN_##id] = open,
#include "view/screen.def"
	};

	return table[screen](c, args);
}

bool
screens_of(enum command cmd, struct request *r)
{
	static const struct {
		enum command cmd;
		enum screen screen;
		const char *act; /* what is done there, or NULL */
	} ways[] = {
		{ CMD_MESSAGES, SCREEN_MESSAGES, NULL },
		{ CMD_PROFILE, SCREEN_PROFILE, NULL },
		{ CMD_OWN_CODE, SCREEN_PROFILE, "code" },
		{ CMD_OWN_SESSIONS, SCREEN_OWN, NULL },
		{ CMD_OWN_DATA, SCREEN_PROFILE, "data" },
		{ CMD_OWN_LEAVE, SCREEN_PROFILE, "leave" },
		{ CMD_REGISTER, SCREEN_REGISTER, NULL },
		{ CMD_APPLICATION, SCREEN_WAITING, NULL },
		{ CMD_HERE, SCREEN_HERE, NULL },
		{ CMD_SPACES, SCREEN_SPACES, NULL },
		{ CMD_JOIN, SCREEN_SPACES, "code" },
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (ways[i].cmd != cmd)
			continue;
		*r = request_show(
			ways[i].screen,
			ways[i].act ? json_pack("{s:s}", "act", ways[i].act)
				    : NULL);
		return true;
	}
	return false;
}

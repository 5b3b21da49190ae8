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
#include "view/deleted.h"
#include "view/drafts.h"
#include "view/editor_view.h"
#include "view/going.h"
#include "view/help.h"
#include "view/history.h"
#include "view/invite.h"
#include "view/member.h"
#include "view/members.h"
#include "view/messages.h"
#include "view/newpage.h"
#include "view/news.h"
#include "view/page.h"
#include "view/plain.h"
#include "view/properties.h"
#include "view/records.h"
#include "view/register.h"
#include "view/rename.h"
#include "view/requests.h"
#include "view/preview.h"
#include "view/profile.h"
#include "view/save.h"
#include "view/search.h"
#include "view/seek.h"
#include "view/settings.h"
#include "view/spaces.h"
#include "view/start.h"
#include "view/waiting.h"
#include "view/wording.h"

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

/* motion.c - see motion.h. */
#include "view/motion.h"

bool
motion_of_command(enum command cmd, enum editor_motion *motion)
{
	static const struct {
		enum command cmd;
		enum editor_motion motion;
	} table[] = {
		{ CMD_UP, EDITOR_UP },
		{ CMD_DOWN, EDITOR_DOWN },
		{ CMD_LEFT, EDITOR_LEFT },
		{ CMD_RIGHT, EDITOR_RIGHT },
		{ CMD_PAGE_UP, EDITOR_PAGE_UP },
		{ CMD_PAGE_DOWN, EDITOR_PAGE_DOWN },
		{ CMD_LINE_START, EDITOR_LINE_START },
		{ CMD_LINE_END, EDITOR_LINE_END },
		{ CMD_WORD_LEFT, EDITOR_WORD_LEFT },
		{ CMD_WORD_RIGHT, EDITOR_WORD_RIGHT },
		{ CMD_TEXT_START, EDITOR_TEXT_START },
		{ CMD_TEXT_END, EDITOR_TEXT_END },
		{ CMD_PARAGRAPH_UP, EDITOR_PARAGRAPH_UP },
		{ CMD_PARAGRAPH_DOWN, EDITOR_PARAGRAPH_DOWN },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].cmd != cmd)
			continue;
		*motion = table[i].motion;
		return true;
	}
	return false;
}

bool
motion_of_key(const struct key *k, enum editor_motion *motion)
{
	struct key plain = *k;

	plain.shift = false;
	return motion_of_command(command_of_key(&plain, PLACE_EDITOR), motion);
}

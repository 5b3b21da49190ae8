/* rows.c - what the protocol can do, one row a method. */
#include "wiki/rows.h"

#include "plein/message.h"
#include "plein/page.h"
#include "wiki/handlers.h"
#include "wiki/tree_cursor.h"
#include "wiki/unread.h"

#define OPEN_MAX ((size_t)16 * 1024) /* bytes: some 250 branches */

static const struct param no_params[] = { PARAMS_END };

static const struct param tree_params[] = {
	{ "address", PARAM_TEXT, false, ADDRESS_MAX, "only from this page on" },
	{ "depth", PARAM_NUMBER, false, 64,
	  "levels to show; all when absent or 0" },
	{ "after", PARAM_TEXT, false, TREE_CURSOR_MAX, "the next of before" },
	{ "plain", PARAM_FLAG, false, 1, "without new" },
	PARAM_AT,
	PARAMS_END,
};

static const struct param keep_params[] = {
	{ "open", PARAM_TEXT, true, OPEN_MAX,
	  "addresses with a blank between; - is the heading of pages that hang "
	  "nowhere" },
	PARAMS_END,
};

static const struct param list_params[] = {
	{ "folder", PARAM_TEXT, false, ADDRESS_MAX, "only pages in it" },
	{ "kind", PARAM_TEXT, false, 64, "only this `type`" },
	{ "status", PARAM_TEXT, false, 64,
	  "only this `status`, or `stand` of a vraagstuk" },
	{ "after", PARAM_TEXT, false, ADDRESS_MAX, "the next of before" },
	PARAM_AT,
	PARAMS_END,
};

static const struct param titles_params[] = {
	{ "after", PARAM_TEXT, false, ADDRESS_MAX, "the next of before" },
	PARAMS_END,
};

static const struct param resolve_params[] = {
	{ "name", PARAM_TEXT, true, 1024,
	  "an address, former address or title" },
	PARAMS_END,
};

static const struct param read_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "version", PARAM_NUMBER, false, COUNT_MAX, "newest when absent" },
	{ "commit", PARAM_TEXT, false, 40, "that made the version, instead" },
	{ "opening", PARAM_FLAG, false, 1,
	  "of a text above 128 kB only the beginning, up to the end of a "
	  "block: what a screen needs first" },
	PARAM_AT,
	PARAMS_END,
};

static const struct param log_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "before", PARAM_NUMBER, false, COUNT_MAX,
	  "only versions below this number" },
	{ "limit", PARAM_NUMBER, false, COUNT_MAX, "at most 500, the default" },
	PARAMS_END,
};

static const struct param save_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "the page" },
	{ "base", PARAM_NUMBER, false, COUNT_MAX, "version the text began as" },
	{ "base_commit", PARAM_TEXT, false, 40,
	  "or the commit as of which it did; with both they must agree" },
	{ "text", PARAM_TEXT, true, PAGE_MAX, "Markdown with its fields" },
	{ "note", PARAM_TEXT, false, NOTE_MAX, "what was changed and why" },
	{ "minor", PARAM_FLAG, false, 1, "its maker calls it small" },
	{ "request", PARAM_TEXT, false, REQUEST_MAX,
	  "hexadecimal; repeating it never saves twice" },
	PARAMS_END,
};

static const struct param create_params[] = {
	{ "address", PARAM_TEXT, true, ADDRESS_MAX, "of the new page" },
	{ "kind", PARAM_TEXT, true, 64, "its `type`; must fit the folder" },
	{ "title", PARAM_TEXT, true, TITLE_MAX, "wins over the text's field" },
	{ "text", PARAM_TEXT, false, PAGE_MAX,
	  "with or without fields; from the template of its kind when absent, "
	  "with the day of the address, or of today, where that has a "
	  "`datum`" },
	{ "note", PARAM_TEXT, false, NOTE_MAX, "why it was made" },
	{ "request", PARAM_TEXT, false, REQUEST_MAX,
	  "hexadecimal; repeating it never creates twice" },
	PARAMS_END,
};

static const struct param user_params[] = {
	{ "handle", PARAM_TEXT, true, 64, "short name" },
	{ "name", PARAM_TEXT, true, 256, "full name" },
	{ "role", PARAM_TEXT, true, 32,
	  "lezer, bijdrager, redacteur or beheerder" },
	{ "language", PARAM_TEXT, false, 8,
	  "nl or en; that of the person's own locale when absent" },
	{ "key", PARAM_TEXT, false, PUBLIC_KEY_MAX,
	  "a line of authorized_keys" },
	PARAMS_END,
};

static const struct param users_params[] = {
	PARAMS_PEOPLE,
	{ "role", PARAM_TEXT, false, 32, "only those active, with this role" },
	{ "out", PARAM_FLAG, false, 1, "only those not active" },
	{ "codeless", PARAM_FLAG, false, 1, "only without a code of an app" },
	PARAMS_END,
};

static const struct param info_params[] = {
	{ "lines", PARAM_FLAG, false, 1, "it is shown as lines, not a screen" },
	{ "command", PARAM_FLAG, false, 1, "it is a command, in a terminal" },
	PARAMS_END,
};

static const struct method rows[] = {
	{ "session.info", RIGHT_KNOW, PLACE_READER, info_params,
	  "Tells who is signed in, and where.",
	  "{handle, name, role, language, key, wiki, domain, fingerprint, "
	  "program, protocol, visit, open, space, title, private, spaces, "
	  "wiki_role, requests}: handle, name, key, visit (when the "
	  "caller was here last, before this, in seconds since 1970) and open "
	  "(as agenda.keep takes it) may be null; role is the one in the space "
	  "this stream is in, wiki_role that of the account; title is the "
	  "space's, spaces how many the caller may know of; requests, for "
	  "administrators only, how many applications wait",
	  "corrupt", handle_session_info },
	{ "agenda.tree", RIGHT_READ, PLACE_READER, tree_params,
	  "Gives the agenda as a list in preorder.",
	  "{rows: [{address, title, kind, status, state, depth, below}], "
	  "next}: "
	  "address and title are null for the heading of pages that hang "
	  "nowhere; below counts the rows under it, shown or not; next is "
	  "there when there is more, to be given as after; conflict when the "
	  "tree has changed since, then begin anew" UNREAD_ANSWER,
	  "not-found rule usage conflict corrupt", handle_agenda_tree },
	{ "agenda.keep", RIGHT_READ, PLACE_GROUPED, keep_params,
	  "Notes which branches of the agenda the caller left open, in place "
	  "of "
	  "those of before.",
	  "{}", "denied rule busy no-space io corrupt", handle_agenda_keep },
	{ "page.list", RIGHT_READ, PLACE_READER, list_params,
	  "Lists the pages in order of address.",
	  "{rows: [{address, title, kind, status, state, version, time, "
	  "handle}], next}: next is there when there is more, to be given as "
	  "after" UNREAD_ANSWER,
	  "corrupt", handle_page_list },
	{ "page.titles", RIGHT_READ, PLACE_READER, titles_params,
	  "Gives the title of every page that exists, in order of address.",
	  "{rows: [{address, title}], next}: next as in page.list", "corrupt",
	  handle_page_titles },
	{ "page.resolve", RIGHT_READ, PLACE_READER, resolve_params,
	  "Finds the page behind a name.",
	  "{address, moved}: moved when the name is a former address",
	  "not-found usage corrupt", handle_page_resolve },
	{ "page.read", RIGHT_READ, PLACE_READER, read_params,
	  "Gives one version of a page.",
	  "{address, title, kind, status, state, version, latest, commit, "
	  "author, handle, time, note, text, parents: [{address, title}], "
	  "place: [{address, title}], gone, size, headings}: time in seconds "
	  "since 1970; latest is the newest version; place is the way down to "
	  "the page in the agenda, from its objective; gone when the page "
	  "vanished in this version (text is empty); size and headings are "
	  "there when text is only the beginning, and count the bytes and the "
	  "headings of all of it; threads: how many discussions it has (as "
	  "of at, else now), and open, how many of them are, both absent while "
	  "the index is being made and there are many remarks; of now, for "
	  "people, new, the remarks they have not read, and follow: yes, no or "
	  "muted, absent while it is being made",
	  "not-found rule corrupt", handle_page_read },
	{ "page.log", RIGHT_READ, PLACE_READER, log_params,
	  "Lists the versions of a page, newest first, across renames.",
	  "{rows: [{version, address, commit, author, handle, time, note, "
	  "gone}], next}: next is there when older versions are, to be given "
	  "as before",
	  "not-found rule corrupt", handle_page_log },
	{ "page.save", RIGHT_WRITE, PLACE_WRITER, save_params,
	  "Stores a new version of a page, joined with what was saved since "
	  "the base. The answer comes when it is on stable storage.",
	  JOINING_ANSWER,
	  "usage denied rule too-big not-found conflict same busy no-space io "
	  "unknown corrupt",
	  handle_page_save },
	{ "page.create", RIGHT_WRITE, PLACE_WRITER, create_params,
	  "Makes a page. The answer comes when it is on stable storage.",
	  "{address, version, commit}; on exists args {address, version, "
	  "title}: the page in the way",
	  "denied rule too-big exists busy no-space io unknown corrupt",
	  handle_page_create },
	{ "user.add", RIGHT_ADMIN, PLACE_WRITER, user_params,
	  "Adds an account, with a key if given.", "{handle}",
	  "exists rule busy no-space io corrupt", handle_user_add },
	{ "user.list", RIGHT_ADMIN, PLACE_READER, users_params,
	  "Lists the accounts in order of handle.",
	  "{rows: [{handle, name, organisation, role, standing, reason, "
	  "language, created, keys, code, seen, proposed}], count, next}: "
	  "count, without after, is how many there are; next is there when "
	  "there are more, to be given as after; created and seen "
	  "(null: never) in seconds since 1970, keys a number; standing is "
	  "active, waiting, refused, blocked or closed, reason why; proposed "
	  "is "
	  "what waits for a second administrator: {act, role, by, time} with "
	  "act role, block or close, or null",
	  "corrupt", handle_user_list },
	{ "wiki.check", RIGHT_ADMIN, PLACE_READER, no_params,
	  "Reads everything that is stored and looks for damage.",
	  "{problems: [text]}", "io", handle_wiki_check },
	{ "wiki.version", RIGHT_KNOW, PLACE_LOOP, no_params,
	  "Tells which program this is.",
	  "{program, protocol, fingerprint}: fingerprint of the host key", "",
	  handle_wiki_version },
	ROWS_END,
};

/* One a line, so that two that come at once do not meet. */
/* clang-format off */
const struct method *const method_groups[] = {
	auth_rows,
	proof_rows,
	rows,
	changes_rows,
	links_rows,
	place_rows,
	search_rows,
	set_rows,
	file_rows,
	undo_rows,
	compare_rows,
	keeping_rows,
	draft_rows,
	watch_rows,
	presence_rows,
	news_rows,
	push_rows,
	spell_rows,
	profile_rows,
	register_rows,
	account_rows,
	audit_rows,
	session_rows,
	space_rows_of,
	thread_rows,
	remark_rows,
	thread_edit_rows,
	unread_rows,
	story_rows,
	history_rows,
	setting_rows,
	member_rows,
	close_rows,
	dossier_rows,
	round_rows,
	round_write_rows,
	round_close_rows,
	round_cancel_rows,
	question_rows,
	decision_rows,
	action_rows,
	progress_rows,
	meeting_rows,
	NULL,
};
/* clang-format on */

/*
 * clientproc.c - decide, prepare, start. The connection gets its ends of the
 * terminal or the pipes and keeps them; we keep none.
 */
#include "clientproc.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "connproc.h"
#include "notice.h"
#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/path.h"
#include "program.h"
#include "store/spaces.h"
#include "spawn.h"
#include "wiki/space.h"
#include "wikiproc.h"

#define NO_SPACE "there is no such space"

static void
refuse_spawn(struct house *h, struct member *m, const char *reason)
{
	log_event("spawn.refused", LOG_NUMBER("conn", m->id),
		  LOG_TEXT("reason", reason));
	connproc_tell(h, m,
		      json_pack("{s:s,s:s}", "op", "refused", "reason", reason),
		      NULL, 0);
}

static bool
is_git(const struct order *o)
{
	return o->kind == ORDER_UPLOAD || o->kind == ORDER_RECEIVE;
}

/* Why not, or NULL. */
static const char *
find_objection(const struct house *h, const struct member *m,
	       const struct order *o)
{
	if (!m->account)
		return "not signed in";
	if (m->spawned)
		return "one program a connection";
	if (h->stopping)
		return "the server is stopping";
	if (m->front && m->given[0] < 0)
		return "no terminal or pipes came along";
	if (!is_git(o))
		return NULL;
	if (h->git < 0)
		return "git is not installed here";
	if (o->kind == ORDER_RECEIVE &&
	    roster_count(&h->roster, ORDER_RECEIVE) >= HOUSE_PUSHES)
		return "too many people send changes now; try again later";
	if (o->kind == ORDER_UPLOAD &&
	    roster_count(&h->roster, ORDER_UPLOAD) >= HOUSE_CLONES)
		return "too many people fetch now; try again later";
	return spaces_find(&h->spaces, o->space) ? NULL : NO_SPACE;
}

static const char *
choose_door(const struct order *o)
{
	if (o->kind == ORDER_COMMAND && strcmp(o->line, "api") == 0)
		return "api";
	return o->kind == ORDER_SCREEN ? "screen" : "command";
}

/* Sends {"op":"spawned"} with the ends, and closes them. */
static void
hand_over(struct house *h, struct member *m, const int *ends, int n)
{
	connproc_tell(h, m,
		      json_pack("{s:s,s:s}", "op", "spawned", "kind",
				order_kind_name(m->kind)),
		      ends, n);
	for (int i = 0; i < n; i++)
		(void)close(ends[i]);
}

static int
start_program(struct house *h, struct member *m, const struct order *o,
	      const struct spawn *s, struct err *err)
{
	int ends[3], n = 3, rc;

	if (m->front) {
		n = 0;
		rc = spawn_on(s, m->given, &m->client, err);
		member_close_given(m);
	} else if (o->kind == ORDER_SCREEN) {
		n = 1;
		rc = spawn_pty(s, o->rows, o->cols, ends, &m->client, err);
	} else {
		rc = spawn_pipes(s, ends, &m->client, err);
	}
	if (rc < 0) {
		m->client = 0;
		return rc;
	}
	m->spawned = true;
	m->kind = o->kind;
	if (n > 0)
		hand_over(h, m, ends, n);
	return 0;
}

static int
start_upload(struct house *h, struct member *m, const struct order *o,
	     struct err *err)
{
	struct program p;
	struct spawn s = { .program = h->git,
			   .argv = p.argv,
			   .env = p.env,
			   .user = house_owner(h),
			   .fds = { -1, -1, -1 },
			   .stay = true,
			   .guard = GUARD_UPLOAD };
	int rc;

	program_upload(&p, spaces_find(&h->spaces, o->space));
	rc = start_program(h, m, o, &s, err);
	program_release(&p);
	if (rc < 0)
		return rc;
	(void)snprintf(m->space, sizeof(m->space), "%s", o->space);
	m->git_due = true;
	wikiproc_flush(h);
	return 0;
}

/* Of the peer's locale, else the wiki's. */
static const char *
automatic_language(const struct house *h, const struct member *m)
{
	return *m->locale ? m->locale : h->conf.language;
}

static const char *
language_of(const struct house *h, const struct member *m)
{
	return m->language && *m->language ? m->language
					   : automatic_language(h, m);
}

static int
start_receive(struct house *h, struct member *m, const struct order *o,
	      struct err *err)
{
	struct program p;
	struct spawn s = { .program = h->git,
			   .argv = p.argv,
			   .env = p.env,
			   .user = house_owner(h),
			   .fds = { h->self, h->locale, h->data },
			   .stay = true,
			   .guard = GUARD_RECEIVE,
			   .needs = program_receive_hook };
	int rc;

	pushes_make_ticket(m->ticket);
	program_receive(&p, spaces_find(&h->spaces, o->space), m->ticket,
			language_of(h, m));
	rc = start_program(h, m, o, &s, err);
	program_release(&p);
	if (rc < 0)
		return rc;
	(void)snprintf(m->space, sizeof(m->space), "%s", o->space);
	m->ticket_due = m->git_due = true;
	wikiproc_flush(h);
	return 0;
}

static int
start_client(struct house *h, struct member *m, const struct order *o,
	     struct err *err)
{
	const struct program_person who = { m->language,
					    automatic_language(h, m),
					    m->display,
					    conf_idle_minutes(&h->conf) };
	struct program p;
	struct spawn s = { .program = h->program,
			   .argv = p.argv,
			   .env = p.env,
			   .user = house_login(h),
			   .fds = { -1, h->locale, -1 } };
	int pair[2];
	int rc = passfd_pair(pair, err);

	if (rc < 0)
		return rc;
	m->control = pair[0];
	s.fds[0] = pair[1];
	rc = fs_set_nonblock(m->control, true, err);
	program_client(&p, o, &who, h->conf.zone);
	if (rc == 0)
		rc = start_program(h, m, o, &s, err);
	program_release(&p);
	(void)close(pair[1]);
	if (rc < 0) {
		(void)close(m->control);
		m->control = -1;
		return rc;
	}
	m->door = choose_door(o);
	m->attach_due = true;
	wikiproc_flush(h);
	return 0;
}

static void
start_order(struct house *h, struct member *m, const struct order *o)
{
	static int (*const starts[])(struct house * h, struct member * m,
				     const struct order *o, struct err *err) = {
		[ORDER_SCREEN] = start_client, [ORDER_COMMAND] = start_client,
		[ORDER_UPLOAD] = start_upload, [ORDER_RECEIVE] = start_receive,
		[ORDER_REFUSE] = start_client,
	};
	struct err err = ERR_INIT;

	memcpy(m->locale, o->language, sizeof(m->locale));
	if (starts[o->kind](h, m, o, &err) < 0) {
		refuse_spawn(h, m, err.msg);
		return;
	}
	log_event("spawn", LOG_NUMBER("conn", m->id),
		  LOG_TEXT("kind", order_kind_name(o->kind)),
		  LOG_TEXT("account", m->account),
		  LOG_NUMBER("child", m->client));
}

/* `role` is the one in the space that it is about. */
static bool
may_use_git(const struct house *h, enum role role, enum order_kind kind)
{
	if (kind == ORDER_RECEIVE)
		return policy_allows(role, RIGHT_WRITE);
	return kind != ORDER_UPLOAD ||
	       policy_may_clone(role, conf_lets_guests_clone(&h->conf));
}

/* Who may do one thing only is led there, the wiki refuses all the rest; and
 * who applies, as long as they ask for nothing else. */
static void
lead(const struct member *m, struct order *o)
{
	bool screen = o->kind == ORDER_SCREEN;
	bool asks;

	if (!screen && o->kind != ORDER_COMMAND)
		return;
	asks = *o->line != '\0';
	if (m->role == ROLE_SETUP)
		o->first = "code";
	else if (m->role == ROLE_NEW || (member_applies(m) && !asks))
		o->first = "register";
	else if (m->role == ROLE_APPLICANT || m->role == ROLE_BLOCKED ||
		 (m->role == ROLE_WAITING && screen && !asks))
		o->first = "application";
}

/* `here`: what they are in the space that git is for. */
static void
decide(struct house *h, struct member *m, struct order *o, enum role here)
{
	const char *objection;

	/* The client says it better than git would. */
	if (!may_use_git(h, here, o->kind)) {
		(void)snprintf(m->seat, sizeof(m->seat), "%s", m->space);
		o->kind = ORDER_REFUSE;
	}
	objection = find_objection(h, m, o);
	if (objection)
		refuse_spawn(h, m, objection);
	else
		start_order(h, m, o);
}

/* What somebody is in another space than the default one the wiki knows. */
static bool
is_for_wiki(const struct member *m, const struct order *o)
{
	return is_git(o) && m->account && !m->spawned && !m->asked &&
	       strcmp(o->space, SPACE_DEFAULT) != 0 && space_is_valid(o->space);
}

void
clientproc_spawn(struct house *h, struct member *m, const json_t *msg)
{
	struct order o;
	struct err err = ERR_INIT;

	if (order_read(&o, msg, &err) < 0) {
		refuse_spawn(h, m, err.msg);
		return;
	}
	lead(m, &o);
	if (!is_for_wiki(m, &o)) {
		decide(h, m, &o, m->role);
		return;
	}
	m->asked = json_deep_copy(msg);
	(void)snprintf(m->space, sizeof(m->space), "%s", o.space);
	m->may_due = true;
	wikiproc_flush(h);
}

static bool
is_dutch(const struct house *h, const struct member *m)
{
	return strcmp(language_of(h, m), "en") != 0;
}

/* The supervisor has no catalogue. */
static const char *
word_end(const char *why, bool dutch)
{
	static const struct {
		const char *why, *nl, *en;
	} words[] = {
		{ "own",
		  "plein: je hebt dit beëindigd vanuit een andere "
		  "sessie.",
		  "plein: you ended this from another session." },
		{ "admin", "plein: een beheerder heeft dit beëindigd.",
		  "plein: an administrator ended this." },
		{ "closed", "plein: dit profiel is gesloten.",
		  "plein: this profile is closed." },
		{ "rights", "plein: je hebt hier geen rechten meer voor.",
		  "plein: you have no right to this any more." },
	};
	size_t i = 0, last = sizeof(words) / sizeof(words[0]) - 1;

	while (i < last && strcmp(words[i].why, why) != 0)
		i++;
	return dutch ? words[i].nl : words[i].en;
}

void
clientproc_end_git(struct house *h, struct member *m, const char *why)
{
	if (!member_is_git(m))
		return;
	m->ended = true;
	log_event("git.ended", LOG_NUMBER("conn", m->id),
		  LOG_TEXT("space", m->space), LOG_TEXT("why", why));
	connproc_tell(h, m,
		      json_pack("{s:s,s:s}", "op", "say", "text",
				word_end(why, is_dutch(h, m))),
		      NULL, 0);
	clientproc_signal(m, SIGTERM);
}

/* Git at work: may it go on? */
static void
judge_running(struct house *h, struct member *m, enum role here)
{
	if (m->client <= 0 || may_use_git(h, here, m->kind))
		return;
	clientproc_end_git(h, m, "rights");
}

void
clientproc_may(struct house *h, struct member *m, enum role here)
{
	json_t *msg = m->asked;
	struct order o;

	if (!msg) {
		judge_running(h, m, here);
		return;
	}
	m->asked = NULL;
	if (order_read(&o, msg, NULL) < 0 || here == ROLE_NONE)
		refuse_spawn(h, m, NO_SPACE);
	else
		decide(h, m, &o, here);
	json_decref(msg);
}

void
clientproc_doubt(struct house *h, const char *account, const char *space)
{
	struct member *m;

	for (size_t i = 0; i < h->roster.members.len; i++) {
		m = h->roster.members.items[i];
		if (m->client > 0 && m->control < 0 && m->account &&
		    strcmp(m->space, space) == 0 &&
		    (!account || strcmp(m->account, account) == 0))
			m->may_due = true;
	}
	wikiproc_flush(h);
}

static json_t *
describe_exit(int status)
{
	const char *name;

	if (WIFEXITED(status))
		return json_pack("{s:s,s:i}", "op", "exit", "status",
				 WEXITSTATUS(status));
	name = sigabbrev_np(WTERMSIG(status));
	return json_pack("{s:s,s:s}", "op", "exit", "signal",
			 name ? name : "KILL");
}

void
clientproc_died(struct house *h, struct member *m, int status)
{
	log_event("exit", LOG_NUMBER("conn", m->id),
		  LOG_TEXT("kind", order_kind_name(m->kind)),
		  LOG_NUMBER("status",
			     WIFEXITED(status) ? WEXITSTATUS(status) : -1),
		  LOG_NUMBER("signal",
			     WIFSIGNALED(status) ? WTERMSIG(status) : 0));
	m->attach_due = m->ticket_due = false;
	if (member_is_git(m))
		wikiproc_git_over(h, m, status);
	m->client = 0;
	if (m->control >= 0)
		(void)close(m->control);
	m->control = -1;
	m->exit_status = status;
	if (m->conn <= 0 && !m->front)
		roster_remove(&h->roster, m);
	else if (m->awaits_haves) /* it has to be read before */
		m->held_until = clock_mono_ms() + HOUSE_STOP_MS;
	else
		connproc_tell(h, m, describe_exit(status), NULL, 0);
}

static void
say_erased(struct house *h, struct member *m, const char *date)
{
	static const char dutch[] =
		"plein: op %s is uit deze wiki iets verwijderd omdat de wet "
		"dat vraagt.\n"
		"plein: Je kopie is van daarvoor; wat je daarmee stuurt, wordt "
		"geweigerd.\n"
		"plein: Maak een nieuwe kopie met git clone (hetzelfde adres, "
		"een andere map),\n"
		"plein: zet daar je eigen wijzigingen in, en verwijder de "
		"oude.";
	static const char english[] =
		"plein: on %s something was erased from this wiki, because a "
		"law says so.\n"
		"plein: Your copy is of before; what you send with it is "
		"refused.\n"
		"plein: Make a new copy with git clone (the same address, "
		"another folder),\n"
		"plein: put your own changes in there, and remove the old "
		"one.";
	char text[512];

	if (is_dutch(h, m))
		(void)snprintf(text, sizeof(text), dutch, date);
	else
		(void)snprintf(text, sizeof(text), english, date);
	connproc_tell(h, m, json_pack("{s:s,s:s}", "op", "say", "text", text),
		      NULL, 0);
}

void
clientproc_haves(struct house *h, struct member *m, const char *date)
{
	m->awaits_haves = false;
	if (strlen(date) == strlen("2026-03-12"))
		say_erased(h, m, date);
	if (!m->held_until)
		return;
	m->held_until = 0;
	connproc_tell(h, m, describe_exit(m->exit_status), NULL, 0);
}

void
clientproc_give_up_haves(struct house *h)
{
	struct member *m;

	for (size_t i = 0; i < h->roster.members.len; i++) {
		m = h->roster.members.items[i];
		if (m->awaits_haves)
			clientproc_haves(h, m, "");
	}
}

void
clientproc_signal(const struct member *m, int sig)
{
	/* Its group, or itself when it did not get to making one. */
	if (m->client > 0 && kill(-m->client, sig) < 0)
		(void)kill(m->client, sig);
}

void
clientproc_hang_up(struct member *m)
{
	clientproc_signal(m, SIGHUP);
	m->kill_at = clock_mono_ms() + HOUSE_STOP_MS;
}

void
clientproc_kill_pushes(struct house *h)
{
	struct member *m;

	for (size_t i = 0; i < h->roster.members.len; i++) {
		m = h->roster.members.items[i];
		if (m->client <= 0 || m->kind != ORDER_RECEIVE)
			continue;
		m->ended = true;
		clientproc_signal(m, SIGKILL);
	}
}

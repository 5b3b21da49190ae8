/* Who may do what: every method, every role. */
#include "town.h"

#define NONE (1U << ROLE_NONE)
#define HOST (1U << ROLE_HOST)
#define ADMIN ((1U << ROLE_BEHEERDER) | HOST)
#define EDITOR ((1U << ROLE_REDACTEUR) | ADMIN)
#define WRITER ((1U << ROLE_BIJDRAGER) | EDITOR)
#define MEMBER ((1U << ROLE_LEZER) | WRITER)
#define WAITING (1U << ROLE_WAITING)
#define READER ((1U << ROLE_GAST) | WAITING | MEMBER)
#define NOBODY ((1U << ROLE_NEW) | (1U << ROLE_GAST))
#define APPLICANT ((1U << ROLE_APPLICANT) | NOBODY | WAITING)
#define KNOWN (~NONE)
#define PERSON (MEMBER & ~HOST)
#define SOMEBODY (WAITING | PERSON)
#define PROVER ((1U << ROLE_SETUP) | PERSON)
#define WRITING_PERSON (WRITER & ~HOST)

#define LONG_64 \
	"0123456789012345678901234567890123456789012345678901234567890123"
#define LONG LONG_64 LONG_64 LONG_64 LONG_64 "0"

/* With parameters that are right, so that only the right can refuse. */
static const struct {
	const char *method, *params;
	unsigned roles;
} rows[] = {
	{ "auth.key", "{'kind':'ssh-ed25519','blob':'AAAA'}", NONE },
	{ "session.open", "{'kind':'ssh-ed25519','blob':'AAAA'}", NONE },
	{ "auth.menu", "{}", NONE },
	/* too long: a wrong one would be denied as well */
	{ "auth.password", "{'user':'x','password':'" LONG "'}", NONE },
	{ "auth.pend", "{'offered':1}", NONE },
	{ "auth.link", "{'no':1}", NONE },
	{ "auth.code", "{'code':'" LONG "'}", NONE },
	{ "code.confirm", "{'code':'" LONG "'}", PROVER },
	{ "proof.info", "{}", PROVER },
	{ "password.set", "{'password':'kort'}", PERSON },
	{ "password.clear", "{}", PERSON },
	{ "code.begin", "{}", PROVER },
	{ "code.clear", "{}", PROVER },
	{ "user.password", "{'handle':'lezer','password':'kort'}", HOST },
	{ "user.reset", "{'handle':'lezer','what':'code'}", ADMIN },
	{ "register.submit",
	  "{'handle':'x','name':'N','reason':'R','password':'kort'}", NOBODY },
	{ "register.status", "{}", KNOWN },
	{ "register.change", "{}", APPLICANT },
	{ "register.withdraw", "{}", APPLICANT },
	{ "register.invite", "{'code':'x'}", APPLICANT },
	{ "register.ask", "{'number':99,'question':'Wie?'}", ADMIN },
	{ "accounts.requests", "{}", ADMIN },
	{ "accounts.approve", "{'handle':'niemand'}", ADMIN },
	{ "accounts.refuse", "{'handle':'niemand','reason':'x'}", ADMIN },
	{ "accounts.block", "{'handle':'niemand'}", ADMIN },
	{ "accounts.unblock", "{'handle':'niemand'}", ADMIN },
	{ "accounts.role", "{'handle':'niemand','role':'lezer'}", ADMIN },
	{ "accounts.undo", "{'handle':'niemand'}", ADMIN },
	{ "accounts.get", "{'handle':'niemand'}", ADMIN },
	{ "accounts.drop_key", "{'handle':'niemand','fingerprint':'x'}",
	  ADMIN },
	{ "setting.list", "{}", ADMIN },
	{ "setting.set", "{'setting':'niets','value':'x'}", ADMIN },
	{ "invite.create", "{}", ADMIN },
	{ "invite.list", "{}", ADMIN },
	{ "invite.revoke", "{'number':1}", ADMIN },
	{ "session.info", "{}", KNOWN },
	{ "session.list", "{}", SOMEBODY | HOST },
	{ "session.list", "{'account':'niemand'}", ADMIN },
	{ "session.list", "{'all':true}", ADMIN },
	{ "session.end", "{'session':9}", SOMEBODY | HOST },
	{ "session.end", "{'account':'niemand'}", ADMIN },
	{ "agenda.tree", "{}", READER },
	{ "agenda.keep", "{'open':'-'}", SOMEBODY },
	{ "page.list", "{}", READER },
	{ "page.titles", "{}", READER },
	{ "page.resolve", "{'name':'index'}", READER },
	{ "page.read", "{'address':'index'}", READER },
	{ "page.log", "{'address':'index'}", READER },
	{ "changes.list", "{}", READER },
	{ "changes.between", "{'from':0}", READER },
	{ "page.links", "{'address':'index'}", READER },
	{ "page.backlinks", "{'address':'index'}", READER },
	{ "wiki.missing", "{}", READER },
	{ "wiki.orphans", "{}", READER },
	{ "search.pages", "{'query':'welkom'}", READER },
	{ "page.save", "{'address':'index','base':9,'text':'x'}", WRITER },
	{ "page.save", "{'address':'sjablonen/thema','base':9,'text':'x'}",
	  EDITOR },
	{ "page.revert", "{'address':'index','version':9}", WRITER },
	{ "page.revert", "{'address':'sjablonen/thema','version':9}", EDITOR },
	{ "page.undo", "{'address':'index','version':9}", WRITER },
	{ "page.undo", "{'address':'sjablonen/thema','version':9}", EDITOR },
	{ "page.diff", "{'address':'index'}", READER },
	{ "page.blame", "{'address':'index'}", READER },
	{ "page.create", "{'address':'index','kind':'start','title':'T'}",
	  WRITER },
	{ "page.create",
	  "{'address':'sjablonen/thema','kind':'thema','title':'T'}", EDITOR },
	{ "page.rename", "{'address':'themas/x','to':'themas/y'}", WRITER },
	{ "page.rename", "{'address':'themas/x','to':'sjablonen/x'}", EDITOR },
	{ "page.delete", "{'address':'themas/x'}", WRITER },
	{ "page.delete", "{'address':'sjablonen/thema','base':9}", EDITOR },
	{ "page.restore", "{'address':'themas/x'}", WRITER },
	{ "file.put",
	  "{'address':'themas/x','name':'a.txt','size':2,'offset':0,"
	  "'data':'eA=='}",
	  WRITER },
	{ "file.put",
	  "{'address':'sjablonen/x','name':'a.txt','size':2,'offset':0,"
	  "'data':'eA=='}",
	  EDITOR },
	{ "page.set", "{'address':'themas/x','fields':'status=concept'}",
	  WRITER },
	{ "page.set", "{'address':'sjablonen/x','fields':'status=concept'}",
	  EDITOR },
	{ "file.get", "{'address':'themas/x','name':'a.txt'}", READER },
	{ "file.list", "{'address':'themas/x'}", READER },
	{ "file.delete", "{'address':'themas/x','name':'a.txt'}", WRITER },
	{ "thread.list", "{}", READER },
	{ "thread.read", "{'thread':'x'}", READER },
	{ "remark.log", "{'remark':'x'}", READER },
	{ "thread.start", "{'address':'themas/x','title':'T','text':'x'}",
	  WRITER },
	{ "remark.add", "{'thread':'x','text':'x'}", WRITER },
	{ "remark.edit", "{'remark':'x','text':'x'}", WRITER },
	{ "remark.withdraw", "{'remark':'x'}", WRITER },
	{ "thread.resolve", "{'thread':'x'}", WRITER },
	{ "thread.reopen", "{'thread':'x'}", WRITER },
	{ "thread.move", "{'thread':'x','address':'index'}", EDITOR },
	{ "thread.split", "{'remark':'x','title':'T'}", EDITOR },
	{ "thread.seen", "{'thread':'x'}", SOMEBODY },
	{ "follow.set", "{'address':'index','follow':'yes'}", SOMEBODY },
	{ "follow.list", "{}", SOMEBODY },
	{ "unread.next", "{}", SOMEBODY },
	{ "draft.put", "{'address':'index','base':1,'text':'x'}",
	  WRITING_PERSON },
	{ "draft.list", "{}", SOMEBODY },
	{ "draft.read", "{'address':'themas/geen'}", SOMEBODY },
	{ "draft.drop", "{'address':'themas/geen'}", SOMEBODY },
	{ "mark.read", "{'address':'themas/geen','version':1}", SOMEBODY },
	{ "mark.visit", "{}", SOMEBODY },
	{ "mark.all", "{}", SOMEBODY },
	{ "news.list", "{}", SOMEBODY },
	{ "profile.get", "{}", SOMEBODY },
	{ "profile.set", "{'mouse':'on'}", SOMEBODY },
	{ "key.add", "{'keys':'geen'}", SOMEBODY },
	{ "key.rename", "{'fingerprint':'SHA256:x','label':''}", SOMEBODY },
	{ "key.remove", "{'fingerprint':'SHA256:x'}", SOMEBODY },
	{ "profile.data", "{}",
	  (1U << ROLE_BLOCKED) | (1U << ROLE_APPLICANT) | SOMEBODY },
	{ "profile.close", "{'handle':'niemand'}", PERSON },
	{ "accounts.close", "{'handle':'niemand'}", ADMIN },
	{ "spell.check", "{'words':'een'}", WRITER },
	{ "spell.suggest", "{'word':'een'}", WRITER },
	{ "events.subscribe", "{'pages':'all'}", READER },
	{ "user.add", "{'handle':'root','name':'N','role':'lezer'}", ADMIN },
	{ "user.list", "{}", ADMIN },
	{ "audit.list", "{}", ADMIN },
	{ "audit.verify", "{}", ADMIN },
	{ "wiki.check", "{}", ADMIN },
	{ "wiki.health", "{}", ADMIN },
	{ "wiki.maintain", "{}", ADMIN },
	{ "wiki.reindex", "{}", ADMIN },
	{ "wiki.version", "{}", KNOWN },
	{ "space.list", "{}", KNOWN },
	{ "session.space", "{'space':'nergens'}", KNOWN },
	{ "space.add", "{'space':'agenda'}", ADMIN },
	{ "space.set", "{'space':'nergens'}", ADMIN },
	{ "space.remove", "{'space':'nergens'}", ADMIN },
	{ "member.list", "{}", ADMIN },
	{ "member.set", "{'handle':'lezer','role':'lezer'}", ADMIN },
	{ "member.remove", "{'handle':'lezer'}", ADMIN },
	{ "push.judge", "{'ticket':'t','folder':'f','updates':''}", HOST },
	{ "push.settle", "{'ticket':'t','state':'aborted','updates':''}",
	  HOST },
	{ "push.hold", "{}", HOST },
	{ "wiki.erase", "{\"space\":\"agenda\"}", HOST },
	{ "push.follow", "{}", HOST },
};

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static void
test_rights__are_as_the_table_says(void **state)
{
	struct town *t = *state;
	size_t i;
	int role, rc;

	for (i = 0; i < N_ROWS; i++)
		for (role = ROLE_NONE; role <= ROLE_HOST; role++) {
			rc = town_ask(t, (enum role)role, rows[i].method,
				      rows[i].params, NULL);
			if ((rc != PLEIN_EDENIED) !=
			    ((rows[i].roles >> role & 1) != 0))
				fail_msg("%s as %s: %d %s", rows[i].method,
					 role_name((enum role)role), rc,
					 t->err.msg);
		}
}

static void
test_rights__cover_every_method(void **state)
{
	const struct method *m;
	size_t i, k;

	(void)state;
	for (i = 0; (m = method_row(i)); i++) {
		for (k = 0; k < N_ROWS; k++)
			if (strcmp(rows[k].method, m->name) == 0)
				break;
		if (k == N_ROWS)
			fail_msg("%s has no row here", m->name);
	}
}

static void
test_rights__a_refusal_writes_nothing(void **state)
{
	struct town *t = *state;
	json_t *log;

	assert_int_equal(town_ask(t, ROLE_LEZER, "page.save",
				  "{'address':'index','base':1,'text':'x'}",
				  NULL),
			 PLEIN_EDENIED);
	assert_int_equal(town_ask(t, ROLE_BIJDRAGER, "page.save",
				  "{'address':'sjablonen/thema','base':1,"
				  "'text':'x'}",
				  NULL),
			 PLEIN_EDENIED);
	log = town_get(t, ROLE_LEZER, "page.log",
		       "{'address':'sjablonen/thema'}");
	assert_int_equal(json_array_size(json_object_get(log, "rows")), 1);
	json_decref(log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_rights__are_as_the_table_says, town_setup,
			town_teardown),
		cmocka_unit_test(test_rights__cover_every_method),
		cmocka_unit_test_setup_teardown(
			test_rights__a_refusal_writes_nothing, town_setup,
			town_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* fake_session.c - who the test's person is, and which spaces there are. */
#include "fake_impl.h"

#include <string.h>

void
fake_enter(struct fake *f)
{
	if (strcmp(f->role, "lid-beheerder") == 0) {
		f->role = "beheerder";
		f->wiki = "lezer";
	} else if (strcmp(f->role, "beheerder-zorg") == 0) {
		f->role = "lezer";
		f->wiki = "beheerder";
	}
}

static json_t *
session_info(const struct fake *f)
{
	json_t *info = json_pack(
		"{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:b}",
		"handle", "beleid.duinstad", "name", "Bea Beleid", "role",
		f->role, "language", "nl", "key", "SHA256:Zk3vQ8x9fQ", "wiki",
		"Digitale Agenda Gemeenten", "domain", "agenda.example.nl",
		"fingerprint", "SHA256:9c2TUe4", "program", "0.0", "protocol",
		1, "visit", WHEN, "register",
		strcmp(f->role, "gast") == 0 || strcmp(f->role, "new") == 0);

	if (strcmp(f->role, "new") == 0) /* nobody yet */
		(void)json_object_set_new(info, "handle", json_null());
	if (strcmp(f->role, "gast") == 0)
		(void)json_object_update_new(
			info,
			json_pack("{s:n, s:n, s:s, s:i}", "handle", "visit",
				  "space", "agenda", "spaces", 2));
	if (f->wiki)
		(void)json_object_update_new(
			info, json_pack("{s:s, s:s, s:s, s:i}", "wiki_role",
					f->wiki, "space", "zorg", "title",
					"Zorg en welzijn", "spaces", 2));
	return info;
}

/* The other one is only for members; where there are guests it is not. */
static json_t *
space_list(const struct fake *f)
{
	bool guest = strcmp(f->role, "gast") == 0;

	return json_pack(
		"{s:s, s:[{s:s, s:s, s:b, s:s}, {s:s, s:s, s:b, s:s}]}",
		"current", "agenda", "rows", "name", "agenda", "title",
		"Digitale Agenda Gemeenten", "private", 0, "role", f->role,
		"name", "zorg", "title", "Zorg en welzijn", "private", !guest,
		"role", guest ? "gast" : "lezer");
}

/* Out of the other one: there is no way in. */
static json_t *
go_home(struct fake *f)
{
	f->role = f->wiki;
	f->wiki = NULL;
	return json_pack("{s:s, s:s, s:b, s:s}", "name", "agenda", "title",
			 "Digitale Agenda Gemeenten", "private", 0, "role",
			 f->role);
}

bool
fake_session(struct fake *f, const char *method, struct reply *r)
{
	if (strcmp(method, "session.info") == 0)
		*r = answer(session_info(f));
	else if (strcmp(method, "space.list") == 0)
		*r = answer(space_list(f));
	else if (strcmp(method, "session.space") == 0 && f->wiki)
		*r = answer(go_home(f));
	else if (strcmp(method, "wiki.version") == 0)
		*r = answer(json_pack("{s:s, s:i, s:s}", "program", "0.0",
				      "protocol", 1, "fingerprint",
				      "SHA256:9c2TUe4"));
	else
		return false;
	return true;
}

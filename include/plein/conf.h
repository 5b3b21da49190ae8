/*
 * conf.h - plein.conf: `key = value` lines, # comments. Keys: naam, domein,
 * tijdzone, taal (nl, en), bijlagen_mb (1 to 16), bijlagen_soorten (last
 * parts of names), gast and gast_kopie (ja, nee), code_vanaf (a role or
 * niemand), registreren, uitnodigen and wachtend_lezen (ja, nee),
 * tweede_beheerder (ja, nee), aanvraag_dagen, aanvragen and aanvragen_adres (numbers), contact, pogingen,
 * pogingen_adres and pogingen_minuten (numbers), those of struct conf_doors
 * (numbers), luister (address:port) and uitgezonderd (netmask.h), which may
 * both be repeated.
 */
#ifndef PLEIN_CONF_H
#define PLEIN_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/policy.h"
#include "plein/vec.h"

#define CONF_WAITING_MAX 1000 /* connections that wait, at most */

struct conf {
	char *name; /* naam = Digitale Agenda Gemeenten */
	char *domain; /* domein = agenda.example.nl */
	char *zone; /* tijdzone = Europe/Amsterdam */
	char *language; /* taal = nl */
	char *attachment_mb; /* bijlagen_mb = 10 */
	char *attachment_kinds; /* bijlagen_soorten = png jpg pdf … */
	char *guest; /* gast = nee: reading without an account */
	char *guest_clone; /* gast_kopie = nee: and git clone */
	char *code_from; /* code_vanaf = niemand: roles that must have a code */
	char *tries; /* pogingen = 5: wrong passwords or codes of an account */
	char *tries_address; /* pogingen_adres = 50: of an address */
	char *tries_minutes; /* pogingen_minuten = 15: within this time */
	char *waiting; /* wachtend = 100: not signed in, in all */
	char *waiting_network; /* wachtend_netwerk = 20: of one network */
	char *kex_seconds; /* sleutels_seconden = 10: banner, key exchange */
	char *login_seconds; /* aanmelden_seconden = 30 */
	char *talk_seconds; /* vragen_seconden = 120: who is asked something */
	char *login_kb; /* aanmelden_kb = 256: read before sign-in */
	char *probes; /* sleutels = 30: keys asked about */
	char *penalty; /* straf_seconden = 5: a connection without sign-in */
	char *penalty_bound; /* straf_grens = 60: who owes more stays out */
	char *penalty_most; /* straf_hoogst = 600: nobody owes more */
	char *renew_mb; /* vernieuw_mb = 1024: then keys are exchanged anew */
	char *renew_minutes; /* vernieuw_minuten = 60: or after this time */
	char *idle_minutes; /* stil_minuten = 720: without a key; 0: never */
	char *proofs; /* bewijzen = 6: failed, then the connection ends */
	char *registers; /* registreren = ja: ssh nieuw@host */
	char *invites; /* uitnodigen = ja: codes that let somebody in */
	char *waiting_read; /* wachtend_lezen = ja: who applied may read */
	char *application_days; /* aanvraag_dagen = 30: then it is gone */
	char *application_most; /* aanvragen = 200: in all */
	char *application_address; /* aanvragen_adres = 5: of an address */
	char *second_admin; /* tweede_beheerder = nee: one confirms another */
	char *contact; /* contact = een beheerder: whom to ask */
	struct vec exempt; /* char *, uitgezonderd = 192.0.2.0/24 */
	struct vec listen; /* char *, luister = 127.0.0.1:2222 */
};

/* All fields set to their defaults. */
void
conf_init(struct conf *c);

void
conf_release(struct conf *c);

/* Bytes an attachment may have. */
size_t
conf_attachment_max(const struct conf *c);

/* Reading without an account; with git too. */
bool
conf_lets_guests_read(const struct conf *c);

bool
conf_lets_guests_clone(const struct conf *c);

/* Roles from this one on must have a code; ROLE_NONE: nobody must. */
enum role
conf_code_from(const struct conf *c);

/* Wrong passwords or codes that one account, one address may have within
 * `minutes`, before it must wait until they are over. */
struct conf_tries {
	long account, address, minutes;
};

struct conf_tries
conf_tries(const struct conf *c);

/* What a connection may take before somebody is signed in. */
struct conf_doors {
	int waiting, waiting_network; /* connections */
	int kex_ms, login_ms, talk_ms;
	long login_bytes;
	int probes, proofs;
	uint64_t renew_bytes; /* of a session, until keys are exchanged anew */
	uint32_t renew_s;
	int penalty_ms, penalty_bound_ms, penalty_most_ms; /* penalty.h */
};

struct conf_doors
conf_doors(const struct conf *c);

/* From now on this process tells the time of the wiki's zone; before there are
 * threads. */
void
conf_live_in_zone(const struct conf *c);

/* Minutes without a key after which a session ends; 0: never. */
long
conf_idle_minutes(const struct conf *c);

/* Does this numeric address belong to those that many people share? Bounds
 * per address do not hold for them. */
bool
conf_exempts(const struct conf *c, const char *address);

/* What is allowed but can hardly be meant: a line for each, char * appended. */
void
conf_find_odd(const struct conf *c, struct vec *lines);

/* Applying for an account; by an invite code; reading before it is there. */
bool
conf_lets_register(const struct conf *c);

bool
conf_lets_invite(const struct conf *c);

bool
conf_lets_waiting_read(const struct conf *c);

/* Does another administrator have to confirm what makes or ends one? */
bool
conf_needs_second_admin(const struct conf *c);

/* Applications in all, from one address, and for how many days. */
struct conf_applications {
	long all, address, days;
};

struct conf_applications
conf_applications(const struct conf *c);

/* Parse text into an initialised conf; PLEIN_ERULE names line and column. */
int
conf_parse(struct conf *c, const char *text, struct err *err);

/* What those that may be repeated mean; msgids. */
extern const char conf_exempt_means[], conf_listen_means[];

/* One setting that stands in the file once. Texts are the conf's. */
struct conf_setting {
	const char *name, *value;
	const char *normal; /* the value it has when the file is silent */
	const char *means; /* msgid: one line */
	const char *const *choices; /* all it may be, up to a NULL; or NULL */
};

/* The i-th; false behind the last. */
bool
conf_setting(const struct conf *c, size_t i, struct conf_setting *out);

/*
 * The text of a file in which only the line of this setting is another one,
 * or one more, appended: comments, order and line ends stay. The last of
 * equal lines is changed, as it is the one that counts. PLEIN_ENOTFOUND for no
 * setting of conf_setting(); PLEIN_ERULE as conf_parse() of the new text.
 */
int
conf_change(const char *text, const char *name, const char *value,
	    struct buf *out, struct err *err);

/* The file as `init` writes it, appended. */
void
conf_format(const struct conf *c, struct buf *out);

#endif

/* conf.c - one table of keys serves reading, defaults and writing. */
#include "plein/conf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plein/attachment.h"
#include "plein/filter.h"
#include "plein/i18n.h"
#include "plein/mem.h"
#include "plein/netmask.h"
#include "plein/wordwrap.h"

#define LISTEN_MAX 16
#define EXEMPT_MAX 64
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define FAULT_MAX 80
#define COMMENT_COLS 70

static const struct {
	const char *key;
	size_t field;
	const char *normal;
	const char *means;
} keys[] = {
	{ "naam", offsetof(struct conf, name), "Digitale Agenda Gemeenten",
	  N_("name of this wiki") },
	{ "domein", offsetof(struct conf, domain), "localhost",
	  N_("host name; authors are handle@domein") },
	{ "tijdzone", offsetof(struct conf, zone), "Europe/Amsterdam",
	  N_("times on screens") },
	{ "taal", offsetof(struct conf, language), "nl",
	  N_("language of new accounts: nl or en") },
	{ "bijlagen_mb", offsetof(struct conf, attachment_mb), "10",
	  N_("largest attachment in MB (MiB), 1 to 16") },
	{ "bijlagen_soorten", offsetof(struct conf, attachment_kinds),
	  ATTACHMENT_KINDS, N_("attachments end in one of these") },
	{ "gast", offsetof(struct conf, guest), "nee",
	  N_("reading without an account, with ssh gast@host: ja or nee") },
	{ "gast_kopie", offsetof(struct conf, guest_clone), "nee",
	  N_("git clone ssh://gast@host/agenda as well: ja or nee") },
	{ "code_vanaf", offsetof(struct conf, code_from), "niemand",
	  N_("roles from this one on need a code from an app to sign in: "
	     "niemand, beheerder, redacteur, bijdrager or lezer") },
	{ "pogingen", offsetof(struct conf, tries), "5",
	  N_("wrong passwords or codes of an account before it must wait") },
	{ "pogingen_adres", offsetof(struct conf, tries_address), "50",
	  N_("the same from one address, which people may share") },
	{ "pogingen_minuten", offsetof(struct conf, tries_minutes), "15",
	  N_("they are counted, and waited for, in as many minutes") },
	{ "wachtend", offsetof(struct conf, waiting), "100",
	  N_("connections that have not signed in; then the one that got least "
	     "far has to go") },
	{ "wachtend_netwerk", offsetof(struct conf, waiting_network), "20",
	  N_("the same from one address (of IPv6: one network of 64 bits)") },
	{ "sleutels_seconden", offsetof(struct conf, kex_seconds), "10",
	  N_("to exchange keys") },
	{ "aanmelden_seconden", offsetof(struct conf, login_seconds), "30",
	  N_("to sign in, from the beginning") },
	{ "vragen_seconden", offsetof(struct conf, talk_seconds), "120",
	  N_("to answer when a password or code is asked") },
	{ "aanmelden_kb", offsetof(struct conf, login_kb), "256",
	  N_("read from somebody who has not signed in, in KiB") },
	{ "sleutels", offsetof(struct conf, probes), "30",
	  N_("keys that may be offered in one connection") },
	{ "bewijzen", offsetof(struct conf, proofs), "6",
	  N_("wrong signatures, passwords or codes in one connection") },
	{ "vernieuw_mb", offsetof(struct conf, renew_mb), "1024",
	  N_("MiB after which a connection exchanges keys anew") },
	{ "vernieuw_minuten", offsetof(struct conf, renew_minutes), "60",
	  N_("the same after so many minutes") },
	{ "stil_minuten", offsetof(struct conf, idle_minutes), "720",
	  N_("without a key a session ends after so many minutes, with its "
	     "draft kept; 0: never") },
	{ "straf_seconden", offsetof(struct conf, penalty), "5",
	  N_("penalty for a connection on which nobody signed in, which its "
	     "address owes and time pays off; 0: none") },
	{ "straf_grens", offsetof(struct conf, penalty_bound), "60",
	  N_("an address that owes more seconds is not let in") },
	{ "straf_hoogst", offsetof(struct conf, penalty_most), "600",
	  N_("no address owes more") },
	{ "registreren", offsetof(struct conf, registers), "ja",
	  N_("applying for an account, with ssh nieuw@host: ja or nee") },
	{ "uitnodigen", offsetof(struct conf, invites), "ja",
	  N_("codes of administrators that let somebody in at once: ja or "
	     "nee") },
	{ "wachtend_lezen", offsetof(struct conf, waiting_read), "ja",
	  N_("may who applied read before it is decided: ja or nee") },
	{ "aanvraag_dagen", offsetof(struct conf, application_days), "30",
	  N_("after as many days an application is gone") },
	{ "aanvragen", offsetof(struct conf, application_most), "200",
	  N_("applications that are kept, in all") },
	{ "aanvragen_adres", offsetof(struct conf, application_address), "5",
	  N_("the same from one address, which people may share") },
	{ "tweede_beheerder", offsetof(struct conf, second_admin), "nee",
	  N_("does a second administrator confirm who becomes administrator, "
	     "and that one is stopped: ja or nee") },
	{ "contact", offsetof(struct conf, contact), "een beheerder",
	  N_("whom people ask: a name, a telephone number") },
};

const char conf_exempt_means[] =
	N_("networks that many people share, where no bound or penalty per "
	   "address holds, like 192.0.2.0/24; may be repeated");
const char conf_listen_means[] =
	N_("address:port to listen on; may be repeated");

#define N_KEYS (sizeof(keys) / sizeof(keys[0]))

static char **
field_of(const struct conf *c, size_t i)
{
	return (char **)(void *)((char *)(size_t)c + keys[i].field);
}

void
conf_init(struct conf *c)
{
	size_t i;

	memset(c, 0, sizeof(*c));
	for (i = 0; i < N_KEYS; i++)
		*field_of(c, i) = mem_strdup(keys[i].normal);
	vec_push(&c->listen, mem_strdup("127.0.0.1:2222"));
}

void
conf_release(struct conf *c)
{
	size_t i;

	for (i = 0; i < N_KEYS; i++) {
		free(*field_of(c, i));
		*field_of(c, i) = NULL;
	}
	vec_release(&c->listen, free);
	vec_release(&c->exempt, free);
}

static const char *
skip_blanks(const char *s, const char *end)
{
	while (s < end && strchr(" \t\r", *s))
		s++;
	return s;
}

/* The part of [s, end) without blanks around it. */
static char *
trimmed(const char *s, const char *end)
{
	s = skip_blanks(s, end);
	while (end > s && strchr(" \t\r", end[-1]))
		end--;
	return mem_strndup(s, (size_t)(end - s));
}

/* Where in the file something stands: both count from 1, in bytes. */
struct spot {
	int line, key, value; /* columns */
};

static bool
is_language(const char *value)
{
	return strcmp(value, "nl") == 0 || strcmp(value, "en") == 0;
}

/* It becomes the right half of authors' mail addresses. */
static bool
is_host_name(const char *value)
{
	return value[strspn(value, LETTERS DIGITS ".-")] == '\0';
}

/* It becomes TZ, where a leading `:` or `/` would name any file. */
static bool
is_zone(const char *value)
{
	return strchr(LETTERS, value[0]) && !strstr(value, "..") &&
	       value[strspn(value, LETTERS DIGITS "_+-/,.")] == '\0';
}

static bool
is_yes_or_no(const char *value)
{
	return strcmp(value, "ja") == 0 || strcmp(value, "nee") == 0;
}

static bool
is_role_or_nobody(const char *value)
{
	return strcmp(value, "niemand") == 0 || role_of(value) >= ROLE_LEZER;
}

static bool
is_network(const char *value)
{
	struct netmask m;

	return netmask_parse(&m, value);
}

static const struct {
	const char *key;
	bool (*holds)(const char *value);
	const char *must;
} rules[] = {
	{ "taal", is_language, "taal is nl or en" },
	{ "domein", is_host_name, "domein is a host name" },
	{ "tijdzone", is_zone, "tijdzone is a name like Europe/Amsterdam" },
	{ "bijlagen_soorten", attachment_is_list,
	  "bijlagen_soorten is a list like png pdf" },
	{ "gast", is_yes_or_no, "gast is ja or nee" },
	{ "gast_kopie", is_yes_or_no, "gast_kopie is ja or nee" },
	{ "code_vanaf", is_role_or_nobody, "code_vanaf is a role or niemand" },
	{ "uitgezonderd", is_network,
	  "uitgezonderd is a network like 192.0.2.0/24" },
	{ "registreren", is_yes_or_no, "registreren is ja or nee" },
	{ "uitnodigen", is_yes_or_no, "uitnodigen is ja or nee" },
	{ "wachtend_lezen", is_yes_or_no, "wachtend_lezen is ja or nee" },
	{ "tweede_beheerder", is_yes_or_no, "tweede_beheerder is ja or nee" },
};

/* Settings that are numbers. */
static const struct {
	const char *key;
	int least, most;
} ranges[] = {
	{ "bijlagen_mb", 1, ATTACHMENT_MB_MAX },
	{ "pogingen", 1, 9999 },
	{ "pogingen_adres", 1, 9999 },
	{ "pogingen_minuten", 1, 9999 },
	{ "wachtend", 1, CONF_WAITING_MAX },
	{ "wachtend_netwerk", 1, CONF_WAITING_MAX },
	{ "sleutels_seconden", 1, 600 },
	{ "aanmelden_seconden", 1, 3600 },
	{ "vragen_seconden", 1, 3600 },
	{ "aanmelden_kb", 16, 9999 },
	{ "sleutels", 1, 999 },
	{ "bewijzen", 1, 99 },
	{ "vernieuw_mb", 1, 4096 },
	{ "vernieuw_minuten", 1, 1440 },
	{ "stil_minuten", 0, 9999 },
	{ "straf_seconden", 0, 600 },
	{ "straf_grens", 1, 9999 },
	{ "straf_hoogst", 1, 9999 },
	{ "aanvraag_dagen", 1, 9999 },
	{ "aanvragen", 1, 9999 },
	{ "aanvragen_adres", 1, 9999 },
};

static bool
is_in_range(const char *value, int least, int most)
{
	size_t n = strspn(value, DIGITS);
	long number = strtol(value, NULL, 10);

	return n >= 1 && n <= 4 && !value[n] && (n == 1 || value[0] != '0') &&
	       number >= least && number <= most;
}

/* `text` has room for a fault that must be made. */
static const char *
find_wrong_number(const char *key, const char *value, char text[FAULT_MAX])
{
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (strcmp(key, ranges[i].key) != 0 ||
		    is_in_range(value, ranges[i].least, ranges[i].most))
			continue;
		(void)snprintf(text, FAULT_MAX, "%s is a number, %d to %d", key,
			       ranges[i].least, ranges[i].most);
		return text;
	}
	return NULL;
}

static const char *
find_fault(const char *key, const char *value, char text[FAULT_MAX])
{
	size_t at, i;

	if (!*value)
		return "a value is missing";
	if (!filter_accepts(value, strlen(value), &at))
		return "a character cannot be shown";
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(key, rules[i].key) == 0 && !rules[i].holds(value))
			return rules[i].must;
	return find_wrong_number(key, value, text);
}

static int
refuse(const struct spot *at, int column, const char *fault, struct err *err)
{
	return err_set(err, PLEIN_ERULE, "plein.conf line %d, column %d: %s",
		       at->line, column, fault);
}

size_t
conf_attachment_max(const struct conf *c)
{
	return (size_t)strtol(c->attachment_mb, NULL, 10) << 20;
}

void
conf_live_in_zone(const struct conf *c)
{
	if (c->zone && setenv("TZ", c->zone, 1) == 0)
		tzset();
}

long
conf_idle_minutes(const struct conf *c)
{
	return strtol(c->idle_minutes, NULL, 10);
}

bool
conf_lets_guests_read(const struct conf *c)
{
	return strcmp(c->guest, "ja") == 0;
}

bool
conf_lets_guests_clone(const struct conf *c)
{
	return conf_lets_guests_read(c) && strcmp(c->guest_clone, "ja") == 0;
}

bool
conf_lets_register(const struct conf *c)
{
	return strcmp(c->registers, "ja") == 0;
}

bool
conf_lets_invite(const struct conf *c)
{
	return strcmp(c->invites, "ja") == 0;
}

bool
conf_lets_waiting_read(const struct conf *c)
{
	return strcmp(c->waiting_read, "ja") == 0;
}

bool
conf_needs_second_admin(const struct conf *c)
{
	return strcmp(c->second_admin, "ja") == 0;
}

struct conf_applications
conf_applications(const struct conf *c)
{
	return (struct conf_applications){
		strtol(c->application_most, NULL, 10),
		strtol(c->application_address, NULL, 10),
		strtol(c->application_days, NULL, 10)
	};
}

enum role
conf_code_from(const struct conf *c)
{
	return role_of(c->code_from); /* "niemand" is no role */
}

struct conf_tries
conf_tries(const struct conf *c)
{
	return (struct conf_tries){ strtol(c->tries, NULL, 10),
				    strtol(c->tries_address, NULL, 10),
				    strtol(c->tries_minutes, NULL, 10) };
}

static int
number_of(const char *value)
{
	return (int)strtol(value, NULL, 10);
}

struct conf_doors
conf_doors(const struct conf *c)
{
	return (struct conf_doors){
		.waiting = number_of(c->waiting),
		.waiting_network = number_of(c->waiting_network),
		.kex_ms = number_of(c->kex_seconds) * 1000,
		.login_ms = number_of(c->login_seconds) * 1000,
		.talk_ms = number_of(c->talk_seconds) * 1000,
		.login_bytes = number_of(c->login_kb) * 1024L,
		.probes = number_of(c->probes),
		.proofs = number_of(c->proofs),
		.renew_bytes = (uint64_t)number_of(c->renew_mb) << 20,
		.renew_s = (uint32_t)number_of(c->renew_minutes) * 60,
		.penalty_ms = number_of(c->penalty) * 1000,
		.penalty_bound_ms = number_of(c->penalty_bound) * 1000,
		.penalty_most_ms = number_of(c->penalty_most) * 1000,
	};
}

bool
conf_exempts(const struct conf *c, const char *address)
{
	struct netmask m;

	for (size_t i = 0; i < c->exempt.len; i++)
		if (netmask_parse(&m, c->exempt.items[i]) &&
		    netmask_holds(&m, address))
			return true;
	return false;
}

static void
find_wide(const char *network, struct vec *lines)
{
	struct buf line = BUF_INIT;
	struct netmask m;
	bool v4 = strchr(network, ':') == NULL;

	if (!netmask_parse(&m, network) || m.bits >= (v4 ? 96 + 16 : 32))
		return;
	buf_printf(&line, "uitgezonderd = %s is a very large network", network);
	vec_push(lines, buf_take(&line));
}

void
conf_find_odd(const struct conf *c, struct vec *lines)
{
	struct conf_doors d = conf_doors(c);

	if (d.waiting_network > d.waiting)
		vec_push(lines, mem_strdup("wachtend_netwerk is more than "
					   "wachtend, which counts"));
	if (d.kex_ms > d.login_ms)
		vec_push(lines, mem_strdup("sleutels_seconden is more than "
					   "aanmelden_seconden, which counts"));
	if (d.penalty_ms > 0 && d.penalty_bound_ms >= d.penalty_most_ms)
		vec_push(lines, mem_strdup("straf_hoogst is not more than "
					   "straf_grens: nobody is kept out"));
	if (number_of(c->tries) > number_of(c->tries_address))
		vec_push(lines, mem_strdup("pogingen is more than "
					   "pogingen_adres, which counts"));
	for (size_t i = 0; i < c->exempt.len; i++)
		find_wide(c->exempt.items[i], lines);
}

static int
add_repeated(struct vec *list, size_t most, const char *value,
	     const struct spot *at, struct err *err)
{
	char text[FAULT_MAX];

	if (list->len == most) {
		(void)snprintf(text, sizeof(text), "more than %zu of these",
			       most);
		return refuse(at, at->key, text, err);
	}
	vec_push(list, mem_strdup(value));
	return 0;
}

static int
set_value(struct conf *c, const char *key, const char *value,
	  const struct spot *at, struct err *err)
{
	char text[FAULT_MAX];
	const char *fault = find_fault(key, value, text);
	size_t i;

	if (fault)
		return refuse(at, at->value, fault, err);
	if (strcmp(key, "luister") == 0)
		return add_repeated(&c->listen, LISTEN_MAX, value, at, err);
	if (strcmp(key, "uitgezonderd") == 0)
		return add_repeated(&c->exempt, EXEMPT_MAX, value, at, err);
	for (i = 0; i < N_KEYS; i++) {
		if (strcmp(key, keys[i].key) != 0)
			continue;
		free(*field_of(c, i));
		*field_of(c, i) = mem_strdup(value);
		return 0;
	}
	(void)snprintf(text, sizeof(text), "unknown key %.40s", key);
	return refuse(at, at->key, text, err);
}

static int
parse_line(struct conf *c, const char *s, const char *end, int line,
	   struct err *err)
{
	const char *equals = memchr(s, '=', (size_t)(end - s));
	const char *after = equals ? equals + 1 : end;
	struct spot at = { line, (int)(skip_blanks(s, end) - s) + 1,
			   (int)(skip_blanks(after, end) - s) + 1 };
	char *key, *value;
	int r;

	key = trimmed(s, equals ? equals : end);
	if ((!*key && !equals) || *key == '#') {
		free(key);
		return 0;
	}
	value = trimmed(after, end);
	r = set_value(c, key, value, &at, err);
	free(key);
	free(value);
	return r;
}

int
conf_parse(struct conf *c, const char *text, struct err *err)
{
	struct vec normal = c->listen;
	const char *end;
	int line = 0, r = 0;

	/* Addresses in the file stand in place of the default. */
	c->listen = (struct vec)VEC_INIT;
	while (*text && r == 0) {
		end = text + strcspn(text, "\n");
		r = parse_line(c, text, end, ++line, err);
		text = *end ? end + 1 : end;
	}
	if (c->listen.len == 0)
		c->listen = normal;
	else
		vec_release(&normal, free);
	return r;
}

static const char *const *
choices_of(const char *key)
{
	static const char *const languages[] = { "nl", "en", NULL };
	static const char *const answers[] = { "ja", "nee", NULL };
	static const char *const roles[] = { "niemand",	  "beheerder",
					     "redacteur", "bijdrager",
					     "lezer",	  NULL };

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (strcmp(rules[i].key, key) != 0)
			continue;
		if (rules[i].holds == is_language)
			return languages;
		if (rules[i].holds == is_yes_or_no)
			return answers;
		return rules[i].holds == is_role_or_nobody ? roles : NULL;
	}
	return NULL;
}

bool
conf_setting(const struct conf *c, size_t i, struct conf_setting *out)
{
	if (i >= N_KEYS)
		return false;
	*out = (struct conf_setting){ keys[i].key, *field_of(c, i),
				      keys[i].normal, keys[i].means,
				      choices_of(keys[i].key) };
	return true;
}

/* --- writing -------------------------------------------------------------- */

static void
add_comment(struct buf *out, const char *text)
{
	while (*text) {
		size_t n = wordwrap_next(text, strlen(text), COMMENT_COLS);

		buf_str(out, "# ");
		buf_add(out, text, n - (text[n - 1] == ' '));
		buf_char(out, '\n');
		text += n;
	}
}

void
conf_format(const struct conf *c, struct buf *out)
{
	size_t i;

	buf_str(out, "# Settings of this wiki. SIGHUP makes a running server "
		     "read them again;\n# addresses count from the next "
		     "start.\n");
	for (i = 0; i < N_KEYS; i++) {
		buf_char(out, '\n');
		add_comment(out, keys[i].means);
		buf_printf(out, "%s = %s\n", keys[i].key, *field_of(c, i));
	}
	buf_char(out, '\n');
	add_comment(out, conf_exempt_means);
	if (c->exempt.len == 0)
		buf_str(out, "# uitgezonderd = 192.0.2.0/24\n");
	for (i = 0; i < c->exempt.len; i++)
		buf_printf(out, "uitgezonderd = %s\n",
			   (const char *)c->exempt.items[i]);
	buf_char(out, '\n');
	add_comment(out, conf_listen_means);
	for (i = 0; i < c->listen.len; i++)
		buf_printf(out, "luister = %s\n",
			   (const char *)c->listen.items[i]);
}

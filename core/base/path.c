/*
 * path.c - the one validator of names.
 *
 * path_check() asks whether a name is safe on every file system; the grammar
 * below it asks what a safe path is in this wiki. A path is split once into
 * parts, and each kind is a predicate on those parts. Handles, slugs and
 * spaces are all "words joined by separators" with different limits.
 */
#include "plein/path.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <unictype.h>

#include "plein/mem.h"
#include "plein/utf8.h"

#define YEAR_LEN 4
#define SERVICE "plein" /* says what nobody in particular says */
#define STAMP_LEN REMARK_STAMP_LEN
#define EXTENSION_MAX 10
#define DIGEST_MIN 4
#define DIGEST_MAX REMARK_DIGEST_MAX

const char *const path_folders[] = {
	"agendas",	"doelstellingen", "hoofdonderwerpen", "themas",
	"vraagstukken", "ontwikkelingen", "standpunten",      "reflecties",
	"besluiten",	"vergaderingen",  "organisaties",     "begrippen",
	"hulp",		"sjablonen",	  "voortgang",	      NULL
};

static const char *const root_files[] = { "bronnen.yml", "README.md",
					  ".mailmap", NULL };

static const char *const reserved_slugs[] = { "index", "bijlagen", "sjablonen",
					      NULL };

static const char *const reserved_handles[] = { "gast",	  "guest", "nieuw",
						"new",	  "git",   "root",
						"beheer", "plein", "reflectie",
						NULL };

static const char *const devices[] = { "con", "prn", "aux", "nul", NULL };

/* A stretch of a path. */
struct part {
	const char *s;
	size_t len;
};

struct parts {
	struct part at[PATH_PARTS_MAX];
	size_t n;
};

static bool
is_word(const struct part *p, const char *word)
{
	return p->len == strlen(word) && memcmp(p->s, word, p->len) == 0;
}

static bool
is_word_ignoring_case(const struct part *p, const char *word)
{
	return p->len == strlen(word) && strncasecmp(p->s, word, p->len) == 0;
}

static bool
is_one_of(const struct part *p, const char *const *words)
{
	for (; *words != NULL; words++)
		if (is_word(p, *words))
			return true;
	return false;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_lower_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || is_digit(c);
}

/* [a-z0-9]+([separators][a-z0-9]+)* of at most `max` bytes */
static bool
is_joined_words(const struct part *p, const char *separators, size_t max)
{
	bool in_word = false;

	if (p->len == 0 || p->len > max)
		return false;
	for (size_t i = 0; i < p->len; i++) {
		bool letter = is_lower_alnum(p->s[i]);

		if (!letter && (!in_word || p->s[i] == '\0' ||
				strchr(separators, p->s[i]) == NULL))
			return false;
		in_word = letter;
	}
	return in_word;
}

/* CON, nul.txt, Com1: Windows looks at what stands before the first dot. */
static bool
is_device(const struct part *p)
{
	const char *dot = memchr(p->s, '.', p->len);
	struct part stem = { p->s,
			     dot != NULL ? (size_t)(dot - p->s) : p->len };

	while (stem.len > 0 && stem.s[stem.len - 1] == ' ')
		stem.len--;
	for (const char *const *name = devices; *name != NULL; name++)
		if (is_word_ignoring_case(&stem, *name))
			return true;
	return stem.len == 4 && is_digit(stem.s[3]) &&
	       (strncasecmp(stem.s, "com", 3) == 0 ||
		strncasecmp(stem.s, "lpt", 3) == 0);
}

static bool
is_allowed_rune(uint32_t cp)
{
	static const uint32_t letters =
		UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Mc |
		UC_CATEGORY_MASK_Nd;

	if (cp < 0x80)
		return (cp >= 'A' && cp <= 'Z') || is_lower_alnum((char)cp) ||
		       (cp != 0 && strchr(" !'()+,-.@_", (int)cp) != NULL);
	return cp <= 0x10ffff &&
	       uc_is_general_category_withtable(cp, letters) &&
	       !uc_is_property_default_ignorable_code_point(cp);
}

static const char *
find_bad_rune(const struct part *p)
{
	uint32_t cp;
	size_t n;

	for (size_t pos = 0; pos < p->len; pos += n) {
		n = utf8_decode(p->s + pos, p->len - pos, &cp);
		if (cp == UINT32_MAX)
			return "is not UTF-8";
		if (!is_allowed_rune(cp))
			return "holds a character that is not allowed";
	}
	return NULL;
}

/* Why a part may not be, or NULL. */
static const char *
find_fault(const struct part *p)
{
	if (p->len == 0)
		return "holds an empty part";
	if (p->len > PATH_PART_MAX)
		return "holds a part that is too long";
	if (p->s[0] == '-' || p->s[0] == ' ')
		return "holds a part that begins with - or a blank";
	if (p->s[p->len - 1] == '.' || p->s[p->len - 1] == ' ')
		return "holds a part that ends with a dot or a blank";
	if (p->len >= 4 && strncasecmp(p->s, ".git", 4) == 0)
		return "holds a name that belongs to git";
	if (is_device(p))
		return "holds the name of a device";
	return find_bad_rune(p);
}

/* Number of parts, or -1 when there are too many. */
static int
split_path(struct parts *parts, const char *path, size_t len)
{
	const char *end = path + len, *slash;

	parts->n = 0;
	for (;; path = slash + 1) {
		if (parts->n == PATH_PARTS_MAX)
			return -1;
		slash = memchr(path, '/', (size_t)(end - path));
		parts->at[parts->n].s = path;
		parts->at[parts->n].len =
			(size_t)((slash != NULL ? slash : end) - path);
		parts->n++;
		if (slash == NULL)
			return (int)parts->n;
	}
}

static const char *
find_path_fault(const char *path, size_t len)
{
	struct parts parts;

	if (len == 0)
		return "is empty";
	if (len > PATH_MAX_LEN)
		return "is too long";
	if (split_path(&parts, path, len) < 0)
		return "has too many parts";
	for (size_t i = 0; i < parts.n; i++) {
		const char *why = find_fault(&parts.at[i]);

		if (why != NULL)
			return why;
	}
	return utf8_is_nfc(path, len) ? NULL : "is not in normal form C";
}

int
path_check(const char *path, size_t len, struct err *err)
{
	const char *why = find_path_fault(path, len);

	if (why == NULL)
		return 0;
	return err_set(err, PLEIN_ERULE, "path \"%.*s\" %s",
		       (int)(len < PATH_PART_MAX ? len : PATH_PART_MAX), path,
		       why);
}

bool
slug_is_valid(const char *s, size_t len)
{
	struct part p = { s, len };

	return is_joined_words(&p, "-", SLUG_MAX) && !is_device(&p) &&
	       !is_one_of(&p, reserved_slugs);
}

static bool
is_slug(const struct part *p)
{
	return slug_is_valid(p->s, p->len);
}

static bool
is_handle(const struct part *p)
{
	return is_joined_words(p, ".-", HANDLE_MAX) &&
	       !is_one_of(p, reserved_handles);
}

bool
handle_is_valid(const char *s)
{
	struct part p = { s, strnlen(s, HANDLE_MAX + 1) };

	return is_handle(&p);
}

bool
space_is_valid(const char *s)
{
	struct part p = { s, strnlen(s, SPACE_MAX + 1) };

	return is_joined_words(&p, "-", SPACE_MAX) && !is_device(&p);
}

static bool
is_year(const struct part *p)
{
	for (size_t i = 0; i < p->len; i++)
		if (!is_digit(p->s[i]))
			return false;
	return p->len == YEAR_LEN;
}

/* Take `suffix` off the end; false when it is not there. */
static bool
cut_suffix(struct part *p, const char *suffix)
{
	size_t len = strlen(suffix);

	if (p->len < len || memcmp(p->s + p->len - len, suffix, len) != 0)
		return false;
	p->len -= len;
	return true;
}

/*
 * How many parts at `at` are a page address: 1 for `index`, 2 for
 * `themas/x`, 3 for `vergaderingen/2026/x`, 0 for none. `n` is what there is.
 */
static size_t
match_address(const struct part *at, size_t n)
{
	if (n == 1)
		return is_word(&at[0], "index");
	if (n < 2 || n > 3 || !is_one_of(&at[0], path_folders))
		return 0;
	if (n == 2)
		return is_slug(&at[1]) ? 2 : 0;
	return is_year(&at[1]) && is_slug(&at[2]) ? 3 : 0;
}

static bool
is_page(const struct parts *parts)
{
	struct part at[3];

	if (parts->n == 4)
		return is_word(&parts->at[3], "index.md") &&
		       match_address(parts->at, 3) > 0;
	if (parts->n > 2)
		return false;
	memcpy(at, parts->at, parts->n * sizeof(at[0]));
	return cut_suffix(&at[parts->n - 1], ".md") &&
	       match_address(at, parts->n) > 0;
}

/* <slug>.<ext> */
static bool
is_attachment_name(const struct part *p)
{
	const char *dot = memchr(p->s, '.', p->len);
	struct part slug, extension;

	if (dot == NULL)
		return false;
	slug = (struct part){ p->s, (size_t)(dot - p->s) };
	extension = (struct part){ dot + 1, p->len - slug.len - 1 };
	return is_slug(&slug) && is_joined_words(&extension, "", EXTENSION_MAX);
}

static bool
is_attachment(const struct parts *parts)
{
	return parts->n >= 3 && is_word(&parts->at[0], "bijlagen") &&
	       match_address(parts->at + 1, parts->n - 2) > 0 &&
	       is_attachment_name(&parts->at[parts->n - 1]);
}

/* yyyymmddThhmmssZ */
static bool
is_stamp(const char *s)
{
	static const char pattern[] = "00000000T000000Z";

	for (size_t i = 0; i < STAMP_LEN; i++)
		if (pattern[i] == '0' ? !is_digit(s[i]) : s[i] != pattern[i])
			return false;
	return true;
}

static bool
is_digest(const struct part *p)
{
	for (size_t i = 0; i < p->len; i++)
		if (!is_digit(p->s[i]) && (p->s[i] < 'a' || p->s[i] > 'f'))
			return false;
	return p->len >= DIGEST_MIN && p->len <= DIGEST_MAX;
}

/* <stamp>-<handle>-<digest>.md; a handle may hold dashes itself. */
static bool
split_remark_name(const struct part *name, struct part *handle,
		  struct part *digest)
{
	struct part rest = *name;
	const char *dash;

	if (!cut_suffix(&rest, ".md") || rest.len <= STAMP_LEN + 1 ||
	    !is_stamp(rest.s) || rest.s[STAMP_LEN] != '-')
		return false;
	rest.s += STAMP_LEN + 1;
	rest.len -= STAMP_LEN + 1;
	dash = memrchr(rest.s, '-', rest.len);
	if (dash == NULL)
		return false;
	*handle = (struct part){ rest.s, (size_t)(dash - rest.s) };
	*digest = (struct part){ dash + 1, rest.len - handle->len - 1 };
	return true;
}

static bool
is_remark_name(const struct part *name)
{
	struct part handle, digest;

	return split_remark_name(name, &handle, &digest) &&
	       (is_handle(&handle) || is_word(&handle, SERVICE)) &&
	       is_digest(&digest);
}

static bool
is_remark(const struct parts *parts)
{
	return parts->n >= 4 && is_word(&parts->at[0], "bespreking") &&
	       match_address(parts->at + 1, parts->n - 3) > 0 &&
	       is_joined_words(&parts->at[parts->n - 2], "-",
			       THREAD_CODE_MAX) &&
	       is_remark_name(&parts->at[parts->n - 1]);
}

static bool
is_root_file(const struct parts *parts)
{
	return parts->n == 1 && is_one_of(&parts->at[0], root_files);
}

static const struct {
	enum path_kind kind;
	bool (*matches)(const struct parts *parts);
} kinds[] = {
	{ PATH_PAGE, is_page },
	{ PATH_ATTACHMENT, is_attachment },
	{ PATH_REMARK, is_remark },
	{ PATH_ROOT_FILE, is_root_file },
};

enum path_kind
path_kind_of(const char *path)
{
	size_t len = strnlen(path, PATH_MAX_LEN + 1);
	struct parts parts;

	if (path_check(path, len, NULL) < 0 ||
	    split_path(&parts, path, len) < 0)
		return PATH_BAD;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].matches(&parts))
			return kinds[i].kind;
	return PATH_BAD;
}

int
path_from_address(const char *address, struct buf *path, struct err *err)
{
	size_t len = strnlen(address, PATH_MAX_LEN + 1), n = 0;
	struct part whole = { address, len };
	struct parts parts;

	(void)cut_suffix(&whole, ".md"); /* both forms are good */
	if (len <= PATH_MAX_LEN && split_path(&parts, whole.s, whole.len) > 0)
		n = match_address(parts.at, parts.n);
	if (n == 0)
		return err_rule(err, PLEIN_ERULE, "address", 0,
				"\"%.*s\" is not the address of a page",
				PATH_PART_MAX, address);
	buf_add(path, whole.s, whole.len);
	buf_str(path, n == 3 ? "/index.md" : ".md");
	return 0;
}

void
path_remark_author(const char *path, struct buf *handle)
{
	const char *slash = strrchr(path, '/');
	struct part name = { slash ? slash + 1 : path, 0 }, author, digest;

	name.len = strlen(name.s);
	if (!split_remark_name(&name, &author, &digest))
		die("\"%s\" is not the path of a remark", path);
	buf_add(handle, author.s, author.len);
}

static void
copy_part(char *to, const char *s, size_t len)
{
	memcpy(to, s, len);
	to[len] = '\0';
}

/* Of a stamp that is one: its date may still be none. */
static int64_t
read_stamp(const char *s)
{
	struct tm tm = { 0 };

	(void)strptime(s, "%Y%m%dT%H%M%SZ", &tm);
	return (int64_t)timegm(&tm);
}

void
path_remark_read(struct path_remark *r, const char *path)
{
	struct part name, handle, digest;
	struct parts parts;
	size_t len = strnlen(path, PATH_MAX_LEN), n;

	if (path_kind_of(path) != PATH_REMARK ||
	    split_path(&parts, path, len) < 0)
		die("\"%s\" is not the path of a remark", path);
	n = parts.n;
	name = parts.at[n - 1];
	(void)split_remark_name(&name, &handle, &digest);
	copy_part(r->page, parts.at[1].s,
		  (size_t)(parts.at[n - 2].s - parts.at[1].s) - 1);
	copy_part(r->thread, parts.at[n - 2].s, parts.at[n - 2].len);
	copy_part(r->name, name.s, name.len - strlen(".md"));
	copy_part(r->handle, handle.s, handle.len);
	copy_part(r->digest, digest.s, digest.len);
	r->when = read_stamp(name.s);
}

bool
path_is_of_another(const char *path, const char *address)
{
	enum path_kind kind = path_kind_of(path);
	struct parts parts;
	size_t len = strlen(address), n;

	if ((kind != PATH_ATTACHMENT && kind != PATH_REMARK) ||
	    split_path(&parts, path, strlen(path)) < 0)
		return false;
	n = parts.n - (kind == PATH_REMARK ? 2 : 1);
	return (size_t)(parts.at[n].s - parts.at[1].s) != len + 1 ||
	       memcmp(parts.at[1].s, address, len) != 0;
}

bool
thread_code_is_valid(const char *s)
{
	const struct part p = { s, strlen(s) };

	return is_joined_words(&p, "-", THREAD_CODE_MAX);
}

void
path_to_address(const char *path, struct buf *address)
{
	struct part whole = { path, strlen(path) };

	if (!cut_suffix(&whole, "/index.md") && !cut_suffix(&whole, ".md"))
		die("\"%s\" is not the path of a page", path);
	buf_add(address, whole.s, whole.len);
}

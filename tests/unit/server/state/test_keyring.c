/* What a person may do with their own keys. */
#include "state/keyring.h"

#include "statefile.h"
#include "state/proofs.h"

#define RSA_2048 \
	"AAAAB3NzaC1yc2EAAAADAQABAAABAQC7HanW6jP51o3Jn7fFf9OWYSjKtvJuHeka" \
	"U0DRXcBtDeh7SI8wO6v0AwJQ/dyPUixBHFJGYjRgFgwf+hiXO8bEU1J9YpMDs9AQ" \
	"kEmAmxFxGmjZG2ClhJpZn3X03uAQGwArBqZIm31rDRI0V/gJEiVyD5Siu9M5Cffs" \
	"34Knkl1hiqJVnU+GdfhJN1EyQh/NXdjLiSgLnLJe3Nc/TfYPfB4A2ks9K5fwKapa" \
	"Wycz/onJpkGZRZhU67Sa0U41hxF8kxMe/trr0+WiKiv+zlw73CXuuoSqA6yThb+e" \
	"1MU+rX3vE/pvXEPShb0Tgd/z+4hRL458ONRmPtHBimhLhH6ZOd8J"
#define LINE_LEN 128

static int
setup(void **state)
{
	static const char *const people[] = { "ada", "bo", NULL };

	return statefile_open(state, people);
}

/* The n-th key there could be, with this comment. */
static const char *
line_of(char out[LINE_LEN], int n, const char *comment)
{
	(void)snprintf(out, LINE_LEN,
		       "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA%042d %s", n,
		       comment);
	return out;
}

static int
add(struct fixture *f, const char *handle, int n, const char *label)
{
	char line[LINE_LEN];

	return keyring_add(f->s, handle, line_of(line, n, "thuis"), label,
			   &f->err);
}

/* The i-th key; the caller's. *n: how many there are. */
static struct keyring_key *
key_at(struct fixture *f, const char *handle, size_t i, size_t *n)
{
	struct vec keys = VEC_INIT;
	struct keyring_key *key = NULL;

	if (keyring_list(f->s, handle, &keys, &f->err))
		fail_msg("%s", f->err.msg);
	*n = keys.len;
	if (i < keys.len)
		key = vec_remove(&keys, i);
	vec_release(&keys, keyring_key_free);
	return key;
}

static void
assert_count(struct fixture *f, const char *handle, size_t want)
{
	size_t n;

	keyring_key_free(key_at(f, handle, 0, &n));
	assert_int_equal(n, want);
}

static void
test_keyring__tells_what_is_known_of_a_key(void **state)
{
	struct fixture *f = *state;
	struct keyring_key *key;
	size_t n;

	assert_count(f, "ada", 0);
	assert_int_equal(add(f, "ada", 1, NULL), 0);
	key = key_at(f, "ada", 0, &n);
	assert_int_equal(n, 1);
	assert_string_equal(key->kind, "ed25519");
	assert_string_equal(key->label, "thuis");
	assert_int_equal(strncmp(key->fingerprint, "SHA256:", 7), 0);
	assert_true(key->added > 1600000000);
	assert_int_equal(key->used, 0);
	assert_int_equal(keyring_note_use(f->s, key->fingerprint, &f->err), 0);
	assert_int_equal(keyring_note_use(f->s, key->fingerprint, &f->err), 0);
	assert_int_equal(keyring_note_use(f->s, "SHA256:geen", &f->err), 0);
	keyring_key_free(key);
	key = key_at(f, "ada", 0, &n);
	assert_true(key->used > 1600000000);
	keyring_key_free(key);
}

static void
test_keyring__takes_several_lines_or_none(void **state)
{
	struct fixture *f = *state;
	char text[1024], line[3][LINE_LEN];

	(void)snprintf(text, sizeof(text), "# de mijne\r\n\n%s\r\n  %s\n",
		       line_of(line[0], 1, "een"), line_of(line[1], 2, "twee"));
	assert_int_equal(keyring_add(f->s, "ada", text, NULL, &f->err), 0);
	assert_count(f, "ada", 2);
	/* what was there already counts for nothing */
	(void)snprintf(text, sizeof(text), "%s\n%s\n%s\n", line[0],
		       line_of(line[2], 3, "drie"), line[1]);
	assert_int_equal(keyring_add(f->s, "ada", text, NULL, &f->err), 0);
	assert_count(f, "ada", 3);
	assert_int_equal(keyring_add(f->s, "ada", text, NULL, &f->err),
			 PLEIN_ESAME);
	assert_string_equal(f->err.rule, "key-own");
	/* all or none */
	(void)snprintf(text, sizeof(text), "%s\n\nssh-rsa %s\n",
		       line_of(line[0], 4, "vier"), RSA_2048);
	assert_int_equal(keyring_add(f->s, "ada", text, NULL, &f->err),
			 PLEIN_ERULE);
	assert_int_equal(f->err.at, 3);
	assert_count(f, "ada", 3);
	/* of one key everybody knows which */
	(void)snprintf(text, sizeof(text), "# oud\nssh-rsa %s\n", RSA_2048);
	assert_int_equal(keyring_add(f->s, "ada", text, NULL, &f->err),
			 PLEIN_ERULE);
	assert_string_equal(f->err.rule, "key-weak");
	assert_int_equal(f->err.at, 0);
}

static void
test_keyring__says_why_a_key_is_refused(void **state)
{
	static const struct {
		const char *text, *label, *rule;
	} bad[] = {
		{ "", NULL, "key" },
		{ " \n\t\r\n", NULL, "key" },
		{ "# niets", NULL, "key-own" },
		{ "AAAA", NULL, "key" },
		{ "ssh-ed25519 AAAA x", NULL, "key" },
		{ "ssh-dss AAAA x", NULL, "key-kind" },
		{ "ssh-ed25519-cert-v01@openssh.com AAAA", NULL, "key-kind" },
		{ "command=\"x\" ssh-ed25519 AAAA", NULL, "key-kind" },
		{ "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", NULL,
		  "key-private" },
		{ "ssh-ed25519 AAAA", "een\ntwee", "label" },
		{ "ssh-ed25519 AAAA", "een\033[2J", "label" },
		{ "ssh-ed25519 AAAA",
		  "12345678901234567890123456789012345678901", "label" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_true(keyring_add(f->s, "ada", bad[i].text, bad[i].label,
					&f->err) < 0);
		assert_string_equal(f->err.rule, bad[i].rule);
	}
	assert_count(f, "ada", 0);
}

static void
test_keyring__takes_no_key_of_somebody_else(void **state)
{
	struct fixture *f = *state;
	char text[1024], line[2][LINE_LEN];

	assert_int_equal(add(f, "ada", 1, NULL), 0);
	assert_int_equal(add(f, "bo", 1, NULL), PLEIN_EEXISTS);
	assert_string_equal(f->err.rule, "key-taken");
	assert_int_equal(f->err.at, 0);
	assert_count(f, "bo", 0);
	(void)snprintf(text, sizeof(text), "%s\n%s\n", line_of(line[0], 2, "x"),
		       line_of(line[1], 1, "x"));
	assert_int_equal(keyring_add(f->s, "bo", text, NULL, &f->err),
			 PLEIN_EEXISTS);
	assert_int_equal(f->err.at, 2);
	assert_count(f, "bo", 0);
}

static void
test_keyring__has_a_bound(void **state)
{
	struct fixture *f = *state;
	struct buf text = BUF_INIT;
	char line[LINE_LEN];

	for (int i = 0; i <= KEYRING_MAX; i++)
		buf_printf(&text, "%s\n", line_of(line, i, "x"));
	assert_int_equal(keyring_add(f->s, "ada", text.ptr, NULL, &f->err),
			 PLEIN_ERULE);
	assert_string_equal(f->err.rule, "keys");
	assert_count(f, "ada", 0);
	buf_release(&text);
}

static void
test_keyring__names_and_takes_away_ones_own(void **state)
{
	struct fixture *f = *state;
	struct keyring_key *first, *second;
	size_t n;

	assert_int_equal(add(f, "ada", 1, "laptop"), 0);
	assert_int_equal(add(f, "ada", 2, NULL), 0);
	assert_int_equal(add(f, "bo", 3, NULL), 0);
	first = key_at(f, "ada", 0, &n);
	assert_int_equal(
		keyring_rename(f->s, "bo", first->fingerprint, "x", &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(keyring_rename(f->s, "ada", first->fingerprint, "a\tb",
					&f->err),
			 PLEIN_ERULE);
	assert_int_equal(keyring_rename(f->s, "ada", first->fingerprint,
					"reserve", &f->err),
			 0);
	assert_int_equal(keyring_note_use(f->s, first->fingerprint, &f->err),
			 0);
	assert_int_equal(
		keyring_remove(f->s, "bo", first->fingerprint, &f->err),
		PLEIN_ENOTFOUND);
	assert_int_equal(
		keyring_remove(f->s, "ada", first->fingerprint, &f->err), 0);
	assert_int_equal(
		keyring_remove(f->s, "ada", first->fingerprint, &f->err),
		PLEIN_ENOTFOUND);
	second = key_at(f, "ada", 0, &n);
	assert_int_equal(n, 1);
	assert_string_not_equal(first->fingerprint, second->fingerprint);
	assert_int_equal(
		keyring_remove(f->s, "ada", second->fingerprint, &f->err),
		PLEIN_ERULE);
	assert_string_equal(f->err.rule, "last-way");
	assert_count(f, "ada", 1);
	/* a password is another way */
	assert_int_equal(proofs_set_password(f->s, "ada", "hash", &f->err), 0);
	assert_int_equal(
		keyring_remove(f->s, "ada", second->fingerprint, &f->err), 0);
	assert_int_equal(keyring_check_way(f->s, "ada", &f->err), 0);
	assert_int_equal(proofs_set_password(f->s, "ada", NULL, &f->err), 0);
	assert_int_equal(keyring_check_way(f->s, "ada", &f->err), PLEIN_ERULE);
	keyring_key_free(first);
	keyring_key_free(second);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, statefile_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_keyring__tells_what_is_known_of_a_key),
		TEST(test_keyring__takes_several_lines_or_none),
		TEST(test_keyring__says_why_a_key_is_refused),
		TEST(test_keyring__takes_no_key_of_somebody_else),
		TEST(test_keyring__has_a_bound),
		TEST(test_keyring__names_and_takes_away_ones_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

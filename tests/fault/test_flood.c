/*
 * Strangers flood the door from four addresses while twenty people from
 * others log in again and again, and type. They have a network of their own
 * (a namespace), with addresses that are not loopback's: those of this
 * machine are exempt from bounds of a network. Where that is not allowed they
 * have loopback's, as if all were exempt.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plein/clock.h"
#include "plein/fs.h"
#include "plein/log.h"
#include "plein/mem.h"
#include "screen.h"
#include "served.h"
#include "siege.h"

#define PEOPLE 20
#define IN_TIME_MS 3000
#define SLOW_MS 15000 /* the same, on the slowest machine */
#define GONE_MS 60000
#define PATIENCE_MS 60000
#define KEY_MS 100 /* between two keys of a person */
#define FIRST_STRANGER 2 /* last numbers of their addresses */
#define STRANGERS 4
#define FIRST_PERSON 101
#define WARM_UPS 6
#define MEMORY_KB 2048 /* may stay: what SQLite keeps of the audit log */
#define DATABASES 40 /* descriptors of them in the wiki process, at most */
#define THREAD 8 /* descriptors of them of one that had no work before */
#define RECORD 400 /* bytes of one in the log, at most */
#define RECORDS 3 /* of one connection */

#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED true
#else
#define IS_SANITIZED false
#endif

static uint32_t network; /* of all addresses; host byte order */
static int in_time; /* ms: see find_in_time() */

struct logins {
	int n, late; /* late, or not at all */
	int slowest; /* ms */
};

/* ---- a network of our own ---- */

/* Its loopback is up and has 198.51.100.0/24 (RFC 5737) as well. */
static bool
raise_loopback(int fd)
{
	struct ifreq r = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	struct ifreq alias = { .ifr_name = "lo:0" };
	struct sockaddr_in a = { .sin_family = AF_INET };

	if (ioctl(fd, SIOCSIFFLAGS, &r) < 0)
		return false;
	a.sin_addr.s_addr = inet_addr("198.51.100.1");
	memcpy(&alias.ifr_addr, &a, sizeof(a));
	if (ioctl(fd, SIOCSIFADDR, &alias) < 0)
		return false;
	a.sin_addr.s_addr = inet_addr("255.255.255.0");
	memcpy(&alias.ifr_netmask, &a, sizeof(a));
	return ioctl(fd, SIOCSIFNETMASK, &alias) == 0;
}

static bool
make_network(void)
{
	bool good;
	int fd;

	if (unshare(CLONE_NEWNET) < 0)
		return false;
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	good = fd >= 0 && raise_loopback(fd);
	(void)close(fd);
	return good;
}

static int
start_in_network(void **state)
{
	bool own = make_network();

	if (!own)
		print_message("without a network of our own: everybody is "
			      "exempt\n");
	network = ntohl(inet_addr(own ? "198.51.100.0" : "127.0.0.0"));
	return start_wiki(state);
}

/* ---- one of the twenty ---- */

/* In, until the first screen is whole; ms, or -1. */
static int
log_in(struct screen **out)
{
	int64_t begun = clock_mono_ms();

	*out = screen_open(&wiki, 24, 80, NULL, NULL);
	return screen_wait(*out, "? Hulp") ? (int)(clock_mono_ms() - begun)
					   : -1;
}

static bool
type_word(struct screen *s)
{
	static const char word[] = "zgemeente";
	char key[2] = "";

	for (size_t i = 0; word[i]; i++) {
		key[0] = word[i];
		screen_type(s, key);
		(void)screen_step(s, KEY_MS);
	}
	return screen_wait(s, "gemeente");
}

static void
come_and_go(struct logins *l)
{
	struct screen *s;
	int took = log_in(&s);

	l->n++;
	if (took < 0 || took > in_time || !type_word(s))
		l->late++;
	if (took > l->slowest)
		l->slowest = took;
	screen_abandon(s);
}

static _Noreturn void
be_person(int i, int64_t end, int result)
{
	struct logins l = { 0 };
	struct in_addr at = { htonl(network + FIRST_PERSON + (uint32_t)i) };
	char option[48];

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)snprintf(option, sizeof(option), "BindAddress=%s", inet_ntoa(at));
	wiki.option = option;
	while (clock_mono_ms() < end)
		come_and_go(&l);
	if (write(result, &l, sizeof(l)) != sizeof(l))
		die("result lost");
	_exit(0);
}

/* All of them, for so long; what the log says meanwhile is read. */
static void
people_come(int seconds, struct logins *sum)
{
	int64_t end = clock_mono_ms() + seconds * 1000;
	struct pollfd p = { .events = POLLIN };
	struct logins l;
	int fds[2], i;

	memset(sum, 0, sizeof(*sum));
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	for (i = 0; i < PEOPLE; i++)
		if (fork() == 0)
			be_person(i, end, fds[1]);
	p.fd = fds[0];
	for (i = 0; i < PEOPLE;) {
		(void)fixture_log_holds(&wiki, "\"never\"");
		if (poll(&p, 1, 0) <= 0)
			continue;
		assert_int_equal(read(p.fd, &l, sizeof(l)), sizeof(l));
		sum->n += l.n;
		sum->late += l.late;
		if (l.slowest > sum->slowest)
			sum->slowest = l.slowest;
		(void)wait(NULL);
		i++;
	}
	(void)close(fds[0]);
	(void)close(fds[1]);
}

/* ---- what may not stay behind ---- */

struct traces {
	long processes, descriptors, databases, kb;
};

static bool
is_database(int folder, const char *name)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(folder, name, target, sizeof(target) - 1);

	target[n > 0 ? n : 0] = '\0';
	return strstr(target, ".db") != NULL;
}

/* Of databases, or of all else: how many of those there are says how many
 * threads once had work at the same moment. */
static long
count_descriptors(pid_t pid, bool databases)
{
	char path[64];
	struct dirent *e;
	long n = 0;
	DIR *d;

	(void)snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	d = opendir(path);
	while (d && (e = readdir(d)))
		n += is_database(dirfd(d), e->d_name) == databases;
	if (d)
		(void)closedir(d);
	return n;
}

/* The text behind this word in a file of /proc. */
static bool
read_proc(pid_t pid, const char *file, const char *word, char *out, size_t size)
{
	char path[64];
	bool found = false;
	FILE *in;

	(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	in = fopen(path, "re");
	while (in && !found && fgets(out, (int)size, in))
		found = strncmp(out, word, strlen(word)) == 0;
	if (in)
		(void)fclose(in);
	return found;
}

static long
private_kb(pid_t pid)
{
	static const char word[] = "RssAnon:";
	char line[256];

	assert_true(read_proc(pid, "status", word, line, sizeof(line)));
	return strtol(line + sizeof(word) - 1, NULL, 10);
}

static long
count_children(pid_t pid)
{
	char file[64], line[8192];
	long n = 0;

	(void)snprintf(file, sizeof(file), "task/%d/children", (int)pid);
	if (read_proc(pid, file, "", line, sizeof(line)))
		for (const char *p = line; *p; p++)
			n += *p == ' ';
	return n;
}

static struct traces
look(void)
{
	pid_t w = fixture_find(&wiki, "wiki");
	struct traces t;

	assert_true(w > 0);
	t.processes = count_children(wiki.pid);
	t.descriptors = count_descriptors(wiki.pid, false) +
			count_descriptors(w, false);
	t.databases = count_descriptors(w, true);
	t.kb = private_kb(wiki.pid) + private_kb(w);
	return t;
}

/* Until only the wiki process is there. */
static struct traces
look_when_quiet(void)
{
	int64_t deadline = clock_mono_ms() + GONE_MS;
	struct traces t;

	do {
		(void)fixture_log_holds(&wiki, "\"never\"");
		t = look();
	} while (t.processes > 1 && clock_mono_ms() < deadline);
	assert_int_equal(t.processes, 1);
	return t;
}

static void
expect_no_traces(const struct traces *before, const struct traces *now)
{
	print_message("descriptors %ld, now %ld; of databases %ld, now %ld; "
		      "memory %ld kB, now %ld kB\n",
		      before->descriptors, now->descriptors, before->databases,
		      now->databases, before->kb, now->kb);
	assert_int_equal(now->descriptors, before->descriptors);
	assert_in_range(now->databases, 1, DATABASES);
	assert_in_range(now->databases, 1, before->databases + THREAD);
	if (!IS_SANITIZED) /* which gives nothing back for a while */
		assert_in_range(now->kb, 0, before->kb + MEMORY_KB);
}

/* ---- the flood ---- */

/* The `nth` one, from addresses that owe nothing yet. */
static void
flood(int nth, int quick, int slow, struct logins *l, struct siege_result *r)
{
	struct siege s = { .from = network + FIRST_STRANGER +
				   (uint32_t)(nth * STRANGERS),
			   .n_from = STRANGERS,
			   .port = (int)strtol(wiki.port, NULL, 10),
			   .quick = quick,
			   .slow = slow,
			   .rate = 200 };
	struct siege_run run;

	siege_begin(&run, &s, PATIENCE_MS);
	people_come(quick / s.rate + 2, l);
	siege_end(&run, r);
}

/* What the first ones need stays: threads open their files when they begin,
 * fewer than the databases they may have open, however many logins there are. */
static struct traces
warm_up(void)
{
	struct siege_result r;
	struct traces t = { 0 }, last;
	struct logins l;

	for (int i = 0; i < WARM_UPS; i++) {
		flood(1 + i, 50, 10, &l, &r);
		last = t;
		t = look_when_quiet();
		if (t.descriptors == last.descriptors &&
		    t.databases == last.databases)
			break;
	}
	return t;
}

/* Three seconds, as promised, at full size. In the short run a machine that needs
 * longer than a fifth of that when only these people come gets five times as
 * long as they wait then, up to what nobody would wait. All of them come in:
 * a wiki that keeps them out is not a slow machine. */
static void
find_in_time(void)
{
	struct logins l;

	in_time = PATIENCE_MS;
	people_come(2, &l);
	assert_int_equal(l.late, 0);
	in_time = IN_TIME_MS;
	if (!getenv("PLEIN_LONG") && 5 * l.slowest > in_time)
		in_time = 5 * l.slowest < SLOW_MS ? 5 * l.slowest : SLOW_MS;
	print_message("in time: %d ms\n", in_time);
}

static void
expect_people_in(void)
{
	bool whole = getenv("PLEIN_LONG") != NULL;
	int quick = whole ? 2000 : 500, slow = whole ? 500 : 125;
	struct traces before = warm_up(), after;
	struct siege_result r;
	struct logins l;
	size_t log;

	find_in_time();
	log = wiki.seen.len;
	flood(0, quick, slow, &l, &r);
	after = look_when_quiet();
	log = wiki.seen.len - log;
	print_message("%d logins, %d late, the slowest %d ms; %d of %d "
		      "strangers, %d at once; %zu kB of log\n",
		      l.n, l.late, l.slowest, r.opened, quick + slow, r.held,
		      log / 1024);
	expect_no_traces(&before, &after);
	assert_int_equal(r.left, 0);
	assert_in_range(r.opened, quick, quick + slow);
	assert_in_range(l.n, PEOPLE, 100000);
	assert_in_range(l.late, 0, l.n / 100);
	assert_in_range(log, 1, (size_t)(l.n + r.opened) * RECORD * RECORDS);
}

static void
test_flood__people_come_in_while_strangers_flood(void **state)
{
	(void)state;
	expect_people_in();
}

/* No bound of a network, no penalty: who made least progress goes first. */
static void
test_flood__people_come_in_while_all_are_exempt(void **state)
{
	struct buf conf = BUF_INIT;
	char file[112];

	(void)state;
	(void)snprintf(file, sizeof(file), "%s/plein.conf", wiki.data);
	assert_int_equal(fs_read_at(AT_FDCWD, file, &conf, 65536, NULL), 0);
	buf_str(&conf, "uitgezonderd = 198.51.100.0/24\n");
	assert_int_equal(
		fs_replace_at(AT_FDCWD, file, conf.ptr, conf.len, 0600, NULL),
		0);
	buf_release(&conf);
	(void)kill(wiki.pid, SIGHUP);
	assert_true(fixture_log_wait(&wiki, "\"reload\""));
	expect_people_in();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_flood__people_come_in_while_strangers_flood),
		cmocka_unit_test(
			test_flood__people_come_in_while_all_are_exempt),
	};

	return cmocka_run_group_tests(tests, start_in_network, stop_wiki);
}

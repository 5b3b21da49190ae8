# Plein: one Makefile, one tree per variant under build/. "make help" lists
# the targets. Folders and who may include whom: docs/ARCHITECTURE.md.

BUILD   ?= build
VARIANT ?= release
OUT     := $(BUILD)/$(VARIANT)
PORT    ?= 2222
DATA    ?= var
CC      ?= gcc
# One short line a file; V=1 shows the commands whole.
Q       := $(if $(V),,@)
say      = @$(if $(V),:,printf '  %-5s%s\n' $(1) $@)
VERSION := 0.1.0

PKGS_server := libssh libgit2 sqlite3 libuv jansson yaml-0.1 libbsd-overlay libcrypto zlib libdeflate \
	libsodium liboath libqrencode
PKGS_client := ncursesw jansson yaml-0.1
PKGS_tests  := cmocka vterm libbsd-overlay
PKG_CONFIG  ?= pkg-config

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wconversion \
	-Wno-sign-conversion -Wswitch-enum -Wimplicit-fallthrough \
	-Wnull-dereference -Werror
HARDEN := -fstack-protector-strong -fstack-clash-protection -fcf-protection \
	-fPIE
CPPFLAGS += -D_GNU_SOURCE -DPLEIN_VERSION='"$(VERSION)"' -iquote include \
	-iquote server -iquote client -iquote tests/lib $(shell $(PKG_CONFIG) --cflags libbsd-overlay 2>/dev/null)

FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2 -fno-asynchronous-unwind-tables \
	-ffunction-sections -fdata-sections
FLAGS_dev     := -Og -g
FLAGS_fuzz    := -O1 -g -fno-omit-frame-pointer -Wno-missing-field-initializers \
	-fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined
FLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined
LDFLAGS_release := -Wl,-O1 -Wl,-z,pack-relative-relocs -Wl,--gc-sections
# Linux maps 64 kB around what is touched, from a multiple of that on: so it does
# not depend on where the program lands what comes along.
LDFLAGS_release += -Wl,-z,max-page-size=65536
LDFLAGS_fuzz    := -fsanitize=fuzzer,address,undefined
LDFLAGS_asan    := -fsanitize=address,undefined
CFLAGS  := -std=c11 $(WARN) $(HARDEN) $(FLAGS_$(VARIANT)) $(EXTRA_CFLAGS)
LDFLAGS := -pie -Wl,-z,relro -Wl,-z,now -Wl,--as-needed \
	$(LDFLAGS_$(VARIANT))

# Each person has a client: there small is worth more than fast, but where every
# key passes.
ifeq ($(VARIANT),release)
FAST := $(CFLAGS)
$(OUT)/obj/client/%.o: CFLAGS := $(CFLAGS:-O2=-Os)
$(OUT)/obj/client/ui/%.o $(OUT)/obj/client/edit/%.o: CFLAGS := $(FAST)
endif

# What every session with a screen runs stands together in the program, before
# screens that most people never open: those stay out of each person's memory.
# Sources; one that is missing here costs some memory, nothing else.
FIRST := \
	$(addprefix core/base/,buf clock err filter fs i18n mem path sandbox \
		utf8 vec) \
	$(addprefix core/model/,display frontmatter headings policy reference \
		wordwrap) \
	$(addprefix core/rpc/,jsonread jsontext passfd rpc wire) \
	$(addprefix client/,acts ahead app deeds farewell frame idle nav \
		nav_clash nav_door nav_notice nav_pages nav_presence nav_space \
		nav_stack nav_time notices oneshot pane screens words) \
	$(addprefix client/base/,command link newsline notice parts sentence \
		sentence_time titles) \
	$(addprefix client/ui/,canvas key keys patch terminal_curses theme) \
	$(addprefix client/layout/,footnote inline_mark label layout lines maker \
		notes prose table) \
	$(addprefix client/edit/,column editor fences indent marks markup \
		selection text wrap) \
	$(addprefix client/view/,about branch draft editor_view folds keep lead \
		linking look matches naming narrow others outline page page_act \
		page_talk question reader reading said scroll since start talk talks tree \
		view writing_draft writing_find writing_keys writing_link \
		writing_save writing_show)
# Their texts stay with them, and are not made one with those of other screens.
ifeq ($(VARIANT),release)
$(patsubst %,$(OUT)/obj/%.o,client/main $(FIRST)): OWN_FLAGS := -fno-merge-constants
endif

# One archive per folder, so that a test links what its layer may use.
FOLDERS := core/base core/model core/rpc server/spell server/proof server/ssh server/store \
	server/state server/wiki server client/ui client/base client/layout client/edit client/view \
	client
MAINS   := server/main.c client/main.c core/base/sandbox_main.c
archive  = $(OUT)/lib/$(subst /,-,$(1)).a
sources  = $(filter-out $(MAINS),$(sort $(wildcard $(1)/*.c)))
objects  = $(patsubst %.c,$(OUT)/obj/%.o,$(1))

CORE    := core/base core/model core/rpc
STORE   := server/store $(CORE)
SERVER  := server server/wiki server/spell server/proof server/ssh server/store server/state \
	$(CORE)
CLIENT  := client client/view client/edit client/layout client/base client/ui \
	$(CORE)

LIBS_core   := $(shell $(PKG_CONFIG) --libs jansson yaml-0.1 libbsd-overlay libseccomp 2>/dev/null) -lunistring -lmd4c
LIBS_server := $(shell $(PKG_CONFIG) --libs $(PKGS_server) 2>/dev/null) -lunistring -lmd4c -lpthread -lm
LIBS_client := $(shell $(PKG_CONFIG) --libs $(PKGS_client) 2>/dev/null) -lmd4c -lunistring
LIBS_tests  := $(shell $(PKG_CONFIG) --libs $(PKGS_tests) 2>/dev/null)

# libssh below this does not verify AES-GCM tags (docs/SECURITY.md).
LIBSSH_MIN := 0.10.6-0+deb12u3

# Debian packages: to build and run; to test; to check; to compare with.
DEPS_build := build-essential pkg-config git openssh-client gettext \
	libssh-dev@$(LIBSSH_MIN) libgit2-dev libncurses-dev libuv1-dev libjansson-dev \
	libmd4c-dev libyaml-dev libunistring-dev libsqlite3-dev \
	libseccomp-dev libbsd-dev libssl-dev zlib1g-dev libdeflate-dev ncurses-term \
	libhunspell-1.7-0 hunspell-nl hunspell-en-gb \
	libsodium-dev liboath-dev libqrencode-dev
DEPS_check := $(DEPS_build) libcmocka-dev libvterm-dev strace procps \
	dropbear-bin putty-tools python3-paramiko openssh-server systemd
DEPS_lint  := $(DEPS_check) clang-format clang-tidy cppcheck
DEPS_fuzz  := $(DEPS_check) clang libclang-rt-dev
DEPS_screenshots := $(DEPS_check) librsvg2-bin pngquant fonts-dejavu-core
DEPS_bench := $(DEPS_check) nano less tig fossil

PROGRAMS := $(OUT)/pleind $(OUT)/plein
LOCALE   := $(OUT)/locale/nl.texts

.PHONY: all
all: $(PROGRAMS) $(LOCALE) ## build build/release/pleind and build/release/plein (V=1 shows how)

$(OUT)/pleind: $(call objects,server/main.c) $(foreach f,$(SERVER),$(call archive,$(f)))
	$(call say,link)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group \
		$(filter %.a,$^) -Wl,--end-group $(LIBS_server)

$(OUT)/plein: $(call objects,client/main.c $(addsuffix .c,$(FIRST)) \
		sandbox_codes.c) \
		$(foreach f,$(CLIENT),$(call archive,$(f)))
	$(call say,link)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group \
		$(filter %.a,$^) -Wl,--end-group $(LIBS_client)

define archive_rule
$(call archive,$(1)): $(call objects,$(call sources,$(1)))
	@mkdir -p $$(@D)
	@rm -f $$@
	$(Q)$$(AR) rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call archive_rule,$(f))))

$(OUT)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(OWN_FLAGS) -MMD -MP -c -o $@ $<

# It holds these files.
$(OUT)/obj/server/wiki/supplied.o: $(wildcard repo-template/sjablonen/reflectie-*.md)

# The filters of the sandboxes are compiled now, not at each login, by a
# program that only building needs: the same one in every variant.
FILTERS := $(BUILD)/filters/sandbox_codes
$(BUILD)/filters/make_filters: $(patsubst %,core/base/%.c,sandbox_main \
		allowlist buf err mem utf8) include/plein/allowlist.h \
		include/plein/sandbox.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -std=c11 -O1 -o $@ $(filter %.c,$^) -lseccomp \
		-lunistring
$(FILTERS).c: $(BUILD)/filters/make_filters
	$< >$@.new
	mv $@.new $@
$(OUT)/obj/sandbox_codes.o: $(FILTERS).c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(call archive,core/base): $(OUT)/obj/sandbox_codes.o

PACK := $(BUILD)/po/pack
$(PACK): po/pack.c $(patsubst %,core/base/%.c,buf err mem utf8) \
		include/plein/texts.h
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -std=c11 -O1 -o $@ $(filter %.c,$^) -lunistring
$(OUT)/locale/%.texts: po/%.po $(PACK)
	@mkdir -p $(@D)
	$(call say,po)
	$(Q)msgfmt --check --no-hash -o $@.mo $<
	$(Q)$(PACK) <$@.mo >$@.new
	@rm $@.mo && mv $@.new $@

$(BUILD)/libssh-checked:
	@mkdir -p $(@D)
	@v=$$(dpkg-query -W -f '$${Version}' libssh-4 2>/dev/null || \
		dpkg-query -W -f '$${Version}' libssh-4t64 2>/dev/null); \
	dpkg --compare-versions "$${v:-0}" ge '$(LIBSSH_MIN)' || { \
	echo "libssh $${v:-is not installed}: $(LIBSSH_MIN) or later needed" \
		"(make deps)" >&2; exit 1; }
	@touch $@
$(call objects,$(call sources,server/ssh)): | $(BUILD)/libssh-checked

# A unit test is one program; its folder says which layers it may link.
UNIT := $(sort $(wildcard tests/unit/*/test_*.c tests/unit/*/*/test_*.c))
unit_program = $(patsubst tests/%.c,$(OUT)/tests/%,$(1))
TESTLIB := $(call objects,$(sort $(wildcard tests/lib/*.c)))

define unit_rule
$(OUT)/tests/unit/$(1)/test_%: $(OUT)/obj/tests/unit/$(1)/test_%.o \
		$(foreach f,$(2),$(call archive,$(f)))
	@mkdir -p $$(@D)
	$$(call say,link)
	$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group \
		$$(filter %.a,$$^) -Wl,--end-group $(3) $$(LIBS_tests)
endef
$(eval $(call unit_rule,core/base,core/base,$(LIBS_core)))
$(eval $(call unit_rule,core/model,core/model core/base,$(LIBS_core)))
$(eval $(call unit_rule,core/rpc,core/rpc core/base,$(LIBS_core)))
$(eval $(call unit_rule,server/store,$(STORE),$(LIBS_server)))
$(eval $(call unit_rule,server/state,server/state $(CORE),$(LIBS_server)))
$(eval $(call unit_rule,server/proof,server/proof $(CORE),$(LIBS_server)))
$(eval $(call unit_rule,server/wiki,server/wiki server/proof server/store server/state $(CORE),$(LIBS_server)))
$(eval $(call unit_rule,server/spell,server/spell $(CORE),$(LIBS_server)))
$(eval $(call unit_rule,server/ssh,server/ssh $(CORE),$(LIBS_server)))
$(eval $(call unit_rule,server,$(SERVER),$(LIBS_server)))
$(eval $(call unit_rule,client/ui,client/ui $(CORE),$(LIBS_client)))
$(eval $(call unit_rule,client/base,client/base client/ui $(CORE),$(LIBS_client)))
$(eval $(call unit_rule,client/layout,client/layout client/ui $(CORE),$(LIBS_client)))
$(eval $(call unit_rule,client/edit,client/edit $(CORE),$(LIBS_client)))
$(eval $(call unit_rule,client/view,$(CLIENT),$(LIBS_client)))
$(eval $(call unit_rule,client,$(CLIENT),$(LIBS_client)))

# End-to-end and fault tests drive the programs of their own variant.
E2E   := $(sort $(wildcard tests/e2e/test_*.c tests/fault/test_*.c tests/rights/test_*.c))
SCREENS := $(sort $(wildcard tests/screen/test_*.c))
define e2e_rule
$(OUT)/tests/$(1)/test_%: $(OUT)/obj/tests/$(1)/test_%.o $(TESTLIB) \
		$(foreach f,$(CORE),$(call archive,$(f))) | $(PROGRAMS) $(LOCALE)
	@mkdir -p $$(@D)
	$$(call say,link)
	$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group \
		$$(filter %.a,$$^) -Wl,--end-group $$(LIBS_core) $$(LIBS_tests)
endef
$(foreach d,e2e fault rights,$(eval $(call e2e_rule,$(d))))
# These ask by the tables of their folder.
$(patsubst %.c,$(OUT)/%,$(wildcard tests/rights/test_*.c)): \
		$(patsubst %.c,$(OUT)/obj/%.o,$(filter-out tests/rights/test_%,$(wildcard tests/rights/*.c)))
# These make the codes of an app themselves.
CODED := $(OUT)/tests/e2e/test_signing $(OUT)/tests/e2e/test_openssh \
	$(OUT)/tests/e2e/test_signing_clients \
	$(patsubst %.c,$(OUT)/%,$(wildcard tests/rights/test_*.c))
$(CODED): $(call archive,server/proof)
$(CODED): LIBS_core += $(shell $(PKG_CONFIG) --libs libsodium liboath libqrencode)

$(OUT)/tests/bench/bench: $(call objects,$(sort $(wildcard tests/bench/*.c))) \
		$(TESTLIB) $(foreach f,$(CORE),$(call archive,$(f)))
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group \
		$(filter %.a,$^) -Wl,--end-group $(LIBS_core) $(LIBS_tests) \
		$(shell $(PKG_CONFIG) --libs libssh 2>/dev/null)

# Screen tests run the whole client in the test, against a wiki of the test.
$(OUT)/tests/screen/test_%: $(OUT)/obj/tests/screen/test_%.o \
		$(patsubst %.c,$(OUT)/obj/%.o,$(wildcard tests/screen/fake_*.c)) \
		$(foreach f,$(CLIENT),$(call archive,$(f))) | $(LOCALE)
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group \
		$(filter %.a,$^) -Wl,--end-group $(LIBS_client) $(LIBS_tests)

$(OUT)/tests/screen/test_rights: $(OUT)/obj/tests/rights/sheet.o
# These also read what a terminal shows.
$(OUT)/tests/screen/test_walk $(OUT)/tests/screen/test_mockups: $(TESTLIB)

$(OUT)/tests/screen/shots: $(OUT)/obj/tests/screen/shots.o $(TESTLIB) \
		$(patsubst %.c,$(OUT)/obj/%.o,$(wildcard tests/screen/fake_*.c)) \
		$(foreach f,$(CLIENT),$(call archive,$(f))) | $(LOCALE)
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group \
		$(filter %.a,$^) -Wl,--end-group $(LIBS_client) $(LIBS_tests)

# Fuzz targets: over their corpus in every variant, with libFuzzer in "fuzz".
FUZZ := $(sort $(wildcard tests/fuzz/fuzz_*.c))
REPLAY := $(if $(filter fuzz,$(VARIANT)),,$(OUT)/obj/tests/fuzz/replay.o)
define fuzz_rule
$(OUT)/tests/fuzz/fuzz_$(1): $(OUT)/obj/tests/fuzz/fuzz_$(1).o $(REPLAY) \
		$(foreach f,$(2),$(call archive,$(f)))
	@mkdir -p $$(@D)
	$$(call say,link)
	$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group \
		$$(filter %.a,$$^) -Wl,--end-group $(3)
endef
$(foreach n,conf frontmatter merge message path rpc text wire,$(eval \
	$(call fuzz_rule,$(n),$(CORE),$(LIBS_core))))
$(eval $(call fuzz_rule,crate,server $(CORE),$(LIBS_server)))
$(eval $(call fuzz_rule,haves,server/ssh $(CORE),$(LIBS_server)))
$(eval $(call fuzz_rule,route,server/ssh $(CORE),$(LIBS_server)))
$(eval $(call fuzz_rule,order,server $(CORE),$(LIBS_server)))
$(eval $(call fuzz_rule,pubkey,server/state $(CORE),$(LIBS_server)))
$(eval $(call fuzz_rule,ssh,server/ssh $(CORE),$(LIBS_server)))
# It plays the client, and takes the place of the sandbox.
$(OUT)/tests/fuzz/fuzz_ssh: $(OUT)/obj/tests/fuzz/sshpeer.o $(OUT)/obj/tests/fuzz/nobox.o
$(eval $(call fuzz_rule,editor,client/edit $(CORE),$(LIBS_client)))
# Its texts are short, and yet cross the places that fences.c keeps.
$(OUT)/obj/tests/fuzz/fences.o: client/edit/fences.c
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -DFENCES_STEP=8 -MMD -MP -c -o $@ $<
$(OUT)/tests/fuzz/fuzz_editor: $(OUT)/obj/tests/fuzz/fences.o
$(eval $(call fuzz_rule,keys,client/ui $(CORE),$(LIBS_client)))
$(eval $(call fuzz_rule,pieces,$(CLIENT),$(LIBS_client)))
$(eval $(call fuzz_rule,layout,client/layout client/ui $(CORE),$(LIBS_client)))

.PHONY: tests
tests: all $(call unit_program,$(UNIT) $(SCREENS) $(FUZZ) $(E2E)) ## build all tests of one VARIANT

.PHONY: unit
unit: $(call unit_program,$(UNIT) $(SCREENS)) ## build and run the unit and screen tests of one VARIANT
	@tests/lib/run_units $^

.PHONY: e2e
e2e: all $(call unit_program,$(E2E)) ## build and run the end-to-end tests of one VARIANT
	@tests/lib/run_units $(filter $(OUT)/tests/%,$^)

# Everything, once as people run it and once under ASan and UBSan.
in_variant = $(foreach t,$(UNIT) $(SCREENS) $(FUZZ) $(E2E),$(patsubst tests/%.c,$(BUILD)/$(1)/tests/%,$(t)))
.PHONY: check
check: ## install what the tests need, build and run them all
	@$(MAKE) --no-print-directory deps-check
	@$(MAKE) --no-print-directory -j2 tests VARIANT=release
	@$(MAKE) --no-print-directory -j2 tests VARIANT=asan
	@tests/lib/run_units $(call in_variant,release) $(call in_variant,asan)

# Sizes that take hours: a test reads PLEIN_LONG where it has one.
.PHONY: check-long
check-long: ## the fault tests at full size, and check-rights (hours)
	@$(MAKE) --no-print-directory deps-check
	@$(MAKE) --no-print-directory -j2 tests VARIANT=release
	@PLEIN_LONG=1 PLEIN_LIMIT=86400 tests/lib/run_units $(filter \
		$(BUILD)/release/tests/fault/%,$(call in_variant,release))
	@$(MAKE) --no-print-directory check-rights

# Works on a copy of the tree, and needs git's list of its files.
.PHONY: check-rights
check-rights: ## remove each check of a right in turn: a test must fail (an hour)
	@$(MAKE) --no-print-directory deps-check
	rm -rf $(BUILD)/rights
	tests/rights/remove-checks $(BUILD)/rights

.PHONY: lint
lint: ## check style, layers, headers, banned words, globals
	@$(MAKE) --no-print-directory deps-lint
	tests/lint/run $(BUILD)

SECONDS ?= 60
.PHONY: fuzz
fuzz: ## look for inputs that break a parser, SECONDS=60 for each
	@$(MAKE) --no-print-directory deps-fuzz
	@$(MAKE) --no-print-directory -j2 VARIANT=fuzz CC=clang \
		$(patsubst tests/%.c,$(BUILD)/fuzz/tests/%,$(FUZZ))
	tests/fuzz/run $(BUILD)/fuzz $(SECONDS)

.PHONY: golden
golden: ## write the golden screens and transcripts anew: look at the difference
	@$(MAKE) --no-print-directory deps-check
	@$(MAKE) --no-print-directory -j2 all $(OUT)/tests/screen/test_screens \
		$(OUT)/tests/screen/test_lines
	PLEIN_GOLDEN=write tests/lib/run_units $(OUT)/tests/screen/test_screens \
		$(OUT)/tests/screen/test_lines

# Screen, a word that stands on it when it is there, and whose it is.
SHOTS := START/Andere/redacteur PAGE/Bronnen/redacteur EDITOR/Bronnen/redacteur \
	HISTORY/ciso/beheerder
.PHONY: screenshots
screenshots: ## pictures of four screens in docs/screens, for the README
	@$(MAKE) --no-print-directory deps-screenshots
	@$(MAKE) --no-print-directory $(OUT)/tests/screen/shots
	@mkdir -p docs/screens
	@set -e; for shot in $(SHOTS); do \
		screen=$${shot%%/*} of=$${shot#*/}; \
		$(OUT)/tests/screen/shots $$screen $${of%/*} $${of#*/} \
			>$(OUT)/shot.svg; \
		rsvg-convert $(OUT)/shot.svg | pngquant --strip 16 - \
			>docs/screens/$$(echo $$screen | tr A-Z a-z).png; \
	done

.PHONY: bench
bench: ## compare with sshd, nano, less, tig, git and Fossil in the same run; prints a table
	@$(MAKE) --no-print-directory deps-bench
	@$(MAKE) --no-print-directory all $(BUILD)/release/tests/bench/bench VARIANT=release
	$(BUILD)/release/tests/bench/bench

.PHONY: run
run: ## install what is missing, build, and serve a wiki (PORT=2222 DATA=var)
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory -j2 all
	@server/run-local.sh $(OUT) $(DATA) $(PORT)

.PHONY: deps deps-check deps-lint deps-bench deps-fuzz deps-screenshots
deps: ## install what building and running need (apt, with sudo unless root)
	@tests/lib/apt_install $(DEPS_build)
deps-check deps-lint deps-bench deps-fuzz deps-screenshots: deps-%:
	@tests/lib/apt_install $(DEPS_$*)

# The message template comes from the source; translations are kept.
.PHONY: po
po: ## bring po/plein.pot and the translations up to date with the source
	po/update

.PHONY: docs
docs: all ## write docs/protocol.md anew from the method table
	$(OUT)/pleind protocol > docs/protocol.md

.PHONY: format
format: ## lay out all C files as .clang-format says
	clang-format -i $$(git ls-files '*.c' '*.h')

.PHONY: install
PREFIX ?= /usr/local
install: all ## copy programs, catalogues, man pages and systemd units below PREFIX
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/bin $(PROGRAMS)
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/plein $(LOCALE)
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man1 docs/man/plein.1
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man8 docs/man/pleind.8
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/lib/systemd/system docs/systemd/pleind.socket
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/doc/plein docs/systemd/pleind-front.conf
	sed 's,/usr/local,$(PREFIX),' docs/systemd/pleind.service \
		> $(DESTDIR)$(PREFIX)/lib/systemd/system/pleind.service

.PHONY: clean
clean: ## remove build/
	rm -rf $(BUILD)

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | \
		expand -t 18

.SECONDARY:
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)

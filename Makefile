# Wegwijs: `make run` and `make test` do everything; the rest is for those who build on it.
# Floors: each folder of src/ becomes one archive; a program links only archives of its own
# floors, and a unit test only the sources named in its first lines ("// links: ...").

VERSION := 0.1.0
prefix ?= /usr/local
DESTDIR ?=
CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
BUILD ?= build
O ?= $(BUILD)/release

SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
# V=1 shows the whole commands
Q := $(if $(V),,@)
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

# ---- packages: everything that make run and make test need on a fresh Debian 12
PACKAGES_BUILD := gcc libc6-dev pkg-config libsdl2-dev libsdl2-ttf-dev libsdl2-image-dev libfribidi-dev \
  libsqlite3-dev libqrencode-dev libsodium-dev libjansson-dev libcyaml-dev libyaml-dev libgettextpo-dev libical-dev \
  libespeak-ng-dev libcups2-dev libwayland-dev libvorbis-dev libsonic-dev
PACKAGES_RUN := sqlite3 libical3 espeak-ng-data libvorbisfile3 libsonic0 fonts-noto-core fonts-wqy-microhei openssh-client tzdata
PACKAGES_TEST := check clang clang-format clang-tidy libclang-rt-14-dev hunspell hunspell-nl zbar-tools imagemagick \
  librsvg2-bin poppler-utils xxd cups-daemon cups-client xvfb xauth xdotool valgrind openssh-server iproute2 python3 python3-icalendar procps binutils dpkg-dev lintian systemd dbus \
  libxtst-dev libxdamage-dev curl cups-ipp-utils dbus-daemon vorbis-tools cage grim xwayland debootstrap

WARNINGS := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wconversion -Wno-sign-conversion -Wstrict-prototypes \
  -Wformat=2 -Wvla -Werror
DEFINES := -D_GNU_SOURCE -DWEGWIJS_VERSION='"$(VERSION)"' -DWEGWIJS_SHARE='"$(prefix)/share/wegwijs"' \
  -DWEGWIJS_SYSCONF='"/etc/wegwijs"'
CFLAGS ?= -O2 -g
HARDEN := -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
LINK := -Wl,--as-needed -Wl,-z,relro -Wl,-z,now
SANITIZE_FLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# what each archive needs from outside
PC = pkg-config
PKGS := sdl2 SDL2_ttf SDL2_image fribidi sqlite3 libqrencode libsodium jansson libcyaml libical espeak-ng
ifneq ($(filter-out deps help clean,$(or $(MAKECMDGOALS),all)),)
PKG_CFLAGS = $(shell $(PC) --cflags $(PKGS) 2>/dev/null)
endif
LIBS_BASE := -lsqlite3 -lcyaml -lyaml -lgettextpo -lsodium -ljansson -lm -lpthread
LIBS_BOOKING :=
LIBS_DRAW := -lSDL2_ttf -lSDL2_image -lSDL2 -lfribidi -lqrencode
LIBS_SLIP := -lcups
LIBS_UI := -lespeak-ng -lwayland-client

FOLDERS := base booking draw ui slip sync agenda kiosk kiosk/screens cli
SOURCES := $(foreach f,$(FOLDERS),$(wildcard src/$f/*.c))
HEADERS := $(foreach f,$(FOLDERS),$(wildcard src/$f/*.h))
objects = $(patsubst src/%.c,$(O)/%.o,$(wildcard $(addsuffix /*.c,$(addprefix src/,$1))))

KIOSK := $(O)/wegwijs-kiosk
AGENDA := $(O)/wegwijs-agenda
# the agenda's command that draws: a program of its own, so that the agenda loads nothing for it
SLIP := $(O)/wegwijs-slip

.PHONY: all
all: $(KIOSK) $(AGENDA) $(SLIP)

$(O)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	@echo "  cc    $<"
	$(Q)$(CC) -std=c11 $(WARNINGS) $(DEFINES) $(HARDEN) $(CFLAGS) -isystem /usr/include/SDL2 -Isrc -MMD -MP -c -o $@ $<

$(O)/lib%.a:
	@mkdir -p $(@D)
	@rm -f $@
	@ar rcs $@ $^

$(O)/libbase.a: $(call objects,base)
$(O)/libbooking.a: $(call objects,booking)
$(O)/libdraw.a: $(call objects,draw)
$(O)/libui.a: $(call objects,ui)
$(O)/libslip.a: $(call objects,slip)
$(O)/libsync.a: $(call objects,sync)
$(O)/libagenda.a: $(call objects,agenda)

lib = $(patsubst %,$(O)/lib%.a,$1)

$(KIOSK): $(call objects,kiosk kiosk/screens) $(call lib,ui slip sync draw booking base)
	@echo "  link  $@"
	$(Q)$(CC) $(CFLAGS) -pie $(LINK) -o $@ $^ $(LIBS_UI) $(LIBS_SLIP) $(LIBS_DRAW) $(LIBS_BOOKING) $(LIBS_BASE)
$(AGENDA): $(filter-out $(O)/cli/slip.o,$(call objects,cli)) $(call lib,agenda sync booking base)
	@echo "  link  $@"
	$(Q)$(CC) $(CFLAGS) -pie $(LINK) -o $@ $^ $(LIBS_BOOKING) $(LIBS_BASE)
$(SLIP): $(filter-out $(O)/cli/slip_elsewhere.o,$(call objects,cli)) $(call lib,agenda slip sync draw booking base)
	@echo "  link  $@"
	$(Q)$(CC) $(CFLAGS) -pie $(LINK) -o $@ $^ $(LIBS_SLIP) $(LIBS_DRAW) $(LIBS_BOOKING) $(LIBS_BASE)

-include $(patsubst src/%.c,$(O)/%.d,$(SOURCES))

# ---- set-up
.PHONY: deps deps-build
deps: PACKAGES = $(PACKAGES_BUILD) $(PACKAGES_RUN) $(PACKAGES_TEST)
deps-build: PACKAGES = $(PACKAGES_BUILD) $(PACKAGES_RUN)
deps deps-build:
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "installing missing packages:$$missing"; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

# ---- run: a sample town, then the kiosk
.PHONY: run
run: deps-build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@tests/demo.sh $(O) $(BUILD)/demo $(ARGS)

# ---- tests. Unit tests are built with ASan and UBSan; end-to-end tests drive the installed release build.
T := $(BUILD)/test
UNIT_SOURCES := $(wildcard tests/test_*.c)
UNIT := $(patsubst tests/%.c,$(T)/%,$(UNIT_SOURCES))
links_of = $(shell sed -n 's|^// links: ||p' tests/$1.c)
libs_of = $(shell sed -n 's|^// libs: ||p' tests/$1.c)

define unit_rule
$(T)/$1: tests/$1.c $(call links_of,$1) $(HEADERS) $(wildcard tests/*.h) Makefile
	@mkdir -p $(T)
	@echo "  test  $$<"
	$(Q)$(CC) -std=c11 $(WARNINGS) $(DEFINES) $(SANITIZE_FLAGS) -isystem /usr/include/SDL2 -Isrc -Itests -o $$@ $$< \
	  $(call links_of,$1) $$$$($(PC) --libs check) $(call libs_of,$1) -lpthread -lm
endef
$(foreach t,$(patsubst tests/%.c,%,$(UNIT_SOURCES)),$(eval $(call unit_rule,$t)))

.PHONY: units test stage
units: $(UNIT)
stage: all
	@rm -rf $(BUILD)/stage
	@$(MAKE) --no-print-directory install DESTDIR=$(abspath $(BUILD)/stage) >/dev/null
test: deps
	@$(MAKE) --no-print-directory -j$(JOBS) units stage fault-programs bench-programs
	@tests/run.sh $(BUILD)

# the package and `make install-kiosk` in a fresh Debian root; some minutes, as root, with a mirror
.PHONY: test-deb
test-deb: deps
	@$(MAKE) --no-print-directory deb
	@bash tests/fresh_root.sh $(BUILD)

# ---- fuzzing. `make fuzz` looks for new faults (FUZZ_SECONDS for each target, ONLY='fuzz_phone' for one);
# `make corpora` builds the same targets without a fuzzer, for the regression test over tests/fuzz/corpus.
FUZZ_SECONDS ?= 60
F := $(BUILD)/fuzz
FUZZ := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_FLAGS := -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
define fuzz_rule
$(F)/$1: tests/fuzz/$1.c $(call links_of,fuzz/$1) $(HEADERS) tests/fuzz/fuzz.h Makefile
	@mkdir -p $(F)
	@echo "  fuzz  $$<"
	$(Q)clang -std=c11 $(WARNINGS) $(DEFINES) $(FUZZ_FLAGS) -isystem /usr/include/SDL2 -Isrc -Itests/fuzz -o $$@ $$< $(call links_of,fuzz/$1) $(call libs_of,fuzz/$1) -lpthread -lm
$(F)/corpus/$1: tests/fuzz/$1.c tests/fuzz/driver.c $(call links_of,fuzz/$1) $(HEADERS) tests/fuzz/fuzz.h Makefile
	@mkdir -p $(F)/corpus
	@echo "  fuzz  $$@"
	$(Q)$(CC) -std=c11 $(WARNINGS) $(DEFINES) $(SANITIZE_FLAGS) -isystem /usr/include/SDL2 -Isrc -Itests/fuzz -o $$@ $$< tests/fuzz/driver.c \
	  $$(sort $(call links_of,fuzz/$1) src/base/file.c src/base/memory.c src/base/error.c) $(call libs_of,fuzz/$1) -lpthread -lm
endef
$(foreach t,$(FUZZ),$(eval $(call fuzz_rule,$t)))
.PHONY: fuzz corpora
corpora: $(addprefix $(F)/corpus/,$(FUZZ))
fuzz: $(addprefix $(F)/,$(if $(ONLY),$(ONLY),$(FUZZ)))
	@tests/fuzz/run.sh $(F) $(FUZZ_SECONDS) $(if $(ONLY),$(ONLY),$(FUZZ))

# ---- faults: programs that drive the kiosk's link and store, and the agenda, without a screen. `make fault`
# injects every fault and prints the table; `make soak` runs a simulated month.
X := $(BUILD)/fault
FAULT_PROGRAMS := $(patsubst tests/fault/%.c,$(X)/%,$(filter-out tests/fault/stop_at.c tests/fault/printer.c,$(wildcard tests/fault/*.c)))
FAULT_OBJECTS = $(patsubst src/%.c,$(O)/%.o,$(wildcard src/kiosk/link*.c src/kiosk/store*.c))
$(X)/%: tests/fault/%.c $(wildcard tests/fault/*.h) $(FAULT_OBJECTS) $(call lib,sync agenda booking base)
	@mkdir -p $(X)
	$(Q)$(CC) -std=c11 $(WARNINGS) $(DEFINES) $(CFLAGS) -Isrc -Itests/fault -o $@ $< $(FAULT_OBJECTS) \
	  $(call lib,sync agenda booking base) $(LIBS_BOOKING) $(LIBS_BASE)
$(X)/stop_at.so: tests/fault/stop_at.c
	@mkdir -p $(X)
	$(Q)$(CC) -std=c11 $(WARNINGS) -D_GNU_SOURCE -O2 -Isrc -shared -fPIC -o $@ $< -ldl
.PHONY: fault-programs fault soak
fault-programs: $(FAULT_PROGRAMS) $(if $(wildcard tests/fault/stop_at.c),$(X)/stop_at.so)
fault: deps
	@$(MAKE) --no-print-directory -j$(JOBS) fault-programs stage
	@tests/fault/run.sh $(BUILD) full
soak: deps
	@$(MAKE) --no-print-directory -j$(JOBS) fault-programs stage
	@tests/fault/soak.sh $(BUILD)

# ---- speed, against references measured in the same run
.PHONY: bench bench-programs
B := $(BUILD)/bench
$(B)/%: tests/bench/%.c Makefile
	@mkdir -p $(B)
	$(CC) -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -o $@ $< $$($(PC) --cflags --libs sdl2 SDL2_ttf) -lX11 -lXtst -lXdamage
$(B)/parts: tests/bench/parts.c $(patsubst src/%.c,$(O)/%.o,$(wildcard src/kiosk/store*.c)) $(call lib,slip sync draw agenda booking base)
	@mkdir -p $(B)
	$(CC) -std=c11 $(WARNINGS) $(DEFINES) $(CFLAGS) -isystem /usr/include/SDL2 -Isrc -o $@ $< $(patsubst src/%.c,$(O)/%.o,$(wildcard src/kiosk/store*.c)) \
	  $(call lib,slip sync draw agenda booking base) $(LIBS_SLIP) $(LIBS_DRAW) $(LIBS_BOOKING) $(LIBS_BASE)
$(B)/slip: tests/bench/slip.c $(call lib,slip draw booking base)
	@mkdir -p $(B)
	$(CC) -std=c11 $(WARNINGS) $(DEFINES) $(CFLAGS) -isystem /usr/include/SDL2 -Isrc -o $@ $< $(call lib,slip draw booking base) $(LIBS_SLIP) $(LIBS_DRAW) $(LIBS_BOOKING) $(LIBS_BASE)
bench-programs: all $(B)/minimal $(B)/touch_probe $(B)/parts $(B)/slip
bench: deps
	@$(MAKE) --no-print-directory -j$(JOBS) bench-programs
	@python3 tests/bench/run.py $(O) $(B)

.PHONY: pictograms
pictograms: deps
	@tests/pictograms.py contrast
	@tests/pictograms.py sheet $(BUILD)/pictograms/sheet.png

# ---- checks: format, lint, floors
.PHONY: check format-check lint floors format clang
check: deps format-check floors clang lint
format-check:
	@clang-format --dry-run --Werror $(SOURCES) $(HEADERS) $(wildcard tests/*.c tests/*.h tests/*/*.c) && echo "format: clean"
format:
	@clang-format -i $(SOURCES) $(HEADERS) $(wildcard tests/*.c tests/*.h tests/*/*.c)
floors:
	@tests/floors.sh
clang: # the warnings of the other compiler
	@$(MAKE) --no-print-directory -j$(JOBS) all CC=clang O=$(BUILD)/clang >/dev/null && echo "clang: clean"
lint: # a file at a time: clang-tidy 14 mistakes a va_list when it is given several
	@printf '%s\n' $(SOURCES) | xargs -P $(JOBS) -I{} clang-tidy --quiet {} -- -std=c11 $(DEFINES) -isystem /usr/include/SDL2 -Isrc \
	  2>/dev/null && echo "lint: clean"

# ---- install
.PHONY: install install-system install-kiosk uninstall deb clean
share := $(DESTDIR)$(prefix)/share/wegwijs
unitdir := $(DESTDIR)$(if $(filter /usr,$(prefix)),/usr/lib,/etc)/systemd/system
install: all
	install -d $(DESTDIR)$(prefix)/bin $(share)/assets/pictograms $(share)/assets/scenes $(share)/assets/voice $(share)/lang \
	  $(share)/kiosk-config $(DESTDIR)$(prefix)/share/man/man1
	install -m 755 $(KIOSK) $(AGENDA) $(DESTDIR)$(prefix)/bin
	install -D -m 755 -t $(DESTDIR)$(prefix)/libexec/wegwijs $(SLIP)
	install -m 644 $(wildcard assets/pictograms/*.svg) $(share)/assets/pictograms
	install -m 644 $(wildcard assets/scenes/*.svg) $(share)/assets/scenes
	install -m 644 $(wildcard lang/*.po) $(share)/lang
	install -m 644 $(wildcard kiosk-config/*.yaml) $(share)/kiosk-config
	$(foreach m,$(wildcard src/*/*.1),gzip -9nc $m >$(DESTDIR)$(prefix)/share/man/man1/$(notdir $m).gz;)
	install -D -m 644 src/cli/wegwijs-agenda.bash $(DESTDIR)$(prefix)/share/bash-completion/completions/wegwijs-agenda
	$(if $(wildcard assets/voice/*.wav assets/voice/*.ogg),install -m 644 $(wildcard assets/voice/*.wav assets/voice/*.ogg) $(share)/assets/voice)
# what a machine needs to be a kiosk: configuration (kept when it is there), unit, user
install-system: install
	install -d $(DESTDIR)/etc/wegwijs $(unitdir) $(DESTDIR)/usr/lib/sysusers.d $(DESTDIR)/usr/lib/tmpfiles.d
	for f in $(wildcard kiosk-config/*.yaml) kiosk-config/kiosk.env; do \
	  [ -e $(DESTDIR)/etc/wegwijs/$$(basename $$f) ] || install -m 644 $$f $(DESTDIR)/etc/wegwijs/; done
	sed 's|/usr/bin/wegwijs|$(prefix)/bin/wegwijs|g' kiosk-config/wegwijs-kiosk.service >$(unitdir)/wegwijs-kiosk.service
	chmod 644 $(unitdir)/wegwijs-kiosk.service
	install -m 644 kiosk-config/wegwijs.sysusers $(DESTDIR)/usr/lib/sysusers.d/wegwijs.conf
	install -m 644 kiosk-config/wegwijs.tmpfiles $(DESTDIR)/usr/lib/tmpfiles.d/wegwijs.conf
install-kiosk: PACKAGES_RUN += cage xwayland libpam-systemd procps
install-kiosk:
	@$(MAKE) --no-print-directory deps-build PACKAGES_RUN="$(PACKAGES_RUN)"
	@$(MAKE) --no-print-directory install-system
	systemd-sysusers wegwijs.conf
	systemd-tmpfiles --create wegwijs.conf
	@if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
	@systemctl enable wegwijs-kiosk.service
	@echo "now look at /etc/wegwijs, then: systemctl start wegwijs-kiosk"
uninstall:
	rm -f $(DESTDIR)$(prefix)/bin/wegwijs-kiosk $(DESTDIR)$(prefix)/bin/wegwijs-agenda
	rm -f $(DESTDIR)$(prefix)/share/man/man1/wegwijs-kiosk.1.gz $(DESTDIR)$(prefix)/share/man/man1/wegwijs-agenda.1.gz \
	  $(DESTDIR)$(prefix)/share/bash-completion/completions/wegwijs-agenda
	rm -rf $(share) $(DESTDIR)$(prefix)/libexec/wegwijs
	@if [ -e $(unitdir)/wegwijs-kiosk.service ]; then \
	  if [ -z "$(DESTDIR)" ] && command -v systemctl >/dev/null; then \
	    if [ -d /run/systemd/system ]; then systemctl stop wegwijs-kiosk.service; fi; systemctl disable wegwijs-kiosk.service; fi; \
	  rm -f $(unitdir)/wegwijs-kiosk.service $(DESTDIR)/usr/lib/sysusers.d/wegwijs.conf $(DESTDIR)/usr/lib/tmpfiles.d/wegwijs.conf; fi
	@echo "the data stay where they are: configuration in /etc/wegwijs, store and keys in /var/lib/wegwijs, an agenda where it was made"
deb: deps-build
	@rm -rf $(BUILD)/deb
	@$(MAKE) --no-print-directory -j$(JOBS) all prefix=/usr O=$(BUILD)/deb/objects
	@$(MAKE) --no-print-directory install-system prefix=/usr O=$(BUILD)/deb/objects DESTDIR=$(abspath $(BUILD)/deb/root) >/dev/null
	@kiosk-config/deb/build.sh $(VERSION) $(BUILD)
clean:
	rm -rf $(BUILD)

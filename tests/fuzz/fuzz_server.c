// links: src/sync/server.c src/sync/message_read.c src/sync/message_write.c src/booking/seal.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/base/log.c src/base/clock.c src/base/day.c src/base/error.c src/base/memory.c src/base/file.c src/base/utf8.c
// libs: -ljansson -lsodium
#include <jansson.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "fuzz.h"
#include "sync/server.h"

#include "base/banned.h"

#define OUTPUT_MAX ((size_t)16 * 1024 * 1024)

static int describe(void *context, struct hello_answer *answer, struct error *error)
{
    (void)context;
    (void)error;
    *answer = (struct hello_answer){.agenda = "0123456789abcdef0123456789abcdef", .guide_count = 1};
    answer->guides = memory_new(1, sizeof(*answer->guides));
    answer->guides[0] = (struct message_guide){.id = "els", .name = "Els"};
    return 0;
}

static int lease(void *context, const struct slot *slots, unsigned count, struct lease *leases,
                 struct error *error)
{
    (void)context;
    for (unsigned i = 0; i < count; i++) {
        if (slots[i].start.minute % 30 != 0)
            return error_set(error, ERROR_TAKEN, "no such slot");
        leases[i] = (struct lease){.slot = slots[i], .code = "222222"};
        leases[i].slot.minutes = 30;
    }
    return 0;
}

static int give_back(void *context, const struct lease *leases, unsigned count, struct error *error)
{
    (void)context;
    (void)error;
    for (unsigned i = 0; i < count; i++)
        FUZZ_REQUIRE(code_valid(leases[i].code) && *leases[i].slot.guide != 0);
    return 0;
}

static int top_up(void *context, unsigned want, unsigned days, struct error *error)
{
    (void)context;
    FUZZ_REQUIRE(want <= MESSAGE_LEASES_MAX && days <= MESSAGE_DAYS_MAX);
    return want == 13 ? error_set(error, ERROR_TIMEOUT, "busy") : 0;
}

static int leases(void *context, struct lease *held, unsigned room, struct error *error)
{
    (void)context;
    (void)error;
    if (room > 0)
        held[0] =
            (struct lease){.slot = {.guide = "els", .start = {20781, 570}, .minutes = 30}, .code = "222222"};
    return room > 0;
}

static int free_slots(void *context, unsigned days, struct slot *slots, unsigned room, struct error *error)
{
    (void)context;
    (void)error;
    if (room > 0 && days > 0)
        slots[0] = (struct slot){.guide = "els", .start = {20781, 600}, .minutes = 30};
    return room > 0 && days > 0;
}

static int begin(void *context, const struct sync_request *sync, struct error *error)
{
    (void)context, (void)sync, (void)error;
    return 0;
}

static int end(void *context, int code, struct error *error)
{
    (void)context, (void)error;
    return code;
}

static int take_in(void *context, const char *id, const char *sealed, enum message_result *result,
                   char reason[MESSAGE_TEXT_SIZE], struct error *error)
{
    (void)context;
    FUZZ_REQUIRE(booking_id_valid(id) && strlen(sealed) <= MESSAGE_SEALED_MAX);
    *reason = 0;
    *result = (enum message_result)(id[0] % 4);
    if (*result == MESSAGE_REFUSED)
        text_copy(reason, MESSAGE_TEXT_SIZE, "no");
    return id[1] == 'f' ? error_set(error, ERROR_FULL, "full") : 0;
}

static int check(void *context, const char *code, struct check_answer *answer, struct error *error)
{
    (void)context;
    (void)error;
    FUZZ_REQUIRE(code_valid(code));
    *answer = (struct check_answer){.exists = code[0] == '2', .state = "booked"};
    return 0;
}

static int spare_codes(void *context, unsigned want, char (*codes)[CODE_SIZE], unsigned room,
                       struct error *error)
{
    (void)context;
    (void)error;
    if (want > 0 && room > 0)
        text_copy(codes[0], CODE_SIZE, "222222");
    return want > 0 && room > 0;
}

static int receipt(void *context, const struct message_receipt *given, bool *missing, struct error *error)
{
    (void)context;
    (void)error;
    FUZZ_REQUIRE(booking_id_valid(given->id));
    *missing = given->slots == 2;
    return 0;
}

static int admit(void *context, const struct hello_request *hello, struct error *error)
{
    (void)context;
    FUZZ_REQUIRE(message_kiosk_valid(hello->kiosk));
    FUZZ_REQUIRE(hello->store[0] == 0 || booking_id_valid(hello->store));
    return hello->replaces[0] == '0' ? error_set(error, ERROR_REFUSED, "another") : 0;
}

static int hold(void *context, const struct slot *slot, struct lease *given, struct error *error)
{
    return lease(context, slot, 1, given, error);
}

static int full(void *context, bool *is_full, struct error *error)
{
    (void)context;
    (void)error;
    *is_full = true;
    return 0;
}

static int contact(void *context, const char *version, const char *status_json, struct error *error)
{
    (void)context;
    (void)error;
    json_t *status = json_loads(status_json, 0, NULL);
    FUZZ_REQUIRE(version != NULL && json_is_object(status));
    json_decref(status);
    return 0;
}

// Every line that comes back is one JSON object with an answer.
static void check_output(int descriptor)
{
    char path[64], *bytes = NULL;
    size_t size = 0;
    snprintf(path, sizeof(path), "/proc/self/fd/%d", descriptor);
    FUZZ_REQUIRE(file_read(path, OUTPUT_MAX, &bytes, &size, NULL) == 0);
    for (char *line = bytes; *line != 0;) {
        char *end = strchr(line, '\n');
        FUZZ_REQUIRE(end != NULL);
        json_t *answer = json_loadb(line, (size_t)(end - line), 0, NULL);
        FUZZ_REQUIRE(json_is_string(json_object_get(answer, "answer")));
        json_decref(answer);
        line = end + 1;
    }
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const struct server_ops ops = {
        .admit = admit,
        .describe = describe,
        .lease = lease,
        .hold = hold,
        .give_back = give_back,
        .top_up = top_up,
        .leases = leases,
        .free_slots = free_slots,
        .begin = begin,
        .end = end,
        .accept = take_in,
        .check = check,
        .spare_codes = spare_codes,
        .receipt = receipt,
        .full = full,
        .contact = contact,
    };
    struct error error = ERROR_NONE;
    int in = memfd_create("in", MFD_CLOEXEC), out = memfd_create("out", MFD_CLOEXEC);
    FUZZ_REQUIRE(in >= 0 && out >= 0 && write(in, bytes, size) == (ssize_t)size &&
                 lseek(in, 0, SEEK_SET) == 0);
    struct server_options options = {.in_fd = in, .out_fd = out, .kiosk = "lobby-1"};
    int result = server_run(&options, &ops, NULL, &error);
    FUZZ_REQUIRE(result == 0 || *error.text != 0);
    check_output(out);
    close(in);
    close(out);
    return 0;
}

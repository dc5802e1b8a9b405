// links: src/sync/message_read.c src/sync/message_write.c src/booking/seal.c src/booking/booking.c src/booking/code.c src/booking/phone.c src/booking/slot.c src/base/day.c src/base/error.c src/base/memory.c src/base/file.c src/base/utf8.c
// libs: -ljansson -lsodium
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "sync/message.h"

#include "base/banned.h"

#define ID_1 "0123456789abcdef0123456789abcdef"
#define ID_2 "fedcba9876543210fedcba9876543210"

static struct text_buffer out;
static struct error error;
static char code_1[CODE_SIZE];

static void set_up(void)
{
    ck_assert_int_eq(seal_ready(&error), 0);
    error = ERROR_NONE;
    code_new(code_1);
}

static void tear_down(void)
{
    text_buffer_release(&out);
    out = (struct text_buffer){0};
}

static struct slot slot_of(const char *guide, const char *start, int minutes)
{
    struct slot slot = {.minutes = minutes};
    text_copy(slot.guide, sizeof slot.guide, guide);
    ck_assert_int_eq(moment_parse(start, &slot.start), 0);
    return slot;
}

// `expected` with every CODE replaced by the code of this run, which has to be a valid one.
static void expect_line(const char *expected)
{
    char *text = memory_copy_text(expected), *at;
    while ((at = strstr(text, "K0CODE")))
        memcpy(at, code_1, CODE_LENGTH);
    ck_assert_str_eq(out.text, text);
    ck_assert_uint_eq(out.length, strlen(out.text));
    free(text);
}

static int read_request_text(const char *text, struct request *request)
{
    char *copy = memory_copy_text(text), *at;
    while ((at = strstr(copy, "K0CODE")))
        memcpy(at, code_1, CODE_LENGTH);
    int code = message_read_request(copy, strlen(copy), request, &error);
    free(copy);
    return code;
}

// ---- the bytes of every message: this is the specification

START_TEST(test_write_hello)
{
    struct hello_request hello = {.protocol = 1, .kiosk = "lobby-1", .version = "0.1.0"};
    ck_assert_int_eq(message_write_hello(&out, &hello, &error), 0);
    expect_line("{\"request\":\"hello\","    // which request
                "\"protocol\":1,"            // both must speak the same
                "\"kiosk\":\"lobby-1\","     // must be the one that the agenda's command names
                "\"version\":\"0.1.0\"}\n"); // of the program, for `wegwijs-agenda kiosks`
    struct request read;
    ck_assert_int_eq(read_request_text(out.text, &read), 0);
    ck_assert_int_eq(read.kind, REQUEST_HELLO);
    ck_assert_str_eq(read.hello.kiosk, "lobby-1");
    ck_assert_str_eq(read.hello.version, "0.1.0");
    ck_assert_str_eq(read.hello.store, "");
}
END_TEST

// Two kiosks under one name would give away the same leases: the store tells them apart.
START_TEST(test_write_hello_with_its_store)
{
    struct hello_request hello = {
        .protocol = 1, .kiosk = "lobby-1", .version = "0.1.0", .store = ID_1, .replaces = ID_2};
    ck_assert_int_eq(message_write_hello(&out, &hello, &error), 0);
    expect_line("{\"request\":\"hello\",\"protocol\":1,\"kiosk\":\"lobby-1\",\"version\":\"0.1.0\","
                "\"store\":\"" ID_1 "\","        // made with the store, once
                "\"replaces\":\"" ID_2 "\"}\n"); // the store that was lost on the same machine
    struct request read;
    ck_assert_int_eq(read_request_text(out.text, &read), 0);
    ck_assert_str_eq(read.hello.store, ID_1);
    ck_assert_str_eq(read.hello.replaces, ID_2);
}
END_TEST

START_TEST(test_write_hello_answer)
{
    struct message_guide guide = {.id = "els", .name = "Els", .languages = {"nl", "ro"}, .language_count = 2};
    struct hello_answer answer = {.protocol = 1,
                                  .agenda = ID_1,
                                  .now = 1795509000,
                                  .guides = &guide,
                                  .guide_count = 1},
                        read;
    ck_assert_int_eq(message_write_hello_answer(&out, &answer, &error), 0);
    expect_line("{\"answer\":\"hello\",\"protocol\":1,"
                "\"agenda\":\"" ID_1 "\","                                         // pinned by the kiosk
                "\"public_key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"," // 32 bytes, pinned too
                "\"now\":\"2026-11-24T08:30:00Z\","                                // the agenda's clock
                "\"guides\":[{\"id\":\"els\",\"name\":\"Els\",\"languages\":[\"nl\",\"ro\"]}]}\n");
    ck_assert_int_eq(message_read_hello_answer(out.text, out.length, &read, &error), 0);
    ck_assert_str_eq(read.agenda, ID_1);
    ck_assert_int_eq(read.now, 1795509000);
    ck_assert_uint_eq(read.guide_count, 1);
    ck_assert_str_eq(read.guides[0].languages[1], "ro");
    hello_answer_release(&read);
}
END_TEST

static const char sync_line[] =
    "{\"request\":\"sync\","
    // acknowledged before: a restored agenda learns which it lost
    "\"receipts\":[{\"id\":\"" ID_2 "\",\"code\":\"K0CODE\",\"guide\":\"els\","
    "\"start\":\"2026-11-24T10:00\",\"slots\":2},"
    "{\"id\":\"" ID_1 "\",\"code\":\"K0CODE\",\"slots\":0}]," // a call-back has no place
    "\"holds\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\"}],"
    "\"returned\":[{\"guide\":\"els\",\"start\":\"2026-11-25T09:30\",\"code\":\"K0CODE\"}],"
    "\"bookings\":[{\"id\":\"" ID_1 "\",\"sealed\":\"c2VhbGVk\"}]," // base64 of the seal
    "\"want\":{\"leases\":12,\"codes\":4,\"days\":14},"
    "\"status\":{\"printer\":\"ok\"}}\n";

START_TEST(test_write_sync)
{
    struct message_receipt receipts[2] = {
        {.id = ID_2, .slot = slot_of("els", "2026-11-24T10:00", 30), .slots = 2}, {.id = ID_1}};
    text_copy(receipts[0].code, CODE_SIZE, code_1);
    text_copy(receipts[1].code, CODE_SIZE, code_1);
    struct slot hold = slot_of("els", "2026-11-24T09:30", 30);
    struct lease returned = {.slot = slot_of("els", "2026-11-25T09:30", 30)};
    text_copy(returned.code, CODE_SIZE, code_1);
    char sealed[] = "c2VhbGVk";
    struct message_sealed booking = {.id = ID_1, .text = sealed};
    struct sync_request sync = {.receipts = receipts,
                                .receipt_count = 2,
                                .holds = &hold,
                                .hold_count = 1,
                                .returned = &returned,
                                .returned_count = 1,
                                .bookings = &booking,
                                .booking_count = 1,
                                .want_leases = 12,
                                .want_codes = 4,
                                .want_days = 14,
                                .status = {{"printer", "ok"}},
                                .status_count = 1};
    ck_assert_int_eq(message_write_sync(&out, &sync, &error), 0);
    expect_line(sync_line);
}
END_TEST

START_TEST(test_read_sync)
{
    struct request read;
    ck_assert_int_eq(read_request_text(sync_line, &read), 0);
    ck_assert_int_eq(read.kind, REQUEST_SYNC);
    ck_assert_uint_eq(read.sync.receipt_count, 2);
    ck_assert_uint_eq(read.sync.receipts[0].slots, 2);
    ck_assert_str_eq(read.sync.receipts[1].slot.guide, "");
    ck_assert_uint_eq(read.sync.hold_count, 1);
    ck_assert_str_eq(read.sync.returned[0].code, code_1);
    ck_assert_str_eq(read.sync.bookings[0].text, "c2VhbGVk");
    ck_assert_uint_eq(read.sync.want_leases, 12);
    ck_assert_str_eq(read.sync.status[0].value, "ok");
    request_release(&read);
}
END_TEST

// What was booked goes first: no lists are asked for, and none come.
START_TEST(test_write_sync_brief)
{
    struct sync_request sync = {.brief = true};
    struct request request;
    struct sync_answer answer = {.brief = true}, read;
    ck_assert_int_eq(message_write_sync(&out, &sync, &error), 0);
    expect_line("{\"request\":\"sync\",\"receipts\":[],\"holds\":[],\"returned\":[],\"bookings\":[],"
                "\"status\":{}}\n");
    ck_assert_int_eq(message_read_request(out.text, out.length, &request, &error), 0);
    ck_assert(request.sync.brief);
    request_release(&request);
    ck_assert_int_eq(message_write_sync_answer(&out, &answer, &error), 0);
    expect_line("{\"answer\":\"sync\",\"acknowledged\":[],\"receipts_missing\":[]}\n");
    ck_assert_int_eq(message_read_sync_answer(out.text, out.length, &read, &error), 0);
    ck_assert(read.brief && read.lease_count == 0 && read.free_count == 0 && read.code_count == 0);
    sync_answer_release(&read);
}
END_TEST

START_TEST(test_write_sync_answer)
{
    struct message_acknowledgement acknowledged[3] = {
        {.id = ID_1, .result = MESSAGE_STORED},
        {.id = ID_2, .result = MESSAGE_KEPT, .reason = "a slot has another owner"},
        {.id = ID_2, .result = MESSAGE_REFUSED, .reason = "the seal does not open"}};
    struct lease lease = {.slot = slot_of("els", "2026-11-24T09:30", 30)};
    text_copy(lease.code, CODE_SIZE, code_1);
    struct slot free_slot = slot_of("tom", "2026-11-24T10:00", 45);
    char codes[1][CODE_SIZE], missing[1][BOOKING_ID_SIZE] = {ID_2};
    text_copy(codes[0], CODE_SIZE, code_1);
    struct sync_answer answer = {.acknowledged = acknowledged,
                                 .acknowledged_count = 3,
                                 .leases = &lease,
                                 .lease_count = 1,
                                 .free_slots = &free_slot,
                                 .free_count = 1,
                                 .codes = codes,
                                 .code_count = 1,
                                 .missing = missing,
                                 .missing_count = 1},
                       read;
    ck_assert_int_eq(message_write_sync_answer(&out, &answer, &error), 0);
    expect_line(
        "{\"answer\":\"sync\",\"acknowledged\":["
        "{\"id\":\"" ID_1 "\",\"result\":\"stored\"}," // or "known": the kiosk may forget it now
        "{\"id\":\"" ID_2 "\",\"result\":\"kept\",\"reason\":\"a slot has another owner\"},"
        "{\"id\":\"" ID_2 "\",\"result\":\"refused\",\"reason\":\"the seal does not open\"}],"
        "\"leases\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\",\"minutes\":30,\"code\":\"K0CODE\"}],"
        "\"free\":[{\"guide\":\"tom\",\"start\":\"2026-11-24T10:00\",\"minutes\":45}],"
        "\"codes\":[\"K0CODE\"],"
        "\"receipts_missing\":[\"" ID_2 "\"]}\n");
    ck_assert_int_eq(message_read_sync_answer(out.text, out.length, &read, &error), 0);
    ck_assert_int_eq(read.acknowledged[2].result, MESSAGE_REFUSED);
    ck_assert_str_eq(read.acknowledged[2].reason, "the seal does not open");
    ck_assert_str_eq(read.leases[0].code, code_1);
    ck_assert_int_eq(read.free_slots[0].minutes, 45);
    ck_assert_str_eq(read.codes[0], code_1);
    ck_assert_str_eq(read.missing[0], ID_2);
    ck_assert(!read.full);
    sync_answer_release(&read);
    answer = (struct sync_answer){.full = true};
    ck_assert_int_eq(message_write_sync_answer(&out, &answer, &error), 0);
    expect_line("{\"answer\":\"sync\",\"acknowledged\":[],\"leases\":[],\"free\":[],\"codes\":[],"
                "\"receipts_missing\":[],\"full\":true}\n"); // enough bookings for this hour or day
    ck_assert_int_eq(message_read_sync_answer(out.text, out.length, &read, &error), 0);
    ck_assert(read.full);
    sync_answer_release(&read);
}
END_TEST

START_TEST(test_write_lease)
{
    struct lease_request lease = {.slots = {slot_of("els", "2026-11-24T09:30", 30)}, .count = 1};
    ck_assert_int_eq(message_write_lease(&out, &lease, &error), 0);
    expect_line("{\"request\":\"lease\",\"slots\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\"}]}\n");
    struct lease_answer taken = {.taken = true}, read;
    ck_assert_int_eq(message_write_lease_answer(&out, &taken, &error), 0);
    expect_line("{\"answer\":\"taken\"}\n");
    ck_assert_int_eq(message_read_lease_answer(out.text, out.length, &read, &error), 0);
    ck_assert(read.taken);
    struct lease_answer given = {.leases = {{.slot = slot_of("els", "2026-11-24T09:30", 30)}}, .count = 1};
    text_copy(given.leases[0].code, CODE_SIZE, code_1);
    ck_assert_int_eq(message_write_lease_answer(&out, &given, &error), 0);
    expect_line("{\"answer\":\"lease\",\"leases\":[{\"guide\":\"els\",\"start\":\"2026-11-24T09:30\","
                "\"minutes\":30,\"code\":\"K0CODE\"}]}\n");
    ck_assert_int_eq(message_read_lease_answer(out.text, out.length, &read, &error), 0);
    ck_assert(!read.taken);
    ck_assert_uint_eq(read.count, 1);
    ck_assert_int_eq(read.leases[0].slot.minutes, 30);
}
END_TEST

START_TEST(test_write_check)
{
    struct check_request check;
    text_copy(check.code, CODE_SIZE, code_1);
    ck_assert_int_eq(message_write_check(&out, &check, &error), 0);
    expect_line("{\"request\":\"check\",\"code\":\"K0CODE\"}\n");
    struct check_answer answer = {.exists = true,
                                  .slot = slot_of("els", "2026-11-24T09:30", 0),
                                  .state = "booked"},
                        read;
    ck_assert_int_eq(message_write_check_answer(&out, &answer, &error), 0);
    expect_line("{\"answer\":\"check\",\"exists\":true,\"guide\":\"els\",\"start\":\"2026-11-24T09:30\","
                "\"state\":\"booked\"}\n"); // never a name
    ck_assert_int_eq(message_read_check_answer(out.text, out.length, &read, &error), 0);
    ck_assert(read.exists && slot_same(&read.slot, &answer.slot));
    struct check_answer none = {0};
    ck_assert_int_eq(message_write_check_answer(&out, &none, &error), 0);
    expect_line("{\"answer\":\"check\",\"exists\":false}\n");
    ck_assert_int_eq(message_read_check_answer(out.text, out.length, &read, &error), 0);
    ck_assert(!read.exists);
}
END_TEST

START_TEST(test_write_error)
{
    struct check_answer read;
    ck_assert_int_eq(message_write_error(&out, MESSAGE_FAULT_LIMIT, "a line is too long", &error), 0);
    expect_line("{\"answer\":\"error\",\"code\":\"limit\",\"text\":\"a line is too long\"}\n");
    ck_assert_int_eq(message_read_check_answer(out.text, out.length, &read, &error), ERROR_FULL);
    ck_assert_str_eq(error.text, "the agenda answers: a line is too long");
    message_write_error(&out, MESSAGE_FAULT_INTERNAL, "disk full", &error);
    ck_assert_int_eq(message_read_check_answer(out.text, out.length, &read, &error), ERROR_UNAVAILABLE);
}
END_TEST

// ---- what is strict, and what is not

START_TEST(test_read_request_version)
{
    struct request request;
    int code = read_request_text("{\"request\":\"hello\",\"protocol\":2,\"kiosk\":\"lobby-1\"}", &request);
    ck_assert_int_eq(code, ERROR_VERSION);
    ck_assert_str_eq(error.text, "the kiosk speaks protocol 2, the agenda protocol 1");
    struct hello_answer answer;
    const char *line = "{\"answer\":\"hello\",\"protocol\":7,\"something\":\"new\"}";
    ck_assert_int_eq(message_read_hello_answer(line, strlen(line), &answer, &error), ERROR_VERSION);
    ck_assert_str_eq(error.text, "the agenda speaks protocol 7, the kiosk protocol 1");
}
END_TEST

START_TEST(test_read_request_unknown_field)
{
    struct request request;
    ck_assert_int_eq(
        read_request_text("{\"request\":\"check\",\"later\":[{}],\"code\":\"K0CODE\"}", &request), 0);
    ck_assert_str_eq(request.check.code, code_1);
}
END_TEST

static const struct {
    const char *line;
    int code;
} refused[] = {
    {"", ERROR_INVALID},
    {"null", ERROR_INVALID},
    {"[]", ERROR_INVALID},
    {"{", ERROR_INVALID},
    {"{} {}", ERROR_INVALID},
    {"{}", ERROR_INVALID},
    {"{\"request\":7}", ERROR_INVALID},
    {"{\"request\":\"dance\"}", ERROR_NOT_FOUND},
    {"{\"request\":\"hello\"}", ERROR_INVALID},
    {"{\"request\":\"hello\",\"protocol\":\"1\"}", ERROR_INVALID},
    {"{\"request\":\"hello\",\"protocol\":-1}", ERROR_INVALID},
    {"{\"request\":\"hello\",\"protocol\":1,\"kiosk\":\"Lobby 1\",\"version\":\"x\"}", ERROR_INVALID},
    {"{\"request\":\"hello\",\"protocol\":1,\"kiosk\":\"\",\"version\":\"x\"}", ERROR_INVALID},
    {"{\"request\":\"hello\",\"request\":\"sync\"}", ERROR_INVALID},
    {"{\"request\":\"hello\",\"protocol\":1,\"kiosk\":\"a\",\"version\":\"x\",\"store\":\"short\"}",
     ERROR_INVALID},
    {"{\"request\":\"hello\",\"protocol\":1,\"kiosk\":\"a\",\"version\":\"x\",\"replaces\":7}",
     ERROR_INVALID},
    {"{\"request\":\"check\",\"code\":\"AAAAAA0\"}", ERROR_INVALID},
    {"{\"request\":\"check\",\"code\":\"k0code\"}", ERROR_INVALID},
    {"{\"request\":\"check\",\"code\":\"K\\u0000CODE\"}", ERROR_INVALID},
    {"{\"request\":\"lease\",\"slots\":[]}", ERROR_INVALID},
    {"{\"request\":\"lease\",\"slots\":[7]}", ERROR_INVALID},
    {"{\"request\":\"lease\",\"slots\":[{\"guide\":\"els\",\"start\":\"2026-13-24T09:30\"}]}", ERROR_INVALID},
    {"{\"request\":\"lease\",\"slots\":[{\"guide\":\"E'\",\"start\":\"2026-11-24T09:30\"}]}", ERROR_INVALID},
    {"{\"request\":\"sync\",\"want\":{\"leases\":1e9,\"codes\":0,\"days\":0}}", ERROR_INVALID},
    {"{\"request\":\"sync\",\"want\":{\"leases\":9999,\"codes\":0,\"days\":0}}", ERROR_INVALID},
    {"{\"request\":\"sync\",\"bookings\":[{\"id\":\"../../etc\",\"sealed\":\"\"}],\"want\":{}}",
     ERROR_INVALID},
    {"{\"request\":\"sync\",\"bookings\":{},\"want\":{}}", ERROR_INVALID},
    {"{\"request\":\"sync\",\"holds\":[{}],\"want\":{}}", ERROR_INVALID},
    {"{\"request\":\"sync\",\"returned\":[null],\"want\":{}}", ERROR_INVALID},
    {"{\"request\":\"sync\",\"receipts\":[[]],\"want\":{}}", ERROR_INVALID},
    {"{\"request\":\"\xff\"}", ERROR_INVALID},
};

START_TEST(test_read_request_refused)
{
    struct request request;
    ck_assert_int_eq(read_request_text(refused[_i].line, &request), refused[_i].code);
    ck_assert_int_lt((int)strlen(error.text), 200);
    request_release(&request); // empty: nothing to free twice
}
END_TEST

START_TEST(test_read_request_deep)
{
    struct request request;
    size_t size = 200000;
    char *line = memory_new(size, 1);
    memset(line, '[', size);
    ck_assert_int_eq(message_read_request(line, size, &request, &error), ERROR_INVALID);
    free(line);
}
END_TEST

START_TEST(test_read_request_sealed_limit)
{
    struct request request;
    struct text_buffer line = {0};
    text_buffer_add(&line, "{\"request\":\"sync\",\"bookings\":[{\"id\":\"" ID_1 "\",\"sealed\":\"");
    for (int i = 0; i <= MESSAGE_SEALED_MAX; i++)
        text_buffer_add(&line, "A");
    text_buffer_add(&line, "\"}],\"want\":{\"leases\":0,\"codes\":0,\"days\":0}}");
    ck_assert_int_eq(message_read_request(line.text, line.length, &request, &error), ERROR_INVALID);
    text_buffer_release(&line);
}
END_TEST

// Every prefix and every single changed byte of a good line: refused or read, never more.
START_TEST(test_read_request_corrupt)
{
    struct request request;
    char *line = memory_copy_text(sync_line);
    size_t size = strlen(line);
    for (size_t i = 0; i < size; i++) {
        if (message_read_request(line, i, &request, &error) == 0)
            request_release(&request);
        char kept = line[i];
        for (int change = 1; change < 256; change <<= 1) {
            line[i] = (char)(kept ^ change);
            if (message_read_request(line, size, &request, &error) == 0)
                request_release(&request);
        }
        line[i] = kept;
    }
    free(line);
}
END_TEST

START_TEST(test_write_too_long)
{
    struct message_sealed bookings[MESSAGE_BOOKINGS_MAX];
    char *sealed = memory_new(40000, 1);
    memset(sealed, 'A', 39999);
    for (int i = 0; i < MESSAGE_BOOKINGS_MAX; i++)
        bookings[i] = (struct message_sealed){.id = ID_1, .text = sealed};
    struct sync_request sync = {.bookings = bookings, .booking_count = MESSAGE_BOOKINGS_MAX};
    ck_assert_int_eq(message_write_sync(&out, &sync, &error), ERROR_FULL);
    free(sealed);
}
END_TEST

START_TEST(test_kiosk_valid)
{
    ck_assert(message_kiosk_valid("lobby-1"));
    ck_assert(!message_kiosk_valid(""));
    ck_assert(!message_kiosk_valid("Lobby"));
    ck_assert(!message_kiosk_valid("a;rm"));
    ck_assert(!message_kiosk_valid("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("message");
    TCase *tests = tcase_create("message");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_write_hello);
    tcase_add_test(tests, test_write_hello_with_its_store);
    tcase_add_test(tests, test_write_hello_answer);
    tcase_add_test(tests, test_write_sync);
    tcase_add_test(tests, test_read_sync);
    tcase_add_test(tests, test_write_sync_brief);
    tcase_add_test(tests, test_write_sync_answer);
    tcase_add_test(tests, test_write_lease);
    tcase_add_test(tests, test_write_check);
    tcase_add_test(tests, test_write_error);
    tcase_add_test(tests, test_read_request_version);
    tcase_add_test(tests, test_read_request_unknown_field);
    tcase_add_loop_test(tests, test_read_request_refused, 0, sizeof refused / sizeof *refused);
    tcase_add_test(tests, test_read_request_deep);
    tcase_add_test(tests, test_read_request_sealed_limit);
    tcase_add_test(tests, test_read_request_corrupt);
    tcase_add_test(tests, test_write_too_long);
    tcase_add_test(tests, test_kiosk_valid);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

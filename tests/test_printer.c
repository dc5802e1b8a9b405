// links: src/slip/printer.c src/slip/escpos_printer.c src/slip/escpos.c src/slip/port.c src/slip/picture.c src/slip/cups.c src/slip/cups_library.c src/base/library.c src/slip/page.c src/slip/raster.c src/base/memory.c src/base/error.c src/base/utf8.c src/base/file.c
// libs: -lSDL2_image -lSDL2
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>

#include "base/file.h"
#include "base/memory.h"
#include "printer_sim.h"
#include "slip/printer.h"

#define ROWS 24
#define JOB_BYTES (2 + 3 * (8 + 8 * 2) + 4 + 3) // initialise, 3 bands of 8 rows of 2 bytes, cut, fence
#define RASTER_BYTES (2 + 3 * (8 + 8 * 2))

static uint8_t dots[ROWS * 2] = {0xFF, 1, 0x10, 0x04, 0x10, 0x1D}; // data that looks like commands
static const struct raster RASTER = {.width = 16, .height = ROWS, .stride = 2, .bits = dots};

static struct printer *open_sim(const char *target, bool no_fence)
{
    struct printer *printer;
    struct printer_options options = {.kind = "escpos",
                                      .target = target,
                                      .width = 16,
                                      .band_rows = 8,
                                      .cutter = true,
                                      .status = true,
                                      .limit_ms = 900,
                                      .no_fence = no_fence,
                                      .settle_ms = 50};
    ck_assert_int_eq(printer_open(&printer, &options, NULL), 0);
    return printer;
}

static enum printer_state print_once(struct sim *sim, bool no_fence)
{
    char target[32];
    struct error error = ERROR_NONE;
    sim_start(sim, target, sizeof target);
    struct printer *printer = open_sim(target, no_fence);
    enum printer_state state = printer_print(printer, &RASTER, "K7M4QX", &error);
    printer_close(printer);
    sim_stop(sim);
    return state;
}

START_TEST(test_print_well)
{
    struct sim sim = {.fault = SIM_WELL};
    ck_assert_int_eq(print_once(&sim, false), PRINTER_READY);
    ck_assert_uint_eq(sim.rows, ROWS);
    ck_assert_uint_eq(sim.cuts, 1);
    ck_assert_uint_eq(sim.cancels, 0);
    ck_assert_int_eq(sim.bytes, JOB_BYTES);
}
END_TEST

START_TEST(test_print_paper_low_prints)
{
    struct sim sim = {.fault = SIM_PAPER_LOW};
    ck_assert_int_eq(print_once(&sim, false), PRINTER_PAPER_LOW);
    ck_assert_uint_eq(sim.rows, ROWS);
}
END_TEST

// Before the slip, in it, behind it: it comes out whole, and staff are told; not before it is so.
START_TEST(test_print_paper_nears_its_end_at_every_byte)
{
    for (long at = 0; at <= JOB_BYTES + 1; at++) {
        struct sim sim = {.fault = SIM_PAPER_LOW, .fail_at = at};
        enum printer_state state = print_once(&sim, false);
        ck_assert_msg(state == (at <= JOB_BYTES ? PRINTER_PAPER_LOW : PRINTER_READY), "at byte %ld: said %s",
                      at, printer_state_name(state));
        ck_assert_uint_eq(sim.rows, ROWS);
        ck_assert_uint_eq(sim.cuts, 1);
    }
}
END_TEST

START_TEST(test_print_model_without_fence)
{
    struct sim sim = {.fault = SIM_WELL, .no_fence = true};
    ck_assert_int_eq(print_once(&sim, true), PRINTER_READY);
    ck_assert_uint_eq(sim.rows, ROWS);
}
END_TEST

START_TEST(test_print_fence_unanswered_is_unknown)
{
    struct sim sim = {.fault = SIM_WELL, .no_fence = true};
    ck_assert_int_eq(print_once(&sim, false), PRINTER_UNKNOWN);
}
END_TEST

static const struct {
    enum sim_fault fault;
    enum printer_state state;
} FAULTS[] = {{SIM_NO_PAPER, PRINTER_NO_PAPER}, {SIM_COVER, PRINTER_COVER_OPEN}, {SIM_CUTTER, PRINTER_CUTTER},
              {SIM_BROKEN, PRINTER_ERROR},      {SIM_OFF_LINE, PRINTER_OFFLINE}, {SIM_SILENT, PRINTER_SILENT},
              {SIM_CLOSE, PRINTER_OFFLINE}};

START_TEST(test_print_fault_before_sends_nothing_fault)
{
    struct sim sim = {.fault = FAULTS[_i].fault, .fail_at = 0};
    ck_assert_int_eq(print_once(&sim, false), FAULTS[_i].state);
    ck_assert_int_eq(sim.bytes, 0);
    ck_assert_uint_eq(sim.rows, 0);
}
END_TEST

START_TEST(test_state_fault)
{
    char target[32];
    struct sim sim = {.fault = FAULTS[_i].fault, .fail_at = 0};
    sim_start(&sim, target, sizeof target);
    struct printer *printer = open_sim(target, false);
    ck_assert_int_eq(printer_status(printer, NULL), FAULTS[_i].state);
    printer_close(printer);
    sim_stop(&sim);
}
END_TEST

// Success is said only when the whole slip came out and the fence was answered; another fault only when
// rows are missing.
static void check_honest(const struct sim *sim, enum printer_state state, long at)
{
    bool success = state == PRINTER_READY || state == PRINTER_PAPER_LOW;
    ck_assert_msg(!success || sim->rows == ROWS, "fault %d at byte %ld: said %s after %u rows", sim->fault,
                  at, printer_state_name(state), sim->rows);
    ck_assert_msg(state != PRINTER_OFFLINE || sim->rows < ROWS || sim->fault == SIM_OFF_LINE,
                  "fault %d at byte %ld: all rows came out, but said offline", sim->fault, at);
}

START_TEST(test_print_fails_at_every_byte_fault)
{
    // what answers is quick; silence costs its time-out, so every 11th byte
    bool slow = FAULTS[_i].fault == SIM_SILENT;
    for (long at = 1; at <= JOB_BYTES; at += slow ? 11 : 1) {
        struct sim sim = {.fault = FAULTS[_i].fault, .fail_at = at};
        enum printer_state state = print_once(&sim, false);
        check_honest(&sim, state, at);
        if (at <= RASTER_BYTES - 8 * 2 && FAULTS[_i].fault <= SIM_BROKEN) {
            ck_assert_int_eq(state, FAULTS[_i].state);
            ck_assert_uint_ge(sim.cancels, 1);
        }
    }
}
END_TEST

// Which error it is, is asked only of models that know the question.
START_TEST(test_print_cutter_of_a_model_that_does_not_say_which_fault)
{
    struct sim sim = {.fault = SIM_CUTTER, .no_cause = true};
    ck_assert_int_eq(print_once(&sim, false), PRINTER_ERROR);
    ck_assert_int_eq(sim.bytes, 0);
}
END_TEST

// The knife comes last: a slip that hangs in it is whole, so the visitor is asked.
START_TEST(test_print_cutter_after_the_last_row_is_unknown_fault)
{
    struct sim sim = {.fault = SIM_CUTTER, .fail_at = RASTER_BYTES + 4};
    ck_assert_int_eq(print_once(&sim, false), PRINTER_UNKNOWN);
    ck_assert_uint_eq(sim.rows, ROWS);
}
END_TEST

// A hot head stops the paper for a while at any byte; the slip comes out, once, and is said to.
START_TEST(test_print_hot_head_is_waited_for_fault)
{
    for (long at = 0; at <= JOB_BYTES; at += 7) {
        struct sim sim = {.fault = SIM_HOT, .fail_at = at, .hot = 2};
        ck_assert_int_eq(print_once(&sim, false), PRINTER_READY);
        ck_assert_uint_eq(sim.rows, ROWS);
        ck_assert_uint_eq(sim.cuts, 1);
        ck_assert_uint_eq(sim.cancels, 0);
    }
}
END_TEST

// Not cooled before the limit: nobody knows whether it is out. A model without fence must not be believed
// either.
START_TEST(test_print_hot_head_for_too_long_is_unknown_fault)
{
    struct sim sim = {.fault = SIM_HOT, .fail_at = 10, .hot = 1000000, .no_fence = _i == 1};
    ck_assert_int_eq(print_once(&sim, _i == 1), PRINTER_UNKNOWN);
}
END_TEST

// What a printer sends unasked is no answer, and no proof that a slip is out.
START_TEST(test_print_automatic_status_is_no_answer_fault)
{
    for (long at = 0; at <= JOB_BYTES; at++) {
        struct sim sim = {.fault = SIM_NO_PAPER, .fail_at = at, .asb = true};
        enum printer_state state = print_once(&sim, false);
        ck_assert_msg(state != PRINTER_READY && state != PRINTER_PAPER_LOW,
                      "out of paper at byte %ld: said %s", at, printer_state_name(state));
    }
    struct sim sim = {.fault = SIM_WELL, .asb = true};
    ck_assert_int_eq(print_once(&sim, false), PRINTER_READY);
}
END_TEST

START_TEST(test_print_old_answers_do_not_count)
{
    struct sim sim = {.fault = SIM_WELL, .no_fence = true, .stale = true};
    ck_assert_int_eq(print_once(&sim, false), PRINTER_UNKNOWN);
    ck_assert_uint_eq(sim.rows, ROWS);
}
END_TEST

// An address from which nothing comes: neither the question how it is nor a slip may cost the whole limit.
START_TEST(test_nobody_answers_the_connection_fault)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    char target[32];
    int listener = socket(AF_INET, SOCK_STREAM, 0), filled[8];
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(listener, 0), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    for (int i = 0; i < 8; i++) { // the queue is full: a further SYN is not answered
        filled[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)connect(filled[i], (struct sockaddr *)&address, sizeof address);
    }
    snprintf(target, sizeof target, "127.0.0.1:%d", ntohs(address.sin_port));
    struct printer_options options = {.kind = "escpos", .target = target, .width = 16, .status = true};
    struct printer *printer;
    ck_assert_int_eq(printer_open(&printer, &options, NULL), 0);
    time_t begin = time(NULL);
    ck_assert_int_eq(printer_status(printer, NULL), PRINTER_OFFLINE);
    ck_assert_int_eq(printer_print(printer, &RASTER, "K7M4QX", NULL), PRINTER_OFFLINE);
    ck_assert_int_lt(time(NULL) - begin, 9); // of the limit of 10 s for each
    printer_close(printer);
    for (int i = 0; i < 8; i++) {
        close(filled[i]);
    }
    close(listener);
}
END_TEST

START_TEST(test_print_nobody_listens)
{
    struct sim sim = {.fault = SIM_WELL};
    char target[32];
    struct error error = ERROR_NONE;
    sim_start(&sim, target, sizeof target);
    sim_stop(&sim);
    struct printer *printer = open_sim(target, false);
    ck_assert_int_eq(printer_status(printer, NULL), PRINTER_OFFLINE);
    ck_assert_int_eq(printer_print(printer, &RASTER, "K7M4QX", &error), PRINTER_OFFLINE);
    ck_assert_ptr_nonnull(strstr(error.text, target));
    printer_close(printer);
}
END_TEST

START_TEST(test_print_device_missing)
{
    struct printer *printer;
    struct printer_options options = {.kind = "escpos", .target = "/dev/no-such-printer"};
    ck_assert_int_eq(printer_open(&printer, &options, NULL), 0);
    ck_assert_int_eq(printer_status(printer, NULL), PRINTER_OFFLINE);
    ck_assert_int_eq(printer_print(printer, &RASTER, "K7M4QX", NULL), PRINTER_OFFLINE);
    printer_close(printer);
}
END_TEST

// Bytes that a terminal would change (13, 10, 3, 4, 17, 19, 26, 28, 127) must arrive as they are.
START_TEST(test_print_serial_line)
{
    char target[64], with_speed[80];
    struct sim sim = {.fault = SIM_WELL};
    uint8_t special[ROWS * 2] = {13, 10, 3, 4, 17, 19, 26, 28, 127, 255, 21, 22, 23};
    struct raster raster = {.width = 16, .height = ROWS, .stride = 2, .bits = special};
    sim_start_line(&sim, target, sizeof target);
    snprintf(with_speed, sizeof with_speed, "%s:19200", target);
    struct printer *printer = open_sim(with_speed, false);
    ck_assert_int_eq(printer_status(printer, NULL), PRINTER_READY);
    ck_assert_int_eq(printer_print(printer, &raster, "K7M4QX", NULL), PRINTER_READY);
    ck_assert_int_eq(printer_print(printer, &raster, "K7M4QX", NULL), PRINTER_READY);
    printer_close(printer);
    sim_stop(&sim);
    ck_assert_uint_eq(sim.rows, 2 * ROWS);
    ck_assert_int_eq(sim.bytes, 2 * JOB_BYTES);
}
END_TEST

// A raster that was broken off in its middle must not swallow the head of the next slip, or all of it is
// letters.
START_TEST(test_print_after_a_job_that_was_broken_off)
{
    char target[64];
    static const uint8_t half[] = {0x1D, 0x76, 0x30, 0, 2, 0, 8, 0, 0xAA, 0xAA};
    struct sim sim = {.fault = SIM_WELL};
    struct printer *printer;
    sim_start_line(&sim, target, sizeof target);
    struct printer_options options = {.kind = "escpos",
                                      .target = target,
                                      .width = 16,
                                      .band_rows = 8,
                                      .cutter = true,
                                      .limit_ms = 1000,
                                      .unsure = true};
    ck_assert_int_eq(write(sim.spare, half, sizeof half), sizeof half);
    ck_assert_int_eq(printer_open(&printer, &options, NULL), 0);
    ck_assert_int_eq(printer_print(printer, &RASTER, "K7M4QX", NULL), PRINTER_UNKNOWN);
    printer_close(printer);
    sim_stop(&sim);
    ck_assert_uint_eq(sim.rows, 8 + ROWS);
    ck_assert_uint_eq(sim.cuts, 1);
}
END_TEST

// It has no limit: a line that stands still (no CTS) would hold the slip, and the kiosk, for ever.
int tcdrain(int fd)
{
    ck_abort_msg("tcdrain of %d", fd);
}

static void print_without_status(struct sim *sim, const char *target)
{
    struct printer *printer;
    struct printer_options options = {.kind = "escpos", .target = target, .width = 16, .limit_ms = 1000};
    ck_assert_int_eq(printer_open(&printer, &options, NULL), 0);
    ck_assert_int_eq(printer_print(printer, &RASTER, "K7M4QX", NULL), PRINTER_UNKNOWN);
    printer_close(printer);
    sim_stop(sim);
}

START_TEST(test_print_serial_line_without_status)
{
    char target[64];
    struct sim sim = {.fault = SIM_WELL};
    sim_start_line(&sim, target, sizeof target);
    print_without_status(&sim, target);
    ck_assert_uint_eq(sim.rows, ROWS);
}
END_TEST

START_TEST(test_print_without_status_is_unknown)
{
    char target[32];
    struct sim sim = {.fault = SIM_WELL};
    sim_start(&sim, target, sizeof target);
    print_without_status(&sim, target);
}
END_TEST

START_TEST(test_print_file)
{
    char folder[] = "/tmp/wegwijs-printer-XXXXXX", *path, *bytes;
    size_t size;
    struct printer *printer;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    path = file_join(folder, "slip.bin");
    struct printer_options options = {.kind = "escpos", .target = path, .width = 16, .cutter = true};
    ck_assert_int_eq(printer_open(&printer, &options, NULL), 0);
    ck_assert_int_eq(printer_print(printer, &RASTER, "K7M4QX", NULL), PRINTER_READY);
    ck_assert_int_eq(file_read(path, 4096, &bytes, &size, NULL), 0);
    ck_assert_uint_eq(size, 2 + 8 + ROWS * 2 + 4);
    ck_assert_mem_eq(bytes + 10, dots, sizeof dots);
    free(bytes);
    printer_close(printer);
    unlink(path);
    rmdir(folder);
    free(path);
}
END_TEST

START_TEST(test_open_refuses)
{
    struct printer *printer;
    struct error error = ERROR_NONE;
    struct printer_options options = {.kind = "daisywheel", .target = "x"};
    ck_assert_int_eq(printer_open(&printer, &options, &error), ERROR_INVALID);
    ck_assert_ptr_null(printer);
    ck_assert_ptr_nonnull(strstr(error.text, "\"daisywheel\""));
    options = (struct printer_options){.kind = "escpos"};
    ck_assert_int_eq(printer_open(&printer, &options, &error), ERROR_INVALID);
    ck_assert_ptr_null(printer);
    options = (struct printer_options){.kind = "escpos", .target = "/dev/ttyS0:115"};
    ck_assert_int_eq(printer_open(&printer, &options, &error), ERROR_INVALID);
    ck_assert_ptr_nonnull(strstr(error.text, "\"115\""));
    ck_assert_ptr_nonnull(strstr(error.text, "115200"));
}
END_TEST

START_TEST(test_cups_nobody_listens)
{
    struct printer *printer;
    struct error error = ERROR_NONE;
    struct printer_options options = {
        .kind = "cups", .target = "ipp://127.0.0.1:9/ipp/print", .limit_ms = 1000};
    ck_assert_int_eq(printer_open(&printer, &options, NULL), 0);
    ck_assert_int_eq(printer_print(printer, &RASTER, "K7M4QX", &error), PRINTER_OFFLINE);
    ck_assert_str_ne(error.text, "");
    printer_close(printer);
}
END_TEST

START_TEST(test_state_names_differ)
{
    for (int a = PRINTER_READY; a <= PRINTER_UNKNOWN; a++) {
        for (int b = PRINTER_READY; b < a; b++) {
            ck_assert_str_ne(printer_state_name((enum printer_state)a),
                             printer_state_name((enum printer_state)b));
        }
    }
    ck_assert_str_eq(printer_state_name(PRINTER_NO_PAPER), "no-paper");
    ck_assert_str_eq(printer_state_name(PRINTER_SILENT), "no-answer");
    ck_assert_str_eq(printer_state_name(PRINTER_UNKNOWN), "unknown");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("printer");
    TCase *tests = tcase_create("printer");
    int faults = sizeof FAULTS / sizeof *FAULTS;
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, test_print_well);
    tcase_add_test(tests, test_print_paper_low_prints);
    tcase_add_test(tests, test_print_paper_nears_its_end_at_every_byte);
    tcase_add_test(tests, test_print_model_without_fence);
    tcase_add_test(tests, test_print_fence_unanswered_is_unknown);
    tcase_add_loop_test(tests, test_print_fault_before_sends_nothing_fault, 0, faults);
    tcase_add_loop_test(tests, test_state_fault, 0, faults);
    tcase_add_loop_test(tests, test_print_fails_at_every_byte_fault, 0, faults);
    tcase_add_test(tests, test_print_cutter_of_a_model_that_does_not_say_which_fault);
    tcase_add_test(tests, test_print_cutter_after_the_last_row_is_unknown_fault);
    tcase_add_test(tests, test_print_hot_head_is_waited_for_fault);
    tcase_add_loop_test(tests, test_print_hot_head_for_too_long_is_unknown_fault, 0, 2);
    tcase_add_test(tests, test_print_automatic_status_is_no_answer_fault);
    tcase_add_test(tests, test_print_old_answers_do_not_count);
    tcase_add_test(tests, test_nobody_answers_the_connection_fault);
    tcase_add_test(tests, test_print_after_a_job_that_was_broken_off);
    tcase_add_test(tests, test_print_serial_line_without_status);
    tcase_add_test(tests, test_print_nobody_listens);
    tcase_add_test(tests, test_print_device_missing);
    tcase_add_test(tests, test_print_serial_line);
    tcase_add_test(tests, test_print_without_status_is_unknown);
    tcase_add_test(tests, test_print_file);
    tcase_add_test(tests, test_open_refuses);
    tcase_add_test(tests, test_cups_nobody_listens);
    tcase_add_test(tests, test_state_names_differ);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

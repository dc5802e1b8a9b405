// links: src/booking/phone.c src/base/memory.c src/base/error.c src/base/utf8.c
#include "booking/phone.h"

#include "fuzz.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char phone[PHONE_SIZE], again[PHONE_SIZE], grouped[PHONE_GROUPED_SIZE];
    char *typed = fuzz_text(bytes, size);
    enum phone_kind kind = phone_read(typed, phone);
    FUZZ_REQUIRE(strlen(phone) < sizeof(phone));
    FUZZ_REQUIRE(strspn(phone + (*phone == '+'), "0123456789") == strlen(phone + (*phone == '+')));
    FUZZ_REQUIRE((kind == PHONE_NONE) == (*phone == 0));
    if (kind == PHONE_MOBILE || kind == PHONE_LANDLINE || kind == PHONE_FOREIGN) {
        FUZZ_REQUIRE(*phone == '+');
        FUZZ_REQUIRE(phone_read(phone, again) == kind && strcmp(phone, again) == 0);
    }
    phone_group(phone, grouped);
    FUZZ_REQUIRE(strlen(grouped) < sizeof(grouped));
    if (kind == PHONE_MOBILE || kind == PHONE_LANDLINE || kind == PHONE_FOREIGN)
        FUZZ_REQUIRE(phone_read(grouped, again) == kind && strcmp(phone, again) == 0);
    phone_group(typed, grouped); // a number that is still being typed
    FUZZ_REQUIRE(strlen(grouped) < sizeof(grouped));
    free(typed);
    return 0;
}

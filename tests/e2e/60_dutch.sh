#!/bin/bash
# Every Dutch text that is installed, held against the rules of simple Dutch; what fails is named by its key.
for tool in python3 hunspell; do
    command -v $tool >/dev/null || { echo "ok 1 - simple Dutch # SKIP no $tool"; exit 0; }
done
exec python3 "$(dirname "$0")/../dutch.py" "$WEGWIJS_STAGE/usr/local/share/wegwijs"

#!/bin/sh
# Prints the Python to build the virtual environment with: the first on the PATH that is 3.11 or newer.
for name in python3 python3.11 python3.12 python3.13 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
# None yet: `make` goes on with this name after scripts/system_packages.sh has installed it.
echo python3

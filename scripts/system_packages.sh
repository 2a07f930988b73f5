#!/bin/sh
# Installs the system packages that are missing, by apt-get, as root or with sudo.
# Usage: system_packages.sh [tesseract] [venv] [fonts] [browser]
set -eu

missing=""

need() {
    missing="$missing $*"
}

for thing in "$@"; do
    case "$thing" in
    tesseract)
        command -v tesseract >/dev/null 2>&1 || need tesseract-ocr
        tesseract --list-langs 2>/dev/null | grep -qx vie || need tesseract-ocr-vie
        ;;
    venv)
        # Debian's Python comes without ensurepip, which a virtual environment needs.
        "$(sh "$(dirname "$0")/find_python.sh")" -c 'import ensurepip, venv' 2>/dev/null || need python3-venv
        ;;
    fonts)
        # Liberation 2 has all Vietnamese letters, the older fonts-liberation has not.
        [ -e /usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf ] || need fonts-liberation2
        ;;
    browser)
        # What the tests of the web page look through.
        command -v chromium >/dev/null 2>&1 || need chromium
        command -v chromedriver >/dev/null 2>&1 || need chromium-driver
        ;;
    *)
        echo "system_packages.sh: what is '$thing'?" >&2
        exit 2
        ;;
    esac
done

[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install by hand:$missing" >&2
    exit 1
fi

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "Please run as root or install sudo; missing:$missing" >&2
        exit 1
    }
    as_root="sudo"
fi

echo "Installing$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi

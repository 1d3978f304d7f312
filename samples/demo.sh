#!/bin/sh
# Shows the two things that pgreckon does on two of the samples: `make demo` runs it.
# The findings are the point, so a command that exits with 1 is no failure here.
program=${1:-target/release/pgreckon}
case $program in /*) ;; *) program=$PWD/$program ;; esac
cd "$(dirname "$0")" || exit 2

show() {
    echo
    echo "\$ cd samples/$1 && pgreckon $2 $3 $4"
    (cd "$1" && "$program" $2 $3 $4)
    code=$?
    if [ $code -gt 1 ]; then exit $code; fi
}

show 5-broken-deployment check migrations
show 1-two-environments drift development.sql production.sql

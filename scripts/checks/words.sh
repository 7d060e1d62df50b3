#!/usr/bin/env bash
# Plain English: codespell finds no misspelling, and no file has a phrase of words.txt. Text between `<!-- words: off -->`
# and `<!-- words: on -->` may have them. Arguments are the paths to look for phrases in; default: all files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Data, history, and the list of phrases itself.
not_text='^corpus/|^fuzz/regressions/|\.hex$|/golden/|^bench/(history\.jsonl|baseline\.json)$|package-lock\.json$|^scripts/checks/words\.txt$'
# files PATH...: the tracked text files below the paths, which must exist; each name ends in a zero byte.
files() { git ls-files -z --error-unmatch "$@" | grep -zvE "$not_text"; }

status=0
files . | xargs -0 codespell --ignore-words scripts/checks/spelling.txt || status=1

files "${@:-.}" | xargs -0 perl -CSD -e '
  open(my $list, "<", "scripts/checks/words.txt") or die "words.txt: $!\n";
  my @phrases;
  while (<$list>) {
    next if /^(#|\s*$)/;
    chomp;
    my ($phrase, $instead) = split /\t/;
    $phrase =~ s/ /\\s+(?:(?:\\\/\\\/+|[#*>])\\s+)?/g;
    push @phrases, [qr/$phrase/i, $instead];
  }
  my $found = 0;
  for my $file (@ARGV) {
    open(my $in, "<", $file) or die "$file: $!\n";
    my $text = do { local $/; <$in> };
    $text =~ s/(<!-- words: off -->.*?<!-- words: on -->)/"\n" x ($1 =~ tr,\n,,)/gse;
    for (@phrases) {
      my ($phrase, $instead) = @$_;
      while ($text =~ /$phrase/g) {
        my ($line, $match) = (1 + (substr($text, 0, $-[0]) =~ tr/\n//), $& =~ s/\s+/ /gr);
        print STDERR "$file:$line: \"$match\": write $instead\n";
        $found = 1;
      }
    }
  }
  exit $found;
' || status=1
exit "$status"

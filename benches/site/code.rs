//! Pieces of code for articles. `NAME`, `OTHER` and `NUMBER` stand for what differs.

use super::chance::Chance;

/// A fenced block of code.
pub fn block(chance: &mut Chance) -> String {
    const NAMES: [&str; 12] = [
        "tide", "lamp", "ferry", "ledger", "sluice", "berth", "gauge", "rota", "hedge", "locker",
        "signal", "basin",
    ];
    let (language, code) = CODE[chance.below(CODE.len())];
    let code = code
        .replace("NAME", chance.one(&NAMES))
        .replace("OTHER", chance.one(&NAMES))
        .replace("NUMBER", &(3 + chance.below(4000)).to_string());
    format!("```{language}\n{}\n```\n", code.trim())
}

const CODE: [(&str, &str); 8] = [
    (
        "rust",
        r#"
/// Readings of the NAME, newest first.
pub struct Readings<'a> {
    values: &'a [(u32, f64)],
    limit: usize,
}

impl<'a> Readings<'a> {
    pub fn above(&self, threshold: f64) -> impl Iterator<Item = u32> + '_ {
        self.values
            .iter()
            .filter(move |(_, value)| *value > threshold)
            .map(|(minute, _)| *minute)
            .take(self.limit)
    }
}

fn main() {
    let values = [(NUMBER, 2.5), (12, 0.75), (48, 1e3)];
    let readings = Readings { values: &values, limit: 8 };
    for minute in readings.above(0.5) {
        println!("NAME {minute:>4}: OTHER\n");
    }
}
"#,
    ),
    (
        "python",
        r#"
from dataclasses import dataclass, field

LIMIT = NUMBER  # litres a day


@dataclass
class OTHER:
    """What the NAME holds at noon."""
    name: str
    levels: list[float] = field(default_factory=list)

    def mean(self, *, default: float = 0.0) -> float:
        if not self.levels:
            return default
        return sum(self.levels) / len(self.levels)


def report(basins: dict[str, "OTHER"]) -> None:
    for key, basin in sorted(basins.items(), key=lambda pair: pair[1].mean()):
        print(f"{key!r:>12} {basin.mean():.2f} of {LIMIT}")
"#,
    ),
    (
        "javascript",
        r#"
const limit = NUMBER;

export async function load(NAME, { retries = 3 } = {}) {
  for (let round = 0; round < retries; round += 1) {
    const answer = await fetch(`/api/OTHER/${NAME}?limit=${limit}`);
    if (answer.ok) return answer.json();
    await new Promise((done) => setTimeout(done, 2 ** round * 100));
  }
  throw new Error("no answer for " + NAME); // the caller shows it
}

document.querySelectorAll("[data-OTHER]").forEach((element) => {
  element.classList.toggle("is-open", /^\d{2}:\d{2}$/.test(element.textContent));
});
"#,
    ),
    (
        "bash",
        r#"
#!/bin/sh
# Copies last night's NAME to the shelf.
set -eu
shelf="${SHELF:-/var/lib/OTHER}"
for file in "$shelf"/*.csv; do
  [ -e "$file" ] || continue
  lines=$(wc -l < "$file")
  if [ "$lines" -gt NUMBER ]; then
    gzip --keep "$file" && echo "packed: $(basename "$file")"
  fi
done
"#,
    ),
    (
        "go",
        r#"
package NAME

import (
	"errors"
	"fmt"
)

// ErrFull says that no berth is free.
var ErrFull = errors.New("OTHER: full")

type Quay struct {
	berths map[string]int
	limit  int
}

func (q *Quay) Moor(ship string, length int) error {
	if len(q.berths) >= q.limit || length > NUMBER {
		return fmt.Errorf("moor %q: %w", ship, ErrFull)
	}
	q.berths[ship] = length
	return nil
}
"#,
    ),
    (
        "sql",
        r#"
-- How often each NAME was late.
SELECT line, count(*) AS late, round(avg(minutes), 1) AS mean
FROM departures
LEFT JOIN OTHER USING (line)
WHERE minutes > 5 AND left_on BETWEEN '2019-03-01' AND '2019-10-31'
GROUP BY line
HAVING count(*) > NUMBER
ORDER BY late DESC, line;
"#,
    ),
    (
        "yaml",
        r#"
# Opening hours of the NAME
name: "OTHER"
open: true
capacity: NUMBER
hours:
  - {day: monday, from: "08:30", to: "17:00"}
  - {day: saturday, from: "10:00", to: "13:00"}
notes: >-
  Closed while the water
  stands above the mark.
"#,
    ),
    (
        "css",
        r#"
/* The NAME, on narrow screens. */
.OTHER > li:nth-child(2n + 1)::before {
  content: "\2022";
  margin: 0 0.5em;
  color: #1f4e5f;
}

@media (max-width: NUMBERpx) {
  .OTHER { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
"#,
    ),
];

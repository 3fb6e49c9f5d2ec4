//! Ready questions: views over the tables of a case, each a piece of SQL that stands here.
//!
//! A view is nothing but its text: it can be copied into a query and changed.

/// A ready query with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Its name in SQL.
    pub name: &'static str,
    /// What a row is.
    pub doc: &'static str,
    /// Its text.
    pub sql: &'static str,
}

impl View {
    /// Every view, in the order of their names.
    pub const ALL: &'static [Self] = &[
        Self {
            name: "accounts_seen",
            doc: "An account with what the case holds of it: posts and uses of an address, first and last instant.",
            sql: "\
SELECT account, SUM(post) AS posts, SUM(connection) AS connections, COUNT(DISTINCT ip) AS addresses,
       MIN(at_utc) AS first_utc, MAX(at_utc) AS last_utc
FROM (
  SELECT account, at_utc, 1 AS post, 0 AS connection, CAST(NULL AS VARCHAR) AS ip FROM posts
  UNION ALL
  SELECT account, at_utc, 0 AS post, 1 AS connection, ip FROM connections WHERE account IS NOT NULL
) AS acts
GROUP BY account
ORDER BY account",
        },
        Self {
            name: "deadlines",
            doc: "A request by the last day on which its data are kept; those without a known day come last.",
            sql: "\
SELECT last_day, hop, head, addressee, account, ip, port, at_utc, at_prec, access, minimal,
       ARRAY_LENGTH(answered_by) > 0 AS answered, missing, key, id
FROM requests
ORDER BY last_day ASC NULLS LAST, hop, addressee, key",
        },
        Self {
            name: "explained_links",
            doc: "An innocent explanation beside the link that it may explain: what the rows say of it, and the link's total.",
            sql: "\
SELECT e.a AS a, e.b AS b, l.relation AS relation, l.total AS total, l.band_fr AS band_fr,
       e.code AS code, e.standing AS standing, e.counted AS counted, e.explains AS explains,
       e.link AS link, e.id AS explanation
FROM explanations AS e
JOIN links AS l ON e.link = l.id
ORDER BY a, b, relation, code",
        },
        Self {
            name: "pairs",
            doc: "A link with its total, its band and, where both accounts stand in one group of `identities`, the group.",
            sql: "\
WITH member AS (
  SELECT id AS identity, UNNEST(members) AS account FROM identities
),
together AS (
  SELECT x.account AS a, y.account AS b, x.identity AS identity
  FROM member AS x
  JOIN member AS y ON x.identity = y.identity
)
SELECT l.a AS a, l.b AS b, l.relation AS relation, l.total AS total, l.total_low AS total_low,
       l.total_high AS total_high, l.total_cap AS total_cap, l.band_fr AS band_fr,
       l.band_en AS band_en, l.favours AS favours, together.identity AS identity,
       l.innocent AS innocent, l.pairs_compared AS pairs_compared, l.id AS link
FROM links AS l
LEFT JOIN together ON l.a = together.a AND l.b = together.b
ORDER BY total DESC, a, b, relation",
        },
        Self {
            name: "rejects_by_exhibit",
            doc: "An exhibit and a reason with the number of records that gave no row for it.",
            sql: "\
SELECT r.exhibit AS exhibit, x.name AS name, x.format AS format, r.reason AS reason,
       COUNT(*) AS records, MIN(r.place) AS a_place, MIN(r.detail) AS a_detail
FROM rejects AS r
LEFT JOIN exhibits AS x ON r.exhibit = x.exhibit
GROUP BY r.exhibit, x.name, x.format, r.reason
ORDER BY records DESC, exhibit, reason",
        },
        Self {
            name: "shared_addresses",
            doc: "An address that two accounts or more used, with the kinds of access that it gave and the first and last use. Uses that a sender only claims are left out.",
            sql: "\
SELECT ip, COUNT(DISTINCT account) AS accounts, COUNT(*) AS uses,
       MIN(at_utc) AS first_utc, MAX(at_utc) AS last_utc,
       ARRAY_TO_STRING(ARRAY_UNIQUE(ARRAY_AGG(access ORDER BY access)), ' ') AS access,
       ARRAY_UNIQUE(ARRAY_AGG(account ORDER BY account)) AS who
FROM addresses
WHERE account IS NOT NULL AND NOT declared
GROUP BY ip
HAVING COUNT(DISTINCT account) >= 2
ORDER BY accounts DESC, uses DESC, ip",
        },
        Self {
            name: "timeline",
            doc: "A post, a use of an address or a dated image by instant; `kind` says which, `what` is the text, the address or the file.",
            sql: "\
SELECT at_utc, at_prec, at_zone, account, kind, what, exhibit, place, id
FROM (
  SELECT at_utc, at_prec, at_zone, account, CONCAT('post ', kind) AS kind, text AS what, exhibit, place, id
  FROM posts
  UNION ALL
  SELECT at_utc, at_prec, at_zone, account, 'connection' AS kind, ip AS what, exhibit, place, id
  FROM connections
  UNION ALL
  SELECT taken_utc AS at_utc, taken_prec AS at_prec, taken_zone AS at_zone, account, 'image taken' AS kind,
         name AS what, exhibit, place, id
  FROM media
) AS events
ORDER BY at_utc ASC NULLS LAST, id",
        },
    ];
}

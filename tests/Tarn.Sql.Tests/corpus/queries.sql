SELECT 1

TABLE orders

TABLE lake.orders ORDER BY 1 LIMIT ALL

VALUES 1, 2, 3

VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC NULLS FIRST OFFSET 1 ROW FETCH FIRST ROW ONLY

SELECT * FROM (VALUES ROW(1, 'a'), (2, NULL)) AS t (id, name) ORDER BY id FETCH NEXT 2 ROWS WITH TIES

SELECT id FROM t ORDER BY id FETCH FIRST 2 ROWS WITH TIES

SELECT a FROM t OFFSET 2 ROWS LIMIT 5

SELECT a FROM t OFFSET ? LIMIT ?

SELECT DISTINCT a, b FROM t UNION ALL SELECT 1, 2 EXCEPT SELECT 3, 4 INTERSECT SELECT 5, 6

(SELECT 1) UNION (SELECT 2) ORDER BY 1

((SELECT 1))

SELECT ((SELECT 1))

SELECT (((SELECT 1) + 1) + 1)

SELECT * FROM ((SELECT 1) UNION (SELECT 2))

SELECT * FROM (((SELECT 1 AS a) AS x CROSS JOIN (SELECT 2 AS b) AS y) LEFT JOIN z ON x.a = z.a)

SELECT * FROM ((VALUES 1) CROSS JOIN (VALUES 2))

SELECT x IN ((SELECT 1), 2), x IN ((SELECT 1)), x IN (SELECT 1 UNION SELECT 2) FROM t

WITH a AS (SELECT 1 AS x), b (y) AS (SELECT x FROM a) SELECT * FROM a, b

WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT sum(n) FROM t

SELECT t.*, u.a AS b FROM a.b.t AS t JOIN lake.u ON t.id = u.id

SELECT (r).*, (f(x)).* AS (a, b) FROM t

SELECT t.* AS (x, y) FROM t

SELECT * FROM a INNER JOIN b USING (x, y) LEFT OUTER JOIN c ON a.x = c.x RIGHT JOIN d ON TRUE FULL OUTER JOIN e USING (z) CROSS JOIN f

SELECT * FROM a JOIN b JOIN c ON b.x = c.x ON a.x = b.x

SELECT * FROM a LEFT JOIN (b CROSS JOIN c) ON a.x = b.x

SELECT * FROM a, LATERAL (SELECT a.x + 1 AS y) AS l CROSS JOIN LATERAL (VALUES a.x) AS m (z)

SELECT * FROM t CROSS JOIN UNNEST(a, b, map(ARRAY['k'], ARRAY[1])) WITH ORDINALITY AS u (x, y, k, v, n)

SELECT * FROM UNNEST(ARRAY[1, 2, 3]) LEFT JOIN UNNEST(ARRAY[ROW(1, 'a')]) AS u (p, q) ON TRUE

SELECT * FROM t TABLESAMPLE BERNOULLI (10)

SELECT * FROM t AS x TABLESAMPLE SYSTEM (12.5) JOIN u TABLESAMPLE BERNOULLI (50) ON x.a = u.a

SELECT a, b, grouping(a, b), count(*) FROM t GROUP BY GROUPING SETS ((a, b), (a), b, ())

SELECT a FROM t GROUP BY ROLLUP (a, (b, c)), CUBE (d), e, (f, g), ()

SELECT a FROM t GROUP BY DISTINCT ROLLUP (a), ROLLUP (a, b) HAVING count(*) > 1

SELECT a FROM t GROUP BY ALL a, 2

SELECT sum(a) OVER (PARTITION BY b, c ORDER BY d DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM t

SELECT sum(a) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND INTERVAL '2' HOUR FOLLOWING) FROM t

SELECT sum(a) OVER (ORDER BY d GROUPS 2 PRECEDING), avg(a) OVER (ROWS x + 1 PRECEDING), max(a) OVER () FROM t

SELECT rank() OVER w, sum(a) OVER (w ROWS UNBOUNDED PRECEDING), min(a) OVER (v ORDER BY c) FROM t WINDOW v AS (PARTITION BY a), w AS (v ORDER BY b NULLS FIRST)

SELECT lag(a, 1, 0) IGNORE NULLS OVER (ORDER BY b), first_value(a) RESPECT NULLS OVER (ORDER BY b) FROM t

SELECT count(DISTINCT a) FILTER (WHERE b > 1), array_agg(a ORDER BY b DESC, c), sum(ALL a) FROM t

SELECT listagg(a, ',') WITHIN GROUP (ORDER BY b), listagg(DISTINCT a ON OVERFLOW ERROR) WITHIN GROUP (ORDER BY a) FROM t

SELECT listagg(a, ',' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY b) FILTER (WHERE c) FROM t

SELECT listagg(a, ',' ON OVERFLOW TRUNCATE WITHOUT COUNT) WITHIN GROUP (ORDER BY b) OVER (PARTITION BY c) FROM t

SELECT a = ALL (SELECT 1), a <> ANY (VALUES 1, 2), a >= SOME (SELECT b FROM u), a < ALL (TABLE u) FROM t

SELECT EXISTS (SELECT 1), NOT EXISTS (SELECT 1 WHERE FALSE)

SELECT a BETWEEN 1 AND 2 AND b NOT BETWEEN 3 AND 4 OR NOT c LIKE 'x%' AND d NOT LIKE 'y#%' ESCAPE '#' FROM t

SELECT a IS NULL, b IS NOT NULL, c IS DISTINCT FROM d, c IS NOT DISTINCT FROM NULL, e NOT IN (1, 2) FROM t

SELECT NOT (a AND NOT b), NOT NOT c, (NOT a) = b, (a = b) = c, (a IN (1)) IS NULL FROM t

SELECT -a, - -1, -(-1), +a, -9223372036854775808, 9223372036854775807, 1.5, .5, 1., 1e3, 1.5E-3, DECIMAL '12', DECIMAL '-1.50'

SELECT a + b - c * d / e % f || 'x' || 'y', (a + b) * c, a - (b - c), a || (b || c), -(a + b)

SELECT CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END, CASE WHEN a > 1 THEN 1 END

SELECT if(a > 1, 'x'), coalesce(a, b, 1), nullif(a, 0), TRY(a / b), TRY_CAST(a AS integer)

SELECT CAST(a AS decimal(10,2)), CAST(b AS array(varchar(10))), CAST(c AS map(varchar, row(x bigint, y array(date)))), CAST(d AS timestamp(3) with time zone)

SELECT CAST(a AS row(integer, varchar)), CAST(ROW(1, 2) AS row("A b" bigint, y double)), CAST(x AS double precision), CAST(x AS char(3))

SELECT DATE '2026-11-23', TIMESTAMP '2026-11-23 10:00:00.123', TIMESTAMP '2026-11-23 10:00:00.000 Europe/Berlin', TIME '10:00:00'

SELECT X'00FF', X'00 ff', U&'\0041b\+01F600', U&'!0041' UESCAPE '!', 'it''s', '', BIGINT '1', DOUBLE '1.5', DOUBLE PRECISION '1', JSON '{"a": 1}'

SELECT INTERVAL '3' DAY, INTERVAL -'3' DAY, INTERVAL '-3' HOUR, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '2 03:04:05.678' DAY TO SECOND, INTERVAL '1.5' SECOND, INTERVAL '10:20' HOUR TO MINUTE

SELECT a AT TIME ZONE 'UTC', a AT TIME ZONE INTERVAL '2' HOUR, (a + INTERVAL '1' DAY) AT TIME ZONE z FROM t

SELECT current_date, current_timestamp, current_timestamp(6), localtime, localtimestamp(0), current_time, current_user, current_catalog, current_schema

SELECT extract(year FROM d), extract(day_of_week FROM d), extract(timezone_hour FROM d), trim(a), trim(BOTH 'x' FROM a), trim(LEADING FROM a), trim(TRAILING 'y' FROM a), trim(a, 'x')

SELECT position('a' IN b), substring(a FROM 2), substring(a FROM 2 FOR 3), substring(a, 1, 2), normalize(a), normalize(a, NFKC)

SELECT ARRAY[], ARRAY[1, 2][1], m['k'], m['k'].f, r.a.b.c, ROW(1), (1, 'a'), (a, b) = (1, 2), map(ARRAY[1], ARRAY[2])

SELECT transform(a, x -> x + 1), reduce(a, 0, (s, x) -> s + x, s -> s), filter(a, x -> x IS NOT NULL AND any_match(x, y -> y > 1)), zip_with(a, b, (x, y) -> (x, y)), f(() -> 1)

SELECT json_exists(j, 'lax $.a'), JSON_EXISTS(j FORMAT JSON, 'strict $.a' PASSING 1 AS x, b AS "Y" TRUE ON ERROR)

SELECT JSON_VALUE(j, 'lax $.a' RETURNING bigint DEFAULT 0 ON EMPTY ERROR ON ERROR), JSON_VALUE(j, '$' NULL ON ERROR)

SELECT JSON_QUERY(j, 'lax $.a' RETURNING varchar FORMAT JSON WITH CONDITIONAL ARRAY WRAPPER OMIT QUOTES ON SCALAR STRING EMPTY ARRAY ON EMPTY NULL ON ERROR)

SELECT JSON_QUERY(j, '$.a' WITHOUT WRAPPER), JSON_QUERY(j, '$.a' WITH ARRAY WRAPPER KEEP QUOTES EMPTY OBJECT ON ERROR)

SELECT JSON_OBJECT('a' : 1, KEY 'b' VALUE x, 'c' VALUE j FORMAT JSON ABSENT ON NULL WITH UNIQUE KEYS RETURNING varchar(100)), JSON_OBJECT()

SELECT JSON_ARRAY(1, 'a', NULL, j FORMAT JSON NULL ON NULL RETURNING varchar FORMAT JSON), JSON_ARRAY(ABSENT ON NULL), JSON_ARRAY()

SELECT "select", "Order", "a b", "say ""hi""", "1a", Mixed FROM "Data Base"."my-table" AS "T x" ("c d")

SELECT a limit FROM t

SELECT 1 LIMIT 1

SELECT 1 x OFFSET 1

SELECT date, time, interval, "array"[1], "row"(1), "position"(a, b), year FROM t

SELECT a -- comment
FROM /* another */ t

SELECT count(*), count(a), count() FROM t;

EXPLAIN SELECT 1

EXPLAIN (TYPE VALIDATE, FORMAT JSON) SELECT 1

EXPLAIN ANALYZE VERBOSE (FORMAT TEXT) SELECT 1

EXPLAIN ANALYZE SELECT 1

PREPARE q FROM SELECT a FROM t WHERE b = ? AND c IN (?, ?)

PREPARE q FROM INSERT INTO t SELECT ?

EXECUTE q

EXECUTE q USING 1, 'a', DATE '2026-01-01', ARRAY[1], -1.5

DEALLOCATE PREPARE q

INSERT INTO t VALUES (1, 'a')

INSERT INTO lake.t (a, b) SELECT a, b FROM u

INSERT INTO t (SELECT 1)

INSERT INTO "my-db"."t" WITH w AS (SELECT 1) TABLE w

UNLOAD (SELECT a, b FROM t) TO 's3://lake/out/' WITH (format = 'PARQUET', compression = 'ZSTD', partitioned_by = ARRAY['b'], field_delimiter = '|')

CREATE TABLE t AS SELECT 1 AS a

CREATE TABLE IF NOT EXISTS lake.t WITH (format = 'PARQUET', external_location = 's3://lake/t/', partitioned_by = ARRAY['d'], bucketed_by = ARRAY['a'], bucket_count = 4, write_compression = 'SNAPPY') AS SELECT a, d FROM u WITH NO DATA

CREATE TABLE t AS (SELECT 1 AS a) WITH DATA

CREATE VIEW v AS SELECT a FROM t

CREATE OR REPLACE VIEW lake.v AS WITH w AS (SELECT 1 AS a) SELECT * FROM w

DELETE FROM t

MERGE INTO lake.t

UPDATE t

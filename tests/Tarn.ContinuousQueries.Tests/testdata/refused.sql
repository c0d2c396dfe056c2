-- Each statement, then the message it is refused with.
CREATE MATERIALIZED VIEW v AS SELECT DISTINCT user_id FROM scores;
--! SELECT DISTINCT is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) FROM scores GROUP BY 1 ORDER BY 2;
--! ORDER BY is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores LIMIT 3;
--! LIMIT is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores a JOIN scores b ON a.user_id = b.user_id;
--! a join is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM (SELECT 1);
--! a subquery is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores WHERE level = (SELECT 1);
--! a subquery is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores UNION SELECT 1;
--! UNION is not supported in a view
CREATE MATERIALIZED VIEW v AS WITH x AS (SELECT 1) SELECT count(*) FROM scores;
--! WITH is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM TUMBLE(scores, played, INTERVAL '1 minute');
--! TUMBLE(...) is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT now() AS t, count(*) FROM scores GROUP BY ALL;
--! now() is not supported in a view: it gives another result when records are counted again
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores WHERE played > current_timestamp;
--! current_timestamp is not supported in a view: it gives another result when records are counted again
CREATE MATERIALIZED VIEW v AS SELECT count(*) FILTER (random() < 0.5) FROM scores;
--! random() is not supported in a view: it gives another result when records are counted again
CREATE MATERIALIZED VIEW v AS SELECT user_id, row_number() OVER () FROM scores;
--! window function row_number() OVER is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT * FROM scores;
--! * is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT user_id, score FROM scores;
--! a view needs GROUP BY or an aggregate
CREATE MATERIALIZED VIEW v AS SELECT count(DISTINCT user_id) FROM scores;
--! count(DISTINCT ...) is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT median(score) FROM scores;
--! aggregate median() with 1 argument(s) is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) FROM scores GROUP BY ROLLUP (user_id);
--! ROLLUP, CUBE and GROUPING SETS are not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n, sum(level) AS n FROM scores;
--! column 'n' of the view appears twice
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM nothing;
--! source 'nothing' does not exist
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores WHERE nope = 1;
--! referenced column "nope" not found in FROM clause
CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) FROM scores;
--! column "user_id" must appear in the GROUP BY clause or must be part of an aggregate function
CREATE MATERIALIZED VIEW v AS SELEC 1;
--! syntax error at or near "SELEC"
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores EMIT ON WINDOW CLOSE;
--! EMIT ON of view 'v' is not supported
CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS SELECT count(*) FROM scores;
--! WITH (...) of view 'v' is not supported
CREATE SOURCE s (ts TIMESTAMP, WATERMARK FOR ts AS ts) FROM STREAM 'scores' FORMAT JSON;
--! WATERMARK of source 's' is not supported
CREATE SOURCE s (a FLOAT) FROM STREAM 'scores' FORMAT JSON;
--! type FLOAT of column 'a' is not supported in a source
CREATE SOURCE s (a BIGINT) FROM STREAM 'scores' FORMAT CSV;
--! format CSV of source 's' is not supported
CREATE SOURCE s (a BIGINT) FROM STREAM 'scoers' FORMAT JSON;
--! stream 'scoers' of source 's' does not exist
CREATE SOURCE s (a BIGINT, A BIGINT) FROM STREAM 'scores' FORMAT JSON;
--! column 'A' of source 's' is declared twice
CREATE SOURCE scores (a BIGINT) FROM STREAM 'scores' FORMAT JSON;
--! source 'scores' exists with another definition
CREATE SINK x FROM v INTO STREAM 'y';
--! CREATE SINK is not supported
ALTER SOURCE scores ADD COLUMN b BIGINT;
--! ALTER SOURCE is not supported
DROP SOURCE nope;
--! source 'nope' does not exist
DROP MATERIALIZED VIEW nope;
--! materialized view 'nope' does not exist
CREATE SOURCE;
--! line 1: expected the source's name, the statement ends

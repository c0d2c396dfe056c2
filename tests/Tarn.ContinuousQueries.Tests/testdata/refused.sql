-- Each statement, then the message it is refused with.
CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) FROM TUMBLE(scores, level, INTERVAL '1 minute') GROUP BY 1;
--! column 'level' of TUMBLE is INTEGER and not a time
CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) FROM TUMBLE(scores, playd, INTERVAL '1 minute') GROUP BY 1;
--! source 'scores' has no column 'playd'
CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) FROM TUMBLE(scores, played) GROUP BY 1;
--! TUMBLE has 2 arguments
CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) FROM TUMBLE(scores, played, INTERVAL '1 month') GROUP BY 1;
--! TUMBLE's first interval in months is not supported: they differ in length
CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) FROM HOP(scores, played, INTERVAL '7 seconds', INTERVAL '1 minute') GROUP BY 1;
--! HOP's size is not a multiple of its slide, or more than 1,000 times it
CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) FROM SESSION(scores, played, INTERVAL '1 minute', user_id) GROUP BY 1;
--! a SESSION is not grouped by its window
CREATE MATERIALIZED VIEW v AS SELECT window_start, count(*) FROM TUMBLE(scores, played, INTERVAL '1 minute') GROUP BY 1 EMIT ON WINDOW CLOSE;
--! EMIT ON WINDOW CLOSE needs a WATERMARK, and source 'scores' has none
CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS SELECT user_id, now() AS t FROM scores;
--! now() is not supported in a view: it gives another result when records are counted again
CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS SELECT u.name FROM scores s JOIN lake.users u ON u.id = s.user_id;
--! lookup table 'lake.users' cannot be read: Table 'lake.users' does not exist
CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS SELECT name FROM lake.users;
--! 'lake.users' is not a source
CREATE MATERIALIZED VIEW v WITH (ttl = '1 day') AS SELECT * FROM read_csv('/etc/passwd');
--! read_csv(...) is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT user_id, count(*) FROM scores GROUP BY 1 ORDER BY 2;
--! ORDER BY is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores LIMIT 3;
--! LIMIT is not supported in a view without ORDER BY
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores a JOIN scores b ON a.user_id = b.user_id;
--! this view keeps every row of 'a', and nothing says for how long
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM (SELECT 1);
--! a view needs FROM and a source
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores WHERE level = (SELECT 1);
--! this view keeps every row of 'scores', and nothing says for how long
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores UNION SELECT 1;
--! a view needs FROM and a source
CREATE MATERIALIZED VIEW v AS SELECT now() AS t, count(*) FROM scores GROUP BY ALL;
--! now() is not supported in a view: it gives another result when records are counted again
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores WHERE played > current_timestamp;
--! current_timestamp is not supported in a view: it gives another result when records are counted again
CREATE MATERIALIZED VIEW v AS SELECT count(*) FILTER (random() < 0.5) FROM scores;
--! random() is not supported in a view: it gives another result when records are counted again
CREATE MATERIALIZED VIEW v AS SELECT user_id, row_number() OVER () FROM scores;
--! this view keeps every row of 'scores', and nothing says for how long
CREATE MATERIALIZED VIEW v AS SELECT * FROM scores;
--! this view keeps every row of 'scores', and nothing says for how long
CREATE MATERIALIZED VIEW v AS SELECT user_id, score FROM scores;
--! this view keeps every row of 'scores', and nothing says for how long
CREATE MATERIALIZED VIEW v AS SELECT list(DISTINCT user_id) FROM scores;
--! list(DISTINCT ...) is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT kurtosis(score) FROM scores;
--! aggregate kurtosis() with 1 argument(s) is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT list(score) AS l FROM scores;
--! column 'l' of type BIGINT[] is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT CAST(list(score ORDER BY level, game) AS VARCHAR) AS l FROM scores;
--! ORDER BY of several expressions within list() is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT first(score ORDER BY level) FROM scores;
--! ORDER BY within first() is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT string_agg(DISTINCT game, ',' ORDER BY game) FROM scores;
--! ORDER BY within string_agg() is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT quantile_disc(score, -0.5) FROM scores;
--! quantile_disc() of -0.5 is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT median(CAST(score AS HUGEINT)) FROM scores;
--! median() of HUGEINT is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT approx_quantile(played, 0.5) FROM scores;
--! approx_quantile() of TIMESTAMP is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT count(DISTINCT (user_id, game)) FROM scores;
--! count() of STRUCT("" VARCHAR, "" VARCHAR) is not supported in a view
CREATE MATERIALIZED VIEW v AS SELECT sum(DISTINCT CAST(score AS HUGEINT)) FROM scores;
--! sum(DISTINCT ...) of HUGEINT is not supported in a view
CREATE MATERIALIZED VIEW v WITH (list_values_max = 0) AS SELECT count(*) FROM scores;
--! line 1:52: option list_values_max is a whole number from 1 to 1000000, not '0'
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
--! EMIT ON WINDOW CLOSE needs rows of windows
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores EMIT ON CLOSE;
--! this EMIT of view 'v' is not supported
CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM scores EMIT CHANGES;
--! this EMIT of view 'v' is not supported
CREATE MATERIALIZED VIEW v WITH (tll = '1 day') AS SELECT count(*) FROM scores;
--! line 1:34: a view has no option 'tll'
CREATE MATERIALIZED VIEW v WITH (ttl = '1 day', ttl = '2 days') AS SELECT count(*) FROM scores;
--! line 1:49: option ttl is given twice
CREATE MATERIALIZED VIEW v WITH (ttl = '1 month') AS SELECT count(*) FROM scores;
--! line 1:40: option ttl is an interval such as '30 seconds', not '1 month'
CREATE MATERIALIZED VIEW v WITH (ttl = '5 us') AS SELECT count(*) FROM scores;
--! line 1:40: option ttl is an interval of whole milliseconds, at least 1 millisecond, not '5 us'
CREATE MATERIALIZED VIEW v WITH (trigger_records = 0) AS SELECT count(*) FROM scores;
--! line 1:52: option trigger_records is a whole number from 1 to 1000000, not '0'
CREATE MATERIALIZED VIEW v WITH () AS SELECT count(*) FROM scores;
--! line 1:34: expected an option's name, found ')'
CREATE MATERIALIZED VIEW v (a, b) AS SELECT count(*) FROM scores;
--! line 1:28: a column list of view 'v' is not supported
CREATE OR REPLACE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT count(*) FROM scores;
--! OR REPLACE and IF NOT EXISTS cannot stand together
ALTER MATERIALIZED VIEW v RENAME TO w;
--! ALTER MATERIALIZED VIEW RENAME TO is not supported
ALTER MATERIALIZED VIEW v AS SELECT 1;
--! ALTER MATERIALIZED VIEW AS is not supported
ALTER MATERIALIZED VIEW nope SET (ttl = '1 day');
--! materialized view 'nope' does not exist
SUBSCRIBE TO v AS OF VERSION 3;
--! line 1:30: a version is a text as subscriptions give it, not '3'
SUBSCRIBE TO v;
--! SUBSCRIBE TO gives changes for as long as it runs, which no result holds
CREATE SOURCE s (ts TIMESTAMP, WATERMARK FOR tz AS tz) FROM STREAM 'scores' FORMAT JSON;
--! line 1:32: column 'tz' of the watermark is not declared
CREATE SOURCE s (ts BIGINT, WATERMARK FOR ts AS ts) FROM STREAM 'scores' FORMAT JSON;
--! line 1:29: column 'ts' of the watermark is BIGINT
CREATE SOURCE s (ts TIMESTAMP, u TIMESTAMP, WATERMARK FOR ts AS u) FROM STREAM 'scores' FORMAT JSON;
--! line 1:65: a watermark for 'ts' is 'ts' itself or less, not 'u'
CREATE SOURCE s (ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '-1 second') FROM STREAM 'scores' FORMAT JSON;
--! line 1:57: a watermark's delay is zero or more
CREATE SOURCE s (ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '1 month') FROM STREAM 'scores' FORMAT JSON;
--! line 1:66: '1 month' is not an interval of fixed length
CREATE SOURCE s (ts TIMESTAMP, WATERMARK FOR ts AS ts, WATERMARK FOR ts AS ts) FROM STREAM 'scores' FORMAT JSON;
--! line 1:56: source 's' has two watermarks
CREATE SOURCE s (a BIGINT) FROM STREAM 'scores' FORMAT JSON WITH (idle_timeout = '1 minute');
--! line 1:82: option idle_timeout needs a WATERMARK in source 's'
CREATE SOURCE s (a BIGINT) FROM STREAM 'scores' FORMAT JSON WITH (delimiter = ';');
--! line 1:79: option delimiter needs FORMAT CSV in source 's'
CREATE SOURCE s (a BIGINT) FROM STREAM 'scores' FORMAT CSV WITH (delimiter = ';;');
--! line 1:78: option delimiter is one character such as ';' or '\t', not ';;'
CREATE SOURCE s (a BIGINT) FROM STREAM 'scores' FORMAT CSV WITH (late = 'never');
--! line 1:73: option late is 'keep' or 'drop', not 'never'
CREATE SOURCE s (a BIGINT) FROM STREAM 'scores' FORMAT AVRO;
--! source 's' of FORMAT AVRO needs the schema of its records
CREATE SOURCE s (a BIGINT) FROM STREAM 'scores' FORMAT XML;
--! line 1:56: format XML of source 's' is not supported
CREATE SOURCE s (a FLOAT) FROM STREAM 'scores' FORMAT JSON;
--! type FLOAT of column 'a' is not supported in a source
CREATE SOURCE s (a BIGINT) FROM STREAM 'scoers' FORMAT JSON;
--! stream 'scoers' of source 's' does not exist
CREATE SOURCE s (a BIGINT, A BIGINT) FROM STREAM 'scores' FORMAT JSON;
--! line 1:28: column 'A' of source 's' is declared twice
CREATE SOURCE scores (a BIGINT) FROM STREAM 'scores' FORMAT JSON;
--! source 'scores' exists with another definition
CREATE OR REPLACE SINK x FROM v INTO STREAM 'y' FORMAT JSON;
--! CREATE OR REPLACE SINK is not supported
ALTER SOURCE scores DROP COLUMN game;
--! line 1:21: expected SET (...) or ADD COLUMN, found 'DROP'
DROP SOURCE nope;
--! source 'nope' does not exist
DROP MATERIALIZED VIEW nope;
--! materialized view 'nope' does not exist
CREATE SOURCE;
--! line 1:14: expected the source's name, the statement ends

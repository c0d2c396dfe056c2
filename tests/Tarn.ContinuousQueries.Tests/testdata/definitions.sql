-- Each statement, then what SHOW CREATE gives for it.
CREATE SOURCE clicks (user_id BIGINT, page VARCHAR, ts TIMESTAMPTZ, WATERMARK FOR ts AS ts - INTERVAL '5 seconds') FROM STREAM 'clicks' FORMAT JSON;
--= CREATE SOURCE clicks (|  user_id BIGINT,|  page VARCHAR,|  ts TIMESTAMPTZ,|  WATERMARK FOR ts AS ts - INTERVAL '5 seconds'|) FROM STREAM 'clicks' FORMAT JSON
create source if not exists Clicks ("Page ""x""" text, TS timestamp with time zone, watermark for ts as ts) from stream 'it''s' format json;
--= CREATE SOURCE clicks (|  "Page ""x""" VARCHAR,|  TS TIMESTAMPTZ,|  WATERMARK FOR TS AS TS|) FROM STREAM 'it''s' FORMAT JSON
CREATE OR REPLACE SOURCE a (WATERMARK FOR ts AS ts - INTERVAL 2 MINUTES, ts TIMESTAMP, x DECIMAL(10, 2)) FROM STREAM 's' FORMAT JSON WITH (idle_timeout = '30 seconds', future_skew = INTERVAL '1' MINUTE, late = 'drop', allowed_lateness = '90s');
--= CREATE SOURCE a (|  ts TIMESTAMP,|  x DECIMAL(10,2),|  WATERMARK FOR ts AS ts - INTERVAL '2 minutes'|) FROM STREAM 's' FORMAT JSON WITH (idle_timeout = '30 seconds', late = 'drop', allowed_lateness = '90 seconds')
CREATE SOURCE b (a INT, b DOUBLE PRECISION, c NUMERIC) FROM STREAM 's' FORMAT CSV WITH (delimiter = ';');
--= CREATE SOURCE b (|  a INTEGER,|  b DOUBLE,|  c DECIMAL(18,3)|) FROM STREAM 's' FORMAT CSV WITH (delimiter = ';')
CREATE SOURCE tabs (a INT) FROM STREAM 's' FORMAT CSV WITH (delimiter = '\t');
--= CREATE SOURCE tabs (|  a INTEGER|) FROM STREAM 's' FORMAT CSV WITH (delimiter = '\t')
CREATE SOURCE av (a BIGINT) FROM STREAM 's' FORMAT AVRO WITH (schema = '{"type":"record","name":"r","fields":[{"name":"a","type":"long"}]}');
--= CREATE SOURCE av (|  a BIGINT|) FROM STREAM 's' FORMAT AVRO WITH (schema = '{"type":"record","name":"r","fields":[{"name":"a","type":"long"}]}')
CREATE SOURCE "my-source" (a BIGINT) FROM STREAM 's' FORMAT JSON;
--= CREATE SOURCE "my-source" (|  a BIGINT|) FROM STREAM 's' FORMAT JSON
CREATE MATERIALIZED VIEW per_user AS SELECT user_id, count(*) AS n FROM clicks GROUP BY user_id;
--= CREATE MATERIALIZED VIEW default.per_user AS|SELECT user_id, count(*) AS n FROM clicks GROUP BY user_id
CREATE OR REPLACE MATERIALIZED VIEW live.per_min WITH (ttl = '1 day', trigger_interval = '50 ms', trigger_records = 10000, state_rows_max = 5000000, list_values_max = 50) AS SELECT window_start, count(*) AS n FROM TUMBLE(clicks, ts, INTERVAL '1 minute') GROUP BY ALL EMIT ON WINDOW CLOSE;
--= CREATE MATERIALIZED VIEW live.per_min WITH (ttl = '1 day', trigger_interval = '50 milliseconds', trigger_records = '10000', state_rows_max = '5000000', list_values_max = '50') AS|SELECT window_start, count(*) AS n FROM TUMBLE(clicks, ts, INTERVAL '1 minute') GROUP BY ALL|EMIT ON WINDOW CLOSE
CREATE MATERIALIZED VIEW IF NOT EXISTS v WITH (ttl = DEFAULT, state_rows_max = DEFAULT) AS SELECT emit FROM clicks GROUP BY emit EMIT ON UPDATE;
--= CREATE MATERIALIZED VIEW default.v AS|SELECT emit FROM clicks GROUP BY emit

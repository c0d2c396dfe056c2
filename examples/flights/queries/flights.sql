CREATE SOURCE flights (
  date VARCHAR,
  delay INTEGER,
  distance INTEGER,
  origin VARCHAR,
  destination VARCHAR
) FROM STREAM 'flights' FORMAT JSON;

CREATE MATERIALIZED VIEW delay_per_airport AS
SELECT origin, count(*) AS flights, avg(delay) AS delay, max(delay) AS worst
FROM flights
GROUP BY origin;

-- target: curated.flights
-- location: s3://lake/curated/flights/
-- bookmark: raw.flights
-- schedule: */15 * * * *
SELECT
  date_parse(date, '%Y/%m/%d %H:%i') AS departed_at,
  delay,
  distance,
  origin,
  destination
FROM raw.flights

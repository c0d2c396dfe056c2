-- Who has come and opened an auction within the same ten seconds: a join of two windowed streams.
-- view
SELECT p.id, p.name, p.window_start, p.window_end
FROM TUMBLE(person, date_time, INTERVAL '10 seconds') AS p
JOIN TUMBLE(auction, date_time, INTERVAL '10 seconds') AS a
  ON p.id = a.seller AND p.window_start = a.window_start AND p.window_end = a.window_end
GROUP BY p.id, p.name, p.window_start, p.window_end
-- batch
SELECT p.id, p.name, p.w AS window_start, p.w + INTERVAL '10 seconds' AS window_end
FROM (SELECT *, time_bucket(INTERVAL '10 seconds', date_time) AS w FROM person) AS p
JOIN (SELECT *, time_bucket(INTERVAL '10 seconds', date_time) AS w FROM auction) AS a
  ON p.id = a.seller AND p.w = a.w
GROUP BY p.id, p.name, p.w

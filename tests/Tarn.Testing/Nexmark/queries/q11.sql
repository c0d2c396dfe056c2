-- Bids per session of a bidder.
-- view
SELECT bidder, count(*) AS bid_count, window_start, window_end
FROM SESSION(bid, date_time, INTERVAL '1000001 microseconds', bidder)
GROUP BY bidder, window_start, window_end
-- batch
SELECT bidder, count(*) AS bid_count, min(date_time) AS window_start,
  max(date_time) + INTERVAL '1000001 microseconds' AS window_end
FROM (SELECT *, sum(begins) OVER (PARTITION BY bidder ORDER BY date_time) AS island
      FROM (SELECT *, CASE WHEN date_time - lag(date_time) OVER (PARTITION BY bidder ORDER BY date_time)
                < INTERVAL '1000001 microseconds' THEN 0 ELSE 1 END AS begins
            FROM bid))
GROUP BY bidder, island

-- Bids per bidder and ten seconds; by event time, as the clock's would differ when records are counted again.
-- view
SELECT bidder, count(*) AS bid_count, window_start, window_end
FROM TUMBLE(bid, date_time, INTERVAL '10 seconds')
GROUP BY bidder, window_start, window_end
-- batch
SELECT bidder, count(*) AS bid_count, time_bucket(INTERVAL '10 seconds', date_time) AS window_start,
  window_start + INTERVAL '10 seconds' AS window_end
FROM bid
GROUP BY bidder, window_start

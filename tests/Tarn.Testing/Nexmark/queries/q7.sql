-- The highest bids of each ten seconds.
-- view
SELECT window_start, window_end, auction, bidder, price, date_time
FROM TUMBLE(bid, date_time, INTERVAL '10 seconds')
QUALIFY rank() OVER (PARTITION BY window_start, window_end ORDER BY price DESC) = 1
-- batch
SELECT time_bucket(INTERVAL '10 seconds', date_time) AS window_start,
  window_start + INTERVAL '10 seconds' AS window_end, auction, bidder, price, date_time
FROM bid
QUALIFY rank() OVER (PARTITION BY window_start ORDER BY price DESC) = 1

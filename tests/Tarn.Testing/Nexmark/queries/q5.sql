-- The auctions with most bids, every two seconds over ten.
-- view
SELECT window_start, window_end, auction, count(*) AS num
FROM HOP(bid, date_time, INTERVAL '2 seconds', INTERVAL '10 seconds')
GROUP BY window_start, window_end, auction
QUALIFY rank() OVER (PARTITION BY window_start, window_end ORDER BY count(*) DESC) = 1
-- batch
SELECT window_start, window_start + INTERVAL '10 seconds' AS window_end, auction, count(*) AS num
FROM (SELECT auction, unnest(range(
        time_bucket(INTERVAL '2 seconds', date_time) - INTERVAL '8 seconds',
        time_bucket(INTERVAL '2 seconds', date_time) + INTERVAL '2 seconds',
        INTERVAL '2 seconds')) AS window_start
      FROM bid)
GROUP BY window_start, auction
QUALIFY rank() OVER (PARTITION BY window_start ORDER BY count(*) DESC) = 1

-- Calculation: the hour's kind, and a count of letters.
-- view
SELECT auction, bidder, CAST(0.908 * price AS DECIMAL(18, 3)) AS price,
  CASE WHEN hour(date_time) BETWEEN 8 AND 18 THEN 'dayTime'
       WHEN hour(date_time) <= 6 OR hour(date_time) >= 20 THEN 'nightTime'
       ELSE 'otherTime' END AS bid_time_type,
  date_time, extra, length(extra) - length(replace(extra, 'c', '')) AS c_counts
FROM bid
WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000

-- Bids with their auction, of one category: a join of two streams without a bound in time.
-- view
SELECT b.auction, b.bidder, b.price, b.channel, b.url, b.date_time, a.item_name, a.seller, a.category
FROM bid AS b JOIN auction AS a ON b.auction = a.id
WHERE a.category = 10
